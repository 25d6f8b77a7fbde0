//! The welcome: no person is signed in.

use iced::Task;

use super::{ActiveScreen, Screen, ScreenAction, ShownState};
use crate::app::focus::Controls;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen::welcome::{Action, Notice, Welcome};
use crate::app::screen_reader::Reading;
use crate::app::state::{App, Message, Now};
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use crate::config;
use crate::host::default_route;

impl ActiveScreen for Welcome {
    fn shown(&self) -> ShownState {
        ("welcome", self.state(), self.focus())
    }

    fn reading(&self) -> Option<Reading> {
        Some(self.reading())
    }

    fn has_backdrop(&self) -> bool {
        true
    }

    fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        self.view(look, chrome)
    }

    fn press(&mut self, button: Button, _: &Look, _: Now) -> ScreenAction {
        ScreenAction::Welcome(self.press(button))
    }

    fn controls(&mut self) -> Option<&mut dyn Controls> {
        Some(self.controls())
    }

    fn shows_network(&self) -> bool {
        true
    }

    fn network(&mut self, network: Option<bool>) {
        self.network(network);
    }
}

impl App {
    pub(in crate::app::state) fn welcome(&mut self, notice: Option<Notice>) -> Task<Message> {
        self.accounts.stop_keeping();
        self.preferences.close_panel();
        let mut welcome = Welcome::new(&self.chrome.title, &self.launch.profile, notice);
        welcome.network(self.network());
        self.screen = Screen::Welcome(welcome);
        Task::none()
    }

    pub(super) fn on_welcome(&mut self, action: Action, now: Now) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::SignIn => self.sign_in(now),
            Action::Diagnose => self.diagnose(),
            Action::Open(which) => {
                self.open(which);
                Task::none()
            }
        }
    }

    /// Whether there is a network to reach the sign-in server through; nothing where it is on this box.
    pub(in crate::app::state) fn network(&self) -> Option<bool> {
        let context = self.context.as_ref()?;
        let issuer = context.client.issuer().parse().ok()?;
        (!config::is_loopback(&issuer)).then(default_route::exists)?
    }
}
