//! Sessions that survive: kill -9 and SIGTERM in a storm of refreshes, and many processes at once.
//!
//! The demo server rotates refresh tokens and ends a session when a spent one comes again. Four accounts
//! call its API from several processes each while access tokens run out every second, and processes are
//! hit at random moments, most of them between the server's commit and the end of our writing.
//!
//! A plain `cargo test` hits a few dozen. The full count, and one line of summary for each storm:
//!
//! ```text
//! VESTIBULE_CRASH_KILLS=300 cargo test --test contract crash -- --nocapture
//! ```
//!
//! `VESTIBULE_CRASH_SEED=N` repeats the draws of an earlier run. They decide who is hit and when; how the
//! processes run against each other is the system's affair, so that a run repeats in kind, not to the letter.

mod at_once;
mod full_disk;
mod ledger;
mod storm;
mod terminate;

use rustix::process::Signal;

use self::ledger::Cause;
use self::storm::{Outcome, Storm};

/// Hits in a storm where nobody asks for more.
const FEW: usize = 40;

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name}={text} is no number")),
    )
}

fn storm(signal: Signal, leeway: u64) -> Outcome {
    let hits = number("VESTIBULE_CRASH_KILLS").map_or(FEW, |kills| usize::try_from(kills).unwrap());
    let outcome = Storm {
        signal,
        hits,
        leeway,
        seed: number("VESTIBULE_CRASH_SEED").unwrap_or_else(|| fastrand::u64(..)),
    }
    .run();
    println!("{outcome}");
    assert!(
        outcome.hits >= hits && outcome.hits_in_refresh > 0,
        "{outcome}"
    );
    assert_eq!(outcome.kept, 4, "{outcome}");
    outcome
}

#[test]
fn with_a_leeway_no_kill_loses_a_session() {
    let outcome = storm(Signal::KILL, 5);
    assert_eq!(
        (outcome.lost.as_slice(), outcome.reuses),
        (&[][..], 0),
        "{outcome}"
    );
}

#[test]
fn without_a_leeway_only_a_kill_between_commit_and_fsync_loses_a_session() {
    let outcome = storm(Signal::KILL, 0);
    assert!(!outcome.lost.contains(&Cause::Unexplained), "{outcome}");
    assert_eq!(outcome.lost.len(), outcome.reuses, "{outcome}");
}

#[test]
fn without_a_leeway_no_sigterm_loses_a_session() {
    let outcome = storm(Signal::TERM, 0);
    assert_eq!(
        (outcome.lost.as_slice(), outcome.reuses),
        (&[][..], 0),
        "{outcome}"
    );
}
