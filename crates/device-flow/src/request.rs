//! The forms that a client POSTs: which parameters go along, and how it proves itself.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::dpop::Key;
use super::net::Credentials;
use super::provider::Authentication;
use super::wire::Reply;
use super::{Client, Error, secret};
use crate::config::Request;

impl Client {
    /// POSTs as this client. `form` must not hold `client_id` or `client_secret`.
    pub(super) async fn post(&self, url: &Url, form: &[(&str, &str)]) -> Result<Reply, Error> {
        self.post_proved(url, form, None, None).await
    }

    async fn post_proved(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        key: Option<&Key>,
        limit: Option<Duration>,
    ) -> Result<Reply, Error> {
        let mut form = form.to_vec();
        let id = self.client_id();
        let mut credentials = Credentials::None;
        match self.secret() {
            Some(secret) if self.secret_in_form().await => {
                form.extend([("client_id", id), secret::field("client_secret", secret)]);
            }
            // RFC 6749 section 2.3: not more than one method in a request.
            Some(secret) => credentials = Credentials::Basic(id, secret),
            None => form.push(("client_id", id)),
        }
        let http = &self.inner.http;
        http.post_proved(url, &form, credentials, key, limit).await
    }

    async fn secret_in_form(&self) -> bool {
        match self.provider().authentication {
            Authentication::None | Authentication::Form => true,
            Authentication::Basic => false,
            Authentication::Metadata => self
                .endpoints()
                .await
                .is_ok_and(|endpoints| endpoints.secret_in_form),
        }
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
        self.post_proved(endpoints.token()?, &form, key, Some(limit))
            .await
    }

    /// POSTs to the device authorization endpoint. `proof` are the parameters of PKCE, if any.
    pub(super) async fn ask_for_code(&self, proof: &[(&str, &str)]) -> Result<Reply, Error> {
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
        self.post(&url, &form).await
    }

    /// The owner's own parameters of a request. Who the client is cannot be among them.
    fn own_parameters(&self, request: Request) -> BTreeMap<&str, &str> {
        let repeated = self.provider().repeated;
        let parameters = self.inner.config.parameters.iter();
        parameters
            .filter(|parameter| parameter.goes_with(request, repeated))
            .map(|parameter| (parameter.name.as_str(), parameter.value.as_str()))
            .filter(|(name, _)| !matches!(*name, "client_id" | "client_secret"))
            .collect()
    }
}
