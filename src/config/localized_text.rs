//! Words of the owner's own, in one language or several.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A text, or one for each language by its tag (BCP 47): `"My cases"`, `{ en = "My cases", de = "Meine Fälle" }`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum LocalizedText {
    /// The same in every language.
    One(String),
    /// One for each language.
    Each(BTreeMap<String, String>),
}

impl Default for LocalizedText {
    fn default() -> Self {
        Self::One(String::new())
    }
}

impl From<&str> for LocalizedText {
    fn from(text: &str) -> Self {
        Self::One(text.to_owned())
    }
}

#[cfg(test)]
impl PartialEq<str> for LocalizedText {
    fn eq(&self, other: &str) -> bool {
        matches!(self, Self::One(text) if text == other)
    }
}

#[cfg(test)]
impl PartialEq<&str> for LocalizedText {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

/// In English, or the first there is.
impl fmt::Display for LocalizedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_language("en"))
    }
}

impl LocalizedText {
    /// The text for the language with this tag: its own, that of the language without its region or script, English,
    /// else the first.
    pub fn in_language(&self, tag: &str) -> &str {
        let texts = match self {
            Self::One(text) => return text,
            Self::Each(texts) => texts,
        };
        let of = |wanted: &str| {
            let mut texts = texts.iter();
            texts.find(|(tag, _)| tag.eq_ignore_ascii_case(wanted))
        };
        let shorter = |tag: &str| tag.rfind('-').map(|end| tag[..end].to_owned());
        let own = std::iter::successors(Some(tag.to_owned()), |tag| shorter(tag));
        let mut own = own.filter_map(|tag| of(&tag));
        let found = own.next().or_else(|| of("en"));
        let found = found.or_else(|| texts.first_key_value());
        found.map_or("", |(_, text)| text)
    }

    /// All texts, in every language.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (one, each) = match self {
            Self::One(text) => (Some(text.as_str()), None),
            Self::Each(texts) => (None, Some(texts.values().map(String::as_str))),
        };
        one.into_iter().chain(each.into_iter().flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_a_text_gets_the_nearest() {
        let texts = [("de", "Fälle"), ("en", "Cases"), ("zh-Hant", "個案")];
        let texts = texts.map(|(tag, text)| (tag.to_owned(), text.to_owned()));
        let title = LocalizedText::Each(texts.into());
        for (tag, text) in [
            ("de", "Fälle"),
            ("de-AT", "Fälle"),
            ("zh-hant-TW", "個案"),
            ("fr", "Cases"),
            ("", "Cases"),
        ] {
            assert_eq!(title.in_language(tag), text, "{tag}");
        }
        let without_english = [("fr".to_owned(), "Dossiers".to_owned())];
        let without_english = LocalizedText::Each(without_english.into());
        assert_eq!(without_english.in_language("de"), "Dossiers");
        assert_eq!(LocalizedText::from("One").in_language("de"), "One");
        assert_eq!(title.texts().count(), 3);
    }
}
