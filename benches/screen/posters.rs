//! What it costs to make a poster fit for a card.

// A bench that cannot go on should stop where it is.
#![allow(clippy::unwrap_used)]

use std::io::Cursor;
use std::time::{Duration, Instant};

use image::{DynamicImage, ImageFormat, RgbImage};
use vestibule::bench::{Shape, decode};

use crate::{milliseconds, spread, timed};

/// Posters of each kind.
const COUNT: usize = 100;

pub(crate) fn table() {
    println!("\n{COUNT} posters, decoded and scaled to a card of 309 x 174, milliseconds:");
    println!("{:24} {:>10} {:>16}", "poster", "all", "one (95 %)");
    for (name, width, height, format) in [
        ("jpeg 500 x 750", 500, 750, ImageFormat::Jpeg),
        ("jpeg 1920 x 1080", 1920, 1080, ImageFormat::Jpeg),
        ("png 320 x 180", 320, 180, ImageFormat::Png),
        ("png 1280 x 720", 1280, 720, ImageFormat::Png),
        ("webp 1280 x 720", 1280, 720, ImageFormat::WebP),
    ] {
        let file = poster(width, height, format);
        let shape = Shape {
            width: 309,
            height: 174,
            radius: 16,
        };
        let late = Instant::now() + Duration::from_secs(600);
        let one = || timed(|| decode(&file, shape, late).is_ok()).1;
        let times: Vec<_> = (0..COUNT).map(|_| one()).collect();
        let all: Duration = times.iter().sum();
        let (median, slow) = spread(times);
        println!(
            "{name:24} {:>10.0} {:>16}",
            milliseconds(all),
            format!("{:.2} ({:.2})", milliseconds(median), milliseconds(slow)),
        );
    }
}

/// Something that no format can make small: slopes with grain.
fn poster(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut seed = 7_u32;
    let picture = RgbImage::from_fn(width, height, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (seed >> 28) as u8;
        let slope = |at: u32, of: u32| (at * 200 / of) as u8;
        image::Rgb([
            slope(x, width) + grain,
            slope(y, height) + grain,
            slope(x + y, width + height) + grain,
        ])
    });
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(picture)
        .write_to(&mut file, format)
        .unwrap();
    file.into_inner()
}
