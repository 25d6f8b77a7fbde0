//! Certificates that are trusted besides those of the system.

use std::fmt;
use std::io;
use std::sync::Arc;

use super::failure::deepest;
use crate::Error;

type Read = dyn Fn() -> io::Result<Vec<u8>> + Send + Sync;

/// PEM certificates of further authorities. They are read when the first connection with TLS is made, off the
/// runtime's threads, and not before.
#[derive(Clone)]
pub struct TrustAnchors {
    /// What stands before the error where they cannot be used, such as `ca_file /etc/acme.pem`.
    name: String,
    read: Arc<Read>,
}

impl fmt::Debug for TrustAnchors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TrustAnchors").field(&self.name).finish()
    }
}

impl TrustAnchors {
    /// Certificates in PEM; `name` is what errors call them.
    pub fn pem(name: impl Into<String>, pem: impl Into<Vec<u8>>) -> Self {
        let pem = pem.into();
        Self::read_with(name, move || Ok(pem.clone()))
    }

    /// The same, read when they are needed. `read` may block.
    pub fn read_with(
        name: impl Into<String>,
        read: impl Fn() -> io::Result<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            read: Arc::new(read),
        }
    }

    /// Reads them. Blocks as long as reading does.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] where they cannot be read, are no PEM, or none at all.
    pub fn certificates(&self) -> Result<Vec<reqwest::Certificate>, Error> {
        let refuse = |why: String| Error::Misconfigured(format!("{}: {why}", self.name));
        let pem = (self.read)().map_err(|error| refuse(error.to_string()))?;
        let certificates = reqwest::Certificate::from_pem_bundle(&pem)
            .map_err(|error| refuse(format!("not PEM certificates: {}", deepest(&error))))?;
        if certificates.is_empty() {
            return Err(refuse("holds no PEM certificate".to_owned()));
        }
        Ok(certificates)
    }
}
