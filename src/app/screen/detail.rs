//! One card in full, and what can be done with it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use iced::widget::{Space, column, container, row};
use iced::{Center, Color, Element, Fill, Length, Rectangle, Size};
use url::Url;

use super::home::words;
use crate::api::{self, Card, Offer, Phrase, Press, Row};
use crate::app::focus::{Controls, Direction};
use crate::app::i18n::fl;
use crate::app::pictures::{Key, Pictures, initials};
use crate::app::remote::Button;
use crate::app::theme::{BOLD, Look, shelf, token};
use crate::app::widget::button::{control_height, ring_room};
use crate::app::widget::drawing::{Drawing, Line, Piece};
use crate::app::widget::{Chrome, button, clamp, frame, text};

/// Buttons shown at once; the others come when the focus nears them.
const BUTTONS: usize = 3;
/// Lines of the title.
const TITLE_LINES: usize = 2;

/// The detail screen of a card.
#[derive(Debug)]
pub struct Detail {
    card: Card,
    actions: Vec<(Offer, Outcome)>,
    focus: usize,
    /// Tells a reply to this screen from one to a screen that was here before.
    visit: u64,
}

impl Controls for Detail {
    /// None: the buttons are a list of which a part is in view.
    fn ids(&self) -> Vec<Cow<'static, str>> {
        Vec::new()
    }

    fn aim(&mut self, id: &str) -> bool {
        let aimed = (0..self.actions.len()).find(|index| action_id(*index) == id);
        self.focus = aimed.unwrap_or(self.focus);
        aimed.is_some()
    }

    fn place(&mut self, _: &BTreeMap<String, Rectangle>) {}
}

/// How an action went.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Not asked for.
    Idle,
    /// On its way.
    Running,
    /// The API did it.
    Done,
    /// The API did not.
    Failed(api::Error),
}

/// An action has ended.
#[derive(Debug, Clone)]
pub struct Message {
    /// The visit of the screen it was asked for on.
    pub visit: u64,
    /// Which action, in the order of the configuration.
    pub action: usize,
    /// What came of it.
    pub result: Result<(), api::Error>,
}

/// What the detail screen wants of its parent.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Nothing.
    None,
    /// Back to the rows.
    Close,
    /// Run an action on the card with this id, and answer with a [`Message`].
    Run {
        /// To be sent back.
        visit: u64,
        /// To be sent back.
        action: usize,
        /// What to do.
        press: Press,
    },
    /// Something changed at the API: what is shown elsewhere may be old.
    Changed,
}

impl Detail {
    /// The detail screen of a card of `row`. `visit` is another one each time.
    pub fn new(row: &Row, card: &Card, visit: u64) -> Self {
        Self {
            card: card.clone(),
            actions: row
                .offers(card)
                .into_iter()
                .map(|offer| (offer, Outcome::Idle))
                .collect(),
            focus: 0,
            visit,
        }
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button) -> Action {
        match (button, Direction::of(button)) {
            (Button::Back, _) => Action::Close,
            (Button::Select, _) => self.select(),
            (_, Some(Direction::Up)) => {
                self.focus = self.focus.saturating_sub(1);
                Action::None
            }
            (_, Some(Direction::Down)) => {
                self.focus = (self.focus + 1).min(self.actions.len().saturating_sub(1));
                Action::None
            }
            _ => Action::None,
        }
    }

    fn select(&mut self) -> Action {
        let (visit, action) = (self.visit, self.focus);
        match self.actions.get_mut(action) {
            // The only button then is the way back.
            None => Action::Close,
            Some((_, Outcome::Running)) => Action::None,
            Some((offer, outcome)) => {
                *outcome = Outcome::Running;
                Action::Run {
                    visit,
                    action,
                    press: offer.press(),
                }
            }
        }
    }

    /// Takes a message in. One that belongs to an earlier visit changes nothing here.
    pub fn update(&mut self, message: Message) -> Action {
        let done = message.result.is_ok();
        if message.visit == self.visit
            && let Some((_, outcome)) = self.actions.get_mut(message.action)
        {
            *outcome = match message.result {
                Ok(()) => Outcome::Done,
                Err(error) => Outcome::Failed(error),
            };
        }
        if done { Action::Changed } else { Action::None }
    }

    /// The pictures of this screen.
    pub fn pictures(&self, look: &Look) -> Vec<Key> {
        let key = |url: &Url| artwork_key(look, url);
        self.card.image.iter().map(key).collect()
    }

    /// Draws the screen.
    pub fn view<'a, Parent: 'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
        pictures: &Pictures,
    ) -> Element<'a, Parent> {
        let size = artwork_size(look);
        let inset = ring_room(look);
        let gap = look.px(token::GAP_XL);
        let width = look.safe().width - size.width - gap - 2.0 * inset;
        let words = container(self.words(look, width))
            .padding([0.0, inset])
            .height(Fill);
        let right = column![words, self.buttons(look, width)].width(Fill);
        let artwork = container(self.artwork(look, pictures))
            .width(size.width + inset)
            .height(size.height)
            .padding(iced::Padding::default().left(inset));
        frame(
            look,
            chrome,
            row![artwork, Space::new().width(gap - inset), right],
        )
    }

    fn artwork(&self, look: &Look, pictures: &Pictures) -> Drawing {
        let place = Rectangle::with_size(artwork_size(look));
        let handle = self
            .card
            .image
            .as_ref()
            .and_then(|url| pictures.get(&artwork_key(look, url)))
            .cloned();
        let letters = match handle {
            Some(_) => String::new(),
            None => initials(&self.card.title),
        };
        Drawing::new(vec![
            Piece::Surface {
                place,
                fill: shelf::tint(&look.palette, &self.card.title),
                radius: look.px(token::RADIUS),
                outline: None,
            },
            Piece::Picture { place, handle },
            Piece::Line(Line {
                place,
                text: letters,
                size: look.unscaled_text(token::DISPLAY),
                font: BOLD,
                color: look.palette.text,
                centred: true,
            }),
        ])
    }

    fn words<'a, Parent: 'a>(&'a self, look: &Look, width: f32) -> Element<'a, Parent> {
        let title = clamp(
            &self.card.title,
            look.text(token::TITLE),
            width,
            TITLE_LINES,
        );
        let subtitle = self
            .card
            .subtitle
            .as_ref()
            .map(Phrase::to_string)
            .map(|subtitle| {
                let shown = clamp(&subtitle, look.text(token::BODY), width, 1);
                text::body(look, shown).color(look.palette.muted)
            });
        let progress = self
            .card
            .progress
            .map(|done| container(progress(look, width, done)).height(look.px(shelf::PROGRESS)));
        let body = self
            .card
            .body
            .as_deref()
            .map(|body| {
                let lines = self.body_lines(look);
                clamp(body, look.text(token::BODY), width, lines)
            })
            .map(|body| text::body(look, body));
        column![text::title(look, title)]
            .push(subtitle)
            .push(progress)
            .push(body)
            .spacing(look.px(token::GAP_M))
            .into()
    }

    /// Lines of the card's text that fit between title and buttons.
    fn body_lines(&self, look: &Look) -> usize {
        let line = |size| look.text(size) * token::LINE;
        let taken = look.px(token::CONTROL_HEIGHT)
            + look.px(token::GAP_M)
            + 3.0 * look.px(token::GAP_M)
            + look.px(shelf::PROGRESS)
            + TITLE_LINES as f32 * line(token::TITLE)
            + line(token::BODY)
            + look.px(token::GAP_S)
            + self.actions.len().clamp(1, BUTTONS) as f32
                * (control_height(look) + 2.0 * ring_room(look));
        let left = look.safe().height - taken;
        ((left / line(token::BODY)).floor() as usize).max(1)
    }

    fn buttons<'a, Parent: 'a>(&'a self, look: &Look, width: f32) -> Element<'a, Parent> {
        if self.actions.is_empty() {
            return button(look, "back", fl!("detail-back"), true);
        }
        let first = (self.focus + 1).saturating_sub(BUTTONS);
        let shown = self.actions.iter().enumerate().skip(first).take(BUTTONS);
        column(shown.map(|(index, (action, outcome))| {
            let label = clamp(&action.label, look.text(token::BODY), width / 2.0, 1);
            let result = outcome
                .words(look)
                .map(|(words, color)| text::label(look, words).color(color));
            row![button(look, action_id(index), label, index == self.focus)]
                .push(result)
                .spacing(look.px(token::GAP_S))
                .align_y(Center)
                .into()
        }))
        .into()
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match self.actions.get(self.focus).map(|(_, outcome)| outcome) {
            Some(Outcome::Running) => "running",
            Some(Outcome::Done) => "done",
            Some(Outcome::Failed(_)) => "failed",
            Some(Outcome::Idle) | None => "ready",
        }
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> String {
        if self.actions.is_empty() {
            "back".to_owned()
        } else {
            action_id(self.focus)
        }
    }
}

fn action_id(index: usize) -> String {
    format!("action.{index}")
}

impl Outcome {
    /// What to say, and in which colour.
    fn words(&self, look: &Look) -> Option<(String, Color)> {
        let palette = look.palette;
        match self {
            Self::Idle => None,
            Self::Running => Some((fl!("detail-running"), palette.muted)),
            Self::Done => Some((fl!("detail-done"), palette.ok)),
            Self::Failed(error) => {
                let reason = words::reason(error);
                Some((fl!("detail-failed", reason = reason), palette.danger))
            }
        }
    }
}

fn artwork_size(look: &Look) -> Size {
    let width = look.px(shelf::ARTWORK);
    Size::new(width, (width / shelf::CARD_SHAPE).round())
}

fn artwork_key(look: &Look, url: &Url) -> Key {
    Key::of(url, artwork_size(look), look.px(token::RADIUS))
}

fn progress<'a, Parent: 'a>(look: &Look, width: f32, done: f32) -> Element<'a, Parent> {
    let height = look.px(shelf::PROGRESS);
    let bar = |width: f32, fill| Piece::Surface {
        place: Rectangle::with_size(Size::new(width.max(height).round(), height)),
        fill,
        radius: height / 2.0,
        outline: None,
    };
    let drawing = Drawing::new(vec![
        bar(width, shelf::track(&look.palette)),
        bar(width * done, look.palette.accent),
    ]);
    container(drawing.read(look))
        .width(Length::Fixed(width))
        .into()
}

#[cfg(test)]
mod tests;
