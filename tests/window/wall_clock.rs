//! The box's clock is set while a code is on the screen, ten years on and ten years back: the code lives as long as
//! the server said.

use std::process::Command;

use crate::display::{Display, read_qr};
use crate::living_room::{House, log_file};
use crate::ui_log::UiLog;
use testing::phone::{self, Decision};
use testing::process::Running;

#[test]
fn a_clock_that_is_set_ends_no_code() {
    let house = House::new("");
    let display = Display::start();
    let file = log_file("wall-clock");
    let clock = house.device.home().join("clock");
    std::fs::write(&clock, "+0").unwrap();
    let name = file.to_string_lossy();
    let kiosk = house
        .device
        .command(&["kiosk", "--renderer", "software", "--ui-log", &name]);
    let mut command = Command::new("/usr/bin/faketime");
    let _ = command
        .args(["--exclude-monotonic", "-f", "+0"])
        // Takes away the time that the wrapper gave, so that the file counts.
        .args(["env", "-u", "FAKETIME", "FAKETIME_NO_CACHE=1"])
        .arg(format!("FAKETIME_TIMESTAMP_FILE={}", clock.display()))
        .arg(kiosk.get_program())
        .args(kiosk.get_args())
        .env_clear();
    for (name, value) in kiosk.get_envs() {
        let _ = command.env(name, value.unwrap_or_default());
    }
    let _ = command.env("DISPLAY", display.name());
    let _program = Running::start(command);
    let mut log = UiLog::follow(&file);
    let _ = log.expect_screen("welcome", "idle");
    display.wait_for_keyboard();
    display.press("Return");
    let _ = log.expect_screen("sign_in", "waiting");
    let picture = display.picture("wall-clock", |picture| read_qr(picture).is_some());
    let code = read_qr(&picture).unwrap();
    let seen = log.lines().len();
    for step in ["+3650d", "-3650d"] {
        std::fs::write(&clock, step).unwrap();
        // Each key is a turn of the whole program at the new time.
        for key in ["Right", "Left"] {
            display.press(key);
            let _ = log.expect("the focus elsewhere", |line| line["screen"] == "sign_in");
        }
        let _ = display.picture("wall-clock-set", |picture| {
            read_qr(picture).as_ref() == Some(&code)
        });
    }
    // The demo's server is not trusted with the time, and whom it names is checked against the box's.
    std::fs::write(&clock, "+0").unwrap();
    let _ = phone::answer(&code, Decision::Allow);
    let _ = log.expect("a greeting", |line| line["screen"] == "success");
    let states = log.lines()[seen..].join("\n");
    for end in ["expired", "renewing", "veiled", "resting"] {
        assert!(!states.contains(end), "{states}");
    }
}
