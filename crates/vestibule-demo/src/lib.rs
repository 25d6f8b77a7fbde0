//! An authorization server and an API of our own, reached only over HTTP like any other.
//!
//! It is a complete RFC 8628 server with OpenID Connect on top, kept small: one public client, four
//! people without passwords, and a media library with drawn artwork. Nothing here shares a type
//! with the client, so that a real server can take its place without a changed line.
//!
//! The box always talks over loopback: issuer and endpoints are `http://127.0.0.1:PORT`. With
//! [`Options::lan`] a second listener on that address serves the phone pages alone. Tokens never
//! cross the network and the token endpoint cannot be reached from it.

mod artwork;
mod authorize;
mod bearer;
mod catalogue;
mod chaos;
mod client;
mod config;
mod connections;
mod cross_site;
mod devices;
mod idempotency;
mod keys;
mod library;
mod limit;
mod metadata;
mod people;
mod phone;
mod revoke;
mod routes;
mod scope;
mod secret;
mod series;
mod serve;
mod sessions;
mod shared;
mod store;
mod title;
mod token;
mod userinfo;
mod wire;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use self::shared::Shared;

/// How the demo server behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port to listen on; 0 lets the system choose. A client keeps its account by issuer, so only a
    /// fixed port lets a restarted demo know its device again.
    pub port: u16,
    /// Address of this machine at which phones reach the activation page.
    pub lan: Option<IpAddr>,
    /// Least time between two polls. Announced in whole seconds, rounded up.
    pub interval: Duration,
    /// Life of a device code and its user code.
    pub code_lifetime: Duration,
    /// Life of an access token.
    pub access_lifetime: Duration,
    /// For how long after a rotation the previous refresh token still gets the same successor.
    ///
    /// It forgives a client whose reply was lost. Zero forgives nothing: any second use of a refresh
    /// token ends its session.
    pub rotation_leeway: Duration,
    /// Shelves of the library and items of each; none is a library to look around in.
    pub library: Option<(usize, usize)>,
    /// Forget the signing key and the grants of earlier runs.
    pub fresh: bool,
    /// Where key and grants are kept. Made with mode 0700 when it does not exist.
    pub data_dir: PathBuf,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            // The number of the RFC it demonstrates. A fixed port keeps the issuer the same, so that a restarted
            // demo finds its device still signed in.
            port: 8628,
            lan: None,
            interval: Duration::from_secs(5),
            code_lifetime: Duration::from_secs(900),
            access_lifetime: Duration::from_secs(3600),
            rotation_leeway: Duration::from_secs(3),
            library: None,
            fresh: false,
            data_dir: PathBuf::new(),
        }
    }
}

/// Why the demo server did not start.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// An address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// The data directory cannot be read or written.
    #[error("{}: {source}", path.display())]
    Data {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// Another demo server works with this data directory.
    #[error("another demo server is using {}", path.display())]
    Busy {
        /// The data directory.
        path: PathBuf,
    },
    /// No signing key could be made.
    #[error("cannot make a signing key")]
    Key,
}

/// A running demo server. Dropping it ends the server at once.
#[derive(Debug)]
pub struct Running {
    shared: Arc<Shared>,
    listeners: serve::Listeners,
}

impl Running {
    /// The issuer identifier, `http://127.0.0.1:PORT`.
    pub fn issuer(&self) -> &str {
        &self.shared.issuer
    }

    /// The base address of the API; ends in a slash.
    pub fn api(&self) -> &str {
        &self.shared.api
    }

    /// The client identifier to sign in with.
    pub fn client_id(&self) -> &str {
        client::MAIN.id
    }

    /// Where a person confirms a code: on the LAN address where there is one.
    pub fn phone_url(&self) -> &str {
        &self.shared.phone_url
    }

    /// A complete, commented configuration file that points at this server.
    pub fn config_toml(&self) -> String {
        config::toml(self.issuer(), self.api(), self.shared.library.is_some())
    }

    /// Ends the server: requests in flight get a second to finish, then everything is let go.
    pub async fn stop(self) {
        self.listeners.stop().await;
    }
}

/// Starts the demo server. It answers when this returns.
///
/// Must be called within a Tokio runtime, which then runs the server.
///
/// # Errors
/// See [`Error`].
pub async fn start(options: Options) -> Result<Running, Error> {
    let data_dir = options.data_dir.clone();
    let fresh = options.fresh;
    let kept = tokio::task::spawn_blocking(move || store::open(data_dir, fresh))
        .await
        .map_err(|_| Error::Key)??;
    let bound = serve::bind(options.port, options.lan).await?;
    let shared = Arc::new(Shared::new(&options, bound.port, kept));
    let listeners = serve::run(bound, &shared);
    tracing::info!(issuer = %shared.issuer, phone = %shared.phone_url, "demo server ready");
    Ok(Running { shared, listeners })
}
