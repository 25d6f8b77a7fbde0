//! What an action does, as far as the configuration tells.

use crate::config;

/// What an action does with a card, where that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Puts it where another action takes it away: onto a list.
    Adds,
    /// Takes it away.
    Removes,
    /// Something else.
    Other,
}

impl Effect {
    /// DELETE takes away (RFC 9110 section 9.3.5). What is offered just where a DELETE is not is its opposite.
    pub(crate) fn of(action: &config::Action, all: &[config::Action]) -> Self {
        let removes = |action: &config::Action| action.method.eq_ignore_ascii_case("DELETE");
        let opposite = |other: &config::Action| {
            removes(other) && other.when.is_some() && other.when == action.unless
        };
        if removes(action) {
            Self::Removes
        } else if all.iter().any(opposite) {
            Self::Adds
        } else {
            Self::Other
        }
    }
}

/// Which rows an action changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refresh {
    /// All of them, for all that is known.
    All,
    /// Those with these titles.
    Titled(Vec<String>),
}

impl Refresh {
    /// Whether the row with this title is to be loaded anew.
    pub fn concerns(&self, title: &str) -> bool {
        match self {
            Self::All => true,
            Self::Titled(titles) => titles.iter().any(|one| one == title),
        }
    }
}
