//! What there is to hear of a screen, in the order in which it is said.

use crate::app::i18n::fl;

/// What there is to hear of a screen now. Empty texts are not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Tells it from other screens, as in `--ui-log`. Never said.
    pub(super) screen: &'static str,
    /// What it is called, or what it says above all.
    pub(super) title: String,
    /// What a person must know to go on: said with the title.
    pub(super) text: String,
    /// Lines with a pause after each, to be written down.
    pub(super) spelled: Vec<String>,
    /// What is going on: each is said as it comes, and not as it goes.
    pub(super) states: Vec<String>,
    /// What the focus is among, as the heading of a row.
    pub(super) group: String,
    /// What has the focus, where anything has.
    pub(super) focus: Option<FocusReading>,
    /// What may take long.
    pub(super) more: String,
}

impl Reading {
    /// A screen by its name in `--ui-log` and its title.
    pub fn new(screen: &'static str, title: String) -> Self {
        Self {
            screen,
            title,
            text: String::new(),
            spelled: Vec::new(),
            states: Vec::new(),
            group: String::new(),
            focus: None,
            more: String::new(),
        }
    }

    /// With what a person must know to go on, a sentence each.
    #[must_use]
    pub fn text(self, sentences: impl IntoIterator<Item = String>) -> Self {
        let text = joined(sentences);
        Self { text, ..self }
    }

    /// With lines that are to be written down.
    #[must_use]
    pub fn spelled(self, spelled: Vec<String>) -> Self {
        Self { spelled, ..self }
    }

    /// With what is going on.
    #[must_use]
    pub fn states(self, states: impl IntoIterator<Item = String>) -> Self {
        let states = states.into_iter().filter(|state| !state.is_empty());
        Self {
            states: states.collect(),
            ..self
        }
    }

    /// With what the focus is among.
    #[must_use]
    pub fn group(self, group: String) -> Self {
        Self { group, ..self }
    }

    /// With what has the focus.
    #[must_use]
    pub fn focus(self, focus: impl Into<Option<FocusReading>>) -> Self {
        Self {
            focus: focus.into(),
            ..self
        }
    }

    /// With what comes last, since it may take long; a sentence each.
    #[must_use]
    pub fn more(self, sentences: impl IntoIterator<Item = String>) -> Self {
        let more = joined(sentences);
        Self { more, ..self }
    }
}

fn joined(sentences: impl IntoIterator<Item = String>) -> String {
    let sentences = sentences.into_iter();
    let sentences = sentences.filter_map(|words| super::sentence(&words));
    sentences.collect::<Vec<_>>().join(" ")
}

/// What has the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FocusReading {
    /// What it is called.
    pub(super) label: String,
    /// What it is, where its name does not tell.
    pub(super) role: Option<Role>,
    /// Its number among how many; `None` where there are more than are known.
    pub(super) place: Option<Place>,
    /// How it is: said on its own when it changes.
    pub(super) state: String,
    /// What else there is to know: said when the focus comes to it, and not when it changes.
    pub(super) detail: String,
}

/// What can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It does something.
    Button,
    /// A card of a row.
    Card,
    /// A person.
    Account,
    /// Left and right change it.
    Setting,
    /// One of several of which one counts.
    Choice,
    /// It shows another page.
    Tab,
}

/// A place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Its number, from 1.
    at: usize,
    /// How many there are.
    all: usize,
    /// Whether there may be more.
    open: bool,
}

impl FocusReading {
    /// Something of this name.
    pub fn new(label: String) -> Self {
        Self {
            label,
            role: None,
            place: None,
            state: String::new(),
            detail: String::new(),
        }
    }

    /// A button with these words on it.
    pub fn button(label: String) -> Self {
        Self::new(label).role(Role::Button)
    }

    /// With what it is.
    #[must_use]
    pub fn role(self, role: Role) -> Self {
        let role = Some(role);
        Self { role, ..self }
    }

    /// With its number, from 1, among so many. One alone has no place.
    #[must_use]
    pub fn at(self, place: Option<(usize, usize)>) -> Self {
        let place = place.filter(|(_, all)| *all > 1);
        let place = place.map(|(at, all)| Place {
            at,
            all,
            open: false,
        });
        Self { place, ..self }
    }

    /// With its number, from 1, among so many and perhaps more.
    #[must_use]
    pub fn at_of_more(self, at: usize, all: usize) -> Self {
        let open = true;
        Self {
            place: Some(Place { at, all, open }),
            ..self
        }
    }

    /// With how it is.
    #[must_use]
    pub fn state(self, state: String) -> Self {
        Self { state, ..self }
    }

    /// With what else there is to know.
    #[must_use]
    pub fn detail(self, details: impl IntoIterator<Item = String>) -> Self {
        let detail = listed(details);
        Self { detail, ..self }
    }

    /// Whether it is the same thing, however it is.
    pub(super) fn is(&self, other: &Self) -> bool {
        // Further pages change how many there are, and nothing else.
        let at = |place: Option<Place>| place.map(|place| place.at);
        (&self.label, self.role) == (&other.label, other.role) && at(self.place) == at(other.place)
    }

    /// What it is and how it is.
    pub(super) fn brief(&self) -> String {
        listed([
            self.label.clone(),
            self.role.map(Role::words).unwrap_or_default(),
            self.place.map(Place::words).unwrap_or_default(),
            self.state.clone(),
        ])
    }

    /// All there is to say of it.
    pub(super) fn words(&self) -> String {
        joined([self.brief(), self.detail.clone()])
    }
}

/// What is there, with pauses between.
fn listed(parts: impl IntoIterator<Item = String>) -> String {
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(&fl!("list-between"))
}

impl Role {
    fn words(self) -> String {
        let role = match self {
            Self::Button => "button",
            Self::Card => "card",
            Self::Account => "account",
            Self::Setting => "setting",
            Self::Choice => "choice",
            Self::Tab => "tab",
        };
        fl!("spoken-role", role = role)
    }
}

impl Place {
    fn words(self) -> String {
        let Self { at, all, open } = self;
        match open {
            true => fl!("spoken-place-open", at = at, all = all),
            false => fl!("spoken-place", at = at, all = all),
        }
    }
}
