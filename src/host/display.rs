//! Whether there is a display to open a window on.

use std::ffi::OsString;

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
}
