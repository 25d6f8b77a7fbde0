//! `vestibule kiosk`: the fullscreen program.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::config::checked;
use super::monitoring::Monitoring;
use super::{Error, Exit, Global, demo};
use crate::app::control::{FreshConfig, Refusal};
use crate::app::{self, Launch, ReadConfig};
use crate::config::{self, Config, Directories, SearchPath, SearchResult};
use crate::host::event::{self, Event};
use crate::host::{clock, display, renderer};

/// The fullscreen program, with the configuration that is found (this is what runs without a command)
///
/// Without a configuration it shows a set-up screen that names the files it looked for and offers the demo.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule kiosk
  cage -- vestibule kiosk                       under a compositor for a single program
  vestibule kiosk --windowed 1280x720           in a window, to try a configuration
  vestibule kiosk --renderer software           where the GPU's driver misbehaves

Ends with 0 when it is asked to, with 1 when there is no display or it goes away.")]
pub(super) struct Kiosk {
    #[command(flatten)]
    pub(super) window: WindowOptions,
}

/// Options of every command that opens the window.
#[derive(Debug, Args)]
#[command(next_help_heading = "Window")]
pub(super) struct WindowOptions {
    /// A window of this size instead of the whole screen
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    pub(super) windowed: Option<(u32, u32)>,
    /// What draws: the GPU where there is one that can (auto), only the GPU, or the CPU
    #[arg(long, value_name = "RENDERER", default_value = "auto")]
    pub(super) renderer: Renderer,
    /// Keep the program's counters in this file, for node_exporter's textfile collector: in a folder of its own on a tmpfs,
    /// such as /run/vestibule/vestibule.prom
    #[arg(long, value_name = "FILE")]
    pub(super) metrics_textfile: Option<PathBuf>,
    /// Write a line of JSON to this file whenever the screen changes, for tests
    #[arg(long, value_name = "FILE", hide = true)]
    ui_log: Option<PathBuf>,
    /// Name cards in that file as the API does, and so tell what somebody watches
    #[arg(long, requires = "ui_log", hide = true)]
    ui_log_ids: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Renderer {
    Auto,
    Gpu,
    Software,
}

impl WindowOptions {
    /// Whether any of them was given.
    pub(super) fn are_given(&self) -> bool {
        self.windowed.is_some()
            || self.ui_log.is_some()
            || self.metrics_textfile.is_some()
            || !matches!(self.renderer, Renderer::Auto)
    }

    /// Checks that a window can be opened and settles how it is drawn. Comes before any thread.
    pub(super) fn prepare(&self) -> Result<(), Error> {
        let found = display::find(|name| std::env::var_os(name))?;
        tracing::debug!(display = ?found, "a window can be opened");
        let choice = match self.renderer {
            Renderer::Auto => renderer::Choice::Auto,
            Renderer::Gpu => renderer::Choice::Gpu,
            Renderer::Software => renderer::Choice::Software,
        };
        // A missing folder is reported by the code that needs it.
        let cache_dir = config::directories().ok().map(|found| found.cache_dir);
        renderer::apply(choice, cache_dir.as_deref())?;
        Ok(())
    }

    /// Runs the window to its end.
    pub(super) fn open(
        self,
        config: Option<Config>,
        source: Source,
        looked_for: Vec<PathBuf>,
        (profile, profile_given): (&str, bool),
        directories: Directories,
    ) -> Result<(), Error> {
        // A configuration means that the owner has chosen: there is nothing to try out.
        let offer_demo = match config {
            Some(_) => None,
            None => demo::offer(&directories),
        };
        let monitoring = Monitoring::start(config.as_ref(), self.metrics_textfile);
        let launch = Launch {
            config: config.map(Arc::new),
            looked_for,
            profile: profile.to_owned(),
            profile_given,
            config_dir: directories.config_dir,
            cache_dir: directories.cache_dir,
            window: app::Window {
                size: self.windowed,
                ui_log: self.ui_log,
                ui_log_ids: self.ui_log_ids,
            },
            offer_demo,
            config_file: source.file,
            read_config: source.read,
        };
        let ended = app::run(launch, |error| super::tell(&error.into()) as u8);
        monitoring.end();
        match ended? {
            app::Exit::Asked => Ok(()),
            app::Exit::DisplayLost => {
                Err(Error::new(Exit::Unexpected, "the display server went away"))
            }
        }
    }
}

impl Kiosk {
    /// The program with these options, as it runs without a command.
    pub(super) fn with(window: WindowOptions) -> Self {
        Self { window }
    }

    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let found = config::load(global.config.as_deref(), &SearchPath::of_this_process())?;
        let read = Some(read_again(global));
        let (config, file, looked_for) = match found {
            SearchResult::Found(loaded) => (Some(loaded.config), Some(loaded.path), Vec::new()),
            SearchResult::Missing { looked_for } => (None, None, looked_for),
        };
        self.window.prepare()?;
        tell_start(file.as_deref(), config.as_ref());
        let profile = (global.profile(), global.profile.is_some());
        self.window.open(
            config,
            Source { file, read },
            looked_for,
            profile,
            config::directories()?,
        )
    }
}

/// Where the configuration comes from.
#[derive(Default)]
pub(super) struct Source {
    /// The file it was read from.
    file: Option<PathBuf>,
    /// Reads it again.
    read: Option<ReadConfig>,
}

/// Reads the configuration again as `config check` does.
fn read_again(global: &Global) -> ReadConfig {
    let global = global.clone();
    Arc::new(move || {
        let (loaded, warnings) = checked(&global).map_err(|error| Refusal::usage(error.message))?;
        Ok(FreshConfig {
            config: loaded.config,
            file: loaded.path,
            warnings,
        })
    })
}

/// Begins the life that the log tells of.
pub(super) fn tell_start(file: Option<&Path>, config: Option<&Config>) {
    let device = config.and_then(|config| config.device.name());
    event::tell(Event::Started {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        renderer: renderer::settled().unwrap_or_else(|| "auto".to_owned()),
        config: file.map_or_else(String::new, |file| file.display().to_string()),
        device: device.unwrap_or_default(),
    });
    if clock::is_behind() {
        event::tell(Event::ClockBehind {});
    }
}

/// Reads `1280x720`.
pub(super) fn size(text: &str) -> Result<(u32, u32), String> {
    let side = |text: &str| {
        text.parse::<u32>()
            .ok()
            .filter(|side| (64..=16_384).contains(side))
    };
    text.split_once(['x', 'X'])
        .and_then(|(width, height)| Some((side(width)?, side(height)?)))
        .ok_or_else(|| "write it as 1280x720; each side is 64 to 16384".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_two_numbers_with_an_x() {
        assert_eq!(size("1280x720"), Ok((1280, 720)));
        assert_eq!(size("3840X2160"), Ok((3840, 2160)));
        for bad in [
            "",
            "1280",
            "1280x",
            "0x720",
            "-1x5",
            "99999x720",
            "1280 x 720",
            "1280x720x3",
        ] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }
}
