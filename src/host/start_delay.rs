//! What a box of a fleet waits for at its start before it asks any server by itself.
//!
//! A thousand boxes have their power back in the same second. Each of them waits for a part of the spread that chance
//! gives it anew at each start: a part that followed from the box would be the same for boxes that were made from one
//! image, and the same box would always be the last. A person is never kept waiting: the first key ends the wait.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// The wait of one start. Clones share it.
#[derive(Debug, Clone)]
pub struct StartDelay {
    spread: Duration,
    over_at: Instant,
    ended: Arc<watch::Sender<bool>>,
}

impl StartDelay {
    /// None: for one box alone, and for what a person asks for.
    pub fn none() -> Self {
        Self::new(Duration::ZERO, Duration::ZERO)
    }

    /// A wait of `part` from now on, of the `spread` over which a fleet begins.
    pub fn new(spread: Duration, part: Duration) -> Self {
        Self {
            spread,
            over_at: Instant::now() + part,
            ended: Arc::new(watch::Sender::new(part.is_zero())),
        }
    }

    /// Over how long the fleet is spread; zero for one box alone.
    pub fn spread(&self) -> Duration {
        self.spread
    }

    /// A person is here: whatever waits begins.
    pub fn end(&self) {
        let _ = self.ended.send_replace(true);
    }

    /// Whether nothing waits any more.
    pub fn is_over(&self) -> bool {
        *self.ended.borrow() || Instant::now() >= self.over_at
    }

    /// Waits until it is over.
    pub async fn over(&self) {
        if self.is_over() {
            return;
        }
        let mut ended = self.ended.subscribe();
        tokio::select! {
            () = sleep_until(self.over_at) => {}
            // The sender is our own and stays.
            _ = ended.wait_for(|ended| *ended) => {}
        }
    }
}

impl Default for StartDelay {
    fn default() -> Self {
        Self::none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;

    const MINUTE: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn a_box_waits_for_its_part_and_no_longer() {
        let delay = StartDelay::new(5 * MINUTE, MINUTE);
        let begun = Instant::now();
        assert!(!delay.is_over());
        delay.over().await;
        assert_eq!(begun.elapsed().as_secs(), 60);
        assert!(delay.is_over() && delay.over().now_or_never().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_key_ends_the_wait_of_everything() {
        let delay = StartDelay::new(5 * MINUTE, MINUTE);
        let begun = Instant::now();
        let waiting = [delay.clone(), delay.clone()].map(|delay| async move { delay.over().await });
        let waiting = tokio::spawn(futures::future::join_all(waiting));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        delay.end();
        let _ = waiting.await;
        assert!(delay.is_over() && begun.elapsed() < MINUTE);
    }

    #[test]
    fn one_box_alone_waits_for_nothing() {
        assert!(StartDelay::none().is_over());
    }
}
