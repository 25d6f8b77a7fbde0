//! What nobody may read: after a whole journey with the most talkative log, no token and no device code
//! stands anywhere but in the account file.

use serde_json::Value;

use testing::files::{files_below, relayed_secrets, surroundings, who_holds};
use testing::house::House;
use testing::phone::{self, Decision};
use testing::process::Running;
use testing::proxy::Fault;

#[test]
fn b34_no_secret_is_said_or_written() {
    let house = House::new(&["--interval", "1"]);
    let talkative = ["--log-level", "trace"];
    let mut said = String::new();
    let mut run = |arguments: &[&str]| {
        let ended = house.run(&[&talkative, arguments].concat());
        said.push_str(&format!("{}{}", ended.stdout, ended.stderr));
        ended.code
    };

    let mut sign_in =
        Running::start(house.command(&[&talkative[..], &["sign-in", "--json"]].concat()));
    let code = loop {
        let line = sign_in.line().unwrap();
        if line.contains(r#""event":"code""#) {
            break serde_json::from_str::<Value>(&line).unwrap();
        }
    };
    let address = code["verification_uri_complete"].as_str().unwrap();
    let _ = phone::answer(address, Decision::Allow);
    let ended = sign_in.wait();
    assert_eq!(ended.code, Some(0), "{ended:?}");

    house.proxy.break_only(
        &house.paths.library,
        "",
        1..=1,
        Fault::answer(401, "application/json", "{}"),
    );
    let call = ["call", "GET", "/library/continue"];
    assert_eq!(run(&call), Some(0));
    // A refresh whose reply cannot be understood: what was in it must not come back as an error's text.
    house.proxy.break_only(
        &house.paths.library,
        "",
        1..=1,
        Fault::answer(401, "application/json", "{}"),
    );
    house
        .proxy
        .break_only(&house.paths.token, "refresh_token", 1..=1, Fault::Truncate);
    assert_ne!(run(&call), None);
    assert_eq!(run(&["status", "--json"]), Some(0));
    assert_eq!(run(&["config", "show"]), Some(0));

    let secrets = relayed_secrets(&house.proxy);
    assert!(secrets.len() >= 6, "the proxy saw only {}", secrets.len());
    let written = files_below(house.device.home());
    let accounts = house.device.config_dir().join("accounts");
    assert!(written.iter().any(|path| path.starts_with(&accounts)));
    assert_eq!(run(&["sign-out"]), Some(0));

    said.push_str(&format!("{}{}", ended.stdout, ended.stderr));
    assert!(said.contains(" INFO "), "there is no log in this: {said}");
    for secret in &secrets {
        assert!(
            !said.contains(secret),
            "a secret was said near: {}",
            surroundings(&said, secret)
        );
    }
    let holders = who_holds(house.device.home(), &secrets);
    assert_eq!(holders, [""; 0], "secrets were left in files");
}
