//! What an API says for people: `detail` and `title` of RFC 9457, and what others call it.

use device_flow::wire::is_web_page;
use secrecy::SecretString;
use serde_json::Value;

use super::http::Answer;
use crate::api::text;

/// Where servers put words for people, the best first.
const PLACES: [&str; 27] = [
    "/detail",
    "/error_description",
    "/message",
    "/error/message",
    "/errors/0/message",
    "/errors/0/detail",
    "/errors/0/title",
    "/errors/0",
    "/error/errors/0/message",
    "/detail/0/msg",
    "/message/0",
    "/errorMessage",
    "/error_message",
    "/status_message",
    "/Message",
    "/fault/faultstring",
    "/subsonic-response/error/message",
    "/issue/0/diagnostics",
    "/issue/0/details/text",
    "/reason",
    "/error/detail",
    "/error/description",
    "/description",
    "/msg",
    "/title",
    "/error",
    "/errorCode",
];
/// A larger answer is no message.
const LIMIT: usize = 64 * 1024;

/// The words in an answer, where it is JSON and has some, or a plain text. None of the secrets that it was asked with
/// is in them: a server may repeat what it was sent.
pub(crate) fn of(answer: &Answer) -> Option<String> {
    if answer.body.len() > LIMIT {
        return None;
    }
    let kind = answer.content_type().unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let kind = kind.to_ascii_lowercase();
    let shown = |words: &str| shown(answer, words);
    if kind == "application/json" || kind.ends_with("+json") {
        let reply: Value = serde_json::from_slice(&answer.body).ok()?;
        return in_reply(&reply).find_map(shown);
    }
    let is_plain = kind == "text/plain" && !is_web_page(None, &answer.body);
    shown(
        std::str::from_utf8(&answer.body)
            .ok()
            .filter(|_| is_plain)?,
    )
}

/// The words in what stands where the configuration says that an error does: the text itself, or what has words in it.
pub(crate) fn said_there(answer: &Answer, found: &Value) -> Option<String> {
    let first = match found {
        Value::Array(list) => list.first()?,
        other => other,
    };
    match first {
        Value::String(words) => shown(answer, words),
        Value::Object(_) => in_reply(first).find_map(|words| shown(answer, words)),
        Value::Number(number) => shown(answer, &number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

/// Words as they may be shown. What is hidden goes before they are cut, which would leave a part of it.
fn shown(answer: &Answer, words: &str) -> Option<String> {
    let words = without_secrets(answer, words.to_owned());
    let words = text::line(&words, text::LINE);
    (!words.is_empty()).then_some(words)
}

/// The words in a reply, the best first. Some list what is wrong, and some of these by the field that it is wrong with.
fn in_reply(reply: &Value) -> impl Iterator<Item = &str> {
    let reply = match reply {
        Value::Array(list) => list.first().unwrap_or(reply),
        other => other,
    };
    let by_field = reply.get("errors").and_then(Value::as_object);
    let by_field = by_field.into_iter().flat_map(|fields| fields.values());
    let by_field = by_field.filter_map(|said| said.get(0).unwrap_or(said).as_str());
    let (words, short) = PLACES.split_at(PLACES.len() - 3);
    let at = |place: &&str| reply.pointer(place)?.as_str();
    let words = words.iter().filter_map(at);
    words.chain(by_field).chain(short.iter().filter_map(at))
}

/// What an answer with a status of success says where it says that it failed, in a place where no list of data is.
pub(crate) fn instead_of_data(reply: &Value) -> Option<String> {
    let members = reply.as_object()?;
    let is_something = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::Bool(true) => true,
    };
    let names_error = members.iter().any(|(name, value)| {
        matches!(name.as_str(), "error" | "errors" | "fault" | "exception") && is_something(value)
    });
    let says_failed = members.iter().any(|(name, value)| match name.as_str() {
        "ok" | "success" => *value == Value::Bool(false),
        "code" | "status" | "statusCode" | "status_code" => {
            let is_status = value.as_u64().is_some_and(|it| (400..600).contains(&it));
            let word = value.as_str().unwrap_or_default().to_ascii_lowercase();
            is_status || matches!(word.as_str(), "error" | "fail" | "failed" | "failure")
        }
        _ => false,
    });
    let is_alone = members.len() == 1 && members.contains_key("message");
    if !(names_error || says_failed || is_alone) {
        return None;
    }
    let words = in_reply(reply).find(|words| !words.trim().is_empty());
    let words = text::line(words.unwrap_or("it does not say why"), text::LINE);
    Some(without_jwts(words))
}

/// `words` without the secrets that were sent along, those in the query of the address, and every JWT, such as a proof.
pub(super) fn without_secrets(answer: &Answer, words: String) -> String {
    let query: Vec<SecretString> = answer
        .address
        .query_pairs()
        .filter(|(name, _)| is_of_a_secret(name))
        .map(|(_, value)| SecretString::from(value.into_owned()))
        .collect();
    let secrets: Vec<&SecretString> = answer.secrets.iter().chain(&query).collect();
    without_jwts(device_flow::hidden(words, &secrets))
}

fn without_jwts(words: String) -> String {
    let jwts: Vec<SecretString> = words
        .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
        // A JSON object in base64url, and two parts more (RFC 7519 section 3).
        .filter(|word| word.starts_with("eyJ") && word.matches('.').count() >= 2)
        .map(SecretString::from)
        .collect();
    device_flow::hidden(words, &jwts.iter().collect::<Vec<_>>())
}

/// Whether a parameter of this name carries a secret.
pub(super) fn is_of_a_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let parts = ["key", "token", "secret", "password", "sig", "auth"];
    parts.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use reqwest::header::CONTENT_TYPE;
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_that_says_that_it_failed_is_told_from_one_without_data() {
        for (reply, words) in [
            (json!({"error": {"message": "No."}}), Some("No.")),
            (
                json!({"error": "invalid_auth", "ok": false}),
                Some("invalid_auth"),
            ),
            (
                json!({"data": null, "errors": [{"message": "No field."}]}),
                Some("No field."),
            ),
            (json!({"errors": ["No."]}), Some("No.")),
            (json!({"errors": [{"detail": "Gone."}]}), Some("Gone.")),
            (json!({"message": "Not for you."}), Some("Not for you.")),
            (
                json!({"message": "Not here.", "code": 404}),
                Some("Not here."),
            ),
            (json!({"status": "FAILED"}), Some("it does not say why")),
            (
                json!({"success": false, "msg": 1}),
                Some("it does not say why"),
            ),
            (json!({}), None),
            (json!({"error": null, "errors": [], "total": 0}), None),
            (json!({"message": "success", "code": 0}), None),
            (
                json!({"status": "ok", "message": "Welcome", "page": 1}),
                None,
            ),
            (json!({"status": 200, "success": true}), None),
            (json!([{"error": "x"}]), None),
        ] {
            assert_eq!(instead_of_data(&reply).as_deref(), words, "{reply}");
        }
    }

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
            (json!({"errors": [{"detail": "No."}]}), Some("No.")),
            (json!({"errors": [{"title": "No."}]}), Some("No.")),
            (json!({"errors": ["No."]}), Some("No.")),
            (
                json!({"title": "Invalid", "errors": {"name": ["is too long"]}}),
                Some("is too long"),
            ),
            (json!({"errors": {"name": "is bad"}}), Some("is bad")),
            (
                json!([{"errorCode": "NO_SESSION", "message": "No."}]),
                Some("No."),
            ),
            (json!({"status_message": "No."}), Some("No.")),
            (json!({"issue": [{"diagnostics": "No."}]}), Some("No.")),
            (
                json!({"issue": [{"details": {"text": "No."}}]}),
                Some("No."),
            ),
            (
                json!({"error": {"errors": [{"message": "No."}]}}),
                Some("No."),
            ),
            (json!({"detail": [{"msg": "No."}]}), Some("No.")),
            (json!({"Message": "No."}), Some("No.")),
            (json!({"reason": "No."}), Some("No.")),
            (json!({"fault": {"faultstring": "No."}}), Some("No.")),
            (
                json!({"subsonic-response": {"error": {"code": 40, "message": "No."}}}),
                Some("No."),
            ),
            (json!([]), None),
            (json!({"detail": "", "title": 7}), None),
            (json!([1]), None),
        ] {
            let said = said("row", "application/problem+json", &reply.to_string());
            assert_eq!(said.as_deref(), words, "{reply}");
        }
        let long = json!({"detail": "x".repeat(9999)}).to_string();
        let long = said("row", "application/json", &long).unwrap();
        assert!(long.chars().count() <= text::LINE + 1);
    }

    #[test]
    fn plain_text_is_words_and_a_page_is_none() {
        let plain = |body| said("row", "text/plain; charset=utf-8", body);
        assert_eq!(plain("no such row\n").as_deref(), Some("no such row"));
        assert_eq!(plain("<html>No.</html>"), None);
        assert_eq!(plain(""), None);
        assert_eq!(said("row", "application/octet-stream", "No."), None);
    }

    #[test]
    fn no_secret_that_was_sent_is_in_the_words() {
        let token = "0f1e2d3c4b5a69788796";
        let long = format!("{} {token}", "x".repeat(text::LINE - 9));
        let proof = "eyJhbGciOiJFUzI1NiJ9.eyJqdGkiOiIxIn0.c2lnbmVk";
        for words in [
            format!("bad token {token} here"),
            format!("Bearer{token}"),
            long,
            format!("bad proof \"{proof}\""),
            "no /row?api_key=k3y-of-the-owner".to_owned(),
        ] {
            let path = "row?api_key=k3y-of-the-owner&page=2";
            let json = json!({"message": &words}).to_string();
            for (kind, body) in [("application/json", &json), ("text/plain", &words)] {
                let said = said(path, kind, body).unwrap();
                for secret in [&token[..6], "eyJqdGk", "k3y-of"] {
                    assert!(!said.contains(secret), "{said}");
                }
            }
        }
        let kept = said("row?page=second-page", "text/plain", "no second-page");
        assert_eq!(kept.as_deref(), Some("no second-page"));
    }

    fn said(path: &str, kind: &'static str, body: &str) -> Option<String> {
        let headers = [(CONTENT_TYPE, kind.parse().unwrap())];
        of(&Answer {
            address: format!("https://api.example/{path}").parse().unwrap(),
            status: 403,
            headers: headers.into_iter().collect(),
            body: body.as_bytes().to_vec(),
            secrets: vec!["0f1e2d3c4b5a69788796".into()],
            _turn: None,
        })
    }
}
