//! What is asked for a page of a row: more than an address, where the API wants to be asked by POST.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use reqwest::Method;
use url::Url;

/// A body that is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payload {
    /// What it is, as `Content-Type` says it.
    pub(crate) content_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

impl Payload {
    pub(crate) fn json(bytes: Vec<u8>) -> Self {
        Self {
            content_type: "application/json",
            bytes,
        }
    }

    pub(crate) fn is_json(&self) -> bool {
        self.content_type == "application/json"
    }
}

/// What is asked for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageRequest {
    /// Which API, where it is none but the account's ([`super::api_origin::ApiOrigins::named`]).
    pub(crate) api: Option<Arc<str>>,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) payload: Option<Payload>,
    /// What its answer is called in the cache: the same question at another time has the same name. It holds no token,
    /// since the token is put into a request only as it is sent.
    pub(crate) name: String,
    /// Whether the address changes with the time, and the name does not.
    pub(crate) is_of_a_time: bool,
}

impl PageRequest {
    /// GETs an address of this API.
    pub(crate) fn get(api: Option<Arc<str>>, url: Url) -> Self {
        let name = name(api.as_deref(), &Method::GET, &url, None);
        Self {
            api,
            method: Method::GET,
            url,
            payload: None,
            name,
            is_of_a_time: false,
        }
    }

    /// The same question at another address, which the API has named.
    pub(crate) fn at(&self, url: Url) -> Self {
        let payload = self.payload.as_ref();
        Self {
            name: match self.is_of_a_time {
                // Where this leads each time.
                true => format!("{}\nnext", self.name),
                false => name(self.api.as_deref(), &self.method, &url, payload),
            },
            url,
            ..self.clone()
        }
    }

    /// Whether its address says all of it.
    pub(crate) fn is_plain_get(&self) -> bool {
        self.method == Method::GET && self.payload.is_none()
    }

    /// What tells it from other questions.
    pub(crate) fn hashed(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.url.as_str(), self.payload.as_ref().map(|it| &it.bytes)).hash(&mut hasher);
        hasher.finish()
    }

    /// The address by which the cache judges whether a copy is of this very question: one for each body.
    pub(crate) fn cache_url(&self) -> Url {
        let mut url = self.url.clone();
        if let Some(payload) = &self.payload {
            let mut hasher = DefaultHasher::new();
            payload.bytes.hash(&mut hasher);
            let body = hasher.finish().to_string();
            let _ = url.query_pairs_mut().append_pair(" body", &body);
        }
        url
    }
}

/// The name of an answer. That to a GET of the account's API is its address.
pub(crate) fn name(
    api: Option<&str>,
    method: &Method,
    url: &impl AsRef<str>,
    payload: Option<&Payload>,
) -> String {
    let url = url.as_ref();
    if api.is_none() && method == Method::GET && payload.is_none() {
        return url.to_owned();
    }
    let body = payload.map_or("".into(), |body| String::from_utf8_lossy(&body.bytes));
    format!("{}\n{method} {url}\n{body}", api.unwrap_or_default())
}
