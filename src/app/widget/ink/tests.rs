//! Which texts are pictures, and how far they reach.

use iced::advanced::renderer::Headless;
use iced::advanced::text::{Alignment, LineHeight, Paragraph as _, Shaping, Text, Wrapping};

use super::*;
use crate::app::i18n;
use crate::app::theme::SANS;

fn line(words: &str) -> Paragraph {
    i18n::choose("en");
    Paragraph::with_text(Text {
        content: words,
        bounds: Size::INFINITE,
        size: 34.0.into(),
        line_height: LineHeight::Relative(1.3),
        font: SANS,
        align_x: Alignment::Default,
        align_y: iced::alignment::Vertical::Top,
        shaping: Shaping::Auto,
        wrapping: Wrapping::None,
    })
}

fn inked(words: &str) -> Option<Inked> {
    let renderer = <Renderer as Headless>::new(SANS, 16.0.into(), Some("tiny-skia"));
    let renderer = futures::executor::block_on(renderer).unwrap();
    let window = Rectangle::with_size(Size::new(1280.0, 720.0));
    let at = Point::new(200.0, 300.0);
    beyond(&renderer, &line(words), at, Color::WHITE, &window)
}

#[test]
fn a_text_is_a_picture_only_where_it_reaches_beyond_its_line() {
    for words in ["Continue watching", "Sign in", "14:32", "", " "] {
        assert!(inked(words).is_none(), "{words}");
    }
    let stacked = format!("a{}", "\u{301}".repeat(12));
    let picture = inked(&stacked).unwrap();
    assert!(picture.place.y < 300.0 - 20.0, "{picture:?}");
    // The same again is the same picture: nothing has changed.
    assert_eq!(inked(&stacked).unwrap().handle, picture.handle);
}

#[test]
fn stacked_without_end_it_is_no_larger_than_the_window() {
    let picture = inked(&format!("a{}", "\u{301}".repeat(2_000))).unwrap();
    assert!(picture.place.y >= 0.0 && picture.place.height <= 720.0);
}

#[test]
fn stacked_marks_reach_half_a_line_beyond_their_own() {
    for mark in ["\u{301}", "\u{323}", "\u{e47}", "\u{489}"] {
        let words = line(&format!("a{}", mark.repeat(2_000)));
        let lines = Rectangle::new(Point::new(200.0, 300.0), paragraph_size(&words));
        let Some(picture) = inked(&format!("a{}", mark.repeat(2_000))) else {
            continue;
        };
        let half = 34.0 * 1.3 / 2.0 + 1.0;
        assert!(picture.place.y >= lines.y - half, "{mark} {picture:?}");
        let bottom = picture.place.y + picture.place.height;
        assert!(
            bottom <= lines.y + lines.height + half,
            "{mark} {picture:?}"
        );
    }
}

#[test]
fn letters_are_mixed_as_they_are_upon_each_other() {
    assert_eq!(over([10, 20, 30, 255], [1, 2, 3, 255]), [10, 20, 30, 255]);
    assert_eq!(over([10, 20, 30, 0], [1, 2, 3, 255]), [1, 2, 3, 255]);
    assert_eq!(
        over([10, 20, 30, 128], [10, 20, 30, 128]),
        [10, 20, 30, 192]
    );
}
