//! Whether there is a display to open a window on.

use std::ffi::OsString;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::path::PathBuf;

/// The kind of display server that will be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// A Wayland compositor; it wins where both are there.
    Wayland,
    /// An X server.
    X11,
}

/// There is no display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no display: neither WAYLAND_DISPLAY nor DISPLAY is set.\n\
     A window needs a display server. Start the program under one, for example:\n  \
     cage -- vestibule                    a compositor for a single program (Debian package cage)\n  \
     sway -c FILE                         with the line \"exec vestibule\" in FILE\n  \
     xinit /usr/bin/vestibule -- :0       a bare X server (Debian packages xinit, xserver-xorg)\n\
     Without a display, `vestibule sign-in` does the same in this terminal."
)]
pub struct Missing;

/// Finds the display that the environment names, as winit does.
///
/// # Errors
/// [`Missing`] where it names none.
pub fn find(variable: impl Fn(&str) -> Option<OsString>) -> Result<Display, Missing> {
    let set = |name| variable(name).is_some_and(|value| !value.is_empty());
    if set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") {
        Ok(Display::Wayland)
    } else if set("DISPLAY") {
        Ok(Display::X11)
    } else {
        Err(Missing)
    }
}

/// Whether the display that the environment names takes connections. One that is not on this machine, or
/// that was handed over as a connection, is believed to.
pub fn answers(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    if let Some(name) = set("WAYLAND_DISPLAY") {
        let folder = PathBuf::from(set("XDG_RUNTIME_DIR").unwrap_or_default());
        return UnixStream::connect(folder.join(name)).is_ok();
    }
    let Some(number) = set("DISPLAY").and_then(|name| local_number(&name.to_string_lossy())) else {
        return true;
    };
    let path = format!("/tmp/.X11-unix/X{number}");
    let connected = SocketAddr::from_abstract_name(&path)
        .and_then(|address| UnixStream::connect_addr(&address))
        .or_else(|_| UnixStream::connect(&path));
    connected.is_ok()
}

/// The number of an X server on this machine: `:0`, `unix:0.0`.
fn local_number(name: &str) -> Option<u32> {
    let (host, rest) = name.split_once(':')?;
    let number = rest.split('.').next()?;
    matches!(host, "" | "unix")
        .then(|| number.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wayland_wins_and_empty_is_not_set() {
        let with = |pairs: &'static [(&str, &str)]| {
            find(|name| {
                pairs
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, value)| OsString::from(value))
            })
        };
        assert_eq!(with(&[]), Err(Missing));
        assert_eq!(with(&[("DISPLAY", ":0")]), Ok(Display::X11));
        assert_eq!(with(&[("DISPLAY", "")]), Err(Missing));
        assert_eq!(
            with(&[("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-1")]),
            Ok(Display::Wayland)
        );
        assert_eq!(with(&[("WAYLAND_SOCKET", "5")]), Ok(Display::Wayland));
    }

    #[test]
    fn a_display_answers_while_it_listens() {
        let folder = tempfile::tempdir().unwrap();
        let wayland = |name: &str| match name {
            "WAYLAND_DISPLAY" => Some(OsString::from("wayland-1")),
            "XDG_RUNTIME_DIR" => Some(folder.path().as_os_str().to_owned()),
            _ => None,
        };
        assert!(!answers(wayland));
        let socket = std::os::unix::net::UnixListener::bind(folder.path().join("wayland-1"));
        assert!(answers(wayland));
        drop(socket);
        assert!(!answers(wayland));
        let x = |name: &str| (name == "DISPLAY").then(|| OsString::from(":64999"));
        assert!(!answers(x));
        assert!(answers(|_| None), "one that was handed over");
    }

    #[test]
    fn an_x_server_on_this_machine_has_a_number() {
        for (name, number) in [
            (":0", Some(0)),
            (":12.0", Some(12)),
            ("unix:1", Some(1)),
            ("tv:0", None),
            ("", None),
            (":x", None),
        ] {
            assert_eq!(local_number(name), number, "{name}");
        }
    }
}
