//! The screens: one file or folder each.
//!
//! # What a screen is
//!
//! A screen owns its state and never reaches its parent. All have the same functions, as far as they need them:
//!
//! | function | what it does |
//! |---|---|
//! | `new` | the screen in its first state, with the task that loads what it needs, where it does |
//! | `press(button)` | takes a button of the remote; answers with an `Action` |
//! | `update(message)` | takes a `Message` of its own work; answers with an `Action` |
//! | `view(look, chrome)` | draws it; reads nothing but the state |
//! | `subscription` | what wakes it, for as long as something counts down |
//! | `resized(look)` | fits it to another window, text size or language |
//! | `controls` | what can have the focus, for arrows and pointers: [`Controls`](crate::app::focus::Controls) |
//! | `state`, `focus` | what it is doing and where the focus is, for `--ui-log` |
//!
//! An `Action` says what a screen wants (`Action::None`: nothing); [`super::App`] turns it into navigation. A screen
//! that has a deadline is told `now` with each button and message. Work in flight is held as an
//! [`iced::task::Handle`] that aborts on drop, in the state that started it: a screen that goes away takes its work
//! with it. Names in the log stay as they are, whatever a type is called.
//!
//! # Before somebody is signed in
//!
//! * [`set_up`]: no configuration was found: where it belongs, how to make one, and the demo.
//! * [`problem`]: the configuration or the device stands in the way: what it is, what to do, try again.
//! * [`welcome`]: nobody is signed in: OK asks for a code (RFC 8628 section 3.1). Its `Notice` says why a person is
//!   back here.
//! * [`who`]: several accounts: a tile for each, one to add an account, and what to do about a broken file.
//! * [`pin`]: the PIN pad: to come in, to set, to change and to remove a PIN.
//! * [`sign_in`]: the user code, the QR code and their countdown while the device grant polls. `lifetime` decides when a
//!   code is veiled and renewed, `debounce` leaves out polls too quick to be seen, `read_aloud` speaks the code.
//! * [`success`]: greets the person while home loads behind it; "Not you?" signs out again.
//!
//! # Signed in
//!
//! * [`home`]: rows of cards, and [`detail`] and [`account`] above them. `rows` holds what each row has loaded
//!   (`row_state`), when a load is tried again (`backoff`) and which pictures are near (`visible_pictures`).
//! * [`detail`]: one card in full, with its actions; an action runs once a press.
//! * [`account`]: who is signed in, what this device may do, and a table of entries that change it.
//!
//! # Over any screen
//!
//! * [`panel`]: the viewer's own settings, [`language`] and [`accessibility`]; shown at once and kept.
//! * [`diagnostics`]: what this device and its servers say, for the person on the phone with the owner.
//! * [`still_there`]: the last question before a sign-out for want of a key; [`ambient`]: the clock on black. Both have
//!   no state of their own: [`super::idle`] decides when they are on.

use std::sync::Arc;

use crate::config::Config;
use crate::host::speech::Voice;
use crate::host::start_delay::StartDelay;
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
    pub client: device_flow::Client,
    /// Accounts on disk.
    pub accounts: Accounts,
    /// The account's name on disk.
    pub profile: String,
    /// What reads aloud, where this box can.
    pub voice: Option<Voice>,
    /// What is asked of servers by itself waits for this.
    pub start: StartDelay,
}
