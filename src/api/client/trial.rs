//! What an action would send, said and not sent.

use reqwest::Method;
use url::Url;

use super::Client;
use crate::api::action::{ActionRequest, CardAction};
use crate::api::mapping::card::Card;
use crate::api::request::address::{self, shown_address};
use crate::api::rows::row::Row;
use crate::api::{Error, text};

/// A request as its owner is shown it, without secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WouldSend {
    /// HTTP method.
    pub method: String,
    /// Where to.
    pub address: String,
    /// Names and values; what stands for a secret is `…`.
    pub headers: Vec<(String, String)>,
    /// What is sent, as text.
    pub body: Option<String>,
}

/// A body as text, as much of it as anybody reads.
pub(super) fn shown_body(body: &[u8]) -> String {
    String::from_utf8_lossy(body)
        .chars()
        .take(text::BODY)
        .collect()
}

impl Client {
    /// What each action of `row` would send for `card`, by its label; none for one that is not offered for it.
    pub fn would_send(
        &self,
        row: &Row,
        card: &Card,
    ) -> Vec<(String, Option<Result<WouldSend, Error>>)> {
        let offered = row.actions(card);
        let sent = |label: &str| {
            let action = offered.iter().find(|action| action.label == label)?;
            Some(self.told(&CardAction::request(action)))
        };
        let labels = row.actions.iter().map(|action| action.label.clone());
        labels.map(|label| (label.clone(), sent(&label))).collect()
    }

    /// Whether the access token goes along to `url`.
    pub fn may_take_the_token(&self, url: &Url) -> bool {
        address::within(&self.inner.api.base_url, url.clone()).is_ok()
    }

    fn told(&self, action: &ActionRequest) -> Result<WouldSend, Error> {
        let method = Method::from_bytes(action.method().to_ascii_uppercase().as_bytes())
            .map_err(|_| Error::Refused(format!("{:?} is not an HTTP method", action.method())))?;
        let url = address::under(&self.inner.api.base_url, &action.path()?)?;
        let mut request = self.request(method, &url);
        (request.data, request.key) = (action.body(), Some(action.key.as_str()));
        let request = request.build()?;
        let headers = request.headers().iter().map(|(name, value)| {
            let value = match value.is_sensitive() {
                true => "…".to_owned(),
                false => String::from_utf8_lossy(value.as_bytes()).into_owned(),
            };
            (name.to_string(), value)
        });
        let token = ("authorization".to_owned(), "…".to_owned());
        let body = request.body().and_then(|body| body.as_bytes());
        Ok(WouldSend {
            method: request.method().to_string(),
            address: shown_address(request.url()),
            headers: headers.chain([token]).collect(),
            body: body.map(shown_body),
        })
    }
}
