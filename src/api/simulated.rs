//! When a request is sent once more, as the simulation of a fleet needs it.

use std::time::Duration;

use device_flow::Chance;

use super::Tries;
use super::request::http::Timeouts;
use super::request::retry::{self, Failure};

/// The wait before the next try of a read whose `tried`-th try never left, or was answered with this status and
/// `Retry-After`.
pub(crate) fn next_try(
    tried: u32,
    tries: Tries,
    answered: Option<(u16, Option<u64>)>,
    chance: Chance,
) -> Option<Duration> {
    let failure = match answered {
        None => Failure::Unsent,
        Some((status, retry_after)) => Failure::Status {
            status,
            retry_after,
        },
    };
    retry::wait(
        tried,
        tries,
        failure,
        true,
        Timeouts::default().pause,
        chance,
    )
}
