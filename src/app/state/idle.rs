//! What the program does while nobody presses a key: [`Idle`](crate::app::idle) decides, this acts.

use std::time::{Duration, Instant};

use iced::{Subscription, Task, event, keyboard, mouse, touch};

use super::{App, Message, Screen};
use crate::app::idle::{Idle, IdleContext, IdleLevel, IdleLimits};
use crate::app::pointer::Gesture;
use crate::app::screen::{diagnostics, welcome};
use crate::host::boot_clock;
use crate::host::last_input::{COARSENESS, LastInput};
use crate::session::{PinState, Session, SignOut};

/// What happens while nobody presses a key.
#[derive(Debug, Clone)]
pub enum IdleMessage {
    /// It is time to look what is to be on.
    Due,
    /// Somebody touched something while the screen was not itself: any key, a mouse, a finger.
    Activity,
    /// The person that nobody saw any more is signed out.
    SignedOut(SignOut),
}

/// The lock before, and the sign-out of, somebody who has gone, and where the last key is kept for it.
#[derive(Debug, Default)]
pub(super) struct Absence {
    /// Whether a sign-out is under way.
    leaving: bool,
    /// Whose home was locked and is nowhere any more; still to be signed out where the owner wants that.
    pub(super) locked: Option<Session>,
    /// The last key for which it was found out whether there is a PIN.
    looked: Option<Duration>,
    /// Whether the clock on black was on.
    dark: bool,
    /// Where the time of the last key is kept, where the owner wants people signed out.
    file: Option<LastInput>,
    /// What was written there last.
    written: Duration,
}

impl App {
    /// Begins to count, with what is known from before a restart of the program.
    pub(super) fn begin_to_rest(&mut self, now: Duration) {
        let limits = self
            .launch
            .config
            .as_ref()
            .map(IdleLimits::of)
            .unwrap_or_default();
        let file = limits
            .sign_out
            .map(|_| LastInput::new(&self.launch.cache_dir));
        let key_at = file.as_ref().and_then(|file| file.read(now));
        self.idle = Idle::new(limits, key_at, now);
        self.absence = Absence {
            written: key_at.unwrap_or_default(),
            file,
            ..Absence::default()
        };
    }

    /// Whether `message` ends here: it is about resting, or the key that wakes the screen.
    pub(super) fn rests(&mut self, message: &Message, now: Duration) -> bool {
        let counts = match message {
            Message::Idle(IdleMessage::Due) => return true,
            Message::Idle(IdleMessage::SignedOut(_)) => return false,
            Message::Idle(IdleMessage::Activity) => {
                let _ = self.idle.press(self.scene(), now);
                false
            }
            Message::Pointer(Gesture::Rested) => return false,
            Message::Pressed(_)
            | Message::Held(_)
            | Message::Pointer(_)
            | Message::Diagnostics(diagnostics::Message::Arrived(_)) => {
                self.idle.press(self.scene(), now)
            }
            _ => return false,
        };
        !counts || self.absence.leaving
    }

    /// Brings what is on up to `now`, after whatever happened.
    pub(super) fn rest(&mut self, now: Duration) -> Task<Message> {
        self.idle.turn(self.scene(), now);
        self.look = self.look.shifted(self.idle.shifts());
        self.alarm.set(self.idle.next(self.scene(), now), now);
        let leave = match self.to_sign_out().cloned() {
            Some(session) if self.idle.level() == IdleLevel::SignOut && !self.absence.leaving => {
                tracing::info!("nobody has pressed a key for long: signing out");
                self.absence.leaving = true;
                let work = async move { session.sign_out().await };
                Task::perform(work, |outcome| {
                    Message::Idle(IdleMessage::SignedOut(outcome))
                })
            }
            _ => Task::none(),
        };
        // The key that wakes has been taken in already: what was on before it is remembered here.
        let dark = self.idle.level() == IdleLevel::Ambient;
        let woken = std::mem::replace(&mut self.absence.dark, dark) && !dark;
        let refreshed = if woken { self.returned() } else { Task::none() };
        Task::batch([leave, refreshed, self.note_key()])
    }

    /// Locks the account in use where it has a PIN and nobody has pressed a key for long. To be called before whatever
    /// comes next: nothing of it is left that a key could show, and nothing goes on that asks the API for it.
    pub(super) fn lock(&mut self, now: Duration) -> Task<Message> {
        let key_at = self.idle.key_at();
        if self.absence.leaving || self.absence.looked == Some(key_at) || !self.idle.locks(now) {
            return Task::none();
        }
        let (Some(session), Some(context)) = (self.session().cloned(), &self.context) else {
            return Task::none();
        };
        self.absence.looked = Some(key_at);
        if context.accounts.pins().state(&session.account()) == PinState::NotSet {
            return Task::none();
        }
        tracing::info!("nobody has pressed a key for long: locking");
        self.diagnostics = None;
        // Its tokens are wanted for nothing else.
        self.absence.locked = self.idle.signs_out().then_some(session);
        if matches!(self.screen, Screen::SignIn(_)) {
            // Whoever signs in beside goes on.
            self.forsake_home();
            return Task::none();
        }
        self.root(None)
    }

    /// Whose session ends when nobody comes back.
    fn to_sign_out(&self) -> Option<&Session> {
        self.session().or(self.absence.locked.as_ref())
    }

    /// Somebody is there, though no key was pressed here.
    pub(super) fn light_up(&mut self) {
        self.idle.stir(boot_clock::now());
    }

    /// Whoever comes back wants to see what is new.
    fn returned(&mut self) -> Task<Message> {
        let (now, visit) = (Instant::now(), self.accounts.visit());
        match &mut self.screen {
            Screen::Home(home) => {
                let task = home.returned(&self.look, now);
                task.map(move |message| Message::Home(visit, message))
            }
            _ => Task::none(),
        }
    }

    /// Nobody was there to see who was signed out.
    pub(super) fn signed_out_for_absence(&mut self, outcome: &SignOut) -> Task<Message> {
        if !std::mem::take(&mut self.absence.leaving) {
            return Task::none();
        }
        let notice = match super::navigation::notice(outcome) {
            welcome::Notice::SignedOut => welcome::Notice::Absent,
            trouble => trouble,
        };
        self.absence.locked = None;
        self.root(Some(notice))
    }

    /// Keeps the time of the last key, every now and then.
    fn note_key(&mut self) -> Task<Message> {
        let key_at = self.idle.key_at();
        let Some(file) = self.absence.file.clone() else {
            return Task::none();
        };
        if key_at < self.absence.written + COARSENESS {
            return Task::none();
        }
        self.absence.written = key_at;
        let writing = tokio::task::spawn_blocking(move || file.write(key_at));
        Task::future(async move {
            if let Ok(Err(error)) = writing.await {
                tracing::warn!(%error, "the time of the last key cannot be kept");
            }
        })
        .discard()
    }

    /// Whether something else is on than the screen.
    pub(super) fn is_covered(&self) -> bool {
        self.absence.leaving || !matches!(self.idle.level(), IdleLevel::Awake | IdleLevel::Dimmed)
    }

    /// Seconds until a sign-out that is announced; none where it is under way.
    pub(super) fn farewell(&self) -> Option<Option<u64>> {
        match self.idle.level() {
            _ if self.absence.leaving => Some(None),
            IdleLevel::Warning { seconds } => Some(Some(seconds)),
            IdleLevel::SignOut => Some(None),
            IdleLevel::Awake | IdleLevel::Dimmed | IdleLevel::Ambient => None,
        }
    }

    /// What wakes the screen where it is not itself; the remote's keys, touch and mouse where it is.
    ///
    /// The remote hears nothing of the press that wakes, and so nothing of its repeats and its release.
    pub(super) fn keys(&self) -> Subscription<Message> {
        let rings = self.alarm.rings().map(|()| Message::Idle(IdleMessage::Due));
        let keys = if self.idle.level() == IdleLevel::Awake {
            let remote = self.remote.asking_for_digits(self.asks_for_digits());
            let presses = remote.presses().map(Message::from);
            Subscription::batch([presses, self.pointer.signals().map(Message::Pointer)])
        } else {
            event::listen_with(|event, _, _| {
                is_of_a_person(&event).then_some(Message::Idle(IdleMessage::Activity))
            })
        };
        Subscription::batch([rings, keys])
    }

    /// Whether digits are asked for.
    fn asks_for_digits(&self) -> bool {
        match &self.screen {
            Screen::Pin(screen) => self.diagnostics.is_none() && screen.asks_for_digits(),
            _ => false,
        }
    }

    fn scene(&self) -> IdleContext {
        IdleContext {
            live: match &self.screen {
                Screen::SignIn(screen) => screen.is_live(),
                Screen::Restoring { .. } => true,
                _ => false,
            },
            signed_in: self.to_sign_out().is_some(),
            open: self.session().is_some() && self.absence.looked != Some(self.idle.key_at()),
        }
    }
}

/// Whether somebody must have done it by hand. A key that is held repeats, which is no new press.
fn is_of_a_person(event: &iced::Event) -> bool {
    match event {
        iced::Event::Keyboard(keyboard::Event::KeyPressed { repeat, .. }) => !repeat,
        iced::Event::Mouse(mouse::Event::ButtonPressed(_) | mouse::Event::WheelScrolled { .. })
        | iced::Event::Touch(touch::Event::FingerPressed { .. }) => true,
        _ => false,
    }
}

#[cfg(test)]
impl App {
    /// The same, after nobody has pressed a key for this long.
    pub(in crate::app) fn after(mut self, limits: IdleLimits, alone: Duration) -> Self {
        self.idle = Idle::new(limits, None, Duration::ZERO);
        drop(self.rest(alone));
        self
    }

    fn into_screen(self) -> Screen {
        self.screen
    }
}

#[cfg(test)]
mod tests;
