//! An ID token on the first line, the server's keys on the rest.

use std::time::{Duration, UNIX_EPOCH};

use device_flow::fuzzing::id_token;

/// Tokens of the corpus are of the days around this.
const NOW: u64 = 1_800_000_000;

/// Verifies an ID token.
///
/// # Panics
/// Where what was made of it is not as it must be.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (token, keys) = text.split_once('\n').unwrap_or((&text, ""));
    let now = UNIX_EPOCH + Duration::from_secs(NOW);
    let who = ("https://id.example", "tv");
    match id_token(token.trim(), keys.as_bytes(), who, now) {
        Ok(subject) => {
            assert!((1..=255).contains(&subject.len()));
            // Nobody but the corpus can sign, and it signs for these only.
            assert!(matches!(subject.as_str(), "ada" | "kofi"), "{subject}");
        }
        Err(error) => {
            let words = error.to_string();
            assert!(words.len() < 2_000, "{} bytes of error", words.len());
            assert!(!words.chars().any(char::is_control), "{words:?}");
        }
    }
}
