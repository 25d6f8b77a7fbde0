//! Whether an API did what it was asked for: by its status, and by what stands where its errors do.

use serde_json::Value;

use crate::api::Error;
use crate::api::mapping::item::Item;
use crate::api::mapping::json;
use crate::api::mapping::lookup::is_something;
use crate::api::mapping::selector::Selector;
use crate::api::request::api_message;
use crate::api::request::http::Answer;
use device_flow::json::Wanted;

/// The answer of a call that had to succeed. `error` is where an answer of this API says that it is an error, whatever
/// its status is.
///
/// # Errors
/// As [`Answer::succeeded`], and [`Error::Reported`].
pub(super) fn succeeded(answer: Answer, error: Option<&Selector>) -> Result<Answer, Error> {
    let Some(error) = error else {
        return answer.succeeded();
    };
    let mut wanted = Wanted::default();
    error.within(&mut wanted);
    // What is no JSON reports nothing there.
    let reply = json::parse(&answer.body, &wanted).unwrap_or_default();
    let found = error
        .all(&Item::of(&reply))
        .into_iter()
        .find(|it| is_something(it));
    let words = |found: &Value| api_message::said_there(&answer, found);
    match (found, answer.is_success()) {
        (Some(found), true) => Err(Error::Reported(words(found))),
        (Some(found), false) => {
            let said = words(found);
            Err(match answer.succeeded() {
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
            })
        }
        (None, _) => answer.succeeded(),
    }
}
