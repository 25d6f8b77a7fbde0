//! The code and what becomes of it.

use iced::Task;

use super::{ActiveScreen, OverVisit, Screen, ScreenAction, ShownState};
use crate::app::activation::{HASTE, Target};
use crate::app::focus::Controls;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen::Context;
use crate::app::screen::sign_in::{self, Action, SignIn};
use crate::app::screen_reader::Reading;
use crate::app::state::accounts::Behind;
use crate::app::state::message::ScreenMessage;
use crate::app::state::{App, Message, Now};
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use crate::config::{Aloud, Remember};
use crate::host::start_delay::StartDelay;
use crate::session::Destination;

impl ActiveScreen for SignIn {
    fn shown(&self) -> ShownState {
        ("sign_in", self.state(), self.focus())
    }

    fn reading(&self) -> Option<Reading> {
        Some(self.reading())
    }

    fn has_backdrop(&self) -> bool {
        self.says_one_thing()
    }

    fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        self.view(look, chrome).map(Message::from)
    }

    fn hush(&mut self) {
        self.hush();
    }

    fn press(&mut self, button: Button, _: &Look, now: Now) -> ScreenAction {
        ScreenAction::SignIn(self.press(button, now.instant))
    }

    fn error(&self) -> Option<&'static str> {
        self.error()
    }

    fn goes_back(&self) -> bool {
        self.has_a_header()
    }

    fn controls(&mut self) -> Option<&mut dyn Controls> {
        Some(self.controls())
    }

    /// Its seconds stood still meanwhile.
    fn uncovered(&mut self, now: Now) {
        let _ = self.update(sign_in::Message::Tick(now.instant), now.instant);
    }

    fn activation(&self, target: Target) -> Option<Target> {
        // OK asked for the code; another one would take that back.
        if self.is_asked() {
            return Some(target.still_for(HASTE));
        }
        Some(target)
    }

    fn over_visit(&self) -> OverVisit {
        OverVisit::Beside
    }

    fn is_live(&self) -> bool {
        self.is_live()
    }
}

impl App {
    /// Signs in on the profile of this program, where no person is signed in.
    pub(in crate::app::state) fn sign_in(&mut self, now: Now) -> Task<Message> {
        let destination = Destination::Profile(self.launch.profile.clone());
        self.sign_in_at(destination, Behind::Welcome, now)
    }

    /// The same without a person's wish, as the owner wants it, once the start of this box is over.
    pub(in crate::app::state) fn sign_in_by_itself(&mut self, now: Now) -> Task<Message> {
        let start = self.start_delay();
        if !start.is_over() {
            let over = async move { start.over().await };
            let due = Task::perform(over, |()| Message::Screen(ScreenMessage::SignInIsDue));
            return Task::batch([self.welcome(None), due]);
        }
        let destination = Destination::Profile(self.launch.profile.clone());
        self.begin_sign_in(destination, Behind::Welcome, start, now)
    }

    /// Signs in at a destination, over what the person may go back to.
    pub(super) fn sign_in_at(
        &mut self,
        destination: Destination,
        behind: Behind,
        now: Now,
    ) -> Task<Message> {
        self.begin_sign_in(destination, behind, StartDelay::none(), now)
    }

    fn begin_sign_in(
        &mut self,
        destination: Destination,
        behind: Behind,
        start: StartDelay,
        now: Now,
    ) -> Task<Message> {
        let Some(context) = self.context.clone() else {
            return self.boot(now);
        };
        let context = &Context { start, ..context };
        let destination = match context.config.sign_in.remember {
            Remember::Always => destination,
            Remember::Ask | Remember::Never => destination.of_a_guest(),
        };
        // The person behind is still here, and that session still in use.
        if !matches!(behind, Behind::Home(_)) {
            self.accounts.stop_keeping();
        }
        let (screen, task) = SignIn::new(context, destination, now.instant);
        let on_arrival = self.read_aloud() == Aloud::Code;
        let screen = screen.read_aloud_on_arrival(on_arrival);
        self.accounts.behind = behind;
        self.screen = Screen::SignIn(screen);
        task.map(Message::from)
    }

    pub(in crate::app::state) fn on_sign_in(&mut self, action: Action, now: Now) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => task.map(Message::from),
            Action::Leave => self.back(None),
            Action::Diagnose => self.diagnose(),
            Action::SignedIn(session) => {
                self.idle.activity(now.uptime);
                self.diagnostics = None;
                self.greet(session, now)
            }
        }
    }
}

#[cfg(test)]
mod tests;
