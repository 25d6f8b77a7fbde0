//! The kiosk that runs: found by its control socket, and asked.

use std::time::Duration;

use serde_json::Value;

use super::{Error, Exit};
use crate::app::control::Ask;
use crate::config;
use crate::host::control_socket::{self, Kiosk, Unanswered};

/// Why no kiosk has answered.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// None runs.
    None,
    /// Several run, and none was named.
    Several(Vec<i32>),
    /// It runs, and says nothing.
    Unanswered(Unanswered),
}

impl From<NoAnswer> for Error {
    fn from(failure: NoAnswer) -> Self {
        match failure {
            NoAnswer::None => Self::new(
                Exit::Unexpected,
                "no kiosk runs for this user; on a box: as the kiosk's user or as root",
            ),
            NoAnswer::Several(pids) => {
                let pids: Vec<_> = pids.iter().map(ToString::to_string).collect();
                Self::usage(format!(
                    "several kiosks run: name one, --pid {}",
                    pids.join(" or --pid ")
                ))
            }
            NoAnswer::Unanswered(error) => Self::new(Exit::Unexpected, error.to_string()),
        }
    }
}

/// Asks the kiosk that runs, or the one with this process where several do.
pub(super) fn ask(pid: Option<i32>, ask: Ask) -> Result<Value, NoAnswer> {
    let mut kiosks = running();
    kiosks.retain(|kiosk| pid.is_none_or(|pid| kiosk.pid == pid));
    let kiosk = the_one(kiosks)?;
    kiosk
        .ask(&line(ask), patience(ask))
        .map_err(NoAnswer::Unanswered)
}

/// Asks every kiosk that runs. One that does not answer is passed over.
pub(super) fn ask_all(ask: Ask) -> Vec<Value> {
    let line = line(ask);
    let kiosks = running().into_iter();
    kiosks
        .filter_map(|kiosk| kiosk.ask(&line, patience(ask)).ok())
        .collect()
}

fn line(ask: Ask) -> Value {
    serde_json::to_value(ask).unwrap_or_default()
}

fn running() -> Vec<Kiosk> {
    // A user without a home may have a runtime directory.
    let cache_dir = config::directories().map(|found| found.cache_dir);
    let runtime_dir = std::env::var_os("XDG_RUNTIME_DIR");
    let folders = control_socket::folders(runtime_dir, &cache_dir.unwrap_or_default());
    control_socket::running(&folders)
}

/// How long is waited for an answer. Monitors give up after ten seconds, and the kiosk says after five that its loop hangs;
/// a picture, a configuration and a server that revokes may take longer than that.
fn patience(ask: Ask) -> Duration {
    match ask {
        Ask::Health | Ask::Screen => Duration::from_secs(8),
        Ask::Picture { .. } | Ask::Reload | Ask::SignGuestsOut => Duration::from_secs(40),
    }
}

fn the_one(mut kiosks: Vec<Kiosk>) -> Result<Kiosk, NoAnswer> {
    match kiosks.len() {
        0 | 1 => kiosks.pop().ok_or(NoAnswer::None),
        _ => {
            let mut pids: Vec<_> = kiosks.iter().map(|kiosk| kiosk.pid).collect();
            pids.sort_unstable();
            Err(NoAnswer::Several(pids))
        }
    }
}

/// The answer, or what the kiosk says against it.
pub(super) fn accepted(answer: Value) -> Result<Value, Error> {
    let Some(error) = answer.get("error").filter(|error| error.is_object()) else {
        return Ok(answer);
    };
    let message = error["message"].as_str().unwrap_or("it was refused");
    let exit = match error["exit"].as_u64() {
        Some(2) => Exit::Usage,
        _ => Exit::Unexpected,
    };
    Err(Error::new(exit, message))
}

/// A member of an answer as text.
pub(super) fn text<'a>(answer: &'a Value, name: &str) -> &'a str {
    answer[name].as_str().unwrap_or_default()
}
