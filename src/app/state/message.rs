//! What happens to the program.

use iced::widget::image;

use super::accounts::Opened;
use super::first_screen::Prepared;
use super::idle::IdleMessage;
use crate::app::pointer;
use crate::app::remote::{Button, Press};
use crate::app::screen::account::EntryConditions;
use crate::app::screen::{diagnostics, home, pin, set_up, sign_in, success, welcome, who};
use crate::app::system_events::SystemEvent;
use crate::session;

/// What happens.
pub enum Message {
    /// A button of the remote was pressed.
    Pressed(Button),
    /// A button was let go after a long press. It has been pressed before that, like any other.
    Held(Button),
    /// Touch or mouse did something.
    Pointer(pointer::Gesture),
    /// The parts of the screen at the place where touch or mouse did what this button does.
    Pointed(Vec<String>, Button),
    /// Something outside the screens.
    System(SystemEvent),
    /// The start takes long.
    Slow,
    /// The owner's logo has been read, or cannot be.
    Logo(Option<image::Handle>),
    /// The session on disk has been read.
    Prepared(Box<Prepared>),
    /// On the sign-in screen.
    SignIn(sign_in::Message),
    /// On the greeting.
    Success(success::Message),
    /// On "Who is watching?".
    Who(who::Message),
    /// On the PIN pad.
    Pin(pin::Message),
    /// Everybody on this device is known.
    Gathered(Box<who::Choices>),
    /// Accounts on disk may have changed, by whichever process.
    Accounts,
    /// Everybody on this device after such a change, where that could be told.
    Listed(Option<Vec<session::Listed>>),
    /// An account that was chosen has been read.
    Opened(Box<session::Account>, Box<Opened>),
    /// Who else is on this device, for this visit.
    Company(u64, EntryConditions),
    /// Everybody is signed out, as was asked for during this visit.
    EverybodyOut(u64, welcome::Notice),
    /// Behind the sign-in, during this visit.
    Home(u64, home::Message),
    /// On the set-up screen.
    SetUp(set_up::Message),
    /// A change of the viewer's counts, but could not be kept, for this reason.
    Unsaved(String),
    /// What has the focus has grown a little more.
    Frame,
    /// The session of this visit came to its end.
    Ended(u64, session::Error),
    /// While nobody presses a key.
    Idle(IdleMessage),
    /// On the diagnostics screen.
    Diagnostics(diagnostics::Message),
    /// All is written; the program may end.
    Settled,
}

impl From<Press> for Message {
    fn from(press: Press) -> Self {
        match press {
            Press::Pressed(button) => Self::Pressed(button),
            Press::Held(button) => Self::Held(button),
        }
    }
}
