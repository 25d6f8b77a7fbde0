//! Remote, gamepads, touch and mouse: what they do on the screen that is on, and the focus that follows them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::MutexGuard;
use std::time::Instant;

use iced::{Event, Rectangle, Subscription, Task, mouse};

use super::fingers::Fingers;
use super::preferences::PreferenceStore;
use super::{App, Message, Now, Screen};
use crate::app::activation::ActivationProtector;
use crate::app::bounds::{self, ControlBounds};
use crate::app::focus::{Controls, unmirrored};
use crate::app::focus_animation::FocusAnimation;
use crate::app::pointer::{Gesture, Pointer};
use crate::app::remote::{Button, KeyReport, Remote};
use crate::app::theme::{Look, token};
use crate::app::ui_log::Shown;
use crate::app::widget::frame::BACK;

/// What a person holds in the hand, and where it points.
#[derive(Debug, Default)]
pub(super) struct Input {
    /// The keys of the remote.
    remote: Remote,
    /// Whether a gamepad is meant for this window.
    #[cfg(feature = "gamepad")]
    window_focus: crate::app::gamepad::WindowFocus,
    /// Touch and mouse.
    pointer: Pointer,
    /// Whether the screen is for fingers.
    pub(super) fingers: Fingers,
    /// Whether the pointer is to be seen.
    pointer_shown: bool,
    /// Where the controls stand, for the arrows.
    bounds: ControlBounds,
    /// How what has the focus grows into its place.
    animation: FocusAnimation,
    /// Which OK is meant.
    pub(super) protector: ActivationProtector,
}

impl Input {
    /// Takes the keys that the owner wants.
    pub(super) fn use_remote(&mut self, remote: Remote) {
        self.remote = remote;
    }

    /// Whether a key is still down.
    pub(super) fn is_held(&self) -> bool {
        self.remote.is_held()
    }

    /// A pixel at 1920x1080 is this many of the window.
    pub(super) fn scaled(&self, look: &Look) {
        self.pointer.scaled(look.unit(), look.reduced_motion);
    }

    /// The remote is in use, or the mouse rests.
    pub(super) fn hide_pointer(&mut self) {
        self.pointer_shown = false;
        self.pointer.hide();
    }

    /// How the pointer looks, everywhere.
    pub(super) fn pointer_look(&self) -> mouse::Interaction {
        if self.pointer_shown {
            mouse::Interaction::Idle
        } else {
            mouse::Interaction::Hidden
        }
    }

    /// Where the controls stand; nothing before they have been measured.
    pub(super) fn places(&self) -> MutexGuard<'_, BTreeMap<String, Rectangle>> {
        self.bounds.found()
    }

    /// Measures where the controls with these names stand, unless they have been measured.
    pub(super) fn measure(
        &mut self,
        screen: &'static str,
        ids: Vec<Cow<'static, str>>,
        look: &Look,
    ) -> Task<Message> {
        self.bounds
            .look(screen, ids, look)
            .unwrap_or_else(Task::none)
    }

    /// Lets what has the focus by now grow into its place; the look of that moment.
    pub(super) fn animate_focus(&mut self, shown: &Shown, look: &Look, now: Instant) -> Look {
        self.animation
            .follow(shown.screen, shown.focus.as_deref(), look.is_still(), now);
        look.lifted(self.animation.lift(now))
    }

    /// What remote, touch and mouse do with `event`; with `digits`, keys count as the digits on them.
    pub(super) fn hear(&self, event: &Event, now: Instant, digits: bool) -> Vec<Message> {
        if let Event::Keyboard(key) = event {
            let press = self.remote.asking_for_digits(digits).press(key, now);
            return press.map(Message::from).into_iter().collect();
        }
        let gestures = self.pointer.gestures(event, now).into_iter();
        gestures.map(Message::Pointer).collect()
    }

    /// Hears a key while the screen is not itself, which does nothing else than wake it: its repeats and a long press do
    /// nothing, and it may bounce. So it is with a notch of a wheel, which may have two halves: what counts those hears on.
    pub(super) fn hear_waking(&self, event: &Event, now: Instant, digits: bool) {
        match event {
            Event::Keyboard(key) => {
                let remote = self.remote.asking_for_digits(digits);
                if remote.press(key, now).is_some() {
                    remote.woke();
                }
            }
            Event::Mouse(mouse::Event::CursorEntered | mouse::Event::CursorLeft) => {
                let _ = self.pointer.gestures(event, now);
            }
            Event::Mouse(mouse::Event::WheelScrolled { .. }) => self.pointer.woken_by_wheel(),
            _ => {}
        }
    }

    /// The last press of the remote, or of a game controller, has only woken the screen.
    pub(super) fn woke(&self) {
        self.remote.woke();
    }

    /// The key of `event`, whatever it stands for.
    pub(super) fn key_report(&self, event: &Event) -> Option<KeyReport> {
        match event {
            Event::Keyboard(key) => self.remote.key_report(key),
            _ => None,
        }
    }

    /// Takes in whether the window has the attention.
    #[cfg(feature = "gamepad")]
    pub(super) fn follow_attention(&self, event: &Event) {
        self.window_focus.follow(event);
    }

    /// The pointer that goes when the mouse rests, and the pictures of a focus that grows.
    pub(super) fn subscription(&self) -> Subscription<Message> {
        let rest = if self.pointer_shown {
            self.pointer.rest().map(Message::Pointer)
        } else {
            Subscription::none()
        };
        let frames = if self.animation.is_under_way() {
            iced::time::every(token::GROWTH_FRAME).map(|_| Message::FocusFrame)
        } else {
            Subscription::none()
        };
        Subscription::batch([self.gamepads(), frames, rest, self.glide()])
    }

    /// What a finger has thrown, until it comes to rest.
    fn glide(&self) -> Subscription<Message> {
        self.pointer.glide().map(Message::Pointer)
    }

    /// What game controllers do; the press that wakes the screen does nothing else here, too.
    #[cfg(feature = "gamepad")]
    fn gamepads(&self) -> Subscription<Message> {
        crate::app::gamepad::presses(&self.remote, &self.window_focus).map(Message::from)
    }

    #[cfg(not(feature = "gamepad"))]
    #[allow(clippy::unused_self)]
    fn gamepads(&self) -> Subscription<Message> {
        Subscription::none()
    }
}

impl App {
    /// Touch or mouse did something: the focus goes to what they hit, and OK follows.
    pub(super) fn point(&mut self, gesture: Gesture, now: Now) -> Task<Message> {
        match gesture {
            Gesture::Shown => {
                self.input.pointer_shown = true;
                Task::none()
            }
            Gesture::Rested => {
                self.input.hide_pointer();
                Task::none()
            }
            Gesture::Flung | Gesture::Stopped => Task::none(),
            Gesture::Tapped(point) => {
                bounds::at(point).map(|ids| Message::Pointed(ids, Button::Select))
            }
            Gesture::Pulled(point, button) => {
                bounds::at(point).map(move |ids| Message::Pointed(ids, button))
            }
            Gesture::Pressed(button) => {
                self.press(unmirrored(button, self.look.right_to_left()), now)
            }
        }
    }

    /// `button` was pressed by pointing at the parts of the screen with these names.
    pub(super) fn pointed(&mut self, ids: &[String], button: Button, now: Now) -> Task<Message> {
        if self.input.pointer.is_finger() {
            self.input.fingers.touched();
        }
        if button == Button::Select && ids.iter().any(|id| id == BACK) {
            return self.press(Button::Back, now);
        }
        let focus = self.shown().focus;
        let hit = ids.iter().any(|id| {
            let controls = self.controls();
            controls.is_some_and(|controls| controls.aim(id)) || focus.as_ref() == Some(id)
        });
        if hit || button != Button::Select {
            self.press(unmirrored(button, self.look.right_to_left()), now)
        } else {
            Task::none()
        }
    }

    /// What can have the focus on what is on.
    pub(super) fn controls(&mut self) -> Option<&mut dyn Controls> {
        match &mut self.diagnostics {
            Some(screen) => Some(screen.controls()),
            None => controls(&mut self.preferences, &mut self.screen),
        }
    }
}

/// What can have the focus on the panel that is open, or on the screen.
pub(super) fn controls<'a>(
    preferences: &'a mut PreferenceStore,
    screen: &'a mut Screen,
) -> Option<&'a mut dyn Controls> {
    match preferences.panel_mut() {
        Some(panel) => Some(panel.controls()),
        None => screen.active_mut().controls(),
    }
}

#[cfg(test)]
mod tests;
