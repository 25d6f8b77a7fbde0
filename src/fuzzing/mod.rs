//! Everything that strangers write, fed to what reads it, and what must hold of what is made of it.
//!
//! The fuzz targets in `fuzz/` call these; the tests feed them the corpus in `fuzz/corpus` with a stable compiler, whole and
//! changed at random.

// What must hold fails loudly.
#![allow(clippy::unwrap_used, clippy::panic)]

mod account;
mod cards;
mod config;
mod id_token;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod mutation;
mod pictures;
#[cfg(test)]
mod tests;
mod wire;

pub use account::run as account;
pub use cards::run as cards;
pub use config::run as config;
pub use id_token::run as id_token;
pub use pictures::run as pictures;
pub use wire::run as wire;
