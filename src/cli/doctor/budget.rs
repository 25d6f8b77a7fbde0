//! How long everything may take together: a doctor who keeps people waiting is not asked again. Only the end of
//! the process may come later, where a refresh has begun whose answer would be lost.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout};

/// All checks of the network. What is on disk takes no time.
const TOTAL: Duration = Duration::from_secs(8);

/// What is left of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    ends: Instant,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            ends: Instant::now() + TOTAL,
        }
    }

    /// `limit`, or what is left where that is less.
    pub(super) fn at_most(self, limit: Duration) -> Duration {
        limit.min(self.ends.saturating_duration_since(Instant::now()))
    }

    /// Waits for `work`; the error is the time that was given to it.
    pub(super) async fn spend<T>(
        self,
        limit: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, Duration> {
        let given = self.at_most(limit);
        timeout(given, work).await.map_err(|_| given)
    }
}

/// `gave up after 4 s`.
pub(super) fn late(given: Duration) -> String {
    format!("gave up after {:.0} s", given.as_secs_f64())
}
