//! `vestibule demo`: the embedded demo server, and the program against it.

use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use tokio::sync::oneshot;
use vestibule_demo::Options;

use super::kiosk::{Source, WindowOptions, tell_start};
use super::{Error, Exit, Global, context, out};
use crate::app::OfferDemo;
use crate::config::{self, Config, Directories};
use crate::host::{lan_address, process};

/// Profile of the demo's window, so that it never touches the owner's account.
const PROFILE: &str = "demo";

/// Where the help lists what times things.
const PACE: &str = "Pace";

/// Starts a demo authorization server and API, and the program against them
///
/// Everything runs in this process and needs no account, no tenant and no internet. Phones reach it with
/// --lan; without, only this machine does.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule demo --lan                          scan the code with any phone on the same network
  vestibule demo --lan=192.168.1.20             the same at this address, where there are several
  vestibule demo --windowed 1280x720            in a window, for a browser on this machine
  vestibule demo --library 100x100              ten thousand cards to scroll through
  vestibule demo --code-lifetime 40 --interval 1   watch a code expire and be replaced
  vestibule demo --serve-only --port 0          no window: prints {\"issuer\":…,\"api\":…,\"client_id\":…}
  vestibule demo --serve-only --write-config demo.toml &
  vestibule --config demo.toml sign-in          any other command against the demo")]
pub(super) struct Demo {
    /// Let phones on the local network reach the page that the QR code leads to; at an address of your choice, which
    /// may then be a public one
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, require_equals = true, value_parser = address)]
    lan: Option<Option<IpAddr>>,
    /// Port to listen on; 0 takes a free one, and then a restart needs a new sign-in
    #[arg(long, value_name = "N", default_value_t = Options::default().port)]
    port: u16,
    /// No window; print one line of JSON when ready, and serve until asked to end
    #[arg(long)]
    serve_only: bool,
    /// Write a configuration that points at this demo
    #[arg(long, value_name = "FILE")]
    write_config: Option<PathBuf>,
    /// Least seconds between two polls
    #[arg(long, value_name = "SECONDS", default_value_t = Seconds(Options::default().interval), help_heading = PACE)]
    interval: Seconds,
    /// Seconds a code lives
    #[arg(long, value_name = "SECONDS", default_value_t = Seconds(Options::default().code_lifetime), help_heading = PACE)]
    code_lifetime: Seconds,
    /// Seconds an access token lives
    #[arg(long, value_name = "SECONDS", default_value_t = Seconds(Options::default().access_lifetime), help_heading = PACE)]
    access_lifetime: Seconds,
    /// Seconds for which a refresh token may be used once more after it was replaced
    #[arg(long, value_name = "SECONDS", default_value_t = Seconds(Options::default().rotation_leeway), help_heading = PACE)]
    rotation_leeway: Seconds,
    /// A library of so many rows of so many cards, such as 100x100
    #[arg(long, value_name = "ROWSxCARDS", value_parser = library)]
    library: Option<(usize, usize)>,
    /// Forget keys and grants of earlier runs
    #[arg(long)]
    fresh: bool,
    #[command(flatten)]
    pub(super) window: WindowOptions,
}

/// What `--serve-only` prints.
#[derive(Serialize)]
struct Ready<'a> {
    issuer: &'a str,
    api: &'a str,
    client_id: &'a str,
    phone_url: &'a str,
}

impl Demo {
    pub(super) fn opens_a_window(&self) -> bool {
        !self.serve_only
    }

    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        if !self.serve_only {
            self.window.prepare()?;
        }
        let directories = config::directories()?;
        let lan = match self.lan {
            None => None,
            Some(None) => Some(IpAddr::V4(lan_address::find()?)),
            Some(Some(address)) => Some(address),
        };
        let options = Options {
            port: self.port,
            lan,
            interval: self.interval.0,
            code_lifetime: self.code_lifetime.0,
            access_lifetime: self.access_lifetime.0,
            rotation_leeway: self.rotation_leeway.0,
            library: self.library,
            fresh: self.fresh,
            data_dir: directories.data_dir.clone(),
        };
        let runtime = context::runtime()?;
        let server = runtime.block_on(Server::start(options))?;
        // Checked like any other configuration, and before anybody else gets to read it.
        let config = server.config()?;
        if let Some(path) = &self.write_config {
            write_config(path, &server.config_toml)?;
        }
        if let Some(address) = lan {
            let who = match lan_address::is_local(address) {
                true => "phones on the same network",
                false => "warning: anybody on the internet, phones among them,",
            };
            out::say(&format!(
                "vestibule: {who} can reach the demo at {}",
                server.phone_url
            ));
        }
        if self.serve_only {
            // Whoever reads the line may ask for the end at once.
            let _within = runtime.enter();
            let asked_to_end = process::shutdown_signal();
            out::json(&Ready {
                issuer: &server.issuer,
                api: &server.api,
                client_id: &server.client_id,
                phone_url: &server.phone_url,
            })?;
            let signal = runtime.block_on(asked_to_end);
            tracing::info!(?signal, "demo ends");
            return match signal {
                process::Signal::Interrupt => Err(Error::silent(Exit::Interrupted)),
                _ => Ok(()),
            };
        }
        drop(runtime);
        let profile = (
            global.profile.as_deref().unwrap_or(PROFILE),
            global.profile.is_some(),
        );
        tell_start(None, Some(&config));
        self.window.open(
            Some(config),
            Source::default(),
            Vec::new(),
            profile,
            directories,
        )
    }
}

/// Starts the demo when the set-up screen asks for it. It lives as long as the window.
pub(super) fn offer(directories: &Directories) -> Option<OfferDemo> {
    let options = Options {
        data_dir: directories.data_dir.clone(),
        ..Options::default()
    };
    let running = Arc::new(Mutex::new(None));
    Some(Arc::new(move || {
        let options = options.clone();
        let running = Arc::clone(&running);
        Box::pin(async move {
            let server = Server::start(options)
                .await
                .map_err(|error| error.to_string())?;
            let config = server.config().map_err(|error| error.to_string())?;
            *running.lock().unwrap_or_else(PoisonError::into_inner) = Some(server);
            Ok(config)
        })
    }))
}

/// The demo server on a thread of its own, apart from the program it serves. Dropping it ends it.
struct Server {
    issuer: String,
    api: String,
    client_id: String,
    phone_url: String,
    config_toml: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    /// Starts it and waits until it answers.
    async fn start(options: Options) -> Result<Self, Error> {
        let (ready, told) = oneshot::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("demo".to_owned())
            .spawn(move || serve(options, ready, stopped))
            .map_err(|error| Error::new(Exit::Unexpected, error.to_string()))?;
        let mut server = told.await.map_err(|_| {
            Error::new(
                Exit::Unexpected,
                "the demo server ended before it was ready",
            )
        })??;
        server.stop = Some(stop);
        server.thread = Some(thread);
        Ok(server)
    }

    /// Its configuration, checked like any other.
    fn config(&self) -> Result<Config, Error> {
        Ok(config::parse(
            &self.config_toml,
            Path::new("demo configuration"),
        )?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::warn!("the demo server ended badly");
        }
    }
}

fn serve(
    options: Options,
    ready: oneshot::Sender<Result<Server, Error>>,
    stopped: oneshot::Receiver<()>,
) {
    let runtime = match context::runtime() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = ready.send(Err(error));
            return;
        }
    };
    runtime.block_on(async {
        match vestibule_demo::start(options).await {
            Err(error) => {
                let _ = ready.send(Err(error.into()));
            }
            Ok(running) => {
                let server = Server {
                    issuer: running.issuer().to_owned(),
                    api: running.api().to_owned(),
                    client_id: running.client_id().to_owned(),
                    phone_url: running.phone_url().to_owned(),
                    config_toml: running.config_toml(),
                    stop: None,
                    thread: None,
                };
                if ready.send(Ok(server)).is_ok() {
                    // Either word of the other side means the same: it is over.
                    let _ = stopped.await;
                }
            }
        }
    });
}

/// Writes the file whole or not at all: whoever waits for it never reads half of it.
fn write_config(path: &Path, text: &str) -> Result<(), Error> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error).map(drop)
    };
    write().map_err(|error: std::io::Error| {
        Error::new(Exit::Unexpected, format!("{}: {error}", path.display()))
    })
}

/// Reads an address that phones can be sent to.
fn address(text: &str) -> Result<IpAddr, String> {
    let address = text.parse().map_err(|_| "an IP address".to_owned())?;
    match lan_address::is_of_one_machine(address) {
        true => Ok(address),
        false => Err("an address of one machine".to_owned()),
    }
}

/// Reads a number of rows and one of cards.
fn library(text: &str) -> Result<(usize, usize), String> {
    const MOST: usize = 1000;
    let number = |text: &str| {
        let number = text.parse::<usize>().ok();
        number.filter(|number| (1..=MOST).contains(number))
    };
    text.split_once('x')
        .and_then(|(rows, cards)| Some((number(rows)?, number(cards)?)))
        .ok_or_else(|| format!("rows and cards, 1 to {MOST} each, such as 100x100"))
}

/// A span in seconds, with a fraction if need be. A week is enough for any demo.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Seconds(Duration);

impl std::str::FromStr for Seconds {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WEEK: f64 = 604_800.0;
        match text.parse::<f64>() {
            Ok(seconds) if (0.0..=WEEK).contains(&seconds) => {
                Ok(Self(Duration::from_secs_f64(seconds)))
            }
            _ => Err("a number of seconds, 0 to 604800"),
        }
    }
}

impl std::fmt::Display for Seconds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.as_secs_f64())
    }
}

impl From<vestibule_demo::Error> for Error {
    fn from(error: vestibule_demo::Error) -> Self {
        let hint = match error {
            vestibule_demo::Error::Listen { .. } => {
                "; is another demo running? --port takes another port"
            }
            _ => "",
        };
        Self::new(
            Exit::Unexpected,
            format!("the demo server did not start: {error}{hint}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_bounded() {
        for (text, milliseconds) in [("5", 5000), ("0.5", 500)] {
            let read = text.parse::<Seconds>().unwrap();
            assert_eq!(read, Seconds(Duration::from_millis(milliseconds)));
            assert_eq!(read.to_string(), text);
        }
        for bad in ["", "-1", "NaN", "inf", "604801", "5s"] {
            assert!(bad.parse::<Seconds>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_library_has_rows_and_cards() {
        assert_eq!(library("100x20"), Ok((100, 20)));
        for bad in ["", "100", "x", "0x1", "1x0", "1001x1", "-1x1", "1x1x1"] {
            assert!(library(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_configuration_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.toml");
        std::fs::write(&path, "a longer text that was there before").unwrap();
        write_config(&path, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = write_config(Path::new("/nowhere/demo.toml"), "x").unwrap_err();
        assert!(error.message.contains("/nowhere/demo.toml"), "{error}");
    }
}
