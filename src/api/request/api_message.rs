//! What an API says for people: `detail` and `title` of RFC 9457, and what others call it.

use serde_json::Value;

use super::http::Answer;
use crate::api::text;

/// Where servers put words for people, the best first.
const PLACES: [&str; 7] = [
    "/detail",
    "/error_description",
    "/message",
    "/error/message",
    "/errors/0/message",
    "/title",
    "/error",
];
/// A larger answer is no message.
const LIMIT: usize = 64 * 1024;

/// The words in an answer, where it is JSON and has some.
pub(crate) fn of(answer: &Answer) -> Option<String> {
    let kind = answer.content_type().unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_json = kind.eq_ignore_ascii_case("application/json")
        || kind.to_ascii_lowercase().ends_with("+json");
    if !is_json || answer.body.len() > LIMIT {
        return None;
    }
    let reply: Value = serde_json::from_slice(&answer.body).ok()?;
    in_reply(&reply)
}

fn in_reply(reply: &Value) -> Option<String> {
    PLACES
        .iter()
        .filter_map(|place| reply.pointer(place)?.as_str())
        .map(|words| text::line(words, text::LINE))
        .find(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_best_words_are_found() {
        for (reply, words) in [
            (
                json!({"type": "x", "title": "Full", "detail": "Your list is full."}),
                Some("Your list is full."),
            ),
            (json!({"title": "Full"}), Some("Full")),
            (json!({"error": "not_found"}), Some("not_found")),
            (json!({"error": {"message": "No."}}), Some("No.")),
            (json!({"errors": [{"message": "No."}]}), Some("No.")),
            (json!({"message": " \u{202e}a\nb "}), Some("a b")),
            (json!({"detail": "", "title": 7}), None),
            (json!([1]), None),
        ] {
            assert_eq!(in_reply(&reply).as_deref(), words, "{reply}");
        }
        let long = in_reply(&json!({"detail": "x".repeat(9999)})).unwrap();
        assert!(long.chars().count() <= text::LINE + 1);
    }
}
