//! Something went wrong that the person can only try again.

use iced::Task;

use super::{ActiveScreen, ScreenAction, ShownState};
use crate::app::focus::Controls;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen::problem::{Action, Problem};
use crate::app::screen_reader::Reading;
use crate::app::state::{App, Message, Now};
use crate::app::theme::Look;
use crate::app::widget::Chrome;

impl ActiveScreen for Problem {
    fn shown(&self) -> ShownState {
        ("error", "idle", self.focus())
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
        ScreenAction::Problem(self.press(button))
    }

    fn error(&self) -> Option<&'static str> {
        Some(self.code())
    }

    fn controls(&mut self) -> Option<&mut dyn Controls> {
        Some(self.controls())
    }
}

impl App {
    pub(super) fn on_problem(&mut self, action: Action, now: Now) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::TryAgain => self.boot(now),
            Action::Diagnose => self.diagnose(),
        }
    }
}
