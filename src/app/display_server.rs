//! Whether the display server answers.
//!
//! A compositor that hangs takes no pictures and asks for none, as does one whose output is off: the loop that draws goes on
//! either way, and can't tell them apart. What can is a question that takes no picture to be answered (`wl_display.sync`,
//! on X11 any request that has a reply): a server that lives answers it behind another terminal, too, and with every output
//! off. It is asked on a connection of its own, by a thread that may wait.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use iced::{Task, window};
use window::raw_window_handle::RawWindowHandle;
use x11rb::protocol::xproto::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

/// How often it is asked.
const EVERY: Duration = Duration::from_secs(5);

/// Since when an answer has been waited for.
static ASKED_AT: Mutex<Option<Instant>> = Mutex::new(None);

/// Asks the server of the window, until the program ends. Makes no message.
pub(super) fn watch<Message: Send + 'static>() -> Task<Message> {
    window::latest()
        .and_then(|id| {
            window::run(id, |window| {
                let handle = window.window_handle().ok()?;
                Kind::of(handle.as_raw())
            })
        })
        .then(|kind| {
            if let Some(kind) = kind {
                ask(kind);
            }
            Task::none()
        })
}

/// Since when the server has owed an answer; nothing while it owes none, or can't be asked.
pub(super) fn silent_since() -> Option<Instant> {
    *ASKED_AT.lock().unwrap_or_else(PoisonError::into_inner)
}

fn asked(at: Option<Instant>) {
    *ASKED_AT.lock().unwrap_or_else(PoisonError::into_inner) = at;
}

fn ask(kind: Kind) {
    let asking = thread::Builder::new().name("display-server".to_owned());
    let asking = asking.spawn(move || {
        let mut server = None;
        loop {
            thread::sleep(EVERY);
            asked(Some(Instant::now()));
            server = server.or_else(|| kind.connect()).filter(Server::answers);
            asked(None);
        }
    });
    if let Err(error) = asking {
        tracing::warn!(%error, "nobody watches whether the display server answers");
    }
}

/// What a window can be on.
#[derive(Clone, Copy)]
enum Kind {
    Wayland,
    X11,
}

impl Kind {
    fn of(window: RawWindowHandle) -> Option<Self> {
        match window {
            RawWindowHandle::Wayland(_) => Some(Self::Wayland),
            RawWindowHandle::Xlib(_) | RawWindowHandle::Xcb(_) => Some(Self::X11),
            _ => None,
        }
    }

    /// Nothing where the window came by a connection that was handed down (`WAYLAND_SOCKET`), or the server has gone.
    fn connect(self) -> Option<Server> {
        match self {
            Self::Wayland => {
                let connection = wayland_client::Connection::connect_to_env();
                connection.ok().map(Server::Wayland)
            }
            Self::X11 => {
                let (connection, _) = x11rb::connect(None).ok()?;
                Some(Server::X11(Box::new(connection)))
            }
        }
    }
}

/// A connection to it.
enum Server {
    Wayland(wayland_client::Connection),
    X11(Box<RustConnection>),
}

impl Server {
    /// Waits for an answer; `false` where the connection has ended.
    fn answers(&self) -> bool {
        match self {
            Self::Wayland(connection) => connection.roundtrip().is_ok(),
            Self::X11(connection) => connection
                .get_input_focus()
                .is_ok_and(|asked| asked.reply().is_ok()),
        }
    }
}
