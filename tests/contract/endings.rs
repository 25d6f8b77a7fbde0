//! Sign-ins that come to nothing: each has its reason and its exit code.

use serde_json::Value;

use testing::house::House;
use testing::phone::{self, Decision};
use testing::process::{Ended, Running};
use testing::proxy::Fault;

/// The last event of a sign-in that failed.
fn failure(ended: &Ended) -> Value {
    let last = ended.stdout.lines().last().unwrap_or_default();
    let event: Value = serde_json::from_str(last).unwrap_or_default();
    assert_eq!(event["event"], "failed", "{ended:?}");
    assert!(
        !event["detail"].as_str().unwrap_or_default().is_empty(),
        "{event}"
    );
    event
}

#[test]
fn a_declined_sign_in_ends_with_4() {
    let house = House::new(&["--interval", "1"]);
    let (sign_in, code) = house.ask_for_code();
    let address = code["verification_uri_complete"].as_str().unwrap();
    let _ = phone::answer(address, Decision::Decline);
    let ended = sign_in.wait();
    assert_eq!(ended.code, Some(4), "{ended:?}");
    let failure = failure(&ended);
    assert_eq!(failure["reason"], "denied", "{failure}");
    assert_eq!(failure["error"], "access_denied", "{failure}");
}

#[test]
fn an_expired_code_ends_with_5() {
    let house = House::new(&["--interval", "1", "--code-lifetime", "5"]);
    let (sign_in, _) = house.ask_for_code();
    let ended = sign_in.wait();
    assert_eq!(ended.code, Some(5), "{ended:?}");
    assert_eq!(failure(&ended)["reason"], "expired");
}

#[test]
fn a_server_that_nobody_runs_ends_with_6() {
    let mut house = House::new(&[]);
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let endpoint = house.endpoint(&house.paths.device);
    house.reconfigure(&endpoint, &format!("http://{closed}/device"));
    let ended = house.run(&["sign-in", "--json"]);
    assert_eq!(ended.code, Some(6), "{ended:?}");
    assert_eq!(failure(&ended)["reason"], "network");
}

#[test]
fn a_client_that_the_server_does_not_know_ends_with_7() {
    let mut house = House::new(&[]);
    let known = house.client_id();
    house.reconfigure(&known, "nobody-knows-me");
    let ended = house.run(&["sign-in", "--json"]);
    assert_eq!(ended.code, Some(7), "{ended:?}");
    let failure = failure(&ended);
    assert_eq!(failure["reason"], "rejected", "{failure}");
    assert_eq!(failure["error"], "invalid_client", "{failure}");
}

/// What the device authorization endpoint may answer instead, and how the sign-in ends then.
#[test]
fn every_wrong_answer_to_the_request_for_a_code_is_an_end_with_words() {
    let wrong_types =
        r#"{"device_code":7,"user_code":[],"verification_uri":null,"expires_in":"x"}"#;
    let elsewhere = Fault::Answer {
        status: 302,
        fields: vec![("Location", "http://127.0.0.1:1/elsewhere".to_owned())],
        body: Vec::new(),
    };
    let cases = [
        ("a page", Fault::html(200), 7),
        ("a page for an error", Fault::html(404), 7),
        ("nothing", Fault::answer(200, "application/json", ""), 7),
        (
            "wrong types",
            Fault::answer(200, "application/json", wrong_types),
            7,
        ),
        (
            "2 MiB",
            Fault::answer(200, "application/json", vec![b' '; 2 << 20]),
            7,
        ),
        ("a redirect", elsewhere, 7),
        ("an OAuth error", Fault::oauth(400, "invalid_scope"), 7),
    ];
    let house = House::new(&[]);
    for (what, fault, code) in cases {
        house.proxy.mend();
        house.proxy.break_all(&house.paths.device, fault);
        let ended = Running::start(house.command(&["sign-in", "--json"])).wait();
        assert_eq!(ended.code, Some(code), "{what}: {ended:?}");
        let _ = failure(&ended);
        assert!(!ended.stderr.contains("panicked"), "{what}: {ended:?}");
    }
}
