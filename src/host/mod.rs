//! The box we run on: renderer, display, addresses, language, log, process.

pub mod addresses;
pub mod display;
pub mod locale;
pub mod log;
pub mod process;
pub mod renderer;
