//! The box we run on: renderer, display, addresses, log, process.

pub mod addresses;
pub mod display;
pub mod log;
pub mod process;
pub mod renderer;
