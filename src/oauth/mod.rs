//! The protocol: OAuth 2.0 device grant and what follows it. No files, no screen.
//!
//! [`Client`] speaks to one authorization server. [`device`] decides, as a pure state machine,
//! when to poll and when to stop; [`poll`] gives it a clock and a network.

mod client;
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
mod provider;
mod request;
mod revocation;
pub(crate) mod secret;
mod server_clock;
mod survey;
mod switch;
mod tenant_log;
mod text;
mod token;
#[doc(hidden)]
pub mod untrusted;
mod userinfo;
mod wire;

pub use client::{Client, REFRESH_LIMIT};
pub use error::{Error, Failed, NetworkFailure};
pub use http::check_ca_file;
pub use journal::{Entry, Exchange, Outcome};
pub use probe::{Found, UnusedCode};
pub use survey::{Answered, Place, Surveyed};
pub use switch::Switch;
pub use tenant_log::tenant_log;
pub use text::plain;
pub use token::{Identity, Revocation, TokenSet};
