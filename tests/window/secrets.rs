//! What nobody may read, in a window: after a whole evening with the most talkative log, no token, no code and no key
//! stands in the log, in `--ui-log` or in any file but the account's.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

use crate::display::{Display, pictures};
use crate::living_room::sign_in;
use crate::ui_log::UiLog;
use testing::files::{relayed_secrets, surroundings, who_holds};
use testing::house::House;
use testing::process::wait_for;
use testing::process::{PATIENCE, Running};
use testing::proxy::Fault;

#[test]
fn b34_no_secret_leaves_the_window() {
    let mut house = House::new(&["--interval", "1"]);
    house.reconfigure(
        "base_url",
        "rows = [{ title = \"Continue\", path = \"library/continue\", items = \"/items\", \
         card = { id = \"/id\", title = \"/name\" } }]\nbase_url",
    );
    let display = Display::start();
    let file = pictures().join("secrets.jsonl");
    let _ = fs::remove_file(&file);
    let mut command = house.command(&[
        "--log-level",
        "trace",
        "kiosk",
        "--renderer",
        "software",
        "--ui-log",
        &file.to_string_lossy(),
    ]);
    let _ = command.env("DISPLAY", display.name());
    let window = Running::start(command);
    let mut log = UiLog::follow(&file);
    let _ = log.expect_screen("welcome", "idle");
    display.wait_for_keyboard();
    // A library that refuses the first token: a refresh belongs to the evening.
    house.proxy.break_only(
        &house.paths.library,
        "",
        1..=1,
        Fault::answer(401, "application/json", "{}"),
    );
    let code = sign_in(&display, &mut log, &house.proxy);
    let _ = log.expect("home", |line| line["screen"] == "home");
    wait_for("a refresh", PATIENCE, || {
        let spent = |exchange: &testing::proxy::Exchange| {
            let sent = url::form_urlencoded::parse(&exchange.request.body);
            sent.into_iter()
                .any(|(name, value)| name == "grant_type" && value == "refresh_token")
        };
        house.proxy.exchanges().iter().any(spent).then_some(())
    });
    let pid = Pid::from_child(&window.child);
    kill_process(pid, Signal::TERM).unwrap();
    let ended = window.wait();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let out = house.run(&["--log-level", "trace", "sign-out"]);

    let secrets = relayed_secrets(&house.proxy);
    assert!(secrets.len() >= 5, "the proxy saw only {}", secrets.len());
    let said = format!(
        "{}{}{}{}",
        ended.stdout, ended.stderr, out.stdout, out.stderr
    );
    assert!(
        said.contains("TRACE") || said.contains("DEBUG"),
        "not talkative: {said}"
    );
    let shown = log.lines().join("\n");
    for secret in &secrets {
        for text in [&said, &shown] {
            assert!(
                !text.contains(secret),
                "near: {}",
                surroundings(text, secret)
            );
        }
    }
    let user_code = code["user_code"].as_str().unwrap();
    let bare: String = user_code.chars().filter(|c| c.is_alphanumeric()).collect();
    for form in [user_code, &bare] {
        assert!(!shown.contains(form), "the code stands in --ui-log");
    }
    let holders = who_holds(house.device.home(), &secrets);
    assert_eq!(holders, [""; 0], "secrets were left in files");
}
