//! Nobody presses a key: the screen moves its content, dims, shows a clock on black, and signs people out.
//!
//! The owner's shortest time is a minute, and these tests wait for it. They run beside the others and do nothing
//! meanwhile.

use image::RgbImage;
use serde_json::Value;

use crate::display::read_qr;
use crate::living_room::{House, Room, focus};
use testing::phone::{self, Decision};

const LEFT: u32 = 105;
const RIGHT: u32 = 106;
const UP: u32 = 103;
const DOWN: u32 = 108;
const OK: u32 = 28;
const BACK: u32 = 158;
/// 2, 5, 8 and 0 of the top row.
const DIGITS: [u32; 4] = [3, 6, 9, 11];

/// The mean light of a picture, of 1 (IEC 61966-2-1, ITU-R BT.709).
fn luminance(picture: &RgbImage) -> f64 {
    let linear = |value: u8| (f64::from(value) / 255.0).powf(2.2);
    let light = picture.pixels().map(|pixel| {
        let [red, green, blue] = pixel.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    });
    light.sum::<f64>() / f64::from(picture.width() * picture.height())
}

fn is_dimmed(line: &Value) -> bool {
    line["dimmed"] == true
}

#[test]
fn a_home_that_nobody_uses_becomes_a_clock_on_black_and_the_waking_key_does_nothing_else() {
    // Ground in each corner: no picture reaches them.
    let house = House::signed_in(
        "\n[screen]\nhero = false\ndim_after_minutes = 0\nambient_after_minutes = 1\n",
    );
    let mut room = Room::enter(&house, "rest-ambient", "");
    let card = focus(&room.home()).to_owned();
    let lit = room.sway.picture("rest-home", |_| true);
    let _ = room.log.expect_screen("ambient", "idle");
    let dark = room
        .sway
        // Black, not the ground of the screen before it.
        .picture("rest-ambient", |picture| {
            picture.get_pixel(4, 4).0 == [0, 0, 0]
        });
    assert!(luminance(&dark) < 0.1);
    assert!(luminance(&dark) < luminance(&lit));
    room.hands.press(RIGHT);
    let awake = room.home();
    assert_eq!(focus(&awake), card, "the key that wakes moved the focus");
    let ground = *lit.get_pixel(4, 4);
    let _ = room.sway.picture("rest-awake", |picture| {
        // Every part of the black is gone. The last row goes on beyond the right edge.
        [(4, 4), (1916, 4), (4, 1076)]
            .iter()
            .all(|(x, y)| *picture.get_pixel(*x, *y) == ground)
    });
    let second = room.move_by(RIGHT, &card);
    assert_eq!(room.move_by(LEFT, &second), card);
}

#[test]
fn an_account_with_a_pin_is_locked_by_the_clock_on_black() {
    let house = House::signed_in("\n[screen]\ndim_after_minutes = 0\nambient_after_minutes = 1\n");
    let mut room = Room::enter(&house, "rest-lock", "");
    let _ = room.home();
    room.hands.press(UP);
    let _ = room
        .log
        .expect("the account button", |line| focus(line) == "account");
    room.hands.press(OK);
    let mut line = room.log.expect_screen("account", "shown");
    while focus(&line) != "set_pin" {
        let before = focus(&line).to_owned();
        room.hands.press(DOWN);
        line = room
            .log
            .expect("another entry", |line| focus(line) != before);
    }
    room.hands.press(OK);
    for state in ["new", "repeat"] {
        let _ = room.log.expect_screen("pin", state);
        DIGITS.into_iter().for_each(|code| room.hands.press(code));
    }
    let _ = room.log.expect_screen("account", "shown");
    room.hands.press(BACK);
    room.hands.press(DOWN);
    let card = focus(&room.home()).to_owned();
    let _ = room.log.expect_screen("ambient", "idle");
    let lines = room.log.lines().len();
    room.hands.press(RIGHT);
    let _ = room.log.expect_screen("who", "choosing");
    let who = room.sway.picture("rest-locked", |_| true);
    assert!(luminance(&who) > 0.0);
    room.hands.press(OK);
    let _ = room.log.expect_screen("pin", "asking");
    assert!(
        !room.log.lines()[lines..]
            .iter()
            .any(|line| line.contains(&card)),
        "a card was shown before the PIN"
    );
    DIGITS.into_iter().for_each(|code| room.hands.press(code));
    assert_eq!(focus(&room.home()), card);
}

#[test]
fn a_code_dims_and_drifts_but_stays_and_its_phone_lights_the_screen_up() {
    let house = House::new("\n[screen]\ndim_after_minutes = 1\nambient_after_minutes = 1\n");
    let mut room = Room::enter(&house, "rest-code", "");
    let _ = room.log.expect_screen("welcome", "idle");
    room.hands.press(OK);
    let before = room.log.expect_screen("sign_in", "waiting");
    let lit = room
        .sway
        .picture("rest-code", |picture| read_qr(picture).is_some());
    let code = read_qr(&lit).unwrap();
    let after = room.log.expect("a dimmed code that moved", |line| {
        is_dimmed(line) && line["rects"]["qr"] != before["rects"]["qr"]
    });
    assert_eq!(after["screen"], "sign_in");
    let place =
        |line: &Value| -> [i64; 4] { serde_json::from_value(line["rects"]["qr"].clone()).unwrap() };
    let ([x, y, ..], [left, top, ..]) = (place(&before), place(&after));
    assert!(
        (x - left).abs().max((y - top).abs()) >= 8,
        "it moved from {x}, {y} to {left}, {top} only"
    );
    let _ = room.sway.picture("rest-code-dimmed", |picture| {
        luminance(picture) < luminance(&lit) && read_qr(picture).as_ref() == Some(&code)
    });
    // It was asked for all the while.
    let _ = phone::answer(&code, Decision::Allow);
    let greeting = room
        .log
        .expect("a greeting", |line| line["screen"] == "success");
    assert!(!is_dimmed(&greeting), "{greeting}");
}

#[test]
fn whoever_goes_away_is_asked_and_then_signed_out() {
    let house = House::signed_in("[sign_in]\nsign_out_after_idle_minutes = 1\n");
    let mut room = Room::enter(&house, "rest-sign-out", "");
    let card = focus(&room.home()).to_owned();
    let _ = room.log.expect_screen("still_there", "asking");
    let _ = room.sway.picture("rest-still-there", |_| true);
    // Somebody is.
    room.hands.press(RIGHT);
    assert_eq!(focus(&room.home()), card);
    // And now nobody.
    let _ = room.log.expect_screen("still_there", "asking");
    let _ = room.log.expect_screen("welcome", "absent");
    let accounts = house.device.config_dir().join("accounts");
    let left = std::fs::read_dir(accounts).into_iter().flatten();
    let left: Vec<_> = left
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().ends_with(".json"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
