//! Which of a server's endpoints answer, and how fast. Asks for nothing: any answer is one.

use std::time::{Duration, Instant, SystemTime};

use futures::future::join_all;
use url::Url;

use super::http::{Credentials, bare, unexpected};
use super::{Client, Error, NetworkFailure, wire};

/// What stands at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The server's metadata.
    Discovery,
    /// Where codes are asked for.
    DeviceAuthorization,
    /// Where tokens are asked for.
    Token,
    /// Where a person's name comes from.
    Userinfo,
    /// The keys that sign ID tokens.
    Keys,
}

/// An address, and what came of asking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// What stands there.
    pub place: Place,
    /// Where.
    pub address: Url,
    /// What came back.
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
    pub async fn survey(&self, limit: Duration) -> Vec<Surveyed> {
        let mut found = Vec::new();
        if self.provider().discovery
            && let Ok(address) = self.first_address()
        {
            found.push(self.ask_place(Place::Discovery, address, limit).await);
        }
        // Where discovery fails, what is known without it is asked all the same.
        let endpoints = match tokio::time::timeout(limit, self.endpoints()).await {
            Ok(Ok(endpoints)) => (*endpoints).clone(),
            Ok(Err(_)) | Err(_) => self.known_endpoints(),
        };
        let places = [
            (Place::DeviceAuthorization, endpoints.device_authorization),
            (Place::Token, endpoints.token),
            (Place::Userinfo, endpoints.userinfo),
            (Place::Keys, endpoints.jwks),
        ];
        let asked = places
            .into_iter()
            .filter_map(|(place, address)| Some((place, address?)))
            .map(|(place, address)| self.ask_place(place, address, limit));
        found.extend(join_all(asked).await);
        found
    }

    async fn ask_place(&self, place: Place, address: Url, limit: Duration) -> Surveyed {
        let started = Instant::now();
        // Only what must be a document can be told from the page of a network that wants a
        // sign-in of its own; the others may answer a GET as they like.
        let is_document = matches!(place, Place::Discovery | Place::Keys);
        let http = &self.inner.http;
        let reply = async {
            match is_document {
                true => http.document(&address).await,
                false => http.get(&address, Credentials::None).await,
            }
        };
        let answer = match tokio::time::timeout(limit, reply).await {
            Err(_) => Err(Error::Network {
                failure: NetworkFailure::Timeout,
                detail: format!("no answer within {} s", limit.as_secs()),
            }),
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
        Surveyed {
            place,
            address,
            answer,
        }
    }
}
