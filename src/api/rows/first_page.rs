//! What a row asks its API, for its first page and for further ones.

use std::sync::Arc;

use serde_json::{Map, Value};
use url::Url;

use crate::api::Error;
use crate::api::fill::{Blanks, Given, Moment, RequestTemplate};
use crate::api::mapping::value;
use crate::api::request::address;
use crate::api::request::page_request::{self, PageRequest, Payload};

/// A row's own question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FirstPage {
    request: PageRequest,
    /// What it is made of, where it is made and no address that the API named.
    question: Option<Question>,
    /// When it was asked first.
    pub(crate) moment: Moment,
}

/// What a question is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    pub(crate) ask: Arc<RequestTemplate>,
    pub(crate) base_url: Url,
    pub(crate) person: Arc<Map<String, Value>>,
    pub(crate) given: Option<Arc<Given>>,
    /// What asks for the first page.
    pub(crate) page: Value,
}

impl Question {
    fn filled(&self, page: &Value, moment: Moment) -> Result<PageRequest, Error> {
        let ask = &self.ask;
        let at = |moment| {
            let blanks = Blanks {
                person: &self.person,
                moment,
                given: self.given.as_deref(),
                page,
            };
            let url = address::under(&self.base_url, &ask.path(&blanks)?)?;
            Ok::<_, Error>((url, ask.payload(&blanks)?))
        };
        let (url, payload) = at(Some(moment))?;
        let name = |url: &Url, payload: Option<&Payload>| {
            page_request::name(ask.api.as_deref(), &ask.method, url, payload)
        };
        let is_of_a_time = ask.has_time();
        let name = match is_of_a_time {
            true => at(None).map(|(url, payload)| name(&url, payload.as_ref()))?,
            false => name(&url, payload.as_ref()),
        };
        Ok(PageRequest {
            api: ask.api.clone(),
            method: ask.method.clone(),
            url,
            payload,
            name,
            is_of_a_time,
        })
    }
}

impl FirstPage {
    /// The first page of a row that asks this.
    ///
    /// # Errors
    /// [`Error::Refused`] where a blank cannot be filled, or what comes of it may not be asked.
    pub(crate) fn of(question: Question, moment: Moment) -> Result<Self, Error> {
        Ok(Self {
            request: question.filled(&question.page, moment)?,
            question: Some(question),
            moment,
        })
    }

    /// The first page is at an address that the API named.
    pub(crate) fn at(request: PageRequest, moment: Moment) -> Self {
        Self {
            request,
            question: None,
            moment,
        }
    }

    /// What is asked first.
    pub(crate) fn request(&self) -> PageRequest {
        self.request.clone()
    }

    /// What is asked for a further page, where `value` tells which: in its blank, or in a parameter of the query.
    ///
    /// # Errors
    /// Words for what cannot be asked.
    pub(crate) fn page(
        &self,
        parameter: Option<&str>,
        page: &Value,
    ) -> Result<PageRequest, String> {
        let question = self.question.as_ref();
        if let Some(question) = question.filter(|question| question.ask.has_page()) {
            let filled = question.filled(page, self.moment);
            return filled.map_err(|error| error.to_string());
        }
        let parameter = parameter.ok_or("page.parameter names no parameter of the query")?;
        let value = value::raw(page).unwrap_or_default();
        let first = &self.request;
        let url = with_parameter(&first.url, parameter, &value);
        Ok(PageRequest {
            name: match first.is_of_a_time {
                true => format!("{}\n{parameter}={value}", first.name),
                false => first.at(url.clone()).name,
            },
            url,
            ..first.clone()
        })
    }
}

/// `url` with the query parameter set, in place of one that is there.
fn with_parameter(url: &Url, name: &str, value: &str) -> Url {
    let others: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(known, _)| known != name)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut url = url.clone();
    let _ = url
        .query_pairs_mut()
        .clear()
        .extend_pairs(others)
        .append_pair(name, value);
    url
}
