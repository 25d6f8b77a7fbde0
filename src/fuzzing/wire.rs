//! An answer of an authorization server. The first line is its status and content type, the rest its body.

use std::time::Duration;

use device_flow::fuzzing::reply;
use device_flow::provider::{GITHUB, OAUTH2, TWITCH};

/// A life of ten years is the longest that is believed.
const LONGEST: Duration = Duration::from_secs(10 * 366 * 86_400);

/// Reads an answer of an authorization server as that to every request.
///
/// # Panics
/// Where what was made of it is not as it must be.
pub fn run(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (head, body) = data.split_at(end);
    let body = body.strip_prefix(b"\n").unwrap_or(body);
    let head = String::from_utf8_lossy(head);
    let (status, kind) = head.split_once(' ').unwrap_or((&head, ""));
    let status = status.parse().unwrap_or(200);
    let kind = Some(kind.trim()).filter(|kind| !kind.is_empty());
    for provider in [&OAUTH2, &TWITCH, &GITHUB] {
        let read = reply(provider, status, kind, body);
        for text in &read.shown {
            // Words about an answer, an address of 2048 at the most, and a scope as long as it likes.
            let odd = text.chars().find(|c| is_odd(*c));
            assert_eq!(odd, None, "{text:?}");
        }
        for span in &read.spans {
            assert!((Duration::ZERO..=LONGEST).contains(span), "{span:?}");
        }
        let kept = serde_json::to_vec(&read.claims).unwrap();
        assert!(kept.len() < 128 * 1024, "claims of {} bytes", kept.len());
        // As deep as it is, it can be read again from within an account file.
        let file = format!("{{\"claims\":{}}}", String::from_utf8(kept).unwrap());
        let _: serde_json::Value = serde_json::from_str(&file).unwrap();
    }
}

/// What could drive a terminal or turn a line of the screen around.
fn is_odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}
