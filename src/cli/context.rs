//! What the commands that work with an account need: configuration, client, accounts, a runtime.

use std::path::Path;

use super::config::check_provider_files;
use super::exit::asked_to_end;
use super::{Error, Exit, Global, out};
use crate::config::{self, ConfigFile, Directories, SearchPath, SearchResult};
use crate::host::{locale, process};
use crate::session::{AccountState, Accounts, SHUTDOWN_LIMIT, Session};

/// The configuration, and what follows from it.
pub(super) struct Context {
    pub(super) config: config::Config,
    pub(super) client: device_flow::Client,
    pub(super) accounts: Accounts,
}

impl Context {
    /// Reads the configuration and prepares everything that needs no network, the modes of what lies on the disk
    /// among it.
    ///
    /// # Errors
    /// Usage for a file that is named and cannot be used: no server has been asked for anything yet.
    pub(super) fn new(global: &Global) -> Result<Self, Error> {
        let loaded = configuration(global)?;
        check_provider_files(&loaded)?;
        let config = loaded.config;
        let client = config.client().map_err(|error| unusable(&error))?;
        Self::with(config, client)
    }

    /// The same for a sign-out: no account stays signed in because the file with the client secret is gone.
    pub(super) fn to_leave(global: &Global) -> Result<Self, Error> {
        let ConfigFile { config, .. } = configuration(global)?;
        let client = config.client().or_else(|error| {
            let client = config.client_without_secret().map_err(|error| unusable(&error))?;
            out::say(&format!(
                "vestibule: {error}; going on without it, so that the server may refuse to revoke anything"
            ));
            Ok::<_, Error>(client)
        })?;
        Self::with(config, client)
    }

    fn with(config: config::Config, client: device_flow::Client) -> Result<Self, Error> {
        let language = locale::tag(&config.screen.language);
        let Directories {
            config_dir,
            cache_dir,
            ..
        } = config::directories()?;
        let accounts = Accounts::new(&config_dir, &cache_dir);
        accounts.repair_modes();
        let context = Self {
            client: client.speaking(language.as_deref()),
            config,
            accounts,
        };
        context.sweep();
        Ok(context)
    }

    /// Removes what is left of people who are not signed in on this device any more: before a command, and after one
    /// in which a session may have ended.
    pub(super) fn sweep(&self) {
        self.accounts.sweep();
    }

    /// Works with the session of `profile` until that is done, or the process is asked to end.
    pub(super) fn with_session<T, W: Future<Output = Result<T, Error>>>(
        &self,
        profile: &str,
        work: impl FnOnce(Session) -> W,
    ) -> Result<T, Error> {
        let outcome = runtime()?.block_on(async {
            let session = self.session(profile)?;
            session.refresh_only_what_can_be_kept();
            let outcome = tokio::select! {
                outcome = work(session.clone()) => outcome,
                signal = process::shutdown_signal() => {
                    tracing::info!(?signal, "asked to end");
                    Err(asked_to_end(signal, Exit::Unexpected))
                }
            };
            // A token that came while we were asked to end must be on disk before we are gone.
            session.shut_down(SHUTDOWN_LIMIT).await;
            outcome
        });
        self.sweep();
        outcome
    }

    /// The session of `profile`.
    pub(super) fn session(&self, profile: &str) -> Result<Session, Error> {
        match Session::restore(&self.accounts, &self.client, profile)? {
            AccountState::SignedIn(session) => Ok(session),
            AccountState::SignedOut => Err(nobody(profile)),
            AccountState::Foreign { issuer, client_id } => Err(Error::new(
                Exit::NotSignedIn,
                format!(
                    "{}; take another --profile, or sign in here to replace it",
                    foreign(profile, &issuer, &client_id)
                ),
            )),
            AccountState::Broken { file, why } => {
                out::say(&set_aside(&file, &why));
                Err(nobody(profile))
            }
        }
    }
}

/// A client that cannot be made from the configuration.
fn unusable(error: &device_flow::Error) -> Error {
    Error::usage(error.to_string())
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

pub(super) fn nobody(profile: &str) -> Error {
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
pub(super) fn configuration(global: &Global) -> Result<ConfigFile, Error> {
    match config::load(global.config.as_deref(), &SearchPath::of_this_process())? {
        SearchResult::Found(loaded) => Ok(*loaded),
        SearchResult::Missing { looked_for } => {
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
