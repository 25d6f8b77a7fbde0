//! The last lines of the log, kept for the diagnostics screen.
//!
//! They are the same events that go to standard error, and as free of secrets: tokens and device codes are
//! types that cannot be written ([`secrecy`]), and libraries are heard from warnings up alone.

use std::collections::VecDeque;
use std::fmt::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use device_flow::text::{Marks, is_unsafe};

use super::without_queries;
use crate::host::event;

/// How many lines are kept.
pub const KEPT: usize = 30;
/// Characters of a line that are kept.
const LONGEST: usize = 240;

static LINES: Mutex<VecDeque<Kept>> = Mutex::new(VecDeque::new());

/// Whether an account is in use: a line may then be about its person, or what they look at.
static IN_USE: AtomicBool = AtomicBool::new(false);

/// A line, and whether an account was in use when it was written.
struct Kept {
    line: Line,
    in_use: bool,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When, by the clock of this box.
    pub at: SystemTime,
    /// How serious it is.
    pub level: Level,
    /// What it says, in one line.
    pub text: String,
}

/// The last [`KEPT`] lines and all events of the record, oldest first.
pub fn recent() -> Vec<Line> {
    let events = event::record().into_iter().map(|told| Line {
        at: told.at,
        level: told.event.level(),
        text: told.line(),
    });
    let kept = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    let lines = kept.iter().map(|kept| kept.line.clone());
    let mut all: Vec<_> = lines.chain(events).collect();
    all.sort_by_key(|line| line.at);
    all
}

/// From now on an account is in use, and the one before is not any more.
pub fn account_in_use() {
    account_left();
    IN_USE.store(true, Ordering::SeqCst);
}

/// The account is not in use any more: what was kept since it was is forgotten. The next person reads none of it.
pub fn account_left() {
    IN_USE.store(false, Ordering::SeqCst);
    let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    lines.retain(|kept| !kept.in_use);
}

/// Keeps the last lines.
pub(super) struct Recent;

impl<S: Subscriber> Layer<S> for Recent {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        // The record keeps them, and for longer.
        if event.metadata().target() == event::TARGET {
            return;
        }
        let mut words = Words::default();
        event.record(&mut words);
        let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() >= KEPT {
            let _ = lines.pop_front();
        }
        lines.push_back(Kept {
            line: Line {
                at: SystemTime::now(),
                level: *event.metadata().level(),
                text: words.line(),
            },
            in_use: IN_USE.load(Ordering::SeqCst),
        });
    }
}

/// The words of an event: its message, then its fields.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Words {
    /// Everything in one line that is not too long.
    fn line(self) -> String {
        let whole = format!("{}{}", self.message, self.fields);
        let whole = without_queries(&whole);
        let mut marks = Marks::new();
        let mut line: String = whole
            .trim()
            .chars()
            .filter(|letter| !marks.are_too_many_with(*letter))
            .map(|letter| if is_unsafe(letter) { ' ' } else { letter })
            .take(LONGEST)
            .collect();
        if line.len() < whole.trim().len() {
            line.push('…');
        }
        line
    }

    fn add(&mut self, field: &Field, value: fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = if field.name() == "message" {
            self.message.write_fmt(value)
        } else {
            write!(self.fields, " {}={value}", field.name())
        };
    }
}

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.add(field, format_args!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    /// What the lines of this test say; others may log meanwhile.
    fn said(mark: &str) -> Vec<String> {
        let lines = recent().into_iter().map(|line| line.text);
        lines.filter(|text| text.contains(mark)).collect()
    }

    #[test]
    fn the_last_lines_are_kept_whole_and_in_order() {
        let subscriber = tracing_subscriber::registry().with(Recent);
        tracing::subscriber::with_default(subscriber, || {
            for number in 0..100 {
                tracing::info!(number, file = %"/etc/x", "mark one\nand two");
            }
            let lines = said("mark one");
            assert!(lines.len() <= KEPT);
            assert_eq!(
                lines.last().map(String::as_str),
                Some("mark one and two number=99 file=/etc/x")
            );
            assert!(
                lines
                    .iter()
                    .rev()
                    .nth(1)
                    .is_some_and(|line| line.contains("number=98"))
            );
            super::account_in_use();
            tracing::warn!("mark of Ada");
            assert_eq!(said("mark of Ada").len(), 1);
            super::account_left();
            assert_eq!(said("mark of Ada").len(), 0);
            tracing::warn!("mark long {}", "ö".repeat(5000));
            let long = said("mark long");
            assert!(long.last().is_some_and(|line| line.ends_with('…')));
            assert!(long.iter().all(|line| line.chars().count() <= LONGEST + 1));
        });
    }
}
