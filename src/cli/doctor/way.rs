//! The way to the authorization server: name, connection, TLS, endpoints, and what it says to this client.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use url::{Host, Url};

use super::super::{Error, Exit};
use super::budget::{Budget, late};
use super::fix;
use super::report::Check;
use crate::config::is_loopback;
use device_flow::net::reach::{Target, connect};
use device_flow::{
    Client, Exchange, FoundEndpoints, NetworkError, NetworkFailure, Outcome, UnusedCode,
};

const NAME_LIMIT: Duration = Duration::from_secs(3);
const CONNECT_LIMIT: Duration = Duration::from_secs(3);
const ANSWER_LIMIT: Duration = Duration::from_secs(4);

const DNS: &str = "dns";
const TCP: &str = "tcp";
const TLS: &str = "tls";
const DISCOVERY: &str = "discovery";
const GRANT: &str = "device_grant";
const TOKEN: &str = "token_endpoint";

/// The checks, in the order in which each stands on the one before.
pub(super) const NAMES: [&str; 6] = [DNS, TCP, TLS, DISCOVERY, GRANT, TOKEN];

/// Walks the way as far as it goes, and tells each check as it ends.
/// Without `asks_for_code` the server is asked for nothing that it would have to remember.
pub(super) async fn walk(
    client: &Client,
    budget: Budget,
    asks_for_code: bool,
    tell: impl FnMut(Check),
) {
    let mut way = Way {
        client,
        budget,
        asks_for_code,
        told: 0,
        tell,
    };
    if let Err(end) = way.go().await {
        way.passed(end);
    }
    let rest = NAMES.get(way.told..).unwrap_or_default();
    for name in rest {
        (way.tell)(Check::skipped(name, "needs what failed above"));
    }
}

struct Way<'a, T> {
    client: &'a Client,
    budget: Budget,
    asks_for_code: bool,
    /// How many checks were told.
    told: usize,
    tell: T,
}

impl<T: FnMut(Check)> Way<'_, T> {
    fn passed(&mut self, check: Check) {
        self.told += 1;
        (self.tell)(check);
    }

    /// The error is the check that ends the way.
    async fn go(&mut self) -> Result<(), Check> {
        let url = match self.client.first_address() {
            Ok(url) => url,
            Err(error) => return Err(self.refused(DNS, &error)),
        };
        let addresses = self.name(&url).await?;
        self.connection(&addresses).await?;

        let found = self.ask(self.client.find_endpoints()).await;
        if !self.asks_for_code {
            return self.go_without_code(&url, found).await;
        }
        let code = match &found {
            Ok(_) => Some(self.ask(self.client.try_code()).await),
            Err(_) => None,
        };
        self.tls(&url, first_failure(&found, code.as_ref()))?;
        let found = found.map_err(|error| self.refused(DISCOVERY, &error))?;
        self.passed(discovered(&found));
        // There is an answer wherever endpoints were found.
        let Some(code) = code else { return Ok(()) };
        let code = code.map_err(|error| self.refused(GRANT, &error))?;
        let unused = "the server gave a code, which is left to expire unused";
        let waiting = self
            .client
            .provider()
            .tenant_log(Exchange::Poll, &Outcome::Waiting);
        let unused = match waiting {
            Some(entries) => {
                format!("{unused}; what the phone is told is in the tenant log: {entries}")
            }
            None => unused.to_owned(),
        };
        self.passed(Check::ok(GRANT, unused));
        self.ask(self.client.try_poll(code))
            .await
            .map_err(|error| self.refused(TOKEN, &error))?;
        let accepted = format!("{} accepts this client", found.token);
        self.passed(Check::ok(TOKEN, accepted));
        Ok(())
    }

    /// What can be known of the rest without a code: whether the server answers where tokens come from.
    async fn go_without_code(
        &mut self,
        url: &Url,
        found: Result<FoundEndpoints, device_flow::Error>,
    ) -> Result<(), Check> {
        let token = match &found {
            Ok(_) => {
                let limit = self.budget.at_most(ANSWER_LIMIT);
                self.client.check_token_endpoint(limit).await
            }
            Err(_) => None,
        };
        let unanswered = token.as_ref().and_then(|check| check.answer.as_ref().err());
        self.tls(url, found.as_ref().err().or(unanswered))?;
        let found = found.map_err(|error| self.refused(DISCOVERY, &error))?;
        self.passed(discovered(&found));
        let why =
            "no code was asked for, so that none is left at the server; doctor --code asks for one";
        self.passed(Check::skipped(GRANT, why));
        let Some(token) = token else { return Ok(()) };
        let answered = token.answer.map_err(|error| self.refused(TOKEN, &error))?;
        let detail = format!(
            "{} answers after {} ms; whether it accepts this client is seen with a code",
            found.token,
            answered.took.as_millis()
        );
        self.passed(Check::ok(TOKEN, detail));
        Ok(())
    }

    /// Looks up the host that is connected to: the server's, or the proxy's before it.
    async fn name(&mut self, url: &Url) -> Result<Vec<SocketAddr>, Check> {
        let proxy = match is_loopback(url) {
            true => None,
            false => Target::proxy_before(url.as_str()),
        };
        let through = match &proxy {
            Some(proxy) => format!("proxy {}:{}: ", proxy.host, proxy.port),
            None => String::new(),
        };
        let target = proxy.or_else(|| target(url)).ok_or_else(|| {
            let nowhere = device_flow::Error::Misconfigured(format!("{url} names no host"));
            self.refused(DNS, &nowhere)
        })?;
        let found = target.resolve(self.budget.at_most(NAME_LIMIT)).await;
        let found = found.map_err(|error| {
            let what = format!("{through}{}", target.host);
            self.unreachable(DNS, NetworkFailure::Dns, &what, &error)
        })?;
        let detail = match (target.is_address(), found.len()) {
            (true, _) => format!("{through}{} is an address: no name to look up", target.host),
            (false, 1) => format!("{through}{} has 1 address", target.host),
            (false, n) => format!("{through}{} has {n} addresses", target.host),
        };
        self.passed(Check::ok(DNS, detail));
        Ok(found)
    }

    async fn connection(&mut self, addresses: &[SocketAddr]) -> Result<(), Check> {
        let limit = self.budget.at_most(CONNECT_LIMIT);
        let (address, took) = connect(addresses, limit).await.map_err(|error| {
            let shown: Vec<_> = addresses.iter().take(3).map(ToString::to_string).collect();
            let failure = match error.kind() {
                io::ErrorKind::TimedOut => NetworkFailure::Timeout,
                _ => NetworkFailure::Connect,
            };
            self.unreachable(TCP, failure, &shown.join(", "), &error)
        })?;
        let detail = format!("{address} answers after {} ms", took.as_millis());
        self.passed(Check::ok(TCP, detail));
        Ok(())
    }

    /// What the first exchange tells about the secure channel.
    fn tls(&mut self, url: &Url, first: Option<&device_flow::Error>) -> Result<(), Check> {
        if url.scheme() == "http" {
            let detail = "not used: plain http, which never leaves this machine";
            self.passed(Check::ok(TLS, detail));
            return Ok(());
        }
        match first {
            Some(
                error @ device_flow::Error::Network(NetworkError {
                    failure:
                        NetworkFailure::Dns
                        | NetworkFailure::Connect
                        | NetworkFailure::Tls
                        | NetworkFailure::ClockBehind
                        | NetworkFailure::Timeout,
                    ..
                }),
            ) => Err(self.refused(TLS, error)),
            _ => {
                let host = url.host_str().unwrap_or_default();
                let detail = format!("{host} has proved who it is");
                self.passed(Check::ok(TLS, detail));
                Ok(())
            }
        }
    }

    async fn ask<O>(
        &self,
        work: impl Future<Output = Result<O, device_flow::Error>>,
    ) -> Result<O, device_flow::Error> {
        let answer = self.budget.spend(ANSWER_LIMIT, work).await;
        answer.unwrap_or_else(|given| {
            Err(device_flow::Error::network(
                NetworkFailure::Timeout,
                late(given),
            ))
        })
    }

    fn unreachable(
        &self,
        name: &'static str,
        failure: NetworkFailure,
        what: &str,
        error: &io::Error,
    ) -> Check {
        let error = device_flow::Error::network(failure, format!("{what}: {error}"));
        self.refused(name, &error)
    }

    fn refused(&self, name: &'static str, error: &device_flow::Error) -> Check {
        let exchange = if name == TOKEN {
            Exchange::Poll
        } else {
            Exchange::Code
        };
        refused(name, self.client, exchange, error)
    }
}

/// A check that failed with an error of the authorization server or the way to it.
pub(super) fn refused(
    name: &'static str,
    client: &Client,
    exchange: Exchange,
    error: &device_flow::Error,
) -> Check {
    let exit = match Error::from(error.clone()).exit {
        Exit::Network => Exit::Network,
        // Whatever an error means in the middle of a sign-in, here it is about this client.
        _ => Exit::Rejected,
    };
    let detail = match error {
        device_flow::Error::OAuth { status, .. } => format!("HTTP {status} {error}"),
        other => other.to_string(),
    };
    Check::failed(name, exit, detail, &fix::of(client, exchange, error))
}

fn first_failure<'a>(
    found: &'a Result<FoundEndpoints, device_flow::Error>,
    code: Option<&'a Result<UnusedCode, device_flow::Error>>,
) -> Option<&'a device_flow::Error> {
    match (found, code) {
        (Err(error), _) => Some(error),
        (Ok(found), Some(Err(error))) if !found.looked_up => Some(error),
        _ => None,
    }
}

/// What was found, and what the server names that is not used: without its keys no ID token is believed, without any
/// other endpoint something is missing.
fn discovered(found: &FoundEndpoints) -> Check {
    let refused: Vec<_> = found
        .refused
        .iter()
        .map(|(_, why)| why.to_string())
        .collect();
    let detail = [vec![endpoints(found)], refused].concat().join("; ");
    let fix = "correct the server's metadata, or name the right address under [provider]";
    match found.refused.as_slice() {
        [] => Check::ok(DISCOVERY, detail),
        refused if refused.iter().any(|(name, _)| *name == "jwks_uri") => {
            Check::failed(DISCOVERY, Exit::Rejected, detail, fix)
        }
        _ => Check::warning(DISCOVERY, detail, fix),
    }
}

fn endpoints(found: &FoundEndpoints) -> String {
    let from = if found.looked_up {
        "the server's metadata"
    } else {
        "the preset and the configuration"
    };
    format!(
        "endpoints from {from}: codes at {}",
        found.device_authorization
    )
}

fn target(url: &Url) -> Option<Target> {
    let host = match url.host()? {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    };
    let port = url.port_or_known_default()?;
    Some(Target { host, port })
}
