use super::super::account_record::tests::{record, tokens};
use super::super::schedule::tests::fresh;
use super::*;
use device_flow::NetworkFailure;

const HOUR: Duration = Duration::from_secs(3600);

fn offline() -> Error {
    Error::Refresh(device_flow::Error::network(
        NetworkFailure::Connect,
        "test".to_owned(),
    ))
}

fn state(now: Instant) -> TokenState {
    TokenState::new(record(1), fresh(now, Some(HOUR), Chance::LEAST), true, None)
}

#[test]
fn a_young_token_is_used_as_it_is() {
    let now = Instant::now();
    assert!(matches!(state(now).decide(now), Decision::Use(_)));
}

#[test]
fn a_token_past_its_fraction_is_refreshed_with_the_old_one_as_fallback() {
    let now = Instant::now();
    assert!(matches!(
        state(now).decide(now + HOUR.mul_f64(0.7)),
        Decision::Refresh {
            fallback: Some(_),
            ..
        }
    ));
}

#[test]
fn a_token_that_is_over_has_no_fallback() {
    let now = Instant::now();
    assert!(matches!(
        state(now).decide(now + HOUR),
        Decision::Refresh { fallback: None, .. }
    ));
}

#[test]
fn b29_offline_callers_do_not_start_a_storm() {
    let start = Instant::now();
    let mut state = state(start);
    let over = start + HOUR;
    state.settle(&Err(offline()), over);
    assert!(matches!(state.decide(over), Decision::Refuse(e) if e == offline()));
    assert!(matches!(
        state.decide(over + Duration::from_secs(1)),
        Decision::Refresh { .. }
    ));
}

#[test]
fn a_server_that_names_a_wait_is_left_alone_as_long_but_not_for_ever() {
    let start = Instant::now();
    let over = start + HOUR;
    for (asked, rests) in [(20, 20), (86_400, 3600)] {
        let mut state = state(start);
        state.leave_alone(Some(Duration::from_secs(asked)), over);
        state.settle(&Err(offline()), over);
        let end = over + Duration::from_secs(rests);
        let before = end - Duration::from_millis(1);
        assert!(matches!(state.decide(before), Decision::Refuse(e) if e == offline()));
        assert!(matches!(state.decide(end), Decision::Refresh { .. }));
        state.settle(&Ok(()), end);
        assert_eq!(state.quiet_for(over), Duration::ZERO);
    }
}

#[test]
fn the_keeper_is_never_sooner_than_the_server_wants_and_apart_from_others() {
    let start = Instant::now();
    let second = Duration::from_secs(1);
    let over = start + HOUR;
    let mut state = state(start);
    let next = |state: &TokenState, now, spread| {
        [Chance::LEAST, Chance::MOST].map(|chance| {
            let at = state.next_refresh(now, spread * second, chance).unwrap();
            (at - now).as_secs()
        })
    };
    assert_eq!(next(&state, start, 300), [1800, 1800]);
    assert_eq!(next(&state, over, 300), [1, 1]);
    state.settle(&Err(offline()), over);
    assert_eq!(next(&state, over, 0), [2, 4]);
    assert_eq!(next(&state, over, 400), [10, 20]);
    state.leave_alone(Some(80 * second), over);
    assert_eq!(next(&state, over, 0), [80, 90]);
    assert_eq!(next(&state, over, 60), [80, 140]);
}

#[test]
fn a_failed_refresh_leaves_a_good_token_in_use() {
    let start = Instant::now();
    let mut state = state(start);
    let due = start + HOUR.mul_f64(0.7);
    state.settle(&Err(offline()), due);
    assert!(matches!(state.decide(due), Decision::Use(_)));
}

#[test]
fn without_a_refresh_token_it_lasts_until_the_access_token_ends() {
    let now = Instant::now();
    let mut state = state(now);
    state.record.refresh_token = None;
    assert!(matches!(
        state.decide(now + HOUR.mul_f64(0.9)),
        Decision::Use(_)
    ));
    assert!(matches!(
        state.decide(now + HOUR),
        Decision::Refuse(Error::Ended(_))
    ));
}

#[test]
fn a_refusal_of_an_older_token_is_answered_with_the_present_one() {
    let now = Instant::now();
    let state = state(now);
    assert!(matches!(
        state.decide_after_refusal(&"access-0".into(), now),
        Decision::Use(_)
    ));
    assert!(matches!(
        state.decide_after_refusal(&"access-1".into(), now),
        Decision::Refresh { fallback: None, .. }
    ));
}

#[test]
fn an_api_that_refuses_every_token_does_not_cause_a_refresh_per_call() {
    let now = Instant::now();
    let mut state = state(now);
    state.adopt(
        record(1).refreshed(tokens(2), std::time::SystemTime::now()),
        fresh(now, Some(HOUR), Chance::LEAST),
    );
    state.settle(&Ok(()), now);
    assert!(matches!(
        state.decide_after_refusal(&"access-2".into(), now),
        Decision::Refuse(Error::Refused(_))
    ));
    assert!(matches!(
        state.decide_after_refusal(&"access-2".into(), now + TOO_FRESH_TO_REFRESH),
        Decision::Refresh { .. }
    ));
}

#[test]
fn a_token_that_ran_out_within_seconds_is_refreshed_after_all() {
    let now = Instant::now();
    let second = Duration::from_secs(1);
    let mut state = state(now);
    state.adopt(record(1), fresh(now, Some(second), Chance::LEAST));
    state.settle(&Ok(()), now);
    assert!(matches!(
        state.decide_after_refusal(&"access-1".into(), now + second),
        Decision::Refresh { .. }
    ));
}

#[test]
fn only_an_end_ends_it() {
    let now = Instant::now();
    let mut state = state(now);
    state.settle(&Err(offline()), now);
    assert!(state.ended().is_none());
    state.settle(&Err(Error::Ended("invalid_grant".to_owned())), now);
    state.settle(&Ok(()), now);
    assert!(matches!(
        state.decide(now),
        Decision::Refuse(Error::Ended(_))
    ));
}

#[test]
fn who_waited_learns_how_it_went() {
    let now = Instant::now();
    let mut state = state(now);
    assert!(state.outcome_since(0).is_none());
    state.settle(&Err(offline()), now);
    assert_eq!(state.outcome_since(0), Some(Err(offline())));
    state.settle(&Ok(()), now);
    assert_eq!(state.outcome_since(1), Some(Ok(())));
}
