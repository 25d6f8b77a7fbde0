//! What the program does while no key is pressed: [`Idle`](crate::app::idle) decides, this acts.

use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

use iced::{Subscription, Task, keyboard, mouse, touch};

use super::screen::{OverVisit, notice};
use super::{App, Message, Now};
use crate::app::idle::{Idle, IdleContext, IdleLevel, IdleLimits};
use crate::app::idle_timer::IdleTimer;
use crate::app::pointer::Gesture;
use crate::app::screen::{diagnostics, welcome};
use crate::host::last_input::{COARSENESS, LastInput};
use crate::session::{PinState, Session, SignOut};

/// What happens while no key is pressed.
#[derive(Debug, Clone)]
pub enum IdleMessage {
    /// It is time to look what is to be on.
    Due,
    /// A person touched something while the screen was not itself: any key, a mouse, a finger.
    Activity,
    /// The person who went away is signed out.
    SignedOut(SignOut),
}

/// How long no key has been pressed, and what has followed from that.
#[derive(Debug)]
pub(super) struct IdleState {
    /// The rule.
    idle: Idle,
    /// Wakes the program for the next thing that is due.
    timer: IdleTimer,
    /// Whether a sign-out is under way.
    leaving: bool,
    /// Whose home was locked and is nowhere any more; still to be signed out where the owner wants that.
    locked: Option<Session>,
    /// The last key for which it was found out whether there is a PIN.
    looked: Option<Duration>,
    /// Whether the clock on black was on.
    dark: bool,
    /// Where the time of the last key is kept, where the owner wants people signed out.
    file: Option<LastInput>,
    /// What was written there last.
    written: Duration,
    /// Whether the key that wakes has been heard and is still to be taken in. What comes after it in the same batch of
    /// events is meant for the screen.
    waking: Cell<bool>,
}

/// What is on instead of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    /// A question whether anybody is there, with the seconds until a sign-out; none where that is under way.
    StillThere(Option<u64>),
    /// A clock on black.
    Ambient,
}

/// What idle time asks of the program.
#[derive(Debug, PartialEq, Eq)]
enum Effect {
    /// Sign out the person who has gone.
    SignOut,
    /// A person is back and wants to see what is new.
    Refresh,
    /// Write the time of the last key.
    KeepKey(LastInput, Duration),
}

impl IdleState {
    /// Nothing is ever due.
    pub(super) fn new(now: Duration) -> Self {
        Self::counting(IdleLimits::default(), None, now)
    }

    /// Begins to count, with what is known from before a restart of the program.
    pub(super) fn restored(limits: IdleLimits, cache_dir: &Path, now: Duration) -> Self {
        Self::counting(
            limits,
            limits.sign_out.map(|_| LastInput::new(cache_dir)),
            now,
        )
    }

    fn counting(limits: IdleLimits, file: Option<LastInput>, now: Duration) -> Self {
        let key_at = file.as_ref().and_then(|file| file.read(now));
        Self {
            idle: Idle::new(limits, key_at, now),
            timer: IdleTimer::default(),
            leaving: false,
            locked: None,
            looked: None,
            dark: false,
            file,
            written: key_at.unwrap_or_default(),
            waking: Cell::new(false),
        }
    }

    /// Counts by other limits from here on. What has been counted stays, and so does what is on until it is due to change.
    pub(super) fn limit(&mut self, limits: IdleLimits, cache_dir: &Path) {
        self.idle.limit(limits);
        self.file = limits.sign_out.map(|_| LastInput::new(cache_dir));
    }

    /// A person is there, though no key was pressed here.
    pub(super) fn activity(&mut self, now: Duration) {
        self.idle.stir(now);
    }

    /// Another person is here now: the one who was locked out is not to be signed out any more.
    pub(super) fn unlocked(&mut self) {
        self.locked = None;
    }

    /// What is on instead of the screen.
    pub(super) fn cover(&self) -> Option<Cover> {
        match self.idle.level() {
            _ if self.leaving => Some(Cover::StillThere(None)),
            IdleLevel::Warning { seconds } => Some(Cover::StillThere(Some(seconds))),
            IdleLevel::SignOut => Some(Cover::StillThere(None)),
            IdleLevel::Ambient => Some(Cover::Ambient),
            IdleLevel::Awake | IdleLevel::Dimmed => None,
        }
    }

    /// Whether the screen is as it is, and takes keys.
    pub(super) fn is_awake(&self) -> bool {
        self.idle.level() == IdleLevel::Awake
    }

    /// Whether the screen is darker than usual.
    pub(super) fn is_dimmed(&self) -> bool {
        self.idle.level() == IdleLevel::Dimmed
    }

    /// Whether a clock on black is on.
    pub(super) fn is_ambient(&self) -> bool {
        self.idle.level() == IdleLevel::Ambient
    }

    /// How often the content has moved so far.
    pub(super) fn shifts(&self) -> u32 {
        self.idle.shifts()
    }

    /// Whether `message` ends here: it is about idle time, or the key that wakes the screen.
    pub(super) fn swallows(
        &mut self,
        message: &Message,
        context: IdleContext,
        now: Duration,
    ) -> bool {
        let counts = match message {
            Message::Idle(IdleMessage::Due) => return true,
            Message::Idle(IdleMessage::Activity) => {
                self.waking.set(false);
                let _ = self.idle.press(context, now);
                false
            }
            Message::Pointer(Gesture::Rested | Gesture::Stopped) => return false,
            Message::Pressed(_)
            | Message::Held(_)
            | Message::Pointer(_)
            | Message::Diagnostics(diagnostics::Message::Arrived(_)) => {
                self.idle.press(context, now)
            }
            Message::Idle(IdleMessage::SignedOut(_))
            | Message::Pointed(..)
            | Message::System(_)
            | Message::Narrator(_)
            | Message::FocusFrame
            | Message::Logo(_)
            | Message::Backdrop(_)
            | Message::PreferencesUnsaved(_)
            | Message::Diagnostics(_)
            | Message::AccountsChanged
            | Message::Control(_)
            | Message::Visit(..)
            | Message::Screen(_)
            | Message::ShutDown => return false,
        };
        !counts || self.leaving
    }

    /// Whether guests whose home is not on are to be signed out.
    pub(super) fn guests_leave(&self, now: Duration) -> bool {
        !self.leaving && self.idle.guests_leave(now)
    }

    /// Whether it is time to find out whether the account in use has a PIN, and to lock it.
    fn lock_is_due(&self, now: Duration) -> bool {
        !self.leaving && self.looked != Some(self.idle.key_at()) && self.idle.locks(now)
    }

    /// It was found out whether there is a PIN.
    fn looked(&mut self) {
        self.looked = Some(self.idle.key_at());
    }

    /// Locked. Its tokens are wanted for nothing but the sign-out.
    fn locks(&mut self, session: Session) {
        self.locked = self.idle.signs_out().then_some(session);
    }

    /// Brings what is on up to `now`, after whatever happened.
    fn advance(&mut self, context: IdleContext, now: Duration) -> Vec<Effect> {
        self.idle.turn(context, now);
        self.timer.set(self.idle.next(context, now), now);
        let mut effects = Vec::new();
        if context.signed_in && self.idle.level() == IdleLevel::SignOut && !self.leaving {
            self.leaving = true;
            effects.push(Effect::SignOut);
        }
        // The key that wakes has been taken in already: what was on before it is remembered here.
        let dark = self.is_ambient();
        if std::mem::replace(&mut self.dark, dark) && !dark {
            effects.push(Effect::Refresh);
        }
        let key_at = self.idle.key_at();
        if let Some(file) = &self.file
            && key_at >= self.written + COARSENESS
        {
            effects.push(Effect::KeepKey(file.clone(), key_at));
            self.written = key_at;
        }
        effects
    }

    /// A sign-out has ended. Whether it was for an absence.
    fn signed_out(&mut self) -> bool {
        let was_leaving = std::mem::take(&mut self.leaving);
        if was_leaving {
            self.locked = None;
        }
        was_leaving
    }
}

impl App {
    /// Counts anew, by the limits of the owner.
    pub(super) fn begin_idle(&mut self, now: Duration) {
        let limits = self.launch.config.as_deref().map(IdleLimits::of);
        let limits = limits.unwrap_or_default();
        let timer = self.idle.timer.clone();
        self.idle = IdleState {
            timer,
            ..IdleState::restored(limits, &self.launch.cache_dir, now)
        };
    }

    /// What the screen that is on means for idle time.
    pub(super) fn idle_context(&self) -> IdleContext {
        let session = self.session();
        IdleContext {
            live: self.screen.active().is_live(),
            signed_in: session.is_some() || self.idle.locked.is_some(),
            guest: self.guest_in_use().is_some(),
            guests_away: self.has_guests_away(),
            open: session.is_some() && self.idle.looked != Some(self.idle.idle.key_at()),
        }
    }

    /// Locks the account in use where it has a PIN and no key has been pressed for long. To be called before all
    /// else: nothing of it is left that a key could show, and nothing goes on that asks the API for it.
    pub(super) fn lock_when_idle(&mut self, now: Now) -> Task<Message> {
        if !self.idle.lock_is_due(now.uptime) {
            return Task::none();
        }
        let (Some(session), Some(context)) = (self.session().cloned(), &self.context) else {
            return Task::none();
        };
        self.idle.looked();
        if context.accounts.pins().state(&session.account()) == PinState::NotSet {
            return Task::none();
        }
        tracing::info!("nobody has pressed a key for long: locking");
        self.diagnostics = None;
        self.idle.locks(session);
        match self.screen.active().over_visit() {
            // A person who signs in beside goes on.
            OverVisit::Beside => {
                self.accounts.forsake_home();
                Task::none()
            }
            OverVisit::Within | OverVisit::No => self.root(None),
        }
    }

    /// Brings what is on up to `now`, after whatever happened.
    pub(super) fn advance_idle(&mut self, now: Now) -> Task<Message> {
        let effects = self.idle.advance(self.idle_context(), now.uptime);
        self.look = self.look.shifted(self.idle.shifts());
        let effects = effects.into_iter().map(|effect| match effect {
            Effect::SignOut => self.sign_out_for_absence(),
            Effect::Refresh => self.screen.active_mut().returned(&self.look, now),
            Effect::KeepKey(file, key_at) => keep_key(file, key_at),
        });
        Task::batch(effects.collect::<Vec<_>>())
    }

    fn sign_out_for_absence(&self) -> Task<Message> {
        let Some(session) = self.session().or(self.idle.locked.as_ref()).cloned() else {
            return Task::none();
        };
        tracing::info!("nobody has pressed a key for long: signing out");
        let work = async move { session.sign_out().await };
        Task::perform(work, |outcome| {
            Message::Idle(IdleMessage::SignedOut(outcome))
        })
    }

    pub(super) fn on_idle(&mut self, message: IdleMessage) -> Task<Message> {
        match message {
            IdleMessage::SignedOut(outcome) if self.idle.signed_out() => {
                // No person was there to see who was signed out.
                self.root(Some(match notice(&outcome) {
                    welcome::Notice::SignedOut => welcome::Notice::Absent,
                    trouble => trouble,
                }))
            }
            // The other two are swallowed before.
            IdleMessage::SignedOut(_) | IdleMessage::Due | IdleMessage::Activity => Task::none(),
        }
    }

    /// What a person does with `event`: it wakes the screen where that is not itself, and is the remote's, a finger's or
    /// the mouse's where it is.
    ///
    /// Nothing comes of the press that wakes, nor of its repeats, its bounces and its release.
    pub(super) fn hear(&self, event: &iced::Event, now: Instant) -> Vec<Message> {
        #[cfg(feature = "gamepad")]
        self.input.follow_attention(event);
        let digits = self.diagnostics.is_none() && self.screen.active().asks_for_digits();
        if self.idle.is_awake() || self.idle.waking.get() {
            let mut heard = self.input.hear(event, now, digits);
            heard.extend(self.key_report(event));
            return heard;
        }
        self.input.hear_waking(event, now, digits);
        let wakes = is_of_a_person(event);
        self.idle.waking.set(wakes);
        let activity = wakes.then_some(Message::Idle(IdleMessage::Activity));
        activity.into_iter().collect()
    }

    /// When the idle time is over.
    pub(super) fn idle_due(&self) -> Subscription<Message> {
        let due = self.idle.timer.fires();
        due.map(|()| Message::Idle(IdleMessage::Due))
    }
}

/// Writes the time of the last key, for a restart of the program.
fn keep_key(file: LastInput, key_at: Duration) -> Task<Message> {
    let writing = tokio::task::spawn_blocking(move || file.write(key_at));
    Task::future(async move {
        if let Ok(Err(error)) = writing.await {
            tracing::warn!(%error, "the time of the last key cannot be kept");
        }
    })
    .discard()
}

/// Whether a hand must have done it. A key that is held repeats, which is no new press.
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
    /// The same, after no key has been pressed for this long.
    pub(in crate::app) fn after(mut self, limits: IdleLimits, alone: Duration) -> Self {
        self.idle.idle = Idle::new(limits, None, Duration::ZERO);
        let now = Now {
            instant: std::time::Instant::now(),
            uptime: alone,
        };
        drop(self.advance_idle(now));
        self
    }

    fn into_screen(self) -> super::Screen {
        self.screen
    }
}

#[cfg(test)]
mod tests;
