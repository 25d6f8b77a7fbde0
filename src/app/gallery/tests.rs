//! What every screen must keep to, in every state and at every size.

use iced::Rectangle;
use image::RgbaImage;

use super::*;

/// Nothing but ground outside the safe area: neither boxes nor, where text is wider than its box, pixels.
pub(in crate::app) fn assert_inside_the_safe_area(name: &str, app: &App, shot: &Shot) {
    let margin = app.look().safe_margin();
    let (width, height) = shot.image.dimensions();
    let safe = Rectangle {
        x: margin.left,
        y: margin.top,
        width: width as f32 - margin.left - margin.right,
        height: height as f32 - margin.top - margin.bottom,
    };
    let inside = |bounds: &Rectangle| {
        bounds.width <= 0.0
            || (bounds.x >= safe.x - 0.5
                && bounds.y >= safe.y - 0.5
                && bounds.x + bounds.width <= safe.x + safe.width + 0.5
                && bounds.y + bounds.height <= safe.y + safe.height + 0.5)
    };
    for (part, bounds) in &shot.rects {
        assert!(
            inside(bounds),
            "{name}: {part} at {bounds:?} leaves {safe:?}"
        );
    }
    for (text, bounds) in &shot.texts {
        assert!(
            inside(bounds),
            "{name}: “{text}” at {bounds:?} leaves {safe:?}"
        );
    }
    assert_nothing_is_squeezed(name, app, shot);
    let ground = app.look().palette.ground.into_rgba8();
    // Arabic letters reach further down than the line they stand on.
    let below = if app.look().right_to_left() {
        app.look().text(token::LABEL) / 4.0
    } else {
        0.0
    };
    let drawn_on = Rectangle {
        height: safe.height + below,
        ..safe
    };
    let outside = |x: u32, y: u32| {
        let point = iced::Point::new(x as f32 + 0.5, y as f32 + 0.5);
        !drawn_on.contains(point) && !app.look().seen().contains(point)
    };
    let stray = shot
        .image
        .enumerate_pixels()
        .find(|(x, y, pixel)| outside(*x, *y) && pixel.0 != ground);
    assert!(stray.is_none(), "{name}: something is drawn at {stray:?}");
}

/// Every text has the height of a line, and none lies over another.
fn assert_nothing_is_squeezed(name: &str, app: &App, shot: &Shot) {
    // Where there is no room for large text, words are at least as large as without the viewer's wish.
    let look = app.look();
    let line = look.unscaled_text(token::LABEL) * token::LINE;
    let least = look.text(token::LABEL).min(line - 0.5);
    let squeezed = shot
        .texts
        .iter()
        .find(|(text, bounds)| !text.trim().is_empty() && bounds.height < least);
    assert!(squeezed.is_none(), "{name}: squeezed: {squeezed:?}");
    let over = overlapping(&shot.texts);
    assert!(over.is_empty(), "{name}: {over:?}");
}

/// The texts that lie over another one.
pub(super) fn overlapping(texts: &[(String, Rectangle)]) -> Vec<String> {
    let mut found = Vec::new();
    let said = |(text, _): &&(String, Rectangle)| !text.trim().is_empty();
    let texts: Vec<_> = texts.iter().filter(said).collect();
    for (index, (text, bounds)) in texts.iter().enumerate() {
        for (other, over) in &texts[..index] {
            let shared = bounds.intersection(over);
            if shared.is_some_and(|shared| shared.width >= 2.0 && shared.height >= 2.0) {
                found.push(format!("“{text}” lies over “{other}”: {bounds:?} {over:?}"));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_stands_inside_the_safe_area_at_every_size() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    for (wish, screen_config) in wishes() {
        for size in SIZES {
            // The wishes are about proportions; one size shows them.
            if !wish.is_empty() && size != SIZES[1] {
                continue;
            }
            for (name, app) in everything(&context, &screen_config, size) {
                if !wanted(&name) {
                    continue;
                }
                let shot = draw(&app);
                let name = format!(
                    "{name}{}{wish}-{}",
                    if wish.is_empty() { "" } else { "-" },
                    size.height
                );
                keep(&name, &shot);
                assert_inside_the_safe_area(&name, &app, &shot);
            }
        }
    }
}

/// What phones read from the screen.
pub(in crate::app) fn scan(image: &RgbaImage) -> Vec<String> {
    // No camera sees more, and the reader counts in whole numbers that larger pictures overflow.
    let step = image.width().max(image.height()).div_ceil(3840);
    let (width, height) = (image.width() / step, image.height() / step);
    let mut grey =
        rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| {
            image.get_pixel(x as u32 * step, y as u32 * step).0[1]
        });
    grey.detect_grids()
        .into_iter()
        .filter_map(|grid| grid.decode().ok())
        .map(|(_, content)| content)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn b21_phones_read_the_code_in_every_theme_and_size() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let address = "https://acme.eu.auth0.com/activate?user_code=QTZL-MCBW";
    for (wish, screen_config) in wishes() {
        for size in SIZES {
            for (name, screen) in sign_in::tests::samples::all(&context) {
                if !matches!(name, "waiting" | "bigger") {
                    continue;
                }
                let app = App::showing(Screen::SignIn(screen), &screen_config, size);
                let shot = draw(&app);
                assert_eq!(scan(&shot.image), [address], "{name} {wish} {size:?}");
                let side = shot.rects["qr"].height / size.height;
                assert!(side >= 480.0 / 1080.0, "{name}: {side}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_state_of_the_sign_in_says_what_it_must() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    for (name, screen) in sign_in::tests::samples::all(&context) {
        let expected: &[&str] = match name {
            "requesting" => &["Asking for a code …", "Cancel"],
            "request_failed" => &[
                "No connection to the sign-in server",
                "Trying again in 8",
                "Try now",
            ],
            "clock" => &["Setting the clock …"],
            "waiting" => &[
                "QTZL-MCBW",
                "acme.eu.auth0.com/activate",
                "14:32",
                "Waiting for you …",
            ],
            "confirm" => &["QTZL-MCBW", "Get a new code?", "New code", "Keep this code"],
            "checking" => &["QTZL-MCBW", "Checking …"],
            "offline" => &[
                "trying again in 8 seconds",
                "Your code stays valid",
                "Confirmed already?",
            ],
            "unkept" => &[
                "QTZL-MCBW",
                "cannot save a sign-in: it lasts",
                "until the power goes off",
            ],
            "aloud" => &["Q T Z L -"],
            "aloud_offered" => &["Read aloud"],
            "aloud_offline" => &["trying again in 8 seconds"],
            "mute" => &["could not read it aloud"],
            "digits" => &["482", "915", "736"],
            "wide" => &["acme-television.example.org/device/enter"],
            "long_words" => &["WXYZ ", "56789"],
            "no_qr" => &["Open this on your phone", "login.example.org/device/"],
            "bigger" | "bigger_wide" => &["Smaller QR", "14:32"],
            "veiled" | "renewing" => &["Getting a fresh code"],
            "veiled_last" => &["This code ends in a moment"],
            "resting" => &["This code is over.", "Press OK for a new code"],
            // What could be used is gone, and no words come in between.
            "confirmed" | "bigger_confirmed" => &["QTZL-MCBW"],
            "finishing" => &["Signed in, loading …"],
            "denied" => &["The sign-in was declined on the phone.", "Try again"],
            "rejected" => &["not set up correctly", "Device Code", "unauthorized_client"],
            "rejected_long" => &["invalid_request", "Something went wrong there."],
            "rejected_pkce" => &[
                "not set up correctly",
                "PKCE",
                "pkce",
                "code_challenge_method",
            ],
            "network" => &["No connection", "Try again"],
            other => panic!("{other} has no expectation"),
        };
        let app = App::showing(Screen::SignIn(screen), &config().screen, SIZES[0]);
        let shot = draw(&app);
        for words in expected {
            assert!(
                shot.says(words),
                "{name} does not say “{words}”: {:?}",
                shot.texts
            );
        }
    }
}

/// Windows that screens must stand in: facts of the field, a small panel, and one that stands on end.
const WINDOWS: [(f32, f32); 5] = [
    (1280.0, 720.0),
    (1366.0, 768.0),
    (1920.0, 1080.0),
    (3840.0, 2160.0),
    (1080.0, 1920.0),
];

#[tokio::test(flavor = "multi_thread")]
async fn r1_r2_r3_r5_hold_in_every_window_with_every_edge_and_text_scale() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let mut wrong = Vec::new();
    let everywhere =
        WINDOWS.map(|window| [(window, 0.0, 1.0), (window, 15.0, token::TEXT_SCALE_MAX)]);
    // In the others everything is the same in proportion; the extremes show that.
    let between = [((1920.0, 1080.0), 5.0, 1.15), ((1920.0, 1080.0), 10.0, 1.3)];
    for ((width, height), overscan_percent, text_scale) in
        everywhere.into_iter().flatten().chain(between)
    {
        let screen = config::Screen {
            overscan_percent,
            text_scale,
            ..config().screen
        };
        let at = format!("{width}x{height} {overscan_percent} % {text_scale}");
        for (name, app) in everything(&context, &screen, Size::new(width, height)) {
            let found = against_the_rules(&app);
            wrong.extend(found.into_iter().map(|what| format!("{name} {at}: {what}")));
        }
    }
    let few: Vec<_> = wrong.iter().take(40).collect();
    assert!(wrong.is_empty(), "{} in all: {few:#?}", wrong.len());
}

/// What of a screen leaves the safe area (R1), is too small (R3), or has the focus without being there (R5).
pub(super) fn against_the_rules(app: &App) -> Vec<String> {
    let look = app.look();
    let survey = lay_out(app);
    let mut wrong = misplaced(look, &survey);
    if let Some(focus) = app.shown().focus {
        let least = look.px(token::CONTROL_HEIGHT) * 64.0 / 72.0;
        match survey.rects.get(&focus) {
            None => wrong.push(format!("{focus} has the focus and is not there")),
            Some(place) if place.height < least => {
                wrong.push(format!("{focus} is hard to hit: {place:?}"));
            }
            Some(_) => {}
        }
    }
    wrong
}

/// What leaves the safe area (R1) or is too small (R3).
pub(super) fn misplaced(look: &Look, Survey { rects, texts }: &Survey) -> Vec<String> {
    let (margin, safe) = (look.safe_margin(), look.safe());
    let leaves = |place: &Rectangle| {
        place.width > 0.0
            && (place.x < margin.left - 0.5
                || place.y < margin.top - 0.5
                || place.x + place.width > margin.left + safe.width + 0.5
                || place.y + place.height > margin.top + safe.height + 0.5)
    };
    let named = rects
        .iter()
        .chain(texts.iter().map(|(text, place)| (text, place)));
    let mut wrong: Vec<_> = named
        .filter(|(_, place)| leaves(place))
        .map(|(what, place)| format!("“{what}” leaves the safe area: {place:?}"))
        .collect();
    let line = look.unscaled_text(token::LABEL);
    let small = texts
        .iter()
        .filter(|(text, place)| !text.trim().is_empty() && place.height < line);
    wrong.extend(small.map(|(text, place)| format!("“{text}” is small: {place:?}")));
    wrong
}

#[tokio::test(flavor = "multi_thread")]
async fn r17_the_widest_code_and_a_long_address_stand_on_one_line_each_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let address = "acme-television.example.org/device/enter";
    for (width, height) in WINDOWS {
        for text_scale in token::TEXT_SCALES {
            let screen = config::Screen {
                text_scale,
                ..config().screen
            };
            let all = sign_in::tests::samples::all(&context);
            let wide = all.into_iter().find(|(name, _)| *name == "wide");
            let sample = Screen::SignIn(wide.unwrap().1);
            let app = App::showing(sample, &screen, Size::new(width, height));
            let Survey { rects, texts } = lay_out(&app);
            let at = format!("{width}x{height} {text_scale}");
            let code: String = texts
                .iter()
                .filter(|(_, place)| rects["user_code"].contains(place.center()))
                .map(|(text, _)| text.as_str())
                .collect();
            assert_eq!(code, "W".repeat(15), "{at}");
            let look = app.look();
            let tall = rects["user_code"].height / look.unscaled_text(token::DISPLAY_MIN);
            // On end it has the whole width, which is less than that: larger than before, but not as large as beside.
            let least = if look.is_on_end() { 0.85 } else { 1.0 };
            assert!(
                (least..1.8).contains(&tall),
                "{at}: {:?}",
                rects["user_code"]
            );
            let shown = texts.iter().find(|(text, _)| text == address).unwrap();
            let line = look.text(token::ADDRESS) * token::LINE;
            assert!(shown.1.height < 1.5 * line, "{at}: {shown:?}");
            assert!(
                rects["qr"].intersection(&rects["user_code"]).is_none(),
                "{at}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_more_than_two_seconds_without_words() {
    const { assert!(token::PATIENCE.as_secs() <= 2) };
    let mut app = App::showing(Screen::default(), &config().screen, SIZES[1]);
    let says = |app: &App, words: &str| lay_out(app).texts.iter().any(|(text, _)| text == words);
    let _ = app.update(restoring::Message::Slow.into());
    assert!(says(&app, "One moment …"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_any_length_stands_inside_the_safe_area() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    for length in [1, 21, 64, 256] {
        for text_scale in [1.0, token::TEXT_SCALE_MAX] {
            let screen = config::Screen {
                text_scale,
                ..config().screen
            };
            let mut code = sign_in::tests::samples::code();
            code.user_code = "W".repeat(length);
            let left = std::time::Duration::from_secs(872);
            let shown = sign_in::tests::samples::showing(&context, code, left);
            let app = App::showing(Screen::SignIn(shown), &screen, SIZES[0]);
            let shot = draw(&app);
            let name = format!("sign_in_{length}_letters-{text_scale}");
            keep(&name, &shot);
            assert_inside_the_safe_area(&name, &app, &shot);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_spells_the_code_has_a_name_of_its_own_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    for (width, height) in [(1920.0, 1080.0), (1080.0, 1920.0), (800.0, 480.0)] {
        let apps = everything(&context, &config().screen, Size::new(width, height));
        let named: Vec<_> = apps
            .iter()
            .filter(|(_, app)| lay_out(app).rects.contains_key("spoken_line"))
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(named, ["sign_in_aloud"], "{width}x{height}");
    }
}
