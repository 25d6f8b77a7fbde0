//! JSON from strangers: only what somebody looks for in it, and never more than there is room for.
//!
//! A megabyte of text can be half a million values, which take a hundred times as much memory. So what nobody
//! wants is read over, and what is built is counted before it is.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Room for what an authorization server says: its replies have a megabyte at most, most have a kilobyte.
const OF_A_SERVER: usize = 8 * 1024 * 1024;

/// The first element of a list: a vector begins with room for four.
const FIRST_ELEMENT: usize = 4 * size_of::<Value>() + 16;
/// Each further one: it grows by doubling.
const ELEMENT: usize = 2 * size_of::<Value>();
/// The first member of an object: a node of a B-tree has room for eleven, whatever is in it.
const FIRST_MEMBER: usize = 11 * (size_of::<Value>() + size_of::<String>()) + 24;
/// Members that surely fit into that.
const IN_FIRST: usize = 5;
/// Each further one.
const MEMBER: usize = FIRST_MEMBER / IN_FIRST;
/// What the allocator takes for a text beside its bytes.
const TEXT: usize = 32;

/// Why there is no value.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// It is not JSON.
    #[error("{0}")]
    Syntax(serde_json::Error),
    /// The values that are wanted take more memory than there is room for.
    #[error("it holds too many values")]
    TooMuch,
}

/// The places of a value that are looked at; `Wanted::default()` is none of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    /// Everything from here on.
    whole: bool,
    members: BTreeMap<String, Wanted>,
    each: Option<Box<Wanted>>,
}

impl Wanted {
    /// Everything there is.
    pub fn everything() -> Self {
        Self {
            whole: true,
            ..Self::default()
        }
    }

    /// Everything from here on.
    pub fn whole(&mut self) {
        self.whole = true;
    }

    /// What is wanted of the member with this name, or of the element with this number.
    pub fn member(&mut self, name: &str) -> &mut Self {
        self.members.entry(name.to_owned()).or_default()
    }

    /// What is wanted of each member or element.
    pub fn each(&mut self) -> &mut Self {
        self.each.get_or_insert_default()
    }
}

/// Reads all of a text that a server sent.
pub(super) fn of_a_server<T: AsRef<[u8]> + ?Sized>(text: &T) -> Result<Value, Unread> {
    read(text.as_ref(), &Wanted::everything(), OF_A_SERVER)
}

/// Reads what is `wanted` of a text, as values that take at most about `room` bytes of memory.
///
/// What is on the way to a place that is wanted is there as what it is: a list or an object, of which nothing else
/// need be in it.
///
/// # Errors
/// See [`Unread`].
pub fn read(text: &[u8], wanted: &Wanted, room: usize) -> Result<Value, Unread> {
    let room = Room {
        left: Cell::new(room),
        is_over: Cell::new(false),
    };
    let mut text = serde_json::Deserializer::from_slice(text);
    let wanted = vec![wanted];
    let room = &room;
    let value = Build { wanted, room }.deserialize(&mut text);
    let value = value.and_then(|value| text.end().map(|()| value));
    value.map_err(|error| match room.is_over.get() {
        true => Unread::TooMuch,
        false => Unread::Syntax(error),
    })
}

/// How much may still be built.
struct Room {
    left: Cell<usize>,
    is_over: Cell<bool>,
}

impl Room {
    fn take<E: serde::de::Error>(&self, bytes: usize) -> Result<(), E> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.is_over.set(true);
                Err(E::custom("too much"))
            }
        }
    }
}

fn element_after(elements: usize) -> usize {
    if elements == 0 {
        FIRST_ELEMENT
    } else {
        ELEMENT
    }
}

/// Builds a value of which this is wanted.
struct Build<'a> {
    wanted: Vec<&'a Wanted>,
    room: &'a Room,
}

impl<'a> Build<'a> {
    /// What is wanted of the member with this name; nothing where it is not.
    fn of_member(&self, name: &str) -> Vec<&'a Wanted> {
        self.below(|wanted| wanted.members.get(name))
    }

    /// The same of an element of a list.
    fn of_element(&self, index: usize) -> Vec<&'a Wanted> {
        let named = self.wanted.iter().any(|wanted| !wanted.members.is_empty());
        match named.then(|| index.to_string()) {
            Some(name) => self.of_member(&name),
            None => self.below(|_| None),
        }
    }

    fn below(&self, named: impl Fn(&'a Wanted) -> Option<&'a Wanted>) -> Vec<&'a Wanted> {
        let mut below = Vec::new();
        for wanted in self.wanted.iter().copied() {
            if wanted.whole {
                return vec![wanted];
            }
            below.extend(named(wanted));
            below.extend(wanted.each.as_deref());
        }
        below
    }

    /// The last element that is asked for by its number.
    fn last_named(&self) -> Option<usize> {
        let names = self.wanted.iter().flat_map(|wanted| wanted.members.keys());
        names.filter_map(|name| name.parse().ok()).max()
    }
}

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        self.room.take(TEXT + text.len())?;
        Ok(Value::from(text))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let last = self.last_named();
        let mut built = Vec::new();
        for index in 0.. {
            let wanted = self.of_element(index);
            if !wanted.is_empty() {
                let room = self.room;
                let Some(element) = list.next_element_seed(Build { wanted, room })? else {
                    break;
                };
                room.take(element_after(built.len()))?;
                built.push(element);
            } else if list.next_element::<IgnoredAny>()?.is_none() {
                break;
            } else if last.is_some_and(|last| index < last) {
                // It keeps the place of those behind it.
                self.room.take(element_after(built.len()))?;
                built.push(Value::Null);
            }
        }
        Ok(Value::Array(built))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut built = Map::new();
        while let Some((name, wanted)) = map.next_key_seed(Name(&self))? {
            if wanted.is_empty() {
                let _ = map.next_value::<IgnoredAny>()?;
                continue;
            }
            self.room.take(match built.len() {
                0 => FIRST_MEMBER,
                1..IN_FIRST => 0,
                _ => MEMBER,
            })?;
            let room = self.room;
            let value = map.next_value_seed(Build { wanted, room })?;
            let _ = built.insert(name, value);
        }
        Ok(Value::Object(built))
    }
}

/// Reads the name of a member, and what is wanted of that. The name of one that nobody wants is not kept.
struct Name<'b, 'a>(&'b Build<'a>);

impl<'de, 'a> DeserializeSeed<'de> for Name<'_, 'a> {
    type Value = (String, Vec<&'a Wanted>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'a> Visitor<'_> for Name<'_, 'a> {
    type Value = (String, Vec<&'a Wanted>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
        let wanted = self.0.of_member(name);
        if wanted.is_empty() {
            return Ok((String::new(), wanted));
        }
        self.0.room.take(TEXT + name.len())?;
        Ok((name.to_owned(), wanted))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ROOM: usize = 1024 * 1024;

    fn whole(text: &str) -> Result<Value, Unread> {
        read(text.as_bytes(), &Wanted::everything(), ROOM)
    }

    #[test]
    fn everything_is_read_as_it_is() {
        for text in [
            "null",
            "-7",
            "18446744073709551615",
            "0.25",
            "1e300",
            r#""a\n\u00e9\ud83d\ude00""#,
            r#"{"a":[1,{"b":null},[],{}],"c":{"d":true},"":"x"}"#,
        ] {
            let known: Value = serde_json::from_str(text).unwrap();
            assert_eq!(whole(text).unwrap(), known, "{text}");
        }
        for bad in ["", "{", "[1,]", "1 2", "\u{1}", "{\"a\"}", "1e999"] {
            assert!(matches!(whole(bad), Err(Unread::Syntax(_))), "{bad}");
        }
        let deep = "[".repeat(100_000);
        assert!(matches!(whole(&deep), Err(Unread::Syntax(_))));
    }

    #[test]
    fn what_nobody_wants_is_read_over() {
        let mut wanted = Wanted::default();
        wanted.member("items").each().member("id").whole();
        wanted.member("pages").member("1").member("to").whole();
        let text = r#"{"items":[{"id":{"a":1},"x":[1,2]},7,[1],{}],"x":{"id":1},"pages":[0,{"to":"b","x":1},{"to":"c"}]}"#;
        assert_eq!(
            read(text.as_bytes(), &wanted, ROOM).unwrap(),
            json!({"items": [{"id": {"a": 1}}, 7, [], {}], "pages": [null, {"to": "b"}]})
        );
        // It takes no room, however much it is; broken it is all the same.
        let much = format!(r#"{{"x":[{}],"items":[]}}"#, vec!["1"; 100_000].join(","));
        assert_eq!(
            read(much.as_bytes(), &wanted, 2000).unwrap(),
            json!({"items": []})
        );
        assert!(matches!(
            read(br#"{"x":[1,}"#, &wanted, ROOM),
            Err(Unread::Syntax(_))
        ));
    }

    #[test]
    fn what_takes_too_much_room_is_not_built() {
        for text in [
            format!("[{}]", vec!["1"; 20_000].join(",")),
            format!("[{}]", vec!["{\"a\":1}"; 2_000].join(",")),
            format!("[{}]", vec!["[]"; 20_000].join(",")),
            format!("\"{}\"", "x".repeat(ROOM)),
            format!(
                "{{{}}}",
                (0..10_000)
                    .map(|n| format!("\"{n}\":1"))
                    .collect::<Vec<_>>()
                    .join(",")
            ),
        ] {
            assert!(
                matches!(whole(&text), Err(Unread::TooMuch)),
                "{}",
                &text[..20]
            );
        }
    }
}
