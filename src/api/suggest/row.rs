//! What was chosen, as the text of a configuration.

use std::fmt::Write;

use super::texts::quoted;
use super::{Line, Suggestion};

/// Columns of a comment.
const COLUMNS: usize = 118;

/// What a row is asked by and called, and what its cards came to.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// The heading of the row.
    pub title: &'a str,
    /// Its path under the API's address.
    pub path: &'a str,
    /// The name of the API that it is of, where that is not `[api]`.
    pub api: Option<&'a str>,
    /// What the first cards show, by the names of their fields, where they were made; else what the items have is told.
    pub cards: Option<&'a [Vec<(String, String)>]>,
    /// What each line says of itself.
    pub comments: Comments,
}

/// What is said of a line above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comments {
    /// Nothing.
    None,
    /// Why it was chosen: what a file keeps, in which nobody's own data belong.
    Why,
    /// Also what it comes to on the first three items.
    Examples,
}

impl Suggestion {
    /// The row as `[[api.rows]]`.
    pub fn toml(&self, written: Written<'_>) -> String {
        let mut text = String::from("[[api.rows]]\n");
        let _ = writeln!(text, "title = {}", quoted(written.title));
        if let Some(api) = written.api {
            let _ = writeln!(text, "api = {}", quoted(api));
        }
        let _ = writeln!(text, "path = {}", quoted(written.path));
        for line in &self.row {
            written.told(&mut text, &line.why, &line.shown);
            let _ = writeln!(text, "{} = {}", line.key, line.value);
        }
        if !self.details.is_empty() {
            text.push_str("details = [\n");
            for line in &self.details {
                let mut comment = String::new();
                written.told(&mut comment, &line.why, &line.shown);
                comment.lines().for_each(|comment| {
                    let _ = writeln!(text, "  {comment}");
                });
                let _ = writeln!(text, "  {},", line.value);
            }
            text.push_str("]\n");
        }
        if written.comments != Comments::None {
            for note in &self.notes {
                let _ = writeln!(text, "# Left to you: {}", plain(note));
            }
        }
        text.push_str("[api.rows.card]\n");
        for line in &self.card {
            let shown = written.shown(line);
            written.told(&mut text, &line.why, &shown);
            let _ = writeln!(text, "{} = {}", line.key, line.value);
        }
        text
    }
}

impl Written<'_> {
    /// What the first three cards show there; what stands in the items, where no cards were made.
    fn shown(&self, line: &Line) -> Vec<String> {
        let Some(cards) = self.cards else {
            return line.shown.clone();
        };
        let of = |card: &Vec<(String, String)>| {
            let field = card.iter().find(|(name, _)| *name == line.key);
            field.map_or_else(|| "-".to_owned(), |(_, text)| text.clone())
        };
        cards.iter().take(3).map(of).collect()
    }

    fn told(&self, text: &mut String, why: &str, shown: &[String]) {
        let shown = if self.comments == Comments::Examples {
            shown
        } else {
            &[]
        };
        if self.comments == Comments::None || (why.is_empty() && shown.is_empty()) {
            return;
        }
        let examples: Vec<String> = shown.iter().map(|shown| short(shown)).collect();
        let colon = if examples.is_empty() || why.is_empty() {
            ""
        } else {
            ": "
        };
        let comment = format!("{}{colon}{}", plain(why), examples.join(" | "));
        let cut = comment
            .char_indices()
            .nth(COLUMNS)
            .map_or(comment.len(), |(at, _)| at);
        let dots = if cut < comment.len() { "…" } else { "" };
        let _ = writeln!(text, "# {}{dots}", comment.get(..cut).unwrap_or_default());
    }
}

/// A text that stands on one line of a comment (TOML takes no control characters there).
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// An example: of an address without its query, which may hold a key, the end.
fn short(text: &str) -> String {
    const MOST: usize = 34;
    let flat = plain(text);
    let flat = flat.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_address = flat.starts_with("http://") || flat.starts_with("https://");
    let flat = match is_address {
        true => flat.split(['?', '#']).next().unwrap_or_default().to_owned(),
        false => flat,
    };
    let count = flat.chars().count();
    if count <= MOST {
        return flat;
    }
    match is_address {
        true => format!("…{}", flat.chars().skip(count - MOST).collect::<String>()),
        false => format!("{}…", flat.chars().take(MOST).collect::<String>()),
    }
}
