//! Everything behind the sign-in.

use iced::{Element, Task};

use super::Context;
use crate::app::remote::Button;
use crate::app::theme::Look;
use crate::app::widget::{Chrome, frame, text};
use crate::session::{Session, SignOut};

/// The signed-in area: home, detail and account, one above the other.
#[derive(Debug)]
pub struct Home {
    session: Session,
}

/// What happens in the signed-in area.
#[derive(Debug, Clone)]
pub enum Message {}

/// What the signed-in area wants of its parent.
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Work to do.
    Run(Task<Message>),
    /// The person signed out; this became of it.
    SignedOut(SignOut),
    /// The server ended the session, in the words of [`crate::session::Error::Ended`].
    Ended(String),
}

impl Home {
    /// Starts loading what the owner's API has.
    pub fn new(context: &Context, session: Session, look: &Look) -> (Self, Task<Message>) {
        let _ = (context, look);
        (Self { session }, Task::none())
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button, look: &Look) -> Action {
        let _ = (button, look);
        Action::None
    }

    /// Takes a message in.
    pub fn update(&mut self, message: Message, look: &Look) -> Action {
        let _ = look;
        match message {}
    }

    /// Draws the screen on top.
    pub fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        let name = self
            .session
            .account()
            .display_name()
            .unwrap_or_default()
            .to_owned();
        frame(look, chrome, text::title(look, name))
    }

    /// Which screen is on top, for `--ui-log`: `home`, `detail`, `account`.
    pub fn screen(&self) -> &'static str {
        "home"
    }

    /// What that screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        "ready"
    }

    /// Id of what has the focus, for `--ui-log`.
    pub fn focus(&self) -> Option<String> {
        None
    }

    /// The session in use, so that its end can wait for what is being written.
    pub fn session(&self) -> &Session {
        &self.session
    }
}
