//! No key is pressed: when the screen moves its content against burn-in, dims, shows only a clock, locks, and signs out. Pure.
//!
//! Every time here is time since the box was started, its sleep included
//! ([`boot_clock`](crate::host::boot_clock)): a clock that is set changes nothing, and a box that slept over
//! night knows that no person was there.

use std::time::Duration;

use super::theme::token::{SHIFT_EVERY, SIGN_OUT_WARNING};
use crate::config;

/// After how long without a key something happens; nothing for never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IdleLimits {
    /// The screen dims.
    pub dim: Option<Duration>,
    /// The screen shows a clock on black.
    pub ambient: Option<Duration>,
    /// The person is signed out.
    pub sign_out: Option<Duration>,
    /// An account with a PIN is locked.
    pub lock: Option<Duration>,
    /// A guest is signed out.
    pub guest: Option<Duration>,
}

/// After how long a guest is signed out where the owner wants neither a clock on black nor people signed out.
const GUEST: Duration = Duration::from_secs(5 * 60);

impl IdleLimits {
    /// The owner's wishes.
    pub fn of(config: &config::Config) -> Self {
        let minutes =
            |minutes: u32| (minutes > 0).then(|| Duration::from_secs(u64::from(minutes) * 60));
        let ambient_minutes = config.screen.ambient_after_minutes;
        let lock = config.sign_in.lock_after_idle_minutes;
        let ambient = minutes(ambient_minutes);
        let sign_out = minutes(config.sign_in.sign_out_after_idle_minutes);
        Self {
            dim: minutes(config.screen.dim_after_minutes),
            ambient,
            sign_out,
            lock: minutes(lock.unwrap_or(ambient_minutes)),
            guest: ambient.into_iter().chain(sign_out).min().or(Some(GUEST)),
        }
    }
}

/// What the screen that is on means for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IdleContext {
    /// A person may be about to read it, phone in hand: it dims but stays.
    pub live: bool,
    /// A person is signed in.
    pub signed_in: bool,
    /// That person is a guest.
    pub guest: bool,
    /// Guests are signed in whose home is not on.
    pub guests_away: bool,
    /// What is on may have to be locked.
    pub open: bool,
}

/// What is on because no key was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IdleLevel {
    /// The screen as it is.
    #[default]
    Awake,
    /// The same, darker.
    Dimmed,
    /// A clock on black.
    Ambient,
    /// A question whether anybody is there; the answer is any key.
    Warning {
        /// Whole seconds until the person is signed out.
        seconds: u64,
    },
    /// The person is to be signed out, now.
    SignOut,
}

/// How long no key has been pressed, and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idle {
    limits: IdleLimits,
    /// The last key; what counts for the lock and the sign-out.
    key_at: Duration,
    /// The last key, or what else lit the screen up.
    lit_at: Duration,
    shifted_at: Duration,
    shifts: u32,
    level: IdleLevel,
}

impl Idle {
    /// Begins at `now`. `key_at` is when the last key was pressed, where that is known from before.
    pub fn new(limits: IdleLimits, key_at: Option<Duration>, now: Duration) -> Self {
        Self {
            limits,
            key_at: key_at.unwrap_or(now).min(now),
            lit_at: now,
            shifted_at: now,
            shifts: 0,
            level: IdleLevel::Awake,
        }
    }

    /// Counts by other limits, from the same key.
    pub fn limit(&mut self, limits: IdleLimits) {
        self.limits = limits;
    }

    /// What is on.
    pub fn level(&self) -> IdleLevel {
        self.level
    }

    /// How often the content has moved so far.
    pub fn shifts(&self) -> u32 {
        self.shifts
    }

    /// When the last key was pressed.
    pub fn key_at(&self) -> Duration {
        self.key_at
    }

    /// Whether an account with a PIN is to be locked. To be asked before anything is done with a key: the box may have
    /// slept, and the person who presses now may be another one.
    pub fn locks(&self, now: Duration) -> bool {
        let alone = now.saturating_sub(self.key_at);
        self.limits.lock.is_some_and(|limit| alone >= limit)
    }

    /// Whether anybody is ever signed out.
    pub fn signs_out(&self) -> bool {
        self.limits.sign_out.is_some()
    }

    /// Whether guests whose home is not on are to be signed out.
    pub fn guests_leave(&self, now: Duration) -> bool {
        let alone = now.saturating_sub(self.key_at);
        self.limits.guest.is_some_and(|limit| alone >= limit)
    }

    /// After how long without a key whoever is here is signed out.
    fn sign_out_after(&self, scene: IdleContext) -> Option<Duration> {
        let person = self.limits.sign_out.filter(|_| scene.signed_in);
        let guest = self.limits.guest.filter(|_| scene.guest);
        person.into_iter().chain(guest).min()
    }

    /// A key was pressed. Whether it counts: the one that wakes the screen does nothing else.
    pub fn press(&mut self, scene: IdleContext, now: Duration) -> bool {
        if self.level == IdleLevel::SignOut || self.at(scene, now) == IdleLevel::SignOut {
            // The box may have slept through the warning. The person who presses now may be another one.
            self.level = IdleLevel::SignOut;
            return false;
        }
        let counts = self.level == IdleLevel::Awake;
        self.stir(now);
        counts
    }

    /// A person is there: a key, or an answer from the phone.
    pub fn stir(&mut self, now: Duration) {
        self.key_at = now;
        self.lit_at = now;
        self.shifted_at = now;
        self.level = IdleLevel::Awake;
    }

    /// Time has passed, or another screen is on.
    pub fn turn(&mut self, scene: IdleContext, now: Duration) {
        self.level = self.at(scene, now);
        if now.saturating_sub(self.shifted_at) >= SHIFT_EVERY {
            self.shifted_at = now;
            self.shifts = self.shifts.wrapping_add(1);
        }
    }

    /// When to look again; later than `now`.
    pub fn next(&self, scene: IdleContext, now: Duration) -> Duration {
        let mut times = vec![self.shifted_at + SHIFT_EVERY];
        let ambient = self.limits.ambient.filter(|_| !scene.live);
        let dim = self
            .limits
            .dim
            .filter(|dim| ambient.is_none_or(|ambient| *dim < ambient));
        times.extend(
            dim.into_iter()
                .chain(ambient)
                .map(|limit| self.lit_at + limit),
        );
        let lock = self.limits.lock.filter(|_| scene.open);
        times.extend(lock.map(|limit| self.key_at + limit));
        let away = self.limits.guest.filter(|_| scene.guests_away);
        times.extend(away.map(|limit| self.key_at + limit));
        if let Some(limit) = self.sign_out_after(scene) {
            let end = self.key_at + limit;
            times.extend([end.saturating_sub(warning(limit)), end]);
            if let IdleLevel::Warning { seconds } = self.level {
                times.push(end.saturating_sub(Duration::from_secs(seconds.saturating_sub(1))));
            }
        }
        let next = times.into_iter().filter(|time| *time > now).min();
        next.unwrap_or(now + SHIFT_EVERY)
    }

    fn at(&self, scene: IdleContext, now: Duration) -> IdleLevel {
        if let Some(limit) = self.sign_out_after(scene) {
            let left = (self.key_at + limit).saturating_sub(now);
            if left.is_zero() {
                return IdleLevel::SignOut;
            }
            if left <= warning(limit) {
                return IdleLevel::Warning {
                    seconds: left.as_secs() + u64::from(left.subsec_nanos() > 0),
                };
            }
        }
        let dark = now.saturating_sub(self.lit_at);
        let reached = |limit: Option<Duration>| limit.is_some_and(|limit| dark >= limit);
        if reached(self.limits.ambient) && !scene.live {
            IdleLevel::Ambient
        } else if reached(self.limits.dim) {
            IdleLevel::Dimmed
        } else {
            IdleLevel::Awake
        }
    }
}

/// How long before a sign-out it is announced.
fn warning(limit: Duration) -> Duration {
    SIGN_OUT_WARNING.min(limit / 2)
}

#[cfg(test)]
mod tests;
