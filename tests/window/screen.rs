//! The screen itself: other resolutions, the pointer, every compositor.

use image::RgbImage;
use serde_json::Value;

use crate::compositor::{Sway, grab, in_cage};
use crate::display::{Display, is_drawn, pictures};
use crate::living_room::{House, Room, focus, start};
use crate::ui_log::UiLog;
use testing::process::PATIENCE;
use testing::process::wait_for;

/// The resolutions a box may have, one after the other: a small one, 4K, a screen on its side.
const SIZES: [(u32, u32); 4] = [(1280, 720), (3840, 2160), (1080, 1920), (1920, 1080)];

/// What the program may hold in memory at any resolution, 4K among them, in MiB: 150 with its code, which in an
/// optimised build is 20 of that and in this one more.
const HELD_MOST: u64 = 150 - 20;

/// What a process holds in memory besides its code, in MiB.
fn held(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let kibibytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.unwrap().trim().trim_end_matches(" kB");
        number.parse::<u64>().unwrap()
    };
    (kibibytes("RssAnon:") + kibibytes("RssShmem:")) / 1024
}

#[test]
fn another_resolution_draws_everything_anew_and_keeps_the_focus() {
    let house = House::signed_in("");
    let mut room = Room::enter(&house, "screen-resolutions", "");
    let first = focus(&room.home()).to_owned();
    let second = room.move_by(106, &first);
    let mut seen: Option<Value> = None;
    for (width, height) in SIZES {
        room.sway
            .tell(&format!("output HEADLESS-1 resolution {width}x{height}"));
        let line = room.log.expect(&format!("{width}x{height}"), |line| {
            line["size"] == serde_json::json!([width, height]) && is_inside(line, width, height)
        });
        assert_eq!(focus(&line), second, "{line}");
        let card = rect(&line, &second);
        let picture = room
            .sway
            .picture(&format!("screen-{width}x{height}"), |picture| {
                picture.dimensions() == (width, height) && is_drawn(picture, card)
            });
        drop(picture);
        let held = held(room.program.child.id());
        assert!(held <= HELD_MOST, "{held} MiB at {width}x{height}");
        // The same picture, larger: sizes follow the height where the shape is the same.
        if width * 9 == height * 16 {
            let unit = f64::from(height) / 1080.0;
            let tall = f64::from(rect(&line, &second)[3]) / unit;
            let before = seen.replace(line.clone());
            if let Some(before) = before {
                let unit = before["size"][1].as_f64().unwrap() / 1080.0;
                let was = f64::from(rect(&before, &second)[3]) / unit;
                assert!((tall - was).abs() <= 2.0, "{tall} after {was}");
            }
        }
    }
    let third = room.move_by(106, &second);
    assert_ne!(third, second);
}

#[test]
fn a_screen_that_is_switched_off_and_on_finds_the_program_as_it_was() {
    let house = House::signed_in("");
    let outer = Sway::start("");
    let mut room = Room::enter_at(outer.within(), &house, "screen-off");
    let home = room.home();
    let first = focus(&home).to_owned();
    let second = room.move_by(106, &first);
    // The television's plug is pulled: the box has no output any more.
    outer.tell("kill");
    wait_for("no output", PATIENCE, || {
        let outputs = room.sway.ask("get_outputs")?;
        outputs.as_array()?.is_empty().then_some(())
    });
    room.sway.tell("create_output");
    room.sway.wait_for_keyboard();
    let card = rect(&home, &first);
    let _ = room
        .sway
        .picture("screen-on-again", |picture| is_drawn(picture, card));
    assert_eq!(room.move_by(105, &second), first);
    assert_eq!(room.program.child.try_wait().unwrap(), None);
}

#[test]
fn the_pointer_shows_only_while_a_mouse_is_moved_and_a_click_opens_what_it_hits() {
    let house = House::signed_in("");
    let mut room = Room::enter(&house, "screen-pointer", "seat * hide_cursor 0");
    let home = room.home();
    let card = rect(&home, focus(&home));
    let without = room
        .sway
        .picture("screen-no-mouse", |picture| is_drawn(picture, card));
    // On the ground beside the rows: a receiver that says it is a mouse, and a compositor that puts the pointer somewhere.
    room.hands.plug_mouse_in();
    room.sway.tell("seat - cursor set 40 500");
    room.hands.press(106);
    let right = room.log.expect_focus_to_leave(focus(&home));
    room.hands.press(105);
    let left = room.log.expect_focus_to_leave(&right);
    assert_eq!(left, focus(&home));
    let _ = room.sway.picture("screen-phantom-mouse", |picture| {
        differing(picture, &without, [20, 480, 60, 60]) == 0
    });
    // A hand on the mouse.
    room.hands.move_mouse(0.0, 60.0, 12);
    let _ = room.sway.picture("screen-mouse", |picture| {
        differing(picture, &without, [20, 540, 60, 60]) > 20
    });
    // A key: the pointer goes.
    room.hands.press(158);
    let _ = room.sway.picture("screen-mouse-gone", |picture| {
        differing(picture, &without, [20, 540, 60, 60]) == 0
    });
    // Onto the second card.
    let second = room.move_by(106, &left);
    let line: Value = serde_json::from_str(room.log.lines().last().unwrap()).unwrap();
    let place = rect(&line, &second);
    let _ = room.move_by(105, &second);
    let middle = (place[0] + place[2] / 2, place[1] + place[3] / 2);
    room.sway
        .tell(&format!("seat - cursor set {} {}", middle.0, middle.1));
    room.hands.move_mouse(10.0, 10.0, 10);
    room.hands.click();
    let _ = room.log.expect_screen("detail", "ready");
    room.hands.press(158);
    let back = room
        .log
        .expect("home again", |line| line["screen"] == "home");
    assert_eq!(focus(&back), second);
    room.hands.roll();
    let rolled = room.log.expect_focus_to_leave(&second);
    assert!(rolled.starts_with("card.1."), "{rolled}");
    // Two notches at once are two rows, and no more.
    room.hands.roll();
    room.hands.roll();
    let _ = room
        .log
        .expect("the fourth row", |line| focus(line).starts_with("card.3."));
    room.hands.press(103);
    let _ = room
        .log
        .expect("the third row", |line| focus(line).starts_with("card.2."));
}

#[test]
fn in_cage_the_window_is_the_output_and_nothing_points() {
    let (_cage, runtime) = in_cage();
    let mut log = UiLog::follow(&runtime.path().join("ui.jsonl"));
    let _ = log.expect_screen("set_up", "demo_offered");
    let first = wait_for("the size of the output", PATIENCE, || {
        let line: Value = serde_json::from_str(log.lines().last()?).ok()?;
        Some(line)
    });
    let size = &first["size"];
    let button = rect(&first, focus(&first));
    let socket = runtime.path().join("wayland-0");
    let socket = if socket.exists() {
        socket
    } else {
        runtime.path().join("wayland-1")
    };
    let picture = wait_for("the whole output drawn", PATIENCE, || {
        let picture = grab(&socket, runtime.path());
        let (width, height) = picture.dimensions();
        let (right, bottom) = (width - 1, height - 1);
        let corners = [(0, 0), (right, 0), (0, bottom), (right, bottom)];
        let whole = corners
            .iter()
            .all(|(x, y)| picture.get_pixel(*x, *y).0 != [0, 0, 0]);
        (whole && !is_calm(&picture, button)).then_some(picture)
    });
    assert_eq!(
        *size,
        serde_json::json!([picture.width(), picture.height()])
    );
    // cage puts its pointer into the middle of the output; there is nothing but ground, or the backdrop.
    let (width, height) = picture.dimensions();
    let middle = [width / 2 - 8, height / 2 - 8, 32, 32];
    let hint = rects(&first).any(|place| overlap(place, middle));
    picture.save(pictures().join("screen-cage.png")).unwrap();
    assert!(hint || is_calm(&picture, middle));
}

#[test]
fn a_bare_x_server_gets_a_window_of_its_size_and_its_keys_work() {
    let house = House::signed_in("\n[remote]\nright = [\"KEY_PROG1\", \"KEY_TAB\"]\n");
    let display = Display::start();
    let (_program, mut log) = start(&house, "screen-x11", |command| {
        let _ = command.env("DISPLAY", display.name());
    });
    let home = log.expect("cards on the home screen", |line| {
        line["screen"] == "home" && focus(line).starts_with("card.")
    });
    // No frame of another size came before.
    for line in log.lines() {
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["size"], serde_json::json!([1920, 1080]), "{line}");
    }
    display.wait_for_keyboard();
    let card = focus(&home).to_owned();
    // X's codes are 8 more than Linux's; it has none above 255.
    for ok in [28, 96] {
        for back in [158, 174, 1, 14, 223, 128] {
            display.press_code(ok);
            let _ = log.expect(&format!("a card opened by {ok}"), |line| {
                line["screen"] == "detail"
            });
            display.press_code(back);
            let _ = log.expect(&format!("home by {back}"), |line| line["screen"] == "home");
        }
    }
    // The arrow, and what the owner names as Linux does.
    for code in [106, 148, 15] {
        display.press_code(code);
        let right = log.expect_focus_to_leave(&card);
        display.press_code(105);
        assert_eq!(log.expect_focus_to_leave(&right), card);
    }
    display.press_code(108);
    let below = log.expect_focus_to_leave(&card);
    display.press_code(103);
    assert_eq!(log.expect_focus_to_leave(&below), card);
}

fn rect(line: &Value, id: &str) -> [u32; 4] {
    serde_json::from_value(line["rects"][id].clone()).unwrap_or_else(|_| panic!("{id}: {line}"))
}

fn rects(line: &Value) -> impl Iterator<Item = [i64; 4]> + '_ {
    let rects = line["rects"].as_object().into_iter().flatten();
    rects.filter_map(|(_, rect)| serde_json::from_value(rect.clone()).ok())
}

/// Whether what has the focus is wholly on the screen.
fn is_inside(line: &Value, width: u32, height: u32) -> bool {
    let [x, y, wide, tall] = rect(line, focus(line));
    x + wide <= width && y + tall <= height
}

/// Pixels of a part (x, y, width, height) that are not the same in both.
fn differing(one: &RgbImage, other: &RgbImage, [x, y, width, height]: [u32; 4]) -> usize {
    let pixels = (y..y + height).flat_map(|y| (x..x + width).map(move |x| (x, y)));
    pixels
        .filter(|(x, y)| one.get_pixel(*x, *y) != other.get_pixel(*x, *y))
        .count()
}

fn overlap([x, y, width, height]: [i64; 4], [left, top, wide, tall]: [u32; 4]) -> bool {
    let [left, top, wide, tall] = [left, top, wide, tall].map(i64::from);
    x < left + wide && left < x + width && y < top + tall && top < y + height
}

/// Whether nothing stands in a part of a picture: a backdrop changes by little there.
fn is_calm(picture: &RgbImage, [x, y, width, height]: [u32; 4]) -> bool {
    let first = picture.get_pixel(x, y).0;
    let mut pixels = (y..y + height).flat_map(|y| (x..x + width).map(move |x| (x, y)));
    pixels.all(|(x, y)| {
        let pixel = picture.get_pixel(x, y).0;
        pixel
            .iter()
            .zip(first)
            .all(|(one, other)| one.abs_diff(other) < 12)
    })
}
