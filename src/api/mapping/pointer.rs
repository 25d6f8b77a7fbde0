//! JSON Pointers (RFC 6901) in which `*` is each element of a list, or each value of an object.

use serde_json::Value;

use device_flow::json::Wanted;

/// A pointer that may lead to many places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pointer {
    text: String,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Each,
}

impl Pointer {
    /// Reads a pointer, which the configuration has checked.
    pub(crate) fn new(text: &str) -> Self {
        let steps = text
            .split('/')
            .skip(1)
            .map(|name| match name {
                "*" => Step::Each,
                name => Step::Name(name.replace("~1", "/").replace("~0", "~")),
            })
            .collect();
        Self {
            text: text.to_owned(),
            steps,
        }
    }

    /// As it was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it may lead to more than one place.
    pub(crate) fn is_many(&self) -> bool {
        self.steps.contains(&Step::Each)
    }

    /// The place of `wanted` that it leads to.
    pub(crate) fn within<'a>(&self, wanted: &'a mut Wanted) -> &'a mut Wanted {
        self.steps.iter().fold(wanted, |wanted, step| match step {
            Step::Name(name) => wanted.member(name),
            Step::Each => wanted.each(),
        })
    }

    /// Has `add` add what is wanted of each item that it leads to ([`Pointer::items`]).
    pub(crate) fn items_within(&self, wanted: &mut Wanted, add: &dyn Fn(&mut Wanted)) {
        let place = self.within(wanted);
        add(place.each());
        if self.closes() {
            add(place);
        }
    }

    /// What it leads to, in order.
    pub(crate) fn all<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        let mut found = Vec::new();
        walk(value, &self.steps, &mut found);
        found
    }

    /// The items of all lists that it leads to; with a `*` at its end, also what is itself an item there.
    ///
    /// # Errors
    /// Words that name the place where a list belongs and what is there instead.
    pub(crate) fn items<'a>(&self, value: &'a Value) -> Result<Vec<&'a Value>, String> {
        let found = self.all(value);
        if found.is_empty() && !self.leads_through_nothing(value) {
            return Err(format!(
                "nothing stands at {} of the answer where a list belongs",
                self.place()
            ));
        }
        let mut items = Vec::new();
        for value in found {
            match value {
                Value::Array(list) => items.extend(list),
                // What several servers write for a list that was never filled.
                Value::Null => {}
                other if self.closes() => items.push(other),
                other => {
                    return Err(format!(
                        "{} stands at {} of the answer where a list belongs",
                        kind(other),
                        self.place()
                    ));
                }
            }
        }
        Ok(items)
    }

    /// Whether it ends with a `*`, so that what it leads to may be an item itself.
    fn closes(&self) -> bool {
        self.steps.last() == Some(&Step::Each)
    }

    /// Whether the way ends at a `*` because nothing is there to go on with: an empty list.
    fn leads_through_nothing(&self, value: &Value) -> bool {
        let steps = self.steps.iter().enumerate();
        let mut stars = steps.filter(|(_, step)| **step == Step::Each);
        stars.any(|(star, _)| {
            let mut before = Vec::new();
            walk(
                value,
                self.steps.get(..star).unwrap_or_default(),
                &mut before,
            );
            before.iter().any(|place| match place {
                Value::Null => true,
                Value::Array(list) => list.is_empty(),
                Value::Object(map) => map.is_empty(),
                _ => false,
            })
        })
    }

    fn place(&self) -> &str {
        if self.text.is_empty() {
            "the top"
        } else {
            &self.text
        }
    }
}

fn walk<'a>(value: &'a Value, steps: &[Step], found: &mut Vec<&'a Value>) {
    let Some((step, rest)) = steps.split_first() else {
        found.push(value);
        return;
    };
    match (step, value) {
        (Step::Name(name), Value::Object(map)) => {
            if let Some(inner) = map.get(name) {
                walk(inner, rest, found);
            }
        }
        (Step::Name(name), Value::Array(list)) => {
            if let Some(inner) = index(name).and_then(|index| list.get(index)) {
                walk(inner, rest, found);
            }
        }
        (Step::Each, Value::Array(list)) => {
            list.iter().for_each(|inner| walk(inner, rest, found));
        }
        (Step::Each, Value::Object(map)) => {
            map.values().for_each(|inner| walk(inner, rest, found));
        }
        _ => {}
    }
}

/// The number of an element (RFC 6901 section 4): no sign, no leading zero.
fn index(name: &str) -> Option<usize> {
    if name.starts_with('+') || (name.starts_with('0') && name.len() > 1) {
        return None;
    }
    name.parse().ok()
}

/// What a value is, in words.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_leads_where_a_pointer_leads() {
        let value = json!({"a": [{"b/c": 1, "m~n": 2, "": 3}], "*": 4, "01": 5});
        for pointer in [
            "",
            "/a",
            "/a/0",
            "/a/0/b~1c",
            "/a/0/m~0n",
            "/a/0/",
            "/a/1",
            "/a/-",
            "/a/00",
            "/a/+0",
            "/x/y",
            "/01",
        ] {
            let found = Pointer::new(pointer).all(&value);
            assert_eq!(found.first().copied(), value.pointer(pointer), "{pointer}");
            assert!(found.len() < 2);
        }
    }

    #[test]
    fn a_star_is_each_element() {
        let value = json!({"groups": [{"items": [1, 2]}, {"other": 0}, {"items": [3]}]});
        assert_eq!(
            Pointer::new("/groups/*/items").items(&value).unwrap(),
            [&json!(1), &json!(2), &json!(3)]
        );
        assert_eq!(Pointer::new("/groups/*").items(&value).unwrap().len(), 3);
        assert_eq!(
            Pointer::new("/*").items(&json!([[1], [2, 3]])).unwrap(),
            [&json!(1), &json!(2), &json!(3)]
        );
        let by_id = json!({"b": {"n": 1}, "a": {"n": 2}});
        assert_eq!(Pointer::new("/*").items(&by_id).unwrap().len(), 2);
    }

    #[test]
    fn an_empty_list_is_not_a_miss() {
        let items =
            |pointer, value: &Value| Pointer::new(pointer).items(value).map(|items| items.len());
        assert_eq!(items("/g/*/items", &json!({"g": []})), Ok(0));
        assert_eq!(items("/g/*/items", &json!({"g": null})), Ok(0));
        assert_eq!(items("/g", &json!({"g": null})), Ok(0));
        for inner in [json!([]), json!(null)] {
            let groups = json!({"g": [{"items": inner}, {"items": []}]});
            assert_eq!(items("/g/*/items/*", &groups), Ok(0), "{groups}");
        }
        let missed = "nothing stands at /g/*/items of the answer where a list belongs";
        assert_eq!(items("/g/*/items", &json!({})), Err(missed.to_owned()));
        assert_eq!(
            items("/g/*/items", &json!({"g": [{"itmes": []}]})),
            Err(missed.to_owned())
        );
        assert_eq!(
            items("/g/*/items", &json!({"g": [{"items": "x"}]})),
            Err("text stands at /g/*/items of the answer where a list belongs".to_owned())
        );
    }
}
