//! Where a message goes. Every message has its arm here: one that is not routed does not compile.

use iced::Task;

use super::input::controls;
use super::message::{ScreenMessage, VisitMessage};
use super::{App, Message, Now, Screen};
use crate::app::focus::{Direction, unmirrored};
use crate::app::remote::Button;
use crate::app::screen::home;

impl App {
    /// Takes a message in that counts.
    pub(super) fn route(&mut self, message: Message, now: Now) -> Task<Message> {
        // A program that ends hears of the window, and of its end.
        let heard = matches!(message, Message::System(_) | Message::ShutDown);
        if self.lifecycle.is_ending() && !heard {
            return Task::none();
        }
        match message {
            Message::System(event) => self.on_system_event(event, now),
            Message::Logo(logo) => {
                self.chrome.logo = logo.map(|logo| *logo);
                Task::none()
            }
            Message::Backdrop(drawn) => {
                self.backdrop.drawn(drawn);
                Task::none()
            }
            Message::ShutDown => self.lifecycle.exit(),
            Message::FocusFrame => Task::none(),
            Message::Pressed(button) => {
                self.input.hide_pointer();
                self.input.fingers.pressed();
                self.press(unmirrored(button, self.look.right_to_left()), now)
            }
            Message::Held(button) => self.hold(button, now),
            Message::Pointer(gesture) => self.point(gesture, now),
            Message::Pointed(ids, button) => self.pointed(&ids, button, now),
            Message::Idle(message) => self.on_idle(message),
            Message::Narrator(message) => self.on_narrator(message, now),
            Message::PreferencesUnsaved(error) => {
                self.preferences.not_saved(&error);
                Task::none()
            }
            Message::Diagnostics(message) => match &mut self.diagnostics {
                Some(screen) => {
                    let action = screen.update(message);
                    self.on_diagnostics(action, now)
                }
                None => Task::none(),
            },
            Message::AccountsChanged => self.accounts_changed(),
            Message::Control(message) => self.on_control(message, now),
            Message::Visit(visit, message) => self.route_to_visit(visit, message, now),
            Message::Screen(message) => self.route_to_screen(message, now),
        }
    }

    /// A message for a visit that is over is dropped here, and only here.
    fn route_to_visit(&mut self, visit: u64, message: VisitMessage, now: Now) -> Task<Message> {
        let (look, asleep) = (self.look, self.idle.is_ambient());
        let Some(home) = self.home(visit) else {
            return Task::none();
        };
        match message {
            // A dark screen loads nothing: what is due is loaded when a key wakes it.
            VisitMessage::Home(home::Message::Due) if asleep => Task::none(),
            VisitMessage::Home(message) => {
                let action = home.update(message, &look, now.instant);
                self.on_home(visit, action, now)
            }
            VisitMessage::Conditions(conditions) => {
                home.set_conditions(conditions);
                Task::none()
            }
            VisitMessage::EverybodySignedOut(notice) => self.root(Some(notice)),
            VisitMessage::Ended(why) => self.ended(visit, &why.to_string()),
        }
    }

    /// A message for a screen that is not on any more is dropped here, and only here.
    fn route_to_screen(&mut self, message: ScreenMessage, now: Now) -> Task<Message> {
        match (message, &mut self.screen) {
            (ScreenMessage::Restoring(message), Screen::Restoring(_)) => {
                self.on_restoring(message, now)
            }
            (ScreenMessage::Who(message), Screen::Who(screen)) => {
                screen.update(message, &self.look);
                Task::none()
            }
            (ScreenMessage::WhoListed(listed), Screen::Who(_)) => self.who_listed(listed, now),
            (ScreenMessage::Pin(message), Screen::Pin(screen)) => {
                let action = screen.update(message, now.instant);
                self.on_pin(action, now)
            }
            (ScreenMessage::SignInIsDue, Screen::Welcome(_))
                if self.preferences.panel().is_none() =>
            {
                self.sign_in_by_itself(now)
            }
            (ScreenMessage::SignIn(message), Screen::SignIn(screen)) => {
                let before = screen.is_answered();
                let action = screen.update(message, now.instant);
                if screen.is_answered() && !before {
                    self.idle.activity(now.uptime);
                }
                self.on_sign_in(action, now)
            }
            (ScreenMessage::Success(message), Screen::Success(screen)) => {
                let action = screen.greeting.update(message);
                self.on_success(action, now)
            }
            (ScreenMessage::SetUp(message), Screen::SetUp(screen)) => {
                let action = screen.update(message);
                self.on_set_up(action, now)
            }
            (
                ScreenMessage::Restoring(_)
                | ScreenMessage::Who(_)
                | ScreenMessage::WhoListed(_)
                | ScreenMessage::Pin(_)
                | ScreenMessage::SignInIsDue
                | ScreenMessage::SignIn(_)
                | ScreenMessage::Success(_)
                | ScreenMessage::SetUp(_),
                Screen::Restoring(_)
                | Screen::Welcome(_)
                | Screen::Who(_)
                | Screen::Pin(_)
                | Screen::SignIn(_)
                | Screen::Success(_)
                | Screen::Home(_)
                | Screen::SetUp(_)
                | Screen::Problem(_),
            ) => Task::none(),
        }
    }

    /// A press goes to what is on top: the diagnostics, a panel, or the screen.
    pub(super) fn press(&mut self, button: Button, now: Now) -> Task<Message> {
        if let Some(screen) = &mut self.diagnostics {
            let action = screen.press(button);
            return self.on_diagnostics(action, now);
        }
        if Direction::of(button).is_some()
            && let Some(controls) = controls(&mut self.preferences, &mut self.screen)
        {
            controls.place(&self.input.places());
        }
        if let Some(action) = self.press_panel(button) {
            return self.on_panel(action, now);
        }
        let action = self.screen.active_mut().press(button, &self.look, now);
        self.follow(action, now)
    }
}
