//! The row language on the screen: the pictures of `docs/integrate/rows.md`, taken of the running program.

use std::cell::RefCell;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{RgbImage, imageops};
use serde_json::Value;

use testing::shape::Shape;

use crate::demo::App;
use crate::display::{pictures, read_qr};

/// How wide a picture on a page is.
const WIDTH: u32 = 960;
/// How many formats the shape shows, and how many of them stand beside each other.
const FORMATS: usize = 13;
const BESIDE: usize = 3;
/// How far outside a card its frame may be drawn, grown as it is, and how far inside it words or a picture begin.
const OUTSIDE: u32 = 40;
const INSIDE: u32 = 6;
/// What of the screen above and below a card is kept with it.
const AROUND: u32 = 24;

fn focus(line: &Value) -> &str {
    line["focus"].as_str().unwrap_or_default()
}

/// Where what has the focus stands: x, y, width, height.
fn place(line: &Value) -> Option<[u32; 4]> {
    serde_json::from_value(line["rects"][focus(line)].clone()).ok()
}

fn is_white(pixel: image::Rgb<u8>) -> bool {
    pixel.0.iter().all(|&part| part > 215)
}

/// Whether the frame of the focus is drawn around this place, and words or a picture in it.
fn is_shown(picture: &RgbImage, [x, y, width, height]: [u32; 4]) -> bool {
    let white = |x: u32, y: u32, width, height| {
        let part = imageops::crop_imm(picture, x, y, width, height).to_image();
        part.pixels().filter(|pixel| is_white(**pixel)).count()
    };
    let above = white(x + width / 2, y.saturating_sub(OUTSIDE), 1, OUTSIDE);
    let beside = white(x.saturating_sub(OUTSIDE), y + height / 2, OUTSIDE, 1);
    let inner = white(
        x + INSIDE,
        y + INSIDE,
        width - 2 * INSIDE,
        height - 2 * INSIDE,
    );
    above >= 3 && beside >= 3 && inner >= 40
}

/// Keeps a picture for the page as `target/e2e/rows/NAME.png`.
fn keep(name: &str, picture: &RgbImage) {
    let folder = pictures().join("rows");
    std::fs::create_dir_all(&folder).unwrap();
    let height = picture.height() * WIDTH / picture.width();
    let small = imageops::resize(picture, WIDTH, height, imageops::FilterType::Triangle);
    let file = std::fs::File::create(folder.join(format!("{name}.png"))).unwrap();
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    small.write_with_encoder(encoder).unwrap();
}

/// The next line where something in row `row` has the focus, and its place is known.
fn in_row(app: &mut App, row: usize, before: &str) -> Value {
    let card = format!("card.{row}.");
    app.log.expect(&format!("a card of row {row}"), |line| {
        focus(line).starts_with(&card) && focus(line) != before && place(line).is_some()
    })
}

/// The picture once the card that has the focus is drawn where it comes to stand, and nothing moves any more.
fn shown(app: &App, name: &str, line: &Value) -> RgbImage {
    let before = RefCell::new(RgbImage::default());
    app.display.picture(name, |picture| {
        let is_still = before.replace(picture.clone()) == *picture;
        let latest = app.log.lines().pop();
        let latest = latest.and_then(|latest| serde_json::from_str::<Value>(&latest).ok());
        let latest = latest.filter(|latest| focus(latest) == focus(line));
        let place = latest.as_ref().and_then(place);
        is_still && place.is_some_and(|place| is_shown(picture, place))
    })
}

#[test]
fn each_format_and_each_shape_is_on_the_screen() {
    let shape = Shape::serve("row-language");
    let device = shape.device();
    let mut app = App::start(&device, &["kiosk"], "row-language");

    // A strip for each three formats, one below the other.
    let mut line = in_row(&mut app, 0, "");
    let mut strips: Vec<RgbImage> = Vec::new();
    for index in 1..=FORMATS {
        if index % BESIDE == 0 || index == FORMATS {
            let [_, y, _, height] = place(&line).unwrap();
            let picture = shown(&app, "row-formats", &line);
            let (top, height) = (y - AROUND, height + 2 * AROUND);
            strips.push(imageops::crop_imm(&picture, 0, top, picture.width(), height).to_image());
        }
        if index < FORMATS {
            let before = focus(&line).to_owned();
            app.press("Right");
            line = in_row(&mut app, 0, &before);
        }
    }
    let (width, height) = strips[0].dimensions();
    let mut sheet = RgbImage::new(width, height * strips.len() as u32);
    for (index, strip) in strips.iter().enumerate() {
        imageops::replace(&mut sheet, strip, 0, index as i64 * i64::from(height));
    }
    keep("formats", &sheet);

    for (row, name) in [(1, "wide"), (2, "poster"), (3, "square"), (4, "text")] {
        app.press("Down");
        let line = in_row(&mut app, row, "");
        keep(name, &shown(&app, &format!("row-{name}"), &line));
    }
    assert_eq!(shape.problems(), Vec::<String>::new());
}

#[test]
fn children_and_the_page_for_the_phone_are_on_the_screen() {
    let shape = Shape::serve("row-language");
    let device = shape.device();
    let mut app = App::start(&device, &["kiosk"], "row-language-opened");
    let _ = in_row(&mut app, 0, "");
    app.press("Down");
    let film = in_row(&mut app, 1, "");
    let _ = shown(&app, "row-film", &film);

    app.press("Return");
    let mut line = app
        .log
        .expect("the detail screen", |line| line["screen"] == "detail");
    while focus(&line) != "phone" {
        let before = focus(&line).to_owned();
        app.press("Down");
        line = app
            .log
            .expect("another button", |line| focus(line) != before);
    }
    app.press("Return");
    let picture = app
        .display
        .picture("row-phone", |picture| read_qr(picture).is_some());
    assert_eq!(
        read_qr(&picture).map(|text| shape.real(&text)).as_deref(),
        Some("https://films.example.com/1")
    );
    keep("phone", &picture);
    app.press("Escape");
    let _ = app
        .log
        .expect("the detail screen again", |line| line["screen"] == "detail");
    app.press("Escape");
    let _ = in_row(&mut app, 1, "");

    app.press("Down");
    let series = in_row(&mut app, 2, "");
    let _ = shown(&app, "row-series", &series);
    app.press("Return");
    let episode = app.log.expect("the episodes", |line| {
        line["screen"] == "opened" && focus(line).starts_with("card.")
    });
    keep("opens", &shown(&app, "row-opens", &episode));
    app.press("Escape");
    let _ = app
        .log
        .expect("the series again", |line| focus(line) == focus(&series));
    assert_eq!(shape.problems(), Vec::<String>::new());
}
