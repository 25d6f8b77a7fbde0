//! The waits between polls, as the other side sees them.

use testing::house::House;
use testing::phone::{self, Decision};
use testing::proxy::Fault;

/// How far a wait that was seen may be from the wait that was meant, in seconds.
const TOLERANCE: f64 = 0.3;

#[test]
fn the_waits_are_the_computed_ones() {
    let house = House::new(&["--interval", "1"]);
    let token = &house.paths.token;
    // Poll by poll: pending, no answer, pending, slow down, pending, and then tokens.
    house
        .proxy
        .break_only(token, "device_code", 2..=2, Fault::HangUp);
    let slow_down = Fault::oauth(400, "slow_down");
    house
        .proxy
        .break_only(token, "device_code", 4..=4, slow_down);

    let (mut sign_in, code) = house.ask_for_code();
    let mut meant = Vec::new();
    for expected in [
        ("authorization_pending", 2.0),
        ("network_error", 4.0),
        ("authorization_pending", 2.0),
        ("slow_down", 7.2),
        ("authorization_pending", 7.2),
    ] {
        let poll = sign_in.json();
        let next_in = poll["next_in"].as_f64().unwrap();
        // Only where no answer came chance adds something: up to a quarter.
        let (result, least) = expected;
        let most = least * if result == "network_error" { 1.25 } else { 1.0 };
        assert_eq!(poll["result"], result, "{poll}");
        assert!((least..=most).contains(&next_in), "{poll}");
        meant.push(next_in);
    }
    let address = code["verification_uri_complete"].as_str().unwrap();
    let _ = phone::answer(address, Decision::Allow);
    let ended = sign_in.wait();
    assert_eq!(ended.code, Some(0), "{ended:?}");

    // The first wait is counted from the receipt of the code, each later one from the reply before it.
    meant.insert(0, 2.0);
    let mut previous = house.proxy.exchanges_with(&house.paths.device, "")[0].answered;
    let polls = house.proxy.exchanges_with(token, "device_code");
    assert_eq!(polls.len(), meant.len());
    for (poll, meant) in polls.iter().zip(meant) {
        let seen = (poll.arrived - previous.unwrap()).as_secs_f64();
        assert!(
            (seen - meant).abs() <= TOLERANCE,
            "waited {seen} s instead of {meant} s"
        );
        previous = poll.answered;
    }
}
