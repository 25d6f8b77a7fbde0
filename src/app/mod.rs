//! The fullscreen program; the only place that knows iced.

use std::path::PathBuf;
use std::sync::Arc;

use futures::future::BoxFuture;

use crate::config;

/// What the program starts with.
pub struct Launch {
    /// The configuration; without one the set-up screen is shown.
    pub config: Option<config::Config>,
    /// The files that were looked for when there is none.
    pub looked_for: Vec<PathBuf>,
    /// Profile to sign in on.
    pub profile: String,
    /// Where accounts live.
    pub config_dir: PathBuf,
    /// Where content is cached.
    pub cache_dir: PathBuf,
    /// The window.
    pub window: Window,
    /// Starts the embedded demo from the set-up screen.
    pub offer_demo: Option<OfferDemo>,
}

/// The window.
pub struct Window {
    /// Size of a window; `None` is fullscreen.
    pub size: Option<(u32, u32)>,
    /// File that receives a line whenever the screen changes.
    pub ui_log: Option<PathBuf>,
}

/// Starts the embedded demo and answers with its configuration.
pub type OfferDemo =
    Arc<dyn Fn() -> BoxFuture<'static, Result<config::Config, String>> + Send + Sync>;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Somebody asked it to.
    Asked,
    /// The display server went away.
    DisplayLost,
}

/// Why there is no window.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The window could not be opened.
    #[error("no window: {0}")]
    Window(String),
}

/// Runs the program to its end.
///
/// # Errors
/// [`Error::Window`] where no window can be opened.
pub fn run(launch: Launch) -> Result<Exit, Error> {
    drop(launch);
    Err(Error::Window("not built yet".to_owned()))
}
