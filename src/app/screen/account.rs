//! Who is signed in, what this device may do, and what can be done about it.

mod entries;
mod fact_room;
mod facts;
mod guest;
mod portrait;
mod reading;

use iced::widget::{Space, column, container, row};
use iced::{Center, Fill, Size};
use url::Url;

use crate::app::focus::{Controls, Direction, Grid, HasId};
use crate::app::i18n::{self, fl};
use crate::app::pictures::{PictureKey, Pictures};
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::theme::{Look, token};
use crate::app::widget::clamp::lines;
use crate::app::widget::control::ring_room;
use crate::app::widget::frame::body_below;
use crate::app::widget::menu::{ItemValue, MenuItem, menu, menu_height, menu_width};
use crate::app::widget::{Chrome, button, buttons, clamp, frame_at, text};
use crate::config::Profile;
use crate::session;
pub use entries::{AccountEntry, EntryConditions};
use entries::{Confirmation, entries};
use fact_room::FactRoom;
use facts::{Claims, ScopeNames};
pub use guest::{guest_line, tile_words};
pub use portrait::{circle, greeting_portrait, portrait, tile_portrait};

/// Lines of the warning that nothing could be saved.
const WARNING_LINES: usize = 3;

/// The account screen.
#[derive(Debug)]
pub struct AccountScreen {
    account: session::Account,
    /// What is told of the person, and what that is called.
    claims: Claims,
    /// What the owner calls scopes.
    scopes: ScopeNames,
    conditions: EntryConditions,
    step: AccountStep,
    focus: Grid<AccountControl>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AccountStep {
    Shown,
    Asking(AccountEntry),
    Doing(AccountEntry),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AccountControl {
    Entry(AccountEntry),
    Confirm,
    Stay,
}

impl HasId for AccountControl {
    fn id(self) -> &'static str {
        match self {
            Self::Entry(entry) => entry.line().map_or("", |line| line.id),
            Self::Confirm => "confirm",
            Self::Stay => "stay",
        }
    }
}

/// What the account screen wants of its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    None,
    /// Back to the rows.
    Close,
    /// Do this. Where it was asked for with a question, the screen stays until it is done.
    Chosen(AccountEntry),
}

impl AccountScreen {
    /// The screen of an account. `profile` names the claims that are shown, and says what they and scopes are called.
    pub fn new(account: session::Account, profile: &Profile, conditions: EntryConditions) -> Self {
        let conditions = EntryConditions {
            guest: account.guest,
            ..conditions
        };
        let claims = facts::claims(&account, profile);
        Self {
            account,
            claims,
            scopes: profile.scopes.clone(),
            conditions,
            step: AccountStep::Shown,
            focus: list(conditions),
        }
    }

    /// Other accounts came or went, or the PIN is another; the focus stays.
    pub fn set_conditions(&mut self, conditions: EntryConditions) {
        self.conditions = EntryConditions {
            guest: self.account.guest,
            ..conditions
        };
        let conditions = self.conditions;
        if self.step == AccountStep::Shown {
            self.focus.replace(rows(conditions));
        }
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button) -> Action {
        if let Some(direction) = Direction::of(button) {
            let _ = self.focus.step(direction);
            return Action::None;
        }
        match (self.step, button, self.focus.focused()) {
            (AccountStep::Shown, Button::Back, _) => Action::Close,
            (AccountStep::Shown, Button::Select, Some(AccountControl::Entry(entry))) => {
                self.choose(entry)
            }
            (AccountStep::Asking(entry), Button::Select, Some(AccountControl::Confirm)) => {
                self.step = AccountStep::Doing(entry);
                Action::Chosen(entry)
            }
            (AccountStep::Asking(entry), Button::Select | Button::Back, _) => {
                self.step = AccountStep::Shown;
                self.focus = list(self.conditions);
                self.focus.focus(AccountControl::Entry(entry));
                Action::None
            }
            _ => Action::None,
        }
    }

    fn choose(&mut self, entry: AccountEntry) -> Action {
        if confirmation(entry).is_none() {
            return Action::Chosen(entry);
        }
        self.step = AccountStep::Asking(entry);
        self.focus = Grid::new(vec![vec![AccountControl::Confirm, AccountControl::Stay]]);
        // A second press of a heavy thumb must not sign anybody out.
        self.focus.focus(AccountControl::Stay);
        Action::None
    }

    /// The pictures of this screen.
    pub fn pictures(&self, look: &Look) -> Vec<PictureKey> {
        let key = |url: &Url| portrait_key(look, url);
        self.account.picture.iter().map(key).collect()
    }

    /// Draws the screen.
    pub fn view<'a, Message: 'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
        pictures: &Pictures,
    ) -> Element<'a, Message> {
        let (inset, place) = (ring_room(look), fl!("account-title"));
        if let AccountStep::Asking(entry) | AccountStep::Doing(entry) = self.step {
            // One question on the screen, and nothing beside it.
            let width = look.safe().width - 2.0 * inset;
            let who = container(self.who(look, pictures, width)).padding([0.0, inset]);
            let asked = column![
                who,
                Space::new().height(look.px(token::GAP_L)),
                self.confirmation(look, entry)
            ];
            return frame_at(look, chrome, &place, container(asked).center_y(Fill));
        }
        let room = body_below(look);
        if look.is_on_end() {
            let body = self.one_above_the_other(look, pictures, room);
            return frame_at(look, chrome, &place, body);
        }
        let items = self.items();
        let menu_width = menu_width(look, &items)
            .min(room.width * token::MENU_MOST_SHARE)
            .max(room.width * token::MENU_SHARE)
            .round();
        let width = room.width - menu_width - look.px(token::GAP_XL) - inset;
        let known = column![
            self.who(look, pictures, width),
            Space::new().height(look.px(token::GAP_L)),
            self.facts(look, width, room.height),
        ]
        .width(width);
        let size = Size::new(menu_width, room.height);
        frame_at(
            look,
            chrome,
            &place,
            row![
                Space::new().width(inset),
                known,
                Space::new().width(look.px(token::GAP_XL)),
                self.menu(look, size),
            ],
        )
    }

    /// What is known above the menu, on a screen that stands on end.
    fn one_above_the_other<'a, Message: 'a>(
        &'a self,
        look: &Look,
        pictures: &Pictures,
        room: Size,
    ) -> Element<'a, Message> {
        let (inset, gap) = (ring_room(look), look.px(token::GAP_L));
        let lines = entries(self.conditions).count();
        let menu = menu_height(look, lines).min((room.height / 2.0).round());
        let width = room.width - 2.0 * inset;
        let known = column![
            self.who(look, pictures, width),
            Space::new().height(gap),
            self.facts(look, width, room.height - menu - gap),
        ];
        column![
            container(known).padding([0.0, inset]),
            Space::new().height(Fill),
            self.menu(look, Size::new(room.width, menu)),
        ]
        .into()
    }

    fn items(&self) -> Vec<MenuItem> {
        entries(self.conditions)
            .map(|line| MenuItem {
                id: line.id.into(),
                icon: Some(line.icon),
                words: (line.words)(),
                value: match line.entry {
                    AccountEntry::Language => ItemValue::Says(i18n::language().name.to_owned()),
                    _ => ItemValue::None,
                },
            })
            .collect()
    }

    fn menu<'a, Message: 'a>(&self, look: &Look, size: Size) -> Element<'a, Message> {
        let focused = entries(self.conditions)
            .position(|line| self.focus.has(AccountControl::Entry(line.entry)));
        menu(look, &self.items(), focused, size)
    }

    fn who<'a, Message: 'a>(
        &'a self,
        look: &Look,
        pictures: &Pictures,
        width: f32,
    ) -> Element<'a, Message> {
        let side = portrait_side(look);
        let room = width - side - look.px(token::GAP_M);
        let title = self
            .account
            .display_name()
            .map_or_else(|| fl!("account-nameless"), str::to_owned);
        let email = self
            .account
            .email
            .as_deref()
            .filter(|email| *email != title)
            .map(|email| {
                let shown = text::one_line(look, email, token::BODY, room);
                text::body(look, shown).color(look.palette.muted)
            });
        let shown = clamp(&title, look.text(token::HEADING), room, 2);
        row![
            portrait(look, &self.account, pictures, side),
            column![text::heading(look, shown)]
                .push(email)
                .push(guest_line(look, &self.account, room))
                .spacing(look.px(token::GAP_XS)),
        ]
        .spacing(look.px(token::GAP_M))
        .align_y(Center)
        .into()
    }

    /// What is known, as far as there is room for it: what is known of every account first, then the claims.
    /// What needs more lines than others takes those that are left.
    fn facts<'a, Message: 'a>(&self, look: &Look, width: f32, height: f32) -> Element<'a, Message> {
        let known = facts::facts(&self.account, &self.scopes);
        let named = facts::named(&self.claims);
        let wanted: Vec<_> = known
            .iter()
            .map(|(_, value)| lines(value, look.text(token::BODY), width))
            .collect();
        let room = FactRoom {
            height: self.room_for_facts(look, height, width),
            fact: fact_height(look, 1),
            line: look.text(token::BODY) * token::LINE,
        };
        let (given, claims) = room.shared(&wanted, named.len());
        let facts = named
            .iter()
            .take(claims)
            .map(|claim| (claim, 1))
            .chain(known.iter().zip(given))
            .filter(|(_, lines)| *lines > 0)
            .map(|((called, value), lines)| fact(look, called, value, width, lines))
            .collect::<Vec<_>>();
        let warning =
            self.account.not_remembered.as_ref().map(|_| {
                text::body(look, fl!("account-not-remembered")).color(look.palette.danger)
            });
        column(facts)
            .push(warning)
            .spacing(look.px(token::GAP_M))
            .into()
    }

    /// Height that is left for the facts below the name, with the warning taken off.
    fn room_for_facts(&self, look: &Look, height: f32, width: f32) -> f32 {
        let side = portrait_side(look);
        let beside = width - side - look.px(token::GAP_M);
        let title = self.account.display_name().unwrap_or_default();
        let title = lines(title, look.text(token::HEADING), beside).min(2);
        let guest = if self.account.guest { 1.0 } else { 0.0 };
        let name =
            title as f32 * look.text(token::HEADING) + (1.0 + guest) * look.text(token::BODY);
        let who = side.max(name * token::LINE) + look.px(token::GAP_L);
        let warning = match self.account.not_remembered {
            Some(_) => WARNING_LINES as f32 * look.text(token::BODY) * token::LINE,
            None => 0.0,
        };
        height - who - warning
    }

    fn confirmation<'a, Message: 'a>(
        &self,
        look: &Look,
        entry: AccountEntry,
    ) -> Element<'a, Message> {
        let Some(asked) = confirmation(entry) else {
            return Space::new().into();
        };
        let words =
            |words: String| container(text::heading(look, words)).padding([0.0, ring_room(look)]);
        let control = |control: AccountControl, words: String| {
            button(look, control.id(), words, self.focus.has(control))
        };
        if matches!(self.step, AccountStep::Doing(_)) {
            return words((asked.doing)()).into();
        }
        column![
            words((asked.words)()),
            buttons(
                look,
                [
                    control(AccountControl::Confirm, (asked.yes)()),
                    control(AccountControl::Stay, (asked.no)()),
                ]
            ),
        ]
        .spacing(look.px(token::GAP_M))
        .into()
    }

    /// Whether something is being done that was asked for.
    pub fn is_doing(&self) -> bool {
        matches!(self.step, AccountStep::Doing(_))
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match self.step {
            AccountStep::Shown => "shown",
            AccountStep::Asking(_) => "confirm",
            AccountStep::Doing(entry) => {
                confirmation(entry).map_or("doing", |asked| asked.doing_state)
            }
        }
    }

    /// Id of what has the focus; nothing while there is nothing to press.
    pub fn focus(&self) -> Option<String> {
        let control = self.focus.focused()?;
        let doing = matches!(self.step, AccountStep::Doing(_));
        (!doing).then(|| control.id().into())
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        &mut self.focus
    }
}

/// The focus on the first of the entries.
fn list(conditions: EntryConditions) -> Grid<AccountControl> {
    Grid::new(rows(conditions))
}

fn rows(conditions: EntryConditions) -> Vec<Vec<AccountControl>> {
    entries(conditions)
        .map(|line| vec![AccountControl::Entry(line.entry)])
        .collect()
}

fn confirmation(entry: AccountEntry) -> Option<Confirmation> {
    entry.line()?.confirmation
}

/// Height of a fact with so many lines, and the gap below it.
fn fact_height(look: &Look, lines: usize) -> f32 {
    let words = look.text(token::LABEL) + lines as f32 * look.text(token::BODY);
    words * token::LINE + look.px(token::GAP_M)
}

fn portrait_key(look: &Look, url: &Url) -> PictureKey {
    circle(url, portrait_side(look))
}

/// Diameter of the picture beside the name.
fn portrait_side(look: &Look) -> f32 {
    look.px(if look.is_in_reach() {
        token::TILE_PORTRAIT_IN_REACH
    } else {
        token::ACCOUNT_PORTRAIT
    })
}

/// A fact: what it is called, and under it what it is.
fn fact<'a, Message: 'a>(
    look: &Look,
    called: &str,
    value: &str,
    width: f32,
    lines: usize,
) -> Element<'a, Message> {
    let called = clamp(called, look.text(token::LABEL), width, 1);
    let value = clamp(value, look.text(token::BODY), width, lines);
    column![text::label(look, called), text::body(look, value)].into()
}

#[cfg(test)]
mod tests;
