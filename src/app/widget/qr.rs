//! A QR code that phones read: error correction M, a quiet zone of four modules, whole pixels per
//! module, dark on light in every theme.
//!
//! Drawn as one rectangle per run of dark modules: an image would take four bytes for each pixel, twice.

use std::sync::Arc;

use iced::widget::container;
use iced::{Point, Size, border};
use qrcode::{Color, EcLevel, QrCode};

use super::icon_canvas::{Strokes, icon_canvas};
use crate::app::renderer::{Element, Frame};
use crate::app::theme::{Look, QR_DARK, QR_LIGHT, token};
use device_flow::UserCode;

/// Longest address that is put into a code: 45 modules, which a phone reads from the sofa.
pub const LONGEST: usize = 110;
/// Free modules on each side (ISO/IEC 18004 section 6.3.8).
const QUIET_ZONE: usize = 4;

/// What the code on the screen holds: the address with the code inside where it is short enough, else
/// the bare address, else nothing.
pub fn payload(code: &UserCode) -> Option<String> {
    let address = code.address_to_scan(LONGEST);
    (!address.is_empty() && address.len() <= LONGEST).then_some(address)
}

/// The modules of one code, worked out once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    width: usize,
    /// Runs of dark modules: row, first column, length.
    runs: Arc<[(usize, usize, usize)]>,
}

impl Modules {
    /// The code of `text`; none where it is too long for any code.
    pub fn new(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let colors = code.to_colors();
        let mut runs = Vec::new();
        for (row, modules) in colors.chunks(width).enumerate() {
            let mut column = 0;
            for run in modules.chunk_by(|one, next| one == next) {
                if run.first() == Some(&Color::Dark) {
                    runs.push((row, column, run.len()));
                }
                column += run.len();
            }
        }
        let runs = runs.into();
        Some(Self { width, runs })
    }

    /// Pixels per module when the code with its quiet zone stands in a square of `side` pixels.
    fn scale(&self, side: f32) -> f32 {
        (side / (self.width + 2 * QUIET_ZONE) as f32).floor()
    }
}

/// The code on its plate, a square of `side` pixels.
///
/// The modules are one drawing that is kept. As so many rectangles the software renderer would find two dozen places that
/// change when a code comes, and paint the plate in each of them.
pub fn qr<'a, Message: 'a>(look: &Look, modules: &Modules, side: f32) -> Element<'a, Message> {
    let side = side.floor();
    let radius = look.radius().min(look.px(token::QR_RADIUS));
    container(icon_canvas(side, modules.clone()))
        .style(move |_| container::Style {
            background: Some(QR_LIGHT.into()),
            border: border::rounded(radius),
            ..container::Style::default()
        })
        .into()
}

impl Strokes for Modules {
    fn draw(&self, frame: &mut Frame, side: f32) {
        let scale = self.scale(side);
        let margin = ((side - scale * self.width as f32) / 2.0).floor();
        for &(row, column, length) in self.runs.iter() {
            let start = Point::new(margin + column as f32 * scale, margin + row as f32 * scale);
            frame.fill_rectangle(start, Size::new(length as f32 * scale, scale), QR_DARK);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(uri: &str, complete: Option<&str>) -> UserCode {
        UserCode {
            user_code: "QTZL-MCBW".to_owned(),
            verification_uri: uri.to_owned(),
            verification_uri_complete: complete.map(str::to_owned),
            message: None,
        }
    }

    #[test]
    fn b24_the_code_is_drawn_here_and_holds_what_a_phone_can_read() {
        let short = "https://acme.eu.auth0.com/activate";
        let complete = format!("{short}?user_code=QTZL-MCBW");
        let long = format!("{short}?{}", "x".repeat(LONGEST));
        let edge = "y".repeat(LONGEST);
        for (uri, with_code, expected) in [
            (short, Some(complete.as_str()), Some(complete.as_str())),
            (short, None, Some(short)),
            (short, Some(long.as_str()), Some(short)),
            (short, Some(""), Some(short)),
            (short, Some(edge.as_str()), Some(edge.as_str())),
            (long.as_str(), None, None),
            (long.as_str(), Some(long.as_str()), None),
        ] {
            assert_eq!(
                payload(&code(uri, with_code)).as_deref(),
                expected,
                "{uri} {with_code:?}"
            );
        }
    }

    #[test]
    fn b23_a_code_keeps_its_modules_large() {
        for (length, modules) in [
            (26, 25),
            (42, 29),
            (46, 33),
            (72, 37),
            (86, 41),
            (LONGEST, 45),
        ] {
            let code = Modules::new(&"a".repeat(length)).unwrap();
            assert_eq!(code.width, modules, "{length} characters");
            let scale = code.scale(token::QR.at_1080p());
            assert!(scale >= 10.0, "{length}: {scale}");
            assert!(scale * modules as f32 >= 420.0, "{length}: {scale}");
        }
    }

    #[test]
    fn runs_are_the_dark_modules() {
        let text = "https://acme.eu.auth0.com/activate";
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let dark = code
            .to_colors()
            .iter()
            .filter(|c| **c == Color::Dark)
            .count();
        let modules = Modules::new(text).unwrap();
        assert_eq!(modules.runs.iter().map(|run| run.2).sum::<usize>(), dark);
        assert_eq!(modules.runs.first(), Some(&(0, 0, 7)));
    }

    #[test]
    fn too_much_text_makes_no_code() {
        assert_eq!(Modules::new(&"a".repeat(5000)), None);
    }
}
