//! One box: the program's own rules, and in place of their drivers a few lines that decide nothing.

use std::time::{Duration, Instant};

use device_flow::grant::{Authorization, Effect, Grant, Input, PollAnswer};
use device_flow::{
    Chance, Error, Failed, Jitter, NetworkFailure, Progress, RetryLimit, UserCode, next_look,
};

use super::cases::Beginning;
use super::figures::Server;
use super::world::{Answer, Request, What, World};
use crate::api::{self, Tries};
use crate::app::screen::home::rows::Rows;
use crate::app::screen::home::simulated::page;
use crate::session;
use crate::session::simulated::{SimulatedSession, Told};

/// Codes that follow on the first one without a key (`renewals`).
const RENEWALS: u32 = 2;

/// Who needs an access token.
#[derive(Debug, Clone, Copy)]
enum Caller {
    Keeper,
    Row(u64, u32),
}

pub(super) struct Machine {
    number: usize,
    draws: Jitter,
    started: Instant,
    session: Option<SimulatedSession>,
    rows: Option<Rows>,
    rows_due: Option<Instant>,
    /// Rows that were not loaded, by their serial numbers.
    failed: Vec<u64>,
    /// Rows that only look whether their API is back.
    look_for_api: Vec<u64>,
    knows_endpoints: bool,
    refreshing: bool,
    callers: Vec<Caller>,
    grant: Option<Grant>,
    codes: u32,
    grant_due: Option<Instant>,
    times_away: u64,
}

impl Machine {
    pub(super) fn new(number: usize, draws: Jitter) -> Self {
        Self {
            number,
            draws,
            started: Instant::now(),
            session: None,
            rows: None,
            rows_due: None,
            failed: Vec::new(),
            look_for_api: Vec::new(),
            knows_endpoints: false,
            refreshing: false,
            callers: Vec::new(),
            grant: None,
            codes: 0,
            grant_due: None,
            times_away: 0,
        }
    }

    fn chance(&mut self) -> Chance {
        self.draws.chance().unwrap_or(Chance::MOST)
    }

    /// Another source of chance for a machine of this box.
    fn jitter(&mut self, world: &World) -> Jitter {
        let seed = self.draws.part(Duration::from_secs(1 << 30));
        world.jitter(seed.as_nanos() as u64)
    }

    pub(super) fn take(&mut self, what: What, world: &mut World) {
        match what {
            What::Begin => self.begin(world),
            What::Start if self.session.is_some() => {
                self.keep(world);
            }
            What::Start => self.ask_for_a_code(world),
            What::Keep => self.needs_token(Caller::Keeper, world),
            What::Rows(at) if self.rows_due == Some(at) => {
                self.rows_due = None;
                self.load(world);
            }
            What::Row(serial, tried) => self.needs_token(Caller::Row(serial, tried), world),
            What::Grant(at) if self.grant_due == Some(at) => self.step(Input::Timer, world),
            What::Look(away, looks) if away == self.times_away => {
                match world.answer(Server::Authorization) {
                    Answer::Done => self.step(Input::Returned, world),
                    _ => self.look(looks + 1, world),
                }
            }
            What::Answer(request, answer) => self.answered(request, answer, world),
            What::Rows(_) | What::Grant(_) | What::Look(..) => {}
        }
    }

    fn begin(&mut self, world: &mut World) {
        let case = &world.case;
        let delayed = case.beginning != Beginning::Running;
        let life = case.token_life;
        let has_session = self.number % 1000 >= case.codes_per_thousand;
        let delay = match delayed {
            true => self.draws.part(case.spread),
            false => Duration::ZERO,
        };
        let age = match case.beginning {
            Beginning::PoweredOn => life * 10,
            // As old as tokens are between two refreshes.
            Beginning::Running | Beginning::Restarted => {
                Jitter::seeded(life, self.number as u64 ^ case.seed).part(life * 13 / 20)
            }
        };
        self.started = world.now + delay;
        world.is_kept_waiting(self.number);
        let first = self.chance();
        if has_session {
            self.session = Some(SimulatedSession::new(world.now, life, age, first));
            let jitter = self.jitter(world);
            self.rows = Some(world.homes.open(jitter, world.now));
            self.load(world);
        }
        world.push(self.started, self.number, What::Start);
    }

    /// The keeper of the session goes to sleep.
    fn keep(&mut self, world: &mut World) {
        let chance = self.chance();
        let session = self.session.as_ref();
        let at =
            session.and_then(|session| session.next_refresh(world.now, world.case.spread, chance));
        if let Some(at) = at {
            world.push(at, self.number, What::Keep);
        }
    }

    fn needs_token(&mut self, caller: Caller, world: &mut World) {
        match self.session.as_ref().map(|session| session.ask(world.now)) {
            Some(Told::Use) => self.has_token(caller, world),
            Some(Told::Refuse(error)) => self.has_none(caller, error, world),
            Some(Told::Refresh) => {
                self.callers.push(caller);
                if !std::mem::replace(&mut self.refreshing, true) {
                    let request = match self.knows_endpoints {
                        true => Request::Refresh,
                        false => Request::Discovery { for_a_code: false },
                    };
                    self.send(request, world);
                }
            }
            None => {}
        }
    }

    fn has_token(&mut self, caller: Caller, world: &mut World) {
        match caller {
            Caller::Keeper => self.keep(world),
            Caller::Row(serial, tried) => self.send(Request::Row(serial, tried), world),
        }
    }

    fn has_none(&mut self, caller: Caller, error: session::Error, world: &mut World) {
        match caller {
            Caller::Keeper => self.keep(world),
            Caller::Row(serial, _) => self.loaded(serial, Err(error.into()), world),
        }
    }

    fn refreshed(&mut self, outcome: Result<(), (Error, Option<Duration>)>, world: &mut World) {
        self.refreshing = false;
        let chance = self.chance();
        let now = world.now;
        match (&mut self.session, outcome) {
            (Some(session), Ok(())) => session.refreshed(now, chance),
            (Some(session), Err((error, asked))) => {
                session.failed(error, asked, now);
                world.is_kept_waiting(self.number);
            }
            (None, _) => {}
        }
        for caller in std::mem::take(&mut self.callers) {
            match self.session.as_ref().map(|session| session.ask(now)) {
                Some(Told::Refuse(error)) => self.has_none(caller, error, world),
                _ => self.has_token(caller, world),
            }
        }
        self.is_well(world);
    }

    /// Starts what the rows want, and sets their clock.
    fn load(&mut self, world: &mut World) {
        let Some(rows) = &mut self.rows else { return };
        let orders = rows.orders(world.now);
        for order in &orders {
            rows.loading(order, None);
            self.look_for_api.retain(|serial| *serial != order.serial);
            if order.tries == Tries::One {
                self.look_for_api.push(order.serial);
            }
            let at = world.now.max(self.started);
            world.push(at, self.number, What::Row(order.serial, 1));
        }
        let wakes = rows.wakes();
        if self.rows_due != wakes {
            self.rows_due = wakes;
            if let Some(at) = wakes {
                world.push(at, self.number, What::Rows(at));
            }
        }
    }

    fn loaded(&mut self, serial: u64, result: Result<api::Page, api::Error>, world: &mut World) {
        self.failed.retain(|failed| *failed != serial);
        if result.is_err() {
            self.failed.push(serial);
            world.is_kept_waiting(self.number);
        }
        if let Some(rows) = &mut self.rows {
            let _ = rows.loaded(serial, result, world.now);
        }
        self.load(world);
        self.is_well(world);
    }

    /// Whether a box has what it shows: all rows fresh, and tokens that could be refreshed.
    fn is_well(&mut self, world: &mut World) {
        let rows = self.rows.as_ref().is_some_and(|rows| {
            let mut rows = (0..).map_while(|row| rows.get(row));
            rows.all(|row| row.word() == "cards")
        });
        let refreshed = self
            .session
            .as_ref()
            .is_some_and(|session| !session.has_failed());
        if rows && refreshed && self.failed.is_empty() {
            world.is_served(self.number);
        }
    }

    fn send(&mut self, request: Request, world: &mut World) {
        let chance = self.chance();
        world.send(self.number, request, chance);
    }

    fn answered(&mut self, request: Request, answer: Answer, world: &mut World) {
        let failure = |answer| match answer {
            Answer::Done => None,
            Answer::NoConnection => Some((no_connection(), None)),
            Answer::Unavailable(asked) => {
                let error = Error::network(NetworkFailure::Unavailable, "503".to_owned());
                Some((error, asked.map(Duration::from_secs)))
            }
        };
        match (request, failure(answer)) {
            (Request::Discovery { for_a_code }, None) => {
                self.knows_endpoints = true;
                self.send(
                    if for_a_code {
                        Request::Code
                    } else {
                        Request::Refresh
                    },
                    world,
                );
            }
            (Request::Discovery { for_a_code: false } | Request::Refresh, failure) => {
                self.refreshed(failure.map_or(Ok(()), Err), world);
            }
            (Request::Discovery { .. } | Request::Code, Some((error, asked))) => {
                world.is_kept_waiting(self.number);
                self.step(Input::NotAuthorized(failed(error, asked)), world);
            }
            (Request::Code, None) => self.step(Input::Authorized(authorization()), world),
            (Request::Poll, None) => {
                world.is_served(self.number);
                let (status, asked) = (403, None);
                self.step(
                    Input::Answered(PollAnswer::Pending { status, asked }),
                    world,
                );
            }
            (Request::Poll, Some((error, asked))) => {
                world.is_kept_waiting(self.number);
                let failed = failed(error, asked);
                self.step(Input::Answered(PollAnswer::Failed(failed)), world);
            }
            (Request::Row(serial, tried), _) => self.row_answered(serial, tried, answer, world),
        }
    }

    fn row_answered(&mut self, serial: u64, tried: u32, answer: Answer, world: &mut World) {
        let (status, error) = match answer {
            Answer::Done => return self.loaded(serial, Ok(page()), world),
            Answer::NoConnection => {
                let error = api::Error::network(NetworkFailure::Connect, "refused");
                (None, error)
            }
            Answer::Unavailable(retry_after) => {
                let (status, message) = (503, None);
                let error = api::Error::Status {
                    status,
                    retry_after,
                    message,
                };
                (Some((status, retry_after)), error)
            }
        };
        let tries = match self.look_for_api.contains(&serial) {
            true => Tries::One,
            false => Tries::Several,
        };
        match api::simulated::next_try(tried, tries, status, self.chance()) {
            Some(wait) => {
                let again = What::Row(serial, tried + 1);
                world.push(world.now + wait, self.number, again);
            }
            None => self.loaded(serial, Err(error), world),
        }
    }

    fn ask_for_a_code(&mut self, world: &mut World) {
        let (grant, effects) = Grant::start(RetryLimit::Forever);
        self.grant = Some(grant.jittered(self.jitter(world)));
        self.carry_out(effects, world);
    }

    fn step(&mut self, input: Input, world: &mut World) {
        let Some(grant) = self.grant.take() else {
            return;
        };
        if !matches!(input, Input::Timer) {
            self.times_away += 1;
        }
        let lost = input.lost_the_way();
        let (grant, effects) = grant.step(input, world.now);
        self.grant = Some(grant);
        self.carry_out(effects, world);
        if lost {
            self.look(0, world);
        }
    }

    fn look(&mut self, looks: u32, world: &mut World) {
        let at = world.now + next_look(looks, self.chance());
        world.push(at, self.number, What::Look(self.times_away, looks));
    }

    fn carry_out(&mut self, effects: Vec<Effect>, world: &mut World) {
        for effect in effects {
            match effect {
                Effect::RequestCode if self.knows_endpoints => self.send(Request::Code, world),
                Effect::RequestCode => self.send(Request::Discovery { for_a_code: true }, world),
                Effect::Poll(_) => self.send(Request::Poll, world),
                Effect::WakeAt(at) => {
                    self.grant_due = Some(at);
                    world.push(at, self.number, What::Grant(at));
                }
                Effect::Report(Progress::Code { .. }) => world.is_served(self.number),
                Effect::End(_) => {
                    self.grant_due = None;
                    self.codes += 1;
                    match self.codes <= RENEWALS {
                        true => self.ask_for_a_code(world),
                        false => world.is_served(self.number),
                    }
                }
                Effect::Report(_) | Effect::Revoke(_) => {}
            }
        }
    }
}

fn no_connection() -> Error {
    Error::network(NetworkFailure::Connect, "refused".to_owned())
}

fn failed(error: Error, retry_after: Option<Duration>) -> Failed {
    Failed {
        retry_after,
        ..error.into()
    }
}

/// As Auth0 answers.
fn authorization() -> Authorization {
    Authorization {
        device_code: "device-code".into(),
        code: UserCode {
            user_code: "QTZL-MCBW".to_owned(),
            verification_uri: "https://acme.example/activate".to_owned(),
            verification_uri_complete: None,
            message: None,
        },
        expires_in: Duration::from_secs(900),
        interval: Duration::from_secs(5),
    }
}
