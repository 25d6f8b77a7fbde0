//! One card in full, and what can be done with it.

mod artwork;
mod layout;
mod phone;
mod reading;
mod view;

use std::borrow::Cow;
use std::collections::BTreeMap;

use iced::Rectangle;
use url::Url;

use super::home::rows::RowState;
use crate::api::{self, ActionDone, ActionRequest, Card, CardAction, Effect, Refresh};
use crate::app::activation::{HOLD, Target};
use crate::app::focus::{Controls, Direction};
use crate::app::pictures::PictureKey;
use crate::app::remote::Button;
use crate::app::theme::Look;
use crate::config::{LocalizedText, Shape};
use artwork::artwork_key;
use layout::DetailLayout;
use phone::Phone;
pub use reading::through;

/// The detail screen of a card.
#[derive(Debug)]
pub struct Detail {
    card: Card,
    /// The heading of its row, or the title of the card that it belongs to.
    found_in: LocalizedText,
    /// The serial number of its row.
    row_serial: u64,
    /// The form of the cards there.
    shape: Shape,
    actions: Vec<(CardAction, ActionState)>,
    /// Whether it has a button that opens what belongs to the card.
    opens: bool,
    /// The page of the item for the phone, where it has one.
    phone: Option<Phone>,
    /// Whether that is shown.
    on_phone: bool,
    focus: DetailFocus,
    /// The first line of the text that is shown.
    scrolled: usize,
    layout: DetailLayout,
}

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DetailFocus {
    /// The text, to be scrolled.
    Text,
    /// A button.
    Button(usize),
}

/// A button of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DetailButton {
    /// Opens what belongs to the card.
    Open,
    /// Does this action.
    Action(usize),
    /// Shows the item's page for the phone.
    Phone,
    /// Leads back, where there is nothing else to press.
    Back,
}

impl DetailButton {
    /// Its name.
    fn id(self) -> String {
        match self {
            Self::Open => "open".to_owned(),
            Self::Action(index) => format!("action.{index}"),
            Self::Phone => "phone".to_owned(),
            Self::Back => "back".to_owned(),
        }
    }
}

impl Controls for Detail {
    /// None: the buttons are a list of which a part is in view, below a text.
    fn ids(&self) -> Vec<Cow<'static, str>> {
        Vec::new()
    }

    fn aim(&mut self, id: &str) -> bool {
        if self.on_phone {
            return id == DetailButton::Back.id();
        }
        let aimed = if id == "text" {
            (self.layout.last_scroll() > 0).then_some(DetailFocus::Text)
        } else {
            let index = self.buttons().iter().position(|button| button.id() == id);
            index.map(DetailFocus::Button)
        };
        self.focus = aimed.unwrap_or(self.focus);
        aimed.is_some()
    }

    fn place(&mut self, _: &BTreeMap<String, Rectangle>) {}
}

/// How an action went.
#[derive(Debug, Clone, PartialEq)]
pub enum ActionState {
    /// Not asked for.
    Idle,
    /// On its way.
    Running(ActionRequest),
    /// The API did it, with what it said.
    Done(Effect, Option<String>),
    /// The API did not.
    Failed {
        error: api::Error,
        /// The press, where nobody knows what came of it: OK makes the same once more, so that an API that knows
        /// its key does the thing once.
        open: Option<ActionRequest>,
    },
}

/// An action has ended.
#[derive(Debug, Clone)]
pub struct Message {
    /// The request that was made.
    pub request: ActionRequest,
    /// What came of it.
    pub result: Result<ActionDone, api::Error>,
}

impl Message {
    /// What follows whatever the screen shows by now: the rows may be old where something was done, or may have
    /// been.
    pub fn change(&self) -> Action {
        match &self.result {
            Ok(done) => Action::Changed(done.refresh.clone()),
            Err(error) if error.leaves_open() => Action::Changed(self.request.refresh()),
            Err(_) => Action::None,
        }
    }
}

/// What the detail screen wants of its parent.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    None,
    /// Back to the rows.
    Close,
    /// Open what belongs to this card of the row with this serial number.
    Open {
        serial: u64,
        card: Box<Card>,
    },
    /// Do this, and answer with a [`Message`].
    Run(ActionRequest),
    /// Something changed at the API: what these rows show may be old.
    Changed(Refresh),
}

impl Detail {
    /// The detail screen of a card of a row. `may_open` says whether it has a button for what belongs to the card.
    pub fn new(row_state: &RowState, card: &Card, may_open: bool, look: &Look) -> Self {
        let actions = row_state.row.actions(card).into_iter();
        let actions: Vec<_> = actions.map(|action| (action, ActionState::Idle)).collect();
        let opens = may_open && row_state.row.opened_by(card).is_some();
        let phone = Phone::of(card);
        let buttons = actions.len() + usize::from(opens) + usize::from(phone.is_some());
        Self {
            card: card.clone(),
            found_in: row_state.row.title.clone(),
            row_serial: row_state.serial(),
            shape: row_state.shape(),
            layout: DetailLayout::new(look, card, row_state.shape(), buttons),
            actions,
            opens,
            phone,
            on_phone: false,
            focus: DetailFocus::Button(0),
            scrolled: 0,
        }
    }

    /// The same, of a card that belongs to another one of this name.
    pub fn within(self, parent: String) -> Self {
        let found_in = LocalizedText::One(parent);
        Self { found_in, ..self }
    }

    /// Its buttons, from the top.
    fn buttons(&self) -> Vec<DetailButton> {
        let open = self.opens.then_some(DetailButton::Open);
        let actions = (0..self.actions.len()).map(DetailButton::Action);
        let phone = self.phone.as_ref().map(|_| DetailButton::Phone);
        let mut buttons: Vec<_> = open.into_iter().chain(actions).chain(phone).collect();
        if buttons.is_empty() {
            buttons.push(DetailButton::Back);
        }
        buttons
    }

    /// The button that has the focus.
    fn focused(&self) -> Option<DetailButton> {
        match self.focus {
            DetailFocus::Text => None,
            DetailFocus::Button(index) => self.buttons().get(index).copied(),
        }
    }

    /// The action whose button has the focus, and how it went.
    fn focused_action(&self) -> Option<&(CardAction, ActionState)> {
        match self.focused()? {
            DetailButton::Action(index) => self.actions.get(index),
            DetailButton::Open | DetailButton::Phone | DetailButton::Back => None,
        }
    }

    /// Whether the item's page is shown for the phone.
    pub fn is_on_phone(&self) -> bool {
        self.on_phone
    }

    /// The serial number of the row that the card is in.
    pub fn row_serial(&self) -> u64 {
        self.row_serial
    }

    /// Takes the card as its row now has it. Returns whether it is still there to be shown: one that was
    /// taken away by what was done here is not.
    pub fn renew(&mut self, row_state: &RowState, look: &Look) -> bool {
        let Some(card) = row_state
            .cards()
            .iter()
            .find(|card| card.id == self.card.id)
        else {
            let is_done = |(_, outcome): &(CardAction, ActionState)| match outcome {
                ActionState::Done(..) => true,
                ActionState::Failed { open, .. } => open.is_some(),
                ActionState::Idle | ActionState::Running(_) => false,
            };
            return !self.actions.iter().any(is_done);
        };
        let actions = row_state.row.actions(card);
        if *card == self.card
            && actions
                .iter()
                .eq(self.actions.iter().map(|(action, _)| action))
        {
            return true;
        }
        let focused = self.focused();
        let label = self
            .focused_action()
            .map(|(action, _)| action.label.clone());
        let before = std::mem::take(&mut self.actions);
        self.actions = renewed(actions, &before);
        self.phone = Phone::of(card);
        self.on_phone &= self.phone.is_some();
        self.opens &= row_state.row.opened_by(card).is_some();
        let buttons = self.buttons();
        if let DetailFocus::Button(index) = &mut self.focus {
            let same = |button: &DetailButton| match (button, &label) {
                (DetailButton::Action(index), Some(label)) => {
                    self.actions.get(*index).map(|(action, _)| &action.label) == Some(label)
                }
                (DetailButton::Action(_), None) => false,
                (button, _) => Some(*button) == focused,
            };
            let same = buttons.iter().position(same);
            *index = same.unwrap_or((*index).min(buttons.len() - 1));
        }
        self.card = card.clone();
        self.fit(look);
        true
    }

    /// Fits the words to the screen.
    pub fn fit(&mut self, look: &Look) {
        self.layout = DetailLayout::new(look, &self.card, self.shape, self.buttons().len());
        self.scrolled = self.scrolled.min(self.layout.last_scroll());
        if self.focus == DetailFocus::Text && self.layout.last_scroll() == 0 {
            self.focus = DetailFocus::Button(0);
        }
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button) -> Action {
        if self.on_phone {
            self.on_phone = !matches!(button, Button::Back | Button::Select);
            return Action::None;
        }
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
            DetailFocus::Button(0) if self.layout.last_scroll() > 0 => {
                self.focus = DetailFocus::Text;
            }
            DetailFocus::Button(index) => *index = index.saturating_sub(1),
            DetailFocus::Text => self.scrolled = self.scrolled.saturating_sub(self.layout.step()),
        }
    }

    /// Down in the text to its end, and from there to the buttons.
    fn down(&mut self) {
        let last = self.layout.last_scroll();
        let lowest = self.buttons().len() - 1;
        match &mut self.focus {
            DetailFocus::Text if self.scrolled >= last => self.focus = DetailFocus::Button(0),
            DetailFocus::Text => self.scrolled = (self.scrolled + self.layout.step()).min(last),
            DetailFocus::Button(index) => *index = (*index + 1).min(lowest),
        }
    }

    fn select(&mut self) -> Action {
        let action = match self.focused() {
            None => return Action::None,
            Some(DetailButton::Back) => return Action::Close,
            Some(DetailButton::Phone) => {
                self.on_phone = true;
                return Action::None;
            }
            Some(DetailButton::Open) => {
                return Action::Open {
                    serial: self.row_serial,
                    card: Box::new(self.card.clone()),
                };
            }
            Some(DetailButton::Action(index)) => index,
        };
        match self.actions.get_mut(action) {
            None | Some((_, ActionState::Running(_))) => Action::None,
            Some((action, outcome)) => {
                let open = match outcome {
                    ActionState::Failed { open, .. } => open.take(),
                    ActionState::Idle | ActionState::Running(_) | ActionState::Done(..) => None,
                };
                let request = open.unwrap_or_else(|| action.request());
                *outcome = ActionState::Running(request.clone());
                Action::Run(request)
            }
        }
    }

    /// Takes a message in. One about a press that was made on an earlier visit changes nothing here.
    pub fn update(&mut self, message: &Message) -> Action {
        let change = message.change();
        let runs = |outcome: &ActionState| matches!(outcome, ActionState::Running(request) if *request == message.request);
        let ended = match &message.result {
            Ok(done) => ActionState::Done(message.request.effect(), done.message.clone()),
            Err(error) => ActionState::Failed {
                open: error.leaves_open().then(|| message.request.clone()),
                error: error.clone(),
            },
        };
        // Two buttons with one label are told apart by nothing once the card has changed.
        for (_, outcome) in self.actions.iter_mut().filter(|(_, outcome)| runs(outcome)) {
            *outcome = ended.clone();
        }
        change
    }

    /// The pictures of this screen.
    pub fn pictures(&self, look: &Look) -> Vec<PictureKey> {
        let key = |url: &Url| artwork_key(look, self.shape, url);
        self.card.image.iter().map(key).collect()
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match self.focused_action().map(|(_, outcome)| outcome) {
            Some(ActionState::Running(_)) => "running",
            Some(ActionState::Done(..)) => "done",
            Some(ActionState::Failed { .. }) => "failed",
            Some(ActionState::Idle) | None => "ready",
        }
    }

    /// What OK would do: the button's own label, which may become its opposite. A button that has just said what came
    /// of it holds.
    pub fn aimed(&self, target: Target) -> Target {
        match self.focused_action().filter(|_| !self.on_phone) {
            None => target,
            Some((action, ActionState::Idle)) => target.doing(action.label.to_string()),
            Some((action, _)) => {
                let does = format!("{}: {}", action.label, self.state());
                target.doing(does).still_for(HOLD)
            }
        }
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> String {
        if self.on_phone {
            return DetailButton::Back.id();
        }
        let focused = self.focused();
        focused.map_or_else(|| "text".to_owned(), DetailButton::id)
    }
}

/// New buttons with what there is to say: each has what was said of the one with its label. What no button takes
/// over so is said at the one in its place, as where "Add" has become "Remove".
fn renewed(
    actions: Vec<CardAction>,
    before: &[(CardAction, ActionState)],
) -> Vec<(CardAction, ActionState)> {
    let labels: Vec<_> = actions.iter().map(|action| action.label.clone()).collect();
    let outcome_of = |index: usize, action: &CardAction| {
        let same = before.iter().find(|(old, _)| old.label == action.label);
        if let Some((_, outcome)) = same {
            return outcome.clone();
        }
        match before.get(index) {
            Some((old, outcome)) if !labels.contains(&old.label) => match outcome.clone() {
                // The press is of the old button.
                ActionState::Failed { error, .. } => ActionState::Failed { error, open: None },
                outcome => outcome,
            },
            Some(_) | None => ActionState::Idle,
        }
    };
    let actions = actions.into_iter().enumerate();
    actions
        .map(|(index, action)| {
            let outcome = outcome_of(index, &action);
            (action, outcome)
        })
        .collect()
}

#[cfg(test)]
mod tests;
