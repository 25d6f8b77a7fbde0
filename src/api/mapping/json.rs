//! An answer as JSON, of which no more is built than there is room for.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::api::Error;
use crate::api::request::http::LARGE;
use device_flow::json::{self, Unread, Wanted};

/// Most memory that the values of one answer take. A library of ten thousand items takes a third of it.
const ROOM: usize = 48 * 1024 * 1024;

/// Reads what is `wanted` of an answer and has `look` look at it. Where that finds fault it sees all there is, so
/// that it can say what stands there instead.
///
/// # Errors
/// [`Error::Shape`] when it is not JSON, [`Error::TooMuch`] when it holds more than there is room for, and those of
/// `look`.
pub(crate) fn read<T>(
    body: &[u8],
    wanted: &Wanted,
    look: impl Fn(&Value) -> Result<T, Error>,
) -> Result<T, Error> {
    /// A cached response has no turn of its own.
    static ALONE: Mutex<()> = Mutex::new(());
    let is_large = body.len() > LARGE;
    let _alone = is_large.then(|| ALONE.lock().unwrap_or_else(PoisonError::into_inner));
    match look(&parse(body, wanted)?) {
        Err(Error::Shape(_)) => look(&parse(body, &Wanted::everything())?),
        looked => looked,
    }
}

/// Reads all of an answer, to say what stands in it; of one that is too much, what is `wanted`. Tells which.
///
/// # Errors
/// As [`read`].
pub(crate) fn all(body: &[u8], wanted: &Wanted) -> Result<(Value, bool), Error> {
    match parse(body, &Wanted::everything()) {
        Err(Error::TooMuch(_)) => Ok((parse(body, wanted)?, false)),
        all => Ok((all?, true)),
    }
}

/// Reads what is `wanted` of an answer, also of one with a byte order mark, which must not be there and may be
/// ignored (RFC 8259 section 8.1).
///
/// # Errors
/// As [`read`].
pub(crate) fn parse(body: &[u8], wanted: &Wanted) -> Result<Value, Error> {
    let text = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    json::read(text, wanted, ROOM).map_err(|error| match error {
        Unread::Syntax(error) => Error::Shape(format!("the answer is not JSON: {error}")),
        Unread::TooMuch => Error::TooMuch(
            "the answer holds more values than fit into memory; ask the API for smaller pages"
                .to_owned(),
        ),
    })
}
