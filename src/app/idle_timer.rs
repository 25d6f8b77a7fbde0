//! One timer to the next thing that happens by itself, so that nothing else has to look at the clock.

use std::hash::{Hash, Hasher};
use std::time::Duration;

use futures::stream::{self, Stream};
use iced::Subscription;
use tokio::sync::watch;

use crate::host::boot_clock;

/// The timer. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct IdleTimer(watch::Sender<Duration>);

impl Default for IdleTimer {
    fn default() -> Self {
        Self(watch::Sender::new(Duration::MAX))
    }
}

// One for the whole program.
impl Hash for IdleTimer {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}

impl IdleTimer {
    /// Fires at `at` (time since the box was started) and not before, whatever was set earlier.
    ///
    /// `now` tells whether it may have fired for what was set earlier. A later time wakes nothing: the
    /// timer that runs finds it when it is over.
    pub(super) fn set(&self, at: Duration, now: Duration) {
        let _ = self.0.send_if_modified(|set| {
            let wakes = at < *set || *set <= now;
            *set = at;
            wakes
        });
    }

    /// Each time it fires.
    pub(super) fn fires(&self) -> Subscription<()> {
        Subscription::run_with(self.clone(), fires)
    }
}

fn fires(timer: &IdleTimer) -> impl Stream<Item = ()> + use<> {
    stream::unfold(
        (timer.0.subscribe(), None),
        |(mut set, fired_for)| async move {
            loop {
                let at = *set.borrow_and_update();
                let left = at.saturating_sub(boot_clock::now());
                if fired_for == Some(at) || at == Duration::MAX {
                    // Nothing more until another time is set.
                    set.changed().await.ok()?;
                } else if left.is_zero() {
                    return Some(((), (set, Some(at))));
                } else {
                    tokio::select! {
                        () = tokio::time::sleep(left) => {}
                        changed = set.changed() => changed.ok()?,
                    }
                }
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    use futures::{FutureExt, StreamExt};

    const SOON: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn it_fires_once_for_each_time_that_was_set() {
        let timer = IdleTimer::default();
        let mut fires = std::pin::pin!(fires(&timer));
        assert!(fires.next().now_or_never().is_none(), "nothing was set");
        let now = boot_clock::now();
        timer.set(now + Duration::from_secs(3600), now);
        assert!(fires.next().now_or_never().is_none(), "too early");
        timer.set(now + SOON, now);
        assert_eq!(fires.next().await, Some(()));
        assert!(boot_clock::now() >= now + SOON);
        assert!(
            fires.next().now_or_never().is_none(),
            "it has fired for that"
        );
        let now = boot_clock::now();
        timer.set(now + SOON, now);
        assert_eq!(fires.next().await, Some(()));
    }

    #[tokio::test]
    async fn a_later_time_is_found_when_the_earlier_is_over() {
        let timer = IdleTimer::default();
        let now = boot_clock::now();
        timer.set(now + SOON, now);
        let mut fires = std::pin::pin!(fires(&timer));
        assert!(fires.next().now_or_never().is_none());
        let later = now + 3 * SOON;
        timer.set(later, now);
        assert_eq!(fires.next().await, Some(()));
        assert!(boot_clock::now() >= later, "not for the earlier one");
    }
}
