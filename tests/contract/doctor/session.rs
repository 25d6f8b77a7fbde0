//! What the doctor does to a session whose access token has run out: he never costs it.

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::{healthy, oidc, sign_in, tidy, with_api};
use testing::device::{Device, run_to_end};
use testing::stub_server::{Asked, Site, serve};

/// Longer than a row is waited for.
const LATE: Duration = Duration::from_secs(6);

/// A server that rotates refresh tokens, this late.
fn rotating(after: Duration) -> Site {
    let rotated = json!({"access_token": "access-marker-2", "refresh_token": "refresh-marker-2",
                         "token_type": "Bearer", "expires_in": 3600});
    healthy().late("/token", "refresh_token", after, &rotated)
}

/// A box with somebody who has to be refreshed, and what the server will have been asked.
fn due(site: Site) -> (Device, Asked) {
    let asked = site.asked();
    let base = serve(site);
    let home = Device::new();
    sign_in(&home, &base, |account| {
        account["access_token_issued_at"] = json!(1);
        account["access_token_expires_at"] = json!(2);
    });
    home.configure(&with_api(&oidc(&base), &base));
    tidy(&home);
    (home, asked)
}

fn account(home: &Device) -> Value {
    let file = home.config_dir().join("accounts/default.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

fn refreshes(asked: &Asked) -> usize {
    asked.bodies("/token", "refresh_token").len()
}

#[test]
fn a_refresh_that_has_begun_is_waited_for_when_all_is_said() {
    let (home, asked) = due(rotating(LATE));
    let ended = home.run(&["doctor"]);
    assert_eq!(ended.code, Some(6), "{ended:?}");
    assert!(ended.stdout.contains("failed    first row"), "{ended:?}");
    assert!(ended.stderr.contains("waiting"), "{ended:?}");
    assert_eq!(account(&home)["refresh_token"], "refresh-marker-2");
    assert_eq!(refreshes(&asked), 1);
}

#[test]
fn a_doctor_who_is_asked_to_end_waits_for_it_too() {
    let (home, _asked) = due(rotating(LATE));
    let mut doctor = home
        .command(&["doctor"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let patience = Instant::now() + Duration::from_secs(30);
    // On the disk before the token is presented.
    while account(&home)["refresh_begun_at"].is_null() {
        assert!(Instant::now() < patience, "no refresh");
        assert_eq!(doctor.try_wait().unwrap(), None);
        thread::sleep(Duration::from_millis(5));
    }
    kill_process(Pid::from_child(&doctor), Signal::TERM).unwrap();
    assert_eq!(doctor.wait().unwrap().code(), Some(1));
    assert_eq!(account(&home)["refresh_token"], "refresh-marker-2");
}

#[test]
fn nothing_is_spent_that_could_not_be_kept() {
    let (home, asked) = due(rotating(Duration::ZERO));
    let before = account(&home);
    let doctor = home.command(&["doctor"]);
    // To the process, a limit of nothing on the size of files is a full disk.
    let mut limited = Command::new("sh");
    let _ = limited
        .args(["-c", r#"trap "" XFSZ; ulimit -f 0; exec "$0" "$@""#])
        .arg(doctor.get_program())
        .args(doctor.get_args())
        .env_clear()
        .envs(
            doctor
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
    let ended = run_to_end(limited);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains("skipped   first row"), "{ended:?}");
    assert_eq!(account(&home), before);
    assert_eq!(refreshes(&asked), 0);
}

#[test]
fn what_still_serves_is_not_refreshed() {
    let (home, asked) = due(rotating(Duration::ZERO));
    let base = account(&home)["issuer"].as_str().unwrap().to_owned();
    sign_in(&home, &base, |account| {
        let now = account["access_token_issued_at"].as_u64().unwrap();
        account["access_token_issued_at"] = json!(now - 3500);
        account["access_token_expires_at"] = json!(now + 100);
    });
    let ended = home.run(&["doctor"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(refreshes(&asked), 0);
    assert!(ended.stdout.contains("has 2 cards"), "{ended:?}");
}
