//! The whole journey in a terminal, with nothing in the way.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use testing::house::House;

#[test]
fn a_person_signs_in_uses_the_api_and_signs_out() {
    let house = House::new(&["--interval", "1"]);

    let signed_in = house.sign_in();
    let code = &signed_in.code;
    let user_code = code["user_code"].as_str().unwrap();
    let complete = code["verification_uri_complete"].as_str().unwrap();
    assert!(complete.contains(user_code), "{code}");
    assert!(code["verification_uri"].is_string(), "{code}");
    assert!(code["expires_in"].as_f64().unwrap() > 0.0, "{code}");
    assert_eq!(code["interval"].as_f64(), Some(1.0), "{code}");
    for line in signed_in.ended.stdout.lines() {
        assert!(line.starts_with(r#"{"event":""#), "{line}");
        let event: Value = serde_json::from_str(line).unwrap();
        if event["event"] == "poll" {
            assert_eq!(event["result"], "authorization_pending", "{line}");
            assert!(event["status"].is_u64(), "{line}");
            assert!(event["next_in"].as_f64().unwrap() >= 1.0, "{line}");
        }
    }
    let last = &signed_in.last;
    assert_eq!(last["event"], "signed_in");
    let subject = last["subject"].as_str().unwrap();
    assert!(!subject.is_empty() && last["name"].is_string(), "{last}");
    let scopes = last["scopes"].as_array().unwrap();
    assert!(scopes.contains(&Value::from("offline_access")), "{last}");
    assert!(last["expires_in"].as_f64().unwrap() > 0.0, "{last}");
    assert_eq!(last["refreshable"], true, "{last}");

    let file = house.device.config_dir().join("accounts/default.json");
    // Every command is a new start: who signed in once is still signed in.
    let status = house.status();
    assert!(status.to_string().contains(subject), "{status}");
    assert!(
        status.to_string().contains(&*file.to_string_lossy()),
        "{status}"
    );

    // The directory was made with wider modes, as an editor or a package would.
    for (path, mode) in [
        (house.device.config_dir(), 0o700),
        (house.device.config_dir().join("accounts"), 0o700),
        (file.clone(), 0o600),
    ] {
        let found = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(found, mode, "{}: {found:o}", path.display());
    }

    let call = house.run(&["call", "GET", "/library/continue"]);
    assert_eq!(call.code, Some(0), "{call:?}");
    let body: Value = serde_json::from_str(&call.stdout).unwrap();
    assert!(!body["items"].as_array().unwrap().is_empty(), "{body}");
    assert!(call.stderr.contains("200"), "{call:?}");

    let sign_out = house.run(&["sign-out"]);
    assert_eq!(sign_out.code, Some(0), "{sign_out:?}");
    assert!(!file.exists());
    let revocations = house
        .proxy
        .exchanges_with(&house.paths.revocation, "token=");
    assert!(!revocations.is_empty());
    for arguments in [&["status"][..], &["call", "GET", "/library/continue"]] {
        let after = house.run(arguments);
        assert_eq!(after.code, Some(3), "{arguments:?}: {after:?}");
    }
}

#[test]
fn without_offline_access_the_session_says_that_it_will_end() {
    let mut house = House::new(&["--interval", "1"]);
    house.reconfigure(", \"offline_access\"", "");
    let signed_in = house.sign_in();
    assert_eq!(signed_in.last["refreshable"], false, "{}", signed_in.last);
    let call = house.run(&["call", "GET", "/library/continue"]);
    assert_eq!(call.code, Some(0), "{call:?}");
}

#[test]
fn profiles_are_accounts_of_their_own() {
    let house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    let other = house.run(&["--profile", "kitchen", "status"]);
    assert_eq!(other.code, Some(3), "{other:?}");
    let _ = house.status();
}
