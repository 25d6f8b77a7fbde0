//! The program from outside, without a display: its command line, what it promises against the demo server with a proxy
//! that breaks things between them, what the doctor says, sessions that survive a kill, and what the pages for its users say of it.

#![allow(clippy::unwrap_used, clippy::panic)]

mod architecture;
mod asking;
mod care;
mod cli;
mod crash;
mod docs;
mod doctor;
mod endings;
mod files;
mod fleet;
mod init;
mod integrate;
mod journey;
mod leaving;
mod memory;
mod network;
mod operate;
mod pace;
mod packaging;
mod requirements;
mod secrets;
mod session;
mod signed_in;
mod storage;
mod suggest;
mod try_row;
