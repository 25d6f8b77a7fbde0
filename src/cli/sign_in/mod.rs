//! `vestibule sign-in`: the device grant in a terminal.

mod event;
mod terminal;

use std::time::SystemTime;

use clap::Args;
use futures::{Stream, StreamExt};

use self::event::Event;
use self::terminal::Terminal;
use super::context::{Context, runtime};
use super::exit::{of_oauth, of_reason};
use super::{Error, Exit, Global, out};
use crate::host::process;
use crate::oauth::device::{Failure, Reason};
use crate::oauth::{self, poll};
use crate::session::sign_in::Event as Step;
use crate::session::{Session, sign_in};

/// Signs in from a terminal: an address, a code and a QR code, then waits for the phone
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule sign-in
  vestibule sign-in --no-qr
  vestibule --profile kitchen sign-in
  vestibule sign-in --json          one event of JSON per line, for scripts

Ends with 0 when signed in, 3 when interrupted, 4 when the person declined, 5 when the code expired, 6 when
the server cannot be reached and 7 when it rejects this client.")]
pub(super) struct SignIn {
    /// One event of JSON per line
    #[arg(long)]
    json: bool,
    /// No QR code
    #[arg(long)]
    no_qr: bool,
}

/// Who is told what happens.
enum Audience {
    Script,
    Person(Terminal),
}

impl SignIn {
    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let context = Context::new(global)?;
        let mut audience = if self.json {
            Audience::Script
        } else {
            Audience::Person(Terminal::new(out::is_terminal(), !self.no_qr))
        };
        runtime()?.block_on(async {
            let steps = sign_in(&context.client, &context.accounts, global.profile());
            let outcome = follow(steps, &mut audience).await?;
            conclude(outcome, &mut audience)
        })
    }
}

/// Tells the audience of every step until there is an end.
async fn follow(
    mut steps: impl Stream<Item = Step> + Unpin,
    audience: &mut Audience,
) -> Result<Result<Session, Failure>, Error> {
    let mut asked_to_end = std::pin::pin!(process::asked_to_end());
    loop {
        let step = tokio::select! {
            step = steps.next() => step,
            _ = &mut asked_to_end => {
                return Ok(Err(Failure {
                    reason: Reason::Cancelled,
                    error: None,
                    detail: "interrupted before anybody had signed in".to_owned(),
                }));
            }
        };
        match step {
            Some(Step::SignedIn(session)) => return Ok(Ok(session)),
            Some(Step::Failed(failure)) => return Ok(Err(failure)),
            Some(Step::Finishing) => audience.finishing()?,
            Some(Step::Grant(poll::Event::RequestFailed { error, .. })) => {
                // A screen waits for its network for ever; a command says so and ends.
                return Ok(Err(no_code(&error)));
            }
            Some(Step::Grant(event)) => audience.grant(&event)?,
            None => {
                return Err(Error::new(
                    Exit::Unexpected,
                    "the sign-in ended without a result",
                ));
            }
        }
    }
}

/// The failure of a sign-in that got no code to show.
fn no_code(error: &oauth::Error) -> Failure {
    Failure {
        reason: match of_oauth(error) {
            Exit::Network => Reason::Network,
            _ => Reason::Rejected,
        },
        error: match error {
            oauth::Error::OAuth { code, .. } => Some(code.clone()),
            _ => None,
        },
        detail: error.to_string(),
    }
}

fn conclude(outcome: Result<Session, Failure>, audience: &mut Audience) -> Result<(), Error> {
    match outcome {
        Ok(session) => {
            let account = session.account();
            if let Some(why) = &account.not_remembered {
                out::say(&format!(
                    "vestibule: this sign-in will not be remembered: {why}"
                ));
            }
            match audience {
                Audience::Script => out::json(&Event::signed_in(&account, SystemTime::now())),
                Audience::Person(terminal) => terminal.signed_in(&account),
            }
        }
        Err(failure) => {
            let exit = of_reason(failure.reason);
            match audience {
                Audience::Script => {
                    out::json(&Event::failed(&failure))?;
                    Err(Error::silent(exit))
                }
                Audience::Person(terminal) => {
                    terminal.end()?;
                    Err(Error::new(exit, terminal::failure(&failure)))
                }
            }
        }
    }
}

impl Audience {
    fn grant(&mut self, event: &poll::Event) -> Result<(), Error> {
        match (self, event) {
            (Self::Person(terminal), event) => terminal.grant(event),
            (
                Self::Script,
                poll::Event::Code {
                    code,
                    expires_in,
                    interval,
                    ..
                },
            ) => out::json(&Event::code(code, *expires_in, *interval)),
            (
                Self::Script,
                poll::Event::Polled {
                    result,
                    status,
                    detail,
                    next_in,
                },
            ) => out::json(&Event::poll(result, *status, detail.as_deref(), *next_in)),
            (Self::Script, _) => Ok(()),
        }
    }

    fn finishing(&mut self) -> Result<(), Error> {
        match self {
            Self::Person(terminal) => terminal.status("Confirmed on the phone, signing in …"),
            Self::Script => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::NetworkFailure;
    use std::time::Duration;

    fn end_of(steps: Vec<Step>) -> Result<Failure, Error> {
        let followed = runtime()
            .unwrap()
            .block_on(follow(futures::stream::iter(steps), &mut Audience::Script));
        followed.map(|outcome| outcome.unwrap_err())
    }

    fn request_failed(error: oauth::Error) -> Vec<Step> {
        vec![
            Step::Grant(poll::Event::Requesting),
            Step::Grant(poll::Event::RequestFailed {
                error,
                next_in: Duration::from_secs(5),
            }),
        ]
    }

    #[test]
    fn a_command_does_not_wait_for_a_network_that_is_not_there() {
        let failure = end_of(request_failed(oauth::Error::Network {
            failure: NetworkFailure::Dns,
            detail: "as.example".to_owned(),
        }))
        .unwrap();
        assert_eq!(failure.reason, Reason::Network);
        assert!(failure.detail.contains("as.example"), "{failure:?}");
        let failure = end_of(request_failed(oauth::Error::Unexpected {
            status: 200,
            detail: "HTML".to_owned(),
        }))
        .unwrap();
        assert_eq!(failure.reason, Reason::Rejected);
    }

    #[test]
    fn an_end_without_a_result_is_a_failure() {
        assert_eq!(end_of(Vec::new()).unwrap_err().exit, Exit::Unexpected);
        let denied = Failure {
            reason: Reason::Denied,
            error: None,
            detail: "no".to_owned(),
        };
        assert_eq!(end_of(vec![Step::Failed(denied.clone())]), Ok(denied));
    }
}
