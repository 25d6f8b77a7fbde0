//! The design as tokens: colours, sizes, durations, and [`Look`], which fits them to a window.
//!
//! Nothing outside this folder holds a literal pixel, colour or duration.

mod hero;
mod palette;
pub mod token;
pub mod typeface;
mod unit;

use iced::advanced::text::Alignment;
use iced::{Color, Font, Padding, Point, Rectangle, Size, Theme};

pub use palette::{PLATES, Palette, QR_DARK, QR_LIGHT, contrast, luminance, mix, parse};
pub use token::{Px, TextSize};
pub use typeface::{BOLD, MONO, MONO_ADVANCE, SANS, prepare as prepare_typefaces};

use super::i18n::{Han, Language};
use crate::config;

/// No window is so small that text has no pixel: a line without height is none to what shapes it.
const LEAST_TEXT: f32 = 1.0;

/// How everything looks in a window of a certain size. Cheap to copy; every view gets one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    pub palette: Palette,
    /// Whether movements are a single step.
    pub reduced_motion: bool,
    right_to_left: bool,
    han: Han,
    window: Size,
    unit: f32,
    /// What the viewer wants, and the most that the window has room for.
    text_scale: f32,
    text_scale_most: f32,
    overscan: f32,
    shifts: u32,
    lift: f32,
    /// Corner of a control, a card, a panel at 1920x1080.
    corner: f32,
    /// Whether there is room for captions at the bottom.
    captions: bool,
    /// Height of what a finger can hit; none where no finger is meant.
    finger: Option<f32>,
    hero: bool,
    hero_picture: bool,
}

impl Look {
    /// The owner's `[screen]` in a window of `window` pixels, with direction and typefaces for `language`.
    pub fn new(screen: &config::Screen, window: Size, language: &Language) -> Self {
        let accent = parse(&screen.accent)
            .or_else(|| parse(&config::Screen::default().accent))
            .unwrap_or(QR_LIGHT);
        let overscan = screen
            .overscan_percent
            .clamp(0.0, token::OVERSCAN_PERCENT_MAX)
            / 100.0;
        Self {
            palette: Palette::new(screen.theme, accent),
            reduced_motion: screen.reduced_motion,
            right_to_left: language.right_to_left,
            han: language.han,
            window,
            unit: unit_within(window, overscan),
            text_scale: screen.text_scale.clamp(1.0, token::TEXT_SCALE_MAX),
            text_scale_most: unit::text_scale_most(window),
            overscan,
            shifts: 0,
            lift: 1.0,
            corner: screen.corner_radius as f32,
            captions: screen.captions && screen.read_aloud == config::Aloud::Everything,
            finger: None,
            hero: screen.hero,
            hero_picture: screen.theme != config::Theme::HighContrast,
        }
    }

    /// The same look for fingers, or for other hands again. `millimetre` is that of the panel in pixels, where it is known.
    pub fn for_fingers(self, fingers: bool, millimetre: Option<f32>) -> Self {
        let least = self.px(token::FINGER);
        let real = millimetre.map_or(0.0, |millimetre| (millimetre * token::FINGER_MM).round());
        let most = self.px(token::FINGER_MOST);
        Self {
            finger: fingers.then(|| real.min(most).max(least)),
            ..self
        }
    }

    /// Whether the screen is for fingers.
    pub fn is_for_fingers(&self) -> bool {
        self.finger.is_some()
    }

    /// Least height of a control.
    pub fn least_control(&self) -> f32 {
        let usual = if self.is_in_reach() {
            token::FINGER
        } else {
            token::CONTROL_HEIGHT
        };
        self.px(usual).max(self.finger.unwrap_or(0.0))
    }

    /// The same look after its content has moved this often; see [`Look::shift`].
    pub fn shifted(self, shifts: u32) -> Self {
        Self { shifts, ..self }
    }

    /// The same look in another window.
    pub fn resized(self, window: Size) -> Self {
        Self {
            window,
            unit: unit_within(window, self.overscan),
            text_scale_most: unit::text_scale_most(window),
            ..self
        }
    }

    /// A length in whole pixels of this window, at least one.
    pub fn px(&self, length: Px) -> f32 {
        (length.0 * self.unit).round().max(1.0)
    }

    /// How round the corners of a control, a card, a panel are, in whole pixels; none where the owner wants them sharp.
    pub fn radius(&self) -> f32 {
        (self.corner * self.unit).round()
    }

    /// The same of a ring that stands this far around one of them.
    pub fn radius_around(&self, room: f32) -> f32 {
        let radius = self.radius();
        if radius > 0.0 { radius + room } else { 0.0 }
    }

    /// A text size in pixels of this window.
    pub fn text(&self, size: TextSize) -> f32 {
        (size.0 * self.unit * self.text_scale()).max(LEAST_TEXT)
    }

    /// How much larger than usual text is: as the viewer wants it, as far as the window has room.
    pub fn text_scale(&self) -> f32 {
        self.text_scale.min(self.text_scale_most)
    }

    /// A text size that ignores the viewer's text scale: for what is large already.
    pub fn unscaled_text(&self, size: TextSize) -> f32 {
        (size.0 * self.unit).max(LEAST_TEXT)
    }

    /// Whether buttons and words beside them have room on one line.
    pub fn has_one_line(&self) -> bool {
        let larger = (self.text_scale() / token::ONE_LINE_TEXT_SCALE).max(1.0);
        self.safe().width >= self.px(token::ONE_LINE) * larger
    }

    /// Widest running text, in pixels: as many letters at every text scale.
    pub fn measure(&self) -> f32 {
        self.px(token::MEASURE) * self.text_scale()
    }

    /// Widest list of settings, in pixels: their words are as whole at every text scale.
    pub fn settings_width(&self) -> f32 {
        let widest = self.px(token::SETTINGS) * self.text_scale();
        widest.min(self.safe().width)
    }

    /// How many pixels of the window a pixel at 1920x1080 is.
    pub fn unit(&self) -> f32 {
        self.unit
    }

    /// Whether the window stands on end: what stands side by side elsewhere stands one above the other.
    pub fn is_on_end(&self) -> bool {
        self.window.height > self.window.width
    }

    /// Whether the window is a panel in reach of the hand: it has fewer lines than any television, and is for fingers.
    pub fn is_in_reach(&self) -> bool {
        unit::is_in_reach(self.window)
    }

    /// Width of the window, to that of 16:9 with the same unit: as many times as much stands side by side.
    pub fn breadth(&self) -> f32 {
        unit::breadth(self.window)
    }

    /// The shorter side of the window.
    pub fn shorter_side(&self) -> f32 {
        self.window.width.min(self.window.height)
    }

    /// Whether the language in use is read from right to left; see [`widget::rtl`](super::widget::rtl).
    pub fn right_to_left(&self) -> bool {
        self.right_to_left
    }

    /// How the lines of a text are aligned that stands at the end of a row.
    pub fn end(&self) -> Alignment {
        self.aligned(Alignment::Right)
    }

    /// How the lines of a text are aligned that stands in the middle of its place.
    pub fn middle(&self) -> Alignment {
        self.aligned(Alignment::Center)
    }

    /// A text that is read from right to left keeps its own alignment within its width: with another one
    /// iced 0.14 leaves a single line as far to the right as the text might have been wide.
    fn aligned(&self, alignment: Alignment) -> Alignment {
        if self.right_to_left {
            Alignment::Default
        } else {
            alignment
        }
    }

    /// `font`, with characters drawn as readers of the language expect them.
    pub fn font(&self, font: Font) -> Font {
        self.han.font(font)
    }

    /// The window.
    pub fn window(&self) -> Size {
        self.window
    }

    /// The part of the window where everything needed stands. It moves; see [`Look::shift`].
    pub fn safe(&self) -> Size {
        let margin = self.safe_margin();
        Size::new(
            self.window.width - margin.left - margin.right,
            self.window.height - margin.top - margin.bottom,
        )
    }

    /// The part of the window that is taken to be seen. What stands in it keeps some room to move.
    pub fn seen(&self) -> Rectangle {
        let (x, y) = (
            (self.window.width * self.overscan).ceil(),
            (self.window.height * self.overscan).ceil(),
        );
        let size = Size::new(self.window.width - 2.0 * x, self.window.height - 2.0 * y);
        Rectangle::new(Point::new(x, y), size)
    }

    /// Whether there is room for captions at the bottom of the screen.
    pub fn has_captions(&self) -> bool {
        self.captions
    }

    /// Lines of a caption: one on a low panel, which has no room for more.
    pub fn caption_lines(&self) -> usize {
        match self.is_in_reach() && !self.is_on_end() {
            true => 1,
            false => token::CAPTION_LINES,
        }
    }

    /// Height of a caption.
    pub fn caption_height(&self) -> f32 {
        let line = (self.text(token::LABEL) * token::LINE).ceil();
        self.caption_lines() as f32 * line + 2.0 * self.px(token::GAP_XS)
    }

    /// What is kept free at the edges of the window: what the owner says, the room to move in, and that of captions.
    pub fn safe_margin(&self) -> Padding {
        let margin = self.edges();
        let captions = match self.captions {
            true => self.caption_height() + self.px(token::GAP_S),
            false => 0.0,
        };
        Padding {
            bottom: margin.bottom + captions,
            ..margin
        }
    }

    /// What is kept free at the edges of the window around everything, captions among it.
    pub fn edges(&self) -> Padding {
        let room = self.shift_room();
        let (right, down) = self.shift();
        let seen = self.seen();
        let (x, y) = (seen.x + room / 2.0, seen.y + room / 2.0);
        Padding {
            top: y + down,
            right: x - right,
            bottom: y - down,
            left: x + right,
        }
    }

    /// How far everything stands to the right of and below its middle place, in whole pixels.
    ///
    /// It goes round the corners of a square, so that each move is one of [`token::SHIFT`]: panels keep
    /// the shadow of what stands still on them for long.
    fn shift(&self) -> (f32, f32) {
        let half = self.shift_room() / 2.0;
        match self.shifts % 4 {
            0 => (-half, -half),
            1 => (half, -half),
            2 => (half, half),
            _ => (-half, half),
        }
    }

    /// Side of that square: an even number of pixels, and never fewer than on a large screen.
    fn shift_room(&self) -> f32 {
        let least = token::SHIFT.at_1080p();
        2.0 * (self.px(token::SHIFT).max(least) / 2.0).ceil()
    }

    /// Whether everything changes in one step: a preference asks for it, or the window is too large.
    pub fn is_still(&self) -> bool {
        self.reduced_motion || self.window.width * self.window.height > token::MOVING
    }

    /// The same look while what has the focus has grown by this share.
    pub fn lifted(self, lift: f32) -> Self {
        Self { lift, ..self }
    }

    /// How much what has the focus has grown, 0 to 1.
    pub fn lift(&self) -> f32 {
        self.lift
    }

    /// The line around what has no focus: colour and width, in themes that draw one.
    pub fn outline(&self) -> Option<(Color, f32)> {
        let outline = self.palette.outline;
        (outline.a > 0.0).then(|| (outline, self.px(token::OUTLINE)))
    }

    /// The palette as iced knows it, for what we do not style ourselves.
    pub fn theme(&self) -> Theme {
        let p = self.palette;
        Theme::custom(
            "Vestibule",
            iced::theme::Palette {
                background: p.ground,
                text: p.text,
                primary: p.accent_ink,
                success: p.ok,
                warning: p.accent_ink,
                danger: p.danger,
            },
        )
    }
}

/// The unit of the rule in [`unit`]. Where more than the usual is kept free at the edges, everything shrinks with what
/// is left.
fn unit_within(window: Size, overscan: f32) -> f32 {
    let usual = token::OVERSCAN_PERCENT / 100.0;
    let left = ((1.0 - 2.0 * overscan) / (1.0 - 2.0 * usual)).min(1.0);
    (unit::unit(window) * left).max(f32::EPSILON)
}

#[cfg(test)]
mod tests;
