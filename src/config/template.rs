//! Texts with blanks in them: `list/{id}`, `{/links/watch}`.

/// A text with blanks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// A part of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text, as it is.
    Text(String),
    /// The card's id: `{id}`.
    Id,
    /// What the item has at this JSON Pointer: `{/pointer}`.
    At(String),
}

impl Template {
    /// Reads a template. Two braces stand for one.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            plain.push_str(before);
            if let Some(after) = from.strip_prefix("{{") {
                plain.push('{');
                rest = after;
            } else if let Some(after) = from.strip_prefix("}}") {
                plain.push('}');
                rest = after;
            } else {
                let (name, after) = from
                    .strip_prefix('{')
                    .and_then(|from| from.split_once('}'))
                    .ok_or_else(|| {
                        format!("\"{text}\" has a brace without its other; write {{{{ or }}}} for a brace itself")
                    })?;
                if !plain.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                }
                parts.push(match name {
                    "id" => Part::Id,
                    pointer if pointer.starts_with('/') => Part::At(pointer.to_owned()),
                    other => {
                        return Err(format!(
                            "{{{other}}} is no blank that can be filled; write {{id}} for the card's id, or {{/{other}}} for \
                             what the item has there"
                        ));
                    }
                });
                rest = after;
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }

    /// The pointers in it.
    pub fn pointers(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::At(pointer) => Some(pointer.as_str()),
            Part::Text(_) | Part::Id => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_told_from_text() {
        let text = |text: &str| Part::Text(text.to_owned());
        for (written, parts) in [
            ("", vec![]),
            ("plain", vec![text("plain")]),
            ("list/{id}", vec![text("list/"), Part::Id]),
            (
                "{/a/0}-{id}",
                vec![Part::At("/a/0".to_owned()), text("-"), Part::Id],
            ),
            ("{{id}}", vec![text("{id}")]),
        ] {
            assert_eq!(Template::parse(written).unwrap().parts, parts, "{written}");
        }
    }

    #[test]
    fn a_slip_gets_words() {
        for (written, words) in [
            ("list/{id", "without its other"),
            ("list/id}", "without its other"),
            ("list/{name}", "{/name}"),
            ("list/{}", "no blank"),
        ] {
            let error = Template::parse(written).unwrap_err();
            assert!(error.contains(words), "{written}: {error}");
        }
    }
}
