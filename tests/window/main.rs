//! The program in a real window on a display of its own, with a real browser as the phone.
//! Needs Xvfb, xdotool, Node and Chromium: `./tests/run` brings them. Pictures go to `target/e2e/`.

#![allow(clippy::unwrap_used, clippy::panic)]

mod aloud;
mod browser;
mod camera;
mod care;
mod compositor;
mod demo;
mod diagnosis;
mod display;
mod fingers;
mod footprint;
mod guests;
mod hands;
mod held;
mod kiosk;
mod leaving;
mod life;
mod living_room;
mod memory;
mod network;
mod other_clients;
mod painting;
mod people;
mod processor;
mod provider;
mod remote;
mod renderer;
mod rest;
mod row_language;
mod scale;
mod screen;
mod secrets;
mod service;
mod settings;
mod soak;
#[cfg(feature = "telemetry")]
mod telemetry;
mod ui_log;
mod wall_clock;
mod wheel;
