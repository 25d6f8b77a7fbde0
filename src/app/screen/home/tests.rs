//! The screens behind the sign-in on the software renderer.

mod levels;
pub(in crate::app) mod samples;

use std::path::PathBuf;

use iced::{Color, Point, Size};

use super::{Home, Overlay, draw};
use crate::api::ActionRequest;
use crate::app::gallery::{SIZES, Shot, scan, shoot, wanted};
use crate::app::i18n;
use crate::app::pictures::Pictures;
use crate::app::theme::{Look, token};
use crate::app::widget::Chrome;
use crate::config::{Screen, Theme};
use samples::Sample;

impl Home {
    /// The press of an action that is on its way.
    pub(in crate::app) fn running(&self) -> Option<ActionRequest> {
        match &self.over {
            Overlay::Detail(detail) => detail.running(),
            Overlay::Nothing | Overlay::Account(_) => None,
        }
    }

    /// The serial number of the first row on top.
    pub(in crate::app) fn serial_on_top(&self) -> u64 {
        self.top().get(0).unwrap().serial()
    }
}

fn drawn(sample: &Sample, look: &Look) -> Shot {
    let chrome = Chrome {
        title: "Acme TV".to_owned(),
        logo: None,
        clock: Some("20:15".to_owned()),
        ..Chrome::default()
    };
    shoot(sample.view(look, &chrome), look)
}

/// Keeps the picture where `GALLERY` says, for people to look at.
fn keep(shot: &Shot, name: &str) {
    if let Some(folder) = std::env::var_os("GALLERY").map(PathBuf::from)
        && wanted(name)
    {
        std::fs::create_dir_all(&folder).unwrap();
        let name = format!("{name}-{}.png", shot.image.height());
        shot.image.save(folder.join(name)).unwrap();
    }
}

fn is(shot: &Shot, x: u32, y: u32, color: Color) -> bool {
    shot.image.get_pixel(x, y).0 == color.into_rgba8()
}

#[test]
fn words_and_controls_stand_inside_the_safe_area() {
    for size in SIZES {
        for text_scale in [1.0, token::TEXT_SCALE_MAX] {
            // The text scale is about proportions; one size shows them.
            if text_scale > 1.0 && size != SIZES[1] {
                continue;
            }
            let screen = Screen {
                text_scale,
                ..Screen::default()
            };
            let look = Look::new(&screen, size, i18n::language());
            for sample in samples::all(&look) {
                let shot = drawn(&sample, &look);
                let name = if text_scale > 1.0 {
                    format!("{}-large-text", sample.name)
                } else {
                    sample.name.to_owned()
                };
                keep(&shot, &name);
                assert_inside(&name, &sample, &look, &shot);
            }
        }
    }
}

#[test]
fn every_form_of_card_stands_in_every_window() {
    for (width, height) in [(800.0, 480.0), (1280.0, 1024.0), (1080.0, 1920.0)] {
        for text_scale in [1.0, token::TEXT_SCALE_MAX] {
            let screen = Screen {
                text_scale,
                ..Screen::default()
            };
            let look = Look::new(&screen, Size::new(width, height), i18n::language());
            let opened = samples::opened::all(&look);
            for sample in samples::shapes::all(&look).into_iter().chain(opened) {
                let shot = drawn(&sample, &look);
                let name = format!("{}-{width}x{text_scale}", sample.name);
                keep(&shot, &name);
                assert_inside(&name, &sample, &look, &shot);
            }
        }
    }
}

#[test]
fn a_home_of_few_rows_stands_in_every_window() {
    for ((width, height), theme) in [
        ((1920.0, 1080.0), Theme::Dark),
        ((1080.0, 1920.0), Theme::Light),
        ((800.0, 480.0), Theme::Dark),
        ((3440.0, 1440.0), Theme::Dark),
    ] {
        let screen = Screen {
            theme,
            ..Screen::default()
        };
        let look = Look::new(&screen, Size::new(width, height), i18n::language());
        for sample in samples::shapes::few(&look) {
            let shot = drawn(&sample, &look);
            keep(&shot, sample.name);
            assert_inside(sample.name, &sample, &look, &shot);
        }
    }
}

#[test]
fn they_do_in_every_language_at_the_largest_text() {
    for language in i18n::offered() {
        i18n::choose(language.tag);
        let screen = Screen {
            text_scale: token::TEXT_SCALE_MAX,
            ..Screen::default()
        };
        let look = Look::new(&screen, SIZES[0], i18n::language());
        for sample in samples::all(&look) {
            let shot = drawn(&sample, &look);
            let name = format!("{}-{}", language.tag, sample.name);
            keep(&shot, &name);
            assert_inside(&name, &sample, &look, &shot);
        }
    }
}

/// Pictures of rows that go on may be seen at the sides and below; nothing else may.
fn assert_inside(name: &str, sample: &Sample, look: &Look, shot: &Shot) {
    let bleeds = sample.bleeds();
    let (margin, size) = (look.safe_margin(), look.window());
    let parts = shot.rects.iter();
    let texts = shot.texts.iter().map(|(text, place)| (text, place));
    for (part, place) in parts.chain(texts) {
        assert!(
            place.x >= margin.left - 1.0
                && place.y >= margin.top - 1.0
                && place.x + place.width <= size.width - margin.right + 1.0
                && place.y + place.height <= size.height - margin.bottom + 1.0,
            "{name} at {size:?}: {part} {place:?}"
        );
    }
    // The picture behind words goes on to the edges of the window.
    let behind = sample.picture_behind(look);
    let is_behind = |x: u32, y: u32| {
        let at = Point::new(x as f32, y as f32);
        behind.is_some_and(|place| place.contains(at))
    };
    let stray = shot.image.enumerate_pixels().find(|(x, y, pixel)| {
        let beside = (*x as f32) < margin.left || *x as f32 > size.width - margin.right;
        let outside = *y < margin.top as u32
            || (!bleeds && (beside || *y as f32 > size.height - margin.bottom));
        outside && !is_behind(*x, *y) && pixel.0 != look.palette.ground.into_rgba8()
    });
    assert!(
        stray.is_none(),
        "{name} at {size:?}: something at {stray:?}"
    );
}

#[test]
fn the_other_themes_draw_too() {
    for (theme, called) in [
        (Theme::Light, "light"),
        (Theme::HighContrast, "high-contrast"),
    ] {
        let screen = Screen {
            theme,
            ..Screen::default()
        };
        let look = Look::new(&screen, Size::new(1920.0, 1080.0), i18n::language());
        for sample in samples::all(&look) {
            let shot = drawn(&sample, &look);
            keep(&shot, &format!("{}-{called}", sample.name));
            assert!(is(&shot, 2, 2, look.palette.ground));
        }
    }
}

#[test]
fn each_state_says_what_it_must() {
    let screen = Screen {
        hero: false,
        ..Screen::default()
    };
    let look = Look::new(&screen, Size::new(1920.0, 1080.0), i18n::language());
    for sample in samples::all(&look) {
        let expected: &[&str] = match sample.name {
            "home" => &[
                "Continue watching",
                "Dune",
                "The Expanse",
                "S2 E4",
                "NEW · 4K",
                "Ada Lovelace",
            ],
            "home_troubles" => &["Nothing here yet", "no connection", "Press OK to try again"],
            "home_old" => &["From yesterday", "No connection · From yesterday"],
            "home_no_api" => &["You are signed in, Ada Lovelace", "No content is set up"],
            "home_nameless" => &["Account"],
            "home_loading" => &["Continue watching"],
            "home_no_pictures" => &["TE", "OW"],
            "detail" => &["The Expanse", "S2 E4", "A detective", "Add to my list"],
            "detail_running" => &["One moment …"],
            "detail_done" => &["Done", "Directed by", "Denis Villeneuve", "NEW · 4K"],
            "detail_said" => &["Added, and 3 others with it"],
            "detail_refused" => &["That didn’t work: The"],
            "detail_long" => &["The Extraordinarily"],
            "detail_failed" => &["That didn’t work: this network wants"],
            "detail_bare" => &["Solaris", "Back"],
            "detail_offering" => &["Open", "On your phone"],
            "home_words" => &[
                "09:15 – 09:45",
                "Check-up: Frau Brandt",
                "Room 12",
                "First visit",
            ],
            "opened_posters" => &["Series › Once Upon", "The Expanse", "S2 E4", "Details"],
            "opened_empty" => &["The Expanse", "Nothing here yet"],
            "opened_failed" => &["The Expanse", "no connection", "Press OK to try again"],
            "phone" => &["example.com", "www.example.com/series/the-expanse", "Back"],
            "account" => &[
                "Ada Lovelace",
                "ada@example.com",
                "Gold",
                "read your library",
                "Sign out",
            ],
            "account_confirm" => &["Sign out of this device?", "Stay signed in"],
            "account_signing_out" => &["Signing you out …"],
            "account_fleeting" => &["offline_access", "could not be saved"],
            _ => &[],
        };
        let shot = drawn(&sample, &look);
        for words in expected {
            assert!(
                shot.says(words),
                "{}: “{words}” in {:?}",
                sample.name,
                shot.texts
            );
        }
    }
}

#[test]
fn what_has_the_focus_is_said_large_above_the_rows_and_its_title_whole() {
    for (width, height) in [(1920.0, 1080.0), (1080.0, 1920.0), (3840.0, 1080.0)] {
        let look = Look::new(
            &Screen::default(),
            Size::new(width, height),
            i18n::language(),
        );
        for sample in samples::said_large(&look) {
            let (heading, expected): (&str, &[&str]) = match sample.name {
                "card" => (
                    "Continue watching",
                    &["Solaris", "1972", "A detective in", "Directed by Denis"],
                ),
                "account" => ("Continue watching", &["Dune", "2 h 35 min"]),
                "failed" => ("My list", &["My list", "no connection"]),
                "words" => (
                    "Continue watching",
                    &[
                        "Check-up: Frau Brandt",
                        "09:15 – 09:45 · Room 12 · First visit",
                        "Second appointment after the operation of 3 November.",
                        "With Dr. Okafor · Where Ward 4",
                    ],
                ),
                _ => ("Continue watching", &[samples::TITLE]),
            };
            let name = format!("{} {width}x{height}", sample.name);
            let shot = drawn(&sample, &look);
            let headings = shot.texts.iter().filter(|(text, _)| text == heading);
            let rows = headings.map(|(_, place)| place.y).fold(0.0, f32::max);
            let above = shot.texts.iter().filter(|(_, place)| place.y < rows - 1.0);
            let said: Vec<_> = above.map(|(text, _)| text.as_str()).collect();
            let said = said.join(" ");
            for words in expected {
                assert!(said.contains(words), "{name}: “{words}” in {said}");
            }
        }
    }
}

#[test]
fn an_opened_card_without_its_picture_makes_letters_of_words_alone() {
    let look = Look::new(
        &Screen::default(),
        Size::new(1920.0, 1080.0),
        i18n::language(),
    );
    let samples = samples::opened::all(&look);
    for (name, letters, expected) in [
        ("opened_faceless", "TE", true),
        ("opened_faceless_time", "11", false),
    ] {
        let sample = samples.iter().find(|sample| sample.name == name);
        let shot = drawn(sample.unwrap(), &look);
        let there = shot.texts.iter().any(|(text, _)| text == letters);
        assert_eq!(there, expected, "{name}: {:?}", shot.texts);
    }
}

#[test]
fn progress_on_a_narrow_card_is_seen_upon_its_picture() {
    let look = Look::new(
        &Screen::default(),
        Size::new(1920.0, 1080.0),
        i18n::language(),
    );
    let samples = samples::shapes::all(&look);
    let sample = samples
        .iter()
        .find(|sample| sample.name == "home_posters_dated");
    let shot = drawn(sample.unwrap(), &look);
    let below = shot.texts.iter().find(|(text, _)| text == "Episode 12");
    let captions = below.unwrap().1.y as u32;
    let accent = look.palette.accent_ink;
    let seen = shot.image.enumerate_pixels().filter(|(x, y, _)| {
        // Two lines of words lie between.
        *y < captions - 40 && is(&shot, *x, *y, accent)
    });
    assert!(seen.count() > 400);
}

#[test]
fn a_large_library_draws_no_more_than_a_small_one() {
    let look = Look::new(
        &Screen::default(),
        Size::new(1920.0, 1080.0),
        i18n::language(),
    );
    let count = |rows, cards| {
        let library = samples::sized(&look, rows, cards);
        draw::draw(&library, &Pictures::default(), &look).count()
    };
    assert_eq!(count(100, 1000), count(10, 10));
    assert!(count(100, 1000) < 200);
}

#[test]
fn phones_read_the_page_of_an_item_in_every_theme_and_window() {
    for (width, height) in [
        (1280.0, 720.0),
        (1920.0, 1080.0),
        (800.0, 480.0),
        (1080.0, 1920.0),
    ] {
        for theme in [Theme::Dark, Theme::Light, Theme::HighContrast] {
            let screen = Screen {
                theme,
                ..Screen::default()
            };
            let look = Look::new(&screen, Size::new(width, height), i18n::language());
            let samples = samples::opened::all(&look);
            let sample = samples
                .iter()
                .find(|sample| sample.name == "phone")
                .unwrap();
            let shot = drawn(sample, &look);
            let address = "https://www.example.com/series/the-expanse";
            assert_eq!(scan(&shot.image), [address], "{theme:?} {width}");
            let share = shot.rects["phone_qr"].width / width.min(height);
            assert!(share >= 0.42, "{width}: {share}");
        }
    }
}
