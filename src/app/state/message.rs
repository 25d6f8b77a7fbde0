//! What happens to the program.

use super::control::ControlMessage;
use super::idle::IdleMessage;
use super::narrator::NarratorMessage;
use super::screen::restoring;
use crate::app::backdrop::Backdrop;
use crate::app::logo::Logo;
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
    /// The window, a signal or the clock.
    System(SystemEvent),
    /// While no key is pressed.
    Idle(IdleMessage),
    /// While everything is read aloud.
    Narrator(NarratorMessage),
    /// What has the focus has grown a little more.
    FocusFrame,
    /// The owner's logo has been read, or cannot be.
    Logo(Option<Box<Logo>>),
    /// What stands behind the screen is drawn, or cannot be.
    Backdrop(Result<Box<Backdrop>, String>),
    /// A change of the viewer's counts, but could not be kept, for this reason.
    PreferencesUnsaved(String),
    /// On the diagnostics screen.
    Diagnostics(diagnostics::Message),
    /// Accounts on disk may have changed, by whichever process.
    AccountsChanged,
    /// For the home of the visit with this number.
    Visit(u64, VisitMessage),
    /// For one kind of screen, where it is still on.
    Screen(ScreenMessage),
    /// Whoever looks after the box asks.
    Control(ControlMessage),
    /// All is written; the program may end.
    ShutDown,
}

/// What happens to the home of one visit, on the screen or under it.
pub enum VisitMessage {
    /// Behind the sign-in.
    Home(home::Message),
    /// Who else is on this device.
    Conditions(EntryConditions),
    /// Everybody is signed out, as was asked for during this visit.
    EverybodySignedOut(welcome::Notice),
    /// The session came to its end.
    Ended(session::Error),
}

/// What happens to one kind of screen.
pub enum ScreenMessage {
    /// While something is read from disk.
    Restoring(restoring::Message),
    /// On "Who is watching?".
    Who(who::Message),
    /// Everybody on this device, after "Who is watching?" has heard of a change, where that could be told.
    WhoListed(Option<Vec<session::Listed>>),
    /// On the PIN pad.
    Pin(pin::Message),
    /// The start of this box is over, and it asks for a code by itself.
    SignInIsDue,
    /// On the sign-in screen.
    SignIn(sign_in::Message),
    /// On the greeting.
    Success(success::Message),
    /// On the set-up screen.
    SetUp(set_up::Message),
}

impl From<Press> for Message {
    fn from(press: Press) -> Self {
        match press {
            Press::Pressed(button) => Self::Pressed(button),
            Press::Held(button) => Self::Held(button),
        }
    }
}

/// A screen's own messages go to that screen.
macro_rules! of_screens {
    ($($screen:ident: $variant:ident),*) => {
        $(impl From<$screen::Message> for Message {
            fn from(message: $screen::Message) -> Self {
                Self::Screen(ScreenMessage::$variant(message))
            }
        })*
    };
}

of_screens!(restoring: Restoring, who: Who, pin: Pin, sign_in: SignIn, success: Success, set_up: SetUp);
