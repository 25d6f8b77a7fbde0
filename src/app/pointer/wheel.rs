//! Wheels that are buttons, as X servers have them: which events are the other half of a notch.
//!
//! Where a device has no valuators for its wheel (XTEST, VNC, nested and old X servers), a notch is a press and a release
//! of one of the buttons 4 to 7, and winit 0.30 makes the same event of each. A mouse with valuators makes such an event
//! for each notch, with emulated buttons beside it, which winit leaves out; so does Wayland. Nothing in the events tells
//! the two kinds apart, and their times do not, either: after a slow picture two notches come at once, and a press and
//! its release far from each other.
//!
//! The X server can tell: it is asked for the raw releases of buttons, which say whether they are emulated. As many of
//! the events count for nothing as there were real ones.

use std::cell::OnceCell;

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xinput::{
    ConnectionExt as _, Device, EventMask, PointerEventFlags, XIEventMask,
};
use x11rb::protocol::xproto::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::host::display::{self, Display};

/// The version of the X Input Extension from which on raw events are told while somebody has grabbed the pointer, too.
const XINPUT: (u16, u16) = (2, 2);
/// The buttons that are a notch up, down, to the left and to the right.
const BUTTONS: [u32; 4] = [4, 5, 6, 7];

/// The buttons of the wheels at this window's server.
#[derive(Debug, Default)]
pub(super) struct WheelButtons {
    /// A connection on which it tells of them; nothing on Wayland.
    server: OnceCell<Option<RustConnection>>,
    /// How often each was let go with the event of that still to come.
    let_go: [u32; BUTTONS.len()],
}

impl WheelButtons {
    /// The pointer comes into the window: no event comes of what was rolled elsewhere.
    pub(super) fn enter(&mut self) {
        self.read();
        self.let_go = Default::default();
    }

    /// Whether an event of so many notches is the other half of one.
    pub(super) fn is_other_half(&mut self, x: f32, y: f32) -> bool {
        let Some(notch) = notch(x, y) else {
            return false;
        };
        self.read();
        let left = self.let_go[notch].checked_sub(1);
        self.let_go[notch] = left.unwrap_or_default();
        left.is_some()
    }

    /// Takes in all that the server has told so far.
    pub(super) fn read(&mut self) {
        let Some(server) = self.server.get_or_init(listen) else {
            return;
        };
        // What it told before this answer is there with it. One that does not answer any more ends the program.
        let _ = server
            .get_input_focus()
            .is_ok_and(|asked| asked.reply().is_ok());
        while let Ok(Some(event)) = server.poll_for_event() {
            if let Event::XinputRawButtonRelease(release) = event
                && !release.flags.contains(PointerEventFlags::POINTER_EMULATED)
            {
                told(&mut self.let_go, release.detail);
            }
        }
    }
}

/// A button was let go.
fn told(let_go: &mut [u32; BUTTONS.len()], button: u32) {
    if let Some(notch) = BUTTONS.iter().position(|wheel| *wheel == button) {
        let_go[notch] += 1;
    }
}

/// Which of the [`BUTTONS`] an event of so many notches can have come of.
fn notch(x: f32, y: f32) -> Option<usize> {
    let notches = [(0.0, 1.0), (0.0, -1.0), (1.0, 0.0), (-1.0, 0.0)];
    notches.iter().position(|notch| *notch == (x, y))
}

/// A connection on which the X server tells of buttons that are let go anywhere; nothing where there is none.
fn listen() -> Option<RustConnection> {
    let display = display::find(|variable| std::env::var_os(variable));
    if display != Ok(Display::X11) {
        return None;
    }
    let (connection, number) = x11rb::connect(None).ok()?;
    let root = connection.setup().roots.get(number)?.root;
    let version = connection
        .xinput_xi_query_version(XINPUT.0, XINPUT.1)
        .ok()?;
    let _ = version.reply().ok()?;
    let releases = EventMask {
        deviceid: Device::ALL_MASTER.into(),
        mask: vec![XIEventMask::RAW_BUTTON_RELEASE],
    };
    let asked = connection.xinput_xi_select_events(root, &[releases]).ok()?;
    asked.check().ok()?;
    Some(connection)
}

#[cfg(test)]
impl WheelButtons {
    /// The server has told that a button was let go.
    pub(super) fn told(&mut self, button: u32) {
        told(&mut self.let_go, button);
    }
}
