//! Frames that come too late: an animation says when its next one is due, and a screen that draws too slowly is late for
//! it. Pure; asks for no frame by itself.

use std::cell::Cell;
use std::time::{Duration, Instant};

use iced::window::RedrawRequest;

/// A frame that is later than this is seen to be.
const LATE: Duration = Duration::from_millis(50);
/// What is later than this is no slow frame: the screen was off, or the box asleep.
const UNSEEN: Duration = Duration::from_secs(5);

/// Watches when frames come.
#[derive(Debug, Default)]
pub struct LateFrames {
    /// When the next one is due, where one was asked for.
    due: Cell<Option<Instant>>,
}

impl LateFrames {
    /// Whether the frame that begins at `now` was due too long ago.
    pub fn is_late(&self, now: Instant) -> bool {
        let late = self
            .due
            .take()
            .map(|due| now.saturating_duration_since(due));
        late.is_some_and(|late| late > LATE && late < UNSEEN)
    }

    /// What is asked for by the frame that began at `now`.
    pub fn next(&self, now: Instant, wanted: RedrawRequest) {
        self.due.set(match wanted {
            RedrawRequest::NextFrame => Some(now),
            RedrawRequest::At(due) => Some(due),
            RedrawRequest::Wait => None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_late_by_when_it_was_due() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        for (wanted, comes, late) in [
            (RedrawRequest::Wait, 4_000, false),
            (RedrawRequest::NextFrame, 50, false),
            (RedrawRequest::NextFrame, 51, true),
            (RedrawRequest::At(at(40)), 20, false),
            (RedrawRequest::At(at(40)), 90, false),
            (RedrawRequest::At(at(40)), 91, true),
            // The television was off.
            (RedrawRequest::At(at(40)), 3_600_000, false),
        ] {
            let frames = LateFrames::default();
            assert!(!frames.is_late(start), "the first is not due");
            frames.next(start, wanted);
            assert_eq!(frames.is_late(at(comes)), late, "{wanted:?} at {comes}");
            assert!(!frames.is_late(at(comes + 1_000)), "counted once");
        }
    }
}
