//! Running text broken into lines, so that a long one can be shown in parts.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::rc::Rc;

use iced::advanced::graphics::text::Paragraph;
use iced::advanced::text::{LineHeight, Paragraph as _, Shaping, Wrapping};
use iced::advanced::{Text, text};
use iced::{Font, Pixels, Size, alignment};

use crate::app::theme::token;

/// Texts whose lines are remembered: several times what is on a screen.
const MOST_KNOWN: usize = 1000;

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// Texts that were broken and measured before.
#[derive(Default)]
struct Known {
    hasher: RandomState,
    lines: HashMap<u64, Rc<[String]>>,
    widths: HashMap<u64, f32>,
}

/// The first `most` of [`lines`], for every frame: only what is new is shaped.
pub fn broken(words: &str, size: f32, font: Font, width: f32, most: usize) -> Rc<[String]> {
    KNOWN.with_borrow_mut(|known| {
        let key = (words, size.to_bits(), font, width.to_bits(), most);
        let key = known.hasher.hash_one(key);
        if known.lines.len() > MOST_KNOWN {
            known.lines.clear();
        }
        let broken = || cut(&lines(words, size, font, width), most).into();
        known.lines.entry(key).or_insert_with(broken).clone()
    })
}

/// [`width`], for every frame.
pub fn known_width(words: &str, size: f32, font: Font) -> f32 {
    KNOWN.with_borrow_mut(|known| {
        let key = known.hasher.hash_one((words, size.to_bits(), font));
        if known.widths.len() > MOST_KNOWN {
            known.widths.clear();
        }
        *known
            .widths
            .entry(key)
            .or_insert_with(|| width(words, size, font))
    })
}

/// The lines that `words` take in a width of `width` pixels, at letters `size` pixels high.
///
/// Shapes all of it: for when words or width change, not for every frame.
pub fn lines(words: &str, size: f32, font: Font, width: f32) -> Vec<String> {
    let shaped = shape(words, size, font, width);
    let runs = shaped.buffer().layout_runs();
    runs.map(|run| {
        let ends = run.glyphs.iter().map(|glyph| (glyph.start, glyph.end));
        let ends = ends.reduce(|(start, end), (next, last)| (start.min(next), end.max(last)));
        let (start, end) = ends.unwrap_or_default();
        run.text
            .get(start..end)
            .unwrap_or_default()
            .trim_end()
            .to_owned()
    })
    .collect()
}

/// The width of `words` on one line.
pub fn width(words: &str, size: f32, font: Font) -> f32 {
    shape(words, size, font, f32::INFINITY)
        .min_bounds()
        .width
        .ceil()
}

fn shape(words: &str, size: f32, font: Font, width: f32) -> Paragraph {
    Paragraph::with_text(Text {
        content: words,
        bounds: Size::new(width, f32::INFINITY),
        size: Pixels(size),
        line_height: LineHeight::Relative(token::LINE),
        font,
        align_x: text::Alignment::Default,
        align_y: alignment::Vertical::Top,
        shaping: Shaping::Auto,
        wrapping: Wrapping::WordOrGlyph,
    })
}

/// The first `most` of `lines`; the last one says so where there are more.
pub fn cut(lines: &[String], most: usize) -> Vec<String> {
    let mut shown = lines.get(..most).unwrap_or(lines).to_vec();
    if lines.len() > most
        && let Some(last) = shown.last_mut()
    {
        let kept = last.trim_end_matches([' ', '.', ',', '…']).len();
        last.truncate(kept);
        last.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::theme::SANS;

    #[test]
    fn no_word_is_lost_and_breaks_are_kept() {
        let words = "The quick brown fox\njumps over\n\nthe lazy dog, again and again and again.";
        let shown = lines(words, 30.0, SANS, 240.0);
        assert!(shown.len() > 5, "{shown:?}");
        let flat = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(flat(&shown.join(" ")), flat(words));
        assert!(shown.contains(&String::new()), "{shown:?}");
        assert_eq!(lines("", 30.0, SANS, 240.0).concat(), "");
    }

    #[test]
    fn what_is_cut_ends_with_three_dots_and_no_more() {
        let lines = ["One.", "Two words, ", "three"].map(str::to_owned);
        assert_eq!(cut(&lines, 1), ["One…"]);
        assert_eq!(cut(&lines, 2), ["One.", "Two words…"]);
        assert_eq!(cut(&lines, 3), lines);
    }

    #[test]
    fn a_word_longer_than_a_line_is_broken() {
        let shown = lines(&"W".repeat(50), 30.0, SANS, 240.0);
        assert!(shown.len() > 3);
        assert_eq!(shown.concat(), "W".repeat(50));
    }

    #[test]
    fn what_is_cut_says_so() {
        let all: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(cut(&all, 3), all);
        assert_eq!(cut(&all, 2), ["a", "b…"]);
        assert_eq!(cut(&all, 9), all);
    }
}
