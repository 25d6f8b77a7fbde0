//! `screen.backdrop`: what stands behind the first screens.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// A picture of the owner's, by its file, or one of two words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(from = "String", into = "String")]
pub enum Backdrop {
    /// Drawn from accent and title.
    #[default]
    Generated,
    /// The ground alone.
    None,
    /// The picture in this file.
    Picture(PathBuf),
}

impl Backdrop {
    const GENERATED: &'static str = "generated";
    const NONE: &'static str = "none";
    /// What is no file.
    pub(super) const WORDS: &'static [&'static str] = &[Self::GENERATED, Self::NONE];

    /// The owner's picture, where there is one.
    pub fn picture(&self) -> Option<&PathBuf> {
        match self {
            Self::Picture(file) => Some(file),
            Self::Generated | Self::None => None,
        }
    }

    /// The same, to be made absolute.
    pub(super) fn picture_mut(&mut self) -> Option<&mut PathBuf> {
        match self {
            Self::Picture(file) => Some(file),
            Self::Generated | Self::None => None,
        }
    }
}

impl From<String> for Backdrop {
    fn from(words: String) -> Self {
        match words.as_str() {
            Self::GENERATED => Self::Generated,
            Self::NONE => Self::None,
            _ => Self::Picture(words.into()),
        }
    }
}

impl From<Backdrop> for String {
    fn from(backdrop: Backdrop) -> Self {
        match backdrop {
            Backdrop::Generated => Backdrop::GENERATED.to_owned(),
            Backdrop::None => Backdrop::NONE.to_owned(),
            Backdrop::Picture(file) => file.display().to_string(),
        }
    }
}
