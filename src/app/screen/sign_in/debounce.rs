//! Leaves out what would redraw the screen without telling a person anything.

use std::time::Duration;

use futures::stream::{self, BoxStream, Stream, StreamExt};

use crate::oauth::device::PollResult;
use crate::oauth::poll;
use crate::session::sign_in::Event;

/// A check that is over sooner is not worth a flicker.
const NOTICEABLE: Duration = Duration::from_millis(400);

/// The same events without quick checks that change nothing: a poll that starts, and is answered with
/// "not yet" within [`NOTICEABLE`], while the screen already says that it waits.
pub(super) fn debounce(
    events: BoxStream<'static, Event>,
) -> impl Stream<Item = Event> + Send + 'static {
    struct Debounced {
        events: BoxStream<'static, Event>,
        kept: Option<Event>,
        waiting: bool,
    }
    let state = Debounced {
        events,
        kept: None,
        waiting: false,
    };
    stream::unfold(state, |mut state| async move {
        loop {
            let event = match state.kept.take() {
                Some(event) => event,
                None => state.events.next().await?,
            };
            if state.waiting && matches!(event, Event::Grant(poll::Event::Polling)) {
                match tokio::time::timeout(NOTICEABLE, state.events.next()).await {
                    Ok(Some(next)) if is_not_yet(&next) => continue,
                    Ok(Some(next)) => {
                        state.waiting = false;
                        return Some((next, state));
                    }
                    Ok(None) => return None,
                    Err(_) => {
                        state.waiting = false;
                        return Some((event, state));
                    }
                }
            }
            state.waiting =
                is_not_yet(&event) || matches!(event, Event::Grant(poll::Event::Code { .. }));
            return Some((event, state));
        }
    })
}

fn is_not_yet(event: &Event) -> bool {
    matches!(
        event,
        Event::Grant(poll::Event::Polled {
            result: PollResult::AuthorizationPending | PollResult::SlowDown,
            ..
        })
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polled(result: PollResult) -> Event {
        Event::Grant(poll::Event::Polled {
            result,
            status: None,
            detail: None,
            next_in: Duration::from_secs(6),
        })
    }

    fn name(event: &Event) -> &'static str {
        match event {
            Event::Grant(poll::Event::Polling) => "polling",
            Event::Grant(poll::Event::Polled {
                result: PollResult::NetworkError,
                ..
            }) => "offline",
            Event::Grant(poll::Event::Polled { .. }) => "not yet",
            Event::Finishing => "finishing",
            _ => "other",
        }
    }

    #[tokio::test(start_paused = true)]
    async fn quick_checks_are_left_out() {
        let events = [
            polled(PollResult::AuthorizationPending),
            Event::Grant(poll::Event::Polling),
            polled(PollResult::AuthorizationPending),
            Event::Grant(poll::Event::Polling),
            polled(PollResult::SlowDown),
            Event::Grant(poll::Event::Polling),
            polled(PollResult::NetworkError),
            Event::Grant(poll::Event::Polling),
            polled(PollResult::AuthorizationPending),
            Event::Grant(poll::Event::Polling),
            Event::Finishing,
        ];
        let told: Vec<_> = debounce(stream::iter(events).boxed())
            .map(|event| name(&event))
            .collect()
            .await;
        assert_eq!(
            told,
            ["not yet", "offline", "polling", "not yet", "finishing"]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn b18_a_slow_check_is_told() {
        let events = stream::unfold(0, |step| async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let event = match step {
                0 => polled(PollResult::AuthorizationPending),
                1 => Event::Grant(poll::Event::Polling),
                2 => polled(PollResult::AuthorizationPending),
                _ => return None,
            };
            Some((event, step + 1))
        });
        let told: Vec<_> = debounce(events.boxed())
            .map(|event| name(&event))
            .collect()
            .await;
        assert_eq!(told, ["not yet", "polling", "not yet"]);
    }
}
