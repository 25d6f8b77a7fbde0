//! Everything behind the sign-in: the rows, and the screens that open above them.

mod clock;
pub mod draw;
pub mod error_text;
pub mod hero;
mod levels;
mod loading;
mod opened;
mod reach;
mod reading;
pub mod rows;
#[cfg(test)]
pub(crate) mod simulated;
mod staleness;
mod view;

use std::time::Instant;

use device_flow::Jitter;
use iced::Task;

use super::Context;
use super::account::{self, AccountEntry, AccountScreen, EntryConditions};
use super::detail::{self, Detail};
use crate::api::{self, Page, Refresh};
use crate::app::activation::{LOOK, Target};
use crate::app::focus::Controls;
use crate::app::i18n;
use crate::app::pictures::{self, Pictures};
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use crate::config::Profile;
use crate::session::{self, Session, SignOut};
use hero::Hero;
use opened::Opened;
use reach::{budget, reach};
use rows::{Focused, Rows};
pub use view::measure;
#[cfg(test)]
pub use view::view;

/// The signed-in area: home, detail and account, one above the other.
#[derive(Debug)]
pub struct Home {
    session: Session,
    profile: Profile,
    api: Option<Result<api::Client, api::Error>>,
    account: session::Account,
    conditions: EntryConditions,
    rows: Rows,
    hero: Hero,
    /// Lists that cards have opened, one above the other.
    opened: Vec<Opened>,
    /// How many lists were opened so far.
    openings: u64,
    pictures: Pictures,
    over: Overlay,
    /// When the rows are next looked at without anything else happening.
    timer: Option<loading::RowTimer>,
}

/// What is above the rows.
#[derive(Debug)]
enum Overlay {
    Nothing,
    Detail(Detail),
    Account(AccountScreen),
}

/// What happens in the signed-in area.
#[derive(Debug, Clone)]
pub enum Message {
    /// A page of a row is there, or is not.
    Row {
        /// Which row.
        serial: u64,
        /// Its cards.
        result: Result<Page, api::Error>,
    },
    /// The rows in the place of one are there, or are not.
    Rows {
        /// Which row.
        serial: u64,
        /// What was found.
        result: Result<api::Rows, api::Error>,
    },
    /// It is time to load a row.
    Due,
    /// Pictures are there, or are not.
    Picture(pictures::Message),
    /// An action of the detail screen has ended.
    Detail(detail::Message),
    /// The person is signed out; this became of it.
    SignedOut(SignOut),
}

/// What the signed-in area wants of its parent.
#[derive(Debug)]
pub enum Action {
    None,
    /// Work to do.
    Run(Task<Message>),
    /// The person signed out; this became of it.
    SignedOut(SignOut),
    /// Something on the account screen that is not ours to do.
    Account(AccountEntry),
    /// The server ended the session, in the words of [`crate::session::Error::Ended`].
    Ended(String),
}

impl Home {
    /// Starts loading what the owner's API has.
    pub fn new(
        context: &Context,
        session: Session,
        look: &Look,
        now: Instant,
    ) -> (Self, Task<Message>) {
        let config = &context.config;
        let (api, source) = reach(context, &session);
        let account = session.account();
        let configured = match &api {
            Some(Ok(client)) => client.rows(),
            Some(Err(_)) | None => Vec::new(),
        };
        let (pictures, coming) = match source {
            Some(source) => Pictures::new(source, budget(config)),
            None => (Pictures::default(), Task::none()),
        };
        let jitter = Jitter::new(context.start.spread());
        let mut home = Self {
            account,
            conditions: EntryConditions::default(),
            session,
            profile: config.profile.clone(),
            api,
            rows: Rows::new(&configured, &measure(look), now).jittered(jitter),
            hero: Hero::default(),
            opened: Vec::new(),
            openings: 0,
            pictures,
            over: Overlay::Nothing,
            timer: None,
        };
        let task = home.load(look, now);
        (home, Task::batch([task, coming.map(Message::Picture)]))
    }

    /// Who else is on this device, and whether there is a PIN.
    pub fn set_conditions(&mut self, conditions: EntryConditions) {
        self.conditions = conditions;
        if let Overlay::Account(account) = &mut self.over {
            account.set_conditions(conditions);
        }
    }

    /// As it was last told.
    pub fn conditions(&self) -> EntryConditions {
        self.conditions
    }

    /// The account's picture for a screen that stands before this one.
    pub fn portrait(&self, look: &Look) -> Pictures {
        let side = account::tile_portrait(look);
        let key = self.account.picture.as_ref();
        let key = key.map(|url| account::circle(url, side));
        key.map_or_else(Pictures::default, |key| self.pictures.only(&key))
    }

    /// The pictures that are there.
    pub fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// Whether the person is being signed out.
    fn is_leaving(&self) -> bool {
        matches!(&self.over, Overlay::Account(account) if account.is_doing())
    }

    /// Whether anything is above the rows that Back leaves.
    pub fn goes_back(&self) -> bool {
        let over = !matches!(self.over, Overlay::Nothing) && !self.is_leaving();
        over || !self.opened.is_empty()
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button, look: &Look, now: Instant) -> Action {
        self.top_mut().attend(now);
        match button {
            Button::Home if !self.is_leaving() => {
                self.over = Overlay::Nothing;
                self.opened.clear();
                self.rows.go_to_the_first(now);
                return Action::Run(self.load(look, now));
            }
            Button::Menu if !matches!(self.over, Overlay::Account(_)) => {
                self.open_account();
                return Action::Run(self.load(look, now));
            }
            _ => {}
        }
        match &mut self.over {
            Overlay::Nothing => self.press_rows(button, look, now),
            Overlay::Detail(detail) => {
                let action = detail.press(button);
                return self.detail(action, look, now);
            }
            Overlay::Account(account) => match account.press(button) {
                account::Action::None => {}
                account::Action::Close => self.over = Overlay::Nothing,
                account::Action::Chosen(AccountEntry::SignOut) => {
                    let session = self.session.clone();
                    let work = async move { session.sign_out().await };
                    return Action::Run(Task::perform(work, Message::SignedOut));
                }
                account::Action::Chosen(entry) => return Action::Account(entry),
            },
        }
        Action::Run(self.load(look, now))
    }

    fn open_account(&mut self) {
        self.account = self.session.account();
        let account = self.account.clone();
        self.over = Overlay::Account(AccountScreen::new(account, &self.profile, self.conditions));
    }

    fn detail(&mut self, action: detail::Action, look: &Look, now: Instant) -> Action {
        match action {
            detail::Action::None => {}
            detail::Action::Close => self.over = Overlay::Nothing,
            detail::Action::Changed(which) => self.refresh(&which, now),
            detail::Action::Open { serial, card } => {
                let _ = self.open(serial, &card, look, now);
            }
            detail::Action::Run(request) => {
                let Some(Ok(client)) = self.client() else {
                    return Action::None;
                };
                // Not aborted when the screen is left: the person asked for it.
                let work = async move {
                    let result = client.act(&request).await;
                    detail::Message { request, result }
                };
                return Action::Run(Task::perform(work, Message::Detail));
            }
        }
        Action::Run(self.load(look, now))
    }

    /// What speaks with the owner's API, in the language of the screen.
    fn client(&self) -> Option<Result<api::Client, api::Error>> {
        let speaking = |client: api::Client| client.speaking(Some(i18n::language().tag));
        self.api.clone().map(|client| client.map(speaking))
    }

    /// Takes a message in.
    pub fn update(&mut self, message: Message, look: &Look, now: Instant) -> Action {
        let trouble = match &message {
            Message::Row { result, .. } => result.as_ref().err(),
            Message::Rows { result, .. } => result.as_ref().err(),
            Message::Detail(message) => message.result.as_ref().err(),
            Message::Due | Message::Picture(_) | Message::SignedOut(_) => None,
        };
        // A person who signs out is told how that went, and not what it did to a row.
        if let Some(words) = trouble.and_then(ended).filter(|_| !self.is_leaving()) {
            return Action::Ended(words);
        }
        match message {
            Message::Row { serial, result } => {
                if result.is_ok() {
                    self.pictures.forget_transient_failures();
                }
                let rows = self.rows_with(serial);
                let more = rows.and_then(|rows| rows.loaded(serial, result, now));
                self.renew_detail(serial, look);
                self.renew_opened(serial);
                let more = more.map_or_else(Task::none, |order| self.start(&order));
                Action::Run(Task::batch([more, self.load(look, now)]))
            }
            Message::Rows { serial, result } => {
                if let Some(rows) = self.rows_with(serial) {
                    rows.found(serial, result, now);
                }
                Action::Run(self.load(look, now))
            }
            Message::Due => {
                self.timer = None;
                Action::Run(self.load(look, now))
            }
            Message::Picture(message) => {
                let _ = self.pictures.update(message);
                Action::Run(self.load(look, now))
            }
            Message::Detail(message) => {
                let action = match &mut self.over {
                    Overlay::Detail(detail) => detail.update(&message),
                    // The screen is gone, but what it asked for was done all the same.
                    Overlay::Nothing | Overlay::Account(_) => message.change(),
                };
                self.detail(action, look, now)
            }
            Message::SignedOut(outcome) => Action::SignedOut(outcome),
        }
    }

    /// The card on the detail screen may have changed with its row; or it is gone for what was done there.
    fn renew_detail(&mut self, serial: u64, look: &Look) {
        let Overlay::Detail(detail) = &mut self.over else {
            return;
        };
        let opened = self.opened.iter().map(|opened| &opened.rows);
        let mut all = std::iter::once(&self.rows).chain(opened);
        let Some(row_state) = all.find_map(|rows| rows.by_serial(serial)) else {
            return;
        };
        if detail.row_serial() == serial && !detail.renew(row_state, look) {
            self.over = Overlay::Nothing;
        }
    }

    /// The viewer has chosen another language: the API is asked in it. [`Self::resized`] follows.
    pub fn language_changed(&mut self, now: Instant) {
        self.refresh(&Refresh::All, now);
    }

    /// The window has another size, or words another one.
    pub fn resized(&mut self, look: &Look, now: Instant) -> Task<Message> {
        self.rows.fit(&measure(look));
        for opened in &mut self.opened {
            opened.fit(look);
        }
        if let Overlay::Detail(detail) = &mut self.over {
            detail.fit(look);
        }
        self.load(look, now)
    }

    /// A person is back in front of the screen after a long time.
    pub fn returned(&mut self, look: &Look, now: Instant) -> Task<Message> {
        self.refresh(&Refresh::All, now);
        self.pictures.forget_failures();
        self.load(look, now)
    }

    /// Draws the screen on top.
    pub fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        match &self.over {
            Overlay::Nothing => match self.opened.last() {
                Some(opened) => opened.view(look, chrome, &self.pictures, &self.trail()),
                None => {
                    let shown = (&self.rows, &self.hero);
                    view::view(look, chrome, shown, &self.account, &self.pictures)
                }
            },
            Overlay::Detail(detail) => detail.view(look, chrome, &self.pictures),
            Overlay::Account(account) => account.view(look, chrome, &self.pictures),
        }
    }

    /// Which screen is on top, for `--ui-log`: `home`, `opened`, `detail`, `phone`, `account`.
    pub fn screen(&self) -> &'static str {
        match &self.over {
            Overlay::Nothing if self.opened.is_empty() => "home",
            Overlay::Nothing => "opened",
            Overlay::Detail(detail) if detail.is_on_phone() => "phone",
            Overlay::Detail(_) => "detail",
            Overlay::Account(_) => "account",
        }
    }

    /// What that screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match &self.over {
            Overlay::Nothing => self.top().state(),
            Overlay::Detail(detail) => detail.state(),
            Overlay::Account(account) => account.state(),
        }
    }

    /// What the rows in view show, from the top, for `--ui-log`.
    pub fn rows_shown(&self) -> Vec<&'static str> {
        match &self.over {
            Overlay::Nothing => self.top().words(),
            Overlay::Detail(_) | Overlay::Account(_) => Vec::new(),
        }
    }

    /// How many of the cards in view have a picture that is still to come, for `--ui-log`.
    pub fn blanks(&self, look: &Look) -> usize {
        if !matches!(self.over, Overlay::Nothing) {
            return 0;
        }
        let seen = self.top().pictures_in_view(look.radius());
        seen.iter()
            .filter(|key| self.pictures.is_to_come(key))
            .count()
    }

    /// Id of what has the focus, for `--ui-log`.
    pub fn focus(&self) -> Option<String> {
        match &self.over {
            Overlay::Nothing => Some(self.top().focused_name()),
            Overlay::Detail(detail) => Some(detail.focus()),
            Overlay::Account(account) => account.focus(),
        }
    }

    /// What OK would do there, by its name and more; nothing where there is nothing to press.
    pub fn aimed(&self, target: Target) -> Option<Target> {
        match &self.over {
            Overlay::Nothing if matches!(self.top().focused(), Focused::Nothing) => None,
            Overlay::Nothing => Some(target.still_for(LOOK)),
            Overlay::Account(_) => Some(target),
            Overlay::Detail(detail) => Some(detail.aimed(target.still_for(LOOK))),
        }
    }

    /// What can have the focus on the screen on top.
    pub fn controls(&mut self) -> &mut dyn Controls {
        match &mut self.over {
            Overlay::Nothing => match self.opened.last_mut() {
                Some(opened) => &mut opened.rows,
                None => &mut self.rows,
            },
            Overlay::Detail(detail) => detail,
            Overlay::Account(account) => account.controls(),
        }
    }

    /// The session in use, so that its end can wait for what is being written.
    pub fn session(&self) -> &Session {
        &self.session
    }
}

/// The words of an error that means the person must sign in again.
fn ended(error: &api::Error) -> Option<String> {
    match error {
        api::Error::Session(session::Error::Ended(words)) => Some(words.clone()),
        _ => None,
    }
}

#[cfg(test)]
pub(in crate::app) mod tests;
