//! The box we run on: renderer, display, addresses, clock, language, log, process, reach.

pub mod addresses;
pub mod clock;
pub mod display;
pub mod locale;
pub mod log;
pub mod process;
pub mod reach;
pub mod renderer;
