//! Everything behind the sign-in: the rows, and the screens that open above them.

pub mod draw;
pub mod rows;
pub mod words;

use std::collections::BTreeMap;
use std::time::Duration;

use futures::future::ready;
use futures::stream::{self, StreamExt};
use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, Padding, Task, border};

use super::Context;
use super::account::{self, Account, Company, Entry};
use super::detail::{self, Detail};
use crate::api::{self, Page};
use crate::app::focus::shelves::Focus;
use crate::app::focus::{Controls, Direction};
use crate::app::i18n::fl;
use crate::app::pictures::{self, Disk, Key, Pictures, Source};
use crate::app::remote::Button;
use crate::app::theme::{Look, shelf, token};
use crate::app::widget::button::{control_height, ring_room, ringed};
use crate::app::widget::frame::body_below_control;
use crate::app::widget::shelf::Measure;
use crate::app::widget::{Chrome, clamp, framed, named, text};
use crate::session::{self, Session, SignOut};
use rows::{Focused, Rows};

/// The signed-in area: home, detail and account, one above the other.
#[derive(Debug)]
pub struct Home {
    session: Session,
    claims: BTreeMap<String, String>,
    api: Option<Result<api::Client, api::Error>>,
    account: session::Account,
    company: Company,
    rows: Rows,
    pictures: Pictures,
    over: Over,
    visits: u64,
}

/// What is above the rows.
#[derive(Debug)]
enum Over {
    Nothing,
    Detail(Detail),
    Account(Account),
}

/// What happens in the signed-in area.
#[derive(Debug, Clone)]
pub enum Message {
    /// A row is there, or is not.
    Row {
        /// Which, from the top.
        row: usize,
        /// Its cards.
        result: Result<Page, api::Error>,
    },
    /// A picture is there, or is not.
    Picture(pictures::Message),
    /// An action of the detail screen has ended.
    Detail(detail::Message),
    /// The person is signed out; this became of it.
    SignedOut(SignOut),
}

/// What the signed-in area wants of its parent.
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Work to do.
    Run(Task<Message>),
    /// The person signed out; this became of it.
    SignedOut(SignOut),
    /// Something on the account screen that is not ours to do.
    Account(Entry),
    /// The server ended the session, in the words of [`crate::session::Error::Ended`].
    Ended(String),
}

impl Home {
    /// Starts loading what the owner's API has.
    pub fn new(context: &Context, session: Session, look: &Look) -> (Self, Task<Message>) {
        let config = &context.config;
        let api = config.api.as_ref().map(|api| {
            let ca_file = config.provider.ca_file.as_deref();
            api::Client::new(api, ca_file, session.clone(), Some(&context.cache_dir))
        });
        let configured = match &api {
            Some(Ok(client)) => client.rows(),
            Some(Err(_)) | None => Vec::new(),
        };
        let account = session.account();
        let (pictures, coming) = match &api {
            Some(Ok(client)) => {
                let disk = Disk::of(&context.cache_dir, &account);
                let source = Source::new(client.clone(), disk);
                Pictures::new(source, pictures::BUDGET)
            }
            Some(Err(_)) | None => (Pictures::default(), Task::none()),
        };
        let mut home = Self {
            account,
            company: Company::default(),
            session,
            claims: config.profile.claims.clone(),
            api,
            rows: Rows::new(&configured, measure(look).fits()),
            pictures,
            over: Over::Nothing,
            visits: 0,
        };
        let task = home.load(look);
        (home, Task::batch([task, coming.map(Message::Picture)]))
    }

    /// Who else is on this device, and whether there is a PIN.
    pub fn set_company(&mut self, company: Company) {
        self.company = company;
        if let Over::Account(account) = &mut self.over {
            account.set_company(company);
        }
    }

    /// As it was last told.
    pub fn company(&self) -> Company {
        self.company
    }

    /// The account's picture for a screen that stands before this one.
    pub fn portrait(&self, look: &Look) -> Pictures {
        let side = look.px(token::TILE_PORTRAIT);
        let key = self.account.picture.as_ref();
        let key = key.map(|url| account::circle(url, side));
        key.map_or_else(Pictures::default, |key| self.pictures.only(&key))
    }

    /// The pictures that are there.
    pub fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button, look: &Look) -> Action {
        match &mut self.over {
            Over::Nothing => self.press_rows(button),
            Over::Detail(detail) => {
                let action = detail.press(button);
                return self.detail(action, look);
            }
            Over::Account(account) => match account.press(button) {
                account::Action::None => {}
                account::Action::Close => self.over = Over::Nothing,
                account::Action::Chosen(Entry::SignOut) => {
                    let session = self.session.clone();
                    let work = async move { session.sign_out().await };
                    return Action::Run(Task::perform(work, Message::SignedOut));
                }
                account::Action::Chosen(entry) => return Action::Account(entry),
            },
        }
        Action::Run(self.load(look))
    }

    fn press_rows(&mut self, button: Button) {
        if let Some(direction) = Direction::of(button) {
            let _ = self.rows.go(direction);
            return;
        }
        match (button, self.rows.focused()) {
            (Button::Select, Focused::Account) => {
                self.account = self.session.account();
                let account = self.account.clone();
                self.over = Over::Account(Account::new(account, &self.claims, self.company));
            }
            (Button::Select, Focused::Card(row, card)) => {
                self.visits += 1;
                self.over = Over::Detail(Detail::new(row, card, self.visits));
            }
            (Button::Select, Focused::Failed(row)) => {
                self.pictures.forgive();
                self.rows.retry(row);
            }
            // Nothing is below home: Back is inert.
            _ => {}
        }
    }

    fn detail(&mut self, action: detail::Action, look: &Look) -> Action {
        match action {
            detail::Action::None => {}
            detail::Action::Close => self.over = Over::Nothing,
            detail::Action::Changed => self.rows.refresh(),
            detail::Action::Run {
                visit,
                action,
                press,
            } => {
                let Some(Ok(client)) = self.api.clone() else {
                    return Action::None;
                };
                // Not aborted when the screen is left: the person asked for it.
                let work = async move { client.press(&press).await.map(drop) };
                return Action::Run(Task::perform(work, move |result| {
                    Message::Detail(detail::Message {
                        visit,
                        action,
                        result,
                    })
                }));
            }
        }
        Action::Run(self.load(look))
    }

    /// Takes a message in.
    pub fn update(&mut self, message: Message, look: &Look) -> Action {
        match message {
            Message::Row { row, result } => {
                if let Some(words) = ended(result.as_ref().err()) {
                    return Action::Ended(words);
                }
                let again = self.rows.loaded(row, result);
                let again = again.map_or_else(Task::none, |wait| self.load_row(row, wait));
                Action::Run(Task::batch([again, self.load(look)]))
            }
            Message::Picture(message) => {
                let _ = self.pictures.update(message);
                Action::Run(self.load(look))
            }
            Message::Detail(message) => {
                if let Some(words) = ended(message.result.as_ref().err()) {
                    return Action::Ended(words);
                }
                let action = match &mut self.over {
                    Over::Detail(detail) => detail.update(message),
                    // The screen is gone, but what it asked for was done all the same.
                    Over::Nothing | Over::Account(_) if message.result.is_ok() => {
                        detail::Action::Changed
                    }
                    Over::Nothing | Over::Account(_) => detail::Action::None,
                };
                self.detail(action, look)
            }
            Message::SignedOut(outcome) => Action::SignedOut(outcome),
        }
    }

    /// The window has another size.
    pub fn resized(&mut self, look: &Look) -> Task<Message> {
        self.rows.fit(&measure(look));
        self.load(look)
    }

    /// Starts what is needed now and not on its way: rows first, then pictures.
    fn load(&mut self, look: &Look) -> Task<Message> {
        let rows: Vec<_> = self
            .rows
            .to_load()
            .into_iter()
            .map(|row| self.load_row(row, Duration::ZERO))
            .collect();
        let wanted = self.wanted(look);
        self.pictures.want(&wanted);
        Task::batch(rows)
    }

    fn load_row(&mut self, row: usize, wait: Duration) -> Task<Message> {
        let (Some(api), Some(shelf)) = (self.api.clone(), self.rows.shelf(row)) else {
            return Task::none();
        };
        let configured = shelf.row.clone();
        let pages = match api {
            Ok(client) => {
                let wait = stream::once(tokio::time::sleep(wait)).filter_map(|()| ready(None));
                wait.chain(client.page(&configured, None)).boxed()
            }
            Err(error) => stream::once(ready(Err(error))).boxed(),
        };
        let message = move |result| Message::Row { row, result };
        let (task, handle) = Task::run(pages, message).abortable();
        self.rows.loading(row, handle.abort_on_drop());
        task
    }

    /// The pictures to have, the most wanted first.
    fn wanted(&self, look: &Look) -> Vec<Key> {
        let mut wanted = match &self.over {
            Over::Nothing => Vec::new(),
            Over::Detail(detail) => detail.pictures(look),
            Over::Account(account) => account.pictures(look),
        };
        let radius = look.px(token::RADIUS);
        wanted.extend(self.rows.pictures(&measure(look), radius));
        let avatar = self.account.picture.iter();
        // Small in the corner, large in the greeting that stands before home.
        wanted.extend(avatar.flat_map(|url| {
            [shelf::AVATAR, token::PORTRAIT].map(|side| account::circle(url, look.px(side)))
        }));
        wanted
    }

    /// Draws the screen on top.
    pub fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        match &self.over {
            Over::Nothing => view(look, chrome, &self.rows, &self.account, &self.pictures),
            Over::Detail(detail) => detail.view(look, chrome, &self.pictures),
            Over::Account(account) => account.view(look, chrome, &self.pictures),
        }
    }

    /// Which screen is on top, for `--ui-log`: `home`, `detail`, `account`.
    pub fn screen(&self) -> &'static str {
        match self.over {
            Over::Nothing => "home",
            Over::Detail(_) => "detail",
            Over::Account(_) => "account",
        }
    }

    /// What that screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match &self.over {
            Over::Nothing => self.rows.state(),
            Over::Detail(detail) => detail.state(),
            Over::Account(account) => account.state(),
        }
    }

    /// Id of what has the focus, for `--ui-log`.
    pub fn focus(&self) -> Option<String> {
        match &self.over {
            Over::Nothing => Some(self.rows.focused_name()),
            Over::Detail(detail) => Some(detail.focus()),
            Over::Account(account) => account.focus(),
        }
    }

    /// What can have the focus on the screen on top.
    pub fn controls(&mut self) -> &mut dyn Controls {
        match &mut self.over {
            Over::Nothing => &mut self.rows,
            Over::Detail(detail) => detail,
            Over::Account(account) => account.controls(),
        }
    }

    /// The session in use, so that its end can wait for what is being written.
    pub fn session(&self) -> &Session {
        &self.session
    }
}

/// The measures of the rows below the line at the top.
pub fn measure(look: &Look) -> Measure {
    Measure::new(look, body_below_control(look))
}

/// Draws the rows.
pub fn view<'a, Message: 'a>(
    look: &Look,
    chrome: &'a Chrome,
    rows: &Rows,
    account: &session::Account,
    pictures: &Pictures,
) -> Element<'a, Message> {
    let on_account = rows.focus().focus() == Focus::Account;
    let beside = account_button(look, account, pictures, on_account);
    let body: Element<'a, Message> = if rows.is_empty() {
        let title = match account.display_name() {
            Some(name) => fl!("home-signed-in-as", name = name),
            None => fl!("home-signed-in"),
        };
        let title = clamp(&title, look.text(token::TITLE), look.px(token::MEASURE), 2);
        let words = column![
            text::title(look, title),
            text::body(look, fl!("home-no-api")).color(look.palette.muted),
        ]
        .spacing(look.px(token::GAP_S))
        .max_width(look.px(token::MEASURE));
        container(words)
            .padding([0.0, ring_room(look)])
            .height(Fill)
            .align_y(Center)
            .into()
    } else {
        draw::draw(rows, pictures, look, body_below_control(look)).into()
    };
    framed(look, chrome, Some(beside), body)
}

fn account_button<'a, Message: 'a>(
    look: &Look,
    account: &session::Account,
    pictures: &Pictures,
    focused: bool,
) -> Element<'a, Message> {
    let palette = look.palette;
    let (surface, ink) = if focused {
        (palette.accent, palette.on_accent)
    } else {
        (palette.ground, palette.text)
    };
    let size = look.text(token::BODY);
    let name = account
        .display_name()
        .map_or_else(|| fl!("home-account"), str::to_owned);
    let name = clamp(&name, size, look.px(shelf::NAME_WIDTH), 1);
    let radius = look.px(token::RADIUS);
    let side = look.px(shelf::AVATAR);
    let words = text::body(look, name)
        .color(ink)
        .wrapping(iced::widget::text::Wrapping::None);
    let face = row![account::portrait(look, account, pictures, side), words]
        .spacing(look.px(token::GAP_S))
        .align_y(Center);
    let control = container(face)
        .padding(
            Padding::default()
                .left(look.px(shelf::AVATAR_PADDING))
                .right(look.px(token::GAP_M)),
        )
        .height(control_height(look))
        .align_y(Center)
        .style(move |_| container::Style {
            background: Some(surface.into()),
            border: border::rounded(radius),
            ..container::Style::default()
        });
    named("account", ringed(look, control, focused))
}

/// The words of an error that means the person must sign in again.
fn ended(error: Option<&api::Error>) -> Option<String> {
    match error {
        Some(api::Error::Session(session::Error::Ended(words))) => Some(words.clone()),
        _ => None,
    }
}

#[cfg(test)]
pub(in crate::app) mod samples;
#[cfg(test)]
mod tests;
