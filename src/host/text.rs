//! Text for outputs that show ASCII alone.

use device_flow::text::escaped;

/// JSON in ASCII alone.
pub fn ascii_json(text: &str) -> String {
    escaped(text, |c| !c.is_ascii())
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

#[cfg(test)]
mod tests {
    use device_flow::text::{is_unsafe, visible};

    use super::*;

    #[test]
    fn json_stays_json() {
        let value = serde_json::json!({"a\u{9b}": "\x1b\u{7f}\u{202e}é\u{E0041}\n"});
        let text = value.to_string();
        for shown in [visible(&text), ascii_json(&visible(&text))] {
            assert!(!shown.chars().any(is_unsafe), "{shown:?}");
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
