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

#[cfg(test)]
mod tests {
    use jiff::ZonedDateTime;
    use serde_json::json;

    use super::*;
    use crate::config;

    fn first(path: &str, subject: &str, at: &str) -> FirstPage {
        let row = config::Row {
            path: path.to_owned(),
            ..config::Row::default()
        };
        let person = json!({ "sub": subject });
        let question = Question {
            ask: Arc::new(RequestTemplate::of_row(&row, |_| 0)),
            base_url: Url::parse("https://api.example/v1/").unwrap(),
            person: Arc::new(person.as_object().cloned().unwrap()),
            given: None,
            page: json!(1),
        };
        let at: ZonedDateTime = at.parse().unwrap();
        FirstPage::of(question, Moment::of(&at)).unwrap()
    }

    #[test]
    fn what_is_asked_at_another_time_is_kept_under_the_same_name() {
        let timed = "events?of={me/sub}&from={now-1h}&day={today}";
        let early = first(timed, "ada", "2026-11-28T21:00:00+00:00[UTC]");
        let late = first(timed, "ada", "2026-11-29T21:00:01+00:00[UTC]");
        let (one, other) = (early.request(), late.request());
        assert_eq!(
            one.url.as_str(),
            "https://api.example/v1/events?of=ada&from=2026-11-28T20:00:00Z&day=2026-11-28"
        );
        assert_ne!(one.url, other.url);
        assert_eq!(one.name, other.name);
        let page = |first: &FirstPage| first.page(Some("page"), &json!(2)).unwrap();
        assert_eq!(page(&early).name, page(&late).name);
        assert_ne!(page(&early).name, one.name);
        let led = |asked: &PageRequest, to: &str| asked.at(asked.url.join(to).unwrap());
        let (next, again) = (led(&one, "?at=1"), led(&other, "?at=2"));
        assert_eq!(next.name, again.name);
        assert_ne!(led(&next, "?at=3").name, next.name);
        let of_another = first(timed, "bob", "2026-11-28T21:00:00+00:00[UTC]");
        assert_ne!(of_another.request().name, one.name);
    }

    #[test]
    fn a_page_stands_in_its_blank_or_in_its_parameter() {
        let at = "2026-11-28T21:00:00+00:00[UTC]";
        for (path, second) in [
            ("list/{page}?x=1", "https://api.example/v1/list/2?x=1"),
            ("list?page=1&x=1", "https://api.example/v1/list?x=1&page=2"),
        ] {
            let first = first(path, "ada", at);
            let page = first.page(Some("page"), &json!(2)).unwrap();
            assert_eq!((page.url.as_str(), page.name.as_str()), (second, second));
        }
        let nowhere = first("list", "ada", at).page(None, &json!(2));
        assert!(nowhere.is_err(), "{nowhere:?}");
    }
}
