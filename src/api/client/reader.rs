//! How an answer is read, and as what.

use std::time::SystemTime;

use url::Url;

use crate::api::Error;
use crate::api::cache::Spools;
use crate::api::mapping::json::{self, Reply};
use crate::api::mapping::selector::Selector;
use crate::api::rows::page::{Origin, Page};
use crate::api::rows::row::Rows;
use crate::session::CacheDir;
use device_flow::json::Wanted;

/// Something an answer is read as.
pub(super) trait Read: Clone + Send + 'static {
    /// What an answer without content is (RFC 9110 section 15.3.5).
    fn nothing() -> Self;

    /// The same, of another time and origin.
    fn dated(self, fetched_at: SystemTime, origin: Origin) -> Self;

    /// The same, with what of it is written kept as [`Spools::keep`] has it.
    fn kept(self, _: &Spools, _: Option<&CacheDir>) -> Self {
        self
    }
}

impl Read for Page {
    fn nothing() -> Self {
        Self::whole(Vec::new())
    }

    fn dated(self, fetched_at: SystemTime, origin: Origin) -> Self {
        Self {
            fetched_at,
            origin,
            ..self
        }
    }
}

impl Read for Rows {
    fn nothing() -> Self {
        Self {
            rows: Vec::new(),
            fetched_at: SystemTime::now(),
            origin: Origin::Network,
        }
    }

    fn dated(self, fetched_at: SystemTime, origin: Origin) -> Self {
        let rows = self
            .rows
            .into_iter()
            .map(|row| row.dated(fetched_at, origin));
        Self {
            rows: rows.collect(),
            fetched_at,
            origin,
        }
    }

    fn kept(self, spools: &Spools, folder: Option<&CacheDir>) -> Self {
        self.kept(spools, folder)
    }
}

/// Reads an answer from an address.
pub(super) struct Reader<T> {
    pub(super) wanted: Wanted,
    /// Where an answer says that it is an error.
    pub(super) error: Option<Selector>,
    /// Whether a refusal may say that there is no such page any more.
    pub(super) may_be_past_the_end: bool,
    pub(super) look: Look<T>,
}

pub(super) type Look<T> = Box<dyn Fn(&Reply<'_>, &Source<'_>) -> Result<T, Error> + Send + Sync>;

/// Where an answer came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// Its address, after redirects.
    pub(super) address: &'a Url,
    /// The next page by its `Link` header.
    pub(super) next: Option<&'a Url>,
}

impl<T> Reader<T> {
    pub(super) fn read(&self, body: &[u8], from: &Source<'_>) -> Result<T, Error> {
        json::read(body, &self.wanted, |reply| (self.look)(reply, from))
    }
}
