//! The items of an answer, and when there are rightly none.
//!
//! Many servers leave out a list that is empty (protobuf's JSON, FHIR, Plex, Square), or write null, an empty text
//! (what was XML once) or false (PHP) in its place. None of that is an error to a viewer. It may be a slip in the
//! configuration all the same, so it is told to whoever tries a row.

use serde_json::Value;

use super::item::Item;
use super::json::Reply;
use super::json_path::JsonPath;
use super::pointer::{Pointer, Step, kind};
use super::selector::Selector;
use crate::api::Error;
use crate::api::request::api_message;
use device_flow::json::Wanted;

/// What stands where a list of items belongs.
#[derive(Debug, Default)]
pub(crate) struct Listing<'a> {
    pub(crate) items: Vec<Listed<'a>>,
    /// Whether there is a list, or an item that stands for one.
    pub(crate) is_there: bool,
    /// Whether there is no list at all: it was taken as an empty one that was left out.
    pub(crate) is_left_out: bool,
}

/// One item of an answer.
#[derive(Debug, Clone)]
pub(crate) struct Listed<'a> {
    pub(crate) value: &'a Value,
    /// What it is called in the object that it is a member of.
    pub(crate) key: Option<Value>,
}

impl<'a> Listed<'a> {
    /// The same as something to look in.
    pub(crate) fn item<'b>(&'b self) -> Item<'b>
    where
        'a: 'b,
    {
        Item {
            key: self.key.as_ref(),
            ..Item::of(self.value)
        }
    }
}

/// The items of all lists that `at` leads to. What is no list is an item itself where `at` may lead to many places,
/// and an object is its members where they are asked for by their names.
///
/// # Errors
/// Words that name the place where a list belongs and what is there instead.
pub(crate) fn of<'a>(
    at: &Selector,
    reply: &'a Value,
    is_by_name: bool,
) -> Result<Listing<'a>, String> {
    let (found, is_many) = match at {
        Selector::At(pointer) => (pointer.members(reply), pointer.is_many()),
        Selector::Path(path) => (in_path(path, reply, is_by_name)?, path.is_many()),
        Selector::Key | Selector::Joined(_) => (Vec::new(), false),
    };
    if found.is_empty() {
        return left_out(at, reply);
    }
    let is_there = found.iter().any(|(_, value)| !is_nothing(value));
    let mut items = Vec::new();
    for (key, value) in found {
        match value {
            Value::Array(list) => {
                items.extend(list.iter().map(|value| Listed { value, key: None }));
            }
            nothing if is_nothing(nothing) => {}
            Value::Object(map) if is_by_name && !is_many => {
                items.extend(map.iter().map(|(key, value)| Listed {
                    value,
                    key: Some(Value::from(key.as_str())),
                }));
            }
            value if is_many => items.push(Listed {
                value,
                key: key.map(Value::from),
            }),
            other => {
                return Err(format!(
                    "{} stands at {} of the answer where a list belongs",
                    kind(other),
                    place(at)
                ));
            }
        }
    }
    Ok(Listing {
        items,
        is_there,
        is_left_out: false,
    })
}

/// The same in an answer. What was not read of it may be there.
///
/// # Errors
/// [`Error::Shape`] also where it has no list and was not read whole, or says that it is an error.
pub(crate) fn of_reply<'a>(
    at: &Selector,
    reply: &Reply<'a>,
    is_by_name: bool,
) -> Result<Listing<'a>, Error> {
    let listing = of(at, reply.value, is_by_name).map_err(Error::Shape)?;
    if listing.is_there {
        return Ok(listing);
    }
    let nothing = || format!("nothing stands at {} of the answer", place(at));
    if !reply.is_all {
        return Err(Error::Shape(nothing()));
    }
    if let Some(words) = api_message::instead_of_data(reply.value) {
        return Err(Error::Shape(format!(
            "{}, which says that it failed: {words}",
            nothing()
        )));
    }
    if listing.is_left_out {
        tracing::debug!(
            at = place(at),
            "An answer has no list of items: taken as an empty one."
        );
    }
    Ok(listing)
}

/// Has `add` add what is wanted of each item that `at` leads to.
pub(crate) fn within(at: &Selector, reply: &mut Wanted, add: &dyn Fn(&mut Wanted)) {
    match at {
        Selector::At(pointer) => {
            let place = pointer.within(reply);
            add(place.each());
            if pointer.is_many() {
                add(place);
            }
        }
        // What a filter looks at is not known here.
        Selector::Path(path) => path.within(reply).whole(),
        Selector::Key | Selector::Joined(_) => {}
    }
}

type Members<'a> = Vec<(Option<&'a str>, &'a Value)>;

fn in_path<'a>(path: &JsonPath, reply: &'a Value, is_by_name: bool) -> Result<Members<'a>, String> {
    let found = match is_by_name {
        true => path.members(reply),
        false => path
            .all(reply)
            .map(|all| all.into_iter().map(|value| (None, value)).collect()),
    };
    found.ok_or_else(|| format!("{} takes too long in an answer of this size", path.text()))
}

/// What an answer without a list at `at` is: an empty one, or none.
fn left_out<'a>(at: &Selector, reply: &'a Value) -> Result<Listing<'a>, String> {
    let head = match at {
        Selector::At(pointer) => pointer.clone(),
        Selector::Path(path) => Pointer::of_names(path.head()),
        Selector::Key | Selector::Joined(_) => return Ok(Listing::default()),
    };
    let ends = head.ends(reply);
    // What a path finds nothing in is there.
    if ends.is_empty() {
        return Ok(Listing {
            is_there: true,
            ..Listing::default()
        });
    }
    for (end, step) in &ends {
        let may_lack_it = match end {
            Value::Object(_) => true,
            Value::Array(list) => list.is_empty() || *step == Step::Each,
            other => is_nothing(other),
        };
        if !may_lack_it {
            return Err(format!(
                "nothing stands at {} of the answer where a list belongs",
                place(at)
            ));
        }
    }
    let is_empty_list = ends.iter().all(|(end, step)| match end {
        Value::Array(_) | Value::Object(_) => *step == Step::Each,
        _ => true,
    });
    Ok(Listing {
        items: Vec::new(),
        is_there: is_empty_list,
        is_left_out: !is_empty_list,
    })
}

/// Whether it is what servers write for a list that was never filled.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn place(at: &Selector) -> &str {
    match at.text() {
        "" => "the top",
        text => text,
    }
}

#[cfg(test)]
mod tests;
