//! The demo server over HTTP, as a box and as a phone.

#![allow(clippy::unwrap_used)]

mod library;
mod oauth;
mod phone;
