//! Whether this box's clock is right, as far as anybody told.

use std::time::{Duration, SystemTime};

use super::super::Exit;
use super::super::status::{rfc3339, span};
use super::report::Check;
use crate::host::clock::{self, Clock};

const CLOCK: &str = "clock";

const FIX: &str = "set the clock: connect the box to a time server (timedatectl set-ntp true) or set it by hand \
                   (timedatectl set-time). Signed-in accounts are kept meanwhile";

/// Judges `now` by the day this program was `built` and by what a server `told` over TLS.
pub(super) fn check(now: SystemTime, built: SystemTime, told: Option<SystemTime>) -> Check {
    let shown = rfc3339(now).unwrap_or_else(|| "a time no calendar has".to_owned());
    if let Clock::Behind(by) = clock::judge(now, built) {
        return Check::failed(
            CLOCK,
            Exit::Unexpected,
            format!("{shown} is {} before this program was built", span(by)),
            FIX,
        );
    }
    match told.map(|told| (told, clock::apart(told, now))) {
        None => Check::ok(CLOCK, format!("{shown}; no server has told another time")),
        Some((_, apart)) if apart <= clock::TOLERANCE => {
            Check::ok(CLOCK, format!("{shown}, as at the server"))
        }
        Some((told, apart)) => {
            let side = if told > now { "behind" } else { "ahead of" };
            // The server's date has whole seconds.
            let apart = span(Duration::from_secs(apart.as_secs()));
            Check::warning(
                CLOCK,
                format!("{shown} is {apart} {side} the server's time"),
                FIX,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::Status;
    use super::*;

    #[test]
    fn a_clock_is_judged_by_the_build_and_then_by_the_server() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let built = at(1_780_000_000);
        let check = |now, told: Option<u64>| super::check(at(now), built, told.map(at));
        let waking = check(1_404_345_600, None);
        assert_eq!(
            (waking.status, waking.exit),
            (Status::Failed, Exit::Unexpected)
        );
        assert!(
            waking.detail.starts_with("2014-07-03T00:00:00Z is 4347 d"),
            "{}",
            waking.detail
        );
        assert_eq!(check(1_790_000_000, None).status, Status::Ok);
        assert_eq!(check(1_790_000_000, Some(1_790_000_300)).status, Status::Ok);
        let behind = check(1_790_000_000, Some(1_790_007_200));
        assert!(
            behind.detail.ends_with("is 2 h behind the server's time"),
            "{}",
            behind.detail
        );
        let ahead = check(1_790_007_200, Some(1_790_000_000));
        assert_eq!(ahead.status, Status::Warning);
        assert!(ahead.detail.contains("ahead of"), "{}", ahead.detail);
    }
}
