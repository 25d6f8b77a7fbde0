//! A session as the simulation of a fleet needs it: the rules of [`TokenState`] without a disk and a server.

use std::time::{Duration, Instant, SystemTime};

use super::Error;
use super::account_record::tests::{record, tokens};
use super::schedule::Lifetime;
use super::token_state::{Decision, TokenState};
use device_flow::Chance;

/// What a caller is told who needs an access token.
pub(crate) enum Told {
    /// Here it is.
    Use,
    /// None, for this reason.
    Refuse(Error),
    /// After a refresh.
    Refresh,
}

/// A session that lives in memory.
pub(crate) struct SimulatedSession {
    state: TokenState,
    life: Duration,
}

impl SimulatedSession {
    /// One whose access token lives for `life` and has lived for `age` of it.
    pub(crate) fn new(now: Instant, life: Duration, age: Duration, chance: Chance) -> Self {
        let (issued, life_seconds) = (1_000_000, life.as_secs());
        let wall = issued + age.as_secs();
        let lifetime = Lifetime::new(now, wall, issued, Some(issued + life_seconds), chance);
        Self {
            state: TokenState::new(record(1), lifetime, true, None),
            life,
        }
    }

    pub(crate) fn ask(&self, now: Instant) -> Told {
        match self.state.decide(now) {
            Decision::Use(_) => Told::Use,
            Decision::Refuse(error) => Told::Refuse(error),
            Decision::Refresh { .. } => Told::Refresh,
        }
    }

    pub(crate) fn next_refresh(
        &self,
        now: Instant,
        spread: Duration,
        chance: Chance,
    ) -> Option<Instant> {
        self.state.next_refresh(now, spread, chance)
    }

    /// Whether the last refresh failed.
    pub(crate) fn has_failed(&self) -> bool {
        self.state.failures() > 0
    }

    pub(crate) fn refreshed(&mut self, now: Instant, chance: Chance) {
        let fresh = record(1).refreshed(tokens(2), SystemTime::UNIX_EPOCH);
        let life = Some(self.life.as_secs());
        self.state
            .adopt(fresh, Lifetime::new(now, 0, 0, life, chance));
        self.state.settle(&Ok(()), now);
    }

    pub(crate) fn failed(
        &mut self,
        error: device_flow::Error,
        asked: Option<Duration>,
        now: Instant,
    ) {
        self.state.leave_alone(asked, now);
        self.state.settle(&Err(Error::Refresh(error)), now);
    }
}
