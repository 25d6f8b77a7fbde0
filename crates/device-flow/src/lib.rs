#![doc = include_str!("../README.md")]
//!
//! # The way through this crate
//!
//! * [`ClientConfig`] says which [`Provider`] and which registration there; [`Client`] speaks to that one server.
//! * [`Client::sign_in`] runs the grant to its end; [`Client::device_grant`] is the same as a stream of [`Progress`];
//!   [`grant`] decides, as a pure state machine `(state, input, now) -> (state, effects)`, when to poll and when to stop.
//! * [`Client::refresh`], [`Client::revoke`] and [`Client::identity`] are what follows.
//! * [`net`] is the way to a server: which addresses may be spoken to, trust, and the first steps to another machine.
//! * [`text`] says which characters of a stranger's text may be shown, on a screen and on a terminal.

mod client;
pub mod clock;
mod config;
mod discovery;
pub mod dpop;
mod driver;
mod endpoint_check;
mod error;
mod exchange_log;
#[doc(hidden)]
pub mod fuzzing;
pub mod grant;
mod grant_exchange;
mod id_token;
mod identity;
pub mod json;
mod jwks;
pub mod net;
mod pace;
mod pkce;
mod probe;
mod progress;
pub mod provider;
mod reconnect;
mod refresh;
mod request;
mod revocation;
mod secret;
pub mod text;
mod token;
mod userinfo;
mod wire;

pub use client::Client;
pub use config::{ClientConfig, Dpop, EndpointOverrides, Parameter, Pkce, Request};
pub use driver::DeviceGrant;
pub use endpoint_check::{Answered, Endpoint, EndpointCheck};
pub use error::{Error, Failed, IdTokenError, NetworkFailure};
pub use exchange_log::{Exchange, LogEntry, Outcome};
pub use grant::{GrantError, PollResult, Reason, RetryLimit, UserCode};
pub use net::{TrustAnchors, is_loopback};
pub use probe::{FoundEndpoints, UnusedCode};
pub use progress::Progress;
pub use provider::{Misconfiguration, Provider};
pub use refresh::REFRESH_LIMIT;
pub use text::plain;
pub use token::{Identity, Revocation, TokenSet};
