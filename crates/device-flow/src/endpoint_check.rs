//! Which of a server's endpoints answer, and how fast. Asks for nothing: any answer is one.

use std::time::{Duration, Instant, SystemTime};

use futures::future::join_all;
use url::Url;

use super::net::{Credentials, bare, unexpected};
use super::{Client, Error, NetworkFailure, wire};

/// One of a server's endpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// The server's metadata (RFC 8414 section 3, OpenID Connect Discovery section 4).
    Discovery,
    /// Where codes are asked for (RFC 8628 section 3.1).
    DeviceAuthorization,
    /// Where tokens are asked for (RFC 6749 section 3.2).
    Token,
    /// Where a person's claims come from (OpenID Connect Core section 5.3).
    Userinfo,
    /// The keys that sign ID tokens (RFC 7517 section 5).
    Jwks,
}

/// An address, and what came of asking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointCheck {
    /// What stands there.
    pub endpoint: Endpoint,
    /// The address that was asked.
    pub address: Url,
    /// What came back. An error is one of the network: any answer of the server is an answer here.
    pub answer: Result<Answered, Error>,
}

/// An answer, whatever it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// HTTP status.
    pub status: u16,
    /// How long it took, connecting included.
    pub took: Duration,
    /// The server's time, where it has proved who it is. It may come from a cache on the way, and so is
    /// good for looking at, not for judging a token by.
    pub date: Option<SystemTime>,
}

impl Client {
    /// Asks every endpoint at once, none for longer than `limit`.
    pub async fn check_endpoints(&self, limit: Duration) -> Vec<EndpointCheck> {
        let mut found = Vec::new();
        if self.provider().discovery
            && let Ok(address) = self.first_address()
        {
            found.push(
                self.check_endpoint(Endpoint::Discovery, address, limit)
                    .await,
            );
        }
        // Where discovery fails, what is known without it is asked all the same.
        let endpoints = match tokio::time::timeout(limit, self.endpoints()).await {
            Ok(Ok(endpoints)) => (*endpoints).clone(),
            Ok(Err(_)) | Err(_) => self.known_endpoints(),
        };
        let places = [
            (
                Endpoint::DeviceAuthorization,
                endpoints.device_authorization,
            ),
            (Endpoint::Token, endpoints.token),
            (Endpoint::Userinfo, endpoints.userinfo),
            (Endpoint::Jwks, endpoints.jwks),
        ];
        let asked = places
            .into_iter()
            .filter_map(|(place, address)| Some((place, address?)))
            .map(|(place, address)| self.check_endpoint(place, address, limit));
        found.extend(join_all(asked).await);
        found
    }

    /// Asks where tokens come from, for no longer than `limit`; nothing where that is not known.
    pub async fn check_token_endpoint(&self, limit: Duration) -> Option<EndpointCheck> {
        let endpoints = match tokio::time::timeout(limit, self.endpoints()).await {
            Ok(Ok(endpoints)) => (*endpoints).clone(),
            Ok(Err(_)) | Err(_) => self.known_endpoints(),
        };
        let address = endpoints.token?;
        Some(self.check_endpoint(Endpoint::Token, address, limit).await)
    }

    async fn check_endpoint(
        &self,
        endpoint: Endpoint,
        address: Url,
        limit: Duration,
    ) -> EndpointCheck {
        let started = Instant::now();
        // Only what must be a document can be told from the page of a network that wants a
        // sign-in of its own; the others may answer a GET as they like.
        let is_document = matches!(endpoint, Endpoint::Discovery | Endpoint::Jwks);
        let http = &self.inner.http;
        let reply = async {
            match is_document {
                true => http.document(&address).await,
                false => http.get(&address, Credentials::None).await,
            }
        };
        let answer = match tokio::time::timeout(limit, reply).await {
            Err(_) => Err(Error::network(
                NetworkFailure::Timeout,
                format!("no answer within {} s", limit.as_secs()),
            )),
            Ok(Err(error)) => Err(error),
            Ok(Ok(reply)) => {
                if is_document && wire::members(&reply).is_none() {
                    Err(unexpected(&reply, &bare(&address)))
                } else {
                    Ok(Answered {
                        status: reply.status,
                        took: started.elapsed(),
                        date: reply.date,
                    })
                }
            }
        };
        EndpointCheck {
            endpoint,
            address,
            answer,
        }
    }
}
