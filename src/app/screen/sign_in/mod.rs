//! The heart: a code and a QR code, while a background task polls.

mod address;
mod confirmed;
mod debounce;
mod focus;
mod lifetime;
mod read_aloud;
mod reading;
mod status;
mod steps;
mod view;

use std::time::{Duration, Instant};

use futures::StreamExt as _;
use iced::Task;
use iced::task::{Handle, sipper};

use self::focus::SignInControl;
use self::lifetime::{Lifetime, Renewals};
use self::read_aloud::ReadAloud;
use super::Context;
use crate::app::error_text::{self, ErrorText};
use crate::app::focus::{Direction, Grid};
use crate::app::remote::Button;
use crate::app::widget::qr;
use crate::host::speech;
use crate::host::start_delay::StartDelay;
use crate::session::sign_in::Step;
use crate::session::{self, Destination, Session};
use device_flow::{GrantError, PollResult, Progress, Reason, RetryLimit, UserCode};

/// The sign-in screen.
#[derive(Debug)]
pub struct SignIn {
    context: Context,
    /// Where the session will be kept.
    destination: Destination,
    phase: Phase,
    renewals: Renewals,
    focus: Grid<SignInControl>,
    /// Whether the QR code fills the height.
    bigger: bool,
    /// Whether it asks if the code that is shown is to end.
    asks: bool,
    now: Instant,
    /// Counts attempts, so that a message of one that is over can be told.
    attempt: u64,
    /// Aborts the attempt when it is replaced or the screen goes.
    work: Option<Handle>,
    reading: ReadAloud,
    reads_on_arrival: bool,
    /// Whether a sign-in would end with the program.
    unkept: bool,
}

/// What happens on the sign-in screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// An attempt goes on.
    Step {
        /// Which attempt.
        attempt: u64,
        /// What happened.
        step: Step,
    },
    /// An attempt has come to its end.
    Ended {
        /// Which attempt.
        attempt: u64,
        result: Result<Session, GrantError>,
    },
    /// A second has passed.
    Tick(Instant),
    /// The voice goes on.
    SpokenLine {
        /// Which attempt's code it reads.
        attempt: u64,
        /// What happened.
        event: speech::Event,
    },
}

/// What the sign-in screen wants of its parent.
#[derive(Debug)]
pub enum Action {
    None,
    /// Work to do.
    Run(Task<Message>),
    /// The person is signed in.
    SignedIn(Session),
    /// The person gave up.
    Leave,
    /// Open the diagnostics.
    Diagnose,
}

#[derive(Debug)]
enum Phase {
    /// No code yet, or none any more and the next one asked for.
    Requesting {
        renewal: bool,
        trouble: Option<Trouble>,
    },
    /// A code is on the screen.
    Showing(Box<Showing>),
    /// Confirmed on the phone; identity and storage are being settled.
    Finishing,
    /// Code and renewals are over; nothing is polled.
    Resting,
    /// It came to nothing.
    Failed {
        reason: Reason,
        words: ErrorText,
        /// The details for the owner's phone.
        details: Option<qr::Modules>,
    },
}

/// A try that got no answer.
#[derive(Debug)]
struct Trouble {
    words: ErrorText,
    next_at: Instant,
}

#[derive(Debug)]
struct Showing {
    code: UserCode,
    life: Lifetime,
    qr: Option<qr::Modules>,
    status: PollStatus,
}

/// What the attempt is doing while a code is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PollStatus {
    Waiting,
    Checking,
    /// `answered` tells that something answered, only not as the server does.
    Offline {
        next_at: Instant,
        answered: bool,
    },
    /// Confirmed on the phone: the code is of no more use.
    Confirmed,
}

impl SignIn {
    /// Asks for a code at once. Of a fleet that does so by itself, `context` knows over how long it is spread.
    pub fn new(context: &Context, destination: Destination, now: Instant) -> (Self, Task<Message>) {
        let mut screen = Self {
            context: context.clone(),
            destination,
            phase: Phase::Requesting {
                renewal: false,
                trouble: None,
            },
            renewals: Renewals::new(context.config.sign_in.renewals),
            focus: Grid::new(Vec::new()),
            bigger: false,
            asks: false,
            now,
            attempt: 0,
            work: None,
            reading: ReadAloud::Off,
            reads_on_arrival: false,
            unkept: false,
        };
        let task = screen.ask(false);
        (screen, task)
    }

    /// Takes a message in. One of an attempt that is over is dropped here.
    pub fn update(&mut self, message: Message, now: Instant) -> Action {
        match message {
            Message::Step { attempt, step } if attempt == self.attempt => self.take(step, now),
            Message::Ended { attempt, result } if attempt == self.attempt => self.end(result, now),
            Message::SpokenLine { attempt, event } if attempt == self.attempt => {
                self.spoken(&event);
                Action::None
            }
            Message::Step { .. } | Message::Ended { .. } | Message::SpokenLine { .. } => {
                Action::None
            }
            Message::Tick(at) => {
                self.turn(at);
                Action::None
            }
        }
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button, now: Instant) -> Action {
        self.turn(now);
        // Confirmed on the phone: leaving now would throw the tokens away unseen.
        if self.is_confirmed() {
            return Action::None;
        }
        if let Some(direction) = Direction::of(button) {
            let _ = self.focus.step(direction);
            return Action::None;
        }
        match (button, self.focus.focused()) {
            (Button::Back, Some(SignInControl::Smaller))
            | (Button::Select, Some(SignInControl::Smaller)) => {
                self.enlarge(false);
                Action::None
            }
            (Button::Back, Some(SignInControl::Confirm | SignInControl::Stay))
            | (Button::Select, Some(SignInControl::Stay)) => {
                self.question(false);
                Action::None
            }
            (Button::Select, Some(SignInControl::NewCode)) if self.is_showing() => {
                self.question(true);
                Action::None
            }
            (Button::Back, _) | (Button::Select, Some(SignInControl::Cancel)) => Action::Leave,
            (
                Button::Select,
                Some(SignInControl::NewCode | SignInControl::Confirm | SignInControl::TryAgain),
            ) => {
                self.renewals = Renewals::new(self.context.config.sign_in.renewals);
                self.context.start = StartDelay::none();
                Action::Run(self.ask(false))
            }
            (Button::Info, _) | (Button::Select, Some(SignInControl::ReadAloud)) => {
                Action::Run(self.toggle_read_aloud())
            }
            (Button::Select, Some(SignInControl::Diagnose)) => Action::Diagnose,
            (Button::Select, Some(SignInControl::Bigger)) => {
                self.enlarge(true);
                Action::None
            }
            _ => Action::None,
        }
    }

    /// When what counts down has come to its end, where something does.
    fn counts_down_to(&self) -> Option<Instant> {
        match &self.phase {
            Phase::Showing(showing) if !self.is_confirmed() => Some(showing.life.end),
            Phase::Requesting {
                trouble: Some(trouble),
                ..
            } => Some(trouble.next_at),
            _ => None,
        }
    }

    /// Starts an attempt; the one before is aborted.
    fn ask(&mut self, renewal: bool) -> Task<Message> {
        self.attempt += 1;
        self.unkept = false;
        self.bigger = self.bigger && renewal;
        self.enter(Phase::Requesting {
            renewal,
            trouble: None,
        });
        let attempt = self.attempt;
        let Context {
            client,
            accounts,
            start,
            ..
        } = &self.context;
        let mut sign_in = session::sign_in(
            client,
            accounts,
            self.destination.clone(),
            RetryLimit::Forever,
            start.spread(),
        );
        let sign_in = sipper(async move |mut shown| {
            {
                let mut steps = std::pin::pin!(debounce::debounce(&mut sign_in));
                while let Some(step) = steps.next().await {
                    shown.send(step).await;
                }
            }
            sign_in.finish().await
        });
        let (task, handle) = Task::sip(
            sign_in,
            move |step| Message::Step { attempt, step },
            move |result| Message::Ended { attempt, result },
        )
        .abortable();
        self.work = Some(handle.abort_on_drop());
        task
    }

    /// What a step of the attempt in flight leads to.
    fn take(&mut self, step: Step, now: Instant) -> Action {
        self.turn(now);
        match step {
            Step::Grant(progress) => {
                let arrives = matches!(progress, Progress::Code { .. });
                self.grant(progress, now);
                if arrives && self.reads_on_arrival {
                    return Action::Run(self.toggle_read_aloud());
                }
                Action::None
            }
            Step::Unkept(_) => {
                self.unkept = true;
                Action::None
            }
            Step::Finishing => {
                self.confirmed();
                Action::None
            }
        }
    }

    /// What the end of the attempt in flight leads to.
    fn end(&mut self, result: Result<Session, GrantError>, now: Instant) -> Action {
        self.turn(now);
        match result {
            Ok(session) => {
                self.work = None;
                Action::SignedIn(session)
            }
            Err(failure) => self.fail(&failure),
        }
    }

    fn grant(&mut self, progress: Progress, now: Instant) {
        match (progress, &mut self.phase) {
            (Progress::RequestFailed { error, next_in }, Phase::Requesting { renewal, .. }) => {
                let phase = Phase::Requesting {
                    renewal: *renewal,
                    trouble: Some(Trouble {
                        words: error_text::of_exchange(
                            &error,
                            self.context.config.provider.preset.provider(),
                        ),
                        next_at: now + next_in,
                    }),
                };
                self.enter(phase);
            }
            (
                Progress::Code {
                    code,
                    expires_in,
                    deadline,
                    ..
                },
                _,
            ) => {
                let showing = Showing {
                    qr: qr::payload(&code).and_then(|address| qr::Modules::new(&address)),
                    code,
                    life: Lifetime {
                        whole: expires_in,
                        end: deadline,
                    },
                    status: PollStatus::Waiting,
                };
                self.enter(Phase::Showing(Box::new(showing)));
            }
            (Progress::Polling, Phase::Showing(showing)) => showing.status = PollStatus::Checking,
            (
                Progress::Polled {
                    result,
                    status,
                    next_in,
                    ..
                },
                Phase::Showing(showing),
            ) => {
                showing.status = match result {
                    PollResult::AuthorizationPending | PollResult::SlowDown => PollStatus::Waiting,
                    PollResult::NetworkError => PollStatus::Offline {
                        next_at: now + next_in,
                        answered: status.is_some(),
                    },
                };
            }
            // A request that starts changes nothing to see; the rest belongs to no phase it could come in.
            _ => {}
        }
    }

    fn fail(&mut self, failure: &GrantError) -> Action {
        match failure.reason {
            Reason::Expired if self.renewals.next() => return Action::Run(self.ask(true)),
            Reason::Cancelled => return Action::Leave,
            _ => {}
        }
        self.work = None;
        self.bigger = false;
        let is_unread = matches!(failure.cause, Some(device_flow::Error::Unexpected { .. }));
        let phase = if failure.reason == Reason::Expired && !is_unread {
            Phase::Resting
        } else {
            let words =
                error_text::of_sign_in(failure, self.context.config.provider.preset.provider());
            let details = (failure.reason == Reason::Rejected)
                .then(|| self.details(failure))
                .and_then(|details| qr::Modules::new(&details));
            Phase::Failed {
                reason: failure.reason,
                words,
                details,
            }
        };
        self.enter(phase);
        Action::None
    }

    /// What the owner needs to mend the set-up, for a phone's camera. Holds nothing secret.
    fn details(&self, failure: &GrantError) -> String {
        const LONGEST_DETAIL: usize = 120;
        let detail: String = failure.detail.chars().take(LONGEST_DETAIL).collect();
        let client = &self.context.client;
        format!(
            "issuer: {}\nclient_id: {}\nerror: {}\n{detail}",
            client.issuer(),
            client.client_id(),
            failure.code().unwrap_or("-"),
        )
    }

    fn enter(&mut self, phase: Phase) {
        self.reading = ReadAloud::Off;
        self.asks = false;
        self.phase = phase;
        self.refocus();
    }

    fn turn(&mut self, now: Instant) {
        self.now = now.max(self.now);
    }
}

/// Whole seconds until `then`, counting the one that has begun.
fn seconds_until(then: Instant, now: Instant) -> u64 {
    let left: Duration = then.saturating_duration_since(now);
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

#[cfg(test)]
pub(in crate::app) mod tests;
