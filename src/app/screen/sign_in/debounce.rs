//! Debounces the progress of a sign-in: what would redraw the screen without telling a person anything is left out.

use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};

use crate::session::sign_in::Step;
use device_flow::PollResult;
use device_flow::Progress;

/// A check that is over sooner is not worth a flicker.
const NOTICEABLE: Duration = Duration::from_millis(400);

/// What settles sooner after the confirmation is followed by home without words in between.
const SETTLES: Duration = Duration::from_millis(100);

/// The same steps without quick checks that change nothing: a poll that starts, and is answered with
/// "not yet" within [`NOTICEABLE`], while the screen already says that it waits. And [`Step::Finishing`] comes once more
/// where the end does not follow within [`SETTLES`].
pub(super) fn debounce<S: Stream<Item = Step> + Unpin>(steps: S) -> impl Stream<Item = Step> {
    struct Debounced<S> {
        steps: S,
        kept: Option<Step>,
        waiting: bool,
        finishing: bool,
    }
    let state = Debounced {
        steps,
        kept: None,
        waiting: false,
        finishing: false,
    };
    stream::unfold(state, |mut state| async move {
        loop {
            if std::mem::take(&mut state.finishing) {
                match tokio::time::timeout(SETTLES, state.steps.next()).await {
                    Ok(Some(next)) => state.kept = Some(next),
                    Ok(None) => return None,
                    Err(_) => return Some((Step::Finishing, state)),
                }
            }
            let step = match state.kept.take() {
                Some(step) => step,
                None => state.steps.next().await?,
            };
            if state.waiting && matches!(step, Step::Grant(Progress::Polling)) {
                match tokio::time::timeout(NOTICEABLE, state.steps.next()).await {
                    Ok(Some(next)) if is_not_yet(&next) => continue,
                    Ok(Some(next)) => {
                        state.waiting = false;
                        state.kept = Some(next);
                        continue;
                    }
                    Ok(None) => return None,
                    Err(_) => {
                        state.waiting = false;
                        return Some((step, state));
                    }
                }
            }
            state.finishing = matches!(step, Step::Finishing);
            state.waiting = is_not_yet(&step) || matches!(step, Step::Grant(Progress::Code { .. }));
            return Some((step, state));
        }
    })
}

fn is_not_yet(step: &Step) -> bool {
    matches!(
        step,
        Step::Grant(Progress::Polled {
            result: PollResult::AuthorizationPending | PollResult::SlowDown,
            ..
        })
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polled(result: PollResult) -> Step {
        Step::Grant(Progress::Polled {
            result,
            status: None,
            detail: None,
            next_in: Duration::from_secs(6),
        })
    }

    fn name(step: &Step) -> &'static str {
        match step {
            Step::Grant(Progress::Polling) => "polling",
            Step::Grant(Progress::Polled {
                result: PollResult::NetworkError,
                ..
            }) => "offline",
            Step::Grant(Progress::Polled { .. }) => "not yet",
            Step::Finishing => "finishing",
            _ => "other",
        }
    }

    #[tokio::test(start_paused = true)]
    async fn quick_checks_are_left_out() {
        let steps = [
            polled(PollResult::AuthorizationPending),
            Step::Grant(Progress::Polling),
            polled(PollResult::AuthorizationPending),
            Step::Grant(Progress::Polling),
            polled(PollResult::SlowDown),
            Step::Grant(Progress::Polling),
            polled(PollResult::NetworkError),
            Step::Grant(Progress::Polling),
            polled(PollResult::AuthorizationPending),
            Step::Grant(Progress::Polling),
            Step::Finishing,
        ];
        // The end follows at once: it is told but once.
        let told: Vec<_> = debounce(stream::iter(steps))
            .map(|step| name(&step))
            .collect()
            .await;
        assert_eq!(
            told,
            ["not yet", "offline", "polling", "not yet", "finishing"]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_takes_long_to_settle_is_told_once_more() {
        let settles = stream::once(async {
            tokio::time::sleep(2 * SETTLES).await;
            Step::Finishing
        });
        let steps = stream::iter([Step::Finishing]).chain(settles.skip(1));
        let told: Vec<_> = debounce(Box::pin(steps))
            .map(|step| name(&step))
            .collect()
            .await;
        assert_eq!(told, ["finishing", "finishing"]);
    }

    #[tokio::test(start_paused = true)]
    async fn b18_a_slow_check_is_told() {
        let steps = stream::unfold(0, |at| async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let step = match at {
                0 => polled(PollResult::AuthorizationPending),
                1 => Step::Grant(Progress::Polling),
                2 => polled(PollResult::AuthorizationPending),
                _ => return None,
            };
            Some((step, at + 1))
        });
        let told: Vec<_> = debounce(steps.boxed())
            .map(|step| name(&step))
            .collect()
            .await;
        assert_eq!(told, ["not yet", "polling", "not yet"]);
    }
}
