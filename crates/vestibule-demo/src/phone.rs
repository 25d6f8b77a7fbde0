//! The pages a person sees on their phone (RFC 8628 section 3.3): enter the code, compare it with the
//! screen, say who you are, allow or decline. Plain HTML forms, no script.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use askama::Template;
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::cross_site;
use super::devices::{self, Unusable};
use super::limit::network;
use super::people::{self, PEOPLE, Person};
use super::serve::Peer;
use super::shared::{self, NotKept, Shared, lock};
use super::wire::Form;
use super::{scope, secret};

/// Ties a form to the browser it was sent to. No `Secure`: on a LAN there is no TLS to be had.
const COOKIE: &str = "vestibule_page";

#[derive(Template)]
#[template(path = "code.html")]
struct CodePage<'a> {
    typed: &'a str,
    error: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage<'a> {
    code: &'a str,
    /// The code letter by letter, for screen readers.
    spelled: String,
    asks: Vec<&'static str>,
    people: &'a [Person],
    form_token: String,
    error: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage<'a> {
    heading: &'a str,
    text: &'a str,
    kind: Kind,
    person: Option<&'static Person>,
    retry: bool,
}

/// What a message page shows above its heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Done,
    Stopped,
    Notice,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Notice => "notice",
        })
    }
}

/// The query of `/activate`.
#[derive(Deserialize)]
pub(super) struct CodeQuery {
    user_code: Option<String>,
}

/// The query of `/activate/done`.
#[derive(Deserialize)]
pub(super) struct DoneQuery {
    #[serde(rename = "as")]
    person: Option<String>,
}

fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn message(status: StatusCode, heading: &str, text: &str, kind: Kind, retry: bool) -> Response {
    let person = None;
    page(
        status,
        &MessagePage {
            heading,
            text,
            kind,
            person,
            retry,
        },
    )
}

fn too_many(wait: Duration) -> Response {
    let minutes = wait.as_secs().div_ceil(60).max(1);
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    let mut reply = message(
        StatusCode::TOO_MANY_REQUESTS,
        "Too many wrong codes",
        &format!(
            "To keep strangers from guessing, this page takes no codes for about {minutes} {unit}. \
             The code on your screen is not lost: scan it again then."
        ),
        Kind::Notice,
        false,
    );
    let _ = reply.headers_mut().insert(
        header::RETRY_AFTER,
        HeaderValue::from(wait.as_secs().max(1)),
    );
    reply
}

fn failed() -> Response {
    message(
        StatusCode::INTERNAL_SERVER_ERROR,
        "That did not work",
        "The server could not keep your answer. Try again in a moment.",
        Kind::Notice,
        true,
    )
}

/// `GET /`: people who type only the host name are led on.
pub(super) async fn front() -> Redirect {
    Redirect::to("/activate")
}

/// `GET /activate`: asks for the code, or, with one from the QR code or the form, whether it is the right one.
pub(super) async fn activate(
    State(shared): State<Arc<Shared>>,
    Extension(Peer(peer)): Extension<Peer>,
    query: Result<Query<CodeQuery>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    // A query that cannot be read is no code: the person is asked for one.
    let typed = query.ok().and_then(|Query(query)| query.user_code);
    let typed = typed.unwrap_or_default();
    if typed.trim().is_empty() {
        let error = None;
        return page(StatusCode::OK, &CodePage { typed: "", error });
    }
    if cross_site::is_from_elsewhere(&headers) {
        // Another site's page typed it and may try the next one at once: a person has to press the button.
        let (typed, error) = (&*first_letters(&typed), None);
        return page(StatusCode::OK, &CodePage { typed, error });
    }
    match asked(&shared, peer, &typed).await {
        Ok(scopes) => confirm(
            &shared,
            &headers,
            peer,
            StatusCode::OK,
            &typed,
            &scopes,
            None,
        ),
        Err(reply) => reply,
    }
}

/// What a code asks for, or the page that says why there is nothing to decide. Wrong codes are counted.
async fn asked(shared: &Arc<Shared>, peer: IpAddr, typed: &str) -> Result<Vec<String>, Response> {
    if let Some(wait) = lock(&shared.limiter).wait(Instant::now(), peer) {
        return Err(too_many(wait));
    }
    let bare = devices::bare(typed);
    let found = shared
        .with_state(move |_, state| {
            let asked = state.devices.asked(Instant::now(), &bare);
            asked.map(<[String]>::to_vec)
        })
        .await;
    match found {
        Ok(Ok(scopes)) => Ok(scopes),
        Ok(Err(Unusable::Unknown)) => {
            lock(&shared.limiter).wrong(Instant::now(), peer);
            Err(page(
                StatusCode::BAD_REQUEST,
                &CodePage {
                    typed: &first_letters(typed),
                    error: Some("No screen shows this code. Compare it letter by letter."),
                },
            ))
        }
        Ok(Err(unusable)) => Err(gone(unusable)),
        Err(NotKept) => Err(failed()),
    }
}

/// As much of what was typed as fits into the field.
fn first_letters(typed: &str) -> String {
    typed.chars().take(24).collect()
}

fn gone(unusable: Unusable) -> Response {
    let (heading, text) = match unusable {
        Unusable::Decided => (
            "This code has been used",
            "Each code works once. If the screen has not moved on, press New code there and scan again.",
        ),
        Unusable::Expired | Unusable::Unknown => (
            "This code has expired",
            "Codes are good for a short while only. Press New code on the screen and scan again.",
        ),
    };
    message(StatusCode::GONE, heading, text, Kind::Notice, true)
}

fn confirm(
    shared: &Shared,
    headers: &HeaderMap,
    peer: IpAddr,
    status: StatusCode,
    typed: &str,
    scopes: &[String],
    error: Option<&str>,
) -> Response {
    let bare = devices::bare(typed);
    let spelled: Vec<String> = bare.chars().map(|letter| letter.to_string()).collect();
    let browser = cookie(shared, peer, headers).map(str::to_owned);
    let browser = browser.unwrap_or_else(|| new_cookie(shared, peer));
    let mut reply = page(
        status,
        &ConfirmPage {
            code: &devices::display(&bare),
            spelled: spelled.join(" "),
            asks: scopes
                .iter()
                .filter_map(|name| scope::words(name))
                .collect(),
            people: &PEOPLE,
            form_token: form_token(shared, &browser, &bare),
            error,
        },
    );
    let cookie =
        format!("{COOKIE}={browser}; Path=/activate; Max-Age=3600; HttpOnly; SameSite=Strict");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        let _ = reply.headers_mut().insert(header::SET_COOKIE, value);
    }
    reply
}

/// A cookie that this server made for a browser at that address: a random part, and the proof of it.
fn new_cookie(shared: &Shared, peer: IpAddr) -> String {
    let random = secret::encode(&secret::random::<24>());
    let proof = cookie_proof(shared, peer, &random);
    format!("{random}.{proof}")
}

/// Cookies do not know ports, so that anything on the same machine can plant one, also one that it was given here
/// (session fixation): it is good only where it was made for.
fn cookie_proof(shared: &Shared, peer: IpAddr, random: &str) -> String {
    let network = network(peer).to_string();
    secret::encode(&shared.page_key.follow(&["cookie", random, &network]))
}

/// The value of our cookie, where it is one of ours.
fn cookie<'a>(shared: &Shared, peer: IpAddr, headers: &'a HeaderMap) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value)
        .find(|value| {
            value.split_once('.').is_some_and(|(random, proof)| {
                secret::same(&cookie_proof(shared, peer, random), proof)
            })
        })
}

/// What the form for a code must bring back. A foreign page can make a browser send our cookie, but cannot know this.
fn form_token(shared: &Shared, browser: &str, code: &str) -> String {
    secret::encode(&shared.page_key.follow(&["form", browser, code]))
}

/// `POST /activate`: the person's decision.
pub(super) async fn decide(
    State(shared): State<Arc<Shared>>,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
    form: Result<Form, super::wire::Refusal>,
) -> Response {
    let Ok(form) = form else {
        return stale();
    };
    let typed = form.text("user_code").unwrap_or_default();
    let expected = cookie(&shared, peer, &headers)
        .map(|browser| form_token(&shared, browser, &devices::bare(typed)));
    let ours = expected
        .zip(form.text("form_token"))
        .is_some_and(|(expected, token)| secret::same(&expected, token));
    if !ours {
        return stale();
    }
    let scopes = match asked(&shared, peer, typed).await {
        Ok(scopes) => scopes,
        Err(reply) => return reply,
    };
    let person = form.text("person").and_then(people::find);
    let person = match (form.text("decision"), person) {
        (Some("decline"), _) => None,
        (Some("allow"), Some(person)) => Some(person),
        (Some("allow"), None) => {
            let (status, error) = (StatusCode::BAD_REQUEST, "Choose who is signing in.");
            return confirm(&shared, &headers, peer, status, typed, &scopes, Some(error));
        }
        _ => {
            let (status, error) = (StatusCode::BAD_REQUEST, "Choose Allow or Decline.");
            return confirm(&shared, &headers, peer, status, typed, &scopes, Some(error));
        }
    };
    let bare = devices::bare(typed);
    let decided = shared
        .with_state(move |_, state| {
            let seconds = shared::wall() / 1000;
            state.devices.decide(Instant::now(), &bare, person, seconds)
        })
        .await;
    // Replies lead away by 303, so that reloading the last page sends nothing twice.
    match (decided, person) {
        (Ok(Ok(())), Some(person)) => {
            Redirect::to(&format!("/activate/done?as={}", person.id)).into_response()
        }
        (Ok(Ok(())), None) => Redirect::to("/activate/declined").into_response(),
        (Ok(Err(unusable)), _) => gone(unusable),
        (Err(NotKept), _) => failed(),
    }
}

fn stale() -> Response {
    message(
        StatusCode::FORBIDDEN,
        "This page was open for too long",
        "Nothing was sent. Scan the code on your screen again, and leave cookies switched on.",
        Kind::Notice,
        true,
    )
}

/// `GET /activate/done`.
pub(super) async fn done(query: Result<Query<DoneQuery>, QueryRejection>) -> Response {
    let person = query.ok().and_then(|Query(query)| query.person);
    let person = person.as_deref().and_then(people::find);
    page(
        StatusCode::OK,
        &MessagePage {
            heading: "You are signed in",
            text: "You can put your phone away; the screen moves on by itself.",
            kind: Kind::Done,
            person,
            retry: false,
        },
    )
}

/// `GET /activate/declined`.
pub(super) async fn declined() -> Response {
    message(
        StatusCode::OK,
        "Declined",
        "Nothing was shared, and that screen was not signed in. You can close this page.",
        Kind::Stopped,
        false,
    )
}

/// Anything else.
pub(super) async fn not_found() -> Response {
    message(
        StatusCode::NOT_FOUND,
        "Nothing here",
        "This address leads nowhere. To sign a screen in, enter its code.",
        Kind::Notice,
        true,
    )
}

/// `GET /style.css`.
pub(super) async fn style() -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=300"),
        ],
        include_str!("../templates/style.css"),
    )
}

/// `GET /icon.svg`.
pub(super) async fn icon() -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, "image/svg+xml"),
            (header::CACHE_CONTROL, "public, max-age=300"),
        ],
        include_str!("../templates/icon.svg"),
    )
}
