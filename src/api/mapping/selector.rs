//! Where something stands: a JSON Pointer, a JSONPath, the name of a member, or an entry of a table of the answer.

use serde_json::Value;

use super::item::Item;
use super::joins::Joined;
use super::json_path::JsonPath;
use super::pointer::Pointer;
use device_flow::json::Wanted;

/// A place of the configuration, read once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Selector {
    /// `/a/*/b`
    At(Pointer),
    /// `$.a[?@.b == 1]`
    Path(JsonPath),
    /// `*`: what the item is called in the object that it is a member of.
    Key,
    /// `@cover/url`: in what a table of the answer has for the item.
    Joined(Joined),
}

impl Selector {
    /// Reads a place, which the configuration has checked.
    pub(crate) fn new(text: &str) -> Self {
        match text.split_at_checked(1) {
            Some(("$", _)) => Self::Path(JsonPath::new(text)),
            Some(("@", _)) => Self::Joined(Joined::new(text)),
            Some(("*", "")) => Self::Key,
            _ => Self::At(Pointer::new(text)),
        }
    }

    /// As it was written.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::At(pointer) => pointer.text(),
            Self::Path(path) => path.text(),
            Self::Key => "*",
            Self::Joined(joined) => joined.text(),
        }
    }

    /// Whether it may lead to more than one place.
    pub(crate) fn is_many(&self) -> bool {
        match self {
            Self::At(pointer) => pointer.is_many(),
            Self::Path(path) => path.is_many(),
            Self::Key => false,
            // One entry is the rule, several are not worth a word.
            Self::Joined(_) => true,
        }
    }

    /// Has of `wanted` what it looks at there. What a table has for it stands elsewhere.
    pub(crate) fn within(&self, wanted: &mut Wanted) {
        match self {
            Self::At(pointer) => pointer.within(wanted).whole(),
            Self::Path(path) => path.within(wanted).whole(),
            Self::Key | Self::Joined(_) => {}
        }
    }

    /// What it leads to, in order.
    pub(crate) fn all<'a>(&self, item: &Item<'a>) -> Vec<&'a Value> {
        self.all_after(item, 0)
    }

    /// The same, after so many tables that lead to one another.
    pub(super) fn all_after<'a>(&self, item: &Item<'a>, tables: usize) -> Vec<&'a Value> {
        match self {
            Self::At(pointer) => pointer.all(item.value),
            Self::Path(path) => path.all(item.value).unwrap_or_default(),
            Self::Key => item.key.into_iter().collect(),
            Self::Joined(joined) => joined.all(item, tables),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_place_is_told_by_how_it_begins() {
        let value = json!({"a": [{"b": 1}, {"b": 2}], "*": 3, "@a": 4});
        let key = json!("name");
        let item = Item {
            key: Some(&key),
            ..Item::of(&value)
        };
        for (place, found) in [
            ("/a/*/b", json!([1, 2])),
            ("/a/1/b", json!([2])),
            ("$.a[?@.b > 1].b", json!([2])),
            ("$['*']", json!([3])),
            ("*", json!(["name"])),
            ("/*", json!([3, 4, [{"b": 1}, {"b": 2}]])),
            ("/@a", json!([4])),
            ("@a", json!([])),
        ] {
            let selector = Selector::new(place);
            let all: Vec<_> = selector.all(&item).into_iter().cloned().collect();
            assert_eq!(Value::from(all), found, "{place}");
            assert_eq!(selector.text(), place);
        }
        assert!(Selector::Key.all(&Item::of(&value)).is_empty());
    }
}
