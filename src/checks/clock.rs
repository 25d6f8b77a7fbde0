//! Whether this box's clock is right, as far as the build and a server tell.

use std::time::{Duration, SystemTime};

use crate::host::clock::{self, Clock, TOLERANCE};

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// So much before the day this program was built, which no clock that is right does.
    BeforeBuild(Duration),
    /// No server has told a time to compare it with.
    NoOther,
    /// It agrees with a server's.
    Agrees,
    /// So much behind a server's.
    Behind(Duration),
    /// So much ahead of a server's.
    Ahead(Duration),
}

/// Judges `now` by the day this program was `built` and by what a server `told` over TLS.
pub fn check(now: SystemTime, built: SystemTime, told: Option<SystemTime>) -> Finding {
    if let Clock::Behind(by) = clock::judge(now, built) {
        return Finding::BeforeBuild(by);
    }
    let Some(told) = told else {
        return Finding::NoOther;
    };
    match clock::apart(told, now) {
        apart if apart <= TOLERANCE => Finding::Agrees,
        apart if told > now => Finding::Behind(apart),
        apart => Finding::Ahead(apart),
    }
}
