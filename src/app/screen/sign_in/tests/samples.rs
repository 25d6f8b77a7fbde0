//! The sign-in screen in each of its states, for tests and for looking at.

use std::time::{Duration, Instant};

use iced::Task;

use super::super::*;
use crate::host::speech::Voice;
use device_flow::{Error, NetworkFailure};

/// A state by name.
pub(in crate::app) type Sample = (&'static str, SignIn);

/// A code as Auth0 sends it.
pub(in crate::app) fn code() -> UserCode {
    UserCode {
        user_code: "QTZL-MCBW".to_owned(),
        verification_uri: "https://acme.eu.auth0.com/activate".to_owned(),
        verification_uri_complete: Some(
            "https://acme.eu.auth0.com/activate?user_code=QTZL-MCBW".to_owned(),
        ),
        message: None,
    }
}

/// The screen before anything has happened; nothing is asked of any server.
pub(in crate::app) fn fresh(context: &Context, now: Instant) -> SignIn {
    let destination = Destination::Profile("default".to_owned());
    let (mut screen, task): (SignIn, Task<Message>) = SignIn::new(context, destination, now);
    drop(task);
    screen.work = None;
    screen
}

/// The screen with `code` on it and `left` of its quarter of an hour.
pub(in crate::app) fn showing(context: &Context, code: UserCode, left: Duration) -> SignIn {
    let now = Instant::now();
    let mut screen = fresh(context, now);
    let shown = Progress::Code {
        code,
        expires_in: Duration::from_secs(900),
        interval: Duration::from_secs(5),
        deadline: now + left,
    };
    let _ = screen.take(Step::Grant(shown), now);
    screen
}

/// A grant that the server refused with this code and these words.
pub(in crate::app) fn refused(code: &str, words: &str) -> GrantError {
    let cause = Error::OAuth {
        status: 400,
        code: code.to_owned(),
        description: Some(words.to_owned()).filter(|words| !words.is_empty()),
    };
    GrantError::new(Reason::Rejected, cause)
}

/// The screen after the last code.
pub(in crate::app) fn resting(context: &Context) -> SignIn {
    let mut resting = showing(context, code(), Duration::ZERO);
    resting.renewals = Renewals::new(0);
    let over = GrantError {
        reason: Reason::Expired,
        ..refused("expired_token", "")
    };
    let _ = resting.end(Err(over), Instant::now());
    resting
}

/// Every state.
pub(in crate::app) fn all(context: &Context) -> Vec<Sample> {
    const LEFT: Duration = Duration::from_secs(872);
    let now = Instant::now();
    let with = |change: &dyn Fn(&mut UserCode)| {
        let mut code = code();
        change(&mut code);
        showing(context, code, LEFT)
    };
    let grant = |mut screen: SignIn, progress: Progress| {
        let _ = screen.take(Step::Grant(progress), now);
        screen
    };
    let failed = |failure: GrantError| {
        let mut screen = showing(context, code(), LEFT);
        let _ = screen.end(Err(failure), now);
        screen
    };
    let mut bigger = showing(context, code(), LEFT);
    bigger.enlarge(true);
    let mut bigger_long = with(&|code| code.user_code = "WWWWWWWWWWWWWWW".to_owned());
    bigger_long.enlarge(true);
    let mut asking = showing(context, code(), LEFT);
    asking.question(true);
    let speaking = Context {
        voice: Voice::find(&["/bin/true".to_owned()], None),
        ..context.clone()
    };
    let mut offered = showing(&speaking, code(), LEFT);
    offered.focus.focus(SignInControl::ReadAloud);
    let mut aloud = showing(&speaking, code(), LEFT);
    drop(aloud.toggle_read_aloud());
    aloud.spoken(&speech::Event::Line(9));
    let mut mute = showing(&speaking, code(), LEFT);
    drop(mute.toggle_read_aloud());
    mute.spoken(&speech::Event::Failed(String::new()));
    let resting = resting(context);
    let mut last = showing(context, code(), Duration::from_secs(14));
    last.renewals = Renewals::new(0);
    let mut renewing = showing(context, code(), Duration::ZERO);
    drop(renewing.ask(true));
    let mut confirmed = showing(context, code(), LEFT);
    confirmed.confirmed();
    let mut bigger_confirmed = showing(context, code(), LEFT);
    bigger_confirmed.enlarge(true);
    bigger_confirmed.confirmed();
    let mut finishing = showing(context, code(), LEFT);
    finishing.confirmed();
    finishing.confirmed();
    let mut unkept = showing(context, code(), LEFT);
    let cause = session::Error::Storage {
        path: "/home/tv/.config/vestibule/accounts/default.json".to_owned(),
        cause: "No space left on device (os error 28)".to_owned(),
    };
    let _ = unkept.take(Step::Unkept(cause), now);
    let network = |failure| Progress::RequestFailed {
        error: Error::network(
            failure,
            "error sending request: tcp connect error: Connection refused (os error 111)"
                .to_owned(),
        ),
        next_in: Duration::from_secs(8),
    };
    vec![
        ("requesting", fresh(context, now)),
        (
            "request_failed",
            grant(fresh(context, now), network(NetworkFailure::Dns)),
        ),
        (
            "clock",
            grant(fresh(context, now), network(NetworkFailure::ClockBehind)),
        ),
        ("waiting", showing(context, code(), LEFT)),
        ("confirm", asking),
        (
            "checking",
            grant(showing(context, code(), LEFT), Progress::Polling),
        ),
        (
            "offline",
            grant(
                showing(context, code(), LEFT),
                Progress::Polled {
                    result: PollResult::NetworkError,
                    status: None,
                    detail: None,
                    next_in: Duration::from_secs(8),
                },
            ),
        ),
        ("unkept", unkept),
        (
            "digits",
            with(&|code| code.user_code = "482915736".to_owned()),
        ),
        (
            "wide",
            with(&|code| {
                code.user_code = "WWWWWWWWWWWWWWW".to_owned();
                code.verification_uri =
                    "https://acme-television.example.org/device/enter".to_owned();
            }),
        ),
        (
            "long_words",
            with(&|code| code.user_code = "WXYZ 1234 ABCD 56789".to_owned()),
        ),
        (
            "no_qr",
            with(&|code| {
                code.verification_uri =
                    format!("https://login.example.org/{}", "device/".repeat(14));
                code.verification_uri_complete = None;
            }),
        ),
        ("aloud", aloud),
        ("aloud_offered", offered),
        (
            "aloud_offline",
            grant(
                showing(&speaking, code(), LEFT),
                Progress::Polled {
                    result: PollResult::NetworkError,
                    status: None,
                    detail: None,
                    next_in: Duration::from_secs(8),
                },
            ),
        ),
        ("mute", mute),
        ("bigger", bigger),
        ("bigger_wide", bigger_long),
        ("veiled", showing(context, code(), Duration::from_secs(14))),
        ("veiled_last", last),
        ("renewing", renewing),
        ("resting", resting),
        ("confirmed", confirmed),
        ("bigger_confirmed", bigger_confirmed),
        ("finishing", finishing),
        (
            "denied",
            failed(GrantError {
                reason: Reason::Denied,
                ..refused("access_denied", "The user declined.")
            }),
        ),
        (
            "rejected",
            failed(refused(
                "unauthorized_client",
                "Grant type 'urn:ietf:params:oauth:grant-type:device_code' not allowed for the client.",
            )),
        ),
        (
            "rejected_long",
            failed(refused(
                "invalid_request",
                "Something went wrong there. ".repeat(20).trim_end(),
            )),
        ),
        (
            "rejected_pkce",
            failed(refused(
                "invalid_request",
                "Missing parameter: code_challenge_method",
            )),
        ),
        (
            "network",
            failed(GrantError::new(
                Reason::Network,
                Error::network(
                    NetworkFailure::Connect,
                    "connection refused: tcp connect error".to_owned(),
                ),
            )),
        ),
    ]
}
