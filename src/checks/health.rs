//! Whether all is well with a kiosk that runs, for monitors: what is wrong, gravest first.

use std::path::Path;

use rustix::fs::{StatVfsMountFlags, statvfs};
use serde::{Deserialize, Serialize};

use crate::host::event::{Event, Value};

/// A disk with less is full: a session and its copy are written with a few KiB, and journals and caches take the rest.
const LEAST: u64 = 1024 * 1024;

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable word.
    pub code: String,
    /// What `vestibule health` ends with because of it.
    pub exit: u8,
    /// What is known of it.
    pub detail: String,
}

impl Problem {
    /// Something of the box or of the program.
    pub fn of_the_box(code: &str, detail: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            exit: 1,
            detail: detail.into(),
        }
    }

    /// What the screen says went wrong, by its stable word, where that is more than what comes back by itself.
    pub fn of_screen(error: &str) -> Option<Self> {
        match error {
            "rejected" => Some(Self {
                exit: 7,
                ..Self::of_the_box("sign_in_failed", "the server rejects this client")
            }),
            "storage" | "unexpected" => Some(Self::of_the_box("error_on_screen", error)),
            _ => None,
        }
    }

    /// The configuration on the disk cannot be used: the next start fails.
    pub fn of_config(detail: impl Into<String>) -> Self {
        Self {
            exit: 2,
            ..Self::of_the_box("config_broken", detail)
        }
    }
}

/// What the life of the program says is wrong at this moment: what lasts, and how the last session ended where nobody has
/// signed in since.
pub fn of_events(lasting: &[Event], session_end: Option<&Event>) -> Vec<Problem> {
    let all = lasting.iter().chain(session_end);
    all.filter_map(of_event).collect()
}

fn of_event(event: &Event) -> Option<Problem> {
    let exit = match event {
        Event::ApiUnreachable { .. } | Event::ServerUnreachable { .. } => 6,
        Event::SessionEnded { .. } => 3,
        Event::RowFailed { .. }
        | Event::ClockBehind { .. }
        | Event::ScreenFrozen { .. }
        | Event::ScreenHidden { .. } => 1,
        // That a collector takes nothing is no fault of the box, and all boxes would have it at once.
        _ => return None,
    };
    let fields = event.fields().into_iter().map(|(name, value)| match value {
        Value::Text(text) => format!("{name}: {text}"),
        Value::Number(number) => format!("{name}: {number}"),
        Value::Truth(truth) => format!("{name}: {truth}"),
    });
    Some(Problem {
        exit,
        ..Problem::of_the_box(event.name(), fields.collect::<Vec<_>>().join(", "))
    })
}

/// Whether sessions can be written to `folder`, by what its disk has left.
pub fn of_disk(folder: &Path) -> Option<Problem> {
    let found = folder.ancestors().find_map(|folder| statvfs(folder).ok())?;
    let place = folder.display();
    if found.f_flag.contains(StatVfsMountFlags::RDONLY) {
        let detail = format!("{place} can only be read: no session can be kept");
        return Some(Problem::of_the_box("disk_read_only", detail));
    }
    let left = found.f_bavail.saturating_mul(found.f_frsize);
    // Some file systems count no files.
    let has_files = found.f_files == 0 || found.f_favail > 0;
    (left < LEAST || !has_files).then(|| {
        let detail = format!(
            "{place}: {} KiB are left, and {} files",
            left / 1024,
            found.f_favail
        );
        Problem::of_the_box("disk_full", detail)
    })
}

/// The gravest first: what the box does not show, then what nobody can use, then what comes back by itself.
pub fn sort(problems: &mut [Problem]) {
    let weight = |problem: &Problem| {
        [1, 2, 7, 3, 6]
            .iter()
            .position(|exit| *exit == problem.exit)
    };
    problems.sort_by_key(|problem| weight(problem).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(lasting: &[Event], session_end: Option<&Event>) -> Vec<(String, u8)> {
        let mut found = of_events(lasting, session_end);
        sort(&mut found);
        let codes = found
            .into_iter()
            .map(|problem| (problem.code, problem.exit));
        codes.collect()
    }

    #[test]
    fn what_lasts_is_wrong_and_what_is_over_is_not() {
        let ended = Event::SessionEnded {
            why: "invalid_grant".to_owned(),
        };
        let api = Event::ApiUnreachable {
            host: "api.example".to_owned(),
            why: "timed out".to_owned(),
        };
        let hidden = Event::ScreenHidden {
            why: "terminal".to_owned(),
        };
        let collector = Event::TelemetryRefused {
            host: "otel.example".to_owned(),
            why: "metrics: HTTP 503".to_owned(),
        };
        let named = |code: &str, exit| (code.to_owned(), exit);
        for (lasting, session_end, expected) in [
            (vec![], None, vec![]),
            // The box does all it is there for.
            (vec![collector], None, vec![]),
            (vec![], Some(&ended), vec![named("session_ended", 3)]),
            (vec![api.clone()], None, vec![named("api_unreachable", 6)]),
            (
                vec![api, hidden],
                Some(&ended),
                vec![
                    named("screen_hidden", 1),
                    named("session_ended", 3),
                    named("api_unreachable", 6),
                ],
            ),
        ] {
            assert_eq!(codes(&lasting, session_end), expected, "{lasting:?}");
        }
    }

    #[test]
    fn a_folder_that_is_not_there_yet_is_judged_by_the_disk_that_it_would_be_on() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            of_disk(folder.path()),
            of_disk(&folder.path().join("a/b/c"))
        );
        // What can only be read, everywhere: the kernel's own.
        let proc = of_disk(Path::new("/proc/self"));
        assert!(proc.is_none_or(|problem| problem.code.starts_with("disk_")));
    }

    #[test]
    fn a_client_that_is_rejected_is_a_problem_and_a_person_who_declines_is_none() {
        let exit = |error| Problem::of_screen(error).map(|problem| problem.exit);
        for (error, expected) in [
            ("rejected", Some(7)),
            ("storage", Some(1)),
            ("declined", None),
            ("expired", None),
            ("network", None),
        ] {
            assert_eq!(exit(error), expected, "{error}");
        }
    }

    #[test]
    fn a_broken_configuration_ends_with_the_code_of_one() {
        let mut problems = vec![Problem::of_config("x"), Problem::of_the_box("frozen", "y")];
        sort(&mut problems);
        assert_eq!(
            problems.iter().map(|one| one.exit).collect::<Vec<_>>(),
            [1, 2]
        );
    }
}
