//! What is known of this box and its server at one moment, and each of it as a line. Pure.

use std::time::{Duration, Instant, SystemTime};

use crate::api;
use crate::app::i18n::{self, fl};
use crate::app::screen::Context;
use crate::host::clock::{self, Clock};
use crate::host::memory::Memory;
use crate::oauth::{self, Entry, Exchange, Outcome, Place, Provider, Surveyed, tenant_log};

/// What is to be told.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    /// The server, where the configuration names one that can be used.
    pub(super) server: Option<Server>,
    /// Whether somebody is signed in.
    pub(super) signed_in: bool,
    /// What this box's clock says.
    pub(super) local: SystemTime,
    /// Names of the renderers, as iced reads them.
    pub(super) renderer: Option<String>,
    /// Width and height of the window in pixels.
    pub(super) window: (u32, u32),
    /// Since the program was started.
    pub(super) running: Duration,
    /// Since the box was started.
    pub(super) box_running: Duration,
}

/// What is known of the authorization server.
#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) provider: &'static Provider,
    /// Host of the issuer.
    pub(super) host: String,
    pub(super) client_id: String,
    /// The last exchange of each kind, and how long ago it was.
    pub(super) past: Vec<(Exchange, Option<(Duration, Outcome)>)>,
    /// The server's time, where it has proved who it is.
    pub(super) time: Option<SystemTime>,
}

/// What was found by asking around.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Every endpoint of the authorization server.
    pub(super) endpoints: Vec<Surveyed>,
    /// The host of the owner's API, and what came of asking it.
    pub(super) api: Option<(String, OfApi)>,
    /// Memory of this process.
    pub(super) memory: Option<Memory>,
}

/// The status of an answer and how long it took.
pub(super) type OfApi = Result<(u16, Duration), api::Error>;

/// A line: what it is about, and what is known of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) called: String,
    pub(super) value: String,
    pub(super) tone: Tone,
}

/// How a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// Not as it should be.
    Bad,
}

/// The kinds of exchange, in the order in which they come in a sign-in.
const EXCHANGES: [Exchange; 3] = [Exchange::Code, Exchange::Poll, Exchange::Refresh];

impl Server {
    pub(super) fn of(context: &Context, now: Instant) -> Self {
        let issuer = context.client.issuer();
        let host = url::Url::parse(&issuer).ok();
        let host = host.and_then(|url| url.host_str().map(str::to_owned));
        let ago = |Entry { at, outcome }| (now.saturating_duration_since(at), outcome);
        Self {
            provider: context.config.provider.preset.provider(),
            host: host.unwrap_or(issuer),
            client_id: context.client.client_id().to_owned(),
            past: EXCHANGES
                .map(|exchange| (exchange, context.client.last(exchange).map(ago)))
                .to_vec(),
            time: context.client.server_time(),
        }
    }
}

fn line(called: String, value: String) -> Line {
    Line {
        called,
        value,
        tone: Tone::Plain,
    }
}

fn bad(called: String, value: String) -> Line {
    Line {
        called,
        value,
        tone: Tone::Bad,
    }
}

impl Facts {
    /// What is to be said of the box and the program.
    pub(super) fn of_the_box(&self, findings: Option<&Findings>) -> Vec<Line> {
        let mut lines = Vec::new();
        match &self.server {
            Some(server) => {
                let provider = format!("{} ({})", server.host, server.provider.name);
                lines.push(line(fl!("diagnostics-provider"), provider));
                lines.push(line(fl!("diagnostics-client"), server.client_id.clone()));
            }
            None => lines.push(bad(fl!("diagnostics-provider"), fl!("diagnostics-none"))),
        }
        let account = if self.signed_in {
            fl!("diagnostics-signed-in")
        } else {
            fl!("diagnostics-nobody")
        };
        lines.push(line(fl!("diagnostics-account"), account));
        lines.push(self.clock(findings));
        let version = concat!("Vestibule ", env!("CARGO_PKG_VERSION")).to_owned();
        lines.push(line(fl!("diagnostics-version"), version));
        lines.push(line(fl!("diagnostics-renderer"), self.renderer()));
        let (width, height) = self.window;
        lines.push(line(
            fl!("diagnostics-screen"),
            format!("{width} × {height}"),
        ));
        let memory = findings.and_then(|findings| findings.memory);
        let memory = memory.map_or_else(String::new, |memory| {
            fl!(
                "diagnostics-memory-value",
                share = mebibytes(memory.share),
                all = mebibytes(memory.resident)
            )
        });
        lines.push(line(fl!("diagnostics-memory"), memory));
        lines.push(line(
            fl!("diagnostics-running"),
            fl!(
                "diagnostics-running-value",
                program = span(self.running),
                device = span(self.box_running)
            ),
        ));
        lines.push(line(
            fl!("diagnostics-language"),
            i18n::language().tag.to_owned(),
        ));
        lines
    }

    /// The renderer as it was settled. With two names the first is used where its driver works.
    fn renderer(&self) -> String {
        self.renderer
            .as_deref()
            .unwrap_or("auto")
            .replace(',', " / ")
    }

    /// The server's time: what it told when it had proved who it is, else what the survey saw.
    fn server_time(&self, findings: Option<&Findings>) -> Option<SystemTime> {
        let told = self.server.as_ref().and_then(|server| server.time);
        told.or_else(|| {
            findings?
                .endpoints
                .iter()
                .filter(|surveyed| surveyed.place == Place::Token)
                .find_map(|surveyed| surveyed.answer.as_ref().ok()?.date)
        })
    }

    fn clock(&self, findings: Option<&Findings>) -> Line {
        let called = fl!("diagnostics-clock");
        if let Clock::Behind(by) = clock::judge(self.local, clock::build_day()) {
            return bad(called, fl!("diagnostics-clock-behind", by = span(by)));
        }
        let Some(told) = self.server_time(findings) else {
            return line(called, fl!("diagnostics-clock-unknown"));
        };
        let by = clock::apart(told, self.local);
        match (by <= clock::TOLERANCE, told > self.local) {
            (true, _) => line(called, fl!("diagnostics-clock-agrees")),
            (false, true) => bad(called, fl!("diagnostics-clock-behind", by = span(by))),
            (false, false) => bad(called, fl!("diagnostics-clock-ahead", by = span(by))),
        }
    }

    /// What is to be said of the way to the servers.
    pub(super) fn of_the_way(&self, findings: Option<&Findings>) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(findings) = findings {
            lines.extend(findings.endpoints.iter().map(endpoint));
            lines.extend(findings.api.iter().map(owner_api));
        }
        if let Some(server) = &self.server {
            let past = server.past.iter();
            lines.extend(past.map(|(exchange, past)| exchanged(server.provider, *exchange, past)));
        }
        lines
    }

    /// What a phone's camera takes home to whoever looks after this box: no secret, and nothing of the
    /// person who is signed in. For machines and engineers, and so in no language.
    pub(super) fn report(&self, findings: &Findings) -> String {
        let mut lines = vec![format!("vestibule {}", env!("CARGO_PKG_VERSION"))];
        if let Some(server) = &self.server {
            lines.push(format!(
                "{} {} {}",
                server.provider.name,
                shortened(&server.host),
                shortened(&server.client_id)
            ));
            let past = server.past.iter().filter_map(|(exchange, past)| {
                let (_, outcome) = past.as_ref()?;
                let log = tenant_log(server.provider, *exchange, outcome);
                let log = log.map_or_else(String::new, |log| format!("[{}]", log.replace(' ', "")));
                Some(format!("{} {}{log}", name(*exchange), code(outcome)))
            });
            lines.push(past.collect::<Vec<_>>().join(", "));
        }
        let endpoints = findings.endpoints.iter().map(|surveyed| {
            let answer = match &surveyed.answer {
                Ok(answered) => format!("{} {}ms", answered.status, answered.took.as_millis()),
                Err(error) => failure(error),
            };
            format!("{} {answer}", place_name(surveyed.place))
        });
        let api = findings.api.iter().map(|(_, answer)| match answer {
            Ok((status, took)) => format!("api {status} {}ms", took.as_millis()),
            Err(_) => "api failed".to_owned(),
        });
        lines.push(endpoints.chain(api).collect::<Vec<_>>().join(", "));
        let clock = self.server_time(Some(findings)).map(|told| {
            let by = clock::apart(told, self.local).as_secs();
            let sign = if told > self.local { '-' } else { '+' };
            format!("clock {sign}{by}s ")
        });
        let (width, height) = self.window;
        lines.push(format!(
            "{}{} {width}x{height} {}M up {}s",
            clock.unwrap_or_default(),
            self.renderer.as_deref().unwrap_or("auto"),
            findings.memory.map_or(0, |memory| memory.share / MEBIBYTE),
            self.running.as_secs(),
        ));
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}

fn endpoint(surveyed: &Surveyed) -> Line {
    let called = match surveyed.place {
        Place::Discovery => fl!("diagnostics-discovery"),
        Place::DeviceAuthorization => fl!("diagnostics-codes"),
        Place::Token => fl!("diagnostics-tokens"),
        Place::Userinfo => fl!("diagnostics-userinfo"),
        Place::Keys => fl!("diagnostics-keys"),
    };
    let host = surveyed.address.host_str().unwrap_or_default();
    match &surveyed.answer {
        Ok(answered) => line(called, reached(answered.status, answered.took, host)),
        Err(error) => bad(called, fl!("diagnostics-failed", why = error.to_string())),
    }
}

fn owner_api((host, answer): &(String, OfApi)) -> Line {
    let called = fl!("diagnostics-api");
    match answer {
        Ok((status, took)) => line(called, reached(*status, *took, host)),
        Err(error) => bad(called, fl!("diagnostics-failed", why = error.to_string())),
    }
}

fn reached(status: u16, took: Duration, host: &str) -> String {
    let took = took.as_millis().to_string();
    fl!(
        "diagnostics-reached",
        status = status.to_string(),
        milliseconds = took,
        host = host
    )
}

/// The last exchange of a kind, with where an administrator finds the server's side of it.
fn exchanged(provider: &Provider, exchange: Exchange, past: &Option<(Duration, Outcome)>) -> Line {
    let called = match exchange {
        Exchange::Code => fl!("diagnostics-last-code"),
        Exchange::Poll => fl!("diagnostics-last-poll"),
        Exchange::Refresh => fl!("diagnostics-last-refresh"),
    };
    let Some((ago, outcome)) = past else {
        return line(called, fl!("diagnostics-never"));
    };
    let said = match outcome {
        Outcome::Done => fl!("diagnostics-done"),
        Outcome::Waiting => fl!("diagnostics-waiting"),
        Outcome::SlowDown => fl!("diagnostics-slow-down"),
        Outcome::Failed(error) => error.to_string(),
    };
    // What a server says may be long, and comes last.
    let log = tenant_log(provider, exchange, outcome);
    let parts = [
        Some(fl!("diagnostics-ago", time = span(*ago))),
        log.map(|log| fl!("diagnostics-tenant-log", codes = log)),
        Some(said),
    ];
    let value = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    match outcome {
        Outcome::Failed(_) => bad(called, value),
        Outcome::Done | Outcome::Waiting | Outcome::SlowDown => line(called, value),
    }
}

fn name(exchange: Exchange) -> &'static str {
    match exchange {
        Exchange::Code => "code",
        Exchange::Poll => "poll",
        Exchange::Refresh => "refresh",
    }
}

fn place_name(place: Place) -> &'static str {
    match place {
        Place::Discovery => "meta",
        Place::DeviceAuthorization => "device",
        Place::Token => "token",
        Place::Userinfo => "userinfo",
        Place::Keys => "keys",
    }
}

/// An outcome in a word.
fn code(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Done => "ok".to_owned(),
        Outcome::Waiting => "pending".to_owned(),
        Outcome::SlowDown => "slow_down".to_owned(),
        Outcome::Failed(error) => failure(error),
    }
}

fn failure(error: &oauth::Error) -> String {
    match error {
        oauth::Error::OAuth { code, .. } => shortened(code),
        oauth::Error::Network { failure, .. } => format!("{failure:?}").to_lowercase(),
        oauth::Error::Unexpected { .. } => "unexpected".to_owned(),
        oauth::Error::IdToken(_) => "id_token".to_owned(),
        oauth::Error::Misconfigured(_) => "misconfigured".to_owned(),
    }
}

/// What is long enough to be known by; a report has to stay readable for a camera.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    text.chars().take(LONGEST).collect()
}

const MEBIBYTE: u64 = 1024 * 1024;

fn mebibytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / MEBIBYTE as f64)
}

/// A time in its two largest units.
fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, _, 0) => format!("{hours} h"),
        (0, ..) => format!("{hours} h {minutes} min"),
        (_, 0, _) => format!("{days} d"),
        _ => format!("{days} d {hours} h"),
    }
}
