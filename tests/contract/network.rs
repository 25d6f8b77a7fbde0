//! A network that fails while a code is on the screen: the code stays, and the sign-in ends well.

use std::time::Duration;

use serde_json::Value;

use testing::house::House;
use testing::phone::{self, Decision};
use testing::proxy::Fault;

/// Breaks the first poll with `fault`; the sign-in must go on and end with a session.
fn survives(fault: Fault) {
    let house = House::new(&["--interval", "1"]);
    house
        .proxy
        .break_only(&house.paths.token, "device_code", 1..=1, fault);
    let (mut sign_in, code) = house.ask_for_code();
    let poll = sign_in.json();
    assert_eq!(poll["event"], "poll", "{poll}");
    assert_eq!(poll["result"], "network_error", "{poll}");
    assert!(
        !poll["detail"].as_str().unwrap_or_default().is_empty(),
        "{poll}"
    );
    let address = code["verification_uri_complete"].as_str().unwrap();
    let _ = phone::answer(address, Decision::Allow);
    let ended = sign_in.wait();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let codes = ended.stdout.matches(r#""event":"code""#).count();
    assert_eq!(codes, 1, "{ended:?}");
}

#[test]
fn a_connection_that_ends() {
    survives(Fault::HangUp);
}

#[test]
fn a_reply_that_is_lost() {
    survives(Fault::LoseReply);
}

#[test]
fn a_reply_that_breaks_off() {
    survives(Fault::Truncate);
}

#[test]
fn a_page_of_a_gateway() {
    survives(Fault::html(502));
}

#[test]
fn a_server_that_has_no_time() {
    survives(Fault::answer(503, "application/json", "{}"));
}

#[test]
fn a_late_reply_is_only_late() {
    let house = House::new(&["--interval", "1"]);
    let late = Fault::Delay(Duration::from_secs(2));
    house
        .proxy
        .break_only(&house.paths.token, "device_code", 1..=1, late);
    let (mut sign_in, code) = house.ask_for_code();
    assert_eq!(sign_in.json()["result"], "authorization_pending");
    let address = code["verification_uri_complete"].as_str().unwrap();
    let _ = phone::answer(address, Decision::Allow);
    let ended = sign_in.wait();
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn too_many_requests_says_how_long_to_wait() {
    let house = House::new(&["--interval", "1"]);
    let busy = Fault::Answer {
        status: 429,
        fields: vec![("Retry-After", "4".to_owned())],
        body: b"slow".to_vec(),
    };
    house
        .proxy
        .break_only(&house.paths.token, "device_code", 1..=1, busy);
    let (mut sign_in, _) = house.ask_for_code();
    let poll: Value = sign_in.json();
    assert_eq!(poll["result"], "slow_down", "{poll}");
    assert_eq!(poll["status"], 429, "{poll}");
    assert!(poll["next_in"].as_f64().unwrap() >= 4.0, "{poll}");
}
