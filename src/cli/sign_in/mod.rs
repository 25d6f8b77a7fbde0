//! `vestibule sign-in`: the device grant in a terminal.

mod event;
mod sheet;
mod terminal;

use std::time::{Duration, SystemTime};

use clap::Args;
use futures::StreamExt as _;

use self::event::Event;
use self::terminal::Terminal;
use super::context::{Context, runtime};
use super::exit::{asked_to_end, of_reason};
use super::{Error, Exit, Global, out};
use crate::host::process;
use crate::session::sign_in::{SignIn as SignInTask, Step};
use crate::session::{self, Account, Destination, Session, sign_in};
use device_flow::{GrantError, Reason, RetryLimit};
use device_flow::{Progress, Provider, Revocation, plain};

/// Signs in from a terminal: an address, a code and a QR code, then waits for the phone
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule sign-in
  vestibule sign-in --no-qr
  vestibule --profile kitchen sign-in
  vestibule sign-in --json          one event of JSON per line, for scripts

Ends with 0 when signed in, 1 when the session cannot be kept on this device (which is looked at before a code is
asked for), 4 when the person declined, 5 when the code expired, 6 when
the server cannot be reached, 7 when it rejects this client or answers with what cannot be used, and 130 when
interrupted.")]
pub(super) struct SignIn {
    /// One event of JSON per line
    #[arg(long)]
    json: bool,
    /// No QR code
    #[arg(long)]
    no_qr: bool,
}

/// How often a code is asked for while the server cannot be reached. A screen waits for its network for
/// ever; a command says so and ends.
const TRIES: u32 = 2;

/// How long the end waits for a poll in flight, whose tokens would have to be handed back.
const POLL_PATIENCE: Duration = Duration::from_secs(5);

/// How long the end waits for the revocation of the session that was replaced.
const REVOCATION_PATIENCE: Duration = Duration::from_secs(10);

/// What to do where no session can be kept.
const MAKE_ROOM: &str = "make that place one this user can write (owner, mode, free space, read-only file system), or name \
                         another with XDG_CONFIG_HOME";

/// Who is told what happens.
enum Audience {
    Script,
    Person(Terminal),
}

/// Tells a script of a command line that no sign-in can begin by.
pub(super) fn cannot_begin(why: &str) -> Result<(), Error> {
    out::json(&Event::cannot_begin("usage", why))
}

impl SignIn {
    /// One for a person at a terminal.
    pub(super) fn for_a_person() -> Self {
        Self {
            json: false,
            no_qr: false,
        }
    }

    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let mut audience = if self.json {
            Audience::Script
        } else {
            Audience::Person(Terminal::new(!self.no_qr))
        };
        let begun = Context::new(global).inspect_err(|error| audience.cannot_begin(error));
        let context = begun?;
        let server = context.client.provider();
        let runtime = runtime()?;
        let destination = Destination::Profile(global.profile().to_owned());
        if let Err(error) = runtime.block_on(destination.can_be_kept(&context.accounts)) {
            return Err(cannot_be_kept(&error, &audience)?);
        }
        let outcome = runtime.block_on(async {
            let patience = RetryLimit::Tries(TRIES);
            let (client, accounts) = (&context.client, &context.accounts);
            let steps = sign_in(client, accounts, destination, patience, Duration::ZERO);
            follow(steps, &mut audience).await
        });
        let (told, patience) = match outcome {
            Err(error) => (Err(unheard(error)), POLL_PATIENCE),
            Ok(Outcome::Asked(signal)) => (interrupted(signal, &mut audience), POLL_PATIENCE),
            Ok(Outcome::Ended(Err(failure))) => {
                (failed(&failure, server, &mut audience), POLL_PATIENCE)
            }
            Ok(Outcome::Ended(Ok(session))) => {
                let account = session.account();
                let told = signed_in(&account, context.client.scopes(), &mut audience);
                let told = match &account.not_remembered {
                    None => told,
                    Some(why) => {
                        let given = runtime.block_on(session.give_back());
                        let given = given_back(given.as_ref());
                        let message = format!(
                            "this sign-in will not be remembered, the session could not be kept: {why}; {given}; {MAKE_ROOM}"
                        );
                        Err(Error::new(Exit::Unexpected, message))
                    }
                };
                (told, REVOCATION_PATIENCE)
            }
        };
        // Another account may have been on the profile.
        context.sweep();
        // Connections end with the client; what is left then is a poll whose tokens, should they still come, have
        // to be handed back, or the end of the session that was here before.
        drop(context);
        settle(runtime, patience);
        told
    }
}

/// What following a sign-in came to.
enum Outcome {
    /// It has ended.
    Ended(Result<Session, GrantError>),
    /// The process was asked to end before.
    Asked(process::Signal),
}

/// Tells the audience of every step until there is an end.
async fn follow(mut sign_in: SignInTask, audience: &mut Audience) -> Result<Outcome, Error> {
    let mut asked_to_end = std::pin::pin!(process::shutdown_signal());
    loop {
        let step = tokio::select! {
            step = sign_in.next() => step,
            signal = &mut asked_to_end => return Ok(Outcome::Asked(signal)),
        };
        match step {
            None => return Ok(Outcome::Ended(sign_in.finish().await)),
            Some(Step::Finishing) => audience.finishing()?,
            Some(Step::Grant(progress)) => audience.grant(&progress)?,
            // It was looked at before; by now something else is in the way.
            Some(Step::Unkept(error)) => return Err(cannot_be_kept(&error, audience)?),
        }
    }
}

/// A reader that goes away has seen enough, but nobody is signed in because of it.
fn unheard(error: Error) -> Error {
    match error.exit {
        Exit::Done => Error::silent(Exit::NotSignedIn),
        _ => error,
    }
}

/// Waits until every task of the runtime has ended, at most `patience`, and no longer than until Ctrl-C is pressed: who
/// presses it again wants the terminal back.
fn settle(runtime: tokio::runtime::Runtime, patience: Duration) {
    const LOOK: Duration = Duration::from_millis(10);
    let tasks = runtime.metrics();
    let ended = async {
        while tasks.num_alive_tasks() > 0 {
            tokio::time::sleep(LOOK).await;
        }
    };
    let has_ended = runtime.block_on(async {
        let pressed = process::shutdown_signal();
        tokio::select! {
            ended = tokio::time::timeout(patience, ended) => ended.is_ok(),
            _ = pressed => false,
        }
    });
    if !has_ended {
        tracing::debug!("a request is still under way");
    }
    // A look-up of a name that is not answered cannot be called off.
    runtime.shutdown_background();
}

/// The error of a sign-in that nobody was asked for: no code is spent on a session that would be lost at once.
fn cannot_be_kept(error: &session::Error, audience: &Audience) -> Result<Error, Error> {
    if matches!(audience, Audience::Script) {
        out::json(&Event::unkept(&error.to_string()))?;
    }
    Ok(Error::new(
        Exit::Unexpected,
        format!("no code was asked for, since a session could not be kept: {error}; {MAKE_ROOM}"),
    ))
}

/// Tells of a sign-in that came to an account.
fn signed_in(account: &Account, asked: &[String], audience: &mut Audience) -> Result<(), Error> {
    match audience {
        Audience::Script => out::json(&Event::signed_in(account, asked, SystemTime::now())),
        Audience::Person(terminal) if account.not_remembered.is_some() => terminal.end(),
        Audience::Person(terminal) => {
            terminal.signed_in(account)?;
            match account.unasked_scopes(asked) {
                more if more.is_empty() => Ok(()),
                more => out::line(&plain(&format!(
                    "The server granted more than was asked for: {}",
                    more.join(" ")
                ))),
            }
        }
    }
}

/// What became of tokens that end with this process.
fn given_back(revocation: Option<&Revocation>) -> String {
    match revocation {
        Some(Revocation::Revoked) => "its tokens have been revoked at the server".to_owned(),
        Some(Revocation::NotOffered) => {
            "the server offers no revocation, so its tokens stay valid there until they expire"
                .to_owned()
        }
        Some(Revocation::Failed(error)) => format!(
            "its tokens could not be revoked at the server ({error}) and stay valid there until they expire"
        ),
        None => "its tokens stay valid at the server until they expire: revoking them could end the older session \
                 that is still here"
            .to_owned(),
    }
}

/// Tells of a sign-in that was cut short.
fn interrupted(signal: process::Signal, audience: &mut Audience) -> Result<(), Error> {
    let asked = asked_to_end(signal, Exit::NotSignedIn);
    let cancelled = GrantError {
        reason: Reason::Cancelled,
        cause: None,
        detail: "interrupted before anybody had signed in".to_owned(),
    };
    match audience {
        Audience::Script => {
            let _ = out::json(&Event::failed(&cancelled));
            Err(Error::silent(asked.exit))
        }
        Audience::Person(terminal) => {
            let _ = terminal.end();
            Err(asked)
        }
    }
}

/// Tells of a sign-in that came to nothing.
fn failed(failure: &GrantError, server: &Provider, audience: &mut Audience) -> Result<(), Error> {
    let exit = match (failure.reason, &failure.cause) {
        // Not for want of a person: what the server said of it could not be read.
        (Reason::Expired, Some(device_flow::Error::Unexpected { .. })) => {
            of_reason(Reason::Rejected)
        }
        (reason, _) => of_reason(reason),
    };
    // Why it failed counts, also where nobody can be told any more: the terminal may be gone.
    match audience {
        Audience::Script => {
            let _ = out::json(&Event::failed(failure));
            Err(Error::silent(exit))
        }
        Audience::Person(terminal) => {
            let _ = terminal.end();
            Err(Error::new(exit, terminal::failure(failure, server)))
        }
    }
}

impl Audience {
    /// Tells a script of what is in the way of any sign-in; a person reads it when the command ends.
    fn cannot_begin(&self, error: &Error) {
        if matches!(self, Self::Script) {
            let reason = match error.exit {
                Exit::Usage => "configuration",
                _ => "unexpected",
            };
            // The error itself is told all the same.
            let _ = out::json(&Event::cannot_begin(reason, &error.message));
        }
    }

    fn grant(&mut self, progress: &Progress) -> Result<(), Error> {
        match (self, progress) {
            (Self::Person(terminal), progress) => terminal.grant(progress),
            (
                Self::Script,
                Progress::Code {
                    code,
                    expires_in,
                    interval,
                    ..
                },
            ) => out::json(&Event::code(code, *expires_in, *interval)),
            (
                Self::Script,
                Progress::Polled {
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

    #[test]
    fn a_sign_in_that_nobody_listens_to_is_not_done() {
        assert_eq!(unheard(Error::silent(Exit::Done)).exit, Exit::NotSignedIn);
        let full = Error::new(Exit::Unexpected, "disk full");
        assert_eq!(unheard(full.clone()), full);
    }

    #[test]
    fn what_is_still_under_way_is_waited_for() {
        let runtime = runtime().unwrap();
        let done = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let told = std::sync::Arc::clone(&done);
        let _detached = runtime.spawn(async move {
            tokio::time::sleep(Duration::from_millis(50)).await;
            told.store(true, std::sync::atomic::Ordering::SeqCst);
        });
        settle(runtime, Duration::from_secs(5));
        assert!(done.load(std::sync::atomic::Ordering::SeqCst));
    }
}
