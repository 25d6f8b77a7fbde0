//! What was pulled and let go of in a swing runs on by itself, ever slower, and stops. Pure.

use std::time::{Duration, Instant};

use crate::app::remote::Button;
use crate::app::theme::token;

/// A swing that runs out: steps of a pull, each later than the one before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glide {
    /// What each step presses.
    pub(super) button: Button,
    /// Steps to come.
    pub(super) steps: u32,
    began: Instant,
}

impl Glide {
    /// What follows when a finger lets go at `speed` steps a second, `pulled` of a step after the last one. Nothing where
    /// that is too slow to reach another.
    pub(super) fn after(button: Button, speed: f32, pulled: f32, now: Instant) -> Option<Self> {
        if speed < token::FLING {
            return None;
        }
        // Friction takes the same share of the speed in each moment: the way ahead is speed times that time.
        let way = speed * token::GLIDE.as_secs_f32() + pulled;
        let steps = (way.round() as u32).min(token::GLIDE_STEPS);
        (steps > 0).then_some(Self {
            button,
            steps,
            began: now,
        })
    }

    /// The same after its first step was made at once.
    pub(super) fn without_the_first(self) -> Option<Self> {
        let steps = self.steps.saturating_sub(1);
        (steps > 0).then_some(Self { steps, ..self })
    }

    /// When a step is made, counted from 1; nothing after the last.
    pub(super) fn at(&self, step: u32) -> Option<Instant> {
        if !(1..=self.steps).contains(&step) {
            return None;
        }
        // It would come to rest a little after the last step.
        let whole = self.steps as f32 + 0.25;
        let left = 1.0 - step as f32 / whole;
        let after = token::GLIDE.mul_f32(-left.ln());
        Some(self.began + after.min(LONGEST))
    }
}

/// No swing takes longer.
const LONGEST: Duration = Duration::from_secs(3);

/// Where a finger has been in the last moments, for its speed when it lets go.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Trace {
    places: [Option<(Instant, f32)>; Self::KEPT],
    next: usize,
}

impl Trace {
    const KEPT: usize = 16;

    /// It is here now, along one axis.
    pub(super) fn add(&mut self, place: f32, now: Instant) {
        self.places[self.next % Self::KEPT] = Some((now, place));
        self.next = self.next.wrapping_add(1);
    }

    /// How far it moves in a second, when it lets go here: over the last tenth of one, so that a finger that has come to
    /// rest before it lets go throws nothing.
    pub(super) fn speed(&self, place: f32, now: Instant) -> f32 {
        let recent = self.places.iter().flatten();
        let recent =
            recent.filter(|(then, _)| now.saturating_duration_since(*then) <= token::FLING_WINDOW);
        let first = recent.min_by_key(|(then, _)| *then);
        let Some((then, from)) = first else {
            return 0.0;
        };
        // Two events of one moment tell no speed.
        let passed = now.saturating_duration_since(*then).as_secs_f32();
        if passed < 0.004 {
            0.0
        } else {
            (place - from) / passed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn the_faster_the_further_and_each_step_later_than_the_one_before() {
        let now = Instant::now();
        let mut before = 0;
        for (speed, steps) in [
            (0.0, 0),
            (0.9, 0),
            (3.0, 1),
            (8.0, 3),
            (20.0, 7),
            (900.0, 12),
        ] {
            let glide = Glide::after(Button::Right, speed, 0.0, now);
            let made = glide.map_or(0, |glide| glide.steps);
            assert_eq!(made, steps, "{speed}");
            assert!(made >= before);
            before = made;
            let Some(glide) = glide else { continue };
            let times: Vec<_> = (1..=steps)
                .map(|step| glide.at(step).unwrap() - now)
                .collect();
            let gaps: Vec<_> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
            assert!(gaps.is_sorted(), "{speed}: {times:?}");
            assert!(
                times.iter().all(|time| *time < ms(1500)),
                "{speed}: {times:?}"
            );
            assert_eq!((glide.at(0), glide.at(steps + 1)), (None, None));
        }
    }

    #[test]
    fn what_was_pulled_of_a_step_counts() {
        let now = Instant::now();
        let steps = |pulled| Glide::after(Button::Left, 3.0, pulled, now).map(|glide| glide.steps);
        assert_eq!((steps(0.0), steps(0.8)), (Some(1), Some(2)));
    }

    #[test]
    fn a_finger_that_has_come_to_rest_throws_nothing() {
        let start = Instant::now();
        let mut trace = Trace::default();
        for step in 0..40_u16 {
            trace.add(f32::from(step) * 10.0, start + ms(u64::from(step) * 8));
        }
        let end = start + ms(39 * 8);
        let speed = trace.speed(390.0, end);
        assert!((1100.0..1400.0).contains(&speed), "{speed}");
        assert!(trace.speed(390.0, end + ms(200)).abs() < f32::EPSILON);
        assert!(Trace::default().speed(5.0, end).abs() < f32::EPSILON);
    }
}
