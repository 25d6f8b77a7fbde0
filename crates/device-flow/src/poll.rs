//! The driver that gives the device grant a clock and a network. It has no rules of its own.

use std::future::Future;
use std::time::{Duration, Instant};

use futures::future::{BoxFuture, FutureExt as _};
use futures::stream::{self, BoxStream, StreamExt as _};
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot};
use tokio::time;

use super::device::{
    Answer, Authorization, Effect, Failure, Grant, Input, Patience, PollResult, UserCode,
};
use super::{Failed, TokenSet};

/// What the driver tells while it runs.
#[derive(Debug, Clone)]
pub enum Event {
    /// A code is being asked for.
    Requesting,
    /// No answer to the request for a code; it is repeated.
    RequestFailed {
        /// What went wrong.
        error: super::Error,
        /// When the next try starts.
        next_in: Duration,
    },
    /// A code to show.
    Code {
        /// The code and where to type it.
        code: UserCode,
        /// Life of the code.
        expires_in: Duration,
        /// The server's minimum wait between polls.
        interval: Duration,
        /// When the code is over, on the monotonic clock.
        deadline: Instant,
    },
    /// A poll is on its way.
    Polling,
    /// A poll was answered without an end.
    Polled {
        /// How.
        result: PollResult,
        /// HTTP status, where there was one.
        status: Option<u16>,
        /// Words for the log, where it was a network error.
        detail: Option<String>,
        /// When the next poll starts.
        next_in: Duration,
    },
    /// The end.
    Ended(Result<TokenSet, Failure>),
}

/// The server's side of a grant.
pub(super) trait Server: Clone + Send + Sync + 'static {
    /// Asks for a code.
    fn authorize(&self) -> impl Future<Output = Result<Authorization, Failed>> + Send;
    /// Polls once.
    fn poll(&self, device_code: SecretString) -> impl Future<Output = Answer> + Send;
    /// Waits until the way to the server is there again.
    fn returned(&self) -> impl Future<Output = ()> + Send {
        std::future::pending()
    }
    /// Takes tokens back that nobody waits for.
    fn revoke(&self, tokens: TokenSet) -> impl Future<Output = ()> + Send;
}

/// Runs a grant. The work starts with the first look at the stream and goes on in a task of its
/// own, so that a poll in flight is never cut off: its tokens would live on at the server.
pub(super) fn run<S: Server>(server: S, patience: Patience) -> BoxStream<'static, Event> {
    stream::once(async move {
        let (sender, receiver) = mpsc::unbounded_channel();
        let (heard, end_heard) = oneshot::channel();
        let _task = tokio::spawn(drive(server, patience, sender, end_heard));
        stream::unfold(
            (receiver, Some(heard)),
            |(mut receiver, mut heard)| async move {
                let event = receiver.recv().await?;
                if let Event::Ended(_) = event
                    && let Some(heard) = heard.take()
                {
                    // Fails only when the driver was shut down with its runtime.
                    let _ = heard.send(());
                }
                Some((event, (receiver, heard)))
            },
        )
    })
    .flatten()
    .boxed()
}

async fn drive<S: Server>(
    server: S,
    patience: Patience,
    watcher: mpsc::UnboundedSender<Event>,
    end_heard: oneshot::Receiver<()>,
) {
    let mut watcher = Some(watcher);
    let mut granted = None;
    let mut flight: Option<BoxFuture<'static, Input>> = None;
    let mut wake: Option<Instant> = None;
    let mut way: Option<BoxFuture<'static, ()>> = None;
    let (mut grant, mut effects) = Grant::start(patience);
    loop {
        for effect in effects {
            match effect {
                Effect::Ask => flight = Some(ask(server.clone()).boxed()),
                Effect::Poll(code) => flight = Some(poll(server.clone(), code).boxed()),
                Effect::WakeAt(at) => wake = Some(at),
                Effect::Revoke(tokens) => server.revoke(tokens).await,
                Effect::Tell(event) => {
                    if let Event::Ended(Ok(tokens)) = &event {
                        granted = Some(tokens.clone());
                    }
                    if let Some(watcher) = &watcher {
                        // Whoever has gone is noticed below.
                        let _ = watcher.send(event);
                    }
                }
            }
        }
        if grant.is_over() {
            break;
        }
        let input = tokio::select! {
            biased;
            () = gone(watcher.as_ref()) => {
                watcher = None;
                Input::Cancel
            }
            input = landed(flight.as_mut()) => {
                flight = None;
                way = input.lost_the_way().then(|| {
                    let server = server.clone();
                    async move { server.returned().await }.boxed()
                });
                input
            }
            () = back(way.as_mut()) => {
                way = None;
                Input::Returned
            }
            () = reached(wake) => {
                wake = None;
                Input::Timer
            }
        };
        (grant, effects) = grant.step(input, time::Instant::now().into_std());
    }
    drop(watcher);
    // Tokens that were sent to somebody who left before looking belong to nobody.
    if let Some(tokens) = granted
        && end_heard.await.is_err()
    {
        server.revoke(tokens).await;
    }
}

async fn ask<S: Server>(server: S) -> Input {
    match server.authorize().await {
        Ok(authorization) => Input::Authorized(authorization),
        Err(failed) => Input::NotAuthorized(failed),
    }
}

async fn poll<S: Server>(server: S, device_code: SecretString) -> Input {
    Input::Answered(server.poll(device_code).await)
}

async fn gone(watcher: Option<&mpsc::UnboundedSender<Event>>) {
    match watcher {
        Some(sender) => sender.closed().await,
        None => std::future::pending().await,
    }
}

async fn landed(flight: Option<&mut BoxFuture<'static, Input>>) -> Input {
    match flight {
        Some(flight) => flight.await,
        None => std::future::pending().await,
    }
}

async fn back(way: Option<&mut BoxFuture<'static, ()>>) {
    match way {
        Some(way) => way.await,
        None => std::future::pending().await,
    }
}

async fn reached(wake: Option<Instant>) {
    match wake {
        Some(wake) => time::sleep_until(wake.into()).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests;
