//! The command line from outside, as far as it needs no phone and no display.

mod commands;
mod config;
mod demo;
mod server;
