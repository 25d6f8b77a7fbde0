//! What is known of this box and its servers at one moment, and the report of it for a phone's camera.

use std::time::{Duration, Instant, SystemTime};

use futures::future::join;

use super::owner_api;
use crate::config::Config;
use crate::host::memory::{self, Memory};
use crate::host::{boot_clock, clock, renderer};
use device_flow::{Client, Endpoint, EndpointCheck, Exchange, LogEntry, Outcome, Provider};

/// What is to be told.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The server, where the configuration names one that can be used.
    pub server: Option<Server>,
    /// What this box is called, where the configuration says so.
    pub name: Option<String>,
    /// Whether somebody is signed in.
    pub signed_in: bool,
    /// What this box's clock says.
    pub local: SystemTime,
    /// Names of the renderers, as iced reads them.
    pub renderer: Option<String>,
    /// Width and height of the window in pixels.
    pub window: (u32, u32),
    /// Since the program was started.
    pub running: Duration,
    /// Since the box was started.
    pub box_running: Duration,
}

/// What is known of the authorization server.
#[derive(Debug, Clone)]
pub struct Server {
    /// Whose server it is.
    pub provider: &'static Provider,
    /// Host of the issuer.
    pub host: String,
    /// This client, as the server knows it.
    pub client_id: String,
    /// The last exchange of each kind, and how long ago it was.
    pub past: Vec<(Exchange, Option<(Duration, Outcome)>)>,
    /// The server's time, where it has proved who it is.
    pub time: Option<SystemTime>,
}

/// What was found by asking around.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Every endpoint of the authorization server.
    pub endpoints: Vec<EndpointCheck>,
    /// The host of the owner's API, and what came of asking it.
    pub api: Option<(String, owner_api::Answer)>,
    /// Memory of this process.
    pub memory: Option<Memory>,
}

/// The kinds of exchange, in the order in which they come in a sign-in.
const EXCHANGES: [Exchange; 3] = [Exchange::Code, Exchange::Poll, Exchange::Refresh];

impl Server {
    fn of(client: &Client, config: &Config, now: Instant) -> Self {
        let issuer = client.issuer();
        let host = url::Url::parse(&issuer).ok();
        let host = host.and_then(|url| url.host_str().map(str::to_owned));
        let ago = |LogEntry { at, outcome }| (now.saturating_duration_since(at), outcome);
        Self {
            provider: config.provider.preset.provider(),
            host: host.unwrap_or(issuer),
            client_id: client.client_id().to_owned(),
            past: EXCHANGES
                .map(|exchange| (exchange, client.last(exchange).map(ago)))
                .to_vec(),
            time: client.server_time(),
        }
    }
}

impl Facts {
    /// What is known without asking. `started` is when the program was.
    pub fn gather(
        served: Option<(&Client, &Config)>,
        signed_in: bool,
        window: (u32, u32),
        started: Instant,
    ) -> Self {
        let now = Instant::now();
        Self {
            server: served.map(|(client, config)| Server::of(client, config, now)),
            name: served.and_then(|(_, config)| config.device.name()),
            signed_in,
            local: SystemTime::now(),
            renderer: renderer::settled(),
            window,
            running: now.saturating_duration_since(started),
            box_running: boot_clock::now(),
        }
    }

    /// The server's time: what it told when it had proved who it is, else what the survey saw.
    pub fn server_time(&self, findings: Option<&Findings>) -> Option<SystemTime> {
        let told = self.server.as_ref().and_then(|server| server.time);
        told.or_else(|| {
            findings?
                .endpoints
                .iter()
                .filter(|checked| checked.endpoint == Endpoint::Token)
                .find_map(|checked| checked.answer.as_ref().ok()?.date)
        })
    }

    /// What a phone's camera takes home to the person who looks after this box: no secret, and nothing of the
    /// person who is signed in. For machines and engineers, and so in no language.
    pub fn report(&self, findings: &Findings) -> String {
        let mut version = concat!("vestibule ", env!("CARGO_PKG_VERSION")).to_owned();
        if let Some(name) = &self.name {
            version.push(' ');
            version.push_str(&shortened(name));
        }
        let mut lines = vec![version];
        if let Some(server) = &self.server {
            lines.push(format!(
                "{} {} {}",
                server.provider.name,
                shortened(&server.host),
                shortened(&server.client_id)
            ));
            let past = server.past.iter().filter_map(|(exchange, past)| {
                let (_, outcome) = past.as_ref()?;
                let log = server.provider.tenant_log(*exchange, outcome);
                let log = log.map_or_else(String::new, |log| format!("[{}]", log.replace(' ', "")));
                Some(format!("{} {}{log}", name(*exchange), code(outcome)))
            });
            lines.push(past.collect::<Vec<_>>().join(", "));
        }
        let endpoints = findings.endpoints.iter().map(|checked| {
            let answer = match &checked.answer {
                Ok(answered) => format!("{} {}ms", answered.status, answered.took.as_millis()),
                Err(error) => failure(error),
            };
            format!("{} {answer}", endpoint_name(checked.endpoint))
        });
        let api = findings.api.iter().map(|(_, answer)| match answer {
            Ok(probed) => format!("api {} {}ms", probed.status, probed.took.as_millis()),
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

impl Findings {
    /// Asks every server there is, each for no longer than `limit`.
    pub async fn ask(served: Option<(&Client, &Config)>, limit: Duration) -> Self {
        let memory = tokio::task::spawn_blocking(memory::of_this_process);
        let (endpoints, api) = match served {
            None => (Vec::new(), None),
            Some((client, config)) => {
                let (endpoints, answer) =
                    join(client.check_endpoints(limit), owner_api::ask(config, limit)).await;
                let api = config.api.as_ref().zip(answer).map(|(api, answer)| {
                    let host = api.base_url.host_str().unwrap_or_default();
                    (host.to_owned(), answer)
                });
                (endpoints, api)
            }
        };
        Self {
            endpoints,
            api,
            memory: memory.await.ok().flatten(),
        }
    }
}

fn name(exchange: Exchange) -> &'static str {
    match exchange {
        Exchange::Code => "code",
        Exchange::Poll => "poll",
        Exchange::Refresh => "refresh",
    }
}

fn endpoint_name(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::Discovery => "meta",
        Endpoint::DeviceAuthorization => "device",
        Endpoint::Token => "token",
        Endpoint::Userinfo => "userinfo",
        Endpoint::Jwks => "keys",
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

fn failure(error: &device_flow::Error) -> String {
    match error {
        device_flow::Error::OAuth { code, .. } => shortened(code),
        device_flow::Error::Network(error) => format!("{:?}", error.failure).to_lowercase(),
        device_flow::Error::Unexpected { .. } => "unexpected".to_owned(),
        device_flow::Error::IdToken(_) => "id_token".to_owned(),
        device_flow::Error::Misconfigured(_) => "misconfigured".to_owned(),
    }
}

/// What is long enough to be known by; a report has to stay readable for a camera.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    text.chars().take(LONGEST).collect()
}

/// Bytes in a mebibyte.
pub const MEBIBYTE: u64 = 1024 * 1024;
