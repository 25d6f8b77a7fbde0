//! Something went wrong before anybody could sign in: what, what to do, and a way on.

use iced::Element;

use crate::app::i18n::fl;
use crate::app::remote::Button;
use crate::app::theme::Look;
use crate::app::widget::message::Message as Said;
use crate::app::widget::{Chrome, button, frame};
use crate::app::words::Words;

/// The error screen.
#[derive(Debug)]
pub struct Problem {
    words: Words,
}

/// What the error screen wants of its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    None,
    /// Start again.
    TryAgain,
}

impl Problem {
    /// Says `words`.
    pub fn new(words: Words) -> Self {
        Self { words }
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button) -> Action {
        match button {
            Button::Select => Action::TryAgain,
            _ => Action::None,
        }
    }

    /// Draws the screen. It has no message of its own.
    pub fn view<'a, Message: 'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
    ) -> Element<'a, Message> {
        let said = Said {
            title: (&self.words.title).into(),
            color: look.palette.danger,
            hint: (&self.words.hint).into(),
            detail: self.words.detail.as_deref(),
            code: None,
        };
        let again = button(look, "try_again", fl!("sign-in-try-again"), true);
        frame(look, chrome, said.view(look, again))
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        Some("try_again".to_owned())
    }
}
