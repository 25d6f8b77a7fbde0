//! The program from outside: a box of its own to run it in, and processes that end with their test.

pub(crate) mod device;
pub(crate) mod process;

use std::time::{Duration, Instant};

/// Asks `probe` until it answers.
///
/// # Panics
/// When there is no answer within `limit`; `what` says what was waited for.
pub(crate) fn wait_for<T>(what: &str, limit: Duration, mut probe: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(answer) = probe() {
            return answer;
        }
        assert!(Instant::now() < deadline, "waited {limit:?} for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
