//! Without the feature `dpop` there is no key.

use std::sync::Arc;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use url::Url;

use super::Role;
use crate::Error;
use crate::net::server_clock::ServerClock;

/// A key of one session: none can be made without the feature `dpop`.
#[derive(Debug)]
pub enum Key {}

impl Key {
    pub(crate) fn generate() -> Result<Self, Error> {
        Err(Error::Misconfigured(
            "this program was built without DPoP (feature dpop of device-flow)".to_owned(),
        ))
    }

    pub(crate) fn follow(&self, _: &Arc<ServerClock>) {
        match *self {}
    }

    pub(crate) fn prove(
        &self,
        _: Role,
        _: &str,
        _: &Url,
        _: Option<&SecretString>,
        _: Option<&str>,
    ) -> Result<(HeaderName, HeaderValue), Error> {
        match *self {}
    }

    pub(crate) fn heard(
        &self,
        _: Role,
        _: &Url,
        _: (u16, &HeaderMap),
        _: Option<&str>,
    ) -> Option<String> {
        match *self {}
    }
}
