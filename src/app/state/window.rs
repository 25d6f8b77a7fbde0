//! What is known of the window: its scale, whether it has a size, and whether anything is drawn on it.

use iced::{Size, Task};

use super::Message;
use crate::app::late_frames::LateFrames;
use crate::app::ui_log::{Shown, UiLog};
use crate::app::window_scale::{BlankFrames, ScaleFactors, is_scale_factor};

/// Redraws after the colours have changed in which the ground is drawn too: more than a window has buffers.
/// iced's software renderer notes that the ground is another one for all of them together.
const REPAINTS: u8 = 16;

/// The window.
#[derive(Debug)]
pub(super) struct Window {
    /// What makes a pixel of the layout a pixel of the window.
    factors: ScaleFactors,
    /// Whether the window has told its own factor.
    scale_known: bool,
    /// Watches that something is drawn.
    blank_frames: BlankFrames,
    /// Watches when frames come.
    late_frames: LateFrames,
    /// Whether the window has told its size. Before that there is nothing to see but the ground.
    measured: bool,
    /// Redraws in which the ground is still drawn as part of the screen.
    repaints: u8,
    /// Where it is logged what is on.
    log: Option<UiLog>,
}

impl Window {
    /// A window of which nothing is known.
    pub(super) fn new(log: Option<UiLog>) -> Self {
        Self {
            factors: ScaleFactors::default(),
            scale_known: false,
            blank_frames: BlankFrames::default(),
            late_frames: LateFrames::default(),
            measured: false,
            repaints: 0,
            log,
        }
    }

    /// The window has told its size.
    pub(super) fn measured(&mut self) {
        self.measured = true;
    }

    /// Whether the window has told its size.
    pub(super) fn is_measured(&self) -> bool {
        self.measured
    }

    /// The window's own factor is another now.
    pub(super) fn rescaled(&mut self, factor: f32) {
        self.scale_known = true;
        self.factors = ScaleFactors::undoing(factor);
    }

    /// The window has had this factor since it was opened; under X11 nothing tells of it but the window itself. Its
    /// size in its own pixels, where until now `size` was counted as if it had none.
    pub(super) fn opened_with(&mut self, factor: f32, size: Size) -> Option<Size> {
        if self.scale_known || !is_scale_factor(factor) {
            return None;
        }
        self.scale_known = true;
        if factor.to_bits() == 1.0_f32.to_bits() {
            return None;
        }
        self.factors = ScaleFactors::undoing(factor);
        Some(ScaleFactors::default().rescaled(factor).in_window(size))
    }

    /// What makes a pixel of the layout a pixel of the window.
    pub(super) fn factors(&self) -> ScaleFactors {
        self.factors
    }

    /// What watches that something is drawn.
    pub(super) fn blank_frames(&self) -> &BlankFrames {
        &self.blank_frames
    }

    /// What watches when frames come.
    pub(super) fn late_frames(&self) -> &LateFrames {
        &self.late_frames
    }

    /// Another redraw comes, with other colours or the same.
    pub(super) fn repaint_ground(&mut self, recoloured: bool) {
        self.repaints = if recoloured {
            REPAINTS
        } else {
            self.repaints.saturating_sub(1)
        };
    }

    /// Whether the ground is drawn as part of the screen: every buffer of the window still has the old one.
    pub(super) fn repaints_ground(&self) -> bool {
        self.repaints > 0
    }

    /// Whether it is logged what is on.
    pub(super) fn is_logged(&self) -> bool {
        self.log.is_some()
    }

    /// Logs what is on.
    pub(super) fn log(&self, shown: Shown) -> Task<Message> {
        match self.log.as_ref().filter(|_| self.measured) {
            Some(log) => log.look(shown),
            None => Task::none(),
        }
    }
}
