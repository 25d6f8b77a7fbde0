//! Who a person is: claims of the ID token and of userinfo made into an [`Identity`].

use serde_json::{Map, Number, Value};
use url::Url;

use super::Identity;
use super::provider::Members;
use super::text::bounded;
use super::wire::{self, Reply};

/// Claims about the token and not about the person.
const OF_THE_TOKEN: [&str; 14] = [
    "iss",
    "aud",
    "exp",
    "iat",
    "nbf",
    "jti",
    "azp",
    "nonce",
    "sid",
    "auth_time",
    "at_hash",
    "c_hash",
    "s_hash",
    "acr",
];

/// A claim is for a line of the account screen. What is much larger, or nested deeper, is left out: the account file
/// would not be read again.
const LONGEST_CLAIM: usize = 8 * 1024;
const LONGEST_CLAIMS: usize = 64 * 1024;
const DEEPEST_CLAIM: usize = 16;

const LONGEST_NAME: usize = 200;
const LONGEST_PICTURE: usize = 2048;

/// The claims of a userinfo reply in JSON. `None` for anything else.
pub(super) fn claims(reply: &Reply) -> Option<Map<String, Value>> {
    if !reply.is_success() {
        return None;
    }
    let mut claims = wire::members(reply)?;
    // Serializers write members that have nothing in them.
    match claims.remove("error") {
        Some(error) if !is_empty(&error) => None,
        _ => Some(claims),
    }
}

/// The JWT that a userinfo reply is, where it is one (OpenID Connect Core section 5.3.2). Not every server says so in the
/// content type.
#[cfg(feature = "id-token")]
pub(super) fn jwt(reply: &Reply) -> Option<String> {
    let kind = reply.content_type.as_deref().unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let text = std::str::from_utf8(&reply.body).ok()?;
    let text = text.trim_start_matches('\u{feff}');
    let text = text.trim().trim_matches('"');
    let looks_like_one = text.starts_with("ey") && matches!(text.matches('.').count(), 2 | 4);
    (reply.is_success() && (kind.eq_ignore_ascii_case("application/jwt") || looks_like_one))
        .then(|| text.to_owned())
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => {
            let text = text.trim().to_ascii_lowercase();
            matches!(text.as_str(), "" | "0" | "false" | "none" | "null")
        }
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(true) => false,
    }
}

/// One identity of both sources. Userinfo speaks only where it speaks of the same subject
/// (OpenID Connect Core section 5.3.2).
pub(super) fn identity(
    id_token: Option<Map<String, Value>>,
    userinfo: Option<Map<String, Value>>,
    members: &Members,
) -> Identity {
    let subject_of = |claims: &Map<String, Value>| match claims.get(members.subject) {
        Some(Value::String(subject)) => subject.clone(),
        Some(Value::Number(number)) => whole(number).unwrap_or_default(),
        _ => String::new(),
    };
    let mut claims = id_token.unwrap_or_default();
    let subject = subject_of(&claims);
    let userinfo = userinfo.filter(|other| subject.is_empty() || subject_of(other) == subject);
    claims.extend(userinfo.unwrap_or_default());
    let subject = subject_of(&claims);
    let text = |name: &str| {
        let text = claims.get(name).and_then(Value::as_str)?;
        Some(bounded(text, LONGEST_NAME)).filter(|text| !text.is_empty())
    };
    let email = text(members.email);
    let name = members
        .name
        .iter()
        .find_map(|name| text(name))
        .or_else(|| email.clone());
    let picture = claims
        .get(members.picture)
        .and_then(Value::as_str)
        .filter(|text| text.len() <= LONGEST_PICTURE)
        .and_then(|text| Url::parse(text).ok())
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    let mut room = LONGEST_CLAIMS;
    claims.retain(|name, claim| {
        let is_kept = name != members.subject
            && !OF_THE_TOKEN.contains(&name.as_str())
            && is_shallow(claim, DEEPEST_CLAIM);
        let size = if is_kept {
            name.len() + claim.to_string().len()
        } else {
            usize::MAX
        };
        let fits = size <= LONGEST_CLAIM.min(room);
        if fits {
            room -= size;
        }
        fits
    });
    Identity {
        subject,
        name,
        email,
        picture,
        claims,
    }
}

/// A whole number as it is written: one is written `42.0` where all numbers are broken ones.
pub(super) fn whole(number: &Number) -> Option<String> {
    /// Up to here each whole number has a value of its own (RFC 8259 section 6).
    const LARGEST: f64 = 9_007_199_254_740_991.0;
    if number.is_u64() || number.is_i64() {
        return Some(number.to_string());
    }
    let value = number.as_f64()?;
    // There is no "-0".
    (value.fract() == 0.0 && value.abs() <= LARGEST).then(|| format!("{:.0}", value + 0.0))
}

fn is_shallow(value: &Value, levels: usize) -> bool {
    match (value, levels.checked_sub(1)) {
        (Value::Array(_) | Value::Object(_), None) => false,
        (Value::Array(items), Some(rest)) => items.iter().all(|item| is_shallow(item, rest)),
        (Value::Object(members), Some(rest)) => members.values().all(|item| is_shallow(item, rest)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    use crate::provider::STANDARD_MEMBERS;

    fn identity(
        id_token: Option<Map<String, Value>>,
        userinfo: Option<Map<String, Value>>,
    ) -> Identity {
        super::identity(id_token, userinfo, &STANDARD_MEMBERS)
    }

    fn map(value: &Value) -> Option<Map<String, Value>> {
        value.as_object().cloned()
    }

    #[test]
    fn userinfo_completes_the_id_token() {
        let identity = identity(
            map(&json!({"sub": "1", "iss": "x", "https://acme.tv/plan": "gold", "name": "Old"})),
            map(
                &json!({"sub": "1", "name": "Ada", "email": "a@b.c", "picture": "https://x/y.png"}),
            ),
        );
        assert_eq!(identity.subject, "1");
        assert_eq!(identity.name.as_deref(), Some("Ada"));
        assert_eq!(identity.email.as_deref(), Some("a@b.c"));
        assert_eq!(
            identity.picture.as_ref().map(Url::as_str),
            Some("https://x/y.png")
        );
        assert_eq!(identity.claims["https://acme.tv/plan"], "gold");
        assert!(!identity.claims.contains_key("iss"));
    }

    #[test]
    fn claims_that_would_make_the_account_file_unreadable_are_left_out() {
        let mut deep = json!("x");
        for _ in 0..100 {
            deep = json!([deep]);
        }
        let mut told = json!({
            "sub": "1", "plan": "gold", "groups": ["a", "b"], "deep": deep, "photo": "x".repeat(10_000),
        });
        for number in 0..100 {
            told[format!("many{number}")] = "x".repeat(5_000).into();
        }
        let identity = identity(None, map(&told));
        assert_eq!(identity.claims["plan"], "gold");
        assert_eq!(identity.claims["groups"][1], "b");
        assert!(!identity.claims.contains_key("deep"));
        assert!(!identity.claims.contains_key("photo"));
        let size = Value::Object(identity.claims).to_string().len();
        assert!((1..100_000).contains(&size), "{size}");
    }

    #[test]
    fn an_error_with_nothing_in_it_is_none() {
        let claims = |error: &str| {
            let body = format!(r#"{{"sub":"1","name":"Ada","error":{error}}}"#);
            claims(&Reply::new(200, Some("application/json"), None, body))
        };
        for empty in [
            "null",
            "\"\"",
            "\" \"",
            "[]",
            "{}",
            "false",
            "0",
            "0.0",
            "\"0\"",
            "\"null\"",
            "\"None\"",
            "\"false\"",
        ] {
            let found = claims(empty).unwrap();
            assert_eq!((found.len(), &found["name"]), (2, &json!("Ada")), "{empty}");
        }
        for error in ["\"invalid_token\"", "{\"code\":401}", "401", "true"] {
            assert_eq!(claims(error), None, "{error}");
        }
    }

    #[test]
    fn a_subject_is_the_same_as_a_number_and_as_a_text() {
        for (token, userinfo) in [
            (json!(42), json!("42")),
            (json!("42"), json!(42)),
            (json!(42), json!(42)),
            (json!(42.0), json!("42")),
            (json!(42), json!(42.0)),
        ] {
            let identity = identity(
                map(&json!({"sub": token})),
                map(&json!({"sub": userinfo, "name": "Ada"})),
            );
            assert_eq!(
                (identity.subject.as_str(), identity.name.as_deref()),
                ("42", Some("Ada"))
            );
        }
    }

    #[test]
    fn a_subject_is_any_whole_number() {
        for (subject, read) in [
            (json!(-7), "-7"),
            (json!(-7.0), "-7"),
            (json!(-0.0), "0"),
            (json!(u64::MAX), "18446744073709551615"),
            (json!(1.5), ""),
            (json!(1e300), ""),
            (json!(true), ""),
        ] {
            let identity = identity(None, map(&json!({"sub": subject})));
            assert_eq!(identity.subject, read, "{subject}");
        }
    }

    #[test]
    #[cfg(feature = "id-token")]
    fn a_jwt_is_known_by_its_type_or_its_look() {
        let found = |kind: &str, body: &str| jwt(&Reply::new(200, Some(kind), None, body));
        for (kind, body) in [
            ("application/jwt", "eyJ.eyJ.c2ln"),
            ("Application/JWT; charset=utf-8", "eyJ.eyJ.c2ln\n"),
            ("application/json", "\"eyJ.eyJ.c2ln\""),
            ("text/plain", "eyJ.eyJ.c2ln"),
            ("application/jwt", "\u{feff}eyJ.eyJ.c2ln"),
            ("text/plain", "\u{feff} \"eyJ.eyJ.c2ln\"\n"),
        ] {
            assert_eq!(found(kind, body).as_deref(), Some("eyJ.eyJ.c2ln"), "{kind}");
        }
        assert_eq!(found("application/json", "{}"), None);
        assert_eq!(
            jwt(&Reply::new(
                401,
                Some("application/jwt"),
                None,
                "eyJ.eyJ.c2ln"
            )),
            None
        );
    }

    #[test]
    fn userinfo_of_somebody_else_is_not_heard() {
        for other in [json!({"sub": "2", "name": "Eve"}), json!({"name": "Eve"})] {
            let identity = identity(map(&json!({"sub": "1"})), map(&other));
            assert_eq!(identity.subject, "1");
            assert_eq!(identity.name, None);
        }
    }

    #[test]
    fn names_are_fit_to_be_shown_and_pictures_to_be_fetched() {
        let identity = identity(
            None,
            map(
                &json!({"sub": "1", "name": " \u{202E}\n", "nickname": "Ada\u{7}", "picture": "javascript:alert(1)"}),
            ),
        );
        assert_eq!(identity.name.as_deref(), Some("Ada"));
        assert_eq!(identity.picture, None);
        assert_eq!(
            super::identity(None, None, &STANDARD_MEMBERS),
            Identity::default()
        );
    }
}
