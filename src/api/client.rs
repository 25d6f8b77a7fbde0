//! Calls the owner's API with the signed-in account.

use url::Url;

use super::{Card, Error};
use crate::config;
use crate::session::Session;

/// A client of the owner's API. Cheap to clone; clones share connections.
#[derive(Debug, Clone)]
pub struct Client {
    api: std::sync::Arc<config::Api>,
}

/// An answer, as `vestibule call` prints it.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`, where sent.
    pub content_type: Option<String>,
    /// The body, at most 16 MiB.
    pub body: Vec<u8>,
}

impl Client {
    /// Prepares a client; opens no connection.
    ///
    /// # Errors
    /// [`Error::Network`] when TLS cannot be set up.
    pub fn new(api: &config::Api, session: Session) -> Result<Self, Error> {
        let _ = session;
        Ok(Self {
            api: std::sync::Arc::new(api.clone()),
        })
    }

    /// The rows that are configured.
    pub fn rows(&self) -> &[config::Row] {
        &self.api.rows
    }

    /// Loads the cards of a row.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn row(&self, row: &config::Row) -> Result<Vec<Card>, Error> {
        let _ = row;
        std::future::pending().await
    }

    /// Calls `path` under the base address. Any status is an `Ok` answer.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn call(
        &self,
        method: &str,
        path: &str,
        data: Option<Vec<u8>>,
    ) -> Result<Reply, Error> {
        let _ = (method, path, data);
        std::future::pending().await
    }

    /// Loads the bytes of a picture. The access token goes along only to the API's own origin.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn image(&self, url: &Url) -> Result<Vec<u8>, Error> {
        let _ = url;
        std::future::pending().await
    }
}
