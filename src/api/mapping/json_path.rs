//! JSONPath (RFC 9535), held to a bound of work: what an answer holds is up to the server.

use serde_json::Value;
use serde_json_path::PathElement;

use crate::config::json_path::{self, Shape};
use device_flow::json::Wanted;

/// Steps that one evaluation takes at most, each some ten nanoseconds.
const STEPS: u64 = 20_000_000;
/// What a regular expression weighs beside a step: it is compiled for each value that it is held against.
const OF_A_REGEX: u64 = 400;

/// A path, read once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct JsonPath {
    text: String,
    /// None leads nowhere. The configuration was checked.
    path: Option<serde_json_path::JsonPath>,
    shape: Shape,
}

impl JsonPath {
    /// Reads a path, which the configuration has checked.
    pub(crate) fn new(text: &str) -> Self {
        let (path, shape) = json_path::parse(text).map_or_else(
            |_| (None, Shape::default()),
            |(path, shape)| (Some(path), shape),
        );
        Self {
            text: text.to_owned(),
            path,
            shape,
        }
    }

    /// As it was written.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it may lead to more than one place.
    pub(crate) fn is_many(&self) -> bool {
        !self.shape.is_one
    }

    /// The names that it begins with.
    pub(crate) fn head(&self) -> &[String] {
        &self.shape.head
    }

    /// The place of `wanted` below which it looks.
    pub(crate) fn within<'a>(&self, wanted: &'a mut Wanted) -> &'a mut Wanted {
        // A filter that begins at the answer looks anywhere.
        let head: &[String] = if self.shape.filters_root {
            &[]
        } else {
            self.head()
        };
        head.iter().fold(wanted, |wanted, name| wanted.member(name))
    }

    /// What it leads to, in order; none where finding that is more work than is done.
    pub(crate) fn all<'a>(&self, value: &'a Value) -> Option<Vec<&'a Value>> {
        let Some(path) = &self.path else {
            return Some(Vec::new());
        };
        if is_too_much(&self.shape, value) {
            tracing::debug!(path = self.text, "A path would take too long.");
            return None;
        }
        Some(path.query(value).all())
    }

    /// The same with what each is called in the object that it is a member of: the last one that no name of the path
    /// led into.
    pub(crate) fn members<'a>(
        &self,
        value: &'a Value,
    ) -> Option<Vec<(Option<&'a str>, &'a Value)>> {
        let Some(path) = &self.path else {
            return Some(Vec::new());
        };
        if is_too_much(&self.shape, value) {
            return None;
        }
        let found = path.query_located(value).into_iter().map(|node| {
            let place = node.location();
            let at = place.len().checked_sub(1 + self.shape.tail);
            let name = at.and_then(|at| place.get(at));
            let name = match name {
                Some(PathElement::Name(name)) => Some(*name),
                Some(PathElement::Index(_)) | None => None,
            };
            (name, node.node())
        });
        Some(found.collect())
    }
}

/// Whether a path of this shape takes more than [`STEPS`] in `value`.
fn is_too_much(shape: &Shape, value: &Value) -> bool {
    let again = shape.filters_root && shape.filters_wide;
    // Each further look below is had once for each value above.
    let power = shape.descents.saturating_sub(1) + u32::from(shape.filters_wide);
    let weight = shape
        .times
        .saturating_mul(if shape.regex { OF_A_REGEX } else { 1 });
    if power == 0 && !again && weight == 1 {
        // As many steps as there are values, and of those there is room for.
        return false;
    }
    let mut most = STEPS / weight.min(STEPS);
    if again {
        most = most.isqrt();
    }
    let mut steps = 0;
    !count(value, 1, power, most, &mut steps)
}

/// Counts the steps of a path in `value`. Tells whether they are at most `most`.
fn count(value: &Value, depth: u64, power: u32, most: u64, steps: &mut u64) -> bool {
    *steps = steps.saturating_add(depth.saturating_pow(power));
    if *steps > most {
        return false;
    }
    let mut below = |inner: &Value| count(inner, depth + 1, power, most, steps);
    match value {
        Value::Array(list) => list.iter().all(&mut below),
        Value::Object(map) => map.values().all(&mut below),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests;
