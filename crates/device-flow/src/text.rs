//! Sanitizes the text of strangers: it is decoded whatever it is, bounded, and loses characters that deceive.

use std::fmt::Write as _;

use icu_properties::CodePointMapData;

/// Whether a character must not be shown: controls, which drive a terminal, those that turn the reading direction
/// of what follows (Unicode TR 36 section 2.9.2), invisible ones that hide text from a reader, and those without a
/// meaning. The marks that right-to-left languages need (LRM, RLM, ALM, ZWJ, ZWNJ) do no harm.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{00AD}'
                | '\u{115F}'..='\u{1160}'
                | '\u{180B}'..='\u{180E}'
                | '\u{200B}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{3164}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{E000}'..='\u{F8FF}'
                | '\u{E0000}'..='\u{E0FFF}'
                | '\u{F0000}'..='\u{10FFFF}'
        )
        || matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF)
}

/// Counts the marks that stand on a letter: stacked without end, they are drawn over the lines above and below it.
///
/// Bounds are what languages write. Diacritics that any letter may carry come by three at most (polytonic Greek,
/// phonetic script); marks of a script of their own by six (a Burmese or Tibetan syllable). Unicode itself would let
/// thirty pass (UAX 15, Stream-Safe Text Format).
#[derive(Debug, Clone, Default)]
pub struct Marks {
    count: usize,
}

/// Diacritics on a letter.
const MOST_DIACRITICS: usize = 3;
/// Marks of any kind on a letter.
const MOST_MARKS: usize = 6;

impl Marks {
    /// None yet: what comes next begins a text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the next character of a text is one mark too many. Ask for each character once, in order.
    pub fn are_too_many_with(&mut self, c: char) -> bool {
        // Joiners stand between a letter and its marks.
        if matches!(c, '\u{200C}'..='\u{200F}' | '\u{061C}') {
            return false;
        }
        if !is_mark(c) {
            self.count = 0;
            return false;
        }
        let most = if is_diacritic(c) {
            MOST_DIACRITICS
        } else {
            MOST_MARKS
        };
        if self.count >= most {
            return true;
        }
        self.count += 1;
        false
    }
}

/// Whether it is drawn on what stands before it (Unicode, General_Category M).
fn is_mark(c: char) -> bool {
    use icu_properties::props::GeneralCategory;

    c > '\u{2FF}'
        && matches!(
            CodePointMapData::<GeneralCategory>::new().get(c),
            GeneralCategory::NonspacingMark
                | GeneralCategory::SpacingMark
                | GeneralCategory::EnclosingMark
        )
}

/// Whether a mark belongs to no script, and so to every letter (Unicode, Script Inherited), or to an alphabet.
fn is_diacritic(c: char) -> bool {
    use icu_properties::props::Script;

    let script = CodePointMapData::<Script>::new().get(c);
    [
        Script::Inherited,
        Script::Common,
        Script::Latin,
        Script::Greek,
        Script::Cyrillic,
    ]
    .contains(&script)
}

/// Text for a terminal or a log, with its line breaks and tabs: what [`is_unsafe`], and what is one of too many
/// [`Marks`], is written out as JSON and TOML write it (`\u001b`), so that JSON stays JSON.
pub fn visible(text: &str) -> String {
    let mut marks = Marks::new();
    escaped(text, |c| {
        marks.are_too_many_with(c) || is_unsafe(c) && !matches!(c, '\n' | '\t')
    })
}

/// The same for one line.
pub fn visible_line(text: &str) -> String {
    let mut marks = Marks::new();
    escaped(text, |c| marks.are_too_many_with(c) || is_unsafe(c))
}

/// `text` with every character that is `hidden` written out as JSON and TOML write it.
pub fn escaped(text: &str, mut hidden: impl FnMut(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

/// The body as text. UTF-8 unless a byte order mark or the content type says otherwise; bytes that
/// do not decode become replacement characters.
pub(super) fn decode(body: &[u8], content_type: Option<&str>) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    let latin = content_type.is_some_and(|value| {
        let value = value.to_ascii_lowercase();
        value.contains("charset=iso-8859-1") || value.contains("charset=windows-1252")
    });
    match body {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        bytes if latin => bytes.iter().copied().map(char::from).collect(),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The text without control characters, what turns the reading direction and too many [`Marks`]: it must neither drive
/// a terminal nor cover it.
pub fn plain(text: &str) -> String {
    shown(text.chars()).collect()
}

/// Whether the text has no control character, nothing that turns the reading direction and not too many [`Marks`].
pub(super) fn is_plain(text: &str) -> bool {
    let mut marks = Marks::new();
    !text
        .chars()
        .any(|c| deceives(c) || marks.are_too_many_with(c))
}

/// What of these characters is shown.
fn shown(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut marks = Marks::new();
    text.filter(move |c| !is_unsafe(*c) && !marks.are_too_many_with(*c))
}

/// At most `most` characters on one line, without control characters and direction overrides.
pub(super) fn bounded(text: &str, most: usize) -> String {
    let letters = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    let line: String = shown(letters).take(most).collect();
    line.trim().to_owned()
}

/// Whether a character has no business in a code or an address, which people compare letter by letter: also the
/// marks that only tell where a language from right to left begins.
fn deceives(c: char) -> bool {
    is_unsafe(c) || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_drive_a_terminal_is_written_out() {
        for (text, shown) in [
            ("a\x1b]0;t\x07b", "a\\u001b]0;t\\u0007b"),
            ("\r\u{7f}\u{9b}31m\u{85}", "\\u000d\\u007f\\u009b31m\\u0085"),
            (
                "user\u{202e}gpj\u{2066}x\u{2028}",
                "user\\u202egpj\\u2066x\\u2028",
            ),
            ("\u{E0041}", "\\udb40\\udc41"),
            (
                "né \u{200f}شب\u{200c}ها 👩\u{200d}🚀 …",
                "né \u{200f}شب\u{200c}ها 👩\u{200d}🚀 …",
            ),
            ("a\tb\nc", "a\tb\nc"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_line("a\tb\nc"), "a\\u0009b\\u000ac");
    }

    #[test]
    fn marks_stacked_on_a_letter_are_bounded_and_what_languages_write_is_kept() {
        let stack = |base: &str, mark: &str, times: usize| format!("{base}{}", mark.repeat(times));
        for (base, mark, kept) in [
            ("a", "\u{301}", 3),
            ("a", "\u{489}", 3),
            ("", "\u{1ab0}", 3),
            ("漢", "\u{20dd}", 3),
            ("a", "\u{301}\u{200d}", 3),
            ("ก", "\u{e47}", 6),
            ("ཀ", "\u{f93}", 6),
            ("ب", "\u{610}", 6),
        ] {
            for times in [kept, 7, 2_000] {
                let told = plain(&stack(base, mark, times));
                let marks = told.chars().filter(|c| is_mark(*c)).count();
                assert_eq!(marks, kept, "{base}{mark} {times}");
            }
            assert_eq!(
                bounded(&stack(base, mark, 2_000), 9),
                bounded(&plain(&stack(base, mark, 2_000)), 9)
            );
        }
        assert!(!is_plain(&stack("A", "\u{336}", 9)));
        // Nothing is lost where the text is data: it is written out.
        let json = format!("\"{}\"", stack("a", "\u{301}", 9));
        assert!(visible(&json).contains("\\u0301"));
        assert_eq!(
            serde_json::from_str::<String>(&visible_line(&json)).ok(),
            serde_json::from_str(&json).ok()
        );
        for written in [
            "Việt Nam",
            "Vie\u{302}\u{323}t",
            "ᾧ \u{3b1}\u{314}\u{342}\u{345}",
            "בְּרֵאשִׁ֖ית",
            "مُحَمَّدٌ",
            "น้ำแข็ง",
            "བསྒྲུབས་ བྷྲཱུྃ",
            "မြန်မာ ကြွှေ့",
            "ক্ষ্ম্যৈ",
            "1\u{fe0f}\u{20e3} 👩\u{200d}🚀 ❤\u{fe0f}",
            "ញ៉ាំ ស្ត្រី",
            "ꦏꦾ",
            "각",
        ] {
            assert_eq!(plain(written), written);
            assert!(is_plain(written), "{written}");
        }
    }

    #[test]
    fn bodies_decode_in_the_encodings_that_were_seen() {
        assert_eq!(decode("{\"a\":\"é\"}".as_bytes(), None), "{\"a\":\"é\"}");
        assert_eq!(decode(b"\xEF\xBB\xBF{}", None), "{}");
        assert_eq!(decode(b"\xFF\xFE{\0}\0", None), "{}");
        assert_eq!(decode(b"\xFE\xFF\0{\0}", None), "{}");
        assert_eq!(decode(b"\xE9", Some("text/plain; Charset=ISO-8859-1")), "é");
        assert_eq!(decode(b"\xE9", None), "\u{FFFD}");
    }

    #[test]
    fn shown_text_is_one_line_without_tricks() {
        assert_eq!(bounded(" a\nb\u{202E}c\u{7}d ", 10), "a bcd");
        assert_eq!(bounded("abcdef", 3), "abc");
        assert!(is_plain("AB-12 é"));
        assert!(!is_plain("AB\u{202E}12"));
        assert!(!is_plain("AB\t12"));
    }
}
