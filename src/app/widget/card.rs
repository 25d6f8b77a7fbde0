//! Draws one card of a row, always with the same number of pieces.

use iced::advanced::image::Handle;
use iced::{Color, Point, Rectangle, Size};
use jiff::Timestamp;

use super::control::ring_room;
use super::draw_list::{LineAlign, Plate, Primitive, TextLine};
use super::row_layout::RowLayout;
use super::text_layout;
use crate::api::{Card, DisplayValue};
use crate::app::format::{format_to_fit, format_value, letters_of};
use crate::app::theme::{BOLD, Look, SANS, token};
use crate::config::Shape;

/// What stands in one place of a row.
#[derive(Debug, Clone, Copy)]
pub enum CardSlot<'a> {
    Empty,
    /// A place that waits for its card.
    Skeleton,
    /// A card and its picture, once there.
    Card(&'a Card, Option<&'a Handle>),
    /// Words in place of cards: what it is, and what to do about it.
    Note(&'a str, &'a str, &'a str),
}

/// Adds the pieces of what stands at `picture`.
pub fn draw(
    pieces: &mut Vec<Primitive>,
    look: &Look,
    measure: &RowLayout,
    (shape, picture): (Shape, Rectangle),
    slot: CardSlot<'_>,
    focused: bool,
) {
    let narrow = matches!(shape, Shape::Poster | Shape::Square);
    let palette = look.palette;
    let place = if focused {
        measure.grown(picture)
    } else {
        picture
    };
    let tile = |fill| Primitive::Quad {
        place,
        fill,
        radius: look.radius(),
        outline: look.outline(),
    };
    let bar = |place, fill| Primitive::Quad {
        place,
        fill,
        radius: look.px(token::PROGRESS) / 2.0,
        outline: None,
    };
    let title = measure.caption(picture, 0);
    let mut subtitle = measure.caption(picture, 1);
    let caption = |place, text: &str, color| {
        let shown = if measure.holds(place) { text } else { "" };
        line(look, place, shown, look.text(token::LABEL), color)
    };
    let mut foot = [(); 3].map(|()| badge_on(look, place, ""));
    match slot {
        CardSlot::Empty | CardSlot::Skeleton => {
            pieces.push(if matches!(slot, CardSlot::Skeleton) {
                tile(palette.raised)
            } else {
                Primitive::none()
            });
            pieces.extend([Primitive::none(), Primitive::none(), no_picture()]);
            pieces.extend([(); 3].map(|()| caption(title, "", palette.text)));
            pieces.push(badge(look, measure, place, ""));
        }
        CardSlot::Card(card, handle) => {
            pieces.push(tile(palette.tint(&card.title.to_string())));
            let shown_in = if narrow { picture } else { subtitle };
            let progress = card.progress.filter(|_| measure.holds(shown_in));
            let progress = progress.and_then(|progress| progress.at(Timestamp::now()));
            if let Some(done) = progress.filter(|_| narrow) {
                // A line beside the words would take half of their room.
                foot = progress_on(look, measure.foot(place), done);
            }
            let progress = progress.filter(|_| !narrow);
            match progress {
                Some(done) => {
                    let track = beside(look, &mut subtitle, card.subtitle.is_some());
                    let mut part = track;
                    part.width = (track.width * done).round().max(track.height);
                    pieces.extend([bar(track, palette.track()), bar(part, palette.accent_ink)]);
                }
                None => pieces.extend([Primitive::none(), Primitive::none()]),
            }
            pieces.push(Primitive::Image {
                place,
                handle: handle.cloned(),
            });
            let letters = match handle {
                None if measure.holds(picture) => letters_of(&card.title),
                Some(_) | None => String::new(),
            };
            let size = look.text(token::TITLE);
            let size = size.min((place.height * token::INITIALS_SHARE).round());
            let badged = !card.badges.is_empty();
            let above = badged.then(|| measure.badge(place).y + measure.badge(place).height);
            pieces.push(Primitive::Text(TextLine {
                place: initials_place(place, size, above.unwrap_or(place.y)),
                text: letters,
                size,
                font: look.font(BOLD),
                color: palette.text,
                align: LineAlign::Middle,
            }));
            let (size, font) = (look.text(token::LABEL), look.font(SANS));
            let in_line = |value: &DisplayValue, width: f32| {
                format_to_fit(value, |words| {
                    text_layout::known_width(words, size, font) <= width
                })
            };
            let below = card.subtitle.as_ref();
            let below = below.map(|value| in_line(value, subtitle.width));
            if below.is_none() && progress.is_none() && measure.holds(subtitle) {
                // The title has both lines.
                let words = format_value(&card.title);
                let lines = text_layout::broken(&words, size, font, title.width, 2);
                for (index, place) in [title, subtitle].into_iter().enumerate() {
                    let line = lines.get(index).map_or("", String::as_str);
                    pieces.push(caption(place, line, palette.text));
                }
            } else {
                let words = in_line(&card.title, title.width);
                pieces.push(caption(title, &words, palette.text));
                let below = below.as_deref().unwrap_or_default();
                pieces.push(caption(subtitle, below, palette.muted));
            }
            let badges = match measure.holds(picture) {
                true => badges_within(look, measure.badge(place).width, &card.badges),
                false => String::new(),
            };
            pieces.push(badge(look, measure, place, &badges));
        }
        CardSlot::Note(what, hint, said) => {
            pieces.push(tile(palette.raised));
            pieces.extend([Primitive::none(), Primitive::none(), no_picture()]);
            let (first, second) = note_lines(look, picture, !hint.is_empty());
            let (what, hint) = if measure.holds(picture) {
                (what, hint)
            } else {
                ("", "")
            };
            pieces.push(line(
                look,
                first,
                what,
                look.text(token::BODY),
                palette.text,
            ));
            pieces.push(line(
                look,
                second,
                hint,
                look.text(token::LABEL),
                palette.muted,
            ));
            pieces.push(caption(title, said, palette.muted));
            pieces.push(badge(look, measure, place, ""));
        }
    }
    if narrow {
        pieces.extend(foot);
    }
}

/// The line of initials this high in the middle of a tile, or below what ends at `above`.
fn initials_place(tile: Rectangle, height: f32, above: f32) -> Rectangle {
    let middle = tile.y + (tile.height - height) / 2.0;
    let lowest = tile.y + tile.height - height;
    Rectangle {
        y: middle.max(above).min(lowest).round(),
        height,
        ..tile
    }
}

/// As many badges as stand whole in a strip `width` pixels wide; the first one does anyway.
fn badges_within(look: &Look, width: f32, badges: &[DisplayValue]) -> String {
    let (size, font) = (look.text(token::LABEL), look.font(BOLD));
    let fits = |words: &str| text_layout::known_width(words, size, font) <= width;
    let mut shown = String::new();
    for badge in badges.iter().filter(|badge| !badge.is_empty()) {
        if shown.is_empty() {
            shown = format_to_fit(badge, fits);
            continue;
        }
        let with = |words: &str| format!("{shown} · {words}");
        let longer = with(&format_to_fit(badge, |words| fits(&with(words))));
        if fits(&longer) {
            shown = longer;
        }
    }
    shown
}

/// A line of progress upon a picture, on a ground of its own that keeps it apart from any.
fn progress_on(look: &Look, track: Rectangle, done: f32) -> [Primitive; 3] {
    let mut part = track;
    part.width = (track.width * done).round().max(track.height);
    let palette = look.palette;
    let ground = track.expand((track.height / 2.0).round());
    [
        (ground, palette.ground),
        (track, palette.track()),
        (part, palette.accent_ink),
    ]
    .map(|(place, fill)| {
        let mut plate = badge_on(look, place, "");
        if let Primitive::Badge { plate, .. } = &mut plate {
            *plate = Plate {
                fill,
                padding: 0.0,
                radius: place.height / 2.0,
                whole: true,
            };
        }
        plate
    })
}

fn badge(look: &Look, measure: &RowLayout, place: Rectangle, words: &str) -> Primitive {
    badge_on(look, measure.badge(place), words)
}

/// Words on a plate of their own in a strip.
pub(super) fn badge_on(look: &Look, place: Rectangle, words: &str) -> Primitive {
    Primitive::Badge {
        line: TextLine {
            place,
            text: words.to_owned(),
            size: look.text(token::LABEL),
            font: look.font(BOLD),
            color: look.palette.text,
            align: LineAlign::Start,
        },
        plate: Plate {
            fill: look.palette.ground,
            padding: look.px(token::BADGE_PADDING),
            radius: look.px(token::GAP_XS),
            whole: false,
        },
    }
}

/// The ring around what has the focus; nothing for a ring that is elsewhere.
pub fn ring(look: &Look, around: Option<Rectangle>) -> Primitive {
    around.map_or_else(Primitive::none, |place| Primitive::Quad {
        place: place.expand(ring_room(look)),
        fill: Color::TRANSPARENT,
        radius: look.radius_around(ring_room(look)),
        outline: Some((look.palette.ring, look.px(token::RING))),
    })
}

/// A place for a picture without one.
pub(super) fn no_picture() -> Primitive {
    Primitive::Image {
        place: Rectangle::with_size(Size::new(1.0, 1.0)),
        handle: None,
    }
}

/// A line of text.
pub fn line(look: &Look, place: Rectangle, text: &str, size: f32, color: Color) -> Primitive {
    Primitive::Text(TextLine {
        place,
        text: text.to_owned(),
        size,
        font: look.font(SANS),
        color,
        align: LineAlign::Start,
    })
}

/// The line of progress: all of the caption's width, or its end where words stand before it.
fn beside(look: &Look, caption: &mut Rectangle, words: bool) -> Rectangle {
    let height = look.px(token::PROGRESS);
    let width = if words {
        look.px(token::PROGRESS_WIDTH)
    } else {
        caption.width
    };
    let bar = Rectangle::new(
        Point::new(
            caption.x + caption.width - width,
            (caption.y + (caption.height - height) / 2.0).round(),
        ),
        Size::new(width, height),
    );
    caption.width = (caption.width - width - look.px(token::GAP_S)).max(0.0);
    bar
}

/// The two lines of a note, together in the middle of the height.
fn note_lines(look: &Look, place: Rectangle, two: bool) -> (Rectangle, Rectangle) {
    let padding = look.px(token::CONTROL_PADDING_X);
    let first = (look.text(token::BODY) * token::LINE).ceil();
    let second = (look.text(token::LABEL) * token::LINE).ceil();
    let height = if two { first + second } else { first };
    let top = (place.y + (place.height - height) / 2.0).round();
    let at = |y, height| {
        Rectangle::new(
            Point::new(place.x + padding, y),
            Size::new((place.width - 2.0 * padding).max(0.0), height),
        )
    };
    (at(top, first), at(top + first, second))
}

#[cfg(test)]
mod tests;
