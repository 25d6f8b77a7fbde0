//! When a row is loaded again by itself. Pure.

use std::time::Duration;

use crate::api::Error;
use device_flow::{Jitter, back_off, first_wait};

/// First wait where the API could not be reached.
const AWAY: Duration = Duration::from_secs(2);
/// Longest such wait of a box alone: a row is back ten seconds after the network is, the load included. A fleet takes
/// as long as it is spread over: it has lost the same server in the same second, and gets it back in the same second.
const AWAY_LONGEST: Duration = Duration::from_secs(8);
/// First wait where the server is in trouble and does not say for how long.
const BUSY: Duration = Duration::from_secs(15);
/// Least wait then, whatever the server says.
const BUSY_SHORTEST: Duration = Duration::from_secs(5);
/// Longest wait then, where the server does not ask for a longer one.
pub(super) const BUSY_LONGEST: Duration = Duration::from_secs(600);
/// Longest wait that a server may ask for.
const ASKED_LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// Share of the time between two loads that chance may add: boxes that were started together drift apart.
const DRIFT: u32 = 8;

/// Over which part of the spread the other rows follow on the one that found the API back.
const FOLLOW: u32 = 60;
/// The longest that this takes: somebody may be looking at them.
const FOLLOW_LONGEST: Duration = Duration::from_secs(10);

/// After how long a load that failed `tries` times in a row before this one is tried again without a
/// press; never for what a wait cannot mend.
pub(super) fn again(error: &Error, tries: u32, jitter: &mut Jitter) -> Option<Duration> {
    let (first, longest) = match error {
        _ if !error.may_pass() => return None,
        Error::Status {
            retry_after: Some(seconds),
            ..
        } => {
            let asked = Duration::from_secs(*seconds).clamp(BUSY_SHORTEST, ASKED_LONGEST);
            return Some(jitter.later(asked));
        }
        Error::Status { .. } => (BUSY, BUSY_LONGEST),
        _ => (AWAY, AWAY_LONGEST),
    };
    let spread = jitter.spread();
    let wait = back_off(first_wait(first, spread), tries, longest.max(spread));
    Some(jitter.own(wait))
}

/// Whether it is the same for all rows of an API, by all that is known: there is no way to it, or what stands before it
/// says that nothing is behind it.
pub(super) fn is_of_the_api(error: &Error) -> bool {
    let away = matches!(
        error,
        Error::Status {
            status: 502..=504,
            retry_after: None,
            ..
        }
    );
    away || error.is_of_the_way()
}

/// How long after a failure a person who presses a key waits at the most; nothing where a wait does not mend it, or the
/// server has asked for one.
pub(super) fn attended(error: &Error) -> Option<Duration> {
    match error {
        _ if !error.may_pass() => None,
        Error::Status { retry_after, .. } => retry_after.is_none().then_some(BUSY),
        _ => Some(AWAY_LONGEST),
    }
}

/// After how long each of so many rows follows on the one that found the API back, the first of them first: a box that
/// asked for all of them at once would be as many boxes to a server that all come back to. A box alone does.
pub(super) fn follow(rows: usize, jitter: &mut Jitter) -> Vec<Duration> {
    let over = (jitter.spread() / FOLLOW).min(FOLLOW_LONGEST);
    let mut waits: Vec<Duration> = (0..rows).map(|_| jitter.part(over)).collect();
    waits.sort_unstable();
    waits
}

/// After how long a row that is loaded every so often is loaded the next time.
pub(super) fn next(every: Duration, jitter: &mut Jitter) -> Duration {
    every + jitter.part(every / DRIFT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use device_flow::NetworkFailure;

    #[test]
    fn waits_grow_and_follow_the_server_within_bounds() {
        let network = || Error::network(NetworkFailure::Connect, "refused");
        let status = |status, retry_after| Error::Status {
            status,
            retry_after,
            message: None,
        };
        for (error, tries, wait) in [
            (network(), 0, Some(2)),
            (network(), 1, Some(4)),
            (network(), 2, Some(8)),
            (network(), 1_000_000, Some(8)),
            (Error::Captive("HTTP 302".to_owned()), 0, Some(2)),
            (status(503, None), 0, Some(15)),
            (status(503, None), 3, Some(120)),
            (status(503, None), 99, Some(600)),
            (status(429, Some(120)), 3, Some(120)),
            (status(429, Some(0)), 0, Some(5)),
            (status(429, Some(3600)), 0, Some(3600)),
            (status(503, Some(u64::MAX)), 0, Some(86_400)),
            (status(404, Some(5)), 0, None),
            (status(403, None), 0, None),
            (Error::Shape("x".to_owned()), 0, None),
            (Error::TooLarge { limit: 1 }, 0, None),
        ] {
            let wait = wait.map(Duration::from_secs);
            let by_rule = again(&error, tries, &mut Jitter::none());
            assert_eq!(by_rule, wait, "{error} {tries}");
            let asked =
                matches!(&error, Error::Status { retry_after, .. } if retry_after.is_some());
            let (least, most) = match asked {
                true => (wait, wait.map(|wait| wait + wait / 8)),
                false => (wait.map(|wait| wait / 2), wait),
            };
            for seed in 0..100 {
                let wait = again(&error, tries, &mut Jitter::seeded(Duration::ZERO, seed));
                assert!(wait >= least && wait <= most, "{error} {wait:?}");
            }
        }
    }

    #[test]
    fn a_row_is_back_ten_seconds_after_the_network_is() {
        let away = Error::network(NetworkFailure::Connect, "");
        let longest = again(&away, 99, &mut Jitter::none());
        assert!(longest < Some(Duration::from_millis(9500)));
    }

    #[test]
    fn a_fleet_comes_back_over_its_spread_and_not_before_a_server_wants() {
        let spread = Duration::from_secs(300);
        let away = Error::network(NetworkFailure::Connect, "");
        let busy = Error::Status {
            status: 503,
            retry_after: Some(120),
            message: None,
        };
        for (error, least, most) in [(away, 150.0, 300.0), (busy, 120.0, 240.0)] {
            let wait = |seed| again(&error, 20, &mut Jitter::seeded(spread, seed));
            let wait = |seed| wait(seed).unwrap_or_default().as_secs_f32();
            let (first, last) = (0..200).fold((most, least), |(first, last): (f32, f32), seed| {
                (first.min(wait(seed)), last.max(wait(seed)))
            });
            assert!(first >= least && last <= most, "{first} {last}");
            assert!(last - first > 0.9 * (most - least), "{first} {last}");
        }
    }

    #[test]
    fn rows_follow_from_the_top_within_seconds_and_at_once_on_a_box_alone() {
        for (spread, least, most) in [(0, 0, 0), (60, 0, 1), (300, 2, 5), (3600, 5, 10)] {
            let (spread, most) = (Duration::from_secs(spread), Duration::from_secs(most));
            let mut last = Duration::ZERO;
            for seed in 0..50 {
                let waits = follow(3, &mut Jitter::seeded(spread, seed));
                assert_eq!(waits.len(), 3);
                assert!(waits.is_sorted() && waits[2] <= most, "{waits:?}");
                last = last.max(waits[2]);
            }
            assert!(last >= Duration::from_secs(least), "{last:?}");
        }
    }

    #[test]
    fn what_one_row_is_told_holds_for_all_where_it_is_about_the_api() {
        let status = |status, retry_after| Error::Status {
            status,
            retry_after,
            message: None,
        };
        for (error, expected) in [
            (Error::network(NetworkFailure::Connect, ""), true),
            (status(502, None), true),
            (status(504, None), true),
            (status(503, Some(5)), false),
            (status(500, None), false),
            (status(429, None), false),
            (status(404, None), false),
        ] {
            assert_eq!(is_of_the_api(&error), expected, "{error}");
        }
    }

    #[test]
    fn a_person_does_not_wait_as_long_as_a_box_but_for_what_a_server_asked() {
        let status = |retry_after| Error::Status {
            status: 503,
            retry_after,
            message: None,
        };
        for (error, most) in [
            (Error::network(NetworkFailure::Connect, ""), Some(8)),
            (status(None), Some(15)),
            (status(Some(1)), None),
            (Error::Shape("x".to_owned()), None),
        ] {
            assert_eq!(attended(&error), most.map(Duration::from_secs), "{error}");
        }
    }

    #[test]
    fn boxes_that_load_in_step_drift_apart() {
        let minute = Duration::from_secs(60);
        assert_eq!(next(minute, &mut Jitter::none()), minute);
        for seed in 0..100 {
            let next = next(minute, &mut Jitter::seeded(Duration::ZERO, seed));
            assert!(next >= minute && next <= minute + minute / 8);
        }
    }
}
