//! Words of texts that hold markup: HTML and Markdown, each read by a library and told as lines.

mod html;
mod markdown;

pub(super) use html::html;
pub(super) use markdown::markdown;

use crate::api::text;

/// Markup beyond this is left out: a reader of a television does not come so far, and it costs time for each item.
const MARKUP: usize = 64 * 1024;

/// What of a text is read at all.
fn bounded(text: &str) -> &str {
    let mut ends = (0..=MARKUP).rev();
    let end = ends.find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Words in lines, as they are found.
#[derive(Debug, Default)]
struct Flow {
    text: String,
    /// What stands between what there is and what follows.
    gap: Gap,
    /// Whether the mark of an item is the last that was written: what follows stands beside it.
    marked: bool,
    /// How many items each list that is open has had, where it counts them; nothing for one with dots.
    lists: Vec<Option<u64>>,
}

/// What stands between two words, from the least on.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

impl Flow {
    /// At least this gap comes before what follows.
    fn gap(&mut self, gap: Gap) {
        if !self.marked {
            self.gap = self.gap.max(gap);
        }
    }

    /// One more end of a line: two in a row are a paragraph's.
    fn line_end(&mut self) {
        self.gap(if self.gap >= Gap::Line {
            Gap::Paragraph
        } else {
            Gap::Line
        });
    }

    /// Words; blanks in them are gaps, and line ends only where `lines` are kept.
    fn words(&mut self, words: &str, lines: bool) {
        for (index, line) in words.split('\n').enumerate() {
            if index > 0 {
                match lines {
                    true => self.line_end(),
                    false => self.gap(Gap::Space),
                }
            }
            let inner = line.trim();
            if inner.is_empty() {
                if !line.is_empty() {
                    self.gap(Gap::Space);
                }
                continue;
            }
            if line.starts_with(char::is_whitespace) {
                self.gap(Gap::Space);
            }
            self.close_gap();
            self.marked = false;
            self.text.push_str(inner);
            if line.ends_with(char::is_whitespace) {
                self.gap(Gap::Space);
            }
        }
    }

    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if !self.text.is_empty() {
            self.text.push_str(match gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
    }

    /// A list begins; one that counts does so from a number on.
    fn list(&mut self, from: Option<u64>) {
        self.gap(if self.lists.is_empty() {
            Gap::Paragraph
        } else {
            Gap::Line
        });
        self.lists.push(from);
    }

    fn list_end(&mut self) {
        let _ = self.lists.pop();
        self.gap(if self.lists.is_empty() {
            Gap::Paragraph
        } else {
            Gap::Line
        });
    }

    /// An item of the list that is open.
    fn item(&mut self) {
        self.marked = false;
        self.gap(Gap::Line);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1);
                mark
            }
            Some(None) | None => "• ".to_owned(),
        };
        self.close_gap();
        self.text.push_str(&mark);
        self.marked = true;
    }

    /// Whether more would not be shown.
    fn is_full(&self) -> bool {
        // As many bytes as the longest text has at most.
        self.text.len() > 4 * text::BODY
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_markup_becomes_words(text in "[<>/a-z!\\-&;#0-9 \n\"'=*_`\\[\\]()|~:.+é]{0,400}") {
            let _ = html(&text);
            let _ = markdown(&text);
        }
    }

    #[test]
    fn hostile_markup_is_read_in_time() {
        let began = std::time::Instant::now();
        for hostile in [
            "<div>".repeat(100_000),
            "<ul><li>".repeat(50_000),
            "<a ".repeat(100_000),
            "<!--".repeat(100_000),
            "&".repeat(400_000),
            "<p a=\"".repeat(50_000),
            "> ".repeat(100_000),
            "* ".repeat(100_000),
            "[".repeat(200_000),
            "![a](".repeat(50_000),
            "`".repeat(200_000),
            "_a_ **b".repeat(50_000),
            "| a ".repeat(50_000),
            "<script>".repeat(50_000),
        ] {
            for read in [html(&hostile), markdown(&hostile)] {
                assert!(read.len() <= 8 * MARKUP);
            }
        }
        // Unoptimised, on a busy machine; what is quadratic takes minutes.
        assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
    }
}
