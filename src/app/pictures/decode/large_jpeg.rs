//! A JPEG with many more pixels than its place, made smaller while it is decoded.
//!
//! A photo of 24 megapixels takes 72 MB in all of its pixels, of which a card shows one in a hundred. A JPEG is stored as
//! frequencies of blocks of 8 by 8 pixels (ISO 10918-1, annex A.3); from the lowest of them a block can be made with a half, a
//! quarter or an eighth of its sides, and the rest never becomes pixels.
//!
//! Smaller ones are left to the other decoder, which is faster, and what this one cannot read: it says what is wrong with a file.

use std::io::BufReader;

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage};
use jpeg_decoder::{CodingProcess, Decoder, PixelFormat};

use super::{MOST_PIXELS, MOST_SIDE, Until, lies_on_its_side};

/// Fewest pixels of a large picture: all of those that are fewer take 12 MB. Tests have small ones.
const LARGE: u64 = if cfg!(any(test, feature = "fuzzing")) {
    0
} else {
    4_000_000
};
/// Most pixels of a picture that is decoded from the top to the bottom: a photo of 64 megapixels.
const MOST_FROM_THE_TOP: u64 = 8192 * 8192;
/// Most pixels of a progressive picture, all of whose frequencies must be kept, six bytes for a pixel at most: a photo of 24
/// megapixels takes no more than one of [`MOST_PIXELS`] with all of its pixels.
const MOST_IN_PASSES: u64 = 25_000_000;
/// Sides that can be had, in eighths.
const EIGHTHS: [u32; 3] = [1, 2, 4];

/// The picture in the smallest size that is twice as wide and as high as `place` when it has been turned, and how it is to be
/// turned: colours are mostly stored at half of the sides. None where that is its own size, and for what is no large JPEG with
/// eight bits of grey, or of red, green and blue.
pub(super) fn read(
    file: Until<'_>,
    (width, height): (u32, u32),
) -> Option<(DynamicImage, Orientation)> {
    let mut decoder = Decoder::new(BufReader::new(file));
    decoder.read_info().ok()?;
    let stored = decoder.info()?;
    let (wide, high) = (u32::from(stored.width), u32::from(stored.height));
    let pixels = u64::from(wide) * u64::from(high);
    let most = match stored.coding_process {
        CodingProcess::DctSequential => MOST_FROM_THE_TOP,
        CodingProcess::DctProgressive => MOST_IN_PASSES,
        CodingProcess::Lossless => return None,
    };
    if !(LARGE..=most).contains(&pixels) || wide.max(high) > MOST_SIDE {
        return None;
    }
    let orientation = decoder
        .exif_data()
        .and_then(Orientation::from_exif_chunk)
        .unwrap_or(Orientation::NoTransforms);
    let (width, height) = if lies_on_its_side(orientation) {
        (height, width)
    } else {
        (width, height)
    };
    let side = |stored: u32, eighths: u32| (stored * eighths).div_ceil(8);
    let enough = |stored: u32, eighths: u32, place: u32| {
        u64::from(side(stored, eighths)) >= 2 * u64::from(place)
    };
    let covers = |eighths: &u32| enough(wide, *eighths, width) && enough(high, *eighths, height);
    // Half of one that is too large to be had whole is better than none.
    let half = (pixels > MOST_PIXELS).then_some(4);
    let eighths = EIGHTHS.into_iter().find(covers).or(half)?;
    let side = |stored| u16::try_from(side(stored, eighths)).ok();
    let (width, height) = decoder.scale(side(wide)?, side(high)?).ok()?;
    let (width, height) = (u32::from(width), u32::from(height));
    let picture = match stored.pixel_format {
        PixelFormat::L8 => {
            GrayImage::from_raw(width, height, decoder.decode().ok()?).map(DynamicImage::from)
        }
        PixelFormat::RGB24 => {
            RgbImage::from_raw(width, height, decoder.decode().ok()?).map(DynamicImage::from)
        }
        PixelFormat::L16 | PixelFormat::CMYK32 => None,
    };
    Some((picture?, orientation))
}
