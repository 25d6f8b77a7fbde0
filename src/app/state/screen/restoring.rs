//! What lies on disk is being read: at the start, for an account that was chosen, and for who is on this device.

use std::future::Future;

use iced::task::Handle;
use iced::widget::{column, container};
use iced::{Fill, Task};

use super::{ActiveScreen, Screen, ScreenAction, ShownState};
use crate::app::error_text::ErrorText;
use crate::app::i18n::fl;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen::problem::Problem;
use crate::app::screen::who::Choices;
use crate::app::screen_reader::Reading;
use crate::app::state::accounts::Opened;
use crate::app::state::first_screen::Booted;
use crate::app::state::{App, Message as AppMessage, Now};
use crate::app::theme::{Look, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::{Chrome, frame, text};
use crate::session::Account;

/// Stands on the screen until the work that it owns has an answer; the work stops with it.
#[derive(Debug, Default)]
pub(in crate::app) struct Restoring {
    /// Whether it takes so long that words are due.
    slow: bool,
    _work: Option<Handle>,
}

/// What comes of the work.
pub enum Message {
    /// It takes long.
    Slow,
    /// What the program begins with.
    Booted(Box<Booted>),
    /// Everybody on this device is known.
    Listed(Box<Choices>),
    /// An account that was chosen has been read.
    Opened(Box<Account>, Box<Opened>),
    /// It failed.
    Failed(ErrorText),
}

impl Restoring {
    fn new(work: impl Future<Output = Message> + Send + 'static) -> (Self, Task<Message>) {
        let slow = Task::perform(tokio::time::sleep(token::PATIENCE), |()| Message::Slow);
        let (task, handle) = Task::batch([Task::future(work), slow]).abortable();
        let screen = Self {
            slow: false,
            _work: Some(handle.abort_on_drop()),
        };
        (screen, task)
    }
}

impl ActiveScreen for Restoring {
    fn shown(&self) -> ShownState {
        let state = if self.slow { "slow" } else { "starting" };
        ("restoring", state, None)
    }

    fn reading(&self) -> Option<Reading> {
        let slow = self.slow;
        slow.then(|| Reading::new("restoring", fl!("restoring")))
    }

    fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, AppMessage> {
        let words = self.slow.then(|| text::body(look, fl!("restoring")));
        let middle = column![].push(words).padding([0.0, ring_room(look)]);
        frame(look, chrome, container(middle).center_y(Fill))
    }

    fn press(&mut self, _: Button, _: &Look, _: Now) -> ScreenAction {
        ScreenAction::None
    }

    /// What comes next may be.
    fn is_live(&self) -> bool {
        true
    }
}

impl App {
    /// Shows that something is being read until `work` answers.
    pub(in crate::app::state) fn wait_for(
        &mut self,
        work: impl Future<Output = Message> + Send + 'static,
    ) -> Task<AppMessage> {
        let (screen, task) = Restoring::new(work);
        self.screen = Screen::Restoring(screen);
        task.map(AppMessage::from)
    }

    pub(in crate::app::state) fn on_restoring(
        &mut self,
        message: Message,
        now: Now,
    ) -> Task<AppMessage> {
        match message {
            Message::Slow => {
                if let Screen::Restoring(screen) = &mut self.screen {
                    screen.slow = true;
                }
                Task::none()
            }
            Message::Booted(booted) => self.booted(*booted, now),
            Message::Listed(choices) => self.gathered(*choices, now),
            Message::Opened(wanted, opened) => self.opened(*wanted, *opened, now),
            Message::Failed(words) => {
                self.screen = Screen::Problem(Problem::new(words));
                Task::none()
            }
        }
    }
}
