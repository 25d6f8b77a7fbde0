//! An authorization server and an API of our own, reached only over HTTP like any other.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// How the demo server behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port to listen on; 0 lets the system choose.
    pub port: u16,
    /// Address of this machine at which phones reach the activation page.
    pub lan: Option<IpAddr>,
    /// Least time between two polls.
    pub interval: Duration,
    /// Life of a device code and its user code.
    pub code_lifetime: Duration,
    /// Life of an access token.
    pub access_lifetime: Duration,
    /// For how long after a rotation the previous refresh token still gets the same successor.
    pub rotation_leeway: Duration,
    /// Forget the signing key and the grants of earlier runs.
    pub fresh: bool,
    /// Where key and grants are kept.
    pub data_dir: PathBuf,
}

/// Why the demo server did not start.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// It is not there yet.
    #[error("the demo server is not built yet")]
    Missing,
}

/// A running demo server. Dropping it ends the server at once.
#[derive(Debug)]
pub struct Running {}

impl Running {
    /// The issuer identifier.
    pub fn issuer(&self) -> &str {
        ""
    }

    /// The base address of the API.
    pub fn api(&self) -> &str {
        ""
    }

    /// The client identifier to sign in with.
    pub fn client_id(&self) -> &str {
        ""
    }

    /// Where a person confirms a code.
    pub fn phone_url(&self) -> &str {
        ""
    }

    /// A complete configuration file that points at this server.
    pub fn config_toml(&self) -> String {
        String::new()
    }
}

/// Starts the demo server.
///
/// # Errors
/// See [`Error`].
#[allow(clippy::unused_async)]
pub async fn start(options: Options) -> Result<Running, Error> {
    drop(options);
    Err(Error::Missing)
}
