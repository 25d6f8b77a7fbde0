//! Every preset against a server that answers as its provider documents: the whole grant, refresh and
//! revocation, and each way to end without tokens, in the provider's own dialect.

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
