//! Any order of events: the pace is kept, a deadline ends it, nothing panics.

use proptest::prelude::*;

use super::*;

fn any_answer() -> impl Strategy<Value = PollAnswer> {
    prop_oneof![
        4 => Just(pending()),
        2 => proptest::option::of(any::<u64>()).prop_map(slow_down),
        1 => (0_u64..100).prop_map(|asked| slow_down(Some(asked))),
        2 => Just(network(NetworkFailure::Timeout)),
        2 => Just(network(NetworkFailure::Dns)),
    ]
}

fn any_input() -> impl Strategy<Value = Input> {
    prop_oneof![
        1 => (any::<u64>(), any::<u64>()).prop_map(|(i, l)| Input::Authorized(authorization(i, l))),
        3 => (0_u64..20, 0_u64..200).prop_map(|(i, l)| Input::Authorized(authorization(i, l))),
        1 => Just(Input::NotAuthorized(network_failed(NetworkFailure::Connect))),
        4 => Just(Input::Timer),
        2 => any_answer().prop_map(Input::Answered),
        1 => Just(Input::Answered(PollAnswer::Tokens(tokens()))),
        1 => Just(Input::Answered(refusal("invalid_grant"))),
        1 => Just(Input::Cancel),
    ]
}

proptest! {
    #[test]
    fn the_pace_is_kept_and_a_deadline_always_ends_it(
        interval in 0_u64..120,
        life in 0_u64..2_000,
        answers in proptest::collection::vec((any_answer(), 0_u64..20), 1..50),
    ) {
        let mut bench = Bench::coded(interval, life);
        let mut floor = secs(interval.max(1));
        let mut answered = bench.now;
        let mut answers = answers.iter().cycle();
        while bench.end().is_none() {
            let _ = bench.wait();
            if bench.polls() {
                prop_assert!(bench.now - answered >= floor, "polled faster than the server's pace");
                prop_assert!(bench.now < bench.start + secs(life));
                let (answer, delay) = answers.next().unwrap();
                bench.now += secs(*delay);
                answered = bench.now;
                if let PollAnswer::SlowDown { asked, .. } = answer {
                    floor = (floor + secs(5)).max(asked.unwrap_or_default()).min(DAY);
                }
                bench.step(Input::Answered(answer.clone()));
            } else {
                prop_assert!(bench.now >= bench.start + secs(life));
            }
        }
        prop_assert_eq!(bench.failure().reason, Reason::Expired);
        prop_assert!(bench.now <= bench.start + secs(life + 20));
    }

    #[test]
    fn no_order_of_events_panics_or_ends_twice(
        inputs in proptest::collection::vec((any_input(), 0_u64..100_000), 0..60),
        tries in proptest::option::of(0_u32..5),
    ) {
        let mut bench = Bench::new(tries.map_or(RetryLimit::Forever, RetryLimit::Tries));
        let mut in_flight = 0_i32;
        for (input, later) in inputs {
            bench.now += secs(later);
            if matches!(input, Input::Answered(_)) {
                in_flight = 0;
            }
            bench.step(input);
            in_flight += i32::from(bench.polls());
            prop_assert!(in_flight <= 1, "two polls in flight");
        }
        let ends = bench.ends.len();
        prop_assert!(ends <= 1);
    }
}
