//! The box we run on: renderer, display, addresses, clock, uptime, durable files, language, log, memory, network,
//! process, reach, speech, terminal, text that may be shown, what changes in a folder, and when it last saw a key.

pub mod addresses;
pub mod clock;
pub mod display;
pub mod durable;
pub mod last_key;
pub mod locale;
pub mod log;
pub mod memory;
pub mod network;
pub mod process;
pub mod reach;
pub mod renderer;
pub mod service;
pub mod speech;
pub mod terminal;
pub mod text;
pub mod uptime;
pub mod watch;
