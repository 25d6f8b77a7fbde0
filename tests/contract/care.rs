//! Looking after a box from a shell, where no kiosk runs; and a doctor who leaves no code at the server.

use serde_json::{Value, json};

use testing::device::{Device, GOOD};
use testing::phone::{self, Decision};
use testing::process::{PATIENCE, Running, wait_for};

#[test]
fn where_no_kiosk_runs_that_is_told() {
    let device = Device::new();
    device.configure(GOOD);
    for command in [
        &["screen"][..],
        &["screen", "--json"],
        &["reload"],
        &["reload", "--json"],
    ] {
        let ended = device.run(command);
        assert_eq!(ended.code, Some(1), "{command:?}: {ended:?}");
        assert!(ended.stderr.contains("no kiosk runs"), "{ended:?}");
        if command.contains(&"--json") {
            let told: Value = serde_json::from_str(&ended.stdout).unwrap();
            assert_eq!(told["error"]["exit"], 1, "{told}");
        }
    }
    let health = device.run(&["health"]);
    assert_eq!(health.code, Some(1), "{health:?}");
    assert_eq!(health.stdout.lines().count(), 1, "{health:?}");
    let told: Value = serde_json::from_str(&health.stdout).unwrap();
    assert_eq!(told["healthy"], false);
    assert_eq!(told["exit"], 1);
    assert_eq!(told["problems"][0]["code"], "no_kiosk");
    let picture = device.run(&["screen", "--png", "now.png"]);
    assert_eq!(picture.code, Some(1), "{picture:?}");
    assert!(!device.path("now.png").exists());
}

#[test]
fn options_of_a_picture_belong_to_a_picture() {
    let device = Device::new();
    for wrong in [
        &["screen", "--with-code"][..],
        &["screen", "--json", "--png", "x"],
        &["screen", "--pid", "x"],
    ] {
        let ended = device.run(wrong);
        assert_eq!(ended.code, Some(2), "{wrong:?}: {ended:?}");
    }
}

/// How often the demo was asked for a code.
fn codes(server: &Running) -> usize {
    let log = server.stderr();
    log.lines()
        .filter(|line| line.contains("path=\"/oauth/device/code\""))
        .count()
}

#[test]
fn a_doctor_asks_for_no_code_where_somebody_is_signed_in() {
    let device = Device::new();
    let file = device.config_file();
    let demo = [
        "demo",
        "--serve-only",
        "--port",
        "0",
        "--interval",
        "1",
        "--write-config",
    ];
    let mut command = device.command(&demo);
    let _ = command.arg(&file).args(["--log-level", "info"]);
    let mut server = Running::start(command);
    let _ = server.json();
    // Nobody is signed in: the doctor asks, unless it is told not to.
    let told_not_to = device.run(&["doctor", "--no-code"]);
    assert_eq!(told_not_to.code, Some(0), "{told_not_to:?}");
    assert!(
        told_not_to.stdout.contains("skipped   device grant"),
        "{told_not_to:?}"
    );
    assert_eq!(codes(&server), 0, "{}", server.stderr());
    let asks = device.run(&["doctor"]);
    assert!(asks.stdout.contains("ok        device grant"), "{asks:?}");
    wait_for("a line of the demo", PATIENCE, || {
        (codes(&server) == 1).then_some(())
    });

    let mut sign_in = Running::start(device.command(&["sign-in", "--json"]));
    let code = sign_in.json();
    let address = code["verification_uri_complete"].as_str().unwrap();
    let _ = phone::answer(address, Decision::Allow);
    assert_eq!(sign_in.wait().code, Some(0));
    let before = codes(&server);
    assert_eq!(before, 2);
    for doctor in [
        &["doctor"][..],
        &["doctor", "--no-code"],
        &["doctor", "--json"],
    ] {
        let ended = device.run(doctor);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.stdout.contains("doctor --code"), "{ended:?}");
    }
    assert_eq!(codes(&server), before, "{}", server.stderr());
    let asks = device.run(&["doctor", "--code"]);
    assert!(asks.stdout.contains("ok        device grant"), "{asks:?}");
    wait_for("a line of the demo", PATIENCE, || {
        (codes(&server) == before + 1).then_some(())
    });
    assert_eq!(device.run(&["doctor", "--code", "--no-code"]).code, Some(2));
}

#[test]
fn every_profile_is_told_whatever_became_of_the_others() {
    let device = Device::new();
    device.configure(GOOD);
    let accounts = device.config_dir().join("accounts");
    std::fs::create_dir_all(accounts.join("folder.json")).unwrap();
    std::fs::write(accounts.join("broken.json"), "{").unwrap();
    let foreign = json!({
        "schema": 1, "issuer": "https://other.example/", "client_id": "tv", "subject": "1", "scopes": [],
        "access_token": "access-marker", "refresh_token": "refresh-marker", "token_type": "Bearer",
        "access_token_issued_at": 1, "access_token_expires_at": 2, "signed_in_at": 1,
    });
    std::fs::write(accounts.join("foreign.json"), foreign.to_string()).unwrap();
    let ended = device.run(&["status", "--all", "--json"]);
    assert_eq!(ended.code, Some(3), "{ended:?}");
    let told: Value = serde_json::from_str(&ended.stdout).unwrap();
    let states = told["profiles"].as_array().unwrap().iter();
    let states: Vec<_> = states
        .map(|one| {
            (
                one["profile"].as_str().unwrap(),
                one["state"].as_str().unwrap(),
            )
        })
        .collect();
    assert!(states.contains(&("broken", "broken")), "{states:?}");
    assert!(states.contains(&("foreign", "foreign")), "{states:?}");
    assert!(
        told["profiles"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["why"].is_string()),
        "{told}"
    );
    // Looked at, and not moved.
    assert!(accounts.join("broken.json").exists());
    assert!(!ended.stdout.contains("marker"), "{ended:?}");
}
