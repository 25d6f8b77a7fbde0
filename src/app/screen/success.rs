//! The greeting after a sign-in, and a way out for a person it is not meant for.
//!
//! Where the owner wants people asked whether they stay signed in, it is asked here. The focus stands on "no", and no answer
//! is one, too: on a screen that others use, the mistake that can be mended is a second sign-in and not a session that was
//! left behind.

mod reading;
mod view;

use std::time::Duration;

use iced::Task;
use iced::task::Handle;

use crate::app::focus::{Controls, Direction, Grid, HasId};
use crate::app::i18n::fl;
use crate::app::remote::Button;
use crate::app::theme::token;
use crate::session::{Account, Session, SignOut};

/// The greeting.
#[derive(Debug)]
pub struct Success {
    session: Session,
    account: Account,
    focus: Grid<SuccessControl>,
    step: Step,
    /// How long it stays without a key.
    stays: Duration,
    /// Counts down to home, keeps the guest, or signs out.
    work: Option<Handle>,
}

/// What the greeting is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It greets.
    Greeting,
    /// It asks a guest whether they stay.
    Asking,
    /// They do, and that is being written.
    Keeping,
    /// It was somebody else, who is being signed out.
    Leaving,
}

/// What happens on the greeting.
#[derive(Debug, Clone)]
pub enum Message {
    /// The greeting has been up long enough.
    Enough,
    /// The guest who wanted to stay is one no more.
    Kept,
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
    /// The person stays signed in on this screen: what is kept of them may be used. The greeting goes on, where there is
    /// something to say, with this work.
    Kept(Option<Task<Message>>),
    /// It was somebody else; they are signed out and the sign-in starts again.
    Restart(SignOut),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SuccessControl {
    Continue,
    OnlyThisTime,
    Stay,
    NotYou,
}

impl HasId for SuccessControl {
    fn id(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::OnlyThisTime => "only_this_time",
            Self::Stay => "stay",
            Self::NotYou => "not_you",
        }
    }
}

impl Success {
    /// Greets the person of `session` for so long and moves on by itself.
    pub fn new(session: Session, greets: Duration) -> (Self, Task<Message>) {
        Self::at(Step::Greeting, session, greets)
    }

    /// The same, and asks whether they stay signed in on this screen.
    pub fn asking(session: Session, greets: Duration) -> (Self, Task<Message>) {
        Self::at(Step::Asking, session, greets.max(token::ANSWER))
    }

    fn at(step: Step, session: Session, stays: Duration) -> (Self, Task<Message>) {
        let mut screen = Self {
            account: session.account(),
            session,
            focus: controls(step),
            step,
            stays,
            work: None,
        };
        let task = screen.wait();
        (screen, task)
    }

    /// Whether something is being done that no key changes.
    fn is_busy(&self) -> bool {
        matches!(self.step, Step::Keeping | Step::Leaving)
    }

    /// Takes a message in.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Enough if self.is_busy() => Action::None,
            Message::Enough => Action::Continue,
            Message::Kept => self.kept(),
            Message::SignedOut(outcome) => Action::Restart(outcome),
        }
    }

    /// A button of the remote was pressed. Back has nowhere to go.
    pub fn press(&mut self, button: Button) -> Action {
        if self.is_busy() {
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
                self.step = Step::Leaving;
                let session = self.session.clone();
                let work = async move { session.sign_out().await };
                Action::Run(self.run(Task::perform(work, Message::SignedOut)))
            }
            (Button::Select, Some(SuccessControl::Stay)) => {
                self.step = Step::Keeping;
                let session = self.session.clone();
                let work = async move { session.keep().await };
                Action::Run(self.run(Task::perform(work, |()| Message::Kept)))
            }
            (Button::Select, _) => Action::Continue,
            _ => Action::None,
        }
    }

    fn wait(&mut self) -> Task<Message> {
        self.run(Task::perform(tokio::time::sleep(self.stays), |()| {
            Message::Enough
        }))
    }

    fn run(&mut self, work: Task<Message>) -> Task<Message> {
        let (task, handle) = work.abortable();
        self.work = Some(handle.abort_on_drop());
        task
    }

    /// The person is kept. Where that went wrong they are told, as after any sign-in.
    fn kept(&mut self) -> Action {
        self.account = self.session.account();
        if self.account.not_remembered.is_none() {
            return Action::Kept(None);
        }
        self.step = Step::Greeting;
        self.focus = controls(self.step);
        self.stays = token::ANSWER;
        Action::Kept(Some(self.wait()))
    }

    /// What there is to say of what is kept: nothing of a guest, or nothing because it could not be saved.
    fn warning(&self) -> Option<String> {
        if self.account.guest {
            return Some(fl!("guest"));
        }
        let unsaved = self.account.not_remembered.as_ref();
        unsaved.map(|_| fl!("account-not-remembered"))
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match self.step {
            Step::Greeting => "greeting",
            Step::Asking => "asking",
            Step::Keeping => "keeping",
            Step::Leaving => "leaving",
        }
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        let control = self.focus.focused()?;
        (!self.is_busy()).then(|| control.id().into())
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        &mut self.focus
    }
}

/// What can be pressed, the focus on the first.
fn controls(step: Step) -> Grid<SuccessControl> {
    Grid::new(vec![shown(step).to_vec()])
}

fn shown(step: Step) -> &'static [SuccessControl] {
    match step {
        Step::Asking => &[
            SuccessControl::OnlyThisTime,
            SuccessControl::Stay,
            SuccessControl::NotYou,
        ],
        Step::Greeting | Step::Keeping | Step::Leaving => {
            &[SuccessControl::Continue, SuccessControl::NotYou]
        }
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

    const GREETS: Duration = Duration::from_secs(4);

    #[tokio::test(start_paused = true)]
    async fn a_guest_who_says_nothing_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let context = gallery::context(folder.path());
        let guest = || gallery::guest(&context, "Ada");
        let (mut screen, _) = Success::asking(guest(), GREETS);
        assert_eq!(screen.state(), "asking");
        assert_eq!(screen.stays, token::ANSWER, "a question takes its time");
        // What a thumb presses twice, and what no thumb presses: both are no.
        assert_eq!(screen.focus().as_deref(), Some("only_this_time"));
        assert!(matches!(screen.press(Button::Select), Action::Continue));
        let (mut screen, _) = Success::asking(guest(), GREETS);
        assert!(matches!(screen.update(Message::Enough), Action::Continue));
        assert!(screen.session.is_guest() && !context.accounts.folder().exists());

        let (mut screen, _) = Success::asking(guest(), GREETS);
        let _ = screen.press(Button::Right);
        assert_eq!(screen.focus().as_deref(), Some("stay"));
        assert!(matches!(screen.press(Button::Select), Action::Run(_)));
        assert_eq!((screen.state(), screen.focus()), ("keeping", None));
        assert!(matches!(screen.update(Message::Enough), Action::None));
        screen.session.keep().await;
        assert!(matches!(screen.update(Message::Kept), Action::Kept(None)));
        assert!(context.accounts.file("default").exists());
    }

    #[tokio::test]
    async fn a_guest_who_could_not_be_kept_is_told() {
        let folder = tempfile::tempdir().unwrap();
        // In the place of the folder.
        std::fs::write(folder.path().join("accounts"), "").unwrap();
        let context = gallery::context(folder.path());
        let (mut screen, _) = Success::asking(gallery::guest(&context, "Ada"), GREETS);
        screen.session.keep().await;
        assert!(matches!(
            screen.update(Message::Kept),
            Action::Kept(Some(_))
        ));
        assert_eq!(screen.state(), "greeting");
        assert_eq!(screen.warning(), Some(fl!("account-not-remembered")));
    }

    #[tokio::test]
    async fn b38_the_greeting_says_who_it_is_and_takes_no_for_an_answer() {
        let folder = tempfile::tempdir().unwrap();
        let context = gallery::context(folder.path());
        let (mut screen, _) = Success::new(gallery::session(&context, "Eve"), GREETS);
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
