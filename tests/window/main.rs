//! The program in a real window on a display of its own, with a real browser as the phone.
//! Needs Xvfb, xdotool, Node and Chromium: `./tests/run` brings them. Pictures go to `target/e2e/`.

#![allow(clippy::unwrap_used, clippy::panic)]

mod browser;
mod demo;
mod display;
mod provider;
#[path = "../support/mod.rs"]
mod support;
mod ui_log;
