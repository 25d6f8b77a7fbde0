//! From a library's chain of errors to the part of the way that failed.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::time::SystemTime;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::CertificateError;

use crate::clock::{self, Clock};
use crate::text::bounded;
use crate::{NetworkError, NetworkFailure};

const LONGEST_DETAIL: usize = 300;

/// The system's resolver, with failures that can be told from all others.
#[derive(Debug)]
pub(crate) struct Resolver;

#[derive(Debug)]
struct NotResolved(io::Error);

impl fmt::Display for NotResolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for NotResolved {}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            match tokio::net::lookup_host((name.as_str(), 0)).await {
                Ok(addresses) => {
                    let addresses: Vec<_> = addresses.collect();
                    let addresses: Addrs = Box::new(addresses.into_iter());
                    Ok(addresses)
                }
                Err(error) => Err(NotResolved(error).into()),
            }
        })
    }
}

/// Names what failed. The address is left out: its query may hold what nobody may read.
pub(crate) fn network(error: reqwest::Error, clock_floor: SystemTime) -> NetworkError {
    let error = error.without_url();
    let (failure, detail) = failure_of(&error);
    let failure = match failure {
        // Nothing was sent yet.
        Some(NetworkFailure::Interrupted) if error.is_connect() => NetworkFailure::Connect,
        Some(failure) => {
            let is_behind = clock::judge(SystemTime::now(), clock_floor) != Clock::Sane;
            judged(failure, is_behind)
        }
        None if error.is_timeout() => NetworkFailure::Timeout,
        None if error.is_connect() => NetworkFailure::Connect,
        None => NetworkFailure::Interrupted,
    };
    NetworkError::new(failure, bounded(&detail, LONGEST_DETAIL)).caused_by(error)
}

impl NetworkError {
    /// Whether all of an answer came, and what was packed in it (`Content-Encoding`) cannot be unpacked: the next one will
    /// be no better.
    pub fn is_undecodable(&self) -> bool {
        let mut causes = causes(self);
        let decoding = |cause: &(dyn StdError + 'static)| {
            cause
                .downcast_ref::<reqwest::Error>()
                .is_some_and(reqwest::Error::is_decode)
        };
        causes.any(decoding) && !causes.any(<dyn StdError>::is::<hyper::Error>)
    }
}

/// An error and what is behind it, down to the deepest cause. `io::Error` hides what it wraps from `source`, so it is opened.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |cause: &&'a (dyn StdError + 'static)| {
        let cause: &'a (dyn StdError + 'static) = *cause;
        let inner = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
            .map(|inner| inner as &(dyn StdError + 'static));
        inner.or_else(|| cause.source())
    })
}

/// A clock that is known to be wrong is what makes a certificate look wrong.
fn judged(failure: NetworkFailure, clock_is_behind: bool) -> NetworkFailure {
    match failure {
        NetworkFailure::Tls if clock_is_behind => NetworkFailure::ClockBehind,
        other => other,
    }
}

/// The part of the way that the deepest cause with one names, and the words of the deepest cause.
fn failure_of(error: &(dyn StdError + 'static)) -> (Option<NetworkFailure>, String) {
    let failure = causes(error).filter_map(failure_here).last();
    (failure, deepest(error))
}

fn failure_here(error: &(dyn StdError + 'static)) -> Option<NetworkFailure> {
    if error.is::<NotResolved>() {
        return Some(NetworkFailure::Dns);
    }
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return Some(match tls {
            rustls::Error::InvalidCertificate(
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. },
            ) => NetworkFailure::ClockBehind,
            _ => NetworkFailure::Tls,
        });
    }
    match error.downcast_ref::<io::Error>()?.kind() {
        io::ErrorKind::TimedOut => Some(NetworkFailure::Timeout),
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => Some(NetworkFailure::Connect),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => Some(NetworkFailure::Interrupted),
        _ => None,
    }
}

/// The words of the deepest cause.
pub fn deepest(error: &(dyn StdError + 'static)) -> String {
    causes(error).last().unwrap_or(error).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Outer(io::Error);

    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("outer")
        }
    }

    impl StdError for Outer {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&self.0)
        }
    }

    fn found(inner: io::Error) -> (Option<NetworkFailure>, String) {
        failure_of(&Outer(inner))
    }

    #[test]
    fn b33_a_certificate_from_the_future_means_a_clock_that_is_behind() {
        let early = rustls::Error::InvalidCertificate(CertificateError::NotValidYet);
        let (failure, _) = found(io::Error::other(early));
        assert_eq!(failure, Some(NetworkFailure::ClockBehind));
        let other = rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let (failure, detail) = found(io::Error::other(io::Error::other(other)));
        assert_eq!(failure, Some(NetworkFailure::Tls));
        assert!(detail.contains("UnknownIssuer"), "{detail}");
    }

    #[test]
    fn b33_a_clock_before_the_build_explains_every_refused_certificate() {
        let judged = |failure| super::judged(failure, true);
        assert_eq!(judged(NetworkFailure::Tls), NetworkFailure::ClockBehind);
        assert_eq!(judged(NetworkFailure::Dns), NetworkFailure::Dns);
        let sane = super::judged(NetworkFailure::Tls, false);
        assert_eq!(sane, NetworkFailure::Tls);
    }

    #[test]
    fn the_part_of_the_way_is_found_under_any_wrapping() {
        let dns = io::Error::other(NotResolved(io::Error::other("no such name")));
        assert_eq!(found(dns).0, Some(NetworkFailure::Dns));
        for (kind, failure) in [
            (io::ErrorKind::ConnectionRefused, NetworkFailure::Connect),
            (io::ErrorKind::NetworkUnreachable, NetworkFailure::Connect),
            (io::ErrorKind::ConnectionReset, NetworkFailure::Interrupted),
            (io::ErrorKind::TimedOut, NetworkFailure::Timeout),
        ] {
            assert_eq!(found(io::Error::from(kind)).0, Some(failure), "{kind:?}");
        }
    }
}
