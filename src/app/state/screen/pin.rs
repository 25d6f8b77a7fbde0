//! The PIN of an account.

use iced::Task;

use super::{ActiveScreen, OverVisit, Screen, ScreenAction, ShownAccounts, ShownState};
use crate::app::activation::{LOOK, Target};
use crate::app::focus::Controls;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen::account::EntryConditions;
use crate::app::screen::pin::{Action, PinPad, Purpose};
use crate::app::screen_reader::Reading;
use crate::app::state::accounts::Behind;
use crate::app::state::{App, Message, Now};
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use crate::session::{Account, Destination};

impl ActiveScreen for PinPad {
    fn shown(&self) -> ShownState {
        ("pin", self.state(), self.focus())
    }

    fn reading(&self) -> Option<Reading> {
        self.reading()
    }

    fn has_backdrop(&self) -> bool {
        true
    }

    fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        self.view(look, chrome).map(Message::from)
    }

    fn press(&mut self, button: Button, look: &Look, now: Now) -> ScreenAction {
        ScreenAction::Pin(self.press(button, look, now.instant))
    }

    fn goes_back(&self) -> bool {
        true
    }

    fn controls(&mut self) -> Option<&mut dyn Controls> {
        Some(self)
    }

    /// OK would be the first digit.
    fn activation(&self, target: Target) -> Option<Target> {
        Some(target.still_for(LOOK))
    }

    fn over_visit(&self) -> OverVisit {
        OverVisit::Within
    }

    fn accounts(&self) -> ShownAccounts<'_> {
        ShownAccounts::One(self.account())
    }

    fn asks_for_digits(&self) -> bool {
        self.asks_for_digits()
    }
}

impl App {
    /// Puts the PIN pad over what is on; a home is kept under it.
    pub(in crate::app::state) fn ask_pin(
        &mut self,
        account: Account,
        purpose: Purpose,
        now: Now,
    ) -> Task<Message> {
        let Some(context) = &self.context else {
            return self.boot(now);
        };
        let portrait = self.screen.active().portrait(&account, &self.look);
        let (pad, task) = PinPad::new(&context.accounts, account, portrait, purpose, now.instant);
        self.accounts.behind = self.screen.take_home().map_or(Behind::Who, Behind::Home);
        self.screen = Screen::Pin(Box::new(pad));
        task.map(Message::from)
    }

    pub(in crate::app::state) fn on_pin(&mut self, action: Action, now: Now) -> Task<Message> {
        let Screen::Pin(pad) = &self.screen else {
            return Task::none();
        };
        match action {
            Action::None => Task::none(),
            Action::Run(task) => task.map(Message::from),
            Action::Leave => self.back(None),
            Action::Unlocked => {
                let account = pad.account().clone();
                self.open_account(account, true, now)
            }
            Action::Changed(pin) => {
                let task = self.back(None);
                if let Screen::Home(visit) = &mut self.screen {
                    let conditions = visit.home.conditions();
                    visit
                        .home
                        .set_conditions(EntryConditions { pin, ..conditions });
                }
                task
            }
            Action::SignIn => {
                let destination = Destination::Beside(pad.account().profile.clone());
                let behind = std::mem::take(&mut self.accounts.behind);
                self.sign_in_at(destination, behind, now)
            }
        }
    }
}
