//! The greeting after a sign-in, and a way out for a person it is not meant for.

use iced::task::Handle;
use iced::widget::{Space, column, container, row};
use iced::{Center, Element, Fill, Task};

use super::account::portrait;
use crate::app::focus::{Controls, Direction, Grid, HasId};
use crate::app::i18n::fl;
use crate::app::pictures::Pictures;
use crate::app::remote::Button;
use crate::app::theme::{Look, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::{Chrome, button, frame, named, text};
use crate::session::{Account, Session, SignOut};

/// The greeting.
#[derive(Debug)]
pub struct Success {
    session: Session,
    account: Account,
    focus: Grid<SuccessControl>,
    leaving: bool,
    /// Counts down to home, or signs out.
    work: Option<Handle>,
}

/// What happens on the greeting.
#[derive(Debug, Clone)]
pub enum Message {
    /// The greeting has been up long enough.
    Enough,
    /// The sign-out is done.
    SignedOut(SignOut),
}

/// What the greeting wants of its parent.
#[derive(Debug)]
pub enum Action {
    None,
    /// Work to do.
    Run(Task<Message>),
    /// On to home.
    Continue,
    /// It was somebody else; they are signed out and the sign-in starts again.
    Restart(SignOut),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SuccessControl {
    Continue,
    NotYou,
}

impl HasId for SuccessControl {
    fn id(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::NotYou => "not_you",
        }
    }
}

impl Success {
    /// Greets the person of `session` and moves on by itself.
    pub fn new(session: Session) -> (Self, Task<Message>) {
        let account = session.account();
        Self::of(session, account)
    }

    /// As [`Success::new`], for an account that is known.
    fn of(session: Session, account: Account) -> (Self, Task<Message>) {
        let mut screen = Self {
            account,
            session,
            focus: Grid::new(vec![vec![SuccessControl::Continue, SuccessControl::NotYou]]),
            leaving: false,
            work: None,
        };
        let task = screen.wait();
        (screen, task)
    }

    /// Takes a message in.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Enough if self.leaving => Action::None,
            Message::Enough => Action::Continue,
            Message::SignedOut(outcome) => Action::Restart(outcome),
        }
    }

    /// A button of the remote was pressed. Back has nowhere to go.
    pub fn press(&mut self, button: Button) -> Action {
        if self.leaving {
            return Action::None;
        }
        if let Some(direction) = Direction::of(button) {
            // A person who moves the focus gets the whole time again.
            return if self.focus.step(direction) {
                Action::Run(self.wait())
            } else {
                Action::None
            };
        }
        match (button, self.focus.focused()) {
            (Button::Select, Some(SuccessControl::NotYou)) => {
                self.leaving = true;
                let session = self.session.clone();
                let work = async move { session.sign_out().await };
                let (task, handle) = Task::perform(work, Message::SignedOut).abortable();
                self.work = Some(handle.abort_on_drop());
                Action::Run(task)
            }
            (Button::Select, _) => Action::Continue,
            _ => Action::None,
        }
    }

    fn wait(&mut self) -> Task<Message> {
        let (task, handle) =
            Task::perform(tokio::time::sleep(token::GREETING), |()| Message::Enough).abortable();
        self.work = Some(handle.abort_on_drop());
        task
    }

    /// Draws the screen.
    pub fn view<'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
        pictures: &Pictures,
    ) -> Element<'a, Message> {
        let hello = match greeting_name(&self.account) {
            Some(name) => fl!("success-hello", name = name),
            None => fl!("success-hello-nameless"),
        };
        let under = if self.leaving {
            fl!("success-signing-out")
        } else {
            fl!("success-signed-in")
        };
        let warning =
            self.account.not_remembered.as_ref().map(|_| {
                text::body(look, fl!("account-not-remembered")).color(look.palette.accent)
            });
        let width = look.safe().width
            - look.px(token::PORTRAIT)
            - look.px(token::GAP_L)
            - 2.0 * ring_room(look);
        let words = column![
            text::fitted(look, hello, &[token::TITLE, token::HEADING], width),
            text::body(look, under).color(look.palette.muted),
        ]
        .push(warning)
        .spacing(look.px(token::GAP_XS))
        .width(width);
        let controls = (!self.leaving).then(|| {
            row![
                self.control(look, fl!("success-continue"), SuccessControl::Continue),
                self.control(look, fl!("success-not-you"), SuccessControl::NotYou),
            ]
            .spacing(look.px(token::GAP_S))
        });
        let portrait = named(
            "portrait",
            portrait(look, &self.account, pictures, look.px(token::PORTRAIT)),
        );
        let page = column![
            container(
                row![portrait, words]
                    .spacing(look.px(token::GAP_L))
                    .align_y(Center)
            )
            .padding([0.0, ring_room(look)]),
            Space::new().height(look.px(token::GAP_L)),
        ]
        .push(controls);
        frame(look, chrome, container(page).center_y(Fill))
    }

    fn control<'a>(
        &self,
        look: &Look,
        words: String,
        control: SuccessControl,
    ) -> Element<'a, Message> {
        button(look, control.id(), words, self.focus.has(control))
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        if self.leaving { "leaving" } else { "greeting" }
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        let control = self.focus.focused()?;
        (!self.leaving).then(|| control.id().into())
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        &mut self.focus
    }
}

/// What a person is called to their face: the given name where the server tells it.
fn greeting_name(account: &Account) -> Option<&str> {
    account
        .claims
        .get("given_name")
        .and_then(serde_json::Value::as_str)
        .filter(|name| !name.trim().is_empty())
        .or_else(|| account.display_name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::gallery;

    #[tokio::test]
    async fn b38_the_greeting_says_who_it_is_and_takes_no_for_an_answer() {
        let folder = tempfile::tempdir().unwrap();
        let context = gallery::context(folder.path());
        let (mut screen, _) = Success::new(gallery::session(&context, "Eve"));
        // A stranger confirmed the code on the sofa's screen: their name stands there.
        assert_eq!(greeting_name(&screen.account), Some("Eve"));
        assert_eq!(screen.focus().as_deref(), Some("continue"));
        let _ = screen.press(Button::Right);
        assert_eq!(screen.focus().as_deref(), Some("not_you"));
        assert!(matches!(screen.press(Button::Select), Action::Run(_)));
        assert_eq!(screen.state(), "leaving");
        // Neither the clock nor another press lets the stranger in meanwhile.
        assert!(matches!(screen.update(Message::Enough), Action::None));
        assert!(matches!(screen.press(Button::Select), Action::None));
        let out = SignOut {
            revocation: device_flow::Revocation::Revoked,
            not_removed: None,
            beside: Vec::new(),
        };
        let action = screen.update(Message::SignedOut(out));
        assert!(matches!(action, Action::Restart(_)));
    }
}
