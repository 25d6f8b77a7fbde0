//! The box we run on: renderer, display, addresses, clock, uptime, durable files, language, log, memory, network,
//! process, speech, terminal, text that may be shown, what changes in a folder, and when it last saw a key.

pub mod atomic_file;
pub mod boot_clock;
pub mod clock;
pub mod default_route;
pub mod directory_watch;
pub mod display;
pub mod lan_address;
pub mod last_input;
pub mod locale;
pub mod log;
pub mod memory;
pub mod process;
pub mod renderer;
pub mod service_manager;
pub mod speech;
pub mod terminal;
pub mod text;
