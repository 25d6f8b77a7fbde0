//! Two people on one screen: one signs in beside the other, a restart asks who it is, a PIN, and one leaves.

use std::fs;

use serde_json::Value;

use crate::browser;
use crate::demo::{App, free_port, scan, walk_cards};
use testing::device::Device;

/// Goes from the cards to the account screen; returns what is on it.
fn open_account(app: &mut App) -> Value {
    app.press("Up");
    let _ = app
        .log
        .expect("the account button", |line| line["focus"] == "account");
    app.press("Return");
    app.log.expect_screen("account", "shown")
}

/// Walks from `line` on the account screen to an entry and presses it.
fn choose(app: &mut App, mut line: Value, id: &str) {
    while line["focus"] != id {
        let focus = line["focus"].as_str().unwrap().to_owned();
        let top = |id: &str| line["rects"][id][1].as_i64();
        // What is not in view is further down.
        let above = top(id).is_some_and(|wanted| Some(wanted) < top(&focus));
        app.press(if above { "Up" } else { "Down" });
        line = app.log.expect("another entry", |line| {
            line["focus"].as_str().is_some_and(|other| other != focus)
        });
    }
    app.press("Return");
}

fn type_digits(app: &App) {
    for digit in ["2", "5", "8", "0"] {
        app.press(digit);
    }
}

/// Names of the files of accounts on disk.
fn accounts(device: &Device) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(device.config_dir().join("accounts"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".json"))
        .collect();
    names.sort();
    names
}

#[test]
fn two_people_share_a_screen() {
    let device = Device::new();
    let port = free_port().to_string();
    let demo = ["demo", "--port", &port, "--interval", "1"];
    let mut app = App::start(&device, &demo, "people-1");
    let _ = app.log.expect_screen("welcome", "idle");
    app.press("Return");
    let url = scan(&mut app, "people-code-1");
    let _ = browser::answer(&url, "allow", &["--as=ada"]);
    let _ = walk_cards(&mut app);

    let account = open_account(&mut app);
    choose(&mut app, account, "add");
    let url = scan(&mut app, "people-code-2");
    let _ = browser::answer(&url, "allow", &["--as=kofi"]);
    let _ = app.log.expect_screen("success", "greeting");
    let _ = walk_cards(&mut app);
    assert_eq!(accounts(&device), ["account-2.json", "demo.json"]);
    drop(app);

    let mut app = App::start(&device, &["demo", "--port", &port], "people-2");
    let who = app.log.expect_screen("who", "choosing");
    assert_eq!(who["focus"], "account.account-2", "who was here last");
    assert!(who["rects"]["account.demo"].is_array() && who["rects"]["add"].is_array());
    let _ = app.display.picture("people-who", |_| true);
    app.press("Return");
    let _ = walk_cards(&mut app);

    let account = open_account(&mut app);
    choose(&mut app, account, "set_pin");
    let _ = app.log.expect_screen("pin", "new");
    type_digits(&app);
    let _ = app.log.expect_screen("pin", "repeat");
    type_digits(&app);
    let account = app.log.expect_screen("account", "shown");
    choose(&mut app, account, "switch");
    let _ = app.log.expect_screen("who", "choosing");
    app.press("Return");
    let pin = app.log.expect_screen("pin", "asking");
    assert_eq!(pin["focus"], "pad");
    let _ = app.display.picture("people-pin", |_| true);
    for digit in ["1", "2", "3", "4"] {
        app.press(digit);
    }
    let _ = app.log.expect_screen("pin", "wrong");
    type_digits(&app);
    let _ = walk_cards(&mut app);

    let account = open_account(&mut app);
    choose(&mut app, account, "sign_out");
    let _ = app.log.expect_screen("account", "confirm");
    app.press("Left");
    let _ = app
        .log
        .expect("the answer", |line| line["focus"] == "confirm");
    app.press("Return");
    let who = app.log.expect_screen("who", "signed_out");
    assert_eq!(who["focus"], "account.demo", "the one who is left");
    assert_eq!(accounts(&device), ["demo.json"]);
    assert!(!device.config_dir().join("accounts/account-2.pin").exists());
    app.press("Return");
    let _ = walk_cards(&mut app);
    let pads = app.log.lines();
    let pads = pads
        .iter()
        .filter(|line| line.contains(r#""screen":"pin""#));
    assert!(pads.clone().count() > 3);
    for line in pads {
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(
            ["pad", "back"].contains(&line["focus"].as_str().unwrap()),
            "{line}"
        );
    }
}
