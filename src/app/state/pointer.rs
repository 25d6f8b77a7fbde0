//! Touch and mouse on the screen that is on: the focus goes to what they hit, and OK follows.

use std::time::Instant;

use iced::Task;

use super::{App, Message, Screen};
use crate::app::bounds;
use crate::app::focus::{Controls, unmirrored};
use crate::app::pointer::Gesture;
use crate::app::remote::Button;
use crate::app::screen::panel::Panel;

impl App {
    pub(super) fn point(&mut self, signal: Gesture, now: Instant) -> Task<Message> {
        match signal {
            Gesture::Shown => {
                self.pointing = true;
                Task::none()
            }
            Gesture::Rested => {
                self.hide_pointer();
                Task::none()
            }
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

    /// Somebody uses the remote, or nobody the mouse.
    pub(super) fn hide_pointer(&mut self) {
        self.pointing = false;
        self.pointer.hide();
    }

    /// `button` was pressed by pointing at the parts of the screen with these names.
    pub(super) fn pointed(
        &mut self,
        ids: &[String],
        button: Button,
        now: Instant,
    ) -> Task<Message> {
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
}

/// What can have the focus on the panel that is open, or on the screen.
pub(super) fn controls<'a>(
    panel: &'a mut Option<Panel>,
    screen: &'a mut Screen,
) -> Option<&'a mut dyn Controls> {
    match panel {
        Some(panel) => Some(panel.controls()),
        None => screen.controls(),
    }
}

impl App {
    /// What can have the focus on what is on.
    pub(super) fn controls(&mut self) -> Option<&mut dyn Controls> {
        match &mut self.diagnostics {
            Some(screen) => Some(screen.controls()),
            None => controls(&mut self.panel, &mut self.screen),
        }
    }
}

impl Screen {
    /// What can have the focus, where that is more than one thing.
    pub(super) fn controls(&mut self) -> Option<&mut dyn Controls> {
        match self {
            Self::Who(screen) => Some(screen),
            Self::Pin(screen) => Some(screen.as_mut()),
            Self::SignIn(screen) => Some(screen.controls()),
            Self::Success { greeting, .. } => Some(greeting.controls()),
            Self::Home(screen) => Some(screen.controls()),
            Self::Welcome(screen) => Some(screen.controls()),
            Self::Problem(screen) => Some(screen.controls()),
            Self::Restoring { .. } | Self::SetUp(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
