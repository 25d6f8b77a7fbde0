//! The first two steps to another machine, one by one: its name, and a connection.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use futures::future::select_ok;
use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

/// A machine has seldom more addresses; trying them all at once must not look like an attack.
const MOST_ADDRESSES: usize = 4;

/// A host and a port to connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Name or address, IPv6 without brackets.
    pub host: String,
    /// Port.
    pub port: u16,
}

impl Target {
    /// Whether the host is an address: then there is nothing to look up.
    pub fn is_address(&self) -> bool {
        self.host.parse::<IpAddr>().is_ok()
    }

    /// The proxy that the environment (`HTTPS_PROXY`, `NO_PROXY` and their kin) puts before `address`.
    pub fn proxy_before(address: &str) -> Option<Self> {
        let intercept = Matcher::from_env().intercept(&address.parse::<Uri>().ok()?)?;
        let proxy = intercept.uri();
        let https = proxy.scheme_str() == Some("https");
        Some(Self {
            host: proxy.host()?.trim_matches(['[', ']']).to_owned(),
            port: proxy.port_u16().unwrap_or(if https { 443 } else { 80 }),
        })
    }

    /// Looks the host up.
    ///
    /// # Errors
    /// What the system said, [`io::ErrorKind::TimedOut`] after `limit`.
    pub async fn resolve(&self, limit: Duration) -> io::Result<Vec<SocketAddr>> {
        let found = timeout(limit, lookup_host((self.host.as_str(), self.port)))
            .await
            .map_err(|_| late(limit))??;
        let found: Vec<_> = found.collect();
        if found.is_empty() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "no address"));
        }
        Ok(found)
    }
}

/// Connects to the first of `addresses` that answers; tells which, and how long that took.
///
/// # Errors
/// What the system said of the last that did not, [`io::ErrorKind::TimedOut`] after `limit`.
pub async fn connect(
    addresses: &[SocketAddr],
    limit: Duration,
) -> io::Result<(SocketAddr, Duration)> {
    let started = Instant::now();
    let tries = addresses
        .iter()
        .copied()
        .take(MOST_ADDRESSES)
        .map(|address| {
            Box::pin(async move { TcpStream::connect(address).await.map(|_stream| address) })
        });
    let mut tries = tries.peekable();
    if tries.peek().is_none() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "no address"));
    }
    let (address, _others) = timeout(limit, select_ok(tries))
        .await
        .map_err(|_| late(limit))??;
    Ok((address, started.elapsed()))
}

fn late(limit: Duration) -> io::Error {
    io::Error::new(
        io::ErrorKind::TimedOut,
        format!("no answer within {:.0} s", limit.as_secs_f64()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(5);

    fn target(host: &str, port: u16) -> Target {
        Target {
            host: host.to_owned(),
            port,
        }
    }

    #[tokio::test]
    async fn a_listener_is_reached_and_a_closed_port_is_not() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let open = listener.local_addr().unwrap();
        let found = target("127.0.0.1", open.port()).resolve(SOON).await;
        assert_eq!(found.unwrap(), [open]);
        let closed = {
            let other = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            other.local_addr().unwrap()
        };
        assert_eq!(connect(&[closed, open], SOON).await.unwrap().0, open);
        let refused = connect(&[closed], SOON).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
        assert!(connect(&[], SOON).await.is_err());
    }

    #[tokio::test]
    async fn a_name_that_is_none_is_not_found() {
        let name = target("nothing.invalid", 443);
        assert!(!name.is_address() && target("::1", 1).is_address());
        assert!(name.resolve(SOON).await.is_err());
    }
}
