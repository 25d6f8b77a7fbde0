//! Touch and mouse, where there are any: what they do in the terms of the remote.
//!
//! The pointer stays hidden until a mouse is really moved: HDMI-CEC receivers tell the system that they
//! are one, and a compositor puts a pointer somewhere by itself.

mod glide;
mod wheel;

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use futures::stream::{self, Stream};
use iced::{Event, Point, Subscription, mouse, touch};

use super::remote::Button;
use super::theme::token;
use glide::{Glide, Trace};
use wheel::WheelButtons;

/// What touch or mouse did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gesture {
    /// A mouse is in use: the pointer is to be seen.
    Shown,
    /// The mouse rests: the pointer goes.
    Rested,
    /// A finger tapped, or a mouse clicked, here.
    Tapped(Point),
    /// What is here was pulled by one step; it moves as this button moves it.
    Pulled(Point, Button),
    /// As a press of this button.
    Pressed(Button),
    /// What was pulled has been let go of in a swing, and runs on.
    Flung,
    /// It has come to rest.
    Stopped,
}

/// Touch and mouse of this window. Clones share what they know.
#[derive(Debug, Clone, Default)]
pub(super) struct Pointer(Arc<Mutex<Gestures>>);

impl Pointer {
    /// What `event` at `now` comes to, if anything. A movement that means nothing makes no message and so no redraw.
    pub(super) fn gestures(&self, event: &iced::Event, now: Instant) -> Vec<Gesture> {
        self.hand().hear(event, now)
    }

    /// A notch of a wheel does nothing else than wake the screen, and no more does its other half, whether the server has
    /// told of that already or will.
    pub(super) fn woken_by_wheel(&self) {
        self.hand().wheel.read();
    }

    /// Tells once that the mouse has not been moved for a while.
    pub(super) fn rest(&self) -> Subscription<Gesture> {
        Subscription::run_with(self.clone(), until_rest)
    }

    /// A pixel at 1920x1080 is this many of the window. What is `still` stops where it is let go of.
    pub(super) fn scaled(&self, unit: f32, still: bool) {
        let mut hand = self.hand();
        hand.unit = unit;
        hand.still = still;
    }

    /// Whether the last tap or pull was a finger's.
    pub(super) fn is_finger(&self) -> bool {
        self.hand().by_finger
    }

    /// What runs on by itself; nothing at rest.
    pub(super) fn glide(&self) -> Subscription<Gesture> {
        let hand = self.hand();
        match &hand.glide {
            Some(_) => Subscription::run_with((self.clone(), hand.throws), run_out),
            None => Subscription::none(),
        }
    }

    /// The pointer is hidden: it takes a real movement again to show it.
    pub(super) fn hide(&self) {
        self.hand().moves = None;
    }

    fn hand(&self) -> MutexGuard<'_, Gestures> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

// What it knows is shared state, not identity.
impl Hash for Pointer {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

fn until_rest(pointer: &Pointer) -> impl Stream<Item = Gesture> + use<> {
    let pointer = pointer.clone();
    stream::once(async move {
        loop {
            let moved = pointer.hand().moved;
            let left = moved.map_or(token::POINTER_REST, |moved| {
                token::POINTER_REST.saturating_sub(moved.elapsed())
            });
            if left.is_zero() {
                return Gesture::Rested;
            }
            tokio::time::sleep(left).await;
        }
    })
}

/// The steps of one throw, until it comes to rest or a finger stops it.
fn run_out((pointer, throw): &(Pointer, u64)) -> impl Stream<Item = Gesture> + use<> {
    let (pointer, throw) = (pointer.clone(), *throw);
    stream::unfold(Some(1), move |step| {
        let pointer = pointer.clone();
        async move {
            let step = step?;
            let due = pointer.hand().step_of(throw, step);
            if let Some((due, _)) = due {
                tokio::time::sleep_until(due.into()).await;
            }
            // A finger may have stopped it in the meantime.
            let mut hand = pointer.hand();
            match hand.step_of(throw, step) {
                Some((_, button)) => Some((Gesture::Pressed(button), Some(step + 1))),
                None => {
                    if hand.throws == throw {
                        hand.glide = None;
                    }
                    Some((Gesture::Stopped, None))
                }
            }
        }
    })
}

/// What fingers and mouse have done so far, as far as it matters to what comes next.
#[derive(Debug, Default)]
struct Gestures {
    unit: f32,
    at: Point,
    moves: Option<Moves>,
    moved: Option<Instant>,
    pull: Option<Drag>,
    /// The last tap that counted.
    tapped: Option<(Instant, Point)>,
    rolled: (f32, f32),
    wheel: WheelButtons,
    /// Nothing runs on.
    still: bool,
    by_finger: bool,
    /// What runs on, and how often something has been thrown so far.
    glide: Option<Glide>,
    throws: u64,
}

/// Movements of the mouse that may show the pointer.
#[derive(Debug, Clone, Copy)]
struct Moves {
    since: Instant,
    from: Point,
    count: u8,
}

/// Something held down.
#[derive(Debug, Clone, Copy)]
struct Drag {
    by: Holder,
    start: Point,
    /// Where the last step was made.
    from: Point,
    pulled: bool,
    /// It stops what runs on, and does nothing else.
    stops: bool,
    across: Trace,
    down: Trace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Mouse,
    Finger(touch::Finger),
}

impl Drag {
    fn trace(&mut self, at: Point, now: Instant) {
        self.across.add(at.x, now);
        self.down.add(at.y, now);
    }
}

impl Gestures {
    /// Movements before the pointer shows. One jump is a compositor's doing, or a receiver's.
    const MOVES: u8 = 3;

    /// What a wheel says in one event is no more than this many notches.
    const NOTCHES: f32 = 10.0;
    /// What a notch may lack that was told in parts.
    const ROUNDING: f32 = 0.001;

    fn hear(&mut self, event: &Event, now: Instant) -> Vec<Gesture> {
        match event {
            Event::Mouse(mouse::Event::WheelScrolled { delta }) => self.roll(*delta),
            _ => self.take(event, now).into_iter().collect(),
        }
    }

    fn take(&mut self, event: &Event, now: Instant) -> Option<Gesture> {
        match event {
            Event::Mouse(event) => self.mouse(event, now),
            Event::Touch(event) => match *event {
                touch::Event::FingerPressed { id, position } => {
                    self.hold(Holder::Finger(id), position, now);
                    None
                }
                touch::Event::FingerMoved { id, position } => {
                    self.drag(Holder::Finger(id), position, now)
                }
                touch::Event::FingerLifted { id, position } => {
                    self.let_go(Holder::Finger(id), position, now)
                }
                touch::Event::FingerLost { .. } => {
                    self.pull = None;
                    None
                }
            },
            _ => None,
        }
    }

    fn mouse(&mut self, event: &mouse::Event, now: Instant) -> Option<Gesture> {
        match *event {
            mouse::Event::CursorEntered | mouse::Event::CursorLeft => {
                self.moves = None;
                self.wheel.enter();
                None
            }
            mouse::Event::CursorMoved { position } => {
                self.at = position;
                let pulled = self.drag(Holder::Mouse, position, now);
                let shown = self.moved(position, now);
                pulled.or(shown)
            }
            mouse::Event::ButtonPressed(mouse::Button::Left) => {
                self.hold(Holder::Mouse, self.at, now);
                None
            }
            mouse::Event::ButtonReleased(mouse::Button::Left) => {
                self.let_go(Holder::Mouse, self.at, now)
            }
            mouse::Event::ButtonPressed(mouse::Button::Right | mouse::Button::Back) => {
                Some(Gesture::Pressed(Button::Back))
            }
            mouse::Event::ButtonPressed(_)
            | mouse::Event::ButtonReleased(_)
            | mouse::Event::WheelScrolled { .. } => None,
        }
    }

    /// Whether the mouse is really being moved, told when that becomes clear.
    fn moved(&mut self, to: Point, now: Instant) -> Option<Gesture> {
        self.moved = Some(now);
        let moves = self
            .moves
            .filter(|moves| now.saturating_duration_since(moves.since) < token::POINTER_WAKE_TIME);
        let Some(moves) = moves else {
            // Where it stands is no movement yet.
            self.moves = Some(Moves {
                since: now,
                from: to,
                count: 0,
            });
            return None;
        };
        let count = moves.count.saturating_add(1);
        self.moves = Some(Moves { count, ..moves });
        let far = moves.from.distance(to) >= token::POINTER_WAKE.at_1080p() * self.unit;
        (count == Self::MOVES && far).then_some(Gesture::Shown)
    }

    fn hold(&mut self, by: Holder, at: Point, now: Instant) {
        let stops = self.glide.take().is_some();
        // A second finger does nothing.
        let pull = self.pull.get_or_insert(Drag {
            by,
            start: at,
            from: at,
            pulled: false,
            stops,
            across: Trace::default(),
            down: Trace::default(),
        });
        pull.trace(at, now);
    }

    fn drag(&mut self, by: Holder, to: Point, now: Instant) -> Option<Gesture> {
        let pull = self.pull.as_mut().filter(|pull| pull.by == by)?;
        pull.trace(to, now);
        let step = token::PULL_STEP.at_1080p() * self.unit;
        let (x, y) = (to.x - pull.from.x, to.y - pull.from.y);
        // What is pulled to the left shows what is to its right.
        let (button, dx, dy) = if x.abs() >= step {
            let button = if x < 0.0 { Button::Right } else { Button::Left };
            (button, step.copysign(x), 0.0)
        } else if y.abs() >= step {
            let button = if y < 0.0 { Button::Down } else { Button::Up };
            (button, 0.0, step.copysign(y))
        } else {
            return None;
        };
        pull.from = Point::new(pull.from.x + dx, pull.from.y + dy);
        self.by_finger = by != Holder::Mouse;
        let first = !std::mem::replace(&mut pull.pulled, true);
        Some(if first {
            Gesture::Pulled(pull.start, button)
        } else {
            Gesture::Pressed(button)
        })
    }

    fn let_go(&mut self, by: Holder, at: Point, now: Instant) -> Option<Gesture> {
        let pull = self.pull.take_if(|pull| pull.by == by)?;
        self.by_finger = by != Holder::Mouse;
        let slop = token::TAP_SLOP.at_1080p() * self.unit;
        if pull.pulled || pull.start.distance(at) > slop {
            return self.throw(&pull, at, now);
        }
        if pull.stops {
            return None;
        }
        // The person has not seen yet what the first tap did. Elsewhere is another key of a pad, say.
        let again = self.tapped.is_some_and(|(then, there)| {
            now.saturating_duration_since(then) < token::TAP_AGAIN
                && there.distance(pull.start) <= slop
        });
        if again {
            return None;
        }
        self.tapped = Some((now, pull.start));
        Some(Gesture::Tapped(pull.start))
    }

    /// A finger lets go of what it has pulled: in a swing it runs on, along the axis of the swing.
    fn throw(&mut self, pull: &Drag, at: Point, now: Instant) -> Option<Gesture> {
        if self.still || pull.by == Holder::Mouse {
            return None;
        }
        let step = token::PULL_STEP.at_1080p() * self.unit;
        let (x, y) = (pull.across.speed(at.x, now), pull.down.speed(at.y, now));
        let (speed, pulled, buttons) = if x.abs() >= y.abs() {
            (x, at.x - pull.from.x, (Button::Left, Button::Right))
        } else {
            (y, at.y - pull.from.y, (Button::Up, Button::Down))
        };
        let button = if speed > 0.0 { buttons.0 } else { buttons.1 };
        let pulled = pulled * speed.signum() / step;
        let glide = Glide::after(button, speed.abs() / step, pulled, now)?;
        self.throws += 1;
        if pull.pulled {
            self.glide = Some(glide);
            return Some(Gesture::Flung);
        }
        // Its first step says what it is that moves.
        self.glide = glide.without_the_first();
        Some(Gesture::Pulled(pull.start, button))
    }

    /// When a step of a throw is due, and what it presses; nothing once it is over.
    fn step_of(&self, throw: u64, step: u32) -> Option<(Instant, Button)> {
        let glide = self.glide.as_ref().filter(|_| self.throws == throw)?;
        Some((glide.at(step)?, glide.button))
    }

    /// One step for each notch of a wheel, or for as much of a touch pad.
    fn roll(&mut self, delta: mouse::ScrollDelta) -> Vec<Gesture> {
        let (x, y) = match delta {
            mouse::ScrollDelta::Lines { x, y } => {
                if self.wheel.is_other_half(x, y) {
                    return Vec::new();
                }
                if x.fract() == 0.0 && y.fract() == 0.0 {
                    // What is left over from a touch pad takes nothing from a notch.
                    self.rolled = (0.0, 0.0);
                }
                (x, y)
            }
            mouse::ScrollDelta::Pixels { x, y } => {
                let notch = token::WHEEL_STEP.at_1080p() * self.unit;
                (x / notch, y / notch)
            }
        };
        let (x, y) = (self.rolled.0 + x, self.rolled.1 + y);
        if !(x.is_finite() && y.is_finite()) {
            return Vec::new();
        }
        let vertical = y.abs() >= x.abs();
        let far = if vertical { y } else { x };
        let steps = (far.abs() + Self::ROUNDING).floor();
        let left = far - steps.copysign(far);
        self.rolled = match (steps >= 1.0, vertical) {
            (false, _) => (x, y),
            (true, true) => (0.0, left),
            (true, false) => (left, 0.0),
        };
        let button = match (vertical, far > 0.0) {
            (true, true) => Button::Up,
            (true, false) => Button::Down,
            (false, true) => Button::Left,
            (false, false) => Button::Right,
        };
        vec![Gesture::Pressed(button); steps.min(Self::NOTCHES) as usize]
    }
}

#[cfg(test)]
mod tests;
