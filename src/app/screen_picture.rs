//! A picture of what is on the screen, for whoever looks after the box from afar. Pure.
//!
//! What the program draws, whether or not a television shows it. The code that is on and the QR code with it are covered
//! unless they were asked for: a picture goes into mails and tickets, and until it expires a code signs whoever reads it
//! in on this box. Tokens and device codes are on no screen.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use iced::Rectangle;
use iced::window::Screenshot;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// The parts that are covered: the code, and what is read aloud or written of it.
const SECRET: [&str; 4] = ["user_code", "qr", "spoken_line", "spoken_caption"];
/// What covers them: neither ground nor text of any theme.
const COVER: [u8; 3] = [0x80; 3];

/// Whether a part of the screen is covered.
pub(super) fn is_secret(part: &str) -> bool {
    SECRET.contains(&part)
}

/// A picture as PNG in Base64, with `covered` parts. These are in pixels of a layout that is `width` wide.
///
/// # Errors
/// In words, where the window gave no picture.
pub(super) fn png(shot: &Screenshot, covered: &[Rectangle], width: f32) -> Result<String, String> {
    let (columns, rows) = (shot.size.width, shot.size.height);
    let whole = usize::try_from(u64::from(columns) * u64::from(rows)).unwrap_or_default();
    if whole == 0 || shot.rgba.len() != whole * 4 {
        return Err("the window has no picture yet".to_owned());
    }
    let pixels = shot.rgba.chunks_exact(4);
    let mut rgb: Vec<u8> = pixels
        .flat_map(|pixel| pixel.iter().take(3))
        .copied()
        .collect();
    let scale = columns as f32 / width.max(1.0);
    for part in covered {
        let from = |at: f32| (at * scale).floor().max(0.0) as usize;
        let to = |at: f32, end: u32| ((at * scale).ceil().max(0.0) as usize).min(end as usize);
        let (left, right) = (from(part.x), to(part.x + part.width, columns));
        for row in from(part.y)..to(part.y + part.height, rows) {
            let start = (row * columns as usize + left) * 3;
            let end = (row * columns as usize + right) * 3;
            if let Some(line) = rgb.get_mut(start..end) {
                let (pixels, _) = line.as_chunks_mut::<3>();
                pixels.fill(COVER);
            }
        }
    }
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Adaptive)
        .write_image(&rgb, columns, rows, ExtendedColorType::Rgb8)
        .map_err(|error| error.to_string())?;
    Ok(BASE64_STANDARD.encode(file))
}

#[cfg(test)]
mod tests {
    use iced::Size;

    use super::*;

    fn shot(columns: u32, rows: u32) -> Screenshot {
        let rgba = vec![0xff; (columns * rows * 4) as usize];
        Screenshot::new(rgba, Size::new(columns, rows), 1.0)
    }

    fn read(png: &str) -> image::RgbImage {
        let file = BASE64_STANDARD.decode(png).unwrap();
        image::load_from_memory(&file).unwrap().to_rgb8()
    }

    #[test]
    fn what_is_covered_is_gone_and_the_rest_is_there() {
        // The layout is half as large as the picture.
        let part = Rectangle {
            x: 1.0,
            y: 2.0,
            width: 2.0,
            height: 1.0,
        };
        let picture = read(&png(&shot(10, 8), &[part], 5.0).unwrap());
        for (x, y, pixel) in picture.enumerate_pixels() {
            let inside = (2..6).contains(&x) && (4..6).contains(&y);
            assert_eq!(pixel.0 == COVER, inside, "{x} {y}");
        }
    }

    #[test]
    fn a_part_that_reaches_beyond_the_picture_is_covered_as_far_as_it_goes() {
        let part = Rectangle {
            x: -5.0,
            y: 1.0,
            width: 100.0,
            height: 100.0,
        };
        let picture = read(&png(&shot(4, 3), &[part], 4.0).unwrap());
        let covered = |y| (0..4).all(|x| picture.get_pixel(x, y).0 == COVER);
        assert_eq!([0, 1, 2].map(covered), [false, true, true]);
        for nowhere in [
            Rectangle {
                x: f32::NAN,
                ..part
            },
            Rectangle { y: 1e30, ..part },
            Rectangle { x: 9.0, ..part },
        ] {
            assert!(png(&shot(4, 3), &[nowhere], 4.0).is_ok(), "{nowhere:?}");
        }
    }

    #[test]
    fn a_window_without_a_picture_is_told() {
        assert!(png(&shot(0, 0), &[], 0.0).is_err());
        let torn = Screenshot::new(vec![0; 7], Size::new(2, 2), 1.0);
        assert!(png(&torn, &[], 2.0).is_err());
    }
}
