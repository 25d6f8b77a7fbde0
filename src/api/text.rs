//! Sanitizes the text of the API before it is shown: it is bounded and loses characters that do harm on a screen.
//!
//! Every text of an answer passes through here.

use device_flow::text::{Marks, is_unsafe};

/// Characters of a line: title, subtitle, badge, a server's words.
pub(crate) const LINE: usize = 300;
/// Characters of a badge.
pub(crate) const BADGE: usize = 32;
/// Characters of a member's name.
pub(crate) const NAME: usize = 60;
/// Characters of a text with lines of its own.
pub(crate) const BODY: usize = 8_000;

/// One line of at most `most` characters.
pub(crate) fn line(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let mut count = 0;
    let mut gap = false;
    let mut marks = Marks::new();
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !shown.is_empty();
            continue;
        }
        if is_unsafe(c) || marks.are_too_many_with(c) {
            continue;
        }
        let between = usize::from(gap);
        if count + between >= most {
            shown.push('…');
            break;
        }
        if std::mem::take(&mut gap) {
            shown.push(' ');
        }
        count += between;
        shown.push(c);
        count += 1;
    }
    // A library keeps thousands of these.
    shown.shrink_to_fit();
    shown
}

/// Text with its line breaks, of at most [`BODY`] characters, and at most one empty line in a row.
pub(crate) fn paragraphs(text: &str) -> String {
    let mut shown = String::new();
    let mut left = BODY;
    let mut empty = 0;
    for written in text.lines() {
        let one = line(written, left);
        if one.is_empty() {
            empty += 1;
            continue;
        }
        if !shown.is_empty() {
            shown.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        left = left.saturating_sub(one.chars().count());
        shown.push_str(&one);
        if left == 0 {
            break;
        }
    }
    shown.shrink_to_fit();
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_has_no_tricks_in_it() {
        for (sent, shown) in [
            (" a\n\tb  c ", "a b c"),
            ("user\u{202E}gpj.exe", "usergpj.exe"),
            ("a\u{2066}b\u{2069}\u{0}\u{7}\u{1b}[31m", "ab[31m"),
            ("zero\u{200B}width\u{FEFF}", "zerowidth"),
            ("\u{E0041}tag", "tag"),
            ("شب\u{200C}ها \u{200F}", "شب\u{200C}ها \u{200F}"),
            ("👩\u{200D}🚀 né", "👩\u{200D}🚀 né"),
            (
                "a\u{301}\u{301}\u{301}\u{301}\u{301}b",
                "a\u{301}\u{301}\u{301}b",
            ),
            ("", ""),
            (" \n ", ""),
        ] {
            assert_eq!(line(sent, LINE), shown, "{sent:?}");
        }
        assert_eq!(line("abcdef", 3), "abc…");
        assert_eq!(line("abc", 3), "abc");
    }

    #[test]
    fn paragraphs_stay_apart() {
        assert_eq!(
            paragraphs("One.\r\nTwo.\n\n\n\nThree. \u{202E}\n"),
            "One.\nTwo.\n\nThree."
        );
        assert!(paragraphs(&"x".repeat(BODY * 2)).chars().count() <= BODY + 1);
    }

    proptest! {
        #[test]
        fn any_text_is_bounded_and_settled(text in any::<String>(), most in 1_usize..40) {
            let shown = line(&text, most);
            prop_assert!(shown.chars().count() <= most + 1);
            prop_assert!(!shown.chars().any(|c| is_unsafe(c) || (c.is_whitespace() && c != ' ')));
        }
    }
}
