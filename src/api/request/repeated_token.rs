//! An access token that an API repeats in its answer, as servers do that build links out of what they were asked.

use reqwest::header::{HeaderMap, HeaderValue};

/// A shorter token may be a word of the data by chance: it is taken out only where it stands in its parameter.
const TELLING: usize = 6;
/// What stands for a token, as in all that is said.
const HIDDEN: &[u8] = b"[hidden]";
/// What stands between two parameters of a query, also within JSON and HTML.
const BETWEEN: [&[u8]; 3] = [b"&", b"\\u0026", b"&amp;"];

/// The token of a request, and the parameter of the query that it was sent in, if it was.
#[derive(Clone, Copy)]
pub(super) struct RepeatedToken<'a> {
    pub(super) token: &'a str,
    pub(super) parameter: Option<&'a str>,
}

impl RepeatedToken<'_> {
    /// `text` without the token in any spelling, and without the parameter that carries it; none where it is not there.
    pub(super) fn taken_out(&self, text: &[u8]) -> Option<Vec<u8>> {
        let token = self.token.as_bytes();
        let first = *token.first()?;
        let is_begin = |byte: u8| byte == first || matches!(byte, b'%' | b'\\');
        let mut kept: Option<Vec<u8>> = None;
        let (mut at, mut copied) = (0, 0);
        while let Some(ahead) = text.get(at..)?.iter().position(|byte| is_begin(*byte)) {
            at += ahead;
            let Some(length) = spelled(text.get(at..)?, token) else {
                at += 1;
                continue;
            };
            let before = text.get(copied..at)?;
            let mut so_far = kept.take().unwrap_or_default();
            so_far.extend_from_slice(before);
            let stands_there = self.parameter.is_some_and(|name| {
                let parameter = format!("{name}=");
                so_far.ends_with(parameter.as_bytes())
            });
            let mut end = at + length;
            if stands_there {
                let name = self.parameter.map_or(0, |name| name.len() + 1);
                so_far.truncate(so_far.len() - name);
                end += joined(&mut so_far, text.get(end..).unwrap_or_default());
            } else if token.len() < TELLING {
                so_far.extend_from_slice(text.get(at..end)?);
            } else {
                so_far.extend_from_slice(HIDDEN);
            }
            kept = Some(so_far);
            (at, copied) = (end, end);
        }
        let mut kept = kept?;
        kept.extend_from_slice(text.get(copied..)?);
        Some(kept)
    }

    /// The same for the values of all headers.
    pub(super) fn taken_out_of(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            let without = self.taken_out(value.as_bytes());
            if let Some(without) = without.and_then(|it| HeaderValue::from_bytes(&it).ok()) {
                *value = without;
            }
        }
    }
}

/// Closes the gap that a parameter leaves between `before` and `after`. Returns how much of `after` goes with it.
fn joined(before: &mut Vec<u8>, after: &[u8]) -> usize {
    if let Some(sign) = BETWEEN.iter().rev().find(|sign| before.ends_with(sign)) {
        before.truncate(before.len() - sign.len());
        return 0;
    }
    let follows = BETWEEN.iter().rev().find(|sign| after.starts_with(sign));
    if follows.is_none() && before.ends_with(b"?") {
        let _ = before.pop();
    }
    follows.map_or(0, |sign| sign.len())
}

/// How many bytes at the beginning of `text` spell `token`: as it is, in percent-encoding, or escaped as in JSON.
fn spelled(text: &[u8], token: &[u8]) -> Option<usize> {
    let mut length = 0;
    for expected in token {
        let rest = text.get(length..)?;
        length += match rest {
            [byte, ..] if byte == expected => 1,
            [b'\\', b'/', ..] if *expected == b'/' => 2,
            [b'%', high, low, ..] if in_hex(&[*high, *low]) == Some(*expected) => 3,
            [b'\\', b'u', b'0', b'0', high, low, ..]
                if in_hex(&[*high, *low]) == Some(*expected) =>
            {
                6
            }
            _ => return None,
        };
    }
    Some(length)
}

fn in_hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, token: &str) -> Option<String> {
        let repeated = RepeatedToken {
            token,
            parameter: Some("apiKey"),
        };
        let left = repeated.taken_out(text.as_bytes());
        left.map(|left| String::from_utf8(left).unwrap())
    }

    #[test]
    fn a_token_goes_in_every_spelling_and_its_parameter_with_it() {
        for (text, left) in [
            ("/a?apiKey=t0ken/+=&page=2", "/a?page=2"),
            ("/a?apiKey=t0ken%2F%2b%3D&page=2", "/a?page=2"),
            (
                r#""/a?apiKey=t0ken%2F%2B%3D\u0026page=2""#,
                r#""/a?page=2""#,
            ),
            (r#""\/a?page=2\u0026apiKey=t0ken\/+=""#, r#""\/a?page=2""#),
            ("/a?w=1&amp;apiKey=t0ken/+=&amp;h=2", "/a?w=1&amp;h=2"),
            (r#""/a?apiKey=t0ken/\u002b=""#, r#""/a""#),
            (
                "you sent t0ken/+=, twice t0ken/+=",
                "you sent [hidden], twice [hidden]",
            ),
        ] {
            assert_eq!(without(text, "t0ken/+=").as_deref(), Some(left), "{text}");
        }
        for text in ["/a?apiKey=t0ken", "100% t0ke %", "", "\\", "t0ken/+"] {
            assert_eq!(without(text, "t0ken/+="), None, "{text}");
        }
        assert_eq!(without("/a", ""), None);
    }

    #[test]
    fn a_token_that_may_be_a_word_goes_with_its_parameter_alone() {
        let left = without("demo /a?apiKey=demo&of=demo", "demo");
        assert_eq!(left.as_deref(), Some("demo /a?of=demo"));
    }
}
