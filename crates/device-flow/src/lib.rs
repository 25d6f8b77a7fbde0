//! OAuth 2.0 device grant (RFC 8628) and what follows it, for programs that cannot lose a sign-in.
//!
//! [`Client`] speaks to one authorization server. [`device`] decides, as a pure state machine,
//! when to poll and when to stop; [`poll`] gives it a clock and a network.

mod address;
mod client;
pub mod clock;
mod config;
pub mod device;
mod discovery;
pub mod dpop;
mod error;
mod grant;
mod http;
mod http_failure;
mod id_token;
mod identity;
mod journal;
pub mod json;
mod keys;
mod link;
mod pace;
mod pkce;
pub mod poll;
mod probe;
pub mod provider;
pub mod reach;
mod request;
mod revocation;
mod secret;
mod server_clock;
mod survey;
mod switch;
mod tenant_log;
pub mod text;
mod token;
mod trust;
#[doc(hidden)]
pub mod untrusted;
mod userinfo;
mod wire;

pub use address::is_loopback;
pub use client::{Client, REFRESH_LIMIT};
pub use config::{ClientConfig, Dpop, EndpointOverrides, Parameter, Pkce, Request};
pub use error::{Error, Failed, NetworkFailure};
pub use journal::{Entry, Exchange, Outcome};
pub use probe::{Found, UnusedCode};
pub use provider::Provider;
pub use survey::{Answered, Place, Surveyed};
pub use switch::Switch;
pub use tenant_log::tenant_log;
pub use text::plain;
pub use token::{Identity, Revocation, TokenSet};
pub use trust::TrustAnchors;
