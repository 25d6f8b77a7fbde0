//! The viewer's own settings, with the remote alone: applied at once to the whole window, and still there after a
//! restart, without a word in the owner's file.

use image::RgbImage;
use serde_json::Value;

use crate::display::is_drawn;
use crate::living_room::{House, Room, focus};

const UP: u32 = 103;
const DOWN: u32 = 108;
const LEFT: u32 = 105;
const RIGHT: u32 = 106;
const OK: u32 = 28;
const BACK: u32 = 158;

/// From the cards to a panel by the account screen.
fn open(room: &mut Room, panel: &str) -> Value {
    let before: Value = serde_json::from_str(room.log.lines().last().unwrap()).unwrap();
    if focus(&before) != "account" {
        room.hands.press(UP);
        let _ = room
            .log
            .expect("the account button", |line| focus(line) == "account");
    }
    room.hands.press(OK);
    let line = room.log.expect_screen("account", "shown");
    walk_down(room, line, panel);
    room.hands.press(OK);
    room.log.expect(&format!("the panel {panel}"), |line| {
        line["screen"] == panel
    })
}

/// From what has the focus in `line` down to `id`.
fn walk_down(room: &mut Room, mut line: Value, id: &str) {
    while focus(&line) != id {
        let before = focus(&line).to_owned();
        room.hands.press(DOWN);
        line = room
            .log
            .expect("the focus further down", |line| focus(line) != before);
    }
}

/// The light of the ground, where all of these places show nothing else.
fn ground(picture: &RgbImage, places: &[(u32, u32)]) -> Option<u8> {
    let mut pixels = places.iter().map(|(x, y)| picture.get_pixel(*x, *y).0);
    let first = pixels.next()?;
    pixels.all(|pixel| pixel == first).then_some(first[1])
}

/// Above the cards, which go on beyond the other edges.
const ABOVE: [(u32, u32); 2] = [(4, 4), (1916, 4)];
const CORNERS: [(u32, u32); 4] = [(4, 4), (1916, 4), (4, 1076), (1916, 1076)];

#[test]
fn what_the_viewer_sets_counts_at_once_and_after_a_restart() {
    let house = House::signed_in("");
    let owners = house.device.config_dir().join("vestibule.toml");
    let written = std::fs::read(&owners).unwrap();
    let mut room = Room::enter(&house, "settings", "");
    let home = room.home();
    let dark = room
        .sway
        .picture("settings-dark", |picture| ground(picture, &ABOVE).is_some());
    assert!(ground(&dark, &ABOVE).unwrap() < 40);

    let panel = open(&mut room, "accessibility");
    assert_eq!(focus(&panel), "text_scale");
    room.hands.press(RIGHT);
    let larger = room.log.expect("larger text", |line| {
        height(line, "theme") > height(&panel, "theme")
    });
    assert_eq!(larger["focus"], "text_scale");
    let theme = room.move_by(DOWN, "text_scale");
    assert_eq!(theme, "theme");
    room.hands.press(RIGHT);
    let _ = room.sway.picture("settings-light", |picture| {
        ground(picture, &CORNERS).is_some_and(|light| light > 200)
    });
    room.hands.press(RIGHT);
    let _ = room.sway.picture("settings-high-contrast", |picture| {
        ground(picture, &CORNERS) == Some(0)
    });
    room.hands.press(LEFT);
    let _ = room.sway.picture("settings-light-again", |picture| {
        ground(picture, &CORNERS).is_some_and(|light| light > 200)
    });
    assert_eq!(room.move_by(DOWN, "theme"), "picture_size");
    let before: Value = serde_json::from_str(room.log.lines().last().unwrap()).unwrap();
    room.hands.press(RIGHT);
    let _ = room.log.expect("a smaller picture", |line| {
        line["rects"]["picture_size"][0].as_i64() > before["rects"]["picture_size"][0].as_i64()
    });
    room.hands.press(BACK);
    let _ = room.log.expect_screen("account", "shown");
    room.hands.press(BACK);
    let _ = room
        .log
        .expect("home again", |line| line["screen"] == "home");

    let _ = open(&mut room, "language");
    let line = serde_json::from_str(room.log.lines().last().unwrap()).unwrap();
    walk_down(&mut room, line, "ar");
    room.hands.press(OK);
    room.hands.press(BACK);
    let _ = room.log.expect_screen("account", "shown");
    room.hands.press(BACK);
    let _ = room
        .log
        .expect("home again", |line| line["screen"] == "home");
    room.hands.press(DOWN);
    let arabic = room.home();
    assert_mirrored(&home, &arabic);
    drop(room);

    let mut room = Room::enter(&house, "settings-after", "");
    let again = room.home();
    assert_mirrored(&home, &again);
    let card: [u32; 4] = serde_json::from_value(again["rects"][focus(&again)].clone()).unwrap();
    let _ = room.sway.picture("settings-after", |picture| {
        is_drawn(picture, card) && ground(picture, &ABOVE).is_some_and(|light| light > 200)
    });
    assert_eq!(std::fs::read(&owners).unwrap(), written);
    let kept = std::fs::read_to_string(house.device.config_dir().join("preferences.toml")).unwrap();
    for key in ["text_scale", "theme", "overscan_percent", "language"] {
        assert!(kept.contains(key), "{kept}");
    }
}

fn height(line: &Value, id: &str) -> i64 {
    line["rects"][id][3].as_i64().unwrap_or_default()
}

/// The first card stands at the other edge.
fn assert_mirrored(before: &Value, after: &Value) {
    let middle = |line: &Value| {
        let card = &line["rects"][focus(line)];
        card[0].as_i64().unwrap() + card[2].as_i64().unwrap() / 2
    };
    assert!(middle(before) < 960, "{before}");
    assert!(middle(after) > 960, "{after}");
}
