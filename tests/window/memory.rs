//! What stays in memory of somebody who has signed out, while the program runs on for the next person.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use serde_json::Value;

use crate::display::{Display, pictures};
use crate::living_room::sign_in;
use crate::ui_log::UiLog;
use testing::files::relayed_secrets;
use testing::house::House;
use testing::process::{Running, wait_for};

/// How often each needle is found in what the process can write; what it was built from says names of its own. None
/// where this user may not look: not even another process of the same user may.
fn found(process: u32, needles: &[String]) -> Option<Vec<usize>> {
    let memory = File::open(format!("/proc/{process}/mem")).ok()?;
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).ok()?;
    let mut counts = vec![0; needles.len()];
    for map in maps.lines() {
        let mut parts = map.split_whitespace();
        let (range, modes) = (parts.next()?, parts.next()?);
        let (start, end) = range.split_once('-')?;
        let start = u64::from_str_radix(start, 16).ok()?;
        let end = u64::from_str_radix(end, 16).ok()?;
        let mut bytes = vec![0; usize::try_from(end - start).ok()?];
        if !modes.starts_with("rw") || memory.read_exact_at(&mut bytes, start).is_err() {
            continue;
        }
        for (count, needle) in counts.iter_mut().zip(needles) {
            let windows = bytes.windows(needle.len());
            *count += windows
                .filter(|window| *window == needle.as_bytes())
                .count();
        }
    }
    Some(counts)
}

#[test]
fn nothing_of_a_guest_is_in_memory_after_the_sign_out() {
    let mut house = House::new(&["--interval", "1"]);
    house.reconfigure(
        "base_url",
        "rows = [{ title = \"Continue\", path = \"library/continue\", items = \"/items\", \
         card = { id = \"/id\", title = \"/name\" } }]\nbase_url",
    );
    let display = Display::start();
    let file = pictures().join("memory.jsonl");
    let _ = fs::remove_file(&file);
    let name = file.to_string_lossy();
    let mut command = house.command(&["kiosk", "--renderer", "software", "--ui-log", &name]);
    let _ = command.env("DISPLAY", display.name());
    let window = Running::start(command);
    let mut log = UiLog::follow(&file);
    let _ = log.expect_screen("welcome", "idle");
    display.wait_for_keyboard();
    let _ = sign_in(&display, &mut log, &house.proxy);
    let _ = log.expect("the cards", |line| line["rows"][0] == "cards");

    let account = house.device.config_dir().join("accounts/default.json");
    let record: Value = serde_json::from_slice(&fs::read(account).unwrap()).unwrap();
    let person = |member: &str| record[member].as_str().unwrap().to_owned();
    let mut needles: Vec<String> = relayed_secrets(&house.proxy).into_iter().collect();
    needles.extend([person("display_name"), person("email")]);
    let process = window.child.id();
    let Some(before) = found(process, &needles) else {
        return;
    };
    assert!(
        before.iter().filter(|count| **count > 0).count() >= 3,
        "{before:?}"
    );

    display.press("Menu");
    let mut line = log.expect_screen("account", "shown");
    while line["focus"] != "sign_out" {
        let from = line["focus"].clone();
        display.press("Down");
        line = log.expect("another entry", |line| line["focus"] != from);
    }
    display.press("Return");
    let _ = log.expect_screen("account", "confirm");
    display.press("Left");
    let _ = log.expect("the answer", |line| line["focus"] == "confirm");
    display.press("Return");
    let _ = log.expect("the welcome", |line| line["screen"] == "welcome");
    // Connections end, and pictures of the screen before are let go, a little later; but not only when nothing has been
    // asked over them for half a minute.
    let left = || found(process, &needles).filter(|counts| counts.iter().any(|count| *count > 0));
    let soon = std::time::Duration::from_secs(15);
    wait_for("nothing to be left", soon, || match left() {
        None => Some(()),
        Some(counts) => {
            eprintln!("copies before {before:?}, now {counts:?}");
            None
        }
    });
}
