//! The command line from outside, as far as it needs no phone and no display.

mod call;
mod commands;
mod config;
mod demo;
mod habits;
mod server;
