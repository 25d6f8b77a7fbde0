//! Whether an API did what it was asked for: by its status, and by what stands where its errors do.

use crate::api::mapping::item::Item;
use crate::api::mapping::json;
use crate::api::mapping::lookup::is_something;
use crate::api::mapping::selector::Selector;
use crate::api::request::api_message;
use crate::api::request::http::Answer;
use crate::api::{Error, text};
use device_flow::json::Wanted;
use device_flow::wire::is_xml;

/// The answer of a call that had to succeed. `error` is where an answer of this API says that it is an error, whatever
/// its status is.
///
/// # Errors
/// As [`Answer::succeeded`], and [`Error::Reported`].
pub(super) fn succeeded(answer: Answer, error: Option<&Selector>) -> Result<Answer, Error> {
    match (reported(&answer, error), answer.is_success()) {
        (Some(said), true) => Err(Error::Reported(said)),
        (Some(said), false) => Err(match answer.succeeded() {
            Ok(_) => Error::Reported(said),
            Err(Error::Status {
                status,
                retry_after,
                message,
            }) => Error::Status {
                status,
                retry_after,
                message: said.or(message),
            },
            Err(other) => other,
        }),
        (None, _) => answer.succeeded(),
    }
}

/// The same of what is read as data.
///
/// # Errors
/// As [`succeeded`], and [`Error::Shape`] for XML, which many APIs send where JSON is not asked for in their own way.
pub(super) fn data(answer: Answer, error: Option<&Selector>) -> Result<Answer, Error> {
    let answer = succeeded(answer, error)?;
    let kind = answer.content_type().filter(|kind| is_xml(kind));
    let is_markup = answer.body.trim_ascii_start().starts_with(b"<");
    match kind.filter(|_| is_markup) {
        Some(kind) => Err(Error::Shape(format!(
            "the answer is {}, not JSON: ask for JSON (many APIs want format=json in the query, or an Accept header)",
            text::line(kind, text::LINE)
        ))),
        None => Ok(answer),
    }
}

/// Whether an answer to a page behind another one says that there is none any more, and how: who counts pages or items
/// finds the end by going past it, and some APIs call that a mistake.
pub(super) fn end_in_words(answer: &Answer, error: Option<&Selector>) -> Option<String> {
    let (what, said) = match answer.status {
        status @ (400 | 404 | 416 | 422) => (format!("HTTP {status}"), api_message::of(answer)),
        _ if answer.is_success() => ("an error".to_owned(), reported(answer, error)?),
        _ => return None,
    };
    let said = said.map_or_else(String::new, |said| format!(": {said}"));
    Some(format!("{what} was taken for the end{said}"))
}

/// What stands where the configuration says that an error does, as far as it can be said in words; none where nothing is.
fn reported(answer: &Answer, error: Option<&Selector>) -> Option<Option<String>> {
    let error = error?;
    let mut wanted = Wanted::default();
    error.within(&mut wanted);
    // What is no JSON reports nothing there.
    let reply = json::parse(&answer.body, &wanted).unwrap_or_default();
    let found = error.all(&Item::of(&reply));
    let found = found.into_iter().find(|it| is_something(it))?;
    Some(api_message::said_there(answer, found))
}
