//! Which characters may be shown, on a screen and on a terminal.

use std::fmt::Write;

/// Whether a character must not be shown: controls, which drive a terminal, those that turn the reading direction
/// of what follows (Unicode TR 36 section 2.9.2), invisible ones that hide text from a reader, and those without a
/// meaning. The marks that right-to-left languages need (LRM, RLM, ALM, ZWJ, ZWNJ) do no harm.
pub fn harms(c: char) -> bool {
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

/// Text for a terminal or a log, with its line breaks and tabs: what [`harms`] is written out as JSON and TOML
/// write it (`\u001b`), so that JSON stays JSON.
pub fn visible(text: &str) -> String {
    written_out(text, |c| harms(c) && !matches!(c, '\n' | '\t'))
}

/// The same for one line.
pub fn visible_line(text: &str) -> String {
    written_out(text, harms)
}

/// JSON in ASCII alone.
pub fn ascii_json(text: &str) -> String {
    written_out(text, |c| !c.is_ascii())
}

/// Text for a terminal that shows ASCII alone.
pub fn ascii(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '…' => shown.push_str("..."),
            '–' | '—' | '‑' => shown.push('-'),
            '‘' | '’' => shown.push('\''),
            '“' | '”' | '„' => shown.push('"'),
            '\u{A0}' | '\u{202F}' => shown.push(' '),
            '×' => shown.push('x'),
            '·' => shown.push('*'),
            c if c.is_ascii() => shown.push(c),
            _ => shown.push('?'),
        }
    }
    shown
}

fn written_out(text: &str, hidden: impl Fn(char) -> bool) -> String {
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
    fn json_stays_json() {
        let value = serde_json::json!({"a\u{9b}": "\x1b\u{7f}\u{202e}é\u{E0041}\n"});
        let text = value.to_string();
        for shown in [visible(&text), ascii_json(&visible(&text))] {
            assert!(!shown.chars().any(harms), "{shown:?}");
            let read: serde_json::Value = serde_json::from_str(&shown).unwrap();
            assert_eq!(read, value);
        }
        assert!(ascii_json("\"é…\"").is_ascii());
    }

    #[test]
    fn a_terminal_without_utf_8_gets_ascii() {
        assert_eq!(
            ascii("Waiting … – “né” 4×2 · 日"),
            "Waiting ... - \"n?\" 4x2 * ?"
        );
    }
}
