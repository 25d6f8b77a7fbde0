//! Who is signed in, what this device may do, and what can be done about it.

mod entries;
mod facts;

use std::borrow::Cow;
use std::collections::BTreeMap;

use iced::widget::{Space, column, container, row};
use iced::{Center, Element, Fill, Rectangle, Size};
use url::Url;

use crate::app::focus::{Controls, Direction, Grid, HasId};
use crate::app::i18n::{self, fl};
use crate::app::pictures::{Key, Pictures, initials};
use crate::app::remote::Button;
use crate::app::theme::{BOLD, Look, shelf, token};
use crate::app::widget::button::ring_room;
use crate::app::widget::clamp::lines;
use crate::app::widget::draw_list::{DrawList, LineAlign, Primitive, TextLine};
use crate::app::widget::frame::body_below;
use crate::app::widget::menu::{Item, Value, menu};
use crate::app::widget::{Chrome, button, clamp, frame, text};
use crate::session;
pub use entries::{Company, Entry};
use entries::{Question, entries};

/// Lines a fact has a right to.
const FACT_LINES: usize = 2;
/// Lines of the warning that nothing could be saved.
const WARNING_LINES: usize = 3;

/// The account screen.
#[derive(Debug)]
pub struct Account {
    account: session::Account,
    claims: Vec<(String, String)>,
    company: Company,
    step: Step,
    focus: Grid<Control>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Shown,
    Asking(Entry),
    Doing(Entry),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Control {
    Entry(Entry),
    Confirm,
    Stay,
}

impl HasId for Control {
    fn id(self) -> Cow<'static, str> {
        let id = match self {
            Self::Entry(entry) => entry.line().map_or("", |line| line.id),
            Self::Confirm => "confirm",
            Self::Stay => "stay",
        };
        id.into()
    }
}

/// What the account screen wants of its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    None,
    /// Back to the rows.
    Close,
    /// Do this. Where it was asked for with a question, the screen stays until it is done.
    Chosen(Entry),
}

impl Account {
    /// The screen of an account. `claims` names those that are shown, and what they are called.
    pub fn new(
        account: session::Account,
        claims: &BTreeMap<String, String>,
        company: Company,
    ) -> Self {
        let claims = claims
            .iter()
            .filter_map(|(claim, called)| {
                let claim = account.claims.get(claim)?;
                Some((called.clone(), facts::written(claim)?))
            })
            .collect();
        Self {
            account,
            claims,
            company,
            step: Step::Shown,
            focus: list(company),
        }
    }

    /// Somebody has come or gone, or the PIN is another; the focus stays.
    pub fn set_company(&mut self, company: Company) {
        self.company = company;
        if self.step == Step::Shown {
            self.focus.replace(rows(company));
        }
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button) -> Action {
        if let Some(direction) = Direction::of(button) {
            let _ = self.focus.step(direction);
            return Action::None;
        }
        match (self.step, button, self.focus.focused()) {
            (Step::Shown, Button::Back, _) => Action::Close,
            (Step::Shown, Button::Select, Some(Control::Entry(entry))) => self.choose(entry),
            (Step::Asking(entry), Button::Select, Some(Control::Confirm)) => {
                self.step = Step::Doing(entry);
                Action::Chosen(entry)
            }
            (Step::Asking(entry), Button::Select | Button::Back, _) => {
                self.step = Step::Shown;
                self.focus = list(self.company);
                self.focus.focus(Control::Entry(entry));
                Action::None
            }
            _ => Action::None,
        }
    }

    fn choose(&mut self, entry: Entry) -> Action {
        if question(entry).is_none() {
            return Action::Chosen(entry);
        }
        self.step = Step::Asking(entry);
        self.focus = Grid::new(vec![vec![Control::Confirm, Control::Stay]]);
        // A second press of a heavy thumb must not sign anybody out.
        self.focus.focus(Control::Stay);
        Action::None
    }

    /// The pictures of this screen.
    pub fn pictures(&self, look: &Look) -> Vec<Key> {
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
        let inset = ring_room(look);
        if let Step::Asking(entry) | Step::Doing(entry) = self.step {
            // One question on the screen, and nothing beside it.
            let width = look.safe().width - 2.0 * inset;
            let who = container(self.who(look, pictures, width)).padding([0.0, inset]);
            let asked = column![
                who,
                Space::new().height(look.px(token::GAP_L)),
                self.question(look, entry)
            ];
            return frame(look, chrome, container(asked).center_y(Fill));
        }
        let room = body_below(look);
        let menu_width = (room.width * token::MENU_SHARE).round();
        let width = room.width - menu_width - look.px(token::GAP_XL) - inset;
        let known = column![
            self.who(look, pictures, width),
            Space::new().height(look.px(token::GAP_L)),
            self.facts(look, width, room.height),
        ]
        .width(width);
        let size = Size::new(menu_width, room.height);
        frame(
            look,
            chrome,
            row![
                Space::new().width(inset),
                known,
                Space::new().width(look.px(token::GAP_XL)),
                self.menu(look, size),
            ],
        )
    }

    fn menu<'a, Message: 'a>(&self, look: &Look, size: Size) -> Element<'a, Message> {
        let items: Vec<_> = entries(self.company)
            .map(|line| Item {
                id: line.id.into(),
                icon: Some(line.icon),
                words: (line.words)(),
                value: match line.entry {
                    Entry::Language => Value::Says(i18n::language().name.to_owned()),
                    _ => Value::None,
                },
            })
            .collect();
        let focused =
            entries(self.company).position(|line| self.focus.has(Control::Entry(line.entry)));
        menu(look, &items, focused, size)
    }

    fn who<'a, Message: 'a>(
        &'a self,
        look: &Look,
        pictures: &Pictures,
        width: f32,
    ) -> Element<'a, Message> {
        let side = look.px(shelf::ACCOUNT_PORTRAIT);
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
                let shown = clamp(email, look.text(token::BODY), room, 1);
                text::body(look, shown).color(look.palette.muted)
            });
        let shown = clamp(&title, look.text(token::HEADING), room, 2);
        row![
            portrait(look, &self.account, pictures, side),
            column![text::heading(look, shown)]
                .push(email)
                .spacing(look.px(token::GAP_XS)),
        ]
        .spacing(look.px(token::GAP_M))
        .align_y(Center)
        .into()
    }

    /// What is known, as far as there is room for it: what is known of every account first, then the claims.
    /// What needs more lines than others takes those that are left.
    fn facts<'a, Message: 'a>(&self, look: &Look, width: f32, height: f32) -> Element<'a, Message> {
        let known = facts::facts(&self.account);
        let wanted = |value: &str| lines(value, look.text(token::BODY), width);
        let least = known.iter().map(|(_, value)| wanted(value).min(FACT_LINES));
        let room = self.room_for_facts(look, height, width);
        let room = room - least.map(|lines| fact_height(look, lines)).sum::<f32>();
        let claims = (room / fact_height(look, 1)).max(0.0) as usize;
        let claims = &self.claims[..claims.min(self.claims.len())];
        let room = room - claims.len() as f32 * fact_height(look, 1);
        let mut spare = (room / (look.text(token::BODY) * token::LINE)).max(0.0) as usize;
        let facts = claims
            .iter()
            .map(|claim| (claim, 1))
            .chain(known.iter().map(|known| {
                let lines = wanted(&known.1);
                let more = lines.saturating_sub(FACT_LINES).min(spare);
                spare -= more;
                (known, lines.min(FACT_LINES) + more)
            }))
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
        let side = look.px(shelf::ACCOUNT_PORTRAIT);
        let beside = width - side - look.px(token::GAP_M);
        let title = self.account.display_name().unwrap_or_default();
        let title = lines(title, look.text(token::HEADING), beside).min(2);
        let name = title as f32 * look.text(token::HEADING) + look.text(token::BODY);
        let who = side.max(name * token::LINE) + look.px(token::GAP_L);
        let warning = match self.account.not_remembered {
            Some(_) => WARNING_LINES as f32 * look.text(token::BODY) * token::LINE,
            None => 0.0,
        };
        height - who - warning
    }

    fn question<'a, Message: 'a>(&self, look: &Look, entry: Entry) -> Element<'a, Message> {
        let Some(asked) = question(entry) else {
            return Space::new().into();
        };
        let words =
            |words: String| container(text::heading(look, words)).padding([0.0, ring_room(look)]);
        let control = |control: Control, words: String| {
            button(look, control.id(), words, self.focus.has(control))
        };
        if matches!(self.step, Step::Doing(_)) {
            return words((asked.doing)()).into();
        }
        column![
            words((asked.words)()),
            row![
                control(Control::Confirm, (asked.yes)()),
                control(Control::Stay, (asked.no)()),
            ]
            .spacing(look.px(token::GAP_S)),
        ]
        .spacing(look.px(token::GAP_M))
        .into()
    }

    /// Whether something is being done that was asked for.
    pub fn is_doing(&self) -> bool {
        matches!(self.step, Step::Doing(_))
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match self.step {
            Step::Shown => "shown",
            Step::Asking(_) => "confirm",
            Step::Doing(entry) => question(entry).map_or("doing", |asked| asked.doing_state),
        }
    }

    /// Id of what has the focus; nothing while there is nothing to press.
    pub fn focus(&self) -> Option<String> {
        let control = self.focus.focused()?;
        let doing = matches!(self.step, Step::Doing(_));
        (!doing).then(|| control.id().into())
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        &mut self.focus
    }
}

/// The focus on the first of the entries.
fn list(company: Company) -> Grid<Control> {
    Grid::new(rows(company))
}

fn rows(company: Company) -> Vec<Vec<Control>> {
    entries(company)
        .map(|line| vec![Control::Entry(line.entry)])
        .collect()
}

fn question(entry: Entry) -> Option<Question> {
    entry.line()?.question
}

/// Height of a fact with so many lines, and the gap below it.
fn fact_height(look: &Look, lines: usize) -> f32 {
    let words = look.text(token::LABEL) + lines as f32 * look.text(token::BODY);
    words * token::LINE + look.px(token::GAP_M)
}

/// The picture of an account in a circle, or the initials of its name.
pub fn portrait<'a, Message: 'a>(
    look: &Look,
    account: &session::Account,
    pictures: &Pictures,
    side: f32,
) -> Element<'a, Message> {
    let name = account.display_name().unwrap_or_default();
    let place = Rectangle::with_size(Size::new(side, side));
    let handle = account
        .picture
        .as_ref()
        .and_then(|url| pictures.get(&circle(url, side)))
        .cloned();
    let letters = match handle {
        Some(_) => String::new(),
        None => initials(name),
    };
    let drawing = DrawList::new(vec![
        Primitive::Quad {
            place,
            fill: shelf::tint(&look.palette, name),
            radius: side / 2.0,
            outline: None,
        },
        Primitive::Image { place, handle },
        Primitive::Text(TextLine {
            place,
            text: letters,
            size: side * shelf::INITIALS_SHARE,
            font: BOLD,
            color: look.palette.text,
            align: LineAlign::Middle,
        }),
    ]);
    container(drawing).width(side).height(side).into()
}

/// The round picture at `url`, `side` pixels wide.
pub fn circle(url: &Url, side: f32) -> Key {
    Key::of(url, Size::new(side, side), side / 2.0)
}

fn portrait_key(look: &Look, url: &Url) -> Key {
    circle(url, look.px(shelf::ACCOUNT_PORTRAIT))
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
