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
pub(super) enum Step {
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

    /// Leads into members of these names.
    pub(super) fn of_names(names: &[String]) -> Self {
        Self {
            text: String::new(),
            steps: names.iter().cloned().map(Step::Name).collect(),
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

    /// What it leads to, in order.
    pub(crate) fn all<'a>(&self, value: &'a Value) -> Vec<&'a Value> {
        let mut found = Vec::new();
        walk(value, &self.steps, None, &mut |_, value| found.push(value));
        found
    }

    /// The same with what each is called in the last object whose members are each looked at on the way.
    pub(super) fn members<'a>(&self, value: &'a Value) -> Vec<(Option<&'a str>, &'a Value)> {
        let mut found = Vec::new();
        walk(value, &self.steps, None, &mut |key, value| {
            found.push((key, value));
        });
        found
    }

    /// Where the way ends, and the step for which nothing is there; none where it leads anywhere.
    pub(super) fn ends<'a>(&self, value: &'a Value) -> Vec<(&'a Value, Step)> {
        let mut before = vec![value];
        for step in &self.steps {
            let mut after = Vec::new();
            for place in &before {
                walk(place, std::slice::from_ref(step), None, &mut |_, value| {
                    after.push(value);
                });
            }
            if after.is_empty() {
                return before.into_iter().map(|end| (end, step.clone())).collect();
            }
            before = after;
        }
        Vec::new()
    }
}

/// Has `add` take what `steps` lead to from `value`, with the name of the last member that a `*` stood for.
fn walk<'a>(
    value: &'a Value,
    steps: &[Step],
    key: Option<&'a str>,
    add: &mut dyn FnMut(Option<&'a str>, &'a Value),
) {
    let Some((step, rest)) = steps.split_first() else {
        add(key, value);
        return;
    };
    match (step, value) {
        (Step::Name(name), Value::Object(map)) => {
            if let Some(inner) = map.get(name) {
                walk(inner, rest, key, add);
            }
        }
        (Step::Name(name), Value::Array(list)) => {
            if let Some(inner) = index(name).and_then(|index| list.get(index)) {
                walk(inner, rest, key, add);
            }
        }
        (Step::Each, Value::Array(list)) => {
            list.iter().for_each(|inner| walk(inner, rest, None, add));
        }
        (Step::Each, Value::Object(map)) => {
            for (name, inner) in map {
                walk(inner, rest, Some(name), add);
            }
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
}
