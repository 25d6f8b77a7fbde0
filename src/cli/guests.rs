//! Guests of the kiosks that run: nothing of them is on the disk, so only the kiosk itself can tell of them and sign them out.

use serde_json::Value;

use super::running_kiosk;
use crate::app::control::Ask;
use crate::config::{Config, Remember};

/// What became of guests.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) signed_out: u64,
    pub(super) revoked: u64,
}

/// How many guests are signed in. Where the owner has everybody remembered nobody is asked.
pub(super) fn count(config: &Config) -> u64 {
    answers(config, Ask::Screen)
        .iter()
        .map(|answer| number(answer, "guests"))
        .sum()
}

/// Signs every guest out.
pub(super) fn sign_out(config: &Config) -> Left {
    let answers = answers(config, Ask::SignGuestsOut);
    let sum = |name| answers.iter().map(|answer| number(answer, name)).sum();
    Left {
        signed_out: sum("signed_out"),
        revoked: sum("revoked"),
    }
}

/// What `count` guests are called.
pub(super) fn words(count: u64) -> String {
    let who = match count {
        1 => "a guest is".to_owned(),
        _ => format!("{count} guests are"),
    };
    format!("{who} signed in at the kiosk that runs; nothing of a guest is on the disk")
}

impl Left {
    /// What became of them, in words; nothing where nobody was there.
    pub(super) fn words(self) -> Option<String> {
        let who = match self.signed_out {
            0 => return None,
            1 => "1 guest".to_owned(),
            many => format!("{many} guests"),
        };
        Some(if self.revoked == self.signed_out {
            format!("Signed out {who} of the kiosk that runs; the server has revoked their tokens.")
        } else {
            format!(
                "Signed out {who} of the kiosk that runs; tokens that the server could not revoke yet are revoked when it \
                 answers again, as long as the kiosk runs."
            )
        })
    }
}

fn answers(config: &Config, ask: Ask) -> Vec<Value> {
    match config.sign_in.remember {
        Remember::Always => Vec::new(),
        Remember::Ask | Remember::Never => running_kiosk::ask_all(ask),
    }
}

fn number(answer: &Value, name: &str) -> u64 {
    answer[name].as_u64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_guests_is_said_where_there_were_any() {
        let said = |signed_out, revoked| {
            Left {
                signed_out,
                revoked,
            }
            .words()
        };
        assert_eq!(said(0, 0), None);
        assert!(
            said(1, 1)
                .unwrap()
                .contains("1 guest of the kiosk that runs; the server has")
        );
        assert!(
            said(3, 2).unwrap().contains("3 guests") && said(3, 2).unwrap().contains("could not")
        );
        assert!(words(1).starts_with("a guest is") && words(2).starts_with("2 guests are"));
    }
}
