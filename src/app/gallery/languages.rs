//! Every screen in every language, at the largest text: nothing leaves the safe area, lies over another
//! thing or lacks a shape.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::tests::assert_inside_the_safe_area;
use super::{SIZES, config, context, draw, everything};
use crate::app::i18n;
use crate::app::theme::typeface::tests::{bare, shapeless};
use crate::app::theme::{BOLD, SANS, token};

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_stands_in_every_language_at_the_largest_text() {
    let out = std::env::var_os("GALLERY").map(PathBuf::from);
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let largest = config::Screen {
        text_scale: token::TEXT_SCALE_MAX,
        ..config().screen
    };
    for language in i18n::offered() {
        i18n::choose(language.tag);
        let mut texts = BTreeSet::new();
        for (name, app) in everything(&context, &largest, SIZES[0]) {
            let shot = draw(&app);
            let name = format!("{}-{name}", language.tag);
            if let Some(folder) = &out {
                std::fs::create_dir_all(folder).unwrap();
                shot.image.save(folder.join(format!("{name}.png"))).unwrap();
            }
            assert_inside_the_safe_area(&name, &app, &shot);
            texts.extend(shot.texts.into_iter().map(|(text, _)| text));
        }
        let mut bare = bare();
        let mut is_drawn = |text: &str| {
            [SANS, BOLD]
                .into_iter()
                .all(|font| shapeless(&mut bare, text, font).is_empty())
        };
        let without: Vec<_> = texts.iter().filter(|text| !is_drawn(text)).collect();
        assert!(without.is_empty(), "{}: {without:?}", language.tag);
    }
    i18n::choose("en");
}

/// Every screen is the picture in a mirror of what it is from left to right.
#[tokio::test(flavor = "multi_thread")]
async fn a_screen_read_from_right_to_left_is_mirrored() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let places = |tag: &str| {
        i18n::choose(tag);
        let all = everything(&context, &config().screen, SIZES[0]);
        let shots = all.into_iter().map(|(name, app)| (name, draw(&app).rects));
        shots.collect::<Vec<_>>()
    };
    let (english, arabic) = (places("en"), places("ar"));
    i18n::choose("en");
    for ((name, there), (_, here)) in english.iter().zip(&arabic) {
        for (part, place) in there {
            let from_start = place.x;
            let Some(other) = here.get(part) else {
                panic!("{name}: {part} is missing")
            };
            let from_end = SIZES[0].width - other.x - other.width;
            // Words are as long as they are; what begins at the edge must do so on the other side.
            let at_edge = from_start < SIZES[0].width * 0.06;
            assert!(
                !at_edge || (from_start - from_end).abs() < 20.0,
                "{name}: {part} at {place:?}, and at {other:?}"
            );
        }
    }
}
