//! What can be done on the account screen: one table, one line each.

use crate::app::i18n::fl;
use crate::app::widget::icon::Icon;

/// Something that can be done on the account screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Choose the language.
    Language,
    /// Choose how the screen looks.
    Accessibility,
    /// Look at what this device and its servers say.
    Diagnostics,
    /// Sign the person out of this device.
    SignOut,
}

/// An entry as it stands on the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) entry: Entry,
    /// Its name in `--ui-log`.
    pub(super) id: &'static str,
    pub(super) icon: Icon,
    pub(super) words: fn() -> String,
    /// What is asked before it is done; nothing is done at once.
    pub(super) question: Option<Question>,
}

/// A question before something that cannot be taken back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub(super) words: fn() -> String,
    /// The button that does it.
    pub(super) yes: fn() -> String,
    /// The button that does not.
    pub(super) no: fn() -> String,
    /// What is said while it is being done.
    pub(super) doing: fn() -> String,
    /// The name of that state in `--ui-log`.
    pub(super) doing_state: &'static str,
}

/// Every entry, in the order of the screen. A further one is a variant of [`Entry`], a line here, and what
/// it does in [`crate::app::screen::home`].
pub(super) const ENTRIES: &[Line] = &[
    Line {
        entry: Entry::Language,
        id: "language",
        icon: Icon::Language,
        words: || fl!("language-title"),
        question: None,
    },
    Line {
        entry: Entry::Accessibility,
        id: "accessibility",
        icon: Icon::Accessibility,
        words: || fl!("accessibility-title"),
        question: None,
    },
    Line {
        entry: Entry::Diagnostics,
        id: "diagnostics",
        icon: Icon::Diagnostics,
        words: || fl!("account-diagnostics"),
        question: None,
    },
    Line {
        entry: Entry::SignOut,
        id: "sign_out",
        icon: Icon::SignOut,
        words: || fl!("account-sign-out"),
        question: Some(Question {
            words: || fl!("account-confirm"),
            yes: || fl!("account-sign-out"),
            no: || fl!("account-stay"),
            doing: || fl!("account-signing-out"),
            doing_state: "signing_out",
        }),
    },
];

impl Entry {
    /// The line of this entry.
    pub(super) fn line(self) -> Option<&'static Line> {
        ENTRIES.iter().find(|line| line.entry == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_name_of_its_own() {
        for (index, line) in ENTRIES.iter().enumerate() {
            let others = &ENTRIES[..index];
            assert!(others.iter().all(|other| other.id != line.id));
            assert!(others.iter().all(|other| other.entry != line.entry));
            assert!(!(line.words)().is_empty());
        }
    }
}
