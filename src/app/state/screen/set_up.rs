//! There is no configuration: what to write, and the demo.

use std::sync::Arc;

use iced::Task;

use super::{ActiveScreen, ScreenAction, ShownState};
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen::set_up::{Action, SetUp};
use crate::app::screen_reader::Reading;
use crate::app::state::{App, Message, Now};
use crate::app::theme::Look;
use crate::app::widget::Chrome;

impl ActiveScreen for SetUp {
    fn shown(&self) -> ShownState {
        ("set_up", self.state(), self.focus())
    }

    fn reading(&self) -> Option<Reading> {
        Some(self.reading())
    }

    fn has_backdrop(&self) -> bool {
        true
    }

    fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        self.view(look, chrome).map(Message::from)
    }

    fn press(&mut self, button: Button, _: &Look, _: Now) -> ScreenAction {
        ScreenAction::SetUp(self.press(button))
    }
}

impl App {
    pub(in crate::app::state) fn on_set_up(&mut self, action: Action, now: Now) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => task.map(Message::from),
            Action::Start(config) => {
                self.launch.config = Some(Arc::new(*config));
                // The owner's accounts stay untouched.
                self.launch.profile = "demo".to_owned();
                self.boot(now)
            }
        }
    }
}
