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
    split(&String::from_utf8_lossy(&bytes))
        .map_err(|error| Error::usage(format!("{file}: {error}")))
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
        for wrong in ["", "HTTP/1.1 200", "<html>"] {
            assert!(split(wrong).is_err(), "{wrong}");
        }
    }
}
