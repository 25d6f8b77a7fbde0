//! An answer from a file: JSON, or what `curl -i` prints.

use std::io;
use std::path::Path;

use serde_json::Value;

use crate::cli::Error;
use crate::host::regular_file;

/// More is not read.
const LIMIT: u64 = 16 * 1024 * 1024;

/// The headers and the body in `file`; `-` is standard input.
pub(super) fn read(file: &str) -> Result<(Vec<(String, String)>, Value), Error> {
    let bytes = match file {
        "-" => regular_file::read_at_most(io::stdin().lock(), LIMIT),
        file => regular_file::read_named(Path::new(file), LIMIT),
    };
    let bytes = bytes.map_err(|error| Error::usage(format!("{file}: {error}")))?;
    let text = String::from_utf8_lossy(&bytes);
    split(&text).map_err(|error| Error::usage(format!("{file}: {}", told(&text, &error))))
}

/// Why it cannot be read. Whoever has to sign in or asks at the wrong address is often sent a page.
fn told(text: &str, error: &serde_json::Error) -> String {
    let lower = text.to_ascii_lowercase();
    let is_page = ["<!doctype html", "<html"]
        .iter()
        .any(|start| lower.contains(start));
    match (is_page, lower.trim_start().starts_with('<')) {
        (true, _) => "this is a web page (HTML) and no JSON: the address may be another, or want a token or the header \
                      Accept: application/json"
            .to_owned(),
        (false, true) => format!("this is XML and no JSON ({error})"),
        (false, false) => error.to_string(),
    }
}

/// Headers, names in lower case, and the body behind them. Of several answers one behind the other, as redirects
/// leave them, the last counts.
fn split(text: &str) -> Result<(Vec<(String, String)>, Value), serde_json::Error> {
    let mut rest = text.trim_start_matches('\u{feff}');
    let mut headers = Vec::new();
    while rest.starts_with("HTTP/") {
        headers.clear();
        let mut lines = rest.split_inclusive('\n');
        let mut read = 0;
        for line in lines.by_ref() {
            read += line.len();
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        rest = rest.get(read..).unwrap_or_default();
    }
    Ok((headers, serde_json::from_str(rest)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn headers_before_a_body_are_heard() {
        let curl = "HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\nHTTP/2 200\r\nLink: <https://a.example/?p=2>; rel=\"next\"\r\nX-A: b: c\r\n\r\n[1]";
        let link = (
            "link".to_owned(),
            "<https://a.example/?p=2>; rel=\"next\"".to_owned(),
        );
        let (headers, body) = split(curl).unwrap();
        assert_eq!(
            (headers, body),
            (
                vec![link, ("x-a".to_owned(), "b: c".to_owned())],
                json!([1])
            )
        );
        assert_eq!(split("\u{feff}{}").unwrap(), (Vec::new(), json!({})));
        for (wrong, says) in [
            ("", "EOF"),
            ("HTTP/1.1 200", "EOF"),
            (
                "HTTP/2 200\r\n\r\n\n<!DOCTYPE HTML><title>x</title>",
                "a web page",
            ),
            ("<html>", "a web page"),
            ("<?xml version='1.0'?><a/>", "XML"),
        ] {
            let error = split(wrong).unwrap_err();
            assert!(told(wrong, &error).contains(says), "{wrong}");
        }
    }
}
