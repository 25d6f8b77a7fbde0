//! What a call to the API is authorised with.

use std::sync::Arc;

use reqwest::header::HeaderMap;
use secrecy::SecretString;
use url::Url;

use device_flow::dpop;

/// An access token to present to the API.
#[derive(Debug, Clone)]
pub struct AccessToken {
    /// The token.
    pub secret: SecretString,
    /// How it is presented: `Bearer`, or `DPoP` with a proof.
    pub token_type: String,
    /// The account's key, where it has one.
    pub key: Option<Arc<dpop::Key>>,
}

impl AccessToken {
    /// The headers of one request: `Authorization`, and a proof where the token is bound to the key. Every
    /// request needs its own, a repeated one too.
    ///
    /// `nonce` is what [`AccessToken::nonce_wanted`] returned, where this request is sent again for it.
    ///
    /// # Errors
    /// [`device_flow::Error::Misconfigured`] for a token of an unknown type, or that no header can carry.
    pub fn authorization(
        &self,
        method: &str,
        url: &Url,
        nonce: Option<&str>,
    ) -> Result<HeaderMap, device_flow::Error> {
        let key = self.key.as_deref();
        dpop::authorization(&self.token_type, &self.secret, key, (method, url), nonce)
    }

    /// To be shown the status and headers of every answer. Returns a nonce where the API refused the request
    /// only for want of it (RFC 9449 section 9): it is to be sent again at once, once; the token is good. `sent`
    /// is what the request was authorised with for that reason.
    pub fn nonce_wanted(
        &self,
        url: &Url,
        answer: (u16, &HeaderMap),
        sent: Option<&str>,
    ) -> Option<String> {
        dpop::nonce_wanted(self.key.as_deref(), url, answer, sent)
    }
}
