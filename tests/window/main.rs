//! The program in a real window on a display of its own, with a real browser as the phone.
//! Needs Xvfb, xdotool, Node and Chromium: `./tests/run` brings them. Pictures go to `target/e2e/`.

#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code, reason = "the tests without a window use more of it")]
#[path = "../home_support/api.rs"]
mod api;
mod browser;
mod compositor;
mod demo;
mod display;
mod hands;
mod held;
#[allow(dead_code, reason = "the contract's tests use more of it")]
#[path = "../contract/house.rs"]
mod house;
#[allow(dead_code, reason = "the contract's tests use more of it")]
#[path = "../contract/http.rs"]
mod http;
mod living_room;
mod people;
#[allow(dead_code, reason = "the contract's tests use more of it")]
#[path = "../contract/phone.rs"]
mod phone;
mod provider;
#[allow(dead_code, reason = "the contract's tests use more of it")]
#[path = "../contract/proxy.rs"]
mod proxy;
mod remote;
mod screen;
mod secrets;
mod service;
#[path = "../contract/spoils.rs"]
mod spoils;
#[path = "../support/mod.rs"]
mod support;
mod ui_log;
