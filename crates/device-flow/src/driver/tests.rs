use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use std::time::Duration;

use super::*;
use crate::grant::{Reason, UserCode};
use crate::{Error, NetworkFailure};

/// A server that answers from a list and remembers when it was asked.
#[derive(Clone)]
struct Script {
    start: time::Instant,
    life: u64,
    answers: Arc<Mutex<VecDeque<PollAnswer>>>,
    /// How long each answer takes.
    latency: Duration,
    asked: Arc<Mutex<Vec<f64>>>,
    revoked: Arc<Mutex<usize>>,
}

impl Script {
    fn new(life: u64, answers: impl IntoIterator<Item = PollAnswer>) -> Self {
        Self {
            start: time::Instant::now(),
            life,
            answers: Arc::new(Mutex::new(answers.into_iter().collect())),
            latency: Duration::ZERO,
            asked: Arc::default(),
            revoked: Arc::default(),
        }
    }

    fn asked(&self) -> Vec<f64> {
        self.asked.lock().unwrap().clone()
    }

    fn revoked(&self) -> usize {
        *self.revoked.lock().unwrap()
    }
}

impl Server for Script {
    async fn authorize(&self) -> Result<Authorization, Failed> {
        Ok(Authorization {
            device_code: SecretString::from("d"),
            code: UserCode {
                user_code: "u".to_owned(),
                verification_uri: "https://x/".to_owned(),
                verification_uri_complete: None,
                message: None,
            },
            expires_in: Duration::from_secs(self.life),
            interval: Duration::from_secs(5),
        })
    }

    async fn poll(&self, _: SecretString) -> PollAnswer {
        self.asked
            .lock()
            .unwrap()
            .push(self.start.elapsed().as_secs_f64().round());
        time::sleep(self.latency).await;
        let next = self.answers.lock().unwrap().pop_front();
        next.unwrap_or(PollAnswer::Pending {
            status: 400,
            asked: None,
        })
    }

    async fn revoke(&self, _: TokenSet) {
        *self.revoked.lock().unwrap() += 1;
    }
}

fn tokens() -> PollAnswer {
    PollAnswer::Tokens(TokenSet {
        access_token: SecretString::from("a"),
        token_type: "Bearer".to_owned(),
        refresh_token: None,
        id_token: None,
        expires_in: None,
        scopes: None,
        key: None,
    })
}

fn lost() -> PollAnswer {
    let error = Error::network(NetworkFailure::Connect, String::new());
    PollAnswer::Failed(error.into())
}

#[tokio::test(start_paused = true)]
async fn the_clock_is_kept_to_the_end() {
    let script = Script::new(
        900,
        [
            PollAnswer::Pending {
                status: 400,
                asked: None,
            },
            PollAnswer::SlowDown {
                status: 400,
                asked: None,
            },
            PollAnswer::Pending {
                status: 400,
                asked: None,
            },
            lost(),
            lost(),
            PollAnswer::Pending {
                status: 400,
                asked: None,
            },
            tokens(),
        ],
    );
    let mut grant = DeviceGrant::new(script.clone(), RetryLimit::Forever, Jitter::none());
    assert!(matches!(grant.next().await, Some(Progress::RequestingCode)));
    assert!(grant.finish().await.is_ok());
    assert_eq!(script.asked(), [6.0, 12.0, 24.0, 36.0, 60.0, 108.0, 120.0]);
    time::sleep(Duration::from_secs(1)).await;
    assert_eq!(script.revoked(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_code_nobody_confirms_expires_on_its_deadline() {
    let script = Script::new(30, []);
    let end = DeviceGrant::new(script.clone(), RetryLimit::Forever, Jitter::none())
        .finish()
        .await;
    assert_eq!(script.asked(), [6.0, 12.0, 18.0, 24.0, 29.0]);
    assert_eq!(script.start.elapsed().as_secs(), 30);
    assert_eq!(end.unwrap_err().reason, Reason::Expired);
}

#[tokio::test(start_paused = true)]
async fn b36_a_poll_in_flight_outlives_its_watcher_and_its_tokens_are_revoked() {
    let script = Script {
        latency: Duration::from_secs(10),
        ..Script::new(900, [tokens()])
    };
    let mut events = DeviceGrant::new(script.clone(), RetryLimit::Forever, Jitter::none());
    while !matches!(events.next().await, Some(Progress::Polling)) {}
    time::sleep(Duration::from_secs(1)).await;
    drop(events);
    time::sleep(Duration::from_secs(20)).await;
    assert_eq!(script.asked(), [6.0]);
    assert_eq!(script.revoked(), 1);
}

#[tokio::test(start_paused = true)]
async fn tokens_nobody_looked_at_are_revoked() {
    let script = Script::new(900, [tokens()]);
    let mut events = DeviceGrant::new(script.clone(), RetryLimit::Forever, Jitter::none());
    while !matches!(events.next().await, Some(Progress::Polling)) {}
    // The answer is in; the watcher leaves before it looks.
    time::sleep(Duration::from_secs(1)).await;
    drop(events);
    time::sleep(Duration::from_secs(1)).await;
    assert_eq!(script.revoked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_grant_polls_no_more() {
    let script = Script::new(900, []);
    let mut events = DeviceGrant::new(script.clone(), RetryLimit::Forever, Jitter::none());
    let _ = events.next().await;
    let _ = events.next().await;
    drop(events);
    time::sleep(Duration::from_secs(60)).await;
    assert!(script.asked().is_empty());
    drop(DeviceGrant::new(
        script.clone(),
        RetryLimit::Forever,
        Jitter::none(),
    ));
    time::sleep(Duration::from_secs(60)).await;
    assert!(script.asked().is_empty());
}

#[tokio::test(start_paused = true)]
async fn b41_a_poll_that_hangs_holds_nobody_up() {
    let script = Script {
        latency: Duration::from_secs(3600),
        ..Script::new(900, [tokens()])
    };
    let mut events = DeviceGrant::new(script.clone(), RetryLimit::Forever, Jitter::none());
    while !matches!(events.next().await, Some(Progress::Polling)) {}
    // What a screen does meanwhile: it looks for news, and draws. Both on this thread.
    let mut drawn = 0;
    for _ in 0..100 {
        tokio::select! {
            biased;
            event = events.next() => panic!("{event:?}"),
            () = time::sleep(Duration::from_millis(100)) => drawn += 1,
        }
    }
    assert_eq!(drawn, 100);
    drop(events);
    assert_eq!(script.asked().len(), 1);
}
