//! A file made into pixels of the size and shape they are shown in, within limits of memory and time.

use std::borrow::Cow;
use std::error::Error;
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::time::Instant;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView, ImageDecoder, ImageReader, Limits, RgbaImage};

use super::{PictureFailure, PictureKey, Pixels, jpeg_end};

mod ground;
mod large_jpeg;

/// Widest and highest picture that is decoded, in pixels.
const MOST_SIDE: u32 = 16_384;
/// Most pixels of a picture that is decoded in the size in which it is stored: sixteen megapixels.
const MOST_PIXELS: u64 = 4096 * 4096;
/// Memory for the pixels of one picture as it is stored, in bytes.
const MOST_MEMORY: u64 = 64 * 1024 * 1024;

/// Share of a picture that is cut off at most so that it fills its place: a film or a photo of 4:3 in 16:9, but not a
/// poster or the cover of a record.
const MOST_CUT: f32 = 0.26;

/// How a picture is to come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Radius of its corners in pixels.
    pub radius: u32,
}

impl From<&PictureKey> for Shape {
    fn from(key: &PictureKey) -> Self {
        Self {
            width: key.width,
            height: key.height,
            radius: key.radius,
        }
    }
}

/// Decodes a PNG, JPEG, WebP or GIF, whatever it is called, into `shape`. Of one that moves, the first
/// frame.
///
/// It fills the shape where no more than [`MOST_CUT`] of it is cut off for that, else it is shown whole on a ground of
/// its own colour. A circle is always filled: it shows a face. The corners are made round here, once, because a
/// software renderer would have to clip every frame.
///
/// # Errors
/// [`PictureFailure::Decode`], also for a picture over the limits, one that breaks off, and one that is not
/// done at `until`.
pub fn decode(file: &[u8], shape: Shape, until: Instant) -> Result<Pixels, PictureFailure> {
    let (width, height) = (shape.width.max(1), shape.height.max(1));
    let (picture, orientation) = read(file, (width, height), until)?;
    // Turned when it is small already.
    let (width, height) = if lies_on_its_side(orientation) {
        (height, width)
    } else {
        (width, height)
    };
    let circle = 2 * shape.radius >= width.min(height);
    let shown = if circle || cut_off(&picture, width, height) <= MOST_CUT {
        fill(&picture, width, height)
    } else {
        ground::whole(&picture, width, height)
    };
    let mut shown = DynamicImage::ImageRgba8(shown);
    shown.apply_orientation(orientation);
    let mut shown = shown.into_rgba8();
    round(&mut shown, shape.radius as f32);
    Ok(Pixels {
        width: shown.width(),
        height: shown.height(),
        bytes: shown.into_raw(),
    })
}

/// The size in which a picture is stored, in pixels, where its head tells.
pub fn stored_size(file: &[u8]) -> Option<(u32, u32)> {
    let reader = ImageReader::new(Cursor::new(file)).with_guessed_format();
    reader.ok()?.into_dimensions().ok()
}

/// The whole picture as it is stored, and how it is to be turned. A large JPEG may have fewer pixels than are stored,
/// but enough for `place`, a width and a height, when it has been turned.
///
/// # Errors
/// As [`decode`].
pub fn read(
    file: &[u8],
    place: (u32, u32),
    until: Instant,
) -> Result<(DynamicImage, Orientation), PictureFailure> {
    let failed = |error: &dyn std::fmt::Display| PictureFailure::Decode(error.to_string());
    // Its decoder fills up with grey what did not come.
    if jpeg_end::is_missing(file) {
        return Err(PictureFailure::Decode("a JPEG that breaks off".to_owned()));
    }
    let file = Until {
        file: Cursor::new(file),
        until,
    };
    if let Some(smaller) = large_jpeg::read(file.clone(), place) {
        return Ok(smaller);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::new(file)
        .with_guessed_format()
        .map_err(|error| failed(&error))?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| failed(&error))?;
    let (width, height) = decoder.dimensions();
    // Only some decoders hold themselves to the memory they may take.
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(PictureFailure::Decode(format!(
            "{width} x {height} is too large"
        )));
    }
    // A photo that lies on its side for want of metadata is still a photo.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| failed(&error))?;
    Ok((picture, orientation))
}

fn lies_on_its_side(orientation: Orientation) -> bool {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => true,
        Orientation::NoTransforms
        | Orientation::Rotate180
        | Orientation::FlipHorizontal
        | Orientation::FlipVertical => false,
    }
}

/// The share of `picture` that has no place where it covers `width` by `height`.
fn cut_off(picture: &DynamicImage, width: u32, height: u32) -> f32 {
    let (from_width, from_height) = picture.dimensions();
    let ratio = (width as f32 / height.max(1) as f32)
        / (from_width.max(1) as f32 / from_height.max(1) as f32);
    1.0 - ratio.min(1.0 / ratio)
}

/// Scales `picture` to cover `width` by `height`, its centre in the centre.
pub fn fill(picture: &DynamicImage, width: u32, height: u32) -> RgbaImage {
    let (from_width, from_height) = picture.dimensions();
    let (from_width, from_height) = (from_width.max(1), from_height.max(1));
    let (wide, high) = (u64::from(width), u64::from(height));
    let (cut_width, cut_height) = if u64::from(from_width) * high > u64::from(from_height) * wide {
        ((u64::from(from_height) * wide / high) as u32, from_height)
    } else {
        (from_width, (u64::from(from_width) * high / wide) as u32)
    };
    let (cut_width, cut_height) = (cut_width.max(1), cut_height.max(1));
    // Cutting copies, sixty megabytes of a large photo.
    let cut = if (cut_width, cut_height) == (from_width, from_height) {
        Cow::Borrowed(picture)
    } else {
        let (x, y) = ((from_width - cut_width) / 2, (from_height - cut_height) / 2);
        Cow::Owned(picture.crop_imm(x, y, cut_width, cut_height))
    };
    scaled(cut, width, height)
}

/// `picture` at exactly this size.
pub(super) fn scaled(picture: Cow<'_, DynamicImage>, width: u32, height: u32) -> RgbaImage {
    let (from_width, from_height) = picture.dimensions();
    if (from_width, from_height) == (width, height) {
        return picture.into_owned().into_rgba8();
    }
    // The box filter is many times faster and as good where much is thrown away.
    if from_width >= 2 * width && from_height >= 2 * height {
        return picture.thumbnail_exact(width, height).into_rgba8();
    }
    let picture = picture.into_owned().into_rgba8();
    resized(&picture, width, height).unwrap_or_else(|_| RgbaImage::new(width, height))
}

/// Fails for no size that fits its pixels.
fn resized(picture: &RgbaImage, width: u32, height: u32) -> Result<RgbaImage, Box<dyn Error>> {
    let from = ImageRef::new(
        picture.width(),
        picture.height(),
        picture.as_raw(),
        PixelType::U8x4,
    )?;
    let mut to = Image::new(width, height, PixelType::U8x4);
    let filter = ResizeAlg::Convolution(FilterType::Bilinear);
    Resizer::new().resize(&from, &mut to, &ResizeOptions::new().resize_alg(filter))?;
    RgbaImage::from_raw(width, height, to.into_vec()).ok_or_else(|| "no pixels".into())
}

/// Makes the corners transparent outside of `radius`.
pub fn round(picture: &mut RgbaImage, radius: f32) {
    let (width, height) = (picture.width(), picture.height());
    let radius = radius.min(width as f32 / 2.0).min(height as f32 / 2.0);
    let reach = radius.ceil() as u32;
    for y in 0..reach.min(height) {
        for x in 0..reach.min(width) {
            let (dx, dy) = (radius - x as f32 - 0.5, radius - y as f32 - 0.5);
            let inside = (radius - dx.hypot(dy) + 0.5).clamp(0.0, 1.0);
            if inside >= 1.0 || dx <= 0.0 || dy <= 0.0 {
                continue;
            }
            for (x, y) in [
                (x, y),
                (width - 1 - x, y),
                (x, height - 1 - y),
                (width - 1 - x, height - 1 - y),
            ] {
                let opacity = &mut picture.get_pixel_mut(x, y).0[3];
                *opacity = (f32::from(*opacity) * inside) as u8;
            }
        }
    }
}

/// A file that can be read only until a moment: a decoder cannot be stopped, but it can be starved.
#[derive(Clone)]
struct Until<'a> {
    file: Cursor<&'a [u8]>,
    until: Instant,
}

impl Until<'_> {
    fn check(&self) -> io::Result<()> {
        if Instant::now() < self.until {
            Ok(())
        } else {
            Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "decoding takes too long",
            ))
        }
    }
}

impl Read for Until<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.check()?;
        self.file.read(buffer)
    }
}

impl BufRead for Until<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.check()?;
        self.file.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.file.consume(amount);
    }
}

impl Seek for Until<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.check()?;
        self.file.seek(to)
    }
}

#[cfg(test)]
pub(super) mod tests;
