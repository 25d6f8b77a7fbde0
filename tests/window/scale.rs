//! Outputs with a scale of their own: every pixel of the output is one of the screen's, whatever the scale.

use image::RgbImage;
use serde_json::{Value, json};

use crate::camera::zbarimg;
use crate::compositor::Sway;
use crate::display::Display;
use crate::living_room::{House, Room, start};
use crate::ui_log::UiLog;
use testing::process::PATIENCE;
use testing::process::wait_for;

const OK: u32 = 28;
const SCALES: [&str; 4] = ["1.25", "1.5", "2", "3"];
/// The screen is to be the same in every picture.
const WITHOUT_CLOCK: &str = "[screen]\nclock = false\nbackdrop = \"none\"\n";

/// The last line of a log.
fn last(log: &UiLog) -> Option<Value> {
    serde_json::from_str(log.lines().last()?).ok()
}

/// What a screen of 1920x1080 shows where its output has no scale.
fn plain(house: &House, name: &str) -> RgbImage {
    let mut room = Room::enter(house, name, "");
    let line = room.log.expect_screen("welcome", "idle");
    assert_eq!(line["size"], json!([1920, 1080]));
    let [x, y, wide, tall]: [u32; 4] =
        serde_json::from_value(line["rects"]["sign_in"].clone()).unwrap();
    // Whether there is a network is said a moment later than the rest.
    let _ = room.sway.picture(name, |picture| {
        picture.get_pixel(x + wide / 8, y + tall / 2) != picture.get_pixel(0, 0)
    });
    wait_for("a picture that stays", PATIENCE, || {
        let one = room.sway.grab();
        std::thread::sleep(std::time::Duration::from_millis(500));
        (room.sway.grab() == one).then_some(one)
    })
}

/// Asks for a code, and reads it from the picture of the screen.
fn assert_a_phone_reads_it(room: &mut Room, name: &str, least: u64) {
    room.hands.press(OK);
    let _ = room.log.expect_screen("sign_in", "waiting");
    let picture = room.sway.picture(name, |picture| {
        zbarimg(picture, 100).starts_with("http://127.0.0.1")
    });
    drop(picture);
    let line = last(&room.log).unwrap();
    let (side, tall) = (&line["rects"]["qr"][3], &line["size"][1]);
    let (side, tall) = (side.as_u64().unwrap(), tall.as_u64().unwrap());
    assert!(side * 1080 >= 480 * tall && tall >= least, "{line}");
}

/// The pixels that a compositor asks for on an output of 1920x1080 with this scale. One that knows no fractional scales
/// (sway before 1.8) asks for the next whole one, and makes it smaller itself.
fn asked_for(scale: &str) -> [Value; 2] {
    let scale: f64 = scale.parse().unwrap();
    let pixels = |length: f64| ((length / scale).round() * scale.ceil()).round() as u64;
    [json!([1920, 1080]), json!([pixels(1920.0), pixels(1080.0)])]
}

/// Waits until the screen is drawn in all of its pixels on an output of 1920x1080.
fn assert_sharp(room: &mut Room, name: &str, scale: &str, plain: &RgbImage) {
    let [own, larger] = asked_for(scale);
    let _ = room.sway.picture(name, |picture| {
        let size = last(&room.log).map(|line| line["size"].clone());
        match size {
            Some(size) if size == own => picture == plain,
            Some(size) if size == larger => resembles(picture, plain),
            _ => false,
        }
    });
}

/// Whether two pictures are the same from afar.
fn resembles(one: &RgbImage, other: &RgbImage) -> bool {
    let apart: u64 = one
        .iter()
        .zip(other.iter())
        .map(|(one, other)| u64::from(one.abs_diff(*other)))
        .sum();
    one.dimensions() == other.dimensions() && apart / (one.len() as u64) < 2
}

#[test]
fn a_window_that_starts_on_an_output_with_a_scale_has_the_pixels_of_the_output() {
    let house = House::new(WITHOUT_CLOCK);
    let plain = plain(&house, "scale-start");
    for scale in SCALES {
        let output = format!("output HEADLESS-1 scale {scale}");
        let name = format!("scale-start-{scale}");
        let mut room = Room::enter(&house, &name, &output);
        assert_sharp(&mut room, &name, scale, &plain);
        assert_a_phone_reads_it(&mut room, &format!("{name}-code"), 1080);
    }
}

#[test]
fn a_scale_that_changes_and_an_output_that_turns_are_followed() {
    let house = House::new(WITHOUT_CLOCK);
    let plain = plain(&house, "scale-before");
    let mut room = Room::enter(&house, "scale-live", "");
    let _ = room.log.expect_screen("welcome", "idle");
    for scale in ["2", "1.25", "3", "1", "1.5", "2"] {
        room.sway.tell(&format!("output HEADLESS-1 scale {scale}"));
        let name = format!("scale-live-{scale}");
        assert_sharp(&mut room, &name, scale, &plain);
    }
    room.sway.tell("output HEADLESS-1 scale 2 transform 90");
    let _ = room.log.expect("a screen on its side", |line| {
        line["size"] == json!([1080, 1920])
    });
    room.sway.tell("output HEADLESS-1 transform normal");
    let _ = room
        .sway
        .picture("scale-live-turned", |picture| *picture == plain);
    assert_a_phone_reads_it(&mut room, "scale-live-code", 1080);
}

/// Waits until the picture of the output has this size and a code whose modules are whole pixels, and reads that.
fn assert_sharp_code(room: &Room, name: &str, (width, height): (u32, u32)) {
    let _ = room.sway.picture(name, |picture| {
        let line = last(&room.log).filter(|line| line["size"] == json!([width, height]));
        let place = line.and_then(|line| serde_json::from_value(line["rects"]["qr"].clone()).ok());
        place.is_some_and(|place| {
            picture.dimensions() == (width, height)
                && is_of_two_colours(picture, place)
                && zbarimg(picture, 100).starts_with("http://127.0.0.1")
        })
    });
}

/// Whether a code is nothing but dark and light, within the rounded corners of its plate.
fn is_of_two_colours(picture: &RgbImage, [x, y, width, height]: [u32; 4]) -> bool {
    let edge = width / 8;
    let (columns, rows) = (x + edge..x + width - edge, y + edge..y + height - edge);
    rows.flat_map(|y| columns.clone().map(move |x| (x, y)))
        .all(|(x, y)| {
            matches!(
                picture.get_pixel(x, y).0,
                [0x10, 0x10, 0x10] | [0xeb, 0xeb, 0xeb]
            )
        })
}

#[test]
fn a_screen_on_its_side_has_the_pixels_of_the_output_and_a_phone_reads_it() {
    let house = House::new(WITHOUT_CLOCK);
    for (turn, other) in [("90", "normal"), ("270", "90")] {
        let name = format!("scale-turned-{turn}");
        let output = format!("output HEADLESS-1 scale 2 transform {turn}");
        let mut room = Room::enter(&house, &name, &output);
        let _ = room.log.expect("a screen on its side", |line| {
            line["size"] == json!([1080, 1920]) && line["screen"] == "welcome"
        });
        room.hands.press(OK);
        let code = room.log.expect_screen("sign_in", "waiting");
        assert_sharp_code(&room, &name, (1080, 1920));
        room.sway
            .tell(&format!("output HEADLESS-1 transform {other}"));
        let size = if other == "normal" {
            (1920, 1080)
        } else {
            (1080, 1920)
        };
        assert_sharp_code(&room, &format!("{name}-{other}"), size);
        assert_eq!(last(&room.log).unwrap()["focus"], code["focus"]);
    }
}

#[test]
fn a_window_that_moves_to_an_output_with_another_scale_has_the_pixels_of_that() {
    let house = House::new(WITHOUT_CLOCK);
    let mut room = Room::enter(&house, "scale-moved", "");
    let _ = room.log.expect_screen("welcome", "idle");
    room.sway.tell("create_output");
    room.sway
        .tell("output HEADLESS-2 resolution 3840x2160 scale 2");
    room.sway
        .tell("[app_id=vestibule] move to output HEADLESS-2");
    let _ = room.log.expect("the size of the other output", |line| {
        line["size"] == json!([3840, 2160])
    });
    // The other one is all there is to be seen.
    room.sway.tell("output HEADLESS-1 disable");
    room.sway.tell("[app_id=vestibule] focus");
    room.sway.wait_for_keyboard();
    assert_a_phone_reads_it(&mut room, "scale-moved-code", 2160);
}

#[test]
fn a_window_that_is_not_the_whole_screen_has_the_pixels_of_its_output() {
    let house = House::new(WITHOUT_CLOCK);
    let sway = Sway::start("output HEADLESS-1 scale 2\nfor_window [app_id=.*] floating enable");
    let (_program, log) = start(&house, "scale-windowed", |command| {
        let _ = sway.invite(command).args(["--windowed", "600x338"]);
    });
    let _ = wait_for("the size of the window", PATIENCE, || {
        last(&log).filter(|line| line["size"] == json!([1200, 676]))
    });
    let line = last(&log).unwrap();
    let [x, y, wide, tall]: [u32; 4] =
        serde_json::from_value(line["rects"]["sign_in"].clone()).unwrap();
    // In the middle of the output.
    let (x, y) = (x + (1920 - 1200) / 2, y + (1080 - 676) / 2);
    let _ = sway.picture("scale-windowed", |picture| {
        let edge = picture.get_pixel(x + 20, y + tall / 2);
        *edge != *picture.get_pixel(x + wide + 40, y + tall / 2)
    });
}

#[test]
fn an_x_server_with_a_factor_gets_a_window_of_its_size_in_its_own_pixels() {
    let house = House::new(WITHOUT_CLOCK);
    let mut pictures = Vec::new();
    // Also one that winit cannot read, which it would end over.
    for factor in ["1", "2", "1.37", "0.5", "randr", "huge", "0", "100", ""] {
        let display = Display::start();
        let (_program, log) = start(&house, &format!("scale-x11-{factor}"), |command| {
            let _ = command
                .env("DISPLAY", display.name())
                .env("WINIT_X11_SCALE_FACTOR", factor);
        });
        wait_for(
            &format!("the size of the screen at {factor}"),
            PATIENCE,
            || {
                let line = last(&log)?;
                (line["size"] == json!([1920, 1080]) && line["screen"] == "welcome").then_some(())
            },
        );
        // All of it, which is more than the first of it.
        let name = format!("scale-x11-{factor}");
        let picture = wait_for(&name, PATIENCE, || {
            let one = display.picture(&name, |_| true);
            std::thread::sleep(std::time::Duration::from_millis(500));
            let stays = display.picture(&name, |_| true) == one;
            let ground = *one.get_pixel(0, 0);
            let drawn = one.pixels().any(|pixel| *pixel != ground);
            (stays && drawn && pictures.first().is_none_or(|first| one == *first)).then_some(one)
        });
        pictures.push(picture);
    }
}
