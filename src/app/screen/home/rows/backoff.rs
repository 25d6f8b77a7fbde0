//! When a row is loaded again by itself. Pure.

use std::time::Duration;

use crate::api::Error;
use device_flow::back_off;

/// First wait where the API could not be reached.
const AWAY: Duration = Duration::from_secs(2);
/// Longest such wait: a row is back ten seconds after the network is, a second for chance and one for
/// the load included.
const AWAY_LONGEST: Duration = Duration::from_secs(8);
/// First wait where the server is in trouble and does not say for how long.
const BUSY: Duration = Duration::from_secs(15);
/// Least wait then, whatever the server says.
const BUSY_SHORTEST: Duration = Duration::from_secs(5);
/// Longest wait then, where the server does not ask for a longer one.
pub(super) const BUSY_LONGEST: Duration = Duration::from_secs(600);
/// Longest wait that a server may ask for.
const ASKED_LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// Share of a wait that chance may add, so that a thousand boxes do not come back at once.
const CHANCE: f32 = 0.125;

/// After how long a load that failed `tries` times in a row before this one is tried again without a
/// press; never for what a wait cannot mend. `chance` is between 0 and 1.
pub(super) fn again(error: &Error, tries: u32, chance: f32) -> Option<Duration> {
    let wait = match error {
        _ if !error.may_pass() => return None,
        Error::Status { retry_after, .. } => match retry_after {
            Some(seconds) => Duration::from_secs(*seconds).clamp(BUSY_SHORTEST, ASKED_LONGEST),
            None => back_off(BUSY, tries, BUSY_LONGEST),
        },
        _ => back_off(AWAY, tries, AWAY_LONGEST),
    };
    Some(wait + wait.mul_f32(CHANCE * chance.clamp(0.0, 1.0)))
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
            let again = |chance| again(&error, tries, chance);
            assert_eq!(again(0.0), wait.map(Duration::from_secs), "{error} {tries}");
            let most = again(1.0).unwrap_or_default().as_secs_f32();
            assert!(most <= wait.unwrap_or_default() as f32 * 1.126, "{error}");
        }
    }

    #[test]
    fn a_row_is_back_ten_seconds_after_the_network_is() {
        let longest = again(&Error::network(NetworkFailure::Connect, ""), 99, 1.0);
        assert!(longest < Some(Duration::from_millis(9500)));
    }
}
