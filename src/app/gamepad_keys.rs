//! What a game controller does in the terms of the remote. Pure: [`gamepad`](super::gamepad) reads the device.

use std::time::{Duration, Instant};

use super::remote::{Button, KeySource, KeyState};

/// What a controller tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum GamepadInput {
    /// A button went down or was let go.
    Key(Button, bool),
    /// Where the left stick stands, -1 to 1: to the right and up.
    Stick(f32, f32),
    /// The controller is gone, or another window has the focus.
    Gone,
}

/// A controller, as far as it matters to what comes next.
#[derive(Debug, Default)]
pub(super) struct GamepadKeys {
    /// The arrow that is held, and when it repeats next.
    held: Option<(Button, Instant)>,
    /// The arrow the stick stands for.
    stick: Option<Button>,
}

impl GamepadKeys {
    /// How far the stick is moved until it counts.
    const THRESHOLD: f32 = 0.5;
    /// The stick counts until it is this far back, so that a worn one does not tremble.
    const RELEASE: f32 = 0.4;
    const FIRST_REPEAT: Duration = Duration::from_millis(500);
    const NEXT_REPEAT: Duration = Duration::from_millis(100);

    /// What `input` comes to.
    pub(super) fn take(&mut self, input: GamepadInput, now: Instant) -> Vec<(Button, KeyState)> {
        match input {
            GamepadInput::Key(button, true) => vec![self.down(button, now)],
            GamepadInput::Key(button, false) => vec![self.up(button)],
            GamepadInput::Stick(x, y) => {
                let to = self.direction(x, y);
                let from = std::mem::replace(&mut self.stick, to);
                if from == to {
                    return Vec::new();
                }
                let up = from.map(|button| self.up(button));
                let down = to.map(|button| self.down(button, now));
                up.into_iter().chain(down).collect()
            }
            GamepadInput::Gone => {
                let held = self.held.take().map(|(button, _)| button);
                let stick = self.stick.take().filter(|stick| held != Some(*stick));
                let held = held.into_iter().chain(stick);
                held.map(|button| (button, KeyState::Released)).collect()
            }
        }
    }

    /// How long until an arrow that is held repeats.
    pub(super) fn due_in(&self, now: Instant) -> Option<Duration> {
        self.held.map(|(_, at)| at.saturating_duration_since(now))
    }

    /// The repeat that is due, if one is.
    pub(super) fn repeat(&mut self, now: Instant) -> Option<(Button, KeyState)> {
        let (button, at) = self.held.as_mut().filter(|(_, at)| *at <= now)?;
        *at = now + Self::NEXT_REPEAT;
        Some((*button, KeyState::Repeated))
    }

    fn down(&mut self, button: Button, now: Instant) -> (Button, KeyState) {
        if super::focus::Direction::of(button).is_some() {
            self.held = Some((button, now + Self::FIRST_REPEAT));
        }
        (button, KeyState::Pressed(KeySource::Keyboard))
    }

    fn up(&mut self, button: Button) -> (Button, KeyState) {
        let _ = self.held.take_if(|(held, _)| *held == button);
        (button, KeyState::Released)
    }

    fn direction(&self, x: f32, y: f32) -> Option<Button> {
        let button = match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
            (true, true, _) => Button::Right,
            (true, false, _) => Button::Left,
            (false, _, true) => Button::Up,
            (false, _, false) => Button::Down,
        };
        let least = if self.stick == Some(button) {
            Self::RELEASE
        } else {
            Self::THRESHOLD
        };
        (x.abs().max(y.abs()) >= least).then_some(button)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOWN: KeyState = KeyState::Pressed(KeySource::Keyboard);

    #[test]
    fn buttons_go_down_and_up() {
        let mut pad = GamepadKeys::default();
        let now = Instant::now();
        let ok = Button::Select;
        assert_eq!(pad.take(GamepadInput::Key(ok, true), now), [(ok, DOWN)]);
        assert_eq!(pad.due_in(now), None, "OK does not repeat");
        assert_eq!(
            pad.take(GamepadInput::Key(ok, false), now),
            [(ok, KeyState::Released)]
        );
    }

    #[test]
    fn an_arrow_repeats_after_half_a_second_and_then_ten_times_a_second() {
        let mut pad = GamepadKeys::default();
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let _ = pad.take(GamepadInput::Key(Button::Down, true), start);
        assert_eq!(pad.due_in(start), Some(Duration::from_millis(500)));
        assert_eq!(pad.repeat(at(499)), None);
        assert_eq!(
            pad.repeat(at(500)),
            Some((Button::Down, KeyState::Repeated))
        );
        assert_eq!(pad.repeat(at(599)), None);
        assert!(pad.repeat(at(600)).is_some());
        let _ = pad.take(GamepadInput::Key(Button::Down, false), at(650));
        assert_eq!(pad.repeat(at(2000)), None);
    }

    #[test]
    fn the_stick_is_an_arrow_beyond_its_middle() {
        let mut pad = GamepadKeys::default();
        let now = Instant::now();
        for (x, y, expected) in [
            (0.49, 0.0, vec![]),
            (0.5, 0.1, vec![(Button::Right, DOWN)]),
            (0.45, 0.1, vec![]),
            (0.9, -0.2, vec![]),
            (0.39, 0.0, vec![(Button::Right, KeyState::Released)]),
            (0.0, 0.8, vec![(Button::Up, DOWN)]),
            (
                0.0,
                -0.8,
                vec![(Button::Up, KeyState::Released), (Button::Down, DOWN)],
            ),
            (
                -0.9,
                -0.8,
                vec![(Button::Down, KeyState::Released), (Button::Left, DOWN)],
            ),
        ] {
            assert_eq!(
                pad.take(GamepadInput::Stick(x, y), now),
                expected,
                "{x} {y}"
            );
        }
    }

    #[test]
    fn what_is_held_is_let_go_with_the_controller() {
        let mut pad = GamepadKeys::default();
        let now = Instant::now();
        let _ = pad.take(GamepadInput::Stick(1.0, 0.0), now);
        let _ = pad.take(GamepadInput::Key(Button::Down, true), now);
        let gone = pad.take(GamepadInput::Gone, now);
        assert_eq!(
            gone,
            [
                (Button::Down, KeyState::Released),
                (Button::Right, KeyState::Released)
            ]
        );
        assert_eq!(pad.take(GamepadInput::Gone, now), []);
        assert_eq!(pad.due_in(now), None);
    }
}
