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
    /// Rings at `at` (time since the box was started) and not before, whatever was set earlier.
    ///
    /// `now` tells whether it may have rung for what was set earlier. A later time wakes nobody: the
    /// timer that runs finds it when it is over.
    pub(super) fn set(&self, at: Duration, now: Duration) {
        let _ = self.0.send_if_modified(|set| {
            let wakes = at < *set || *set <= now;
            *set = at;
            wakes
        });
    }

    /// Each time it rings.
    pub(super) fn rings(&self) -> Subscription<()> {
        Subscription::run_with(self.clone(), rings)
    }
}

fn rings(alarm: &IdleTimer) -> impl Stream<Item = ()> + use<> {
    stream::unfold(
        (alarm.0.subscribe(), None),
        |(mut set, rung_for)| async move {
            loop {
                let at = *set.borrow_and_update();
                let left = at.saturating_sub(boot_clock::now());
                if rung_for == Some(at) || at == Duration::MAX {
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
    async fn it_rings_once_for_each_time_that_was_set() {
        let alarm = IdleTimer::default();
        let mut rings = std::pin::pin!(rings(&alarm));
        assert!(rings.next().now_or_never().is_none(), "nothing was set");
        let now = boot_clock::now();
        alarm.set(now + Duration::from_secs(3600), now);
        assert!(rings.next().now_or_never().is_none(), "too early");
        alarm.set(now + SOON, now);
        assert_eq!(rings.next().await, Some(()));
        assert!(boot_clock::now() >= now + SOON);
        assert!(
            rings.next().now_or_never().is_none(),
            "it has rung for that"
        );
        let now = boot_clock::now();
        alarm.set(now + SOON, now);
        assert_eq!(rings.next().await, Some(()));
    }

    #[tokio::test]
    async fn a_later_time_is_found_when_the_earlier_is_over() {
        let alarm = IdleTimer::default();
        let now = boot_clock::now();
        alarm.set(now + SOON, now);
        let mut rings = std::pin::pin!(rings(&alarm));
        assert!(rings.next().now_or_never().is_none());
        let later = now + 3 * SOON;
        alarm.set(later, now);
        assert_eq!(rings.next().await, Some(()));
        assert!(boot_clock::now() >= later, "not for the earlier one");
    }
}
