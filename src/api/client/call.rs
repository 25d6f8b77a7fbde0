//! One request of the owner's own, and the pages that follow its answer.

use std::collections::HashSet;

use reqwest::Method;
use reqwest::header::HeaderMap;
use url::Url;

use super::Client;
use super::pages::Source;
use crate::api::Error;
use crate::api::request::link;
use crate::api::request::page_request::Payload;
use crate::api::request::sender::ApiRequest;
use crate::api::rows::page::Cursor;
use crate::api::rows::row::Row;
use crate::config::header_refusal;

/// A request, as `vestibule call` is asked for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Which of `[apis]`, where it is not the account's own.
    pub api: Option<String>,
    /// HTTP method.
    pub method: String,
    /// Under the base address, or a whole address there.
    pub path: String,
    /// What is sent.
    pub data: Option<Vec<u8>>,
    /// Further headers; see [`header_refusal`].
    pub headers: HeaderMap,
}

impl Call {
    /// With no headers of its own.
    pub fn new(method: &str, path: &str, data: Option<Vec<u8>>) -> Self {
        Self {
            api: None,
            method: method.to_owned(),
            path: path.to_owned(),
            data,
            headers: HeaderMap::new(),
        }
    }
}

/// An answer, as `vestibule call` prints it.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Where it came from.
    pub address: Url,
    /// HTTP status.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// `Content-Type`, where sent.
    pub content_type: Option<String>,
    /// Where it leads, in words, where it is a redirect.
    pub redirect: Option<String>,
    /// The body, at most 16 MiB.
    pub body: Vec<u8>,
}

impl Client {
    /// Sends a call. Any status is an `Ok` answer.
    ///
    /// # Errors
    /// [`Error::Refused`] for a method, a header or an address that may not be called; see [`Error`].
    pub async fn call(&self, call: Call) -> Result<Reply, Error> {
        let refused = call
            .headers
            .keys()
            .find_map(|name| Some((name, header_refusal(name.as_str())?)));
        if let Some((name, why)) = refused {
            return Err(Error::Refused(format!("{name} cannot be chosen: {why}")));
        }
        let method = Method::from_bytes(call.method.to_ascii_uppercase().as_bytes())
            .map_err(|_| Error::Refused(format!("{:?} is not an HTTP method", call.method)))?;
        let origin = self.inner.origins.named(call.api.as_deref())?;
        let url = origin.under(&call.path)?;
        let mut request = ApiRequest::new(origin, method, &url);
        request.language = self.language.as_deref();
        (request.payload, request.headers) = (call.data.map(Payload::json), call.headers);
        let answer = self.inner.sender.authorised(&request).await?;
        if answer.is_redirect() && answer.is_captive() {
            return Err(answer.captive());
        }
        Ok(Reply {
            address: answer.address.clone(),
            status: answer.status,
            redirect: answer.redirect_in_words(),
            content_type: answer.content_type().map(str::to_owned),
            headers: answer.headers,
            body: answer.body,
        })
    }
}

/// What follows the answers of one call.
#[derive(Debug)]
pub struct CallPages {
    client: Client,
    /// The row of the configuration that asks the same, and where it got to.
    row: Option<(Row, Option<Cursor>)>,
    /// Which API is asked.
    api: Option<String>,
    /// What was asked before, so that an API that leads in a circle does not do so for ever.
    seen: HashSet<Url>,
}

impl Client {
    /// The pages that follow the answer to a call that GETs.
    pub fn pages_of(&self, call: &Call) -> CallPages {
        let origin = self.inner.origins.named(call.api.as_deref());
        let asked = origin.and_then(|origin| origin.under(&call.path)).ok();
        let asks_it = |row: &Row| {
            let asked = asked.as_ref()?;
            let (request, _) = self.page_reader(row, None).ok()?;
            let is_it = &request.url == asked && request.is_plain_get();
            (is_it && request.api.as_deref() == call.api.as_deref()).then_some(())
        };
        let row = self.rows().into_iter().find(|row| asks_it(row).is_some());
        CallPages {
            client: self.clone(),
            row: row.map(|row| (row, None)),
            api: call.api.clone(),
            seen: HashSet::new(),
        }
    }
}

impl CallPages {
    /// Where the page after `reply` is, if there is one: where the answer's `Link` says, or else the row.
    ///
    /// # Errors
    /// [`Error::Refused`] for an address that the access token may not travel to.
    pub fn after(&mut self, reply: &Reply) -> Result<Option<String>, Error> {
        let _ = self.seen.insert(reply.address.clone());
        let next = match link::with_relation(&reply.headers, "next", &reply.address) {
            Some(next) => {
                let origin = self.client.inner.origins.named(self.api.as_deref())?;
                Some(origin.within(next)?)
            }
            None => self.by_row(reply)?,
        };
        Ok(next.filter(|next| !self.seen.contains(next)).map(Url::into))
    }

    fn by_row(&mut self, reply: &Reply) -> Result<Option<Url>, Error> {
        let Some((row, cursor)) = &mut self.row else {
            return Ok(None);
        };
        let (_, reader) = self.client.page_reader(row, cursor.as_ref())?;
        // An answer that is no page of the row has none after it.
        let from = Source {
            address: &reply.address,
            next: None,
        };
        let page = reader.read(&reply.body, &from).ok();
        *cursor = page.and_then(|page| page.next);
        let next = cursor.as_ref().map(|cursor| &cursor.request);
        let next = next.filter(|request| request.is_plain_get());
        Ok(next.map(|request| request.url.clone()))
    }
}
