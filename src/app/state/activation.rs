//! What a hand did, and whether it meant that.

use std::time::{Duration, Instant};

use iced::Task;

use super::{App, IdleMessage, Message, Screen};
use crate::app::activation::{Cause, HASTE, LOOK, Target};
use crate::app::idle::IdleLevel;
use crate::app::pointer::Gesture;
use crate::app::remote::Button;

impl App {
    /// Takes a message in at `now`; `uptime` is the same in time since the box was started.
    pub(super) fn turn(
        &mut self,
        message: Message,
        uptime: Duration,
        now: Instant,
    ) -> Task<Message> {
        let mut cause = message.cause();
        let locked = self.lock(uptime);
        let task = if self.rests(&message, uptime) {
            // Whichever button woke the screen, nobody has aimed at what is on it.
            if cause != Cause::Nobody {
                cause = Cause::Ok;
            }
            Task::none()
        } else if self.is_meant(&message, now) {
            self.take(message, now)
        } else {
            Task::none()
        };
        let task = Task::batch([locked, task, self.rest(uptime)]);
        let target = self.target();
        self.protector.follow(target, &cause, now);
        task
    }

    fn is_meant(&self, message: &Message, now: Instant) -> bool {
        match message {
            Message::Pressed(Button::Select) => self.protector.admits(now),
            Message::Pointed(names, Button::Select) => self.protector.admits_touch(names, now),
            _ => true,
        }
    }

    /// What OK would do.
    fn target(&self) -> Option<Target> {
        if self.idle.level() != IdleLevel::Awake {
            return None;
        }
        let shown = self.shown();
        let target = Target::new(shown.screen, shown.focus?);
        if self.diagnostics.is_some() {
            return Some(target);
        }
        // OK changes a setting there, for good.
        if self.panel.is_some() {
            return Some(target.still_for(LOOK));
        }
        match &self.screen {
            // It would be the first digit.
            Screen::Pin(_) => Some(target.still_for(LOOK)),
            Screen::Home(home) => home.aimed(target),
            // OK asked for the code; another one would take that back.
            Screen::SignIn(screen) if screen.is_asked() => Some(target.still_for(HASTE)),
            _ => Some(target),
        }
    }
}

impl Message {
    /// Whose doing it is.
    fn cause(&self) -> Cause {
        match self {
            Self::Pressed(Button::Select) | Self::Idle(IdleMessage::Activity) => Cause::Ok,
            Self::Pointed(names, Button::Select) => Cause::Touch(names.clone()),
            Self::Pressed(_) | Self::Held(_) | Self::Pointed(..) => Cause::OtherButton,
            Self::Pointer(Gesture::Pressed(_)) => Cause::OtherButton,
            _ => Cause::Nobody,
        }
    }
}

#[cfg(test)]
mod tests;
