//! The diagnostics screen in its states, for tests and for looking at.

use std::time::{Duration, SystemTime};

use tracing::Level;
use url::Url;

use super::*;
use crate::api::{self, Probed};
use crate::checks::facts::Server;
use crate::host::memory::Memory;
use device_flow::{
    Answered, Endpoint, EndpointCheck, Error, Exchange, NetworkFailure, Outcome, provider,
};

/// A state by name.
pub(in crate::app) type Sample = (&'static str, Diagnostics);

/// The day of every sample.
fn day() -> SystemTime {
    crate::host::clock::build_day() + Duration::from_secs(20 * 3600)
}

fn url(path: &str) -> Url {
    Url::parse("https://acme.eu.auth0.com")
        .unwrap()
        .join(path)
        .unwrap()
}

fn answered(status: u16, milliseconds: u64) -> Result<Answered, Error> {
    Ok(Answered {
        status,
        took: Duration::from_millis(milliseconds),
        date: Some(day()),
    })
}

fn network(failure: NetworkFailure, detail: &str) -> Error {
    Error::network(failure, detail.to_owned())
}

fn checked(answers: [Result<Answered, Error>; 5]) -> Vec<EndpointCheck> {
    let places = [
        (Endpoint::Discovery, "/.well-known/openid-configuration"),
        (Endpoint::DeviceAuthorization, "/oauth/device/code"),
        (Endpoint::Token, "/oauth/token"),
        (Endpoint::Userinfo, "/userinfo"),
        (Endpoint::Jwks, "/.well-known/jwks.json"),
    ];
    let places = places.into_iter().zip(answers);
    places
        .map(|((endpoint, path), answer)| EndpointCheck {
            endpoint,
            address: url(path),
            answer,
        })
        .collect()
}

pub(super) fn healthy() -> Findings {
    Findings {
        endpoints: checked([
            answered(200, 84),
            answered(404, 31),
            answered(404, 29),
            answered(401, 33),
            answered(200, 30),
        ]),
        api: Some((
            "api.example.com".to_owned(),
            Ok(Probed {
                address: "https://api.example.com/v1/".to_owned(),
                is_row: true,
                status: 401,
                took: Duration::from_millis(46),
                words: None,
            }),
        )),
        memory: Some(Memory {
            share: 24_336_384,
            resident: 41_943_040,
        }),
    }
}

pub(super) fn broken() -> Findings {
    let nowhere = || {
        Err(network(
            NetworkFailure::Dns,
            "failed to lookup address information",
        ))
    };
    Findings {
        endpoints: checked([
            Err(network(NetworkFailure::Timeout, "no answer within 5 s")),
            nowhere(),
            nowhere(),
            Err(network(
                NetworkFailure::Tls,
                &format!(
                    "invalid peer certificate: UnknownIssuer {}",
                    "of a chain ".repeat(20)
                ),
            )),
            nowhere(),
        ]),
        api: Some((
            "api.example.com".to_owned(),
            Err(api::Error::Captive("HTTP 302".to_owned())),
        )),
        memory: None,
    }
}

fn facts(server: Option<Server>) -> Facts {
    Facts {
        name: server
            .as_ref()
            .map(|_| "lobby-3.floor-2.acme-tower".to_owned()),
        server,
        signed_in: true,
        local: day(),
        renderer: Some("tiny-skia".to_owned()),
        window: (1920, 1080),
        running: Duration::from_secs(3 * 3600 + 720),
        box_running: Duration::from_secs(4 * 86_400 + 3600),
    }
}

pub(super) fn server(past: [Option<(u64, Outcome)>; 3]) -> Server {
    let exchanges = [Exchange::Code, Exchange::Poll, Exchange::Refresh];
    let past = past.map(|past| past.map(|(ago, outcome)| (Duration::from_secs(ago), outcome)));
    Server {
        provider: &provider::AUTH0,
        host: "acme.eu.auth0.com".to_owned(),
        client_id: "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6".to_owned(),
        past: exchanges.into_iter().zip(past).collect(),
        time: Some(day() + Duration::from_secs(2)),
    }
}

pub(super) fn oauth(code: &str, description: &str) -> Outcome {
    Outcome::Failed(Error::OAuth {
        status: 403,
        code: code.to_owned(),
        description: Some(description.to_owned()),
    })
}

fn line(level: Level, text: &str) -> log::Line {
    log::Line {
        at: day(),
        level,
        text: text.to_owned(),
    }
}

fn lines() -> Vec<log::Line> {
    let mut lines = vec![
        line(Level::INFO, "session refreshed profile=living-room"),
        line(
            Level::WARN,
            "cannot learn who signed in; trying again error=no connection to the sign-in server: error sending \
             request for url: tcp connect error: Connection refused (os error 111)",
        ),
        line(
            Level::ERROR,
            "the account file cannot be written error=No space left on device",
        ),
    ];
    for number in 0..27 {
        lines.push(line(Level::INFO, &format!("code shown, number {number}")));
    }
    lines
}

/// The screen with these facts; no server is asked.
pub(super) fn showing(
    page: Page,
    server: Option<Server>,
    findings: Option<Findings>,
    lines: Vec<log::Line>,
) -> Diagnostics {
    let (mut screen, task) =
        Diagnostics::new(None, true, Size::new(1920.0, 1080.0), Instant::now());
    drop(task);
    screen.work = None;
    screen.page.focus(page);
    screen.facts = facts(server);
    screen.report = findings
        .as_ref()
        .and_then(|findings| qr::Modules::new(&screen.facts.report(findings)));
    screen.findings = findings;
    screen.lines = lines;
    screen
}

/// The first page before anything has answered.
pub(in crate::app) fn checking() -> Diagnostics {
    let server = server([Some((190, Outcome::Done)), Some((185, Outcome::Done)), None]);
    showing(Page::Device, Some(server), None, lines())
}

/// Everything has answered.
pub(in crate::app) fn answered_to(screen: &mut Diagnostics) {
    screen.findings = Some(healthy());
}

pub(in crate::app) fn arrival(
    name: Option<&str>,
    code: Option<u32>,
    button: Option<Button>,
) -> KeyReport {
    KeyReport {
        name: name.map(str::to_owned),
        code,
        button,
    }
}

/// Every state.
pub(in crate::app) fn all() -> Vec<Sample> {
    let good = || {
        Some(server([
            Some((190, Outcome::Done)),
            Some((185, Outcome::Done)),
            Some((40, Outcome::Done)),
        ]))
    };
    let bad = || {
        Some(Server {
            time: Some(day() + Duration::from_secs(7300)),
            ..server([
                Some((
                    3,
                    oauth(
                        "unauthorized_client",
                        "Grant type 'urn:ietf:params:oauth:grant-type:device_code' not allowed for the client.",
                    ),
                )),
                Some((12, Outcome::SlowDown)),
                Some((
                    90_000,
                    oauth("invalid_grant", "Unknown or invalid refresh token."),
                )),
            ])
        })
    };
    let long = || {
        Some(Server {
            host: "a-very-long-tenant-name-of-a-company.with-a-custom-domain.example.org"
                .to_owned(),
            client_id: "x".repeat(120),
            ..server([
                None,
                None,
                Some((5, oauth(&"error_".repeat(30), &"words ".repeat(80)))),
            ])
        })
    };
    let listening = |arrivals: Vec<KeyReport>| {
        let mut screen = showing(Page::Remote, good(), Some(healthy()), lines());
        drop(screen.hearing.begin());
        for arrival in arrivals {
            drop(screen.hearing.hear(arrival));
        }
        screen
    };
    let mut scrolled = showing(Page::Log, good(), Some(healthy()), lines());
    let _ = scrolled.press(Button::Down);
    vec![
        (
            "device",
            showing(Page::Device, good(), Some(healthy()), lines()),
        ),
        (
            "device_checking",
            showing(Page::Device, good(), None, lines()),
        ),
        (
            "device_broken",
            showing(Page::Device, bad(), Some(broken()), lines()),
        ),
        (
            "device_long",
            showing(Page::Device, long(), Some(broken()), lines()),
        ),
        (
            "device_nothing",
            showing(Page::Device, None, Some(Findings::default()), Vec::new()),
        ),
        (
            "connection",
            showing(Page::Connection, good(), Some(healthy()), lines()),
        ),
        (
            "connection_broken",
            showing(Page::Connection, bad(), Some(broken()), lines()),
        ),
        (
            "connection_long",
            showing(Page::Connection, long(), Some(broken()), lines()),
        ),
        (
            "connection_nothing",
            showing(Page::Connection, None, Some(Findings::default()), lines()),
        ),
        ("log", showing(Page::Log, good(), Some(healthy()), lines())),
        ("log_scrolled", scrolled),
        (
            "log_nothing",
            showing(Page::Log, good(), Some(healthy()), Vec::new()),
        ),
        (
            "remote",
            showing(Page::Remote, good(), Some(healthy()), lines()),
        ),
        ("listening", listening(Vec::new())),
        (
            "listening_known",
            listening(vec![
                arrival(Some("MediaPlay"), Some(207), Some(Button::PlayPause)),
                arrival(None, None, None),
                arrival(None, Some(515), Some(Button::Digit(3))),
                arrival(None, Some(581), None),
                arrival(None, Some(352), Some(Button::Select)),
            ]),
        ),
        (
            "listening_unknown",
            listening(vec![arrival(None, Some(581), None)]),
        ),
    ]
}
