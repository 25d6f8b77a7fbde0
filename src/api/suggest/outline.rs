//! What a reply holds in which nothing is a list of objects.

use serde_json::Value;

use super::survey::escaped;
use super::values;

/// Lines that are told.
const LINES: usize = 24;

/// What there is in a reply, a line each: pointers, and what stands there.
pub fn outline(reply: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    tell(reply, "", 0, &mut lines);
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines.push("…".to_owned());
    }
    lines
}

fn tell(value: &Value, at: &str, depth: usize, lines: &mut Vec<String>) {
    if lines.len() > LINES {
        return;
    }
    let place = if at.is_empty() { "the reply" } else { at };
    match value {
        Value::Object(map) if map.is_empty() => lines.push(format!("{place} is an empty object")),
        Value::Object(map) if depth < 3 => {
            for (name, inner) in map {
                tell(inner, &format!("{at}/{}", escaped(name)), depth + 1, lines);
            }
        }
        Value::Object(map) => lines.push(format!("{place} is an object of {} members", map.len())),
        Value::Array(list) => match list.first() {
            None => lines.push(format!(
                "{place} is an empty list: ask for something that has items"
            )),
            Some(first) => lines.push(format!(
                "{place} is a list of {}, the first {}",
                list.len(),
                values::told(first)
            )),
        },
        other => lines.push(format!("{place} is {}", values::told(other))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_says_what_there_is_instead_of_a_list() {
        let told = outline(&json!({"ok": false, "error": {"message": "no scope"}, "items": []}));
        assert_eq!(
            told,
            [
                "/error/message is no scope",
                "/items is an empty list: ask for something that has items",
                "/ok is false"
            ]
        );
        assert_eq!(outline(&json!(null)), ["the reply is null"]);
        let wide: serde_json::Map<String, Value> =
            (0..500).map(|n| (n.to_string(), json!(n))).collect();
        assert_eq!(outline(&Value::Object(wide)).len(), LINES + 1);
    }
}
