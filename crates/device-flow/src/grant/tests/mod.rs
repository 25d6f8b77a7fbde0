use super::*;
use crate::NetworkFailure;

mod chance;
mod field_failures;
mod fleet;
mod link;

/// A grant under a clock that moves only when told.
struct Bench {
    grant: Option<Grant>,
    now: Instant,
    start: Instant,
    told: Vec<Progress>,
    ends: Vec<Result<TokenSet, GrantError>>,
    effects: Vec<Effect>,
}

impl Bench {
    fn new(limit: RetryLimit) -> Self {
        let (grant, effects) = Grant::start(limit);
        let now = Instant::now();
        let mut bench = Self {
            grant: Some(grant),
            now,
            start: now,
            told: Vec::new(),
            ends: Vec::new(),
            effects: Vec::new(),
        };
        bench.take(effects);
        bench
    }

    fn take(&mut self, effects: Vec<Effect>) {
        self.effects.clear();
        for effect in effects {
            match effect {
                Effect::Report(progress) => self.told.push(progress),
                Effect::End(end) => self.ends.push(end),
                other => self.effects.push(other),
            }
        }
    }

    fn step(&mut self, input: Input) {
        let (grant, effects) = self.grant.take().unwrap().step(input, self.now);
        self.grant = Some(grant);
        self.take(effects);
    }

    /// A code that lives `life` seconds, polled every `interval`.
    fn coded(interval: u64, life: u64) -> Self {
        let mut bench = Self::new(RetryLimit::Forever);
        bench.step(Input::Authorized(authorization(interval, life)));
        bench
    }

    fn wake(&self) -> Option<Instant> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::WakeAt(at) => Some(*at),
            _ => None,
        })
    }

    /// Lets the clock run to the next wake-up; the seconds that took.
    fn wait(&mut self) -> f64 {
        let at = self.wake().expect("something to wait for");
        let waited = at.saturating_duration_since(self.now).as_secs_f64();
        self.now = self.now.max(at);
        self.step(Input::Timer);
        waited
    }

    fn polls(&self) -> bool {
        self.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Poll(_)))
    }

    fn revokes(&self) -> bool {
        self.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Revoke(_)))
    }

    /// Waits for the next poll and answers it; the seconds waited.
    fn poll(&mut self, answer: PollAnswer) -> f64 {
        let waited = self.wait();
        assert!(self.polls(), "a poll after {waited} s");
        self.step(Input::Answered(answer));
        waited
    }

    fn end(&self) -> Option<&Result<TokenSet, GrantError>> {
        self.ends.first()
    }

    fn failure(&self) -> GrantError {
        self.end().expect("an end").clone().expect_err("no tokens")
    }
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn authorization(interval: u64, life: u64) -> Authorization {
    Authorization {
        device_code: SecretString::from("marker-device-code"),
        code: UserCode {
            user_code: "QTZL-MCBW".to_owned(),
            verification_uri: "https://acme.example/activate".to_owned(),
            verification_uri_complete: None,
            message: None,
        },
        expires_in: secs(life),
        interval: secs(interval),
    }
}

fn tokens() -> TokenSet {
    TokenSet {
        access_token: SecretString::from("marker-access"),
        token_type: "Bearer".to_owned(),
        refresh_token: None,
        id_token: None,
        expires_in: None,
        scopes: None,
        #[cfg(feature = "driver")]
        key: None,
    }
}

fn pending() -> PollAnswer {
    PollAnswer::Pending {
        status: 400,
        asked: None,
    }
}

fn slow_down(asked: Option<u64>) -> PollAnswer {
    PollAnswer::SlowDown {
        status: 400,
        asked: asked.map(secs),
    }
}

fn network(failure: NetworkFailure) -> PollAnswer {
    PollAnswer::Failed(network_failed(failure))
}

fn network_failed(failure: NetworkFailure) -> Failed {
    Error::network(failure, "x".to_owned()).into()
}

fn refusal(code: &str) -> PollAnswer {
    PollAnswer::Failed(
        Error::OAuth {
            status: 400,
            code: code.to_owned(),
            description: None,
        }
        .into(),
    )
}

#[test]
fn the_waits_the_issue_asks_for() {
    let mut bench = Bench::coded(5, 900);
    let answers = [
        pending(),
        slow_down(None),
        pending(),
        network(NetworkFailure::Connect),
        network(NetworkFailure::Timeout),
        pending(),
    ];
    let first = bench.poll(answers[0].clone());
    let mut waits: Vec<f64> = answers[1..]
        .iter()
        .map(|answer| bench.poll(answer.clone()))
        .collect();
    waits.push(bench.wait());
    assert_eq!(first, 6.0, "B9: the first poll comes after one interval");
    assert_eq!(waits, [6.0, 12.0, 12.0, 24.0, 48.0, 12.0]);
    let told: Vec<f64> = bench
        .told
        .iter()
        .filter_map(|event| match event {
            Progress::Polled { next_in, .. } => Some(next_in.as_secs_f64()),
            _ => None,
        })
        .collect();
    assert_eq!(told, waits);
}

#[test]
fn a_pace_the_server_names_is_taken_only_upwards() {
    let mut bench = Bench::coded(5, 900);
    let waits: Vec<f64> = [
        slow_down(Some(30)),
        slow_down(Some(10)),
        slow_down(None),
        pending(),
    ]
    .into_iter()
    .map(|answer| bench.poll(answer))
    .collect();
    assert_eq!(waits, [6.0, 36.0, 42.0, 48.0]);
}

#[test]
fn a_last_poll_may_bring_the_tokens_even_late() {
    let mut bench = Bench::coded(5, 11);
    let _ = bench.wait();
    bench.step(Input::Answered(network(NetworkFailure::Timeout)));
    assert_eq!(bench.wait(), 5.0);
    assert!(!bench.polls(), "11 s is the end");
    let mut bench = Bench::coded(5, 12);
    let _ = bench.poll(network(NetworkFailure::Timeout));
    let _ = bench.wait();
    assert!(bench.polls());
    bench.now += secs(10);
    bench.step(Input::Answered(PollAnswer::Tokens(tokens())));
    assert!(matches!(bench.end(), Some(Ok(_))));
}

#[test]
fn an_answer_after_the_deadline_ends_it_at_once() {
    let mut bench = Bench::coded(5, 10);
    let _ = bench.wait();
    bench.now += secs(15);
    bench.step(Input::Answered(pending()));
    assert_eq!(bench.wait(), 0.0);
    assert_eq!(bench.failure().reason, Reason::Expired);
}

#[test]
fn a_page_of_a_wrong_address_ends_with_its_status() {
    let mut bench = Bench::coded(5, 900);
    let error = Error::Unexpected {
        status: 404,
        detail: "an HTML page".to_owned(),
        is_page: true,
    };
    let _ = bench.poll(PollAnswer::Failed(error.into()));
    assert_eq!(bench.failure().reason, Reason::Rejected);
    assert!(bench.failure().detail.contains("404"));
}

#[test]
fn a_page_after_a_proper_answer_is_somebody_elses_and_keeps_the_code() {
    let stray = |status, detail: &str| {
        PollAnswer::Failed(Failed {
            status: Some(status),
            ..Error::Unexpected {
                status,
                detail: detail.to_owned(),
                is_page: detail == "an HTML page",
            }
            .into()
        })
    };
    for status in [302, 307, 400, 401, 403, 404, 405] {
        for detail in ["an HTML page", "an empty body", "a body that is not JSON"] {
            let mut first = Bench::coded(5, 900);
            let _ = first.poll(stray(status, detail));
            assert_eq!(first.failure().reason, Reason::Rejected, "{status}");
            for proper in [pending(), slow_down(None)] {
                let mut bench = Bench::coded(5, 900);
                let _ = bench.poll(proper);
                let _ = bench.poll(stray(status, detail));
                assert!(bench.end().is_none(), "{status}");
                let _ = bench.poll(PollAnswer::Tokens(tokens()));
                assert!(matches!(bench.end(), Some(Ok(_))), "{status}");
            }
        }
    }
}

#[test]
fn a_code_whose_last_answers_were_unusable_does_not_end_as_one_that_nobody_used() {
    let unusable = || {
        let error = Error::Unexpected {
            status: 200,
            detail: "JSON without the members that belong there".to_owned(),
            is_page: false,
        };
        PollAnswer::Failed(error.into())
    };
    for (last, is_told) in [(unusable(), true), (pending(), false)] {
        let mut bench = Bench::coded(5, 20);
        let _ = bench.poll(unusable());
        while bench.end().is_none() {
            let _ = bench.wait();
            if bench.polls() {
                bench.step(Input::Answered(last.clone()));
            }
        }
        let failure = bench.failure();
        assert_eq!(failure.reason, Reason::Expired);
        assert_eq!(failure.cause.is_some(), is_told);
        assert_eq!(
            failure.detail.contains("JSON without"),
            is_told,
            "{failure}"
        );
    }
}

#[test]
fn a_wait_that_comes_with_pending_holds_for_the_next_poll_alone() {
    let mut bench = Bench::coded(5, 900);
    let waiting = |asked| PollAnswer::Pending {
        status: 400,
        asked: Some(secs(asked)),
    };
    let waits: Vec<f64> = [pending(), waiting(40), pending(), waiting(2)]
        .into_iter()
        .map(|answer| bench.poll(answer))
        .collect();
    assert_eq!(waits, [6.0, 6.0, 40.0, 6.0]);
    assert_eq!(bench.wait(), 6.0);
}

#[test]
fn who_counts_tries_is_not_kept_waiting_for_longer_than_a_minute() {
    let unavailable = |asked| Failed {
        retry_after: Some(secs(asked)),
        ..network_failed(NetworkFailure::Unavailable)
    };
    let mut bench = Bench::new(RetryLimit::Tries(3));
    bench.step(Input::NotAuthorized(unavailable(60)));
    assert_eq!(bench.wait(), 60.0);
    bench.step(Input::NotAuthorized(unavailable(61)));
    assert_eq!(bench.failure().reason, Reason::Network);
}

#[test]
fn an_answer_is_lost_only_if_the_server_can_have_given_one() {
    for failure in [
        NetworkFailure::Dns,
        NetworkFailure::Connect,
        NetworkFailure::Tls,
    ] {
        let mut bench = Bench::coded(5, 900);
        let _ = bench.poll(network(failure));
        let _ = bench.poll(refusal("invalid_grant"));
        assert_eq!(bench.failure().reason, Reason::Rejected, "{failure:?}");
    }
    let mut bench = Bench::coded(5, 900);
    let _ = bench.poll(network(NetworkFailure::Timeout));
    let _ = bench.poll(pending());
    let _ = bench.poll(refusal("invalid_grant"));
    assert_eq!(
        bench.failure().reason,
        Reason::Rejected,
        "pending: nothing was lost"
    );
}

#[test]
fn a_cancel_without_a_poll_in_flight_ends_at_once() {
    let mut requesting = Bench::new(RetryLimit::Forever);
    requesting.step(Input::Cancel);
    requesting.step(Input::Authorized(authorization(5, 900)));
    assert_eq!(requesting.failure().reason, Reason::Cancelled);
    assert!(requesting.effects.is_empty());
    let mut waiting = Bench::coded(5, 900);
    waiting.step(Input::Cancel);
    assert_eq!(waiting.failure().reason, Reason::Cancelled);
    assert!(waiting.grant.as_ref().unwrap().is_over());
}

#[test]
fn requests_for_a_code_back_off_and_go_on() {
    let mut bench = Bench::new(RetryLimit::Forever);
    let mut waits = Vec::new();
    for _ in 0..6 {
        bench.step(Input::NotAuthorized(network_failed(
            NetworkFailure::Connect,
        )));
        waits.push(bench.wait());
    }
    assert_eq!(waits, [5.0, 10.0, 20.0, 40.0, 60.0, 60.0]);
    assert!(bench.end().is_none());
}

#[test]
fn a_rate_limit_on_codes_is_left_alone_as_long_as_it_asks() {
    let mut bench = Bench::new(RetryLimit::Forever);
    bench.step(Input::NotAuthorized(Failed {
        retry_after: Some(secs(180)),
        ..network_failed(NetworkFailure::Unavailable)
    }));
    assert_eq!(bench.wait(), 180.0);
}

#[test]
fn patience_ends_after_its_tries() {
    let mut bench = Bench::new(RetryLimit::Tries(3));
    for _ in 0..2 {
        bench.step(Input::NotAuthorized(network_failed(NetworkFailure::Dns)));
        let _ = bench.wait();
    }
    bench.step(Input::NotAuthorized(network_failed(NetworkFailure::Dns)));
    assert_eq!(bench.failure().reason, Reason::Network);
}

#[test]
fn a_refused_request_for_a_code_ends_with_the_raw_error() {
    for code in [
        "unauthorized_client",
        "invalid_client",
        "access_denied",
        "invalid_grant",
    ] {
        let mut bench = Bench::new(RetryLimit::Forever);
        let PollAnswer::Failed(failed) = refusal(code) else {
            continue;
        };
        bench.step(Input::NotAuthorized(failed));
        assert_eq!(bench.failure().reason, Reason::Rejected);
        assert_eq!(bench.failure().code(), Some(code));
    }
}

#[test]
fn an_early_timer_polls_nothing() {
    let mut bench = Bench::coded(5, 900);
    let due = bench.wake();
    bench.now += secs(1);
    bench.step(Input::Timer);
    assert!(!bench.polls());
    assert_eq!(bench.wake(), due);
}

#[test]
fn extreme_lives_and_intervals_do_not_overflow() {
    for (interval, life) in [(0, 0), (u64::MAX, u64::MAX), (0, u64::MAX), (u64::MAX, 0)] {
        let mut bench = Bench::coded(interval, life);
        for _ in 0..20_000 {
            if bench.end().is_some() {
                break;
            }
            let _ = bench.wait();
            if bench.polls() {
                bench.step(Input::Answered(slow_down(Some(u64::MAX))));
            }
        }
        assert_eq!(bench.failure().reason, Reason::Expired);
        assert!(bench.now - bench.start <= DAY);
    }
}

#[test]
fn tokens_of_an_unknown_type_end_the_grant_in_words_and_go_back() {
    for unknown in ["mac", "Basic", "N_A", "access_token", ""] {
        let mut bench = Bench::coded(5, 900);
        let _ = bench.poll(PollAnswer::Tokens(TokenSet {
            token_type: unknown.to_owned(),
            ..tokens()
        }));
        let failure = bench.failure();
        assert_eq!(failure.reason, Reason::Rejected);
        assert!(
            failure.detail.contains(&format!("{unknown:?}")),
            "{failure:?}"
        );
        assert!(bench.revokes(), "{unknown}");
    }
    for known in ["bearer", "DPOP"] {
        let mut bench = Bench::coded(5, 900);
        let _ = bench.poll(PollAnswer::Tokens(TokenSet {
            token_type: known.to_owned(),
            ..tokens()
        }));
        assert!(matches!(bench.end(), Some(Ok(_))) && !bench.revokes());
    }
}

#[test]
fn a_code_that_was_asked_for_in_the_wrong_way_is_replaced_once() {
    let again = || {
        let error = Error::OAuth {
            status: 400,
            code: "invalid_grant".to_owned(),
            description: Some("PKCE code verifier not specified".to_owned()),
        };
        PollAnswer::AskAgain(error.into())
    };
    let mut bench = Bench::coded(5, 900);
    let _ = bench.poll(again());
    assert!(bench.end().is_none());
    assert!(
        bench
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::RequestCode))
    );
    bench.step(Input::Authorized(authorization(5, 900)));
    let _ = bench.poll(pending());
    let _ = bench.poll(again());
    let failure = bench.failure();
    assert_eq!(failure.reason, Reason::Rejected);
    assert!(failure.detail.contains("PKCE"), "{failure:?}");
}
