//! `vestibule doctor`: what is wrong, and what to do about it.

mod budget;
mod clock;
mod disk;
mod fix;
mod kiosk;
mod owner_api;
mod report;
mod telemetry;
mod way;

use std::time::SystemTime;

use clap::Args;
use tokio::runtime::Runtime;

use self::budget::Budget;
use self::owner_api::{API, FIRST_ROW};
use self::report::{Check, Teller};
use super::config::{check_files, open_to_others};
use super::context::{configuration, runtime};
use super::exit::asked_to_end;
use super::{Error, Exit, Global, environment, out};
use crate::config::{self, ConfigFile, Directories};
use crate::host::clock::build_day;
use crate::host::process;
use crate::session::{AccountState, Accounts, SHUTDOWN_LIMIT, Session};
use device_flow::Client;

/// Checks configuration, clock, network, server, API and session, and says how to fix what is wrong
///
/// Makes a real request for a code, which is never shown and left to expire, and polls once with it. Where somebody is
/// signed in it does without: the session shows that the server knows this client.
#[derive(Debug, Default, Args)]
#[command(after_long_help = "\
Examples:
  vestibule doctor
  vestibule doctor --json
  vestibule doctor --no-code                    from a monitor: nothing is left at the server
  vestibule --config new.toml doctor

Ends with 0 when nothing failed (warnings do not count), 2 when the configuration is wrong, 6 when a server
cannot be reached, 7 when the server rejects this client, and 1 for anything else.")]
pub(super) struct Doctor {
    /// One object of JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Ask for no code, as where somebody is signed in
    #[arg(long)]
    no_code: bool,
    /// Ask for one also where somebody is
    #[arg(long, conflicts_with = "no_code")]
    code: bool,
}

const CONFIG: &str = "config";
/// What this box is called, where the configuration says so.
const DEVICE: &str = "device";

/// Where the clock stands among the checks: all that uses TLS stands on it.
const CLOCK_AT: usize = 1;

/// A configuration that is right, and what follows from it.
struct Patient {
    config: config::Config,
    client: Client,
}

impl Doctor {
    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let mut teller = Teller::new(!self.json);
        let wish = match (self.no_code, self.code) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            (false, false) => None,
        };
        let visit = examine(global, wish, &mut teller)?;
        let (report, told) = teller.end();
        if let Some(visit) = visit {
            visit.leave();
        }
        told?;
        match report.exit() {
            Exit::Done => Ok(()),
            exit => Err(Error::silent(exit)),
        }
    }
}

/// What was begun and has to come to its end when all has been said.
struct Visit {
    runtime: Runtime,
    session: Option<Session>,
}

impl Visit {
    /// A refresh whose answer is still out is waited for: what it brings exists nowhere else.
    fn leave(self) {
        if let Some(session) = self.session {
            if !session.is_settled() {
                out::say(
                    "vestibule: waiting for the answer to a refresh, so that the session is not lost",
                );
            }
            self.runtime.block_on(session.shut_down(SHUTDOWN_LIMIT));
        }
        // A look-up of a name that is not answered cannot be called off, and need not be waited for.
        self.runtime.shutdown_background();
    }
}

/// `asks_for_code` is whether a code is asked for, where that was said.
fn examine(
    global: &Global,
    asks_for_code: Option<bool>,
    teller: &mut Teller,
) -> Result<Option<Visit>, Error> {
    let Directories {
        config_dir: folder,
        cache_dir,
        ..
    } = config::directories()?;
    let accounts = Accounts::new(&folder, &cache_dir);
    let profile = global.profile();
    // Before anything else: whatever restores a session also repairs what is looked at here.
    let on_disk = disk::folder(&accounts, &folder, profile);
    let (patient, config) = match prepare(global) {
        Ok(prepared) => prepared,
        Err(config) => {
            let skip = |name| Check::skipped(name, "needs the configuration");
            teller.tell(config);
            teller.tell_all(way::NAMES.into_iter().map(skip));
            teller.tell_as(CLOCK_AT, clock::check(SystemTime::now(), build_day(), None));
            teller.tell_all([API, FIRST_ROW].map(skip));
            teller.tell_all(on_disk);
            teller.tell_all(disk::OF_THE_SESSION.map(skip));
            teller.tell_all(kiosk::look());
            return Ok(None);
        }
    };
    teller.tell(config);
    teller.tell_all(variables());
    teller.tell_all(
        patient
            .config
            .device
            .name()
            .map(|name| Check::ok(DEVICE, name)),
    );
    let remember = patient.config.sign_in.remember;
    let found = disk::session(&accounts, &patient.client, profile, remember);
    let can_be_kept = !on_disk.iter().any(Check::has_failed);
    let visit = Visit {
        runtime: runtime()?,
        session: patient.session(&accounts, profile),
    };
    let session = visit.session.as_ref();
    let asks = asks_for_code.unwrap_or(session.is_none());
    let examined = visit.runtime.block_on(async {
        tokio::select! {
            () = patient.examine(session, can_be_kept, asks, teller) => Ok(()),
            signal = process::shutdown_signal() => {
                tracing::info!(?signal, "asked to end");
                Err(asked_to_end(signal, Exit::Unexpected))
            }
        }
    });
    if let Err(asked) = examined {
        visit.leave();
        return Err(asked);
    }
    teller.tell_all(on_disk);
    teller.tell_all(found);
    teller.tell_all(kiosk::look());
    Ok(Some(visit))
}

/// Variables that were meant for this program and are not heard.
fn variables() -> Option<Check> {
    let unknown = environment::unknown(std::env::vars_os().map(|(name, _)| name));
    let fix = "see the variables in: vestibule --help";
    (!unknown.is_empty()).then(|| Check::warning("environment", unknown.join("; "), fix))
}

/// Reads the configuration and all files it names.
fn prepare(global: &Global) -> Result<(Patient, Check), Check> {
    let fix = "put right what the message says; vestibule config example prints a configuration to start from";
    let failed = |error: Error| Check::failed(CONFIG, Exit::Usage, error.message, fix);
    let loaded = configuration(global).map_err(failed)?;
    check_files(&loaded).map_err(failed)?;
    let open = open_to_others(&loaded);
    let ConfigFile { config, files, .. } = loaded;
    let client = config.client().map_err(|error| failed(error.into()))?;
    let names: Vec<_> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    let name = names.join(", ");
    let found = match open.as_slice() {
        [] => Check::ok(CONFIG, name),
        open => Check::warning(
            CONFIG,
            format!("{name}: {}", open.join("; ")),
            "have these files and folders belong to this user or to root, chmod go-w them, and chmod 600 the secret: who \
             may write them decides where people's tokens go",
        ),
    };
    Ok((Patient { config, client }, found))
}

impl Patient {
    /// All checks that need a clock and a network. `can_be_kept` tells whether new tokens could be written.
    async fn examine(
        &self,
        session: Option<&Session>,
        can_be_kept: bool,
        asks_for_code: bool,
        teller: &mut Teller,
    ) {
        let budget = Budget::new();
        let api = self.config.api.as_ref();
        let mut walked = true;
        let way = async {
            way::walk(&self.client, budget, asks_for_code, |check| {
                walked &= !check.has_failed();
                teller.tell(check);
            })
            .await;
            // What a server says the time is comes on the way.
            let told = self.client.server_time();
            teller.tell_as(CLOCK_AT, clock::check(SystemTime::now(), build_day(), told));
        };
        let ((), reached) = futures::join!(way, owner_api::reach(&self.config, budget));
        let ready = walked && !reached.has_failed();
        teller.tell(reached);
        let row = match (api, session) {
            (None, _) => Check::skipped(FIRST_ROW, "the configuration has no [api]"),
            // A refresh that is not answered may cost the session, so none is begun in vain.
            _ if !ready => Check::skipped(FIRST_ROW, "needs what failed above"),
            (Some(_), None) => Check::skipped(FIRST_ROW, "needs somebody who is signed in"),
            (Some(_), Some(_)) if !can_be_kept => Check::skipped(
                FIRST_ROW,
                "needs a config directory that can be written: a refresh could not be kept",
            ),
            (Some(_), Some(session)) => {
                owner_api::first_row(&self.config, &self.client, session, budget).await
            }
        };
        teller.tell(row);
        teller.tell_all(telemetry::check(&self.config).await);
    }

    /// The session, where there is one of this client. A broken file is left where it is.
    fn session(&self, accounts: &Accounts, profile: &str) -> Option<Session> {
        let Ok(AccountState::SignedIn(_)) = accounts.state(&self.client, profile) else {
            return None;
        };
        match Session::restore(accounts, &self.client, profile) {
            Ok(AccountState::SignedIn(session)) => {
                session.refresh_only_what_is_over();
                session.refresh_only_what_can_be_kept();
                Some(session)
            }
            _ => None,
        }
    }
}
