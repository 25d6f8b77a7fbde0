//! An answer as JSON, of which no more is built than there is room for.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::api::Error;
use crate::api::request::http::LARGE;
use crate::host::memory;
use device_flow::json::{self, Unread, Wanted};

/// Most memory that the values of one answer take. A library of ten thousand items takes a third of it.
const ROOM: usize = 48 * 1024 * 1024;

/// What the values of a longer answer took is given back at once.
const GIVEN_BACK: usize = 128 * 1024;

/// What was read of an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reply<'a> {
    pub(crate) value: &'a Value,
    /// Whether that is all there is: what is not in it is not in the answer.
    pub(crate) is_all: bool,
}

impl<'a> Reply<'a> {
    /// An answer that was read whole.
    pub(crate) fn all(value: &'a Value) -> Self {
        Self {
            value,
            is_all: true,
        }
    }
}

/// Reads what is `wanted` of an answer and has `look` look at it. Where that finds fault it sees all there is, so
/// that it can say what stands there instead.
///
/// # Errors
/// [`Error::Shape`] when it is not JSON, [`Error::TooMuch`] when it holds more than there is room for, and those of
/// `look`.
pub(crate) fn read<T>(
    body: &[u8],
    wanted: &Wanted,
    look: impl Fn(&Reply<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    /// A cached response has no turn of its own.
    static ALONE: Mutex<()> = Mutex::new(());
    let is_large = body.len() > LARGE;
    let _alone = is_large.then(|| ALONE.lock().unwrap_or_else(PoisonError::into_inner));
    let looked = looked_at(body, wanted, look);
    if body.len() > GIVEN_BACK {
        memory::give_back_what_was_freed();
    }
    looked
}

fn looked_at<T>(
    body: &[u8],
    wanted: &Wanted,
    look: impl Fn(&Reply<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let part = parse(body, wanted)?;
    let reply = Reply {
        value: &part,
        is_all: false,
    };
    match look(&reply) {
        Err(Error::Shape(_)) => match parse(body, &Wanted::everything()) {
            Ok(all) => look(&Reply::all(&all)),
            // What was wanted has to do.
            Err(Error::TooMuch(_)) => look(&Reply::all(&part)),
            Err(error) => Err(error),
        },
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
