//! What a diagnosis asks of a server: the same requests as a sign-in, one at a time, leading nowhere.

use std::time::SystemTime;

use secrecy::SecretString;
use url::Url;

use super::driver::Server;
use super::grant::PollAnswer;
use super::grant_exchange::GrantExchange;
use super::{Client, Error, discovery};

/// Where a server's endpoints are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEndpoints {
    /// Where codes are asked for (RFC 8628 section 3.1).
    pub device_authorization: Url,
    /// Where tokens are asked for (RFC 6749 section 3.2).
    pub token: Url,
    /// Whether they were looked up at the server.
    pub looked_up: bool,
    /// What the server names and is not used, where nothing else names it: the member of its metadata, and why.
    pub refused: Vec<(&'static str, Error)>,
}

/// A code that nobody will be shown. It is left to expire at the server.
#[derive(Debug)]
pub struct UnusedCode {
    grant: GrantExchange,
    device_code: SecretString,
}

impl Client {
    /// The first address a sign-in speaks to.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] where none is known.
    pub fn first_address(&self) -> Result<Url, Error> {
        match (&self.inner.issuer, self.provider().discovery) {
            (Some(issuer), true) => discovery::first_address(issuer),
            _ => self.known_endpoints().device_authorization().cloned(),
        }
    }

    /// Finds the endpoints of the device grant: discovery (RFC 8414), the provider's row, the configuration.
    ///
    /// # Errors
    /// As a sign-in would meet them: [`Error::Network`] where the server can't be reached, [`Error::Misconfigured`] where
    /// nothing names the device authorization or the token endpoint.
    pub async fn find_endpoints(&self) -> Result<FoundEndpoints, Error> {
        let endpoints = self.endpoints().await?;
        Ok(FoundEndpoints {
            device_authorization: endpoints.device_authorization()?.clone(),
            token: endpoints.token()?.clone(),
            looked_up: self.provider().discovery,
            refused: endpoints.missing_for_a_refusal(),
        })
    }

    /// Asks for a code, as a sign-in does (RFC 8628 section 3.1).
    ///
    /// # Errors
    /// What the server has against it.
    pub async fn try_code(&self) -> Result<UnusedCode, Error> {
        let grant = GrantExchange::of(self.clone());
        match grant.authorize().await {
            Ok(authorization) => Ok(UnusedCode {
                grant,
                device_code: authorization.device_code,
            }),
            Err(failed) => Err(failed.error),
        }
    }

    /// Polls once with a code that nobody has confirmed: tells whether the token endpoint takes this client
    /// (RFC 8628 section 3.5: `authorization_pending` is what a good one says).
    ///
    /// # Errors
    /// What the server has against it.
    pub async fn try_poll(&self, code: UnusedCode) -> Result<(), Error> {
        let UnusedCode { grant, device_code } = code;
        let mut answer = grant.poll(device_code).await;
        if matches!(answer, PollAnswer::AskAgain(_)) {
            let UnusedCode { grant, device_code } = self.try_code().await?;
            answer = grant.poll(device_code).await;
        }
        match answer {
            PollAnswer::Pending { .. } | PollAnswer::SlowDown { .. } => Ok(()),
            // Nobody confirmed it; a server that gives tokens all the same gets them back.
            PollAnswer::Tokens(tokens) => {
                Server::revoke(&grant, tokens).await;
                Ok(())
            }
            PollAnswer::Failed(failed) | PollAnswer::AskAgain(failed) => Err(failed.error),
        }
    }

    /// The time as the server tells it, where it has proved who it is in the last day.
    pub fn server_time(&self) -> Option<SystemTime> {
        self.inner.http.server_clock.now()
    }
}
