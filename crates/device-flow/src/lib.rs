#![deny(missing_docs)]
#![cfg_attr(feature = "driver", doc = include_str!("../README.md"))]
//!
//! # The way through this crate
//!
//! * [`ClientConfig`] says which [`Provider`] and which registration there; [`Client`] speaks to that one server.
//! * [`Client::sign_in`] runs the grant to its end; [`Client::device_grant`] is the same as a stream of [`Progress`];
//!   [`grant`] decides, as a pure state machine `(state, input, now) -> (state, effects)`, when to poll and when to stop.
//! * [`Client::refresh`], [`Client::revoke`] and [`Client::identity`] are what follows.
//! * [`wire`] reads replies as servers really send them; [`net`] is the way to a server: which addresses may be spoken to, trust, and the first steps to another machine.
//! * [`text`] says which characters of a stranger's text may be shown, on a screen and on a terminal.

mod address;
#[cfg(feature = "driver")]
mod client;
#[cfg(feature = "driver")]
mod client_authentication;
pub mod clock;
#[cfg(feature = "driver")]
mod config;
#[cfg(feature = "driver")]
mod discovery;
#[cfg(feature = "driver")]
pub mod dpop;
#[cfg(feature = "driver")]
mod driver;
#[cfg(feature = "driver")]
mod endpoint_check;
mod error;
mod exchange;
#[cfg(feature = "driver")]
mod exchange_log;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
pub mod grant;
#[cfg(feature = "driver")]
mod grant_exchange;
#[cfg(feature = "id-token")]
mod id_token;
#[cfg(feature = "driver")]
mod identity;
mod jitter;
pub mod json;
#[cfg(feature = "id-token")]
mod jwks;
#[cfg(feature = "driver")]
pub mod net;
mod pace;
#[cfg(feature = "driver")]
mod pkce;
#[cfg(feature = "driver")]
mod probe;
mod progress;
pub mod provider;
#[cfg(feature = "driver")]
mod reconnect;
#[cfg(feature = "driver")]
mod refresh;
#[cfg(feature = "driver")]
mod request;
#[cfg(feature = "driver")]
mod revocation;
#[cfg(feature = "driver")]
mod secret;
#[cfg(feature = "id-token")]
mod signature;
pub mod text;
mod token;
#[cfg(feature = "driver")]
mod userinfo;
mod verification;
pub mod wire;

pub use address::is_loopback;
#[cfg(feature = "driver")]
pub use client::Client;
#[cfg(feature = "driver")]
pub use config::{
    ClientAuthentication, ClientConfig, Dpop, EndpointOverrides, Parameter, Pkce, Request,
};
#[cfg(feature = "driver")]
pub use driver::DeviceGrant;
#[cfg(feature = "driver")]
pub use endpoint_check::{Answered, Endpoint, EndpointCheck};
pub use error::{Error, Failed, IdTokenError, NetworkError, NetworkFailure};
pub use exchange::{Exchange, Outcome};
#[cfg(feature = "driver")]
pub use exchange_log::LogEntry;
pub use grant::{GrantError, PollResult, Reason, RetryLimit, UserCode};
pub use jitter::{Chance, Jitter, first_wait, jittered, later};
#[cfg(feature = "driver")]
pub use net::TrustAnchors;
pub use pace::{back_off, next_look};
#[cfg(feature = "driver")]
pub use probe::{FoundEndpoints, UnusedCode};
pub use progress::Progress;
pub use provider::{Misconfiguration, Provider};
#[cfg(feature = "driver")]
pub use refresh::REFRESH_LIMIT;
#[cfg(feature = "driver")]
pub use secret::hidden;
pub use text::plain;
pub use token::{Identity, Revocation, TokenSet, scheme};
