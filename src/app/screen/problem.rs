//! Something went wrong before anybody could sign in: what, what to do, and a way on.

mod reading;

use crate::app::error_text::ErrorText;
use crate::app::focus::{Controls, Direction, Grid, HasId};
use crate::app::i18n::fl;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::theme::{Look, token};
use crate::app::widget::status_page::{StatusPage, emblem};
use crate::app::widget::{Chrome, button, frame, halves};

/// The error screen.
#[derive(Debug)]
pub struct Problem {
    words: ErrorText,
    focus: Grid<ProblemControl>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ProblemControl {
    TryAgain,
    Diagnose,
}

/// What the error screen wants of its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    None,
    /// Start again.
    TryAgain,
    /// Open the diagnostics.
    Diagnose,
}

impl Problem {
    /// Says `words`.
    pub fn new(words: ErrorText) -> Self {
        Self {
            words,
            focus: Grid::new(vec![vec![
                ProblemControl::TryAgain,
                ProblemControl::Diagnose,
            ]]),
        }
    }

    /// A stable word for what went wrong.
    pub fn code(&self) -> &'static str {
        self.words.code
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button) -> Action {
        if let Some(direction) = Direction::of(button) {
            let _ = self.focus.step(direction);
            return Action::None;
        }
        match (button, self.focus.focused()) {
            (Button::Select, Some(ProblemControl::Diagnose)) => Action::Diagnose,
            (Button::Select, _) => Action::TryAgain,
            _ => Action::None,
        }
    }

    /// Draws the screen. It has no message of its own.
    pub fn view<'a, Message: 'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
    ) -> Element<'a, Message> {
        let said = StatusPage {
            title: (&self.words.title).into(),
            color: look.palette.danger,
            emblem: emblem(self.words.code),
            hint: (&self.words.hint).into(),
            detail: self.words.detail.as_deref(),
            code: None,
        };
        let control = |control: ProblemControl, words: String| {
            button(look, control.id(), words, self.focus.has(control))
        };
        let controls = || {
            let controls = [
                control(ProblemControl::TryAgain, fl!("sign-in-try-again")),
                control(ProblemControl::Diagnose, fl!("account-diagnostics")),
            ];
            halves::controls(look, controls, token::GAP_S)
        };
        frame(look, chrome, said.view(look, controls))
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        &mut self.focus
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        Some(self.focus.focused()?.id().into())
    }
}

impl HasId for ProblemControl {
    fn id(self) -> &'static str {
        match self {
            Self::TryAgain => "try_again",
            Self::Diagnose => "diagnostics",
        }
    }
}
