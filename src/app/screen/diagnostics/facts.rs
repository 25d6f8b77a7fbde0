//! What was found, each as a line in the viewer's language. Pure.

use std::time::Duration;

use crate::app::format::span;
use crate::app::i18n::{self, fl, number};
use crate::checks::clock::{self, Finding};
use crate::checks::facts::{Facts, Findings, MEBIBYTE};
use crate::checks::owner_api;
use crate::host::clock::build_day;
use device_flow::{Endpoint, EndpointCheck, Exchange, Outcome, Provider};

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
        if let Some(name) = &self.name {
            lines.push(line(fl!("diagnostics-name"), name.clone()));
        }
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

    fn clock(&self, findings: Option<&Findings>) -> Line {
        let called = fl!("diagnostics-clock");
        let told = self.server_time(findings);
        match clock::check(self.local, build_day(), told) {
            Finding::NoOther => line(called, fl!("diagnostics-clock-unknown")),
            Finding::Agrees => line(called, fl!("diagnostics-clock-agrees")),
            Finding::BeforeBuild(by) | Finding::Behind(by) => {
                bad(called, fl!("diagnostics-clock-behind", by = span(by)))
            }
            Finding::Ahead(by) => bad(called, fl!("diagnostics-clock-ahead", by = span(by))),
        }
    }

    /// What is to be said of the way to the servers.
    pub(super) fn of_the_way(&self, findings: Option<&Findings>) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Some(findings) = findings {
            lines.extend(findings.endpoints.iter().map(endpoint));
            lines.extend(findings.api.iter().map(api_line));
        }
        if let Some(server) = &self.server {
            let past = server.past.iter();
            lines.extend(past.map(|(exchange, past)| exchanged(server.provider, *exchange, past)));
        }
        lines
    }
}

fn endpoint(checked: &EndpointCheck) -> Line {
    let called = match checked.endpoint {
        Endpoint::Discovery => fl!("diagnostics-discovery"),
        Endpoint::DeviceAuthorization => fl!("diagnostics-codes"),
        Endpoint::Token => fl!("diagnostics-tokens"),
        Endpoint::Userinfo => fl!("diagnostics-userinfo"),
        Endpoint::Jwks => fl!("diagnostics-keys"),
    };
    let host = checked.address.host_str().unwrap_or_default();
    match &checked.answer {
        Ok(answered) => line(called, reached(answered.status, answered.took, host)),
        Err(error) => bad(called, fl!("diagnostics-failed", why = error.to_string())),
    }
}

fn api_line((host, answer): &(String, owner_api::Answer)) -> Line {
    let called = fl!("diagnostics-api");
    match answer {
        Ok(probed) => line(called, reached(probed.status, probed.took, host)),
        Err(error) => bad(called, fl!("diagnostics-failed", why = error.to_string())),
    }
}

fn reached(status: u16, took: Duration, host: &str) -> String {
    let took = number(took.as_millis() as f64);
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
    let log = provider.tenant_log(exchange, outcome);
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

fn mebibytes(bytes: u64) -> String {
    number((bytes as f64 / MEBIBYTE as f64 * 10.0).round() / 10.0)
}
