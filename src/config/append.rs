//! A further row in the text of a configuration, of which every other byte stays.

/// `text` with `row`, which begins with its header, behind the last row that is there; at the end where there is none.
/// It takes the line ends of the text. Whether the whole is a configuration, [`parse`](super::parse) says.
pub fn with_row(text: &str, row: &str) -> String {
    let line_end = match text.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let at = end_of_rows(text);
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let mut whole = String::with_capacity(text.len() + row.len() + 8);
    whole.push_str(before);
    if !before.is_empty() && !before.ends_with('\n') {
        whole.push_str(line_end);
    }
    if !before.trim_start_matches('\u{feff}').is_empty() {
        whole.push_str(line_end);
    }
    for line in row.lines() {
        whole.push_str(line);
        whole.push_str(line_end);
    }
    let goes_on = after
        .lines()
        .next()
        .is_some_and(|line| !line.trim().is_empty());
    if goes_on {
        whole.push_str(line_end);
    }
    whole.push_str(after);
    whole
}

/// Where the last row ends: behind its last line and the comments that follow that at once.
fn end_of_rows(text: &str) -> usize {
    let mut end = None;
    let mut in_rows = false;
    let mut follows = false;
    let mut lines = Lines::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_inside = lines.is_inside();
        let plain = line.trim_start_matches('\u{feff}').trim();
        at += line.len();
        if !is_inside && plain.starts_with('[') {
            let header: String = plain
                .chars()
                .filter(|c| !c.is_whitespace() && *c != '"' && *c != '\'')
                .collect();
            let header = header.trim_start_matches('[');
            in_rows = header.starts_with("api.rows]") || header.starts_with("api.rows.");
        } else {
            lines.read(line);
        }
        let is_comment = !is_inside && plain.starts_with('#');
        follows = if is_comment {
            follows
        } else {
            is_inside || !plain.is_empty()
        };
        if in_rows && (follows || is_inside) {
            end = Some(at);
        }
    }
    end.unwrap_or(text.len())
}

/// How a line leaves off: within a text or a list of several lines, or not.
#[derive(Default)]
pub(super) struct Lines {
    /// The mark that ends the text in which the line before left off.
    text: Option<&'static str>,
    /// Lists and tables that are open.
    open: usize,
}

impl Lines {
    pub(super) fn is_inside(&self) -> bool {
        self.text.is_some() || self.open > 0
    }

    pub(super) fn read(&mut self, line: &str) {
        let mut rest = line;
        while !rest.is_empty() {
            if let Some(mark) = self.text {
                if mark.starts_with('"') && rest.starts_with('\\') {
                    let skipped = rest.chars().take(2).map(char::len_utf8).sum();
                    rest = rest.get(skipped..).unwrap_or_default();
                } else if let Some(after) = rest.strip_prefix(mark) {
                    self.text = None;
                    rest = after;
                } else {
                    rest = after_one(rest);
                }
                continue;
            }
            let marks = ["\"\"\"", "'''", "\"", "'"];
            if let Some(mark) = marks.into_iter().find(|mark| rest.starts_with(mark)) {
                self.text = Some(mark);
                rest = rest.get(mark.len()..).unwrap_or_default();
                continue;
            }
            match rest.as_bytes().first() {
                Some(b'#') => break,
                Some(b'[' | b'{') => self.open += 1,
                Some(b']' | b'}') => self.open = self.open.saturating_sub(1),
                _ => {}
            }
            rest = after_one(rest);
        }
        // A text of one line ends with it.
        if self.text.is_some_and(|mark| mark.len() == 1) {
            self.text = None;
        }
    }
}

fn after_one(text: &str) -> &str {
    let mut letters = text.chars();
    let _ = letters.next();
    letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "[[api.rows]]\ntitle = \"New\"\n";

    #[test]
    fn a_row_comes_behind_the_last_and_nothing_else_changes() {
        for (text, whole) in [
            ("", "[[api.rows]]\ntitle = \"New\"\n"),
            ("[api]\n", "[api]\n\n[[api.rows]]\ntitle = \"New\"\n"),
            (
                "[api]\nbase_url = \"x\"",
                "[api]\nbase_url = \"x\"\n\n[[api.rows]]\ntitle = \"New\"\n",
            ),
            (
                "[[api.rows]]\nx = 1\n# y = 2\n\n# Claims.\n[profile]\n",
                "[[api.rows]]\nx = 1\n# y = 2\n\n[[api.rows]]\ntitle = \"New\"\n\n# Claims.\n[profile]\n",
            ),
            (
                "[[api.rows]]\nx = 1\n[api.rows.card]\nid = \"/id\"\n[screen]\ny = 1\n",
                "[[api.rows]]\nx = 1\n[api.rows.card]\nid = \"/id\"\n\n[[api.rows]]\ntitle = \"New\"\n\n[screen]\ny = 1\n",
            ),
            (
                "[[api.rows]]\nx = [\n[1, 2],\n[3]\n]\ny = \"\"\"\n[screen]\n\\\"\"\"\"\nz = 'a\"'\n[screen]\n",
                "[[api.rows]]\nx = [\n[1, 2],\n[3]\n]\ny = \"\"\"\n[screen]\n\\\"\"\"\"\nz = 'a\"'\n\n[[api.rows]]\ntitle = \"New\"\n\n[screen]\n",
            ),
        ] {
            assert_eq!(with_row(text, ROW), whole, "{text:?}");
        }
    }

    #[test]
    fn the_text_keeps_its_line_ends_and_its_mark() {
        assert_eq!(
            with_row("\u{feff}[api]\r\nx = 1", ROW),
            "\u{feff}[api]\r\nx = 1\r\n\r\n[[api.rows]]\r\ntitle = \"New\"\r\n"
        );
    }
}
