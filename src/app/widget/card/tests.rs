//! What stands where on a card.

use jiff::civil;

use super::*;
use crate::api::{Progress, When};
use crate::app::i18n;
use crate::app::widget::frame::body_below;
use crate::app::widget::row_layout::RowPlace;
use crate::config::Screen;

fn look(text_scale: f32) -> (Look, RowLayout) {
    let screen = Screen {
        text_scale,
        ..Screen::default()
    };
    let look = Look::new(&screen, Size::new(1280.0, 720.0), i18n::language());
    let measure = RowLayout::new(&look, body_below(&look));
    (look, measure)
}

fn pieces(look: &Look, measure: &RowLayout, shape: Shape, card: &Card) -> Vec<Primitive> {
    let mut pieces = Vec::new();
    let picture = measure.picture(RowPlace { shape, top: 0.0 }, 0);
    let slot = CardSlot::Card(card, None);
    draw(&mut pieces, look, measure, (shape, picture), slot, false);
    pieces
}

/// The line that says `words`.
fn says<'a>(pieces: &'a [Primitive], words: &str) -> Option<&'a TextLine> {
    pieces.iter().find_map(|piece| match piece {
        Primitive::Text(line) if line.text == words => Some(line),
        _ => None,
    })
}

fn texts(words: &[&str]) -> Vec<DisplayValue> {
    words
        .iter()
        .map(|words| DisplayValue::from(*words))
        .collect()
}

#[test]
fn a_narrow_card_leaves_its_second_line_to_words_and_shows_progress_upon_the_picture() {
    let (look, measure) = look(1.0);
    for (shape, narrow) in [
        (Shape::Wide, false),
        (Shape::Poster, true),
        (Shape::Square, true),
    ] {
        let card = Card {
            title: "Yakimono".into(),
            subtitle: Some("Episode 12".into()),
            progress: Some(Progress::Part(0.4)),
            ..Card::default()
        };
        let pieces = pieces(&look, &measure, shape, &card);
        let picture = measure.picture(RowPlace { shape, top: 0.0 }, 0);
        let below = says(&pieces, "Episode 12").unwrap().place;
        assert_eq!(below.width == picture.width, narrow, "{shape:?}");
        let image = pieces
            .iter()
            .position(|piece| matches!(piece, Primitive::Image { .. }));
        let bars: Vec<_> = pieces[image.unwrap()..]
            .iter()
            .filter_map(|piece| match piece {
                Primitive::Badge { line, plate } if plate.whole => Some(line.place),
                _ => None,
            })
            .collect();
        assert_eq!(bars.len(), if narrow { 3 } else { 0 }, "{shape:?}");
        for bar in &bars {
            assert!(bar.is_within(&picture), "{shape:?}: {bar:?}");
            assert!(bar.y > picture.center_y(), "{shape:?}: {bar:?}");
        }
        if let [_, track, part] = bars[..] {
            assert!((part.width / track.width - 0.4).abs() < 0.01);
        }
    }
}

#[test]
fn a_narrow_card_has_the_same_pieces_whatever_stands_there() {
    let (look, measure) = look(1.0);
    let plain = Card {
        title: "Yakimono".into(),
        ..Card::default()
    };
    let running = Card {
        progress: Some(Progress::Part(0.4)),
        ..plain.clone()
    };
    for shape in [Shape::Wide, Shape::Poster, Shape::Square] {
        let place = (shape, measure.picture(RowPlace { shape, top: 0.0 }, 0));
        let counts = [
            CardSlot::Empty,
            CardSlot::Skeleton,
            CardSlot::Note("what", "hint", "said"),
            CardSlot::Card(&plain, None),
            CardSlot::Card(&running, None),
        ]
        .map(|slot| {
            let mut pieces = Vec::new();
            draw(&mut pieces, &look, &measure, place, slot, true);
            pieces.len()
        });
        assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
    }
}

#[test]
fn only_the_first_badge_is_ever_cut() {
    let (look, _) = look(1.0);
    let (size, font) = (look.text(token::LABEL), look.font(BOLD));
    let room = text_layout::width("Drama · New!", size, font);
    let long = "A badge much longer than its card";
    for (badges, expected) in [
        (&["Drama", "New"][..], "Drama · New"),
        (&["Drama", "Documentary"], "Drama"),
        (&["Drama", "Documentary", "New"], "Drama · New"),
        (&["", "Drama"], "Drama"),
        (&[long, "New"], long),
        (&[], ""),
    ] {
        let shown = badges_within(&look, room, &texts(badges));
        assert_eq!(shown, expected, "{badges:?}");
    }
}

#[test]
fn dates_stand_whole_on_every_card_in_every_language() {
    for (language, text_scale) in i18n::offered()
        .iter()
        .flat_map(|language| [(language, 1.0), (language, 1.3)])
    {
        i18n::choose(language.tag);
        let (look, measure) = look(text_scale);
        let size = look.text(token::LABEL);
        let day = DisplayValue::Date(When::Day(civil::date(1999, 12, 27)));
        for shape in [Shape::Wide, Shape::Poster, Shape::Square] {
            let card = Card {
                title: "Kiln".into(),
                subtitle: Some(day.clone()),
                // A strip of a badge holds no date of letters that large.
                badges: vec![day.clone(); usize::from(text_scale == 1.0)],
                progress: Some(Progress::Part(0.4)),
                ..Card::default()
            };
            let pieces = pieces(&look, &measure, shape, &card);
            let name = format!("{} {text_scale} {shape:?}", language.tag);
            let dates = pieces.iter().filter_map(|piece| match piece {
                Primitive::Text(line) | Primitive::Badge { line, .. } => Some(line),
                _ => None,
            });
            let dates: Vec<_> = dates.filter(|line| line.text.contains("27")).collect();
            assert_eq!(dates.len(), 1 + card.badges.len(), "{name}");
            for line in dates {
                let width = text_layout::width(&line.text, size, line.font);
                assert!(width <= line.place.width, "{name}: {}", line.text);
            }
        }
    }
}
