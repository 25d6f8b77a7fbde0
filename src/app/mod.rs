//! The fullscreen program; the only place that knows iced.

pub mod activation;
mod application;
mod bounds;
pub mod focus;
mod focus_animation;
#[cfg(test)]
mod gallery;
#[cfg(feature = "gamepad")]
mod gamepad;
#[cfg(any(feature = "gamepad", test))]
mod gamepad_keys;
mod gpu_fallback;
pub mod i18n;
pub mod idle;
mod idle_timer;
mod logo;
#[cfg(any(test, feature = "bench"))]
pub mod offscreen;
pub mod pictures;
mod pointer;
pub mod remote;
pub mod screen;
mod shutdown;
mod system_events;
mod watchdog;
pub mod window_scale;

pub mod error_text;
pub mod format;
mod speech_text;
mod state;
pub mod theme;
mod ui_log;
pub mod widget;

use std::path::PathBuf;
use std::sync::Arc;

use futures::future::BoxFuture;

pub use application::{Error, application, run};
pub use state::App;

use crate::config::Config;

/// What the program is started with.
#[derive(Clone)]
pub struct Launch {
    /// What the owner wrote; none leads to the set-up screen.
    pub config: Option<Arc<Config>>,
    /// Where a configuration was looked for, the user's own place first.
    pub looked_for: Vec<PathBuf>,
    /// Name of the account on disk.
    pub profile: String,
    /// Whether that name was asked for. If not, others on the device may be offered.
    pub profile_given: bool,
    /// The user config directory, home of the accounts.
    pub config_dir: PathBuf,
    /// The user cache directory.
    pub cache_dir: PathBuf,
    /// The window.
    pub window: Window,
    /// Starts the demo, where it may be offered.
    pub offer_demo: Option<OfferDemo>,
}

/// How the window is opened.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// A window of this size in pixels instead of the whole screen.
    pub size: Option<(u32, u32)>,
    /// Where to log what is on the screen.
    pub ui_log: Option<PathBuf>,
}

/// Starts the demo and answers with the configuration that points at it, or with the reason why not.
pub type OfferDemo = Arc<dyn Fn() -> BoxFuture<'static, Result<Config, String>> + Send + Sync>;

/// How the program came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// A signal, or the window was closed.
    Asked,
    /// The display server went away.
    DisplayLost,
}
