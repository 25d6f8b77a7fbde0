//! Many machines that lost the same server in the same second.

use super::*;

fn spread_over(seconds: u64, seed: u64) -> Bench {
    let mut bench = Bench::new(RetryLimit::Forever);
    let jitter = Jitter::seeded(secs(seconds), seed);
    bench.grant = bench.grant.map(|grant| grant.jittered(jitter));
    bench
}

/// The waits of a hundred machines, shortest first.
fn waits(of: impl Fn(u64) -> f64) -> Vec<f64> {
    let mut waits: Vec<f64> = (0..100).map(of).collect();
    waits.sort_by(f64::total_cmp);
    waits
}

#[test]
fn codes_are_asked_for_again_within_the_spread_and_never_before_the_server_wants() {
    let after = |failures: usize, asked: Option<u64>, spread| {
        waits(|seed| {
            let mut bench = spread_over(spread, seed);
            let mut waited = 0.0;
            for _ in 0..failures {
                bench.step(Input::NotAuthorized(Failed {
                    retry_after: asked.map(secs),
                    ..network_failed(NetworkFailure::Unavailable)
                }));
                waited = bench.wait();
            }
            waited
        })
    };
    for (failures, asked, spread, least, most) in [
        (1, None, 0, 2.5, 5.0),
        (9, None, 0, 30.0, 60.0),
        (9, None, 300, 150.0, 300.0),
        (1, Some(80), 0, 80.0, 90.0),
        (1, Some(80), 300, 80.0, 160.0),
    ] {
        let waits = after(failures, asked, spread);
        let (first, last) = (waits[0], waits[99]);
        assert!(first >= least && last <= most, "{first} {last}");
        assert!(last - first > 0.8 * (most - least), "{first} {last}");
    }
}

#[test]
fn polls_that_failed_are_apart_and_never_sooner_than_the_rule_says() {
    let third = waits(|seed| {
        let mut bench = spread_over(0, seed);
        bench.step(Input::Authorized(authorization(5, 900)));
        let mut poll = || bench.poll(network(NetworkFailure::Timeout));
        let _ = (poll(), poll());
        poll()
    });
    assert!(third[0] >= 24.0 && third[99] <= 30.0 && third[99] - third[0] > 5.0);
}

#[test]
fn a_way_that_is_there_again_is_gone_by_at_once_or_within_the_spread() {
    for (spread, most) in [(0, 0.0), (10, 10.0)] {
        let waits = waits(|seed| {
            let mut bench = spread_over(spread, seed);
            for _ in 0..9 {
                let failed = network_failed(NetworkFailure::Connect);
                bench.step(Input::NotAuthorized(failed));
                let _ = bench.wait();
            }
            let failed = network_failed(NetworkFailure::Connect);
            bench.step(Input::NotAuthorized(failed));
            bench.step(Input::Returned);
            match bench.effects.as_slice() {
                [Effect::RequestCode] => 0.0,
                _ => bench.wait(),
            }
        });
        assert!(waits[99] <= most && waits[99] - waits[0] >= 0.9 * most);
    }
    // Where that would be no sooner, the wait is left as it is.
    let mut bench = spread_over(300, 1);
    bench.step(Input::NotAuthorized(network_failed(
        NetworkFailure::Connect,
    )));
    let due = bench.wake();
    bench.step(Input::Returned);
    assert_eq!(bench.wake(), due);
}
