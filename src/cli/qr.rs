//! A QR code in a terminal: half blocks, two modules to a character.

use qrcode::{Color, EcLevel, QrCode};

/// Modules of light around the code (ISO/IEC 18004 section 6.3.8).
const QUIET: usize = 4;

/// Black on white, whatever the terminal's own colours are.
const INK: &str = "\x1b[38;5;16;48;5;231m";
const RESET: &str = "\x1b[0m";

/// A QR code, drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawing {
    pub(super) text: String,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// Draws `text`. With `colours` dark is black and light is white by escape codes; without, light modules
/// are drawn as blocks, which is right on the dark ground that terminals have. Nothing where the text does not fit a
/// code.
pub(super) fn draw(text: &str, colours: bool) -> Option<Drawing> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let modules = code.to_colors();
    let is_dark = |x: usize, y: usize| {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < width);
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => modules.get(y * width + x) == Some(&Color::Dark),
            _ => false,
        }
    };
    let size = width + 2 * QUIET;
    let mut drawn = String::new();
    for y in (0..size).step_by(2) {
        if colours {
            drawn.push_str(INK);
        }
        for x in 0..size {
            // The last half line lies below the code and is not drawn without colours.
            let below = y + 1 >= size;
            let upper = is_dark(x, y) == colours;
            let lower = if below {
                false
            } else {
                is_dark(x, y + 1) == colours
            };
            drawn.push(match (upper, lower) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        if colours {
            drawn.push_str(RESET);
        }
        drawn.push('\n');
    }
    Some(Drawing {
        text: drawn,
        columns: size,
        rows: size.div_ceil(2),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://acme.eu.auth0.com/activate?user_code=QTZL-MCBW";

    /// Reads the blocks as a camera would: `ink` is what a drawn half block looks like.
    fn read(drawn: &str, ink: u8) -> String {
        const PIXELS: usize = 4;
        let rows = drawn
            .lines()
            .map(|line| {
                line.replace(INK, "")
                    .replace(RESET, "")
                    .chars()
                    .collect::<Vec<_>>()
            })
            .collect::<Vec<_>>();
        let width = rows[0].len();
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(
            width * PIXELS,
            rows.len() * 2 * PIXELS,
            |x, y| {
                let (column, module) = (x / PIXELS, y / PIXELS);
                let drawn = match rows[module / 2][column] {
                    '█' => true,
                    '▀' => module % 2 == 0,
                    '▄' => module % 2 == 1,
                    _ => false,
                };
                if drawn { ink } else { 255 - ink }
            },
        );
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    fn drawn(colours: bool) -> Drawing {
        draw(URL, colours).unwrap()
    }

    #[test]
    fn can_be_scanned_in_colours_and_without() {
        assert_eq!(read(&drawn(true).text, 0), URL);
        assert_eq!(read(&drawn(false).text, 255), URL);
    }

    #[test]
    fn has_a_quiet_zone_on_every_side() {
        let drawing = drawn(true);
        let drawn = drawing.text.replace(INK, "").replace(RESET, "");
        let lines = drawn.lines().collect::<Vec<_>>();
        assert_eq!(lines.len(), drawing.rows);
        let wide = |line: &&str| line.chars().count() == drawing.columns;
        assert!(lines.iter().all(wide));
        let blank = |line: &&&str| line.trim().is_empty();
        assert_eq!(lines.iter().take_while(blank).count(), QUIET / 2);
        assert_eq!(lines.iter().rev().take_while(blank).count(), QUIET / 2);
        assert!(
            lines
                .iter()
                .all(|line| line.starts_with("    ") && line.ends_with("    "))
        );
    }

    #[test]
    fn what_does_not_fit_is_not_drawn() {
        assert_eq!(draw(&"x".repeat(5000), true), None);
    }
}
