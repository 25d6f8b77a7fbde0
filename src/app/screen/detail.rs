//! One card in full, and what can be done with it.

mod sheet;
mod view;

use std::borrow::Cow;
use std::collections::BTreeMap;

use iced::{Rectangle, Size};
use url::Url;

use super::home::rows::Shelf;
use crate::api::{self, Card, Done, Offer, Press, Refresh};
use crate::app::focus::{Controls, Direction};
use crate::app::pictures::Key;
use crate::app::remote::Button;
use crate::app::theme::{Look, shelf, token};
use sheet::Sheet;

/// The detail screen of a card.
#[derive(Debug)]
pub struct Detail {
    card: Card,
    /// The serial number of its row.
    shelf: u64,
    actions: Vec<(Offer, Outcome)>,
    focus: At,
    /// The first line of the text that is shown.
    scrolled: usize,
    sheet: Sheet,
    /// Tells a reply to this screen from one to a screen that was here before.
    visit: u64,
}

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// The text, to be scrolled.
    Text,
    /// A button.
    Button(usize),
}

impl Controls for Detail {
    /// None: the buttons are a list of which a part is in view, below a text.
    fn ids(&self) -> Vec<Cow<'static, str>> {
        Vec::new()
    }

    fn aim(&mut self, id: &str) -> bool {
        let aimed = if id == "text" {
            (self.sheet.last_scroll() > 0).then_some(At::Text)
        } else {
            let index = (0..self.actions.len()).find(|index| action_id(*index) == id);
            index.map(At::Button)
        };
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
    /// The API did it, with what it said.
    Done(Option<String>),
    /// The API did not.
    Failed(api::Error),
}

/// An action has ended.
#[derive(Debug, Clone)]
pub struct Message {
    /// The visit of the screen it was asked for on.
    pub visit: u64,
    /// Which action, in the order of the buttons.
    pub action: usize,
    /// What came of it.
    pub result: Result<Done, api::Error>,
}

/// What the detail screen wants of its parent.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Nothing.
    None,
    /// Back to the rows.
    Close,
    /// Run an action, and answer with a [`Message`].
    Run {
        /// To be sent back.
        visit: u64,
        /// To be sent back.
        action: usize,
        /// What to do.
        press: Press,
    },
    /// Something changed at the API: what these rows show may be old.
    Changed(Refresh),
}

impl Detail {
    /// The detail screen of a card of a row. `visit` is another one each time.
    pub fn new(shelf: &Shelf, card: &Card, visit: u64, look: &Look) -> Self {
        let offers = shelf.row.offers(card).into_iter();
        let actions: Vec<_> = offers.map(|offer| (offer, Outcome::Idle)).collect();
        Self {
            card: card.clone(),
            shelf: shelf.serial(),
            sheet: Sheet::new(look, card, actions.len()),
            actions,
            focus: At::Button(0),
            scrolled: 0,
            visit,
        }
    }

    /// The serial number of the row that the card is in.
    pub fn shelf(&self) -> u64 {
        self.shelf
    }

    /// Takes the card as its row now has it. Returns whether it is still there to be shown: one that was
    /// taken away by what was done here is not.
    pub fn renew(&mut self, shelf: &Shelf, look: &Look) -> bool {
        let Some(card) = shelf.cards().iter().find(|card| card.id == self.card.id) else {
            let is_done = |(_, outcome): &(Offer, Outcome)| matches!(outcome, Outcome::Done(_));
            return !self.actions.iter().any(is_done);
        };
        let offers = shelf.row.offers(card);
        if *card == self.card
            && offers
                .iter()
                .eq(self.actions.iter().map(|(offer, _)| offer))
        {
            return true;
        }
        let before = std::mem::take(&mut self.actions);
        let label = |(offer, _): &(Offer, Outcome)| offer.label.clone();
        let focused = match self.focus {
            At::Button(index) => before.get(index).map(label),
            At::Text => None,
        };
        // "Add" becomes "Remove" in its place: what was said of the one is said there.
        self.actions = offers
            .into_iter()
            .enumerate()
            .map(|(index, offer)| {
                let same = before.iter().find(|(old, _)| old.label == offer.label);
                let outcome = same
                    .or(before.get(index))
                    .map(|(_, outcome)| outcome.clone());
                (offer, outcome.unwrap_or(Outcome::Idle))
            })
            .collect();
        if let At::Button(index) = &mut self.focus {
            let same = self
                .actions
                .iter()
                .position(|(offer, _)| Some(&offer.label) == focused.as_ref());
            *index = same.unwrap_or((*index).min(self.actions.len().saturating_sub(1)));
        }
        self.card = card.clone();
        self.fit(look);
        true
    }

    /// Fits the words to the screen.
    pub fn fit(&mut self, look: &Look) {
        self.sheet = Sheet::new(look, &self.card, self.actions.len());
        self.scrolled = self.scrolled.min(self.sheet.last_scroll());
        if self.focus == At::Text && self.sheet.last_scroll() == 0 {
            self.focus = At::Button(0);
        }
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button) -> Action {
        match (button, Direction::of(button)) {
            (Button::Back, _) => return Action::Close,
            (Button::Select, _) => return self.select(),
            (_, Some(Direction::Up)) => self.up(),
            (_, Some(Direction::Down)) => self.down(),
            _ => {}
        }
        Action::None
    }

    /// From the buttons into the text, where there is more of it than fits, and up in it.
    fn up(&mut self) {
        match &mut self.focus {
            At::Button(0) if self.sheet.last_scroll() > 0 => self.focus = At::Text,
            At::Button(index) => *index = index.saturating_sub(1),
            At::Text => self.scrolled = self.scrolled.saturating_sub(self.sheet.step()),
        }
    }

    /// Down in the text to its end, and from there to the buttons.
    fn down(&mut self) {
        let last = self.sheet.last_scroll();
        match &mut self.focus {
            At::Text if self.scrolled >= last => self.focus = At::Button(0),
            At::Text => self.scrolled = (self.scrolled + self.sheet.step()).min(last),
            At::Button(index) => *index = (*index + 1).min(self.actions.len().saturating_sub(1)),
        }
    }

    fn select(&mut self) -> Action {
        let At::Button(action) = self.focus else {
            return Action::None;
        };
        let visit = self.visit;
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
        let changed = match &message.result {
            Ok(done) => Action::Changed(done.refresh.clone()),
            Err(_) => Action::None,
        };
        if message.visit == self.visit
            && let Some((_, outcome)) = self.actions.get_mut(message.action)
        {
            *outcome = match message.result {
                Ok(done) => Outcome::Done(done.words),
                Err(error) => Outcome::Failed(error),
            };
        }
        changed
    }

    /// The pictures of this screen.
    pub fn pictures(&self, look: &Look) -> Vec<Key> {
        let key = |url: &Url| artwork_key(look, url);
        self.card.image.iter().map(key).collect()
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        let outcome = match self.focus {
            At::Button(index) => self.actions.get(index).map(|(_, outcome)| outcome),
            At::Text => None,
        };
        match outcome {
            Some(Outcome::Running) => "running",
            Some(Outcome::Done(_)) => "done",
            Some(Outcome::Failed(_)) => "failed",
            Some(Outcome::Idle) | None => "ready",
        }
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> String {
        match self.focus {
            At::Text => "text".to_owned(),
            At::Button(_) if self.actions.is_empty() => "back".to_owned(),
            At::Button(index) => action_id(index),
        }
    }
}

fn action_id(index: usize) -> String {
    format!("action.{index}")
}

fn artwork_size(look: &Look) -> Size {
    let width = look.px(shelf::ARTWORK);
    Size::new(width, (width / shelf::CARD_SHAPE).round())
}

fn artwork_key(look: &Look, url: &Url) -> Key {
    Key::of(url, artwork_size(look), look.px(token::RADIUS))
}

#[cfg(test)]
mod tests;
