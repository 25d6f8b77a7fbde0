//! What is looked at when something does not work: facts and findings, in no language.
//!
//! `vestibule doctor` tells them in English, each with what to do; the diagnostics screen in the viewer's language.
//!
//! * `clock`: this box's clock against the day of the build and a server's time.
//! * `health`: what is wrong with a kiosk that runs, for monitors.
//! * `owner_api`: the owner's API, asked without a token.
//! * `facts`: what is known of this box and its servers at one moment, and the report of it for a phone's camera.

pub mod clock;
pub mod facts;
pub mod health;
pub mod owner_api;

use std::time::Duration;

/// `3 h 20 min`, in the two largest units that say something.
pub fn span(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let units = [
        (seconds / 86_400, "d"),
        (seconds / 3600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let said = units
        .iter()
        .skip_while(|(count, _)| *count == 0)
        .take(2)
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect::<Vec<_>>();
    if said.is_empty() {
        "0 s".to_owned()
    } else {
        said.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_in_two_units() {
        for (seconds, said) in [
            (0, "0 s"),
            (59, "59 s"),
            (61, "1 min 1 s"),
            (3600, "1 h"),
            (12_000, "3 h 20 min"),
            (86_400 * 3 + 7200, "3 d 2 h"),
        ] {
            assert_eq!(span(Duration::from_secs(seconds)), said);
        }
    }
}
