//! So many cards and rows at every size, and what shows of the next.

use super::*;
use crate::app::focus::Direction;
use crate::app::focus::row_focus::RowFocus;
use crate::app::i18n;
use crate::app::widget::frame::body_below;
use crate::config::Screen;

const SHAPES: [Shape; 4] = [Shape::Wide, Shape::Poster, Shape::Square, Shape::Text];
/// Windows, with the cards of each form that stand side by side and the rows that stand whole.
type Expected = [(usize, u32); 4];
const TABLE: [((f32, f32), Expected); 13] = [
    ((1280.0, 720.0), [(5, 2), (7, 1), (7, 1), (3, 2)]),
    ((1920.0, 1080.0), [(5, 2), (7, 1), (7, 1), (3, 2)]),
    ((3840.0, 2160.0), [(5, 2), (7, 1), (7, 1), (3, 2)]),
    ((1366.0, 768.0), [(5, 2), (7, 1), (7, 1), (3, 2)]),
    ((1280.0, 1024.0), [(4, 2), (6, 1), (6, 2), (3, 2)]),
    ((1024.0, 768.0), [(4, 2), (6, 1), (6, 1), (2, 2)]),
    ((1024.0, 600.0), [(4, 1), (6, 1), (6, 1), (2, 1)]),
    ((800.0, 480.0), [(3, 1), (5, 1), (5, 1), (2, 1)]),
    ((640.0, 480.0), [(3, 1), (4, 1), (4, 1), (2, 1)]),
    ((2560.0, 1080.0), [(7, 2), (9, 1), (9, 1), (4, 2)]),
    ((3440.0, 1440.0), [(7, 2), (9, 1), (9, 1), (4, 2)]),
    ((3840.0, 1080.0), [(10, 2), (14, 1), (14, 1), (6, 2)]),
    ((1080.0, 1920.0), [(3, 3), (4, 2), (4, 3), (2, 3)]),
];

fn measure(width: f32, height: f32, text_scale: f32) -> (Look, RowLayout) {
    let screen = Screen {
        text_scale,
        ..Screen::default()
    };
    let look = Look::new(&screen, Size::new(width, height), i18n::language());
    let area = body_below(&look);
    (look, RowLayout::new(&look, area))
}

fn at(shape: Shape, top: f32) -> RowPlace {
    RowPlace { shape, top }
}

#[test]
fn so_many_cards_and_rows_fit_at_every_size() {
    for ((width, height), expected) in TABLE {
        for text_scale in [1.0, 1.3] {
            let (_, measure) = measure(width, height, text_scale);
            for (shape, (cards, rows)) in SHAPES.into_iter().zip(expected) {
                let name = format!("{shape:?} {width}x{height} {text_scale}");
                let fit = measure.fit(shape);
                assert_eq!(fit.cards, cards, "{name}");
                assert!(measure.room() / fit.height >= rows, "{name}");
                let last = measure.picture(at(shape, 0.0), cards as isize - 1);
                assert!(measure.holds(last), "{name}");
                let next = measure.picture(at(shape, 0.0), cards as isize);
                assert!(!measure.holds(next), "{name}");
                // The line below the words of the last row that fits is inside as well.
                let top = (rows - 1) as f32 * measure.pitch(shape);
                let last = measure.picture(at(shape, top), 0);
                assert!(measure.holds(last), "{name}");
                if shape != Shape::Text {
                    assert!(measure.holds(measure.caption(last, 1)), "{name}");
                }
            }
        }
    }
}

#[test]
fn a_wider_screen_has_more_cards_and_not_larger_ones() {
    for shape in SHAPES {
        let width = |width, height| {
            let (look, measure) = measure(width, height, 1.0);
            measure.card(shape).width / look.unit()
        };
        let usual = width(1920.0, 1080.0);
        for (wide, high) in [(2560.0, 1080.0), (3440.0, 1440.0), (3840.0, 1080.0)] {
            let now = width(wide, high);
            assert!(
                (0.9..1.08).contains(&(now / usual)),
                "{shape:?} {wide}: {now}"
            );
        }
    }
}

#[test]
fn few_rows_fill_a_screen_that_stands_on_end() {
    use Shape::{Poster, Wide};
    let (_, on_end) = measure(1080.0, 1920.0, 1.0);
    for (rows, cards) in [
        (&[Wide][..], 1),
        (&[Wide, Wide], 1),
        (&[Wide, Wide, Wide], 2),
        (&[Wide; 4], 3),
        (&[Poster, Poster], 3),
    ] {
        let filled = on_end.filled_by(rows.iter().copied());
        assert_eq!(filled.fit(rows[0]).cards, cards, "{rows:?}");
        let taken: u32 = rows.iter().map(|shape| filled.fit(*shape).height).sum();
        assert!(taken <= filled.room(), "{rows:?}");
        let left = filled.room() - taken;
        assert!(
            rows.len() < 2 || left < filled.room() / 5,
            "{rows:?}: {left}"
        );
    }
    let (_, usual) = measure(1920.0, 1080.0, 1.0);
    assert_eq!(usual.filled_by([Wide].into_iter()), usual);
}

#[test]
fn the_next_row_shows_with_its_heading_at_every_text_size_wherever_the_rows_are() {
    use Shape::{Poster, Square, Text, Wide};
    for ((width, height), _) in TABLE {
        for text_scale in [1.0, 1.15, 1.3] {
            for shapes in [
                &[Wide; 3][..],
                &[Wide; 7],
                &[Poster; 4],
                &[Square; 4],
                &[Text; 4],
                &[Wide, Poster, Wide, Square, Text],
                &[Poster, Wide, Poster, Wide],
                &[Text, Wide, Square, Poster, Wide],
                &[Square, Wide, Wide, Square, Square],
            ] {
                let name = format!("{shapes:?} {width}x{height} {text_scale}");
                let (look, usual) = measure(width, height, text_scale);
                let layout = usual.filled_by(shapes.iter().copied());
                let fits: Vec<_> = shapes.iter().map(|shape| layout.fit(*shape)).collect();
                let mut focus = RowFocus::new(&fits, layout.room());
                loop {
                    let (first, whole) = (focus.top(), focus.whole());
                    let shown = &shapes[first..(first + whole).min(shapes.len())];
                    let top: f32 = shown.iter().map(|shape| layout.pitch(*shape)).sum();
                    if let Some(next) = shapes.get(first + whole) {
                        let next = at(*next, top);
                        assert!(layout.holds(layout.heading(next)), "{name}");
                        let picture = layout.picture(next, 0);
                        let seen = layout.area.height - picture.y;
                        assert!(seen >= look.px(token::TELLS), "{name}: {seen}");
                    }
                    if !focus.go(Direction::Down) {
                        break;
                    }
                }
                // Nothing was made much smaller or larger for it.
                for shape in shapes {
                    let (now, before) = (layout.card(*shape).width, usual.card(*shape).width);
                    assert!(
                        (0.6..2.6).contains(&(now / before)),
                        "{name}: {now} {before}"
                    );
                }
            }
        }
    }
}

#[test]
fn pictures_have_the_form_they_were_made_in() {
    let (_, measure) = measure(1920.0, 1080.0, 1.0);
    for (shape, ratio) in [
        (Shape::Wide, 16.0 / 9.0),
        (Shape::Poster, 2.0 / 3.0),
        (Shape::Square, 1.0),
        (Shape::Text, 1.0),
    ] {
        let size = measure.picture_size(shape);
        let off = (size.width / size.height / ratio - 1.0).abs();
        assert!(off < 0.01, "{shape:?}: {size:?}");
    }
}

#[test]
fn a_grown_card_keeps_its_ring_inside_and_clear_of_others() {
    for ((width, height), _) in TABLE {
        let (look, measure) = measure(width, height, 1.0);
        let ring = ring_room(&look);
        for shape in SHAPES {
            let row = at(shape, 0.0);
            let cards = measure.fit(shape).cards as isize;
            for column in 0..cards {
                let name = format!("{shape:?} {column} {width}");
                let grown = measure.grown(measure.picture(row, column));
                assert!(measure.holds(grown.expand(ring)), "{name}");
                if column + 1 < cards {
                    let next = measure.picture(row, column + 1);
                    assert!(grown.x + grown.width + ring <= next.x, "{name}");
                }
                let heading = measure.heading(row);
                assert!(grown.y - ring >= heading.y + heading.height, "{name}");
                let below = match shape {
                    Shape::Text => measure.pitch(shape),
                    _ => measure.caption(measure.picture(row, column), 0).y,
                };
                assert!(grown.y + grown.height + ring <= below, "{name}");
            }
        }
        let note = measure.note(at(Shape::Poster, 0.0));
        assert!(measure.grown(note).y >= measure.heading(at(Shape::Poster, 0.0)).y);
    }
}

/// Rows below a card that stands large above them.
fn below_hero(window: (f32, f32), text_scale: f32, shapes: &[Shape]) -> (Look, RowLayout) {
    let (look, rows) = measure(window.0, window.1, text_scale);
    (
        look,
        rows.with_hero(&look).filled_by(shapes.iter().copied()),
    )
}

/// Windows, and the share of the height below the line at the top that is above the rows, in percent: above five wide
/// rows, two, one, four of posters, and four of words.
const ABOVE: [((f32, f32), [f32; 5]); 13] = [
    ((1280.0, 720.0), [42.0, 42.0, 60.0, 34.0, 42.0]),
    ((1920.0, 1080.0), [42.0, 42.0, 60.0, 36.0, 42.0]),
    ((3840.0, 2160.0), [42.0, 42.0, 60.0, 36.0, 42.0]),
    ((1366.0, 768.0), [42.0, 42.0, 60.0, 34.0, 42.0]),
    ((1280.0, 1024.0), [42.0, 32.0, 67.0, 42.0, 42.0]),
    ((1024.0, 768.0), [42.0, 42.0, 63.0, 42.0, 42.0]),
    ((1024.0, 600.0), [32.0, 32.0, 50.0, 22.0, 42.0]),
    ((800.0, 480.0), [0.0, 0.0, 37.0, 0.0, 36.0]),
    ((640.0, 480.0), [24.5, 24.5, 45.0, 0.0, 40.0]),
    ((2560.0, 1080.0), [42.0, 42.0, 61.0, 32.0, 42.0]),
    ((3440.0, 1440.0), [42.0, 42.0, 61.0, 32.0, 42.0]),
    ((3840.0, 1080.0), [42.0, 42.0, 60.0, 36.0, 42.0]),
    ((1080.0, 1920.0), [42.0, 44.0, 57.0, 42.0, 26.0]),
];

#[test]
fn what_has_the_focus_has_its_share_above_the_rows() {
    let rows: [&[Shape]; 5] = [
        &[Shape::Wide; 5],
        &[Shape::Wide; 2],
        &[Shape::Wide],
        &[Shape::Poster; 4],
        &[Shape::Text; 4],
    ];
    for (window, expected) in ABOVE {
        for (shapes, expected) in rows.iter().zip(expected) {
            let (_, laid) = below_hero(window, 1.0, shapes);
            let share = laid.above / (laid.area.height + laid.above) * 100.0;
            assert!(
                (share - expected).abs() < 1.0,
                "{window:?} {shapes:?}: {share}"
            );
        }
    }
}

#[test]
fn it_takes_no_more_than_a_sixth_of_what_a_card_is_without_it() {
    for (window, _) in TABLE {
        for text_scale in [1.0, 1.3, 1.5] {
            for shape in SHAPES {
                let (_, laid) = below_hero(window, text_scale, &[shape; 4]);
                let (_, usual) = measure(window.0, window.1, text_scale);
                let usual = usual.cards(shape);
                assert!(
                    laid.above == 0.0 || 5 * laid.cards(shape) <= 6 * usual,
                    "{window:?} {shape:?} {text_scale}"
                );
            }
        }
    }
}

#[test]
fn below_it_a_whole_row_stands_and_the_next_one_shows_at_every_text_size() {
    use Shape::{Poster, Square, Text, Wide};
    for ((width, height), _) in TABLE {
        for text_scale in [1.0, 1.3, 1.5] {
            for shapes in [
                &[Wide; 1][..],
                &[Wide; 2],
                &[Wide; 5],
                &[Poster; 4],
                &[Square; 2],
                &[Text; 4],
                &[Wide, Poster, Wide, Square, Text],
            ] {
                let name = format!("{shapes:?} {width}x{height} {text_scale}");
                let (look, rows) = below_hero((width, height), text_scale, shapes);
                let body = body_below(&look);
                assert_eq!(rows.above + rows.area.height, body.height, "{name}");
                if rows.above == 0.0 {
                    continue;
                }
                let fits: Vec<_> = shapes.iter().map(|shape| rows.fit(*shape)).collect();
                let mut focus = RowFocus::new(&fits, rows.room());
                loop {
                    let (first, whole) = (focus.top(), focus.whole());
                    let last = (first + whole).min(shapes.len());
                    let top: f32 = shapes[first..last - 1]
                        .iter()
                        .map(|shape| rows.pitch(*shape))
                        .sum();
                    let shape = shapes[last - 1];
                    let picture = rows.picture(at(shape, top), 0);
                    assert!(rows.holds(picture), "{name}");
                    assert!(
                        shape == Text || rows.holds(rows.caption(picture, 1)),
                        "{name}"
                    );
                    if let Some(next) = shapes.get(last) {
                        let next = at(*next, top + rows.pitch(shape));
                        assert!(rows.holds(rows.heading(next)), "{name}");
                        let seen = rows.area.height - rows.picture(next, 0).y;
                        assert!(seen >= look.px(token::TELLS), "{name}: {seen}");
                    }
                    if !focus.go(Direction::Down) {
                        break;
                    }
                }
            }
        }
    }
}
