//! A screen for fingers: a way back without a remote, and controls of their size.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use testing::process::wait_for;

use crate::living_room::{House, Room, focus};

const RIGHT: u32 = 106;
const OK: u32 = 28;

fn rect(line: &Value, id: &str) -> [i64; 4] {
    serde_json::from_value(line["rects"][id].clone()).unwrap_or_else(|_| panic!("{id}: {line}"))
}

/// Taps what has this name, with the mouse, until the screen is another one: no test has a finger, and a click in the
/// moment in which sway has moved its pointer there is not always taken.
fn tap(room: &mut Room, line: &Value, id: &str) {
    let [x, y, width, height] = rect(line, id);
    let middle = (x + width / 2, y + height / 2);
    room.sway
        .tell(&format!("seat - cursor set {} {}", middle.0, middle.1));
    wait_for(&format!("a tap on {id}"), Duration::from_secs(30), || {
        room.hands.move_mouse(1.0, 1.0, 1);
        room.hands.click();
        let patience = Instant::now() + Duration::from_secs(1);
        while Instant::now() < patience {
            let last = room.log.lines().pop()?;
            let last: Value = serde_json::from_str(&last).ok()?;
            if last["screen"] != line["screen"] {
                return Some(());
            }
            thread::sleep(Duration::from_millis(20));
        }
        None
    });
}

#[test]
fn every_screen_that_can_be_left_has_a_button_that_leaves_it() {
    let house = House::signed_in("\n[screen]\ntouch = \"on\"\n");
    let mut room = Room::enter(&house, "fingers", "");
    room.hands.plug_mouse_in();
    let home = room.home();
    assert!(home["rects"]["go_back"].is_null(), "{home}");
    let [.., height] = rect(&home, "account");
    assert!(height >= 80, "{height}");
    tap(&mut room, &home, "account");
    let account = room.log.expect_screen("account", "shown");
    let [.., height] = rect(&account, "go_back");
    assert!(height >= 80, "{height}");
    tap(&mut room, &account, "diagnostics");
    let _ = room.log.expect_screen("diagnostics", "device");
    let diagnostics = room.log.lines().last().cloned().unwrap();
    let diagnostics: Value = serde_json::from_str(&diagnostics).unwrap();
    let _ = room.sway.picture("fingers-diagnostics", |_| true);
    tap(&mut room, &diagnostics, "go_back");
    let account = room.log.expect_screen("account", "shown");
    let _ = room.sway.picture("fingers-account", |_| true);
    tap(&mut room, &account, "go_back");
    let home = room
        .log
        .expect("home again", |line| line["screen"] == "home");
    assert!(home["rects"]["go_back"].is_null(), "{home}");
}

#[test]
fn a_remote_has_no_such_button() {
    let house = House::signed_in("");
    let mut room = Room::enter(&house, "fingers-none", "");
    let card = focus(&room.home()).to_owned();
    let _ = room.move_by(RIGHT, &card);
    room.hands.press(OK);
    let detail = room.log.expect_screen("detail", "ready");
    assert!(detail["rects"]["go_back"].is_null(), "{detail}");
}
