//! The box we run on: renderer, display, addresses, clock, log, process, reach.

pub mod addresses;
pub mod clock;
pub mod display;
pub mod log;
pub mod process;
pub mod reach;
pub mod renderer;
