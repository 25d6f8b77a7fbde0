//! Every screen in every language, at the largest text: nothing leaves the safe area, lies over another
//! thing or lacks a shape.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::PoisonError;

use iced::advanced::graphics::text::cosmic_text::{
    Attrs, Buffer, Family, Metrics, Shaping, Weight,
};
use iced::advanced::graphics::text::font_system;

use super::tests::assert_inside_the_safe_area;
use super::{SIZES, config, context, draw, screens};
use crate::app::i18n;
use crate::app::state::App;

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_stands_in_every_language_at_the_largest_text() {
    let out = std::env::var_os("GALLERY").map(PathBuf::from);
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let largest = config::Screen {
        text_scale: 1.3,
        ..config().screen
    };
    for language in i18n::offered() {
        i18n::choose(language.tag);
        let mut texts = BTreeSet::new();
        for (name, screen) in screens(&context) {
            let app = App::showing(screen, &largest, SIZES[0]);
            let shot = draw(&app);
            let name = format!("{}-{name}", language.tag);
            if let Some(folder) = &out {
                std::fs::create_dir_all(folder).unwrap();
                shot.image.save(folder.join(format!("{name}.png"))).unwrap();
            }
            assert_inside_the_safe_area(&name, &app, &shot);
            texts.extend(shot.texts.into_iter().map(|(text, _)| text));
        }
        let without: Vec<_> = texts.iter().filter(|text| !has_shapes(text)).collect();
        assert!(without.is_empty(), "{}: {without:?}", language.tag);
    }
    i18n::choose("en");
}

/// Whether every letter has a shape in running text and in headings.
fn has_shapes(text: &str) -> bool {
    let mut fonts = font_system()
        .write()
        .unwrap_or_else(PoisonError::into_inner);
    [Weight::MEDIUM, Weight::BOLD].into_iter().all(|weight| {
        let mut line = Buffer::new_empty(Metrics::new(30.0, 40.0));
        let face = Attrs::new()
            .family(Family::Name("Atkinson Hyperlegible Next"))
            .weight(weight);
        line.set_text(fonts.raw(), text, &face, Shaping::Advanced, None);
        line.shape_until_scroll(fonts.raw(), false);
        line.layout_runs()
            .flat_map(|run| run.glyphs)
            .all(|glyph| glyph.glyph_id != 0)
    })
}
