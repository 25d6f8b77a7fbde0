//! The window in its own pixels, whatever factor the output has, and whether anything is drawn on it.
//!
//! iced lays out in pixels of the layout: those of the window, divided by the window's own factor (a Wayland
//! output's `scale`; under X11 it is 1, see [`renderer::apply`](crate::host::renderer::apply)) and by the factor of the program. The one undoes the
//! other here, so that a pixel of the layout is one of the window.

use std::cell::Cell;
use std::time::{Duration, Instant};

use iced::Size;

/// How long a window may show nothing but ground. One that changes its size does so for one picture.
const BLANK_MOST: Duration = Duration::from_secs(2);

/// The factors between the pixels of the layout and those of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleFactors {
    /// The window's own.
    window: f32,
    /// What iced was told to multiply it with.
    program: f32,
}

impl Default for ScaleFactors {
    fn default() -> Self {
        Self {
            window: 1.0,
            program: 1.0,
        }
    }
}

impl ScaleFactors {
    /// Those that make a pixel of the layout one of a window with this factor of its own.
    pub fn undoing(window: f32) -> Self {
        let program = window.recip();
        // Pixels must be whole: of the numbers next to each other one most often makes exactly 1.
        let near = [program, program.next_up(), program.next_down()];
        let exact = near.into_iter().find(|near| window * near == 1.0);
        Self {
            window,
            program: exact.unwrap_or(program),
        }
    }

    /// The same after the window has got another factor of its own, while iced was told nothing new.
    pub fn rescaled(self, window: f32) -> Self {
        Self { window, ..self }
    }

    /// What iced is to be told.
    pub fn program(self) -> f32 {
        self.program
    }

    /// A size of the layout in pixels of the window.
    pub fn in_window(self, layout: Size) -> Size {
        let factor = self.window * self.program;
        Size::new(
            (layout.width * factor).round(),
            (layout.height * factor).round(),
        )
    }
}

/// Whether a factor can be one.
pub fn is_scale_factor(factor: f32) -> bool {
    factor.is_finite() && factor > 0.0
}

/// Watches that something is drawn. Asks for no picture while all is well.
#[derive(Debug, Default)]
pub struct BlankFrames {
    /// When there was first nothing but ground.
    since: Cell<Option<Instant>>,
}

/// What is to be done about a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// Something is on it.
    Drawn,
    /// Nothing is; it is to be looked at again then.
    Blank(Instant),
    /// Nothing has been for too long: everything must be laid out anew.
    Stuck,
}

impl BlankFrames {
    /// Whether nothing but ground was on the last one.
    #[cfg(test)]
    pub fn is_blank(&self) -> bool {
        self.since.get().is_some()
    }

    /// A picture is made at `now`, with something on it or nothing but ground.
    pub fn look(&self, drawn: bool, now: Instant) -> Frame {
        if drawn {
            self.since.set(None);
            return Frame::Drawn;
        }
        let since = self.since.get().unwrap_or(now);
        self.since.set(Some(since));
        if now.saturating_duration_since(since) < BLANK_MOST {
            return Frame::Blank(since + BLANK_MOST);
        }
        // What was done about it gets its time, too.
        self.since.set(None);
        Frame::Stuck
    }
}

#[cfg(test)]
mod tests;
