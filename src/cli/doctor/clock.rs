//! Whether this box's clock is right, as the build and a server tell.

use std::time::SystemTime;

use super::super::Exit;
use super::super::status::rfc3339;
use super::report::Check;
use crate::checks::clock::{self, Finding};
use crate::checks::span;

const CLOCK: &str = "clock";

const FIX: &str = "set the clock: connect the box to a time server (timedatectl set-ntp true) or set it by hand \
                   (timedatectl set-time). Signed-in accounts are kept meanwhile";

/// Tells how `now` stands to the day this program was `built` and to what a server `told` over TLS.
pub(super) fn check(now: SystemTime, built: SystemTime, told: Option<SystemTime>) -> Check {
    let shown = rfc3339(now).unwrap_or_else(|| "a time no calendar has".to_owned());
    let apart = |by, side| {
        let detail = format!("{shown} is {} {side} the server's time", span(by));
        Check::warning(CLOCK, detail, FIX)
    };
    match clock::check(now, built, told) {
        Finding::BeforeBuild(by) => Check::failed(
            CLOCK,
            Exit::Unexpected,
            format!("{shown} is {} before this program was built", span(by)),
            FIX,
        ),
        Finding::NoOther => Check::ok(CLOCK, format!("{shown}; no server has told another time")),
        Finding::Agrees => Check::ok(CLOCK, format!("{shown}, as at the server")),
        Finding::Behind(by) => apart(by, "behind"),
        Finding::Ahead(by) => apart(by, "ahead of"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

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
