//! A cable that is plugged in again.

use super::*;

#[test]
fn r23_a_way_that_is_there_again_ends_the_back_off_but_not_the_servers_pace() {
    for (gone_for, waits) in [
        // The server's own pace has passed long since.
        (20, 0.0),
        // It has not: the poll comes when it would have come had nothing failed.
        (2, 4.0),
    ] {
        let mut bench = Bench::coded(5, 900);
        for _ in 0..3 {
            let _ = bench.poll(network(NetworkFailure::Connect));
        }
        assert_eq!(bench.wake(), Some(bench.now + secs(48)));
        bench.now += secs(gone_for);
        bench.step(Input::Returned);
        assert_eq!(bench.wait(), waits, "after {gone_for} s");
        assert!(bench.polls());
        // What failed is forgotten only with an answer.
        bench.step(Input::Answered(network(NetworkFailure::Connect)));
        assert_eq!(bench.wake(), Some(bench.now + secs(60)));
    }
}

#[test]
fn r23_a_code_is_asked_for_as_soon_as_the_server_can_be_reached() {
    let mut bench = Bench::new(RetryLimit::Forever);
    bench.step(Input::NotAuthorized(network_failed(NetworkFailure::Dns)));
    bench.now += secs(1);
    bench.step(Input::Returned);
    assert!(matches!(bench.effects.as_slice(), [Effect::RequestCode]));
}

#[test]
fn only_a_connection_that_never_came_about_is_worth_watching() {
    for (failure, lost) in [
        (NetworkFailure::Dns, true),
        (NetworkFailure::Connect, true),
        (NetworkFailure::Timeout, false),
        (NetworkFailure::Tls, false),
        (NetworkFailure::Interrupted, false),
        (NetworkFailure::Unavailable, false),
    ] {
        assert_eq!(Input::Answered(network(failure)).lost_the_way(), lost);
        assert_eq!(
            Input::NotAuthorized(network_failed(failure)).lost_the_way(),
            lost
        );
    }
    assert!(!Input::Timer.lost_the_way());
}

#[test]
fn a_return_that_nobody_waits_for_changes_nothing() {
    let mut bench = Bench::coded(5, 900);
    let due = bench.wake();
    bench.step(Input::Returned);
    assert_eq!(bench.wake(), due);
    let _ = bench.poll(PollAnswer::Tokens(tokens()));
    bench.step(Input::Returned);
    assert!(bench.effects.is_empty() && bench.end().is_some());
}
