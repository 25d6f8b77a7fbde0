//! What the tests share. None of it knows the program from within: the servers speak HTTP, and the program is a process.
//!
//! * Servers: [`demo`] is the demo server in the process of the test, with an HTTP client that has the habits of a box and a
//!   phone; [`demo_process`] is one in a process of its own. [`stub_server`] answers as it is told, with and without TLS;
//!   [`media_api`] is an API that does; [`chaos_server`] misbehaves;
//!   [`otlp_collector`] takes telemetry.
//! * In between: [`proxy`] breaks exchanges and records them, [`relay`] tells the moment of an exchange.
//! * The program: [`device`] is a box of its own to run it in, [`process`] is a process that ends with its test, [`house`] is
//!   a box, a server and a proxy between them, [`phone`] is the person who confirms, [`files`] is what they leave on disk.
//! * [`shape`] is an API with the demands, paging and errors of a real one, and a box for it.
//! * [`scripted_server`] is an authorization server that answers from a list. [`signer`] makes ID tokens, [`http`] is HTTP/1.1 in a few lines.

// A test that cannot go on should stop where it is.
#![allow(clippy::unwrap_used, clippy::panic)]
#![allow(missing_docs, reason = "for the tests of this repository alone")]

pub mod chaos_server;
pub mod demo;
pub mod demo_process;
pub mod device;
pub mod files;
pub mod house;
pub mod http;
pub mod media_api;
pub mod otlp_collector;
pub mod phone;
pub mod process;
pub mod proxy;
pub mod relay;
pub mod scripted_server;
pub mod shape;
pub mod signer;
pub mod stub_server;
