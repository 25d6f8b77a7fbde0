//! What an action would send, said and not sent.

use url::Url;

use super::Client;
use crate::api::action::{ActionRequest, CardAction};
use crate::api::mapping::card::Card;
use crate::api::request::address::shown_address;
use crate::api::request::sender::ApiRequest;
use crate::api::request::token_place::TokenPlace;
use crate::api::rows::row::Row;
use crate::api::{Error, text};
use crate::config::LocalizedText;

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
        let sent = |label: &LocalizedText| {
            let action = offered.iter().find(|action| action.label == *label)?;
            Some(self.told(&CardAction::request(action)))
        };
        let labels = row.actions.iter().map(|action| &action.label);
        let told = labels.map(|label| (label.to_string(), sent(label)));
        told.collect()
    }

    /// Whether the access token goes along to `url`.
    pub fn may_take_the_token(&self, url: &Url) -> bool {
        let origin = self.inner.origins.holding(url);
        origin.is_some_and(|origin| origin.token != TokenPlace::None)
    }

    fn told(&self, action: &ActionRequest) -> Result<WouldSend, Error> {
        let (ask, blanks) = (action.ask(), action.blanks(&self.inner.person));
        let origin = self.inner.origins.named(ask.api.as_deref())?;
        let url = origin.under(&ask.path(&blanks)?)?;
        let mut request = ApiRequest::new(origin, ask.method.clone(), &url);
        request.language = self.language.as_deref();
        (request.payload, request.key) = (ask.payload(&blanks)?, Some(action.key.as_str()));
        let request = request.build()?;
        let headers = request.headers().iter().map(|(name, value)| {
            let value = match value.is_sensitive() {
                true => "…".to_owned(),
                false => String::from_utf8_lossy(value.as_bytes()).into_owned(),
            };
            (name.to_string(), value)
        });
        let mut address = shown_address(request.url());
        let token = match &origin.token {
            TokenPlace::Scheme => Some("authorization".to_owned()),
            TokenPlace::Header { name, .. } => Some(name.to_string()),
            TokenPlace::Query(name) => {
                let sign = if address.contains('?') { '&' } else { '?' };
                address.push_str(&format!("{sign}{name}=…"));
                None
            }
            TokenPlace::None => None,
        };
        let token = token.map(|name| (name, "…".to_owned()));
        let body = request.body().and_then(|body| body.as_bytes());
        Ok(WouldSend {
            method: request.method().to_string(),
            address,
            headers: headers.chain(token).collect(),
            body: body.map(shown_body),
        })
    }
}
