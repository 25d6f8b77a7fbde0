//! "Who is watching?"

use iced::Task;

use super::{ActiveScreen, Screen, ScreenAction, ShownAccounts, ShownState};
use crate::app::focus::Controls;
use crate::app::pictures::Pictures;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen::pin::Purpose;
use crate::app::screen::who::{Action, Choices, Who};
use crate::app::screen_reader::Reading;
use crate::app::state::accounts::Behind;
use crate::app::state::{App, Message, Now};
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use crate::session::{Account, Listed};

impl ActiveScreen for Who {
    fn shown(&self) -> ShownState {
        ("who", self.state(), self.focus())
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
        ScreenAction::Who(self.press(button))
    }

    fn controls(&mut self) -> Option<&mut dyn Controls> {
        Some(self)
    }

    fn accounts(&self) -> ShownAccounts<'_> {
        ShownAccounts::All
    }

    fn portrait(&self, account: &Account, look: &Look) -> Pictures {
        self.portrait(account, look)
    }

    fn resized(&mut self, look: &Look, _: Now) -> Task<Message> {
        self.resized(look);
        Task::none()
    }
}

impl App {
    /// Everybody on this device is known.
    pub(in crate::app::state) fn gathered(&mut self, choices: Choices, now: Now) -> Task<Message> {
        let choices = Choices {
            guests: self.accounts.guests.accounts(),
            ..choices
        };
        if choices.listed.is_empty() && choices.guests.is_empty() {
            self.accounts.behind = Behind::Welcome;
            return self.welcome(choices.notice);
        }
        let Some(context) = &self.context else {
            return self.boot(now);
        };
        self.accounts.behind = Behind::Who;
        let (mut screen, task) = Who::new(context, choices, &self.launch.profile, &self.look);
        if let Some(tile) = self.accounts.tile.take() {
            // It may be gone; then the focus is where it would be.
            let _ = screen.aim(&tile);
        }
        self.screen = Screen::Who(screen);
        task.map(Message::from)
    }

    /// Who is on this device now, after "Who is watching?" has heard of a change.
    pub(in crate::app::state) fn who_listed(
        &mut self,
        listed: Option<Vec<Listed>>,
        now: Now,
    ) -> Task<Message> {
        let (Screen::Who(who), Some(listed)) = (&self.screen, listed) else {
            return Task::none();
        };
        if who.shows(&listed, &self.accounts.guests.accounts()) {
            return Task::none();
        }
        self.accounts.tile = who.focus();
        let choices = Choices {
            listed,
            ..Choices::default()
        };
        self.gathered(choices, now)
    }

    pub(super) fn on_who(&mut self, action: Action, now: Now) -> Task<Message> {
        if let Screen::Who(screen) = &self.screen {
            self.accounts.tile = screen.focus();
        }
        match action {
            Action::None => Task::none(),
            Action::Open { account, pin: true } => self.ask_pin(*account, Purpose::Unlock, now),
            Action::Open {
                account,
                pin: false,
            } => self.open_account(*account, false, now),
            Action::OpenGuest(account) => self.open_guest(&account, now),
            Action::SignIn(destination) => self.sign_in_at(destination, Behind::Who, now),
            Action::SetAside(profile) => {
                let Some(context) = &self.context else {
                    return self.boot(now);
                };
                // One rename; the list that follows tells whether it went well.
                if let Err(error) = context.accounts.set_aside(&profile) {
                    tracing::warn!(%error, "a broken account file stays where it is");
                }
                self.root(None)
            }
        }
    }
}
