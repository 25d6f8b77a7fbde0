//! How JSONPath (RFC 9535) is written: whether it may be, and what follows from its marks for who evaluates it.

use serde_json_path::JsonPath;

/// A longer path is none.
const LONGEST: usize = 4096;
/// Brackets in one another, at most: the parser tries what is in them several times.
const DEEPEST: usize = 8;

/// What a path looks like, as far as its cost and what it looks at follow from that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// The names that it begins with.
    pub head: Vec<String>,
    /// How many names it ends with.
    pub tail: usize,
    /// Whether it leads to one place at most.
    pub is_one: bool,
    /// Segments that look at everything below (`..`).
    pub descents: u32,
    /// How often one value may be found for being named more than once (`[0, 0]`).
    pub times: u64,
    /// Whether a filter looks at more than one place of a value.
    pub filters_wide: bool,
    /// Whether a filter looks at the answer again.
    pub filters_root: bool,
    /// Whether it holds texts against a regular expression.
    pub regex: bool,
    /// Whether a regular expression is not written in the path itself.
    pub foreign_regex: bool,
    /// How deep its brackets are in one another.
    pub depth: usize,
}

/// Reads a path.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(text: &str) -> Result<(JsonPath, Shape), String> {
    let shape = Shape::of(text);
    if text.len() > LONGEST {
        return Err(format!("longer than {LONGEST} bytes"));
    }
    if shape.depth > DEEPEST {
        return Err(format!("brackets are more than {DEEPEST} in one another"));
    }
    if shape.foreign_regex {
        return Err(
            "the regular expression of match and search must be a text in quotes".to_owned(),
        );
    }
    let path = JsonPath::parse(text)
        .map_err(|error| format!("{} at character {}", error.message(), error.position() + 1))?;
    Ok((path, shape))
}

impl Shape {
    /// Reads the marks of a path; of what is none it says anything.
    fn of(text: &str) -> Self {
        let mut shape = Self {
            is_one: true,
            times: 1,
            ..Self::default()
        };
        let mut brackets: Vec<Bracket> = Vec::new();
        let mut is_head = true;
        let mut rest = text.strip_prefix('$').unwrap_or(text);
        while let Some(first) = rest.chars().next() {
            let in_filter = brackets.iter().any(|bracket| bracket.filters);
            if brackets.is_empty()
                && let Some((name, after)) = plain_name(rest)
            {
                if is_head {
                    shape.head.push(name);
                }
                shape.tail += 1;
                rest = after;
                continue;
            }
            if matches!(first, '\'' | '"') {
                rest = after_text(rest);
                continue;
            }
            if rest.starts_with("..") {
                shape.descents += 1;
                shape.is_one = false;
                shape.filters_wide |= in_filter;
                (is_head, shape.tail) = (false, 0);
                rest = rest.get(2..).unwrap_or_default();
                continue;
            }
            for name in ["match", "search"] {
                if in_filter
                    && let Some(after) = rest.strip_prefix(name)
                    && let Some(arguments) = after.trim_start().strip_prefix('(')
                {
                    shape.regex = true;
                    shape.foreign_regex |= !ends_with_text(arguments);
                }
            }
            match first {
                '[' | '(' => {
                    brackets.push(Bracket::default());
                    shape.depth = shape.depth.max(brackets.len());
                    if brackets.len() == 1 {
                        (is_head, shape.tail) = (false, 0);
                    }
                }
                ']' | ')' => {
                    if let Some(bracket) = brackets.pop()
                        && first == ']'
                    {
                        shape.times = shape.times.saturating_mul(bracket.selectors + 1);
                    }
                }
                ',' => {
                    if let Some(bracket) = brackets.last_mut() {
                        bracket.selectors += 1;
                    }
                    shape.is_one &= in_filter;
                }
                '?' => {
                    shape.filters_wide |= in_filter;
                    shape.is_one = false;
                    if let Some(bracket) = brackets.last_mut() {
                        bracket.filters = true;
                    }
                }
                '*' | ':' => {
                    shape.filters_wide |= in_filter;
                    shape.is_one &= in_filter;
                    if brackets.is_empty() {
                        (is_head, shape.tail) = (false, 0);
                    }
                }
                '$' => shape.filters_root |= in_filter,
                _ => {}
            }
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
        shape
    }
}

/// A bracket that is open.
#[derive(Default)]
struct Bracket {
    /// Whether a filter is in it.
    filters: bool,
    /// Commas in it.
    selectors: u64,
}

/// A segment that is one name, `.name` or `['name']`, and what follows it.
fn plain_name(text: &str) -> Option<(String, &str)> {
    if let Some(after) = text.strip_prefix('.') {
        let is_of_name = |c: char| c.is_alphanumeric() || c == '_' || !c.is_ascii();
        let end = after.find(|c| !is_of_name(c)).unwrap_or(after.len());
        let (name, after) = after.split_at_checked(end)?;
        return (!name.is_empty()).then(|| (name.to_owned(), after));
    }
    let after = text.strip_prefix('[')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let (name, after) = after.get(1..)?.split_once(quote)?;
    let after = after.trim_start().strip_prefix(']')?;
    (!name.contains('\\')).then(|| (name.to_owned(), after))
}

/// What follows the text in quotes that `text` begins with.
fn after_text(text: &str) -> &str {
    let mut letters = text.char_indices();
    let Some((_, quote)) = letters.next() else {
        return "";
    };
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' {
            let _ = letters.next();
        } else if letter == quote {
            return text.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

/// Whether the last of these arguments, up to the bracket that closes them, is a text in quotes.
fn ends_with_text(arguments: &str) -> bool {
    let (mut depth, mut is_text, mut rest) = (0_usize, false, arguments);
    while let Some(first) = rest.chars().next() {
        if matches!(first, '\'' | '"') {
            rest = after_text(rest);
            is_text = depth == 0;
            continue;
        }
        match first {
            ')' | ']' if depth == 0 => return is_text,
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ' ' | '\t' | '\n' | '\r' => {}
            _ => is_text = false,
        }
        if first == ',' && depth == 0 {
            is_text = false;
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    is_text
}

#[cfg(test)]
mod tests;
