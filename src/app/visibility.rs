//! Whether what is drawn is to be seen. A service that runs well behind a login prompt shows nothing, and so does a window
//! that no output shows: whoever looks after the box reads it in the log.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};
use iced::{Task, window};
use window::raw_window_handle::RawWindowHandle;

use super::watchdog;
use crate::host::console;
use crate::host::event::{self as told, Event};

/// How often it is looked at. Each look asks for a picture, which changes nothing that is to be seen.
const EVERY: Duration = Duration::from_secs(60);

/// Pictures that a display server has asked for.
static PICTURES: AtomicU64 = AtomicU64::new(0);

/// What hides the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    /// Another terminal is in front.
    Terminal { own: u32, active: u32 },
    /// The window is not on the screen.
    Unmapped,
    /// The display server asks for no picture.
    NoPictures,
}

impl fmt::Display for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Terminal { own, active } => {
                write!(f, "tty{active} is in front, and this screen is on tty{own}")
            }
            Self::Unmapped => f.write_str("the window is not on the screen"),
            Self::NoPictures => f.write_str(
                "no picture is asked for: an output that is off, or another window in front",
            ),
        }
    }
}

/// What is known of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Seen {
    /// The terminal it is on, and the one in front.
    terminals: Option<(u32, u32)>,
    /// Whether an X server has the window on its screen.
    mapped: Option<bool>,
    /// Whether a picture has been asked for since the last look. X servers take every picture.
    asked: bool,
}

impl Seen {
    fn judge(self) -> Option<Hidden> {
        match self {
            Self {
                terminals: Some((own, active)),
                ..
            } if own != active => Some(Hidden::Terminal { own, active }),
            Self {
                mapped: Some(false),
                ..
            } => Some(Hidden::Unmapped),
            Self { asked: false, .. } => Some(Hidden::NoPictures),
            _ => None,
        }
    }
}

/// Counts a picture.
pub(super) fn asked_for_a_picture() {
    let _ = PICTURES.fetch_add(1, Ordering::Relaxed);
}

/// Every minute, from the first on, with how many pictures there were a minute ago: each is a message, after which a picture
/// is due. And when another terminal comes to the front, after which no picture needs to have been asked for yet.
pub(super) fn looks() -> impl Stream<Item = Option<u64>> {
    let minutes = stream::unfold((), |()| async {
        let before = PICTURES.load(Ordering::Relaxed);
        tokio::time::sleep(EVERY).await;
        Some((Some(before), ()))
    });
    stream::select(minutes, console::switches().map(|()| None))
}

/// Looks, and says what hides the screen. `before` is how many pictures there were a minute ago; without it only the
/// terminal counts.
pub(super) fn look<Message: Send + 'static>(before: Option<u64>) -> Task<Message> {
    // It would be asked, and whoever asks would wait for as long.
    if !watchdog::server_answers() {
        return Task::none();
    }
    let asked = before.is_none_or(|before| PICTURES.load(Ordering::Relaxed) > before);
    window::latest()
        .and_then(|id| {
            window::run(id, |window| {
                window
                    .window_handle()
                    .map(|handle| handle.as_raw())
                    .ok()
                    .and_then(x11_window)
            })
        })
        .then(move |x11| {
            let looking = tokio::task::spawn_blocking(move || tell(asked, x11));
            Task::future(looking).discard()
        })
}

/// No picture has been asked for since the window was opened.
pub(super) fn unseen() {
    let why = Hidden::NoPictures.to_string();
    told::tell(Event::ScreenHidden { why });
}

fn x11_window(handle: RawWindowHandle) -> Option<u32> {
    match handle {
        RawWindowHandle::Xlib(window) => u32::try_from(window.window).ok(),
        RawWindowHandle::Xcb(window) => Some(window.window.get()),
        _ => None,
    }
}

fn tell(asked: bool, x11: Option<u32>) {
    let x11 = x11.and_then(x11_view);
    let own = match x11 {
        // Of an X server it is the one that the server is on.
        Some(X11View { terminal, .. }) => terminal,
        None => console::of_this_process(),
    };
    let seen = Seen {
        terminals: own.zip(console::active()),
        mapped: x11.map(|view| view.mapped),
        asked,
    };
    match seen.judge() {
        Some(hidden) => {
            let why = hidden.to_string();
            told::tell(Event::ScreenHidden { why });
        }
        None => told::screen_is_shown(),
    }
}

/// What an X server says of a window.
#[derive(Clone, Copy)]
struct X11View {
    /// Whether the window is on its screen.
    mapped: bool,
    /// The terminal that the server is on; one that draws for another display server has none.
    terminal: Option<u32>,
}

fn x11_view(id: u32) -> Option<X11View> {
    use x11rb::connection::Connection;
    use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, MapState};

    let (connection, number) = x11rb::connect(None).ok()?;
    let root = connection.setup().roots.get(number)?.root;
    let attributes = connection.get_window_attributes(id).ok()?.reply().ok()?;
    let name = connection
        .intern_atom(true, b"XFree86_VT")
        .ok()?
        .reply()
        .ok()?;
    let asked = connection.get_property(false, root, name.atom, AtomEnum::INTEGER, 0, 1);
    let terminal = (name.atom != 0).then_some(asked.ok()).flatten();
    let terminal = terminal.and_then(|asked| asked.reply().ok()?.value32()?.next());
    Some(X11View {
        mapped: attributes.map_state == MapState::VIEWABLE,
        terminal,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_hidden_by_another_terminal_no_place_or_no_wish_for_pictures() {
        let shown = Seen {
            asked: true,
            ..Seen::default()
        };
        let on = |own, active| Seen {
            terminals: Some((own, active)),
            ..shown
        };
        let mapped = |mapped| Seen {
            mapped: Some(mapped),
            ..shown
        };
        let terminal = Hidden::Terminal { own: 1, active: 2 };
        for (seen, hidden) in [
            (shown, None),
            (on(1, 1), None),
            (on(1, 2), Some(terminal)),
            (mapped(true), None),
            (mapped(false), Some(Hidden::Unmapped)),
            (Seen::default(), Some(Hidden::NoPictures)),
            // The terminal says more than what follows from it.
            (
                Seen {
                    asked: false,
                    ..on(1, 2)
                },
                Some(terminal),
            ),
        ] {
            assert_eq!(seen.judge(), hidden, "{seen:?}");
        }
        assert_eq!(
            terminal.to_string(),
            "tty2 is in front, and this screen is on tty1"
        );
    }
}
