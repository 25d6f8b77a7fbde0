//! Tolerant parsing: from a reply as servers, and captive portals before them, really send it to one meaning.
//!
//! The body decides before the status (`access_token` is success at any status, `error` is an
//! error at 200), JSON and forms are both read, numbers may be strings, and names have aliases.
//! Whatever is not understood becomes an [`Error`] without a word of the body in it, but for what an error says to people.
//!
//! ```
//! use std::time::Duration;
//!
//! use device_flow::grant::PollAnswer;
//! use device_flow::wire::{self, Reply};
//!
//! let body = r#"{"error": "slow_down", "interval": "10"}"#;
//! let reply = Reply::new(200, Some("text/html"), None, body);
//! let PollAnswer::SlowDown { asked, .. } = wire::answer(&reply, &[]) else {
//!     panic!("a 200 is no success");
//! };
//! assert_eq!(asked, Some(Duration::from_secs(10)));
//! ```

use std::time::Duration;

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use serde_json::{Map, Value};
use url::Url;

use super::grant::{Authorization, PollAnswer, UserCode};
use super::json;
use super::pace::DAY;
use super::text::{bounded, decode, is_plain};
use super::token::{LONGEST_TYPE, scheme};
use super::{Error, Failed, NetworkFailure, TokenSet, verification};

mod reply;

pub use reply::{Reply, is_web_page, is_xml};

/// RFC 8628 section 3.2: the interval where the server names none.
const DEFAULT_INTERVAL: Duration = Duration::from_secs(5);
/// For servers that name no life (Salesforce). What most hand out, between GitLab's 300 s and
/// Auth0's 900 s; where it is too long the server's `expired_token` ends it.
const DEFAULT_LIFE: Duration = Duration::from_secs(600);
/// Access tokens live at most this long for us.
const LONGEST_TOKEN: Duration = Duration::from_secs(10 * 365 * 86_400);
/// No header carries more, and the account file has room for some of them.
const LONGEST_SECRET: usize = 64 * 1024;
const REFRESH_TOKEN: [&str; 2] = ["refresh_token", "refreshToken"];
const MOST_SCOPES: usize = 500;
/// RFC 8628 sets no limit; what is longer no person types.
const LONGEST_CODE: usize = 256;
const LONGEST_DESCRIPTION: usize = 500;
const LONGEST_ERROR: usize = 100;

/// A server's own words for errors that have a name, and the name, as in
/// [`Provider::aliases`](crate::Provider::aliases).
pub type Aliases = [(&'static str, &'static str)];

/// The members of a body, if it has any: of a JSON object, or of a form.
pub(super) fn members(reply: &Reply) -> Option<Map<String, Value>> {
    let text = Zeroizing::new(decode(&reply.body, reply.content_type.as_deref()));
    let text = text.trim();
    if text.starts_with('{') {
        return match json::of_a_server(text) {
            Ok(Value::Object(members)) => Some(members),
            _ => None,
        };
    }
    let is_form = text.contains('=') && !text.contains(['<', '{', '\n']);
    is_form.then(|| {
        url::form_urlencoded::parse(text.as_bytes())
            .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
            .collect()
    })
}

/// Reads a device authorization response (RFC 8628 section 3.2). Where the server names no interval it is 5 s, where it
/// names no life 10 min. `from` is the address that answered: plain http and this machine itself are pages only of a server
/// that stands here.
///
/// # Errors
/// [`Error::OAuth`] as the server says it, [`Error::Network`] where it may say otherwise later, and
/// [`Error::Unexpected`] for what cannot be shown or typed.
pub fn authorization(
    reply: &Reply,
    aliases: &Aliases,
    from: &Url,
) -> Result<Authorization, Failed> {
    let members = members(reply).unwrap_or_default();
    let is_answer =
        || reply.is_success() && !members.is_empty() && code(&members, aliases).is_none();
    let device_code = match (text(&members, &DEVICE_CODE), lacking(&members)) {
        (Some(device_code), None) => device_code,
        (device_code, Some(lacks)) if device_code.is_some() || is_answer() => {
            return Err(unusable(reply, lacks).into());
        }
        _ => return Err(failure(reply, &members, aliases)),
    };
    let unexpected = |detail: &str| {
        Failed::from(Error::Unexpected {
            status: reply.status,
            detail: detail.to_owned(),
            is_page: reply.is_page(),
        })
    };
    let user_code = first(&members, &["user_code", "userCode"])
        .and_then(|value| match value {
            Value::String(code) => Some(code.clone()),
            Value::Number(digits) if digits.is_u64() => Some(digits.to_string()),
            _ => None,
        })
        .filter(|code| !code.trim().is_empty())
        .ok_or_else(|| unexpected("no user_code in the device authorization response"))?;
    if user_code.chars().count() > LONGEST_CODE || !is_plain(&user_code) {
        return Err(unexpected(
            "a user_code that cannot be shown: too long, or with control characters",
        ));
    }
    let page = |names: &[&str]| text(&members, names).map(|uri| verification::address(&uri, from));
    let complete = page(&[
        "verification_uri_complete",
        "verification_url_complete",
        "verificationUriComplete",
        "verificationUrlComplete",
    ]);
    let names = [
        "verification_uri",
        "verification_url",
        "verificationUri",
        "verificationUrl",
    ];
    let uri = page(&names);
    let complete = complete.and_then(Result::ok);
    let uri = uri
        .or_else(|| complete.clone().map(Ok))
        .unwrap_or(Err("there is none"))
        .map_err(|why| {
            // A query may hold the code.
            let named = text(&members, &names).map(|uri| match uri.split_once('?') {
                Some((address, _)) => format!(" ({}?…)", bounded(address, LONGEST_DESCRIPTION)),
                None => format!(" ({})", bounded(&uri, LONGEST_DESCRIPTION)),
            });
            let named = named.unwrap_or_default();
            unexpected(&format!(
                "no verification_uri to send a phone to: {why}{named}"
            ))
        })?;
    // Whoever reads one address and scans the other ends up at the same server.
    let complete = complete.filter(|complete| complete.origin() == uri.origin());
    Ok(Authorization {
        device_code: SecretString::from(device_code),
        code: UserCode {
            user_code,
            verification_uri: verification::readable(&uri),
            verification_uri_complete: complete.as_ref().map(verification::readable),
            message: text(&members, &["message"])
                .map(|message| bounded(&message, LONGEST_DESCRIPTION))
                .filter(|message| !message.is_empty()),
        },
        expires_in: seconds(&members, &["expires_in", "expiresIn"], DAY).unwrap_or(DEFAULT_LIFE),
        interval: seconds(&members, &["interval"], DAY).map_or(DEFAULT_INTERVAL, |interval| {
            interval.max(Duration::from_secs(1))
        }),
    })
}

const DEVICE_CODE: [&str; 2] = ["device_code", "deviceCode"];

/// What a device authorization response lacks of what RFC 8628 section 3.2 requires, or has as something else.
fn lacking(members: &Map<String, Value>) -> Option<String> {
    let wanted: [(&str, &[&str]); 3] = [
        ("device_code", &DEVICE_CODE),
        ("user_code", &["user_code", "userCode"]),
        (
            "verification_uri",
            &[
                "verification_uri",
                "verification_url",
                "verificationUri",
                "verificationUrl",
                "verification_uri_complete",
                "verification_url_complete",
                "verificationUriComplete",
                "verificationUrlComplete",
            ],
        ),
    ];
    let lacks: Vec<_> = wanted
        .iter()
        .filter_map(|(name, names)| match first(members, names) {
            _ if text(members, names).is_some() => None,
            None => Some(format!("no {name}")),
            Some(Value::String(_)) => Some(format!("an empty {name}")),
            Some(Value::Number(digits)) if *name == "user_code" && digits.is_u64() => None,
            Some(Value::Number(_)) => Some(format!("a number as {name}")),
            Some(Value::Array(_)) => Some(format!("a list as {name}")),
            Some(_) => Some(format!("no text as {name}")),
        })
        .collect();
    (!lacks.is_empty())
        .then(|| format!("{} in the device authorization response", lacks.join(", ")))
}

/// Reads the answer to one poll (RFC 8628 section 3.5).
pub fn answer(reply: &Reply, aliases: &Aliases) -> PollAnswer {
    let members = members(reply).unwrap_or_default();
    match token_set(&members) {
        Some(Ok(tokens)) => return PollAnswer::Tokens(tokens),
        Some(Err(detail)) => {
            return PollAnswer::Failed(unusable(reply, detail).into());
        }
        None => {}
    }
    let status = reply.status;
    let code = code(&members, aliases).unwrap_or_default();
    if code == "authorization_pending" {
        let asked = reply.retry_after;
        return PollAnswer::Pending { status, asked };
    }
    if is_slow_down(&code) || (status == 429 && !is_final(&code)) {
        let asked = seconds(&members, &["interval"], DAY).max(reply.retry_after);
        return PollAnswer::SlowDown { status, asked };
    }
    PollAnswer::Failed(failure(reply, &members, aliases))
}

/// Reads a token response to anything but a poll (RFC 6749 section 5).
///
/// # Errors
/// [`Error::OAuth`] as the server says it, [`Error::Network`] where it may say otherwise later, and
/// [`Error::Unexpected`] for everything else that holds no token that can be used.
pub fn tokens(reply: &Reply, aliases: &Aliases) -> Result<TokenSet, Failed> {
    let members = members(reply).unwrap_or_default();
    match token_set(&members) {
        Some(Ok(tokens)) => Ok(tokens),
        Some(Err(detail)) => Err(unusable(reply, detail).into()),
        None => Err(failure(reply, &members, aliases)),
    }
}

/// What a success brings that has no access token and a refresh token: the one that was presented may be spent, and this
/// is the only one there is. The access token is empty, and at its end.
#[cfg(feature = "driver")]
pub(super) fn refresh_token_alone(reply: &Reply) -> Option<TokenSet> {
    let members = members(reply).filter(|_| reply.is_success())?;
    if code(&members, &[]).is_some() {
        return None;
    }
    let refresh_token = text(&members, &REFRESH_TOKEN)?;
    (refresh_token.len() <= LONGEST_SECRET).then(|| TokenSet {
        access_token: SecretString::default(),
        token_type: "Bearer".to_owned(),
        refresh_token: Some(SecretString::from(refresh_token)),
        id_token: None,
        expires_in: Some(Duration::ZERO),
        scopes: None,
        key: None,
    })
}

/// Tokens that cannot be used.
fn unusable(reply: &Reply, detail: String) -> Error {
    Error::Unexpected {
        status: reply.status,
        detail,
        is_page: reply.is_page(),
    }
}

/// The code of an OAuth error, where a reply has one (RFC 6749 section 5.2).
#[cfg(feature = "driver")]
pub(super) fn error_code(reply: &Reply) -> Option<String> {
    code(&members(reply).unwrap_or_default(), &[])
}

/// The error in a reply that is no success.
#[cfg(feature = "driver")]
pub(super) fn error(reply: &Reply, aliases: &Aliases) -> Error {
    failure(reply, &members(reply).unwrap_or_default(), aliases).error
}

fn failure(reply: &Reply, members: &Map<String, Value>, aliases: &Aliases) -> Failed {
    let status = reply.status;
    let failed = |error| Failed {
        error,
        status: Some(status),
        retry_after: reply.retry_after,
    };
    let unavailable = |detail: String| failed(Error::network(NetworkFailure::Unavailable, detail));
    let code = code(members, aliases).or_else(|| code_of_status(reply).map(str::to_owned));
    let Some(code) = code else {
        return match status {
            407 | 408 | 425 | 429 | 500..=599 => {
                unavailable(format!("HTTP {status} with {}", reply.describe()))
            }
            _ => failed(Error::Unexpected {
                status,
                detail: match words(members).filter(|_| status >= 400) {
                    Some(words) => format!("HTTP {status} that says {words:?}"),
                    None => reply.describe(),
                },
                is_page: reply.is_page(),
            }),
        };
    };
    let passing = is_slow_down(&code) || code == "server_error";
    let bad_day = matches!(status, 408 | 425 | 429 | 500..=599) && !is_final(&code);
    if passing || bad_day {
        return unavailable(format!("HTTP {status} {}", bounded(&code, LONGEST_ERROR)));
    }
    failed(Error::OAuth {
        status,
        code: code
            .chars()
            .filter(|c| matches!(c, ' '..='~'))
            .take(LONGEST_ERROR)
            .collect(),
        description: description(members, &code),
    })
}

/// Where an OAuth error may stand: `error`, an object in its place (Facebook), `error_code`, or a
/// `message` that is a code (Twitch).
fn code(members: &Map<String, Value>, aliases: &Aliases) -> Option<String> {
    let words = ["error", "message"].map(|name| text(members, &[name]));
    let alias = words.into_iter().flatten().find_map(|words| {
        let known = |(theirs, _): &&(&str, &str)| words.eq_ignore_ascii_case(theirs);
        aliases.iter().find(known).map(|(_, name)| *name)
    });
    if let Some(name) = alias {
        return Some(name.to_owned());
    }
    let subcode = |members: &Map<String, Value>| {
        let name = match members.get("error_subcode").and_then(Value::as_u64)? {
            1_349_174 => "authorization_pending",
            1_349_172 => "slow_down",
            1_349_152 => "expired_token",
            _ => return None,
        };
        Some(name.to_owned())
    };
    let said = match members.get("error") {
        Some(Value::String(code)) => Some(code.trim().to_owned()),
        Some(Value::Object(inner)) => subcode(inner)
            .or_else(|| text(inner, &["error", "code", "status"]))
            .or_else(|| code_like(inner, "message")),
        _ => None,
    };
    // "Bad Request" is the status in words; a better name may stand beside it.
    let beside = || {
        text(members, &["error_code"])
            .or_else(|| code_like(members, "message"))
            .or_else(|| subcode(members))
    };
    match said.filter(|code| !code.is_empty()) {
        Some(code) if code.contains(' ') => Some(beside().unwrap_or(code)),
        Some(code) => Some(code),
        None => beside(),
    }
}

fn code_like(members: &Map<String, Value>, name: &str) -> Option<String> {
    text(members, &[name]).filter(|text| {
        text.contains('_')
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    })
}

/// Trakt speaks in statuses alone. Only those no other server could mean otherwise are read so.
fn code_of_status(reply: &Reply) -> Option<&'static str> {
    if !reply.body.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    match reply.status {
        410 => Some("expired_token"),
        418 => Some("access_denied"),
        _ => None,
    }
}

fn is_slow_down(code: &str) -> bool {
    matches!(
        code,
        "slow_down"
            | "temporarily_unavailable"
            | "too_many_requests"
            | "rate_limited"
            | "rate_limit_exceeded"
    )
}

/// Codes that mean the same at any status, 429 and 500 included.
fn is_final(code: &str) -> bool {
    refuses_the_grant(code)
        || matches!(
            code,
            "invalid_client"
                | "incorrect_client_credentials"
                | "invalid_request"
                | "unauthorized_client"
        )
}

/// Codes that refuse a code, a token or what was asked for, to which a server comes only after the client.
pub(super) fn refuses_the_grant(code: &str) -> bool {
    matches!(
        code,
        "access_denied"
            | "authorization_declined"
            | "expired_token"
            | "token_expired"
            | "code_expired"
            | "invalid_grant"
            | "bad_verification_code"
            | "incorrect_device_code"
            | "device_not_found"
            | "device_flow_disabled"
            | "invalid_scope"
            | "invalid_target"
            | "unsupported_grant_type"
    )
}

/// What an error without a code says to people, as APIs and gateways do.
fn words(members: &Map<String, Value>) -> Option<String> {
    let first = || {
        let first = members.get("errors")?.as_array()?.first()?;
        let said = first.as_str().map(str::to_owned);
        said.or_else(|| text(first.as_object()?, &["message", "detail", "title"]))
    };
    description(members, "")
        .or_else(|| text(members, &["detail", "title"]))
        .or_else(first)
        .map(|words| bounded(&words, LONGEST_DESCRIPTION))
        .filter(|words| !words.is_empty())
}

fn description(members: &Map<String, Value>, code: &str) -> Option<String> {
    let inner = members.get("error").and_then(Value::as_object);
    text(members, &["error_description", "errorDescription"])
        .or_else(|| inner.and_then(|inner| text(inner, &["error_description", "message"])))
        .or_else(|| text(members, &["message"]))
        .map(|words| bounded(&words, LONGEST_DESCRIPTION))
        .filter(|words| !words.is_empty() && words != code)
}

/// `None` where there is no access token; `Some(Err)` where there is one that cannot be used.
fn token_set(members: &Map<String, Value>) -> Option<Result<TokenSet, String>> {
    let names = ["access_token", "accessToken"];
    let Some(access_token) = text(members, &names) else {
        return first(members, &names)
            .map(|_| Err("an access_token that is empty or no text".to_owned()));
    };
    if !access_token.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Some(Err(
            "an access token with characters no header can carry".to_owned()
        ));
    }
    let refresh_token = text(members, &REFRESH_TOKEN);
    let longest = refresh_token
        .as_ref()
        .map_or(0, String::len)
        .max(access_token.len());
    if longest > LONGEST_SECRET {
        return Some(Err(format!("a token of {longest} bytes")));
    }
    Some(Ok(TokenSet {
        access_token: SecretString::from(access_token),
        token_type: token_type(first(members, &["token_type", "tokenType"])),
        refresh_token: refresh_token.map(SecretString::from),
        id_token: text(members, &["id_token", "idToken"]).map(SecretString::from),
        expires_in: seconds(members, &["expires_in", "expiresIn"], LONGEST_TOKEN),
        scopes: first(members, &["scope", "scopes"]).and_then(scopes),
        #[cfg(feature = "driver")]
        key: None,
    }))
}

/// An absent type means `Bearer`, as from servers older than the standard. Anything that is there counts, so that a type
/// which is not known is refused by [`scheme`] and never taken for another.
fn token_type(said: Option<&Value>) -> String {
    let said = match said {
        None => "Bearer".to_owned(),
        Some(Value::String(text)) if text.trim().is_empty() => "Bearer".to_owned(),
        Some(Value::String(text)) if is_plain(text.trim()) => bounded(text, LONGEST_TYPE),
        // What cannot be seen makes it another type.
        Some(Value::String(text)) => {
            bounded(&text.trim().escape_default().to_string(), LONGEST_TYPE)
        }
        Some(_) => "not a text".to_owned(),
    };
    scheme(&said).map_or(said, str::to_owned)
}

/// Scopes are separated by spaces; GitHub uses commas, Twitch an array.
fn scopes(value: &Value) -> Option<Vec<String>> {
    let split = |text: &str| -> Vec<String> {
        let comma = |c: char| c == ',' && !text.trim().contains(char::is_whitespace);
        text.split(|c: char| c.is_whitespace() || comma(c))
            .map(|scope| scope.trim_matches(','))
            .filter(|scope| !scope.is_empty() && is_plain(scope))
            .map(str::to_owned)
            .collect()
    };
    let mut scopes = match value {
        Value::String(text) => split(text),
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .flat_map(split)
            .collect(),
        _ => Vec::new(),
    };
    scopes.truncate(MOST_SCOPES);
    (!scopes.is_empty()).then_some(scopes)
}

fn first<'a>(members: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names
        .iter()
        .filter_map(|name| members.get(*name))
        .find(|value| !value.is_null())
}

/// The first of `names` that holds a text: a number beside it, such as a status as `code`, hides nothing.
fn text(members: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names
        .iter()
        .filter_map(|name| members.get(*name)?.as_str())
        .map(str::trim)
        .find(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A number of seconds as servers write it: whole, broken, or in quotes. Nothing that is not
/// positive is one.
fn seconds(members: &Map<String, Value>, names: &[&str], most: Duration) -> Option<Duration> {
    let number = match first(members, names)? {
        Value::Number(number) => number.as_f64()?,
        Value::String(digits) => digits.trim().parse().ok()?,
        _ => return None,
    };
    (number > 0.0)
        .then(|| Duration::try_from_secs_f64(number.min(most.as_secs_f64())).ok())
        .flatten()
}

#[cfg(test)]
#[cfg(feature = "driver")]
mod tests;
