//! An API as something that is asked: where it is, what goes along there, and that it goes nowhere else.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use reqwest::header::{HeaderMap, HeaderName};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::address;
use super::http::Answer;
use super::repeated_token::RepeatedToken;
use super::token_place::{TokenPlace, sensitive};
use crate::api::Error;
use crate::api::mapping::card::Card;
use crate::config::{self, Header, OtherApi};

/// One API: `[api]`, or one of `[apis.NAME]`.
#[derive(Clone)]
pub(crate) struct ApiOrigin {
    pub(crate) base_url: Url,
    /// The owner's headers, under `base_url` alone.
    pub(crate) headers: HeaderMap,
    /// Those of them that nobody may read.
    pub(crate) secrets: Vec<SecretString>,
    /// Where the access token goes.
    pub(crate) token: TokenPlace,
    /// Whether it is the API that the account is for. What another one says of a token says nothing of the session.
    pub(crate) is_own: bool,
}

impl fmt::Debug for ApiOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiOrigin")
            .field("base_url", &self.base_url.as_str())
            .finish_non_exhaustive()
    }
}

/// What the configuration says of an API.
type Written<'a> = (
    &'a Url,
    &'a BTreeMap<String, Header>,
    &'a config::TokenPlace,
);

impl ApiOrigin {
    fn of(key: &str, (base_url, headers, token): Written<'_>, is_own: bool) -> Result<Self, Error> {
        let mut origin = Self {
            base_url: base_url.clone(),
            headers: HeaderMap::new(),
            secrets: Vec::new(),
            token: TokenPlace::of(token).ok_or_else(|| unsent(&format!("{key}.token")))?,
            is_own,
        };
        for (name, header) in headers {
            let read = header.value(key, name);
            let (read, is_secret) = read.map_err(|error| Error::Refused(error.to_string()))?;
            let unsent = || unsent(&format!("{key}.headers.{name}"));
            let value = sensitive(&read).ok_or_else(unsent)?;
            let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unsent())?;
            let _ = origin.headers.insert(header, value);
            origin.secrets.extend(is_secret.then_some(read));
        }
        Ok(origin)
    }

    /// The account's API at this address, with nothing but the token.
    pub(crate) fn at(base_url: Url) -> Self {
        Self {
            base_url,
            headers: HeaderMap::new(),
            secrets: Vec::new(),
            token: TokenPlace::Scheme,
            is_own: true,
        }
    }

    /// Where a path leads.
    ///
    /// # Errors
    /// As [`address::under`].
    pub(crate) fn under(&self, path: &str) -> Result<Url, Error> {
        address::under(&self.base_url, path)
    }

    /// An address that the API names, where it may be asked with what goes along.
    ///
    /// # Errors
    /// As [`address::within`].
    pub(crate) fn within(&self, url: Url) -> Result<Url, Error> {
        address::within(&self.base_url, self.token.taken_out(url))
    }

    /// An answer to a request that the access token went along with, without that token: see `repeated_token`.
    pub(super) fn without_the_token(&self, mut answer: Answer) -> Answer {
        // The token is the first of the secrets, where one was sent.
        let token = answer.secrets.first().cloned();
        let token = token.filter(|_| self.token != TokenPlace::None);
        if let Some(token) = token {
            let repeated = RepeatedToken {
                token: token.expose_secret(),
                parameter: match &self.token {
                    TokenPlace::Query(name) => Some(name),
                    _ => None,
                },
            };
            if let Some(body) = repeated.taken_out(&answer.body) {
                answer.body = body;
            }
            repeated.taken_out_of(&mut answer.headers);
        }
        answer
    }
}

/// The check of the configuration lets none through.
fn unsent(key: &str) -> Error {
    Error::Refused(format!("{key} is no header that can be sent"))
}

/// All APIs of a configuration.
#[derive(Debug, Clone)]
pub(crate) struct ApiOrigins {
    own: ApiOrigin,
    others: BTreeMap<Arc<str>, ApiOrigin>,
}

impl ApiOrigins {
    /// Those of the configuration. Reads the files that hold headers.
    ///
    /// # Errors
    /// [`Error::Refused`] for a header that cannot be read or sent.
    pub(crate) fn of(
        api: &config::Api,
        others: &BTreeMap<String, OtherApi>,
    ) -> Result<Self, Error> {
        let others = others.iter().map(|(name, other)| {
            let key = format!("apis.{name}");
            let written = (&other.base_url, &other.headers, &other.token);
            Ok((name.as_str().into(), ApiOrigin::of(&key, written, false)?))
        });
        let written = (&api.base_url, &api.headers, &api.token);
        Ok(Self {
            own: ApiOrigin::of("api", written, true)?,
            others: others.collect::<Result<_, Error>>()?,
        })
    }

    /// The API of a row; without a name that of the account.
    ///
    /// # Errors
    /// [`Error::Refused`] for a name that the configuration does not have.
    pub(crate) fn named(&self, name: Option<&str>) -> Result<&ApiOrigin, Error> {
        let Some(name) = name else {
            return Ok(&self.own);
        };
        let unknown = || Error::Refused(format!("the configuration has no [apis.{name}]"));
        self.others.get(name).ok_or_else(unknown)
    }

    /// The API whose own an address is: the one with the longest path of those that hold it.
    pub(crate) fn holding(&self, url: &Url) -> Option<&ApiOrigin> {
        self.all()
            .filter(|origin| address::within(&origin.base_url, url.clone()).is_ok())
            .max_by_key(|origin| origin.base_url.path().len())
    }

    /// Whether something may be loaded from `url` at all ([`address::is_safe`]).
    pub(crate) fn may_load(&self, url: &Url) -> bool {
        self.all()
            .any(|origin| address::is_safe(&origin.base_url, url))
    }

    /// Leaves the pictures of cards of `origin` that may be loaded in its name: without the token, which the API may have
    /// written into their addresses, and none of another API, which would be asked there with what is its own.
    pub(crate) fn own_pictures(&self, origin: &ApiOrigin, cards: &mut [Card]) {
        for card in cards {
            let picture = card.image.take().map(|url| origin.token.taken_out(url));
            card.image = picture.filter(|url| {
                let holder = self.holding(url);
                holder.is_none_or(|holder| holder.base_url == origin.base_url)
            });
        }
    }

    fn all(&self) -> impl Iterator<Item = &ApiOrigin> {
        std::iter::once(&self.own).chain(self.others.values())
    }
}
