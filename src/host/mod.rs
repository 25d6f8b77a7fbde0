//! The box we run on: what the kernel, systemd and the display server tell, and what is asked of them.
//!
//! Starting and ending:
//! * `display`: whether there is a display to open a window on. `renderer`: GPU or CPU, before iced starts; a GPU that
//!   fails is left and remembered.
//! * `console`: which virtual terminal is in front, and which one is ours.
//! * `panics`: what becomes of a panic.
//! * `process`: who may read its memory, and the signals that ask the program to end (shutdown).
//! * `service_manager`: systemd's readiness, watchdog and stopping messages.
//! * `start_delay`: what a box of a fleet waits for before it asks any server by itself.
//!
//! Time:
//! * `clock`: the day of the build, before which no clock that is right stands. `boot_clock`: time since the box was
//!   started, sleep included. `last_input`: when a key was last pressed, kept over a restart of the program.
//!   `time_zone`: zones by the names that servers write.
//!
//! Files:
//! * `regular_file`: opens files by name, and tells what else is in their place. `file_access`: who else may change or
//!   read one. `atomic_file`: replaces and removes files so that a power cut leaves the old content or the new.
//!   `directory_watch`: tells when another process changes files in a folder (inotify).
//!
//! Network: `default_route`: whether there is a way out. `lan_address`: where a phone on the same network reaches this box.
//!
//! Hands: `touch_screen`: whether one is plugged in. `screen_size`: how many millimetres a panel has, by its own word.
//!
//! People: `locale`: the languages asked for. `speech`: reads aloud through a program of the box. `terminal`: what a
//! terminal can show. `text`: what a terminal shows that
//! knows ASCII alone.
//!
//! Operators: `event`: the life of the program in named events. `control_socket`: where a kiosk that runs is asked what
//! is on the screen. `log`: to standard error, never with a secret. `memory`: how much of it this program takes.
//! `device_identity`: by what this box can be told from others.
//! `metrics`: what it counts of its own life, and the file for node_exporter.

pub mod atomic_file;
pub mod boot_clock;
pub mod clock;
pub mod console;
pub mod control_socket;
pub mod default_route;
pub mod device_identity;
pub mod directory_watch;
pub mod display;
pub mod event;
pub mod file_access;
#[cfg(feature = "demo")]
pub mod lan_address;
pub mod last_input;
pub mod locale;
pub mod log;
pub mod memory;
pub mod metrics;
pub mod panics;
pub mod process;
pub mod regular_file;
pub mod renderer;
pub mod screen_size;
pub mod service_manager;
pub mod speech;
pub mod start_delay;
pub mod terminal;
pub mod text;
pub mod time_zone;
pub mod touch_screen;
