//! The fullscreen program; the only place that knows iced.
//!
//! # Reading order
//!
//! 1. [`application`](mod@application): how the window opens, what iced calls, and how the program ends.
//! 2. [`state`]: [`App`], the steps that every message goes through, and the screens that there are. Its parts
//!    (accounts, idle, input, lifecycle, preferences, window) stand in files of their own below it.
//! 3. [`screen`]: one file or folder a screen: its state, what happens on it, what it asks for, how it looks.
//! 4. [`remote`] and [`focus`]: from a key to a button, and from an arrow to a rectangle.
//! 5. [`widget`] and [`theme`]: what screens are drawn with.
//!
//! How to add a screen: `docs/maintain/add-a-screen.md`.
//!
//! # What a person does
//!
//! * [`remote`]: from a key event to a button: the owner's keys, the keymap, evdev codes, key repeat and long presses.
//! * `gamepad`: reads game controllers, on a thread of its own; `gamepad_keys` turns sticks and buttons into the
//!   remote's, and is pure.
//! * [`pointer`]: touch and mouse as gestures in the remote's terms: tap, drag, scroll; when the pointer shows.
//! * [`activation`]: which OK is meant: debounce of a second push after what it does has changed. Pure.
//! * [`focus`]: where an arrow leads, among rectangles; and what can have the focus.
//! * [`focus_animation`]: how what has the focus grows into its place. Pure.
//! * [`bounds`]: where the controls stand, measured when the screen is laid out.
//! * [`idle`]: no key is pressed: dim, screen saver (a clock on black), lock, sign-out, burn-in shift. Pure.
//! * [`idle_timer`]: the one timer that wakes the program for the next of these.
//!
//! # What is shown
//!
//! * [`screen`]: the screens.
//! * [`widget`]: what they are made of.
//! * [`renderer`]: what draws the widgets, and paints only what changed.
//! * [`theme`]: colours, sizes, fonts, and the tokens that they come from.
//! * [`i18n`]: the languages: texts, dates, direction.
//! * [`pictures`]: loads, decodes, scales and keeps pictures, off the thread that draws.
//! * [`logo`]: the owner's logo; [`backdrop`]: what stands behind the first screens.
//! * [`format`](mod@format): numbers, dates and spans of the owner's API as the viewer's language writes them.
//! * [`error_text`]: what went wrong, in words for a person. Pure.
//! * [`speech_text`]: what is read aloud of an address and a code. Pure.
//! * [`screen_reader`]: what is read aloud of every screen, where everything is. Pure.
//!
//! # The process and its window
//!
//! * [`application`](mod@application): runs iced; `window_error` says in words why there is no window; `runtime` is the
//!   tokio runtime that outlives it.
//! * [`window_scale`]: the window in its own pixels whatever its scale factor, and frames that stay blank.
//! * [`late_frames`]: frames of an animation that come too late. Pure.
//! * [`system_events`]: close requests, signals, the first frame, the minute.
//! * [`watchdog`]: feeds the service manager's watchdog from the loop that draws.
//! * [`display_server`]: whether the compositor, or the X server, answers.
//! * [`gpu_fallback`]: leaves a GPU that fails for the CPU.
//! * [`visibility`]: whether what is drawn is to be seen.
//! * [`shutdown`]: what window and program agree on about the end: who asked, which sessions to wait for.
//! * [`control`]: what whoever looks after the box may ask of it while it runs; `screen_picture`: the picture they get.
//! * [`ui_log`]: `--ui-log`: what is on the screen, as JSON, for tests that look from outside.
//! * `offscreen`: draws without a window, for tests and benches. `gallery`: every screen in every state, for tests.

pub mod activation;
mod application;
mod backdrop;
mod bounds;
pub mod control;
mod display_server;
pub mod error_text;
pub mod focus;
mod focus_animation;
pub mod format;
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
mod late_frames;
mod logo;
#[cfg(any(test, feature = "bench"))]
pub mod offscreen;
pub mod pictures;
mod pointer;
pub mod remote;
pub mod renderer;
mod runtime;
pub mod screen;
mod screen_picture;
mod screen_reader;
mod shutdown;
mod speech_text;
mod state;
mod system_events;
pub mod theme;
mod ui_log;
mod visibility;
mod watchdog;
pub mod widget;
mod window_error;
pub mod window_scale;

use std::path::PathBuf;
use std::sync::Arc;

use futures::future::BoxFuture;

pub use application::{application, run};
pub use window_error::Error;

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
    /// The file of the configuration, where it came from one.
    pub config_file: Option<PathBuf>,
    /// Reads the configuration again, where it came from a file or could.
    pub read_config: Option<ReadConfig>,
}

/// How the window is opened.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// A window of this size in pixels instead of the whole screen.
    pub size: Option<(u32, u32)>,
    /// Where to log what is on the screen.
    pub ui_log: Option<PathBuf>,
    /// Whether it tells what cards are called in the API.
    pub ui_log_ids: bool,
}

/// Starts the demo and answers with the configuration that points at it, or with the reason why not.
pub type OfferDemo = Arc<dyn Fn() -> BoxFuture<'static, Result<Config, String>> + Send + Sync>;

/// Reads the configuration again and checks it, or says in the words of `config check` what is wrong with it. Blocks.
pub type ReadConfig = Arc<dyn Fn() -> Result<control::FreshConfig, control::Refusal> + Send + Sync>;

/// How the program came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// A signal, or the window was closed.
    Asked,
    /// The display server went away.
    DisplayLost,
}
