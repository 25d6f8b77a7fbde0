//! What is read aloud.

use serde::{Deserialize, Serialize};

/// How much is read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(from = "Written", into = "Written")]
pub enum Aloud {
    /// Nothing that is not asked for.
    #[default]
    Nothing,
    /// Address and code, as soon as they are there.
    Code,
    /// Every screen, each move of the focus and what comes of it.
    Everything,
}

impl Aloud {
    /// The words of the file; the others are true and false.
    pub(super) const WORDS: &'static [&'static str] = &["everything"];

    /// What it is after a switch from everything or to it, where the owner wants `owner`.
    #[must_use]
    pub fn switched(self, owner: Self) -> Self {
        match (self, owner) {
            (Self::Nothing | Self::Code, _) => Self::Everything,
            (Self::Everything, Self::Code) => Self::Code,
            (Self::Everything, Self::Nothing | Self::Everything) => Self::Nothing,
        }
    }
}

/// As it stands in the file.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Written {
    Code(bool),
    Word(Word),
}

#[derive(Deserialize, Serialize)]
enum Word {
    #[serde(rename = "everything")]
    Everything,
}

impl From<Written> for Aloud {
    fn from(written: Written) -> Self {
        match written {
            Written::Code(false) => Self::Nothing,
            Written::Code(true) => Self::Code,
            Written::Word(Word::Everything) => Self::Everything,
        }
    }
}

impl From<Aloud> for Written {
    fn from(aloud: Aloud) -> Self {
        match aloud {
            Aloud::Nothing => Self::Code(false),
            Aloud::Code => Self::Code(true),
            Aloud::Everything => Self::Word(Word::Everything),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Screen;

    #[test]
    fn a_flag_means_the_code_and_a_word_means_everything() {
        for (written, aloud) in [
            ("false", Aloud::Nothing),
            ("true", Aloud::Code),
            ("\"everything\"", Aloud::Everything),
        ] {
            let line = format!("read_aloud = {written}\n");
            let screen: Screen = toml::from_str(&line).unwrap();
            assert_eq!(screen.read_aloud, aloud);
            assert!(toml::to_string(&screen).unwrap().contains(&line), "{line}");
        }
        for wrong in ["\"all\"", "\"true\"", "1"] {
            assert!(toml::from_str::<Screen>(&format!("read_aloud = {wrong}")).is_err());
        }
    }

    #[test]
    fn a_switch_leads_back_to_what_the_owner_wants() {
        for (owner, back) in [
            (Aloud::Nothing, Aloud::Nothing),
            (Aloud::Code, Aloud::Code),
            (Aloud::Everything, Aloud::Nothing),
        ] {
            let on = owner.switched(owner);
            let on = if owner == Aloud::Everything {
                owner
            } else {
                on
            };
            assert_eq!(on, Aloud::Everything);
            assert_eq!(on.switched(owner), back);
        }
    }
}
