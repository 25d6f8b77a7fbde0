//! The program in a real window on a display of its own, with a real browser as the phone.
//! Needs Xvfb, xdotool, Node and Chromium: `./tests/run` brings them. Pictures go to `target/e2e/`.

#![allow(clippy::unwrap_used, clippy::panic)]

mod aloud;
#[allow(dead_code, reason = "the tests without a window use more of it")]
#[path = "../home_support/api.rs"]
mod api;
mod browser;
mod camera;
mod compositor;
mod demo;
mod diagnosis;
mod display;
mod hands;
mod held;
#[allow(dead_code, reason = "the contract's tests use more of it")]
#[path = "../contract/house.rs"]
mod house;
#[allow(dead_code, reason = "the contract's tests use more of it")]
#[path = "../contract/http.rs"]
mod http;
mod leaving;
mod living_room;
mod network;
mod people;
#[allow(dead_code, reason = "the contract's tests use more of it")]
#[path = "../contract/phone.rs"]
mod phone;
mod provider;
#[allow(dead_code, reason = "the contract's tests use more of it")]
#[path = "../contract/proxy.rs"]
mod proxy;
mod remote;
mod renderer;
mod rest;
mod scale;
mod screen;
mod secrets;
mod service;
mod settings;
#[path = "../contract/spoils.rs"]
mod spoils;
#[path = "../stub_server/mod.rs"]
mod stub_server;
#[path = "../support/mod.rs"]
mod support;
mod ui_log;
mod wall_clock;
