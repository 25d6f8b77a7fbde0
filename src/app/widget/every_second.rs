//! What counts down: a picture at every whole second, asked of the window and of no timer, so that a second costs one
//! wake-up of one thread. A window that is not to be seen is asked for none.

use std::time::{Duration, Instant};

use iced::advanced::Shell;
use iced::{Event, Rectangle, window};

use crate::app::renderer::Element;

use super::wrapper::{Wrapper, wrap};

const SECOND: Duration = Duration::from_secs(1);

/// `content`, which shows how long it is until `end` as of `shown`. When that is another number of seconds, `tell` gets the
/// time.
pub fn every_second<'a, Message: 'a>(
    end: Instant,
    shown: Instant,
    tell: fn(Instant) -> Message,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(EverySecond { end, shown, tell }, content)
}

struct EverySecond<Message> {
    end: Instant,
    shown: Instant,
    tell: fn(Instant) -> Message,
}

impl<Message> Wrapper<Message> for EverySecond<Message> {
    fn on_event(&mut self, event: &Event, _: Rectangle, shell: &mut Shell<'_, Message>) {
        let Event::Window(window::Event::RedrawRequested(now)) = event else {
            return;
        };
        let (shown, next) = (turn_after(self.end, self.shown), turn_after(self.end, *now));
        if shown < next {
            shell.publish((self.tell)(*now));
        }
        shell.request_redraw_at(next);
    }
}

/// When the whole second after `now` begins, as counted from `end`, before and after which they go on.
fn turn_after(end: Instant, now: Instant) -> Instant {
    let left = end.saturating_duration_since(now);
    let over = now.saturating_duration_since(end);
    let into = if left > Duration::ZERO {
        part_of_second(left)
    } else {
        SECOND - part_of_second(over)
    };
    now + if into.is_zero() { SECOND } else { into }
}

fn part_of_second(time: Duration) -> Duration {
    Duration::from_nanos(time.subsec_nanos().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_begins_where_the_number_changes() {
        let end = Instant::now() + Duration::from_mins(1);
        for (before_ms, next_ms) in [
            (10_500, 10_000),
            (10_001, 10_000),
            (10_000, 9_000),
            (1, 0),
            (0, -1_000),
            (-1, -1_000),
            (-1_000, -2_000),
        ] {
            let at = |ms: i64| {
                let time = Duration::from_millis(ms.unsigned_abs());
                if ms < 0 { end + time } else { end - time }
            };
            assert_eq!(
                turn_after(end, at(before_ms)),
                at(next_ms),
                "{before_ms} ms before"
            );
        }
    }
}
