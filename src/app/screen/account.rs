//! Who is signed in, what this device may do, and the way out.

use std::collections::BTreeMap;
use std::time::SystemTime;

use iced::widget::{Space, column, container, row};
use iced::{Center, Element, Fill, Rectangle, Size};
use serde_json::Value;
use url::Url;

use crate::app::focus::{Direction, Grid};
use crate::app::i18n::fl;
use crate::app::pictures::{Key, Pictures, initials};
use crate::app::remote::Button;
use crate::app::theme::{BOLD, Look, shelf, token};
use crate::app::widget::button::{control_height, ring_room};
use crate::app::widget::drawing::{Drawing, Line, Piece};
use crate::app::widget::{Chrome, button, clamp, frame, text};
use crate::session;

/// Lines a fact may take.
const FACT_LINES: usize = 2;
/// Lines that are kept for what is known of every account.
const KNOWN_LINES: usize = 3 * FACT_LINES;

/// The account screen.
#[derive(Debug)]
pub struct Account {
    account: session::Account,
    claims: Vec<(String, String)>,
    step: Step,
    focus: Grid<Control>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Shown,
    Asking,
    SigningOut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Control {
    SignOut,
    Confirm,
    Stay,
}

/// What the account screen wants of its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    None,
    /// Back to the rows.
    Close,
    /// Sign the person out. The screen stays until that is done.
    SignOut,
}

impl Account {
    /// The screen of an account. `claims` names those that are shown, and what they are called.
    pub fn new(account: session::Account, claims: &BTreeMap<String, String>) -> Self {
        let claims = claims
            .iter()
            .filter_map(|(claim, called)| {
                Some((called.clone(), written(account.claims.get(claim)?)?))
            })
            .collect();
        Self {
            account,
            claims,
            step: Step::Shown,
            focus: Grid::new(vec![vec![Control::SignOut]]),
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
            (Step::Shown, Button::Select, _) => {
                self.step = Step::Asking;
                self.focus = Grid::new(vec![vec![Control::Confirm, Control::Stay]]);
                // A second press of a heavy thumb must not sign anybody out.
                self.focus.focus(Control::Stay);
                Action::None
            }
            (Step::Asking, Button::Select, Some(Control::Confirm)) => {
                self.step = Step::SigningOut;
                Action::SignOut
            }
            (Step::Asking, Button::Select | Button::Back, _) => {
                self.step = Step::Shown;
                self.focus = Grid::new(vec![vec![Control::SignOut]]);
                Action::None
            }
            _ => Action::None,
        }
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
        let width = look.safe().width - 2.0 * inset;
        let who = container(self.who(look, pictures, width)).padding([0.0, inset]);
        let gap = Space::new().height(look.px(token::GAP_L));
        if self.step != Step::Shown {
            // One question on the screen, and nothing beside it.
            return frame(look, chrome, column![who, gap, self.controls(look)]);
        }
        let facts = self
            .facts(claims_that_fit(look))
            .into_iter()
            .map(|(called, value)| fact(look, &called, &value, width));
        let warning =
            self.account.not_remembered.as_ref().map(|_| {
                text::body(look, fl!("account-not-remembered")).color(look.palette.danger)
            });
        let facts = column(facts).push(warning).spacing(look.px(token::GAP_S));
        frame(
            look,
            chrome,
            column![
                who,
                gap,
                container(facts).padding([0.0, inset]).height(Fill),
                self.controls(look)
            ],
        )
    }

    fn who<'a, Message: 'a>(
        &'a self,
        look: &Look,
        pictures: &Pictures,
        width: f32,
    ) -> Element<'a, Message> {
        let side = look.px(shelf::ACCOUNT_PORTRAIT);
        let room = width - side - look.px(token::GAP_L);
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
        let shown = clamp(&title, look.text(token::TITLE), room, 1);
        row![
            portrait(look, &self.account, pictures, side),
            column![text::title(look, shown)].push(email),
        ]
        .spacing(look.px(token::GAP_L))
        .align_y(Center)
        .into()
    }

    /// What is known, by what it is called, with this many claims.
    fn facts(&self, claims: usize) -> Vec<(String, String)> {
        let account = &self.account;
        let session = match (account.refreshable, account.access_expires_at) {
            (true, _) => fl!("account-stays"),
            (false, Some(end)) => fl!("account-ends-at", time = moment(end)),
            (false, None) => fl!("account-ends"),
        };
        let mut facts: Vec<_> = self.claims.iter().take(claims).cloned().collect();
        if !account.scopes.is_empty() {
            facts.push((fl!("account-may"), may(&account.scopes)));
        }
        facts.push((fl!("account-since"), moment(account.signed_in_at)));
        facts.push((fl!("account-session"), session));
        facts
    }

    fn controls<'a, Message: 'a>(&self, look: &Look) -> Element<'a, Message> {
        let control = |control, id: &'static str, words: String| {
            button(look, id, words, self.focus.has(control))
        };
        let question =
            |words: String| container(text::heading(look, words)).padding([0.0, ring_room(look)]);
        match self.step {
            Step::Shown => control(Control::SignOut, "sign_out", fl!("account-sign-out")),
            Step::Asking => column![
                question(fl!("account-confirm")),
                row![
                    control(Control::Confirm, "confirm", fl!("account-sign-out")),
                    control(Control::Stay, "stay", fl!("account-stay")),
                ]
                .spacing(look.px(token::GAP_S)),
            ]
            .spacing(look.px(token::GAP_M))
            .into(),
            Step::SigningOut => question(fl!("account-signing-out")).into(),
        }
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match self.step {
            Step::Shown => "shown",
            Step::Asking => "confirm",
            Step::SigningOut => "signing_out",
        }
    }

    /// Id of what has the focus; nothing while there is nothing to press.
    pub fn focus(&self) -> Option<String> {
        let id = match (self.step, self.focus.focused()?) {
            (Step::SigningOut, _) => return None,
            (_, Control::SignOut) => "sign_out",
            (_, Control::Confirm) => "confirm",
            (_, Control::Stay) => "stay",
        };
        Some(id.to_owned())
    }
}

/// Claims for which there is room beside what is known of every account.
fn claims_that_fit(look: &Look) -> usize {
    let gap = look.px(token::GAP_S);
    let line = look.text(token::BODY) * token::LINE;
    let name = (look.text(token::TITLE) + look.text(token::BODY)) * token::LINE;
    let around = look.px(token::CONTROL_HEIGHT)
        + look.px(token::GAP_M)
        + look.px(shelf::ACCOUNT_PORTRAIT).max(name)
        + look.px(token::GAP_L)
        + control_height(look)
        + 2.0 * ring_room(look);
    // Known of every account are three facts and, if it comes to that, a warning.
    let known = KNOWN_LINES as f32 * line + 3.0 * gap;
    let left = look.safe().height - around - known;
    (left / (FACT_LINES as f32 * line + gap)).floor().max(0.0) as usize
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
    let drawing = Drawing::new(vec![
        Piece::Surface {
            place,
            fill: shelf::tint(&look.palette, name),
            radius: side / 2.0,
            outline: None,
        },
        Piece::Picture { place, handle },
        Piece::Line(Line {
            place,
            text: letters,
            size: side * shelf::INITIALS_SHARE,
            font: BOLD,
            color: look.palette.text,
            centred: true,
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

fn fact<'a, Message: 'a>(
    look: &Look,
    called: &str,
    value: &str,
    width: f32,
) -> Element<'a, Message> {
    let size = look.text(token::BODY);
    let name_width = look.px(shelf::FACT_NAME);
    let gap = look.px(token::GAP_M);
    let room = width - name_width - gap;
    row![
        container(text::body(look, clamp(called, size, name_width, 1)).color(look.palette.muted))
            .width(name_width),
        Space::new().width(gap),
        container(text::body(look, clamp(value, size, room, FACT_LINES))).width(Fill),
    ]
    .into()
}

/// What scopes allow, in words where they are well known.
fn may(scopes: &[String]) -> String {
    let words: Vec<_> = scopes
        .iter()
        .map(|scope| match scope.as_str() {
            "openid" => fl!("account-scope-openid"),
            "profile" => fl!("account-scope-profile"),
            "email" => fl!("account-scope-email"),
            "phone" => fl!("account-scope-phone"),
            "address" => fl!("account-scope-address"),
            "offline_access" => fl!("account-scope-offline"),
            other => other.to_owned(),
        })
        .collect();
    words.join(", ")
}

/// A claim as a person reads it; nothing for one that is empty or built of parts.
fn written(claim: &Value) -> Option<String> {
    let text = match claim {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Array(list) => {
            let parts: Vec<_> = list.iter().filter_map(written).collect();
            parts.join(", ")
        }
        Value::Null | Value::Object(_) => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

/// A moment in the time of this place: the time alone where it is today.
fn moment(at: SystemTime) -> String {
    let zone = jiff::tz::TimeZone::system();
    let now = jiff::Timestamp::now().to_zoned_datetime(zone.clone());
    match jiff::Timestamp::try_from(at).map(|at| at.to_zoned_datetime(zone)) {
        Ok(at) if at.date() == now.date() => at.strftime("%H:%M").to_string(),
        Ok(at) => at.strftime("%Y-%m-%d %H:%M").to_string(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests;
