//! One file per screen.
//!
//! A screen owns its state, its `Message`, `press` and `update` (both answer with an `Action`), and its
//! `view`. It never reaches its parent: an `Action` says what it wants, and [`super::App`] turns that into
//! navigation. Work in flight is held as a [`iced::task::Handle`] that aborts on drop, in the state that
//! started it. `state` and `focus` tell `--ui-log` what is on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::stream::{self, Stream};
use iced::Subscription;

use crate::config::Config;
use crate::host::speech::Voice;
use crate::oauth;
use crate::session::Accounts;

pub mod accessibility;
pub mod account;
pub mod ambient;
pub mod detail;
pub mod diagnostics;
pub mod home;
pub mod language;
pub mod panel;
pub mod pin;
pub mod problem;
pub mod set_up;
pub mod sign_in;
pub mod still_there;
pub mod success;
pub mod welcome;
pub mod who;

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
    /// What reads aloud, where this box can.
    pub voice: Option<Voice>,
}

/// The time, once a second: at every whole second before and after `anchor`, so that a clock that counts
/// down to it never skips one.
fn seconds(anchor: Instant) -> Subscription<Instant> {
    Subscription::run_with(anchor, ticks)
}

fn ticks(anchor: &Instant) -> impl Stream<Item = Instant> + use<> {
    stream::unfold(*anchor, |anchor| async move {
        let now = Instant::now();
        let into_second = if now < anchor {
            Duration::from_secs(1) - fraction(anchor - now)
        } else {
            fraction(now - anchor)
        };
        tokio::time::sleep(SECOND - into_second.min(SECOND) + AFTER_THE_SECOND).await;
        Some((Instant::now(), anchor))
    })
}

const SECOND: Duration = Duration::from_secs(1);
/// A tick lands safely inside its second.
const AFTER_THE_SECOND: Duration = Duration::from_millis(5);

fn fraction(time: Duration) -> Duration {
    Duration::from_nanos(time.subsec_nanos().into())
}
