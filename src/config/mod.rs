//! What the owner wrote in `vestibule.toml`, checked before anything else runs.
//!
//! [`load`] finds and reads the file; [`parse`] holds it against the table of [`KEYS`] and says of every
//! mistake where it is, what is wrong and what to write instead.

mod address;
mod check;
mod directories;
mod error;
mod keys;
mod load;
mod nearest;
mod preset;
mod reference;
mod remote;
mod schema;
mod secret;
mod show;
mod value;

pub use address::is_loopback;
pub use check::parse;
pub use directories::{Directories, directories};
pub use error::{Error, Invalid, Problem};
pub use keys::{KEYS, Key, Kind};
pub use load::{Found, Loaded, Places, load};
pub use preset::Preset;
pub use reference::reference_markdown;
pub use schema::{
    Action, Api, CardMap, Config, Dpop, Profile, Provider, RemoteKey, Row, Screen, SignIn, Start,
    Telemetry, Theme,
};
pub use show::show;

#[cfg(test)]
mod tests;
