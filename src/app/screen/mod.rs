//! One file per screen.
//!
//! A screen owns its state, its `Message`, `press` and `update` (both answer with an `Action`), and its
//! `view`. It never reaches its parent: an `Action` says what it wants, and [`super::App`] turns that into
//! navigation. Work in flight is held as a [`iced::task::Handle`] that aborts on drop, in the state that
//! started it. `state` and `focus` tell `--ui-log` what is on.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::Config;
use crate::oauth;
use crate::session::Accounts;

pub mod account;
pub mod detail;
pub mod home;
pub mod welcome;

/// What every screen after the start may need. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Context {
    /// What the owner wrote.
    pub config: Arc<Config>,
    /// The authorization server.
    pub client: oauth::Client,
    /// Accounts on disk.
    pub accounts: Accounts,
    /// The account's name on disk.
    pub profile: String,
    /// The user cache directory: API content and pictures.
    pub cache_dir: PathBuf,
}
