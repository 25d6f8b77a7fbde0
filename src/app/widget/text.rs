//! SnappedText in the sizes and faces of the design.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use iced::widget::text::{Fragment, IntoFragment, LineHeight, Wrapping};
use iced::{Color, Font};

use super::clamp;
use super::snapped_text::SnappedText;
use super::text_layout;
use crate::app::theme::token::{self, TextSize};
use crate::app::theme::{BOLD, Look, SANS};

/// The one sentence of a screen.
pub fn title<'a>(look: &Look, words: impl IntoFragment<'a>) -> SnappedText<'a> {
    styled(
        look,
        words.into_fragment(),
        token::TITLE,
        BOLD,
        look.palette.text,
    )
}

/// A row's or a step's heading.
pub fn heading<'a>(look: &Look, words: impl IntoFragment<'a>) -> SnappedText<'a> {
    styled(
        look,
        words.into_fragment(),
        token::HEADING,
        BOLD,
        look.palette.text,
    )
}

/// Running text.
pub fn body<'a>(look: &Look, words: impl IntoFragment<'a>) -> SnappedText<'a> {
    styled(
        look,
        words.into_fragment(),
        token::BODY,
        SANS,
        look.palette.text,
    )
}

/// A caption, in less weight.
pub fn label<'a>(look: &Look, words: impl IntoFragment<'a>) -> SnappedText<'a> {
    styled(
        look,
        words.into_fragment(),
        token::LABEL,
        SANS,
        look.palette.muted,
    )
}

fn styled<'a>(
    look: &Look,
    words: Fragment<'a>,
    size: TextSize,
    font: Font,
    color: Color,
) -> SnappedText<'a> {
    super::snapped_text::snapped_text(words)
        .size(look.text(size))
        .line_height(LineHeight::Relative(token::LINE))
        .font(look.font(font))
        .color(color)
        .wrapping(Wrapping::WordOrGlyph)
}

/// `words` on one line in the largest of `sizes` that fits into `width` pixels; in the smallest, and
/// broken where needed, where none does.
pub fn fitted<'a>(
    look: &Look,
    words: impl IntoFragment<'a>,
    sizes: &[TextSize],
    width: f32,
) -> SnappedText<'a> {
    let words = words.into_fragment();
    let fits = |size: &&TextSize| self::width(look, &words, **size, BOLD) <= width;
    match sizes.iter().find(fits) {
        Some(size) => styled(look, words, *size, BOLD, look.palette.text).wrapping(Wrapping::None),
        None => {
            let smallest = sizes.last().copied().unwrap_or(token::LABEL);
            styled(look, words, smallest, BOLD, look.palette.text).wrapping(Wrapping::WordOrGlyph)
        }
    }
}

/// A sentence with a name in it, as [`fitted`]. Words of both directions are not broken where they should be
/// (cosmic-text 0.15): what is read from right to left ends where one line of the smallest letters does.
pub fn sentence<'a>(look: &Look, words: &str, sizes: &[TextSize], room: f32) -> SnappedText<'a> {
    let words = match sizes.last() {
        Some(least) if look.right_to_left() && width(look, words, *least, BOLD) > room => {
            clamp(words, look.text(*least), room, 1)
        }
        _ => words.to_owned(),
    };
    fitted(look, words, sizes, room)
}

/// `words` on one line of at most `room` pixels at a text size: whole where they fit as measured, else cut.
pub fn one_line(look: &Look, words: &str, size: TextSize, room: f32) -> String {
    if self::width(look, words, size, SANS) <= room {
        words.to_owned()
    } else {
        clamp(words, look.text(size), room, 1)
    }
}

thread_local! {
    /// Widths that were measured: a line is shaped when it is new, not for every frame. The lines themselves, such as the
    /// name of a person who has left, are not kept: a digest finds them again.
    static MEASURED: RefCell<(RandomState, HashMap<u64, f32>)> = RefCell::default();
}

/// Widths that are kept.
const MOST_MEASURED: usize = 256;

/// Width of [`label`] on one line, in pixels.
pub fn label_width(look: &Look, words: &str) -> f32 {
    width(look, words, token::LABEL, SANS)
}

/// Width of `words` on one line, in pixels.
pub fn width(look: &Look, words: &str, size: TextSize, font: Font) -> f32 {
    let (size, font) = (look.text(size), look.font(font));
    MEASURED.with_borrow_mut(|(digest, measured)| {
        let key = digest.hash_one((words, size.to_bits(), font));
        if measured.len() > MOST_MEASURED {
            measured.clear();
        }
        *measured
            .entry(key)
            .or_insert_with(|| text_layout::width(words, size, font))
    })
}
