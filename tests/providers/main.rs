//! Every preset against a server that answers as its provider documents: the whole grant, refresh and
//! revocation, and each way to end without tokens, in the provider's own dialect.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(unused_results, reason = "the stub is told its answers in a chain")]

#[path = "../oauth_support/mod.rs"]
mod oauth_support;
mod replay;

mod auth0;
mod github;
mod gitlab;
mod google;
mod keycloak;
mod microsoft;
mod oauth2;
mod oidc;
mod okta;
mod twitch;
