//! The driver that gives the device grant a clock and a network. It has no rules of its own.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use futures::Stream;
use futures::future::{BoxFuture, FusedFuture as _, FutureExt as _};
use secrecy::SecretString;
use tokio::sync::{mpsc, oneshot};
use tokio::time;

use super::grant::{
    Authorization, Effect, Grant, GrantError, Input, PollAnswer, RetryLimit, cancelled,
};
use super::jitter::Jitter;
use super::progress::Progress;
use super::{Failed, TokenSet};

/// The server's side of a grant.
pub(super) trait Server: Clone + Send + Sync + 'static {
    /// Asks for a code.
    fn authorize(&self) -> impl Future<Output = Result<Authorization, Failed>> + Send;
    /// Polls once.
    fn poll(&self, device_code: SecretString) -> impl Future<Output = PollAnswer> + Send;
    /// Waits until the way to the server is there again.
    fn returned(&self) -> impl Future<Output = ()> + Send {
        std::future::pending()
    }
    /// Revokes tokens that came too late.
    fn revoke(&self, tokens: TokenSet) -> impl Future<Output = ()> + Send;
}

/// A device grant that runs in a task of its own.
///
/// It is a stream of [`Progress`], and [`DeviceGrant::finish`] is its end. The task starts with the first look at
/// either, which has to be inside a tokio runtime. Dropping it cancels the grant; a poll in flight is not cut off, and
/// tokens that it still brings are revoked, as are those that were never taken with `finish`.
pub struct DeviceGrant {
    /// Not started yet.
    task: Option<BoxFuture<'static, ()>>,
    messages: mpsc::UnboundedReceiver<Message>,
    result: Option<Result<TokenSet, GrantError>>,
    /// Tells the task that its tokens have an owner.
    taken: Option<oneshot::Sender<()>>,
}

enum Message {
    Progress(Progress),
    End(Result<TokenSet, GrantError>),
}

impl std::fmt::Debug for DeviceGrant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeviceGrant").finish_non_exhaustive()
    }
}

impl DeviceGrant {
    pub(super) fn new<S: Server>(server: S, limit: RetryLimit, jitter: Jitter) -> Self {
        let (sender, messages) = mpsc::unbounded_channel();
        let (taken, were_taken) = oneshot::channel();
        let task = async move {
            // A receiver that has gone is noticed by `closed`.
            let report = |progress| drop(sender.send(Message::Progress(progress)));
            let result = run(&server, limit, jitter, report, sender.closed()).await;
            let granted = result.as_ref().ok().cloned();
            let _ = sender.send(Message::End(result));
            drop(sender);
            if let Some(tokens) = granted
                && were_taken.await.is_err()
            {
                server.revoke(tokens).await;
            }
        };
        Self {
            task: Some(task.boxed()),
            messages,
            result: None,
            taken: Some(taken),
        }
    }

    /// The next step; `None` once the grant has ended.
    pub async fn next(&mut self) -> Option<Progress> {
        std::future::poll_fn(|context| self.poll_message(context)).await
    }

    /// How it ends. Steps that were not looked at are passed over.
    ///
    /// # Errors
    /// Why there are no tokens.
    pub async fn finish(mut self) -> Result<TokenSet, GrantError> {
        while self.next().await.is_some() {}
        if let Some(taken) = self.taken.take() {
            // Fails only where the task was shut down with its runtime.
            let _ = taken.send(());
        }
        self.result.take().unwrap_or_else(|| Err(cancelled()))
    }

    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Option<Progress>> {
        if let Some(task) = self.task.take() {
            let _detached = tokio::spawn(task);
        }
        if self.result.is_some() {
            return Poll::Ready(None);
        }
        match self.messages.poll_recv(context) {
            Poll::Ready(Some(Message::Progress(progress))) => Poll::Ready(Some(progress)),
            Poll::Ready(Some(Message::End(result))) => {
                self.result = Some(result);
                Poll::Ready(None)
            }
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl Stream for DeviceGrant {
    type Item = Progress;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Progress>> {
        self.poll_message(context)
    }
}

/// Runs a grant to its end in the task of the caller. When `cancelled` is ready the grant is cancelled, and this
/// returns once no poll is in flight any more; tokens that one still brings are revoked.
pub(super) async fn run<S: Server>(
    server: &S,
    limit: RetryLimit,
    jitter: Jitter,
    mut report: impl FnMut(Progress),
    cancelled: impl Future<Output = ()>,
) -> Result<TokenSet, GrantError> {
    let mut cancelled = std::pin::pin!(cancelled.fuse());
    let mut end = None;
    let mut flight: Option<BoxFuture<'static, Input>> = None;
    let mut wake: Option<Instant> = None;
    let mut way: Option<BoxFuture<'static, ()>> = None;
    let (grant, mut effects) = Grant::start(limit);
    let mut grant = grant.jittered(jitter);
    loop {
        for effect in effects {
            match effect {
                Effect::RequestCode => flight = Some(request_code(server.clone()).boxed()),
                Effect::Poll(code) => flight = Some(poll(server.clone(), code).boxed()),
                Effect::WakeAt(at) => wake = Some(at),
                Effect::Revoke(tokens) => server.revoke(tokens).await,
                Effect::Report(progress) => report(progress),
                Effect::End(result) => end = Some(result),
            }
        }
        if grant.is_over() {
            return end.unwrap_or_else(|| Err(super::grant::cancelled()));
        }
        let input = tokio::select! {
            biased;
            () = &mut cancelled, if !cancelled.is_terminated() => Input::Cancel,
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
}

async fn request_code<S: Server>(server: S) -> Input {
    match server.authorize().await {
        Ok(authorization) => Input::Authorized(authorization),
        Err(failed) => Input::NotAuthorized(failed),
    }
}

async fn poll<S: Server>(server: S, device_code: SecretString) -> Input {
    Input::Answered(server.poll(device_code).await)
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
