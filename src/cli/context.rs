//! What the commands that work with an account need: configuration, client, accounts, a runtime.

use std::path::Path;
use std::time::Duration;

use super::{Error, Exit, Global, out};
use crate::config::{self, Found, Loaded, Places};
use crate::host::locale;
use crate::oauth;
use crate::session::{Accounts, Restored, Session};

/// How long a refresh in flight may take to be written before the process ends.
pub(super) const SETTLE: Duration = Duration::from_secs(5);

/// The configuration, and what follows from it.
pub(super) struct Context {
    pub(super) config: config::Config,
    pub(super) client: oauth::Client,
    pub(super) accounts: Accounts,
}

impl Context {
    /// Reads the configuration and prepares everything that needs no network.
    pub(super) fn new(global: &Global) -> Result<Self, Error> {
        let config = configuration(global)?.config;
        let language = locale::tag(&config.screen.language);
        let client = oauth::Client::new(&config.provider)?.speaking(language.as_deref());
        let accounts = Accounts::new(&config::directories()?.config_dir);
        Ok(Self {
            config,
            client,
            accounts,
        })
    }

    /// The session of `profile`.
    pub(super) fn session(&self, profile: &str) -> Result<Session, Error> {
        match self.accounts.restore(&self.client, profile)? {
            Restored::SignedIn(session) => Ok(session),
            Restored::Nobody => Err(nobody(profile)),
            Restored::Foreign { issuer, client_id } => Err(Error::new(
                Exit::NotSignedIn,
                format!(
                    "{}; take another --profile, or sign in here to replace it",
                    foreign(profile, &issuer, &client_id)
                ),
            )),
            Restored::SetAside { kept, why } => {
                out::say(&set_aside(&kept, &why));
                Err(nobody(profile))
            }
        }
    }
}

/// Words for an account file that could not be used.
pub(super) fn set_aside(kept: &Path, why: &str) -> String {
    format!(
        "vestibule: the account file could not be used ({why}); it is kept as {}",
        kept.display()
    )
}

/// Words for a session that this configuration cannot use.
pub(super) fn foreign(profile: &str, issuer: &str, client_id: &str) -> String {
    format!(
        "profile \"{profile}\" holds a session of another server or client ({issuer}, {client_id})"
    )
}

fn nobody(profile: &str) -> Error {
    let option = if profile == "default" {
        String::new()
    } else {
        format!(" --profile {profile}")
    };
    Error::new(
        Exit::NotSignedIn,
        format!(
            "nobody is signed in on profile \"{profile}\"; sign in with: vestibule{option} sign-in"
        ),
    )
}

/// The configuration file, which must be there.
pub(super) fn configuration(global: &Global) -> Result<Loaded, Error> {
    match config::load(global.config.as_deref(), &Places::of_this_process())? {
        Found::Config(loaded) => Ok(*loaded),
        Found::Missing { looked_for } => {
            let mut message = "no configuration found; looked for:".to_owned();
            for path in looked_for {
                message.push_str(&format!("\n  {}", path.display()));
            }
            message.push_str(
                "\nStart with: vestibule config example --preset auth0, or try: vestibule demo",
            );
            Err(Error::usage(message))
        }
    }
}

/// A runtime for one command.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Error> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| Error::new(Exit::Unexpected, format!("no runtime: {error}")))
}
