//! Cuts text to the room there is, before it is laid out.

use unicode_segmentation::UnicodeSegmentation;

/// The start of `text` that fits into `lines` lines of `width` pixels at a text size, with an
/// ellipsis where something is cut.
///
/// An estimate on the safe side: the width of letters is taken from their script, not measured, so
/// that it costs nothing to draw.
pub fn clamp(text: &str, size: f32, width: f32, lines: usize) -> String {
    let room = (width / size).max(1.0);
    let mut shown = String::new();
    let (mut line, mut used, mut word) = (1, 0.0, 0.0);
    // Where the text may be cut: the end of the last word that fits.
    let mut cut = 0;
    for letter in text.graphemes(true) {
        let advance = advance(letter);
        if letter.ends_with('\n') {
            (line, used, word) = (line + 1, 0.0, 0.0);
            cut = shown.trim_end().len();
        } else if letter.chars().all(char::is_whitespace) {
            cut = shown.trim_end().len();
            used += advance;
            word = 0.0;
        } else {
            word += advance;
            used += advance;
            if advance >= WIDE {
                cut = shown.len();
            }
            if used > room {
                line += 1;
                // A word longer than a line is broken wherever the line ends.
                used = if word > room { advance } else { word };
            }
        }
        // The last line keeps room for the ellipsis.
        if line > lines || (line == lines && used > room - ELLIPSIS && !ends(text, &shown)) {
            let end = if cut == 0 { shown.len() } else { cut };
            shown.truncate(end);
            let kept = shown.trim_end_matches([' ', '.', ',', '…']).len();
            shown.truncate(kept);
            shown.push('…');
            return shown;
        }
        shown.push_str(letter);
    }
    shown
}

/// Lines that `text` takes at a text size in `width` pixels, by the same estimate. At least one.
pub fn lines(text: &str, size: f32, width: f32) -> usize {
    (1..MOST_LINES)
        .find(|lines| clamp(text, size, width, *lines) == text)
        .unwrap_or(MOST_LINES)
}

/// More lines than this are not counted.
const MOST_LINES: usize = 12;

/// Width of a letter as wide as it is high, in text sizes.
const WIDE: f32 = 1.0;
/// Width of an emoji, in text sizes.
const EMOJI: f32 = 1.28;
/// Width of an ellipsis, in text sizes.
const ELLIPSIS: f32 = 0.8;

/// Whether what is left of `text` after `shown` is short enough to stand where the ellipsis would.
fn ends(text: &str, shown: &str) -> bool {
    let rest = text[shown.len()..].graphemes(true);
    rest.map(advance).sum::<f32>() <= ELLIPSIS
}

/// Width of what is one letter to a reader, in text sizes. A sequence of emoji is drawn as one.
fn advance(letter: &str) -> f32 {
    if letter.chars().any(is_emoji) {
        EMOJI
    } else {
        letter.chars().map(width).sum()
    }
}

fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Width of a character in text sizes: that of the bold face, which is the wider one, rounded up.
fn width(letter: char) -> f32 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.32,
        'f' | 'r' | 't' | '-' | '(' | ')' | 'I' | '/' => 0.43,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | 'ж' | 'м' | 'ф' | 'ш' | 'щ' | 'ы' | 'ю' => 0.9,
        'Ж' | 'Ш' | 'Щ' | 'Ю' => WIDE,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => WIDE,
        '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' => WIDE,
        letter if letter.is_uppercase() => 0.76,
        letter if letter.is_whitespace() => 0.31,
        _ => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_are_counted() {
        for (text, expected) in [("", 1), ("one", 1), ("one two", 2), ("one\ntwo\nsix", 3)] {
            assert_eq!(lines(text, 10.0, 32.0), expected, "{text:?}");
        }
        assert_eq!(lines(&"word ".repeat(99), 10.0, 32.0), MOST_LINES);
    }

    #[test]
    fn what_fits_is_left_alone() {
        assert_eq!(clamp("Dune", 30.0, 300.0, 1), "Dune");
        assert_eq!(clamp("", 30.0, 300.0, 1), "");
        assert_eq!(
            clamp("A first line\nand a second", 30.0, 300.0, 2),
            "A first line\nand a second"
        );
    }

    #[test]
    fn words_stay_whole() {
        assert_eq!(
            clamp("The quick brown fox jumps", 10.0, 100.0, 1),
            "The quick brown…"
        );
        assert_eq!(clamp("one\ntwo\nthree", 10.0, 400.0, 2), "one\ntwo…");
        let long = clamp(&"word ".repeat(100), 10.0, 100.0, 3);
        assert!(long.ends_with("word…") && long.len() < 60, "{long}");
    }

    #[test]
    fn text_without_spaces_is_cut_where_the_room_ends() {
        assert_eq!(
            clamp(&"W".repeat(40), 10.0, 90.0, 1),
            format!("{}…", "W".repeat(9))
        );
        let cjk = clamp(&"漢".repeat(40), 10.0, 100.0, 2);
        assert!((16..=20).contains(&cjk.chars().count()), "{cjk}");
    }

    #[test]
    fn what_is_one_letter_to_a_reader_is_not_cut_apart() {
        for letter in ["👩🏽‍🚀", "🇳🇴", "1️⃣", "❤️‍🔥", "e\u{301}", "👍🏿"]
        {
            let text = letter.repeat(40);
            let shown = clamp(&text, 10.0, 100.0, 1);
            let kept = shown.strip_suffix('…').unwrap();
            let letters = kept.graphemes(true).count();
            assert!((5..=10).contains(&letters), "{shown}");
            assert!(kept.graphemes(true).all(|kept| kept == letter), "{shown}");
        }
    }

    proptest! {
        #[test]
        fn it_is_a_start_of_the_text(text in "(\\PC|[a-z ]{0,9}|\n){0,60}", width in 0_f32..900.0, lines in 1_usize..6) {
            let shown = clamp(&text, 30.0, width, lines);
            let start = shown.strip_suffix('…').unwrap_or(&shown);
            prop_assert!(text.starts_with(start) || text == shown);
        }
    }
}
