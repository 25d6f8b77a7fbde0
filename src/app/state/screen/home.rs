//! A person's home, with the screens that open above it.

use iced::Task;

use super::{ActiveScreen, Screen, ScreenAction, ShownState};
use crate::app::activation::Target;
use crate::app::focus::Controls;
use crate::app::pictures::Pictures;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen::account::AccountEntry;
use crate::app::screen::home::{Action, Home};
use crate::app::screen::panel::PanelKind;
use crate::app::screen::pin::Purpose;
use crate::app::screen_reader::Reading;
use crate::app::state::accounts::{Behind, Visit};
use crate::app::state::{App, Message, Now, VisitMessage};
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use crate::session::{Account, Destination, Session};

impl ActiveScreen for Visit {
    fn shown(&self) -> ShownState {
        (self.home.screen(), self.home.state(), self.home.focus())
    }

    fn reading(&self) -> Option<Reading> {
        Some(self.home.reading())
    }

    fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        let number = self.number;
        let home = self.home.view(look, chrome);
        home.map(move |message| Message::Visit(number, VisitMessage::Home(message)))
    }

    fn press(&mut self, button: Button, look: &Look, now: Now) -> ScreenAction {
        ScreenAction::Home(self.number, self.home.press(button, look, now.instant))
    }

    fn error(&self) -> Option<&'static str> {
        (self.home.state() == "failed").then_some("rows_failed")
    }

    fn controls(&mut self) -> Option<&mut dyn Controls> {
        Some(self.home.controls())
    }

    fn activation(&self, target: Target) -> Option<Target> {
        self.home.aimed(target)
    }

    fn goes_back(&self) -> bool {
        self.home.goes_back()
    }

    fn visit(&self) -> Option<&Visit> {
        Some(self)
    }

    fn visit_mut(&mut self) -> Option<&mut Visit> {
        Some(self)
    }

    fn rows(&self, look: &Look) -> (Vec<&'static str>, usize) {
        (self.home.rows_shown(), self.home.blanks(look))
    }

    fn moves(&self) -> bool {
        self.home.moves()
    }

    fn minute(&mut self, look: &Look) {
        self.home.minute(look);
    }

    fn portrait(&self, _: &Account, look: &Look) -> Pictures {
        self.home.portrait(look)
    }

    fn resized(&mut self, look: &Look, now: Now) -> Task<Message> {
        let task = self.home.resized(look, now.instant);
        self.tell(task)
    }

    fn language_changed(&mut self, now: Now) {
        self.home.language_changed(now.instant);
    }

    fn returned(&mut self, look: &Look, now: Now) -> Task<Message> {
        let task = self.home.returned(look, now.instant);
        self.tell(task)
    }
}

impl App {
    pub(in crate::app::state) fn go_home(&mut self, session: Session, now: Now) -> Task<Message> {
        let Some((visit, task)) = self.open_home(session, now) else {
            return self.boot(now);
        };
        self.screen = Screen::Home(visit);
        task
    }

    /// A visit whose home is loading, with a session that is kept fresh from now on. `None` before the configuration
    /// has been read.
    pub(in crate::app::state) fn open_home(
        &mut self,
        session: Session,
        now: Now,
    ) -> Option<(Visit, Task<Message>)> {
        self.note_profile(&session);
        let context = self.context.clone()?;
        let number = self.accounts.arrive();
        self.idle.unlocked();
        let start = context.start.clone();
        let keep = self.accounts.keep_fresh(&session, number, start);
        let conditions = self.find_conditions(&session, number);
        let (home, loading) = Home::new(&context, session, &self.look, now.instant);
        let visit = Visit::new(number, home);
        let loading = visit.tell(loading);
        Some((visit, Task::batch([loading, keep, conditions])))
    }

    /// What the home of a visit wants, on the screen or under it.
    pub(in crate::app::state) fn on_home(
        &mut self,
        visit: u64,
        action: Action,
        now: Now,
    ) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => {
                task.map(move |message| Message::Visit(visit, VisitMessage::Home(message)))
            }
            Action::SignedOut(outcome) => self.root(Some(super::notice(&outcome))),
            Action::Account(entry) => self.on_account(entry, now),
            Action::Ended(why) => self.ended(visit, &why),
        }
    }

    /// What was chosen on the account screen.
    pub(in crate::app::state) fn on_account(
        &mut self,
        entry: AccountEntry,
        now: Now,
    ) -> Task<Message> {
        let Screen::Home(visit) = &self.screen else {
            return Task::none();
        };
        let account = visit.session().account();
        match entry {
            AccountEntry::Language => {
                self.open(PanelKind::Language);
                Task::none()
            }
            AccountEntry::Accessibility => {
                self.open(PanelKind::Accessibility);
                Task::none()
            }
            AccountEntry::Diagnostics => self.diagnose(),
            AccountEntry::Switch => self.root(None),
            AccountEntry::Add => {
                let destination = Destination::Beside(self.launch.profile.clone());
                let behind = self.screen.take_home().map_or(Behind::Who, Behind::Home);
                self.sign_in_at(destination, behind, now)
            }
            AccountEntry::SetPin | AccountEntry::ChangePin => {
                self.ask_pin(account, Purpose::Set, now)
            }
            AccountEntry::RemovePin => self.ask_pin(account, Purpose::Remove, now),
            AccountEntry::SignOutEverybody => {
                self.sign_everybody_out(visit.number, visit.session().clone())
            }
            // Home does that itself.
            AccountEntry::SignOut => Task::none(),
        }
    }
}
