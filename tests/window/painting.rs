//! What a window shows after a walk is what is drawn when all of it is painted anew.

use std::process::Command;

use image::RgbImage;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt as _, CreateWindowAux, WindowClass};
use x11rb::rust_connection::RustConnection;

use crate::display::Display;
use crate::display::pictures;
use crate::living_room::{House, Room, focus, start};
use testing::device::run_to_end;
use testing::process::{PATIENCE, wait_for};

/// How often a walk is looked at.
const STAGES: usize = 3;
/// Presses from one look to the next.
const PRESSES: usize = 14;
/// How far a channel may be off: parts of layers are multiplied with a mask, which rounds once more.
const ROUNDED: u8 = 2;

/// Arrows, mostly those that scroll, the same at each run: Up, Left, Right and Down by Linux's codes.
fn walk(stage: usize) -> impl Iterator<Item = u32> {
    let mut state = 7 + stage as u32;
    (0..PRESSES).map(move |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        [106, 108, 106, 108, 103, 105, 106, 108][(state >> 24) as usize % 8]
    })
}

/// Waits until what `grab` sees is what the program draws anew for `screen --png`; `invite` points a program at the
/// display.
fn expect_the_same(
    house: &House,
    name: &str,
    invite: impl Fn(&mut Command),
    grab: impl Fn() -> RgbImage,
) {
    let file = house.device.path("painted-anew.png");
    wait_for(&format!("the same picture: {name}"), PATIENCE, || {
        // Two pictures are a second apart at least, and pictures of cards may be on their way.
        let png = ["screen", "--png", file.to_str().unwrap()];
        let mut command = house.device.command(&png);
        invite(&mut command);
        if run_to_end(command).code != Some(0) {
            return None;
        }
        let (anew, shown) = (image::open(&file).unwrap().to_rgb8(), grab());
        let far = |one: &u8, other: &u8| one.abs_diff(*other) > ROUNDED;
        let same = anew.dimensions() == shown.dimensions()
            && !anew
                .iter()
                .zip(shown.iter())
                .any(|(one, other)| far(one, other));
        if !same {
            anew.save(pictures().join(format!("{name}-anew.png")))
                .unwrap();
            shown
                .save(pictures().join(format!("{name}-shown.png")))
                .unwrap();
        }
        same.then_some(())
    });
}

#[test]
fn a_walk_on_wayland_leaves_what_is_painted_anew() {
    let house = House::signed_in("[screen]\nclock = false\n");
    let mut room = Room::enter(&house, "painting-wayland", "");
    let mut last = focus(&room.home()).to_owned();
    for stage in 0..STAGES {
        for code in walk(stage) {
            room.hands.press(code);
        }
        last = room.log.expect_focus_to_leave(&last);
        let invite = |command: &mut Command| {
            let _ = room.sway.invite(command);
        };
        let name = format!("painting-wayland-{stage}");
        expect_the_same(&house, &name, invite, || room.sway.grab());
    }
}

#[test]
fn a_walk_on_x11_leaves_what_is_painted_anew_and_what_was_covered_comes_back() {
    let house = House::signed_in("[screen]\nclock = false\n");
    let display = Display::start();
    let (_program, mut log) = start(&house, "painting-x11", |command| {
        let _ = command
            .env("DISPLAY", display.name())
            .env_remove("WAYLAND_DISPLAY");
    });
    let home = log.expect("cards", |line| focus(line).starts_with("card."));
    let mut last = focus(&home).to_owned();
    display.wait_for_keyboard();
    for stage in 0..STAGES {
        for code in walk(stage) {
            display.press_code(code);
        }
        last = log.expect_focus_to_leave(&last);
        let name = format!("painting-x11-{stage}");
        expect_the_same(&house, &name, |_| (), || display.grab());
    }
    // Another program's window, and away with it: the server has kept nothing of what is below.
    let (connection, number) = RustConnection::connect(Some(display.name())).unwrap();
    let screen = &connection.setup().roots[number];
    let cover = connection.generate_id().unwrap();
    let look = CreateWindowAux::new()
        .override_redirect(1)
        .background_pixel(0x00ff_00ff);
    let created = connection.create_window(
        screen.root_depth,
        cover,
        screen.root,
        300,
        200,
        900,
        700,
        0,
        WindowClass::INPUT_OUTPUT,
        screen.root_visual,
        &look,
    );
    created.unwrap().check().unwrap();
    connection.map_window(cover).unwrap().check().unwrap();
    let _ = display.picture("painting-x11-covered", |picture| {
        picture.get_pixel(600, 500).0 == [255, 0, 255]
    });
    connection.destroy_window(cover).unwrap().check().unwrap();
    let name = "painting-x11-uncovered";
    expect_the_same(&house, name, |_| (), || display.grab());
}
