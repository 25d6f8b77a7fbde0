//! Why there is no window, in words: iced, winit and wgpu panic where the display, a library or a driver is missing.

use crate::host::panics::{self, Panic};
use crate::host::renderer::{self, Blame, Complaint};

/// Why there was no window, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is a display named, but it cannot be used.
    #[error(
        "the display cannot be used: {cause}.\n\
         Start the program under a Wayland compositor, for example `cage -- vestibule`, or under an X \
         server. Its libraries must be there too; on Debian: apt-get install libwayland-client0 \
         libxkbcommon0 libxkbcommon-x11-0 libx11-6 libx11-xcb1 libxcursor1 libxi6."
    )]
    Display {
        /// What the system said.
        cause: String,
    },
    /// The GPU does not draw.
    #[error(
        "the GPU renderer failed: {cause}.\n\
         `--renderer auto` leaves a GPU that fails, `--renderer software` never tries one."
    )]
    Gpu {
        /// What it said.
        cause: String,
    },
    /// The CPU does not draw.
    #[error("the software renderer failed: {cause}")]
    Software {
        /// What it said.
        cause: String,
    },
    /// Something else went wrong.
    #[error("the program failed: {cause}. The log at --log-level debug says where.")]
    Program {
        /// What it said.
        cause: String,
    },
}

impl Error {
    /// The renderer in use does not draw.
    pub(super) fn renderer(cause: String) -> Self {
        match renderer::settled().as_deref() {
            Some("tiny-skia") => Self::Software { cause },
            _ => Self::Gpu { cause },
        }
    }

    /// Out of a panic.
    pub(super) fn of_panic(panic: &Panic) -> Self {
        let (place, words) = (&panic.file, &panic.words);
        match renderer::blame(place, words) {
            Blame::Renderer => Self::renderer(renderer::told(place, words)),
            Blame::Display => Self::Display {
                cause: cause(words),
            },
            Blame::Program => Self::Program {
                cause: renderer::in_one_line(words),
            },
        }
    }
}

/// Pictures are handed to the GPU from a thread of its own, and nothing waits for that one.
pub(super) fn hear_of_the_gpu() {
    panics::elsewhere(|panic| {
        let blamed = renderer::blame(&panic.file, &panic.words) == Blame::Renderer;
        match renderer::trial().filter(|_| blamed) {
            Some(trial) => {
                let words = renderer::told(&panic.file, &panic.words);
                trial.complain(Complaint::Failure(words));
                true
            }
            None => false,
        }
    });
}

/// What went wrong with the display, out of the words of a panic of winit.
fn cause(panic: &str) -> String {
    for (sign, words) in [
        ("XOpenDisplayFailed", "no X server answers at DISPLAY"),
        (
            "NoCompositor",
            "no Wayland compositor answers at WAYLAND_DISPLAY",
        ),
        (
            "neither WAYLAND_DISPLAY",
            "neither WAYLAND_DISPLAY nor DISPLAY is set",
        ),
        ("LibraryOpen", "a system library is missing"),
        ("NoWaylandLib", "libwayland-client0 is missing"),
    ] {
        if panic.contains(sign) {
            return words.to_owned();
        }
    }
    let line = panic
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    // Paths of sources mean nothing here; the log at level debug has them.
    if line.is_empty() || line.contains(".rs") {
        "the window system failed".to_owned()
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_display_is_said_in_words() {
        for (panic, expected) in [
            (
                "Create event loop: Os(OsError { line: 788, file: \"/x/linux/mod.rs\", error: XNotSupported(XOpenDisplayFailed) })",
                "no X server answers",
            ),
            (
                "Create event loop: Os(OsError { file: \"/x/mod.rs\", error: WaylandError(Connection(NoCompositor)) })",
                "no Wayland compositor answers",
            ),
            (
                "Library libxkbcommon-x11.so could not be loaded.",
                "Library libxkbcommon-x11.so could not be loaded.",
            ),
            (
                "Create window: Os(OsError { file: \"/x/y.rs\" })\nmore",
                "the window system failed",
            ),
        ] {
            let words = Error::Display {
                cause: cause(panic),
            }
            .to_string();
            assert!(words.contains(expected), "{words}");
            assert!(
                words.contains("cage") && words.contains("libxkbcommon-x11-0"),
                "{words}"
            );
            assert!(!words.contains(".rs"), "{words}");
        }
    }

    #[test]
    fn words_name_what_failed() {
        let wgpu = "/x/wgpu-27.0.1/src/backend/wgpu_core.rs";
        for (place, words, expected) in [
            (
                wgpu,
                "wgpu error: Validation Error\n\nCaused by:\n  In Surface::configure",
                "the GPU renderer failed: wgpu error: Validation Error: In Surface",
            ),
            (
                "/x/iced_wgpu-0.14.0/src/window/compositor.rs",
                "Create surface: incompatible window kind",
                "the GPU renderer failed: Create surface",
            ),
            (
                "/x/winit-0.30.13/src/x.rs",
                "NoCompositor",
                "the display cannot be used: no Wayland compositor",
            ),
            (
                "src/app/state.rs",
                "index out of bounds",
                "the program failed: index out of bounds",
            ),
        ] {
            let panic = Panic {
                file: place.to_owned(),
                line: 1,
                words: words.to_owned(),
            };
            let words = Error::of_panic(&panic).to_string();
            assert!(words.starts_with(expected), "{words}");
            assert_eq!(
                words.contains("display"),
                expected.contains("display"),
                "{words}"
            );
        }
    }
}
