//! The device grant (RFC 8628) as a pure state machine: `(state, input, now) -> (state, effects)`.
//!
//! [`Grant`] holds every rule that has a time or a failure in it. A driver carries out its effects and brings it
//! inputs; it has no rules of its own. Times are on the monotonic clock.

use std::time::{Duration, Instant};

use secrecy::SecretString;

use super::jitter::Jitter;
use super::pace::{DAY, Pace, request_back_off};
use super::progress::Progress;
use super::token::scheme;
use super::{Error, Failed, NetworkError, NetworkFailure, TokenSet, verification};

mod error;

pub(super) use error::cancelled;
pub use error::{GrantError, Reason};
use error::{ending, expired_with, refused};

/// How long before the end of a code the last poll is made, so that a confirmation in the final
/// seconds still counts.
const LEAD: Duration = Duration::from_secs(1);
/// The longest wait before another try to get a code, with [`RetryLimit::Tries`].
const LONGEST_TRY: Duration = Duration::from_secs(60);

/// A device authorization response (RFC 8628 section 3.2).
#[derive(Debug, Clone)]
pub struct Authorization {
    /// `device_code`: what each poll presents. Never displayed, never logged.
    pub device_code: SecretString,
    /// What a person sees.
    pub code: UserCode,
    /// Life of both codes (`expires_in`), counted from the receipt of the response.
    pub expires_in: Duration,
    /// Minimum wait between polls (`interval`).
    pub interval: Duration,
}

/// What a person needs on the phone (RFC 8628 section 3.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserCode {
    /// The code exactly as sent.
    pub user_code: String,
    /// Where to type it: an address as a browser reads it, without user information. The host is in its own letters
    /// where they cannot be taken for others, else in Punycode. Plain http only on this machine and its network.
    pub verification_uri: String,
    /// The same with the code inside, for a QR code (RFC 8628 section 3.3.1): of the same origin, else it is left out.
    pub verification_uri_complete: Option<String>,
    /// The server's own sentence for a person (Microsoft Entra), if any.
    pub message: Option<String>,
}

impl UserCode {
    /// The address that a QR code leads to, in ASCII: with the code inside where the server sent one and it is no longer
    /// than `longest`, else without, whatever its length.
    pub fn address_to_scan(&self, longest: usize) -> String {
        let complete = self.verification_uri_complete.as_deref();
        let complete = complete.map(verification::scannable);
        complete
            .filter(|address| !address.is_empty() && address.len() <= longest)
            .unwrap_or_else(|| verification::scannable(&self.verification_uri))
    }
}

/// How one poll was answered that did not end the grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PollResult {
    /// `authorization_pending`: the person has not decided yet.
    AuthorizationPending,
    /// `slow_down`, or a rate limit: the server wants a slower pace.
    SlowDown,
    /// No usable answer; polling goes on (RFC 8628 section 3.5).
    NetworkError,
}

/// How often a code is asked for while the server can't be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RetryLimit {
    /// Until it answers: the network may be plugged in any minute.
    #[default]
    Forever,
    /// This many tries, then the grant ends with [`Reason::Network`].
    Tries(u32),
}

/// How the server answered one poll.
#[derive(Debug, Clone)]
pub enum PollAnswer {
    /// The person has confirmed.
    Tokens(TokenSet),
    /// Not decided yet.
    Pending {
        /// HTTP status.
        status: u16,
        /// How long the server wants to be left alone this time (`Retry-After`).
        asked: Option<Duration>,
    },
    /// Too fast.
    SlowDown {
        /// HTTP status.
        status: u16,
        /// The pace the server asks for, if it says one.
        asked: Option<Duration>,
    },
    /// The server wants with the request for a code what this code was asked for without (PKCE), and the next request goes
    /// with it: the grant goes on with another code, once.
    AskAgain(Failed),
    /// Anything else, from a lost connection to `access_denied`.
    Failed(Failed),
}

/// What happens to a grant.
#[derive(Debug, Clone)]
pub enum Input {
    /// The request for a code was answered with one.
    Authorized(Authorization),
    /// The request for a code failed.
    NotAuthorized(Failed),
    /// The clock has reached the time of the last [`Effect::WakeAt`].
    Timer,
    /// The poll in flight was answered.
    Answered(PollAnswer),
    /// The way to the server is there again; follows only on what [`Input::lost_the_way`] says of another.
    Returned,
    /// The person gave up.
    Cancel,
}

impl Input {
    /// Whether no connection came about: nothing has reached the server, and the end of that can be noticed.
    pub fn lost_the_way(&self) -> bool {
        let error = match self {
            Self::NotAuthorized(failed) | Self::Answered(PollAnswer::Failed(failed)) => {
                &failed.error
            }
            _ => return false,
        };
        matches!(
            error,
            Error::Network(NetworkError {
                failure: NetworkFailure::Dns | NetworkFailure::Connect,
                ..
            })
        )
    }
}

/// What the driver has to do.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Ask for a code; answer with [`Input::Authorized`] or [`Input::NotAuthorized`].
    RequestCode,
    /// Poll with this device code; answer with [`Input::Answered`].
    Poll(SecretString),
    /// Send [`Input::Timer`] at this time; replaces an earlier one.
    WakeAt(Instant),
    /// Report a step; no answer is expected.
    Report(Progress),
    /// The grant has ended so. What follows at most is [`Effect::Revoke`], for tokens of a poll that was in flight or that
    /// cannot be used.
    End(Result<TokenSet, GrantError>),
    /// Revoke tokens: they came after the grant was cancelled, or are of a type that is not known
    /// ([`scheme`](crate::scheme)).
    Revoke(TokenSet),
}

/// One device grant from the request for a code to its end.
#[derive(Debug)]
pub struct Grant {
    limit: RetryLimit,
    /// A code was given up for another in the course of this grant.
    asked_again: bool,
    jitter: Jitter,
    state: State,
}

#[derive(Debug)]
enum State {
    /// A code is being asked for.
    Requesting { failures: u32 },
    /// The server could not be reached; a pause.
    Pausing { failures: u32, until: Instant },
    /// Until the next poll, or until the end of the code.
    Waiting {
        code: Live,
        since: Instant,
        until: Instant,
        next: Next,
    },
    /// One poll is in flight.
    Polling { code: Live },
    /// Cancelled with a poll in flight: its tokens, if any, are to be revoked.
    Abandoned,
    /// Nothing will happen any more.
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Poll,
    Expire,
}

/// A code that is on the screen.
#[derive(Debug)]
struct Live {
    device_code: SecretString,
    pace: Pace,
    /// Nine tenths of the life: from here on an unknown code means an expired one.
    old_from: Instant,
    deadline: Instant,
    /// An answer may have been lost that used the code up (tokens, or an error that is said once).
    answer_lost: bool,
    /// A poll was answered as a server answers: the address is right.
    answered: bool,
    /// What came since in the place of such an answer: somebody may have confirmed without a word of it.
    unusable: Option<Error>,
}

impl Grant {
    /// Starts a grant.
    pub fn start(limit: RetryLimit) -> (Self, Vec<Effect>) {
        let state = State::Requesting { failures: 0 };
        (
            Self {
                limit,
                asked_again: false,
                jitter: Jitter::none(),
                state,
            },
            request_code(),
        )
    }

    /// The same grant, kept apart from those of other machines. Without, all its waits are as their rules say.
    #[must_use]
    pub fn jittered(self, jitter: Jitter) -> Self {
        Self { jitter, ..self }
    }

    /// Whether nothing will happen any more.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    /// Takes one input. Inputs that do not fit the state (late timers, answers after the end) change nothing.
    pub fn step(self, input: Input, now: Instant) -> (Self, Vec<Effect>) {
        let Self {
            limit,
            mut asked_again,
            mut jitter,
            state,
        } = self;
        let (state, effects) = match (state, input) {
            (State::Requesting { .. }, Input::Authorized(answer)) => authorized(answer, now),
            (State::Requesting { failures }, Input::NotAuthorized(failed)) => {
                not_authorized(limit, failures.saturating_add(1), failed, &mut jitter, now)
            }
            (State::Pausing { failures, until }, Input::Timer) if now >= until => {
                (State::Requesting { failures }, request_code())
            }
            (State::Pausing { failures, until }, Input::Returned) => {
                let until = brought_forward(until, &mut jitter, now);
                match until <= now {
                    true => (State::Requesting { failures }, request_code()),
                    false => (
                        State::Pausing { failures, until },
                        vec![Effect::WakeAt(until)],
                    ),
                }
            }
            (
                State::Waiting {
                    code,
                    since,
                    until,
                    next,
                },
                Input::Returned,
            ) => {
                // Never faster than if nothing had failed.
                let soon = brought_forward(until, &mut jitter, now);
                let until = until.min(soon.max(since + code.pace.regular()));
                let state = State::Waiting {
                    code,
                    since,
                    until,
                    next,
                };
                (state, vec![Effect::WakeAt(until)])
            }
            (
                State::Waiting {
                    code, until, next, ..
                },
                Input::Timer,
            ) if now >= until => {
                if next == Next::Expire || now >= code.deadline {
                    end(expired_with(code.unusable.as_ref()))
                } else {
                    let device_code = code.device_code.clone();
                    (
                        State::Polling { code },
                        vec![report(Progress::Polling), Effect::Poll(device_code)],
                    )
                }
            }
            (
                state @ (State::Pausing { until, .. } | State::Waiting { until, .. }),
                Input::Timer,
            ) => (state, vec![Effect::WakeAt(until)]),
            (State::Polling { .. }, Input::Answered(PollAnswer::AskAgain(_))) if !asked_again => {
                asked_again = true;
                (State::Requesting { failures: 0 }, request_code())
            }
            (State::Polling { code }, Input::Answered(answer)) => {
                answered(code, answer, &mut jitter, now)
            }
            (State::Polling { .. }, Input::Cancel) => (State::Abandoned, end(cancelled()).1),
            (
                State::Requesting { .. } | State::Pausing { .. } | State::Waiting { .. },
                Input::Cancel,
            ) => end(cancelled()),
            (State::Abandoned, Input::Answered(PollAnswer::Tokens(tokens))) => {
                (State::Over, vec![Effect::Revoke(tokens)])
            }
            (State::Abandoned, Input::Answered(_)) => (State::Over, Vec::new()),
            (state, _) => (state, Vec::new()),
        };
        let grant = Self {
            limit,
            asked_again,
            jitter,
            state,
        };
        (grant, effects)
    }
}

type Step = (State, Vec<Effect>);

fn request_code() -> Vec<Effect> {
    vec![report(Progress::RequestingCode), Effect::RequestCode]
}

fn report(progress: Progress) -> Effect {
    Effect::Report(progress)
}

fn end(failure: GrantError) -> Step {
    (State::Over, vec![Effect::End(Err(failure))])
}

fn authorized(answer: Authorization, now: Instant) -> Step {
    let Authorization {
        device_code,
        code,
        expires_in,
        interval,
    } = answer;
    let expires_in = expires_in.min(DAY);
    let deadline = now + expires_in;
    let live = Live {
        device_code,
        pace: Pace::new(interval),
        old_from: now + expires_in / 10 * 9,
        deadline,
        answer_lost: false,
        answered: false,
        unusable: None,
    };
    let shown = Progress::Code {
        code,
        expires_in,
        interval: live.pace.sustained(),
        deadline,
    };
    let wait = live.pace.wait();
    let (state, until) = wait_for(live, wait, now);
    (state, vec![report(shown), Effect::WakeAt(until)])
}

/// When to go on after `until` was to be waited for, now that the way to the server is there again: at once, but for
/// the machines of a fleet, which have all lost it and have all got it back.
fn brought_forward(until: Instant, jitter: &mut Jitter, now: Instant) -> Instant {
    match now + jitter.spread() < until {
        true => now + jitter.part(jitter.spread()),
        false => until,
    }
}

fn not_authorized(
    limit: RetryLimit,
    failures: u32,
    failed: Failed,
    jitter: &mut Jitter,
    now: Instant,
) -> Step {
    let Failed {
        error, retry_after, ..
    } = failed;
    if !matches!(error, Error::Network(_)) {
        return end(refused(&error));
    }
    let asked = retry_after.unwrap_or_default().min(DAY);
    // Where tries are counted a person waits, for whom this is longer than all tries.
    if matches!(limit, RetryLimit::Tries(tries) if failures >= tries || asked > LONGEST_TRY) {
        return end(GrantError::new(Reason::Network, error));
    }
    let own = jitter.own(request_back_off(failures, jitter.spread()));
    let next_in = own.max(jitter.later(asked));
    let until = now + next_in;
    (
        State::Pausing { failures, until },
        vec![
            report(Progress::RequestFailed { error, next_in }),
            Effect::WakeAt(until),
        ],
    )
}

fn answered(mut code: Live, answer: PollAnswer, jitter: &mut Jitter, now: Instant) -> Step {
    let mut held = |asked: Option<Duration>| jitter.later(asked.unwrap_or_default().min(DAY));
    let (result, status, detail, wait) = match answer {
        PollAnswer::Tokens(tokens) => return granted(tokens),
        PollAnswer::Pending { status, asked } => {
            code.pace.answered();
            code.answer_lost = false;
            code.answered = true;
            code.unusable = None;
            let wait = code.pace.wait().max(held(asked));
            (PollResult::AuthorizationPending, Some(status), None, wait)
        }
        PollAnswer::SlowDown { status, asked } => {
            code.pace.slow_down(asked);
            code.answered = true;
            code.unusable = None;
            let wait = code.pace.wait().max(held(asked));
            (PollResult::SlowDown, Some(status), None, wait)
        }
        PollAnswer::AskAgain(failed) => return end(refused(&failed.error)),
        PollAnswer::Failed(failed) => {
            match &failed.error {
                Error::Network(NetworkError { failure, .. }) => {
                    code.answer_lost |= failure.may_have_arrived();
                }
                Error::Unexpected {
                    status: 200..=299, ..
                } => code.answer_lost = true,
                // Someone between us and a server that has worked before (a portal, a proxy, a load balancer that
                // knows no way just now): only an error with a name is the server's word on the code.
                Error::Unexpected { .. } if code.answered => code.answer_lost = true,
                error => {
                    let is_old = now >= code.old_from;
                    return end(ending(error, code.answer_lost, is_old));
                }
            }
            if matches!(failed.error, Error::Unexpected { .. }) {
                code.unusable = Some(failed.error.clone());
            }
            code.pace.failed();
            let held = held(failed.retry_after);
            let own = code.pace.wait() + jitter.part(code.pace.leeway());
            let wait = own.max(held);
            (
                PollResult::NetworkError,
                failed.status,
                Some(failed.error.to_string()),
                wait,
            )
        }
    };
    let (state, until) = wait_for(code, wait, now);
    let polled = Progress::Polled {
        result,
        status,
        detail,
        next_in: until.saturating_duration_since(now),
    };
    (state, vec![report(polled), Effect::WakeAt(until)])
}

/// Tokens of a type that nobody here can present (RFC 6749 section 7.1) go back: they would serve nobody, and live on.
fn granted(tokens: TokenSet) -> Step {
    let effects = match scheme(&tokens.token_type) {
        Ok(_) => vec![Effect::End(Ok(tokens))],
        Err(error) => vec![Effect::End(Err(refused(&error))), Effect::Revoke(tokens)],
    };
    (State::Over, effects)
}

/// The next poll after `wait`; where that is too late, one last poll just before the end of the
/// code, unless that would be faster than the server's own pace.
fn wait_for(code: Live, wait: Duration, now: Instant) -> (State, Instant) {
    let regular = now + wait;
    let last = code
        .deadline
        .checked_sub(LEAD)
        .unwrap_or(now)
        .max(now + code.pace.sustained());
    let (until, next) = if regular < code.deadline {
        (regular, Next::Poll)
    } else if last < code.deadline {
        (last, Next::Poll)
    } else {
        (code.deadline, Next::Expire)
    };
    (
        State::Waiting {
            code,
            since: now,
            until,
            next,
        },
        until,
    )
}

#[cfg(test)]
mod tests;
