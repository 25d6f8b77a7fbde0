//! The PIN of an account: asked for, set, changed, removed.
//!
//! The digits are on a pad that arrows and OK work, and on the digit keys. They are never drawn, and neither
//! `--ui-log` nor the log tells where on the pad the focus is.

mod digits;
mod focus;
mod reading;
mod view;

use std::time::Instant;

use iced::Task;
use iced::task::Handle;

use self::digits::PinDigits;
use self::focus::{PadKey, PinControl, PinFocus, pad};
use crate::app::focus::{Direction, Grid, unmirrored};
use crate::app::pictures::Pictures;
use crate::app::remote::Button;
use crate::app::theme::Look;
use crate::session::{Account, Accounts, Pin, PinState, Verdict};

/// The screen.
#[derive(Debug)]
pub struct PinPad {
    accounts: Accounts,
    account: Account,
    portrait: Pictures,
    purpose: Purpose,
    step: PinStep,
    digits: PinDigits,
    note: Option<PinNotice>,
    focus: PinFocus,
    now: Instant,
    /// Aborts what is in flight when the screen goes.
    work: Option<Handle>,
}

/// What the PIN is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To come in.
    Unlock,
    /// To set one, or another one.
    Set,
    /// To ask for none any more.
    Remove,
}

#[derive(Debug)]
enum PinStep {
    /// Reading what is known of the PIN, trying it or writing it.
    Working {
        /// Digits that are in.
        typed: usize,
    },
    /// The PIN that is in force.
    Current,
    /// A new one.
    New,
    /// The new one once more.
    Repeat(Pin),
    /// Too many were wrong.
    Wait { until: Instant },
    /// The file cannot be read; no PIN fits.
    Unreadable,
    /// What to do for who has forgotten it.
    Forgotten,
}

/// What came of the last digits.
#[derive(Debug, Clone, PartialEq, Eq)]
enum PinNotice {
    Wrong { left: u32 },
    Mismatch,
    NotSaved(String),
}

/// What happens on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// What is known of the PIN, after `verdict` if it was tried.
    Known {
        /// What came of the try.
        verdict: Option<Verdict>,
        /// What is known now.
        state: PinState,
    },
    /// It has been set or removed, or could not be.
    Written(Result<(), String>),
    /// A second has passed.
    Tick(Instant),
}

/// What the screen wants of its parent.
#[derive(Debug)]
pub enum Action {
    None,
    /// Work to do.
    Run(Task<Message>),
    /// Back where the person came from.
    Leave,
    /// It was the right one: come in.
    Unlocked,
    /// The PIN has been set (`true`) or removed.
    Changed(bool),
    /// Sign in again, which clears it.
    SignIn,
}

/// What to do next, apart from the screen.
enum PinJob {
    Look,
    Try(Pin),
    Set(Pin),
    Remove,
}

impl PinPad {
    /// Finds out what is known of the PIN of `account`, and asks for it. `portrait` holds the account's
    /// picture, where that is there.
    pub fn new(
        accounts: &Accounts,
        account: Account,
        portrait: Pictures,
        purpose: Purpose,
        now: Instant,
    ) -> (Self, Task<Message>) {
        let mut screen = Self {
            accounts: accounts.clone(),
            account,
            purpose,
            portrait,
            step: PinStep::Working { typed: 0 },
            digits: PinDigits::default(),
            note: None,
            focus: PinFocus::new(),
            now,
            work: None,
        };
        let task = screen.begin(PinJob::Look);
        (screen, task)
    }

    /// Whose PIN it is.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button, look: &Look, now: Instant) -> Action {
        self.turn(now);
        if button == Button::Back {
            return self.back();
        }
        if let Button::Digit(digit) = button {
            return self.digit(digit);
        }
        // The pad is the same in every language, so that arrows on it are as they are on the remote.
        let spatial = if self.focus.on_pad {
            unmirrored(button, look.right_to_left())
        } else {
            button
        };
        if let Some(direction) = Direction::of(spatial) {
            let away = Direction::of(button).unwrap_or(direction);
            self.focus.step(direction, away, self.takes_digits());
            return Action::None;
        }
        if button != Button::Select {
            return Action::None;
        }
        if self.focus.on_pad {
            return match self.focus.pad.focused() {
                Some(PadKey::Digit(digit)) => self.digit(digit),
                Some(PadKey::Erase) => {
                    self.digits.erase();
                    Action::None
                }
                None => Action::None,
            };
        }
        match self.focus.side.focused() {
            Some(PinControl::Forgot) => {
                self.enter(PinStep::Forgotten);
                Action::None
            }
            Some(PinControl::SignIn) => Action::SignIn,
            Some(PinControl::Back) => self.back(),
            None => Action::None,
        }
    }

    fn back(&mut self) -> Action {
        match self.step {
            PinStep::Forgotten => Action::Run(self.begin(PinJob::Look)),
            _ => Action::Leave,
        }
    }

    /// Whether digits are what is asked for, also while the last ones are being looked at.
    pub fn asks_for_digits(&self) -> bool {
        self.takes_digits() || matches!(self.step, PinStep::Working { .. })
    }

    fn takes_digits(&self) -> bool {
        matches!(
            self.step,
            PinStep::Current | PinStep::New | PinStep::Repeat(_)
        )
    }

    fn digit(&mut self, digit: u8) -> Action {
        if !self.takes_digits() {
            return Action::None;
        }
        let pin = self.digits.push(digit);
        // A person who types again has read the notice.
        self.note = None;
        let Some(pin) = pin else {
            return Action::None;
        };
        match std::mem::replace(&mut self.step, PinStep::Working { typed: 0 }) {
            PinStep::Current => Action::Run(self.begin(PinJob::Try(pin))),
            PinStep::New => {
                self.enter(PinStep::Repeat(pin));
                Action::None
            }
            PinStep::Repeat(first) if first.is(&pin) => Action::Run(self.begin(PinJob::Set(pin))),
            PinStep::Repeat(_) => {
                self.note = Some(PinNotice::Mismatch);
                self.enter(PinStep::New);
                Action::None
            }
            other => {
                self.step = other;
                Action::None
            }
        }
    }

    /// Takes a message in.
    pub fn update(&mut self, message: Message, now: Instant) -> Action {
        match message {
            Message::Known { verdict, state } => self.known(verdict, state, now),
            Message::Written(Ok(())) => Action::Changed(self.purpose == Purpose::Set),
            Message::Written(Err(why)) => {
                self.note = Some(PinNotice::NotSaved(why));
                self.enter(match self.purpose {
                    Purpose::Set => PinStep::New,
                    Purpose::Unlock | Purpose::Remove => PinStep::Current,
                });
                Action::None
            }
            Message::Tick(at) => {
                self.turn(at);
                Action::None
            }
        }
    }

    fn known(&mut self, verdict: Option<Verdict>, state: PinState, now: Instant) -> Action {
        self.turn(now);
        if let Some(Verdict::Wrong { left }) = verdict {
            self.note = Some(PinNotice::Wrong { left });
        }
        match (verdict, state) {
            (Some(Verdict::Right), _) | (_, PinState::NotSet) => match self.purpose {
                Purpose::Unlock => return Action::Unlocked,
                Purpose::Set => self.enter(PinStep::New),
                Purpose::Remove => return Action::Run(self.begin(PinJob::Remove)),
            },
            (_, PinState::Ready) => self.enter(PinStep::Current),
            (_, PinState::Wait(until)) => self.enter(PinStep::Wait { until }),
            (_, PinState::Unreadable) => self.enter(PinStep::Unreadable),
        }
        Action::None
    }

    fn enter(&mut self, step: PinStep) {
        self.digits = PinDigits::default();
        self.step = step;
        let took = self.focus.on_pad;
        self.focus.side = Grid::new(match (&self.step, self.purpose) {
            (PinStep::Forgotten, _) | (PinStep::Unreadable, _) => {
                vec![vec![PinControl::SignIn], vec![PinControl::Back]]
            }
            (PinStep::New | PinStep::Repeat(_), _) => vec![vec![PinControl::Back]],
            _ => vec![vec![PinControl::Forgot], vec![PinControl::Back]],
        });
        self.focus.on_pad = self.takes_digits();
        // Digits are typed from the middle, wherever the last one was.
        if !(took && self.focus.on_pad) {
            self.focus.pad = pad();
        }
        if !self.focus.on_pad && !matches!(self.step, PinStep::Forgotten) {
            self.focus.side.focus(PinControl::Back);
        }
    }

    /// A wait that is over ends.
    fn turn(&mut self, now: Instant) {
        self.now = self.now.max(now);
        if let PinStep::Wait { until } = self.step
            && until <= self.now
        {
            self.note = None;
            let elsewhere = self
                .focus
                .side
                .focused()
                .filter(|control| *control != PinControl::Back);
            self.enter(PinStep::Current);
            // A focus that was moved meanwhile stays: the next OK must not type a digit.
            if let Some(control) = elsewhere.filter(|control| self.focus.side.holds(*control)) {
                self.focus.on_pad = false;
                self.focus.side.focus(control);
            }
        }
    }

    /// Starts work off the thread of the screen: a hash takes a fraction of a second.
    fn begin(&mut self, job: PinJob) -> Task<Message> {
        self.digits = PinDigits::default();
        self.step = PinStep::Working {
            typed: match job {
                PinJob::Look => 0,
                PinJob::Try(_) | PinJob::Set(_) | PinJob::Remove => Pin::LENGTH,
            },
        };
        let (accounts, account) = (self.accounts.clone(), self.account.clone());
        let work = tokio::task::spawn_blocking(move || match job {
            PinJob::Look => Message::Known {
                verdict: None,
                state: accounts.pins().state(&account),
            },
            PinJob::Try(pin) => Message::Known {
                verdict: Some(accounts.pins().attempt(&account, &pin)),
                state: accounts.pins().state(&account),
            },
            PinJob::Set(pin) => Message::Written(written(accounts.pins().set(&account, &pin))),
            PinJob::Remove => Message::Written(written(accounts.pins().remove(&account))),
        });
        let (task, handle) = Task::future(async move {
            work.await
                .unwrap_or_else(|error| Message::Written(Err(error.to_string())))
        })
        .abortable();
        self.work = Some(handle.abort_on_drop());
        task
    }

    /// What the screen is doing, for `--ui-log`. It does not tell how many digits there are.
    pub fn state(&self) -> &'static str {
        match (&self.step, &self.note) {
            (PinStep::Working { .. }, _) => "checking",
            (PinStep::Wait { .. }, _) => "locked",
            (PinStep::Unreadable, _) => "unreadable",
            (PinStep::Forgotten, _) => "forgotten",
            (_, Some(PinNotice::NotSaved(_))) => "not_saved",
            (PinStep::Current, Some(_)) => "wrong",
            (PinStep::Current, None) => "asking",
            (PinStep::New, Some(_)) => "mismatch",
            (PinStep::New, None) => "new",
            (PinStep::Repeat(_), _) => "repeat",
        }
    }

    /// Id of what has the focus: `pad` for whichever key of the pad.
    pub fn focus(&self) -> Option<String> {
        let id = match (self.focus.on_pad, self.focus.side.focused()?) {
            (true, _) => "pad",
            (false, control) => control.id(),
        };
        Some(id.to_owned())
    }
}

fn written(result: Result<(), crate::session::Error>) -> Result<(), String> {
    result.map_err(|error| error.to_string())
}

#[cfg(test)]
pub(in crate::app) mod tests;
