//! Whether a press was meant: what OK would do by now, and whose doing that is.

use super::idle::IdleMessage;
use super::{App, Message, Now};
use crate::app::activation::{Cause, LOOK, Target};
use crate::app::pointer::Gesture;
use crate::app::remote::Button;

/// Whether a message counts.
pub(super) enum Admission {
    Admitted,
    /// It is about idle time, or has only woken the screen.
    Idle,
    /// An OK that was for something else.
    Accidental,
}

impl App {
    /// Whether `message` counts.
    pub(super) fn admit(&mut self, message: &Message, now: Now) -> Admission {
        let context = self.idle_context();
        if self.idle.swallows(message, context, now.uptime) {
            return Admission::Idle;
        }
        let protector = &self.input.protector;
        let meant = match message.cause() {
            Cause::Ok => protector.admits(now.instant),
            Cause::Touch(names) => protector.admits_touch(&names, now.instant),
            Cause::OtherButton | Cause::NoInput => true,
        };
        if meant {
            Admission::Admitted
        } else {
            Admission::Accidental
        }
    }

    /// Takes note of what OK does by now, and of what came before.
    pub(super) fn protect_activation(&mut self, cause: &Cause, now: Now) {
        let target = self.target();
        self.input.protector.follow(target, cause, now.instant);
    }

    /// What OK would do.
    fn target(&self) -> Option<Target> {
        if !self.idle.is_awake() {
            return None;
        }
        let shown = self.shown();
        let target = Target::new(shown.screen, shown.focus?);
        if self.diagnostics.is_some() {
            return Some(target);
        }
        // OK changes a setting there, for good.
        if self.preferences.panel().is_some() {
            return Some(target.still_for(LOOK));
        }
        self.screen.active().activation(target)
    }
}

impl Message {
    /// Whose doing it is.
    pub(super) fn cause(&self) -> Cause {
        match self {
            Self::Pressed(Button::Select) | Self::Idle(IdleMessage::Activity) => Cause::Ok,
            Self::Pointed(names, Button::Select) => Cause::Touch(names.clone()),
            Self::Pressed(_)
            | Self::Held(_)
            | Self::Pointed(..)
            | Self::Pointer(Gesture::Pressed(_)) => Cause::OtherButton,
            Self::Pointer(_)
            | Self::Idle(_)
            | Self::System(_)
            | Self::Narrator(_)
            | Self::FocusFrame
            | Self::Logo(_)
            | Self::Backdrop(_)
            | Self::PreferencesUnsaved(_)
            | Self::Diagnostics(_)
            | Self::AccountsChanged
            | Self::Control(_)
            | Self::Visit(..)
            | Self::Screen(_)
            | Self::ShutDown => Cause::NoInput,
        }
    }
}

#[cfg(test)]
mod tests;
