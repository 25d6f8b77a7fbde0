//! The promises about the session, kept through failures that are made for them.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use testing::house::House;
use testing::process::Running;
use testing::process::wait_for;
use testing::proxy::Fault;

const CALL: [&str; 3] = ["call", "GET", "/library/continue"];
const REFRESH: &str = "grant_type=refresh_token";

/// Makes the API refuse the next access token that it sees.
fn refuse_next_token(house: &House) {
    let refusal = Fault::answer(401, "application/json", r#"{"error":"invalid_token"}"#);
    house
        .proxy
        .break_only(&house.paths.library, "", 1..=1, refusal);
}

fn refreshes(house: &House) -> usize {
    house
        .proxy
        .exchanges_with(&house.paths.token, REFRESH)
        .len()
}

#[test]
fn a_refused_token_leads_to_one_refresh_and_one_retry() {
    let house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    refuse_next_token(&house);
    let call = house.run(&CALL);
    assert_eq!(call.code, Some(0), "{call:?}");
    assert_eq!(refreshes(&house), 1);
    let calls = house.proxy.exchanges_with(&house.paths.library, "");
    let token = |index: usize| calls[index].request.field("authorization").unwrap();
    assert_eq!(calls.len(), 2);
    assert_ne!(token(0), token(1));
    // The new token is the one that the next start has.
    let call = house.run(&CALL);
    assert_eq!((call.code, refreshes(&house)), (Some(0), 1), "{call:?}");
}

#[test]
fn an_api_that_refuses_every_token_costs_one_refresh_and_no_session() {
    let house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    house.proxy.break_all(
        &house.paths.library,
        Fault::answer(401, "application/json", "{}"),
    );
    let call = house.run(&CALL);
    assert!(call.code.is_some_and(|code| code != 0), "{call:?}");
    assert!(call.stderr.contains("401"), "{call:?}");
    assert_eq!(refreshes(&house), 1);
    let calls = house.proxy.exchanges_with(&house.paths.library, "");
    assert_eq!(calls.len(), 2);
    let _ = house.status();
}

/// What an account file says, but for the note that a refresh was cut off.
fn account(file: &Path) -> Value {
    let mut account: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let _ = account.as_object_mut().unwrap().remove("refresh_begun_at");
    account
}

/// No failure of the network or of the server but `invalid_grant` may cost the session.
#[test]
fn a_refresh_that_fails_leaves_the_session_alone() {
    let house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    let file = house.device.config_dir().join("accounts/default.json");
    for fault in [
        Fault::HangUp,
        Fault::html(502),
        Fault::html(200),
        Fault::answer(200, "application/json", ""),
        Fault::answer(200, "application/json", "{\"access_token\":"),
        Fault::answer(200, "application/json", vec![b' '; 2 << 20]),
        Fault::answer(429, "text/plain", "later"),
        Fault::answer(500, "application/json", r#"{"error":"server_error"}"#),
        Fault::answer(400, "text/plain", "invalid_request, or who knows"),
    ] {
        let before = account(&file);
        house.proxy.mend();
        refuse_next_token(&house);
        house
            .proxy
            .break_only(&house.paths.token, REFRESH, 1..=usize::MAX, fault.clone());
        let call = house.run(&CALL);
        assert!(
            call.code.is_some_and(|code| code != 0),
            "{fault:?}: {call:?}"
        );
        assert_eq!(account(&file), before, "{fault:?}");
    }
    house.proxy.mend();
    let call = house.run(&CALL);
    assert_eq!(call.code, Some(0), "{call:?}");
}

#[test]
fn invalid_grant_ends_the_session() {
    let house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    refuse_next_token(&house);
    let over = Fault::oauth(400, "invalid_grant");
    house
        .proxy
        .break_only(&house.paths.token, REFRESH, 1..=usize::MAX, over);
    let call = house.run(&CALL);
    assert_eq!(call.code, Some(3), "{call:?}");
    let status = house.run(&["status"]);
    assert_eq!(status.code, Some(3), "{status:?}");
}

#[test]
fn a_refresh_whose_reply_is_lost_is_repeated_within_the_leeway() {
    let house = House::new(&["--interval", "1", "--rotation-leeway", "60"]);
    let _ = house.sign_in();
    refuse_next_token(&house);
    house
        .proxy
        .break_only(&house.paths.token, REFRESH, 1..=1, Fault::LoseReply);
    let first = house.run(&CALL);
    assert!(!first.stderr.contains("panicked"), "{first:?}");
    let _ = house.status();
    house.proxy.mend();
    refuse_next_token(&house);
    let again = house.run(&CALL);
    assert_eq!(again.code, Some(0), "{again:?}");
}

#[test]
fn processes_that_start_together_refresh_once() {
    let lifetime = 6;
    let house = House::new(&[
        "--interval",
        "1",
        "--access-lifetime",
        &lifetime.to_string(),
    ]);
    let _ = house.sign_in();
    let signed_in = &house
        .proxy
        .exchanges_with(&house.paths.token, "device_code");
    let issued = signed_in.last().unwrap().answered.unwrap();
    wait_for("the access token to end", Duration::from_secs(30), || {
        (issued.elapsed() > Duration::from_secs(lifetime)).then_some(())
    });
    let callers: Vec<_> = (0..4)
        .map(|_| Running::start(house.command(&CALL)))
        .collect();
    for caller in callers {
        let ended = caller.wait();
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
    assert_eq!(refreshes(&house), 1);
}

#[test]
fn a_polite_end_lets_a_refresh_be_written() {
    // With no leeway, a refresh token that is used twice ends the session: what was answered must be kept.
    let house = House::new(&["--interval", "1", "--rotation-leeway", "0"]);
    let _ = house.sign_in();
    refuse_next_token(&house);
    let late = Fault::Delay(Duration::from_secs(2));
    house
        .proxy
        .break_only(&house.paths.token, REFRESH, 1..=1, late);
    let caller = Running::start(house.command(&CALL));
    wait_for("a refresh in flight", Duration::from_secs(30), || {
        (refreshes(&house) == 1).then_some(())
    });
    kill_process(Pid::from_child(&caller.child), Signal::TERM).unwrap();
    let _ = caller.wait();
    house.proxy.mend();
    refuse_next_token(&house);
    let call = house.run(&CALL);
    assert_eq!(call.code, Some(0), "{call:?}");
    assert_eq!(refreshes(&house), 2);
}

#[test]
fn signing_out_works_offline_and_says_what_was_not_revoked() {
    let house = House::new(&["--interval", "1"]);
    let _ = house.sign_in();
    house
        .proxy
        .break_all(&house.paths.revocation, Fault::HangUp);
    let sign_out = house.run(&["sign-out"]);
    assert_eq!(sign_out.code, Some(0), "{sign_out:?}");
    let said = format!("{}{}", sign_out.stdout, sign_out.stderr);
    assert!(said.to_lowercase().contains("revoke"), "{said}");
    let file = house.device.config_dir().join("accounts/default.json");
    assert!(!file.exists());
    let status = house.run(&["status"]);
    assert_eq!(status.code, Some(3), "{status:?}");
}
