//! The user code: exactly as sent, as large as fits, with gaps to the eye where it has no separator.

use iced::widget::text::{LineHeight, Wrapping};
use iced::widget::{column, row};
use iced::{Color, Pixels};

use super::snapped_text::snapped_text;
use super::{left_to_right, named};
use crate::app::renderer::Element;
use crate::app::theme::token::{self, TextSize};
use crate::app::theme::{Look, MONO, MONO_ADVANCE};

/// Lines a code takes at most, as long as its letters need not become smaller than [`SMALLEST`] for that.
const MOST_LINES: usize = 3;
/// Of the least size: still larger than a label.
const SMALLEST: f32 = 0.3;
/// A character of another script takes up to a whole text size.
const WIDE_ADVANCE: f32 = 1.0;

/// How a code stands on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Text size in pixels.
    pub size: f32,
    /// Gap between groups in pixels.
    pub gap: f32,
    /// Lines of groups. Joined, they are the code as sent, but for the spaces at which a line ended.
    pub lines: Vec<Vec<String>>,
}

/// The largest way to stand in `width` pixels, between the `least` and the `most` text size: on one line
/// down to the least size, first without the gaps, then broken between groups.
pub fn fit(code: &str, width: f32, least: f32, most: f32) -> Fit {
    let groups = groups(code);
    let with_gaps = advance(code) + token::CODE_GAP * (groups.len().saturating_sub(1)) as f32;
    for (ems, gap) in [(with_gaps, token::CODE_GAP), (advance(code), 0.0)] {
        let size = (width / ems.max(f32::EPSILON)).min(most).floor();
        if size >= least {
            let gap = (gap * size).floor();
            return Fit {
                size,
                gap,
                lines: vec![groups],
            };
        }
    }
    let pieces = if groups.len() > 1 {
        groups
    } else {
        broken(code)
    };
    let smallest = least * SMALLEST;
    let mut least = least;
    let mut lines = broken_into(&pieces, width, least);
    // Longer than any code that was ever seen; it must not push everything else off the screen.
    while lines.len() > MOST_LINES && least > smallest {
        least = (least * 0.9).max(smallest);
        lines = broken_into(&pieces, width, least);
    }
    // A piece that is wider than the line on its own shrinks: better small than cut.
    let widest = lines
        .iter()
        .map(|line| line.iter().map(|piece| advance(piece)).sum::<f32>())
        .fold(f32::EPSILON, f32::max);
    Fit {
        // Where there is no room at all it still has a size: the text engine never ends on one of nothing.
        size: least.min((width / widest).floor()).max(1.0),
        gap: 0.0,
        lines,
    }
}

/// The lines that these pieces make at a text size in `width` pixels.
fn broken_into(pieces: &[String], width: f32, size: f32) -> Vec<Vec<String>> {
    let gap = (token::CODE_GAP * size).floor();
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut used = f32::INFINITY;
    for piece in pieces {
        let wide = advance(piece.trim_end()) * size;
        if used + gap + wide > width {
            if let Some(last) = lines.last_mut().and_then(|line| line.last_mut()) {
                last.truncate(last.trim_end().len());
            }
            lines.push(Vec::new());
            used = 0.0;
        }
        if let Some(line) = lines.last_mut() {
            used += advance(piece) * size + if line.is_empty() { 0.0 } else { gap };
            line.push(piece.clone());
        }
    }
    lines
}

/// What is read in one breath: the groups that are shown, and where there are none, what stands between
/// separators.
pub fn breaths(code: &str) -> Vec<String> {
    let groups = groups(code);
    if groups.len() > 1 {
        groups
    } else {
        broken(code)
    }
}

/// A code without a separator in groups of four and three; any other as it is.
fn groups(code: &str) -> Vec<String> {
    let characters: Vec<char> = code.chars().collect();
    let count = characters.len();
    if count <= 5 || characters.iter().any(|c| !c.is_alphanumeric()) {
        return vec![code.to_owned()];
    }
    let groups = count.div_ceil(4);
    let fours = count - 3 * groups;
    let mut rest = characters.as_slice();
    (0..groups)
        .map(|group| {
            let (these, others) =
                rest.split_at((if group < fours { 4 } else { 3 }).min(rest.len()));
            rest = others;
            these.iter().collect()
        })
        .collect()
}

/// A code cut after each of its separators.
fn broken(code: &str) -> Vec<String> {
    code.split_inclusive(|c: char| !c.is_alphanumeric())
        .map(str::to_owned)
        .collect()
}

/// Width of `code` in text sizes.
fn advance(code: &str) -> f32 {
    code.chars()
        .map(|c| {
            if (c as u32) < 0x250 {
                MONO_ADVANCE
            } else {
                WIDE_ADVANCE
            }
        })
        .sum()
}

/// The width that the code takes on one line at this size, in pixels.
pub fn least_width(look: &Look, code: &str, size: TextSize) -> f32 {
    (advance(code) * look.unscaled_text(size)).ceil()
}

/// The code in `width` pixels, named `user_code` for `--ui-log`, which never learns the code itself. On one line down to
/// the `least` size, and no larger than `most` pixels.
pub fn user_code<'a, Message: 'a>(
    look: &Look,
    code: &str,
    (width, least, most): (f32, TextSize, f32),
    color: Color,
) -> Element<'a, Message> {
    let least = look.unscaled_text(least).floor();
    let fit = fit(code, width, least, most);
    let lines = fit.lines.into_iter().map(|groups| {
        let groups = groups.into_iter().map(|group| {
            snapped_text(group)
                .size(Pixels(fit.size))
                .line_height(LineHeight::Relative(token::CODE_LINE))
                .font(look.font(MONO))
                .color(color)
                .wrapping(Wrapping::None)
                .into()
        });
        row(groups).spacing(fit.gap).into()
    });
    named("user_code", left_to_right(look, column(lines)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Room beside the QR code at 1080p.
    const WIDTH: f32 = 1050.0;
    const LEAST: f32 = 110.0;
    const MOST: f32 = 168.0;

    #[test]
    fn without_room_it_still_has_a_size() {
        for width in [0.0, -300.0, 0.4] {
            assert!(fit("QTZL-MCBW", width, LEAST, MOST).size >= 1.0, "{width}");
        }
    }

    fn widest(fit: &Fit) -> f32 {
        fit.lines
            .iter()
            .map(|line| {
                line.iter()
                    .map(|group| advance(group) * fit.size)
                    .sum::<f32>()
                    + fit.gap * (line.len() - 1) as f32
            })
            .fold(0.0, f32::max)
    }

    #[test]
    fn usual_codes_stand_on_one_line_at_full_size() {
        for code in ["QTZL-MCBW", "123456789", "WDJB-MJHT", "ABCDEF", "BCDF-GHJK"] {
            let fit = fit(code, WIDTH, LEAST, MOST);
            assert_eq!(fit.lines.len(), 1, "{code}");
            assert!(fit.size >= 150.0, "{code}: {}", fit.size);
            assert!(widest(&fit) <= WIDTH);
        }
    }

    #[test]
    fn fifteen_wide_characters_stand_on_one_line_at_any_text_scale() {
        for scale in [1.0, 1.15, 1.3] {
            let fit = fit("WWWWWWWWWWWWWWW", WIDTH, LEAST, MOST * scale);
            assert_eq!(fit.lines.len(), 1);
            assert!(fit.size >= LEAST);
            assert!(widest(&fit) <= WIDTH);
        }
    }

    #[test]
    fn long_codes_break_between_groups() {
        let words = fit("WXYZ 1234 ABCD 56789", WIDTH, LEAST, MOST);
        assert_eq!(words.lines, [vec!["WXYZ ", "1234 ", "ABCD"], vec!["56789"]]);
        let hyphens = fit("ABCD-EFGH-IJKL-MNOP-QRST", WIDTH, LEAST, MOST);
        assert_eq!(hyphens.lines.len(), 2);
        assert_eq!(hyphens.lines.concat().concat(), "ABCD-EFGH-IJKL-MNOP-QRST");
        assert!(hyphens.size >= LEAST);
    }

    #[test]
    fn b25_gaps_come_where_there_is_no_separator() {
        for (code, expected) in [
            ("12345", &["12345"][..]),
            ("123456", &["123", "456"]),
            ("1234567", &["1234", "567"]),
            ("12345678", &["1234", "5678"]),
            ("123456789", &["123", "456", "789"]),
            ("1234567890", &["1234", "567", "890"]),
            ("QTZL-MCBW", &["QTZL-MCBW"]),
            ("ab cd ef gh", &["ab cd ef gh"]),
        ] {
            assert_eq!(groups(code), expected, "{code}");
        }
    }

    proptest! {
        #[test]
        fn any_code_is_drawn_as_sent_and_inside_its_width(code in "[A-Za-z0-9 \\-.é漢]{1,60}") {
            let fit = fit(&code, WIDTH, LEAST, MOST);
            let drawn: String = fit.lines.concat().concat();
            let without_spaces = |s: &str| s.replace(' ', "");
            prop_assert_eq!(without_spaces(&drawn), without_spaces(&code));
            if fit.lines.len() == 1 {
                prop_assert_eq!(&drawn, &code);
                prop_assert!(fit.size >= LEAST || !code.chars().all(char::is_alphanumeric));
            }
            prop_assert!(widest(&fit) <= WIDTH + 0.5);
        }
    }
}
