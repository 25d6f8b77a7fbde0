//! The forms that a client POSTs: which parameters go along, and how it proves itself.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::client_authentication::Method;
use super::dpop::Key;
use super::net::{Credentials, Repeat};
use super::wire::Reply;
use super::{Client, Error, secret};
use crate::config::{Parameter, Request};

impl Client {
    /// POSTs as this client. `form` must not hold `client_id` or `client_secret`.
    pub(super) async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        repeat: Repeat,
        key: Option<&Key>,
        limit: Option<Duration>,
    ) -> Result<Reply, Error> {
        if self.secret().is_none() {
            let form = [form, &[("client_id", self.client_id())]].concat();
            let http = &self.inner.http;
            return http
                .post(url, &form, repeat, Credentials::None, key, limit)
                .await;
        }
        let method = self.authentication().await;
        let first = self
            .post_with(method, url, form, repeat, key, limit)
            .await?;
        let mut tried = vec![method];
        let mut other = self.other_authentication(&tried, &first);
        while let Some(way) = other {
            let again = self.post_with(way, url, form, repeat, key, limit).await?;
            if !self.note_refusal(&again) {
                self.learn_authentication(way);
                return Ok(again);
            }
            tried.push(way);
            other = self.other_authentication(&tried, &again);
        }
        // No other way is what it has against the client: what it said first counts.
        let _ = self.note_refusal(&first);
        Ok(first)
    }

    /// POSTs with the client secret.
    async fn post_with(
        &self,
        method: Method,
        url: &Url,
        form: &[(&str, &str)],
        repeat: Repeat,
        key: Option<&Key>,
        limit: Option<Duration>,
    ) -> Result<Reply, Error> {
        let mut form = form.to_vec();
        let id = self.client_id();
        let mut credentials = Credentials::None;
        if method != Method::Basic {
            form.push(("client_id", id));
        }
        let secret = self.secret();
        match (&secret, method) {
            (Some(secret), Method::Form) => form.push(secret::field("client_secret", secret)),
            // RFC 6749 section 2.3: not more than one method in a request.
            (Some(secret), Method::Basic | Method::BasicWithId) => {
                credentials = Credentials::Basic(id, secret);
            }
            (None, _) => {}
        }
        let http = &self.inner.http;
        http.post(url, &form, repeat, credentials, key, limit).await
    }

    /// POSTs to the token endpoint and waits up to `limit` for the answer.
    pub(super) async fn ask_for_tokens(
        &self,
        request: Request,
        form: &[(&str, &str)],
        key: Option<&Arc<Key>>,
        limit: Duration,
    ) -> Result<Reply, Error> {
        let endpoints = self.endpoints().await?;
        let mut all = self.own_parameters(request);
        // A map: what the request itself is about wins, and no parameter is sent twice (RFC 6749 section 3.2).
        all.extend(form.iter().copied());
        let form: Vec<_> = all.into_iter().collect();
        let key = key.map(Arc::as_ref);
        let repeat = match request {
            Request::Refresh => Repeat::OwnConnection,
            Request::Token | Request::DeviceAuthorization => Repeat::Never,
        };
        self.post(endpoints.token()?, &form, repeat, key, Some(limit))
            .await
    }

    /// POSTs to the device authorization endpoint; tells its address as well. `proof` are the parameters of PKCE, if any.
    pub(super) async fn ask_for_code(&self, proof: &[(&str, &str)]) -> Result<(Url, Reply), Error> {
        let endpoints = self.endpoints().await?;
        let provider = self.provider();
        let mut url = endpoints.device_authorization()?.clone();
        let mut form = self.own_parameters(Request::DeviceAuthorization);
        if let Some(name) = provider.language
            && let Some(language) = form.remove(name).or(self.language.as_deref())
        {
            let _ = url.query_pairs_mut().append_pair(name, language);
        }
        let scope = self.scope();
        if !scope.is_empty() {
            let _ = form.insert(provider.scope, &scope);
        }
        if let Some(audience) = &self.inner.config.audience {
            let _ = form.insert(provider.audience, audience);
        }
        form.extend(proof.iter().copied());
        let form: Vec<_> = form.into_iter().collect();
        // A code that no person has seen does no harm.
        let reply = self.post(&url, &form, Repeat::Safe, None, None).await?;
        Ok((url, reply))
    }

    /// The owner's own parameters of a request. Who the client is cannot be among them.
    fn own_parameters(&self, request: Request) -> BTreeMap<&str, &str> {
        let repeated = self.provider().repeated;
        let parameters = self.inner.config.parameters.iter();
        parameters
            .filter(|parameter| parameter.goes_with(request, repeated))
            .map(|parameter| (parameter.name.as_str(), parameter.value.as_str()))
            .filter(|(name, _)| !Parameter::is_own(name))
            .collect()
    }
}
