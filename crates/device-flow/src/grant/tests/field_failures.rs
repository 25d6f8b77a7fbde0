//! The failures of other clients in the field, each under its number. `docs/requirements.md` has the whole list.

use super::*;

#[test]
fn b01_slow_down_is_not_fatal() {
    let mut bench = Bench::coded(5, 900);
    for _ in 0..5 {
        let _ = bench.poll(slow_down(None));
        assert!(bench.end().is_none());
    }
    let _ = bench.poll(PollAnswer::Tokens(tokens()));
    assert!(matches!(bench.end(), Some(Ok(_))));
}

#[test]
fn b02_slow_down_lasts() {
    let mut bench = Bench::coded(5, 900);
    let waits: Vec<f64> = [slow_down(None), slow_down(None), pending(), pending()]
        .into_iter()
        .map(|answer| bench.poll(answer))
        .collect();
    assert_eq!(waits, [6.0, 12.0, 18.0, 18.0]);
}

#[test]
fn b03_slow_down_is_no_pending() {
    let gap = |answer| {
        let mut bench = Bench::coded(5, 900);
        let _ = bench.poll(answer);
        bench.wait()
    };
    assert_eq!((gap(pending()), gap(slow_down(None))), (6.0, 12.0));
}

#[test]
fn b04_network_failures_never_lower_the_pace() {
    let mut bench = Bench::coded(5, 1_800);
    for _ in 0..2 {
        let _ = bench.poll(slow_down(None));
    }
    let waits: Vec<f64> = (0..4)
        .map(|_| bench.poll(network(NetworkFailure::Dns)))
        .collect();
    assert_eq!(waits, [18.0, 36.0, 60.0, 60.0]);
    let mut slow = Bench::coded(100, 1_800);
    let _ = slow.poll(network(NetworkFailure::Dns));
    assert_eq!(
        slow.poll(pending()),
        120.0,
        "the ceiling is no lower than the pace"
    );
}

#[test]
fn b05_the_back_off_is_forgotten_after_a_good_round_trip() {
    let mut bench = Bench::coded(5, 1_800);
    let waits: Vec<f64> = [
        network(NetworkFailure::Timeout),
        network(NetworkFailure::Timeout),
        pending(),
        pending(),
    ]
    .into_iter()
    .map(|answer| bench.poll(answer))
    .collect();
    assert_eq!(waits, [6.0, 12.0, 24.0, 6.0]);
}

#[test]
fn b06_nothing_of_the_network_ends_a_code_before_its_time() {
    let mut bench = Bench::coded(5, 900);
    let html = PollAnswer::Failed(
        Error::Unexpected {
            status: 200,
            detail: "an HTML page".to_owned(),
            is_page: true,
        }
        .into(),
    );
    for failure in [
        network(NetworkFailure::Dns),
        network(NetworkFailure::Connect),
        network(NetworkFailure::Tls),
        network(NetworkFailure::ClockBehind),
        network(NetworkFailure::Timeout),
        network(NetworkFailure::Interrupted),
        network(NetworkFailure::Unavailable),
        html,
    ] {
        let _ = bench.poll(failure);
        assert!(bench.end().is_none());
    }
    let _ = bench.poll(PollAnswer::Tokens(tokens()));
    assert!(matches!(bench.end(), Some(Ok(_))));
}

#[test]
fn b07_a_clock_that_runs_fast_has_a_margin() {
    for (interval, wait) in [(1, 2.0), (5, 6.0), (30, 36.0)] {
        assert_eq!(Bench::coded(interval, 900).wait(), wait);
    }
}

#[test]
fn b08_the_wait_counts_from_the_answer() {
    let mut bench = Bench::coded(5, 900);
    let _ = bench.wait();
    bench.now += secs(9);
    bench.step(Input::Answered(pending()));
    assert_eq!(bench.wait(), 6.0);
}

#[test]
fn b09_no_poll_before_the_first_interval() {
    let mut bench = Bench::coded(5, 900);
    bench.step(Input::Timer);
    assert!(!bench.polls());
    assert_eq!(bench.wait(), 6.0);
    assert!(bench.polls());
}

#[test]
fn b10_a_server_that_punishes_every_poll_is_polled_to_the_end() {
    let mut bench = Bench::coded(5, 600);
    let mut last = 0.0;
    while bench.end().is_none() {
        let waited = bench.wait();
        if bench.polls() {
            assert!(waited > last || bench.now - bench.start >= secs(590));
            last = waited;
            bench.step(Input::Answered(slow_down(None)));
        }
    }
    assert_eq!(bench.failure().reason, Reason::Expired);
    assert_eq!(bench.now - bench.start, secs(600));
}

#[test]
fn b11_an_error_nobody_knows_stops_with_its_text() {
    let mut bench = Bench::coded(5, 900);
    let _ = bench.poll(pending());
    let detail = "AADSTS50196: the server terminated an operation because it encountered a loop";
    let _ = bench.poll(PollAnswer::Failed(
        Error::OAuth {
            status: 400,
            code: "invalid_request_loop".to_owned(),
            description: Some(detail.to_owned()),
        }
        .into(),
    ));
    let failure = bench.failure();
    assert_eq!(failure.reason, Reason::Rejected);
    assert_eq!(failure.code(), Some("invalid_request_loop"));
    assert!(failure.detail.contains("AADSTS50196"));
}

#[test]
fn b14_no_sleep_passes_the_deadline_and_one_last_poll_is_made() {
    let mut bench = Bench::coded(5, 20);
    assert_eq!(bench.poll(pending()), 6.0);
    assert_eq!(bench.poll(pending()), 6.0);
    assert_eq!(bench.poll(pending()), 6.0);
    // 18 s: the last poll would be at 19 s, but the server's own pace allows 23 s.
    assert_eq!(bench.wait(), 2.0);
    assert!(!bench.polls());
    assert_eq!(bench.failure().reason, Reason::Expired);
    assert_eq!(bench.now - bench.start, secs(20));

    let mut bench = Bench::coded(5, 30);
    for _ in 0..4 {
        let _ = bench.poll(pending());
    }
    // 24 s: regularly at 30 s, so at 29 s instead; after that there is nothing but the end.
    assert_eq!(bench.poll(pending()), 5.0);
    assert_eq!(bench.wait(), 1.0);
    assert_eq!(bench.failure().reason, Reason::Expired);
    assert_eq!(bench.failure().code(), None);
}

#[test]
fn b16_every_spelling_of_no_and_too_late() {
    for code in ["access_denied", "authorization_declined"] {
        let mut bench = Bench::coded(5, 900);
        let _ = bench.poll(refusal(code));
        assert_eq!(bench.failure().reason, Reason::Denied);
        assert_eq!(bench.failure().code(), Some(code));
    }
    for code in ["expired_token", "token_expired", "code_expired"] {
        let mut bench = Bench::coded(5, 900);
        let _ = bench.poll(refusal(code));
        assert_eq!(bench.failure().reason, Reason::Expired, "{code}");
        assert_eq!(bench.failure().code(), Some(code));
    }
    for code in [
        "invalid_client",
        "unauthorized_client",
        "AADSTS50196",
        "invalid_scope",
    ] {
        let mut bench = Bench::coded(5, 900);
        let _ = bench.poll(refusal(code));
        assert_eq!(bench.failure().reason, Reason::Rejected, "B11 {code}");
        assert_eq!(bench.failure().code(), Some(code));
    }
}

#[test]
fn b18_a_code_that_was_confirmed_is_polled_through_trouble() {
    let mut bench = Bench::coded(5, 900);
    let _ = bench.poll(pending());
    for trouble in [
        network(NetworkFailure::Unavailable),
        slow_down(None),
        network(NetworkFailure::Timeout),
    ] {
        let _ = bench.poll(trouble);
        assert!(bench.end().is_none());
    }
    let _ = bench.poll(PollAnswer::Tokens(tokens()));
    assert!(matches!(bench.end(), Some(Ok(_))));
}

#[test]
fn b19_a_request_for_a_code_that_fails_is_told_and_repeated() {
    let mut bench = Bench::new(RetryLimit::Forever);
    bench.step(Input::NotAuthorized(network_failed(
        NetworkFailure::Timeout,
    )));
    assert!(matches!(
        bench.told.last(),
        Some(Progress::RequestFailed { .. })
    ));
    assert_eq!(bench.wait(), 5.0);
    assert!(
        bench
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::RequestCode))
    );
}

#[test]
fn b34_nothing_that_is_told_or_debugged_holds_a_secret() {
    let mut bench = Bench::coded(5, 900);
    let shown = format!("{:?}", bench.grant);
    assert!(!shown.contains("marker"), "{shown}");
    let _ = bench.wait();
    assert!(!format!("{:?}", bench.effects).contains("marker"));
    bench.step(Input::Answered(PollAnswer::Tokens(tokens())));
    assert!(!format!("{:?} {:?}", bench.told, bench.ends).contains("marker"));
}
#[test]
fn b35_invalid_grant_means_what_went_before_it() {
    for code in [
        "invalid_grant",
        "bad_verification_code",
        "incorrect_device_code",
        "device_not_found",
    ] {
        let mut early = Bench::coded(5, 900);
        let _ = early.poll(refusal(code));
        assert_eq!(early.failure().reason, Reason::Rejected, "{code}");

        let mut lost = Bench::coded(5, 900);
        let _ = lost.poll(network(NetworkFailure::Timeout));
        let _ = lost.poll(refusal(code));
        assert_eq!(lost.failure().reason, Reason::Expired, "{code}");
        assert!(lost.failure().detail.contains("lost"));

        let mut late = Bench::coded(5, 30);
        for _ in 0..4 {
            let _ = late.poll(pending());
        }
        let _ = late.poll(refusal(code));
        assert_eq!(late.failure().reason, Reason::Expired, "{code}");
        assert_eq!(late.failure().code(), Some(code));
    }
}

#[test]
fn b36_tokens_after_a_cancel_are_revoked_and_never_told() {
    let mut bench = Bench::coded(5, 900);
    let _ = bench.wait();
    bench.step(Input::Cancel);
    assert_eq!(bench.failure().reason, Reason::Cancelled);
    bench.step(Input::Timer);
    bench.step(Input::Cancel);
    bench.step(Input::Answered(PollAnswer::Tokens(tokens())));
    assert!(bench.revokes());
    assert!(bench.grant.as_ref().unwrap().is_over());
    let ends = bench.ends.iter();
    assert_eq!(ends.count(), 1);
}

#[test]
fn b37_a_code_that_was_refused_is_dead_whatever_comes_later() {
    let mut bench = Bench::coded(5, 900);
    let _ = bench.poll(refusal("access_denied"));
    assert_eq!(bench.failure().reason, Reason::Denied);
    // On the phone somebody goes back and allows it after all: here nobody asks any more, and what came all the same
    // would sign nobody in.
    for late in [
        Input::Timer,
        Input::Answered(PollAnswer::Tokens(tokens())),
        Input::Authorized(authorization(5, 900)),
        Input::Timer,
    ] {
        bench.now += secs(60);
        bench.step(late);
        assert!(!bench.polls());
    }
    let ends = bench.ends.iter();
    assert_eq!(ends.count(), 1);
}
