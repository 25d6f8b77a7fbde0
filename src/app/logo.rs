//! The owner's logo, read and decoded once.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use iced::widget::image::Handle;
use image::imageops::FilterType;
use image::{ImageReader, Limits};

use super::theme::token;

/// Longest side of a logo file in pixels.
const MOST_PIXELS: u32 = 8192;
/// Most memory a logo may take while it is decoded, in bytes.
const MOST_MEMORY: u64 = 64 << 20;
/// Enlargement over the size at 1920x1080, so that it is sharp at 3840x2160.
const DENSITY: f32 = 2.0;

/// The logo in `file`, in the size the screens need.
///
/// # Errors
/// What is wrong with the file, in words.
pub(super) fn read(file: &Path) -> Result<Handle, String> {
    let words = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let opened = File::open(file).map_err(|error| words(&error))?;
    decode(opened).map_err(|error| words(&error))
}

fn decode(file: File) -> Result<Handle, image::ImageError> {
    let mut bytes = Vec::new();
    let _ = BufReader::new(file)
        .take(MOST_MEMORY)
        .read_to_end(&mut bytes)?;
    let mut reader = ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let logo = reader.decode()?;
    let most = |length: token::Px| (length.at_1080p() * DENSITY) as u32;
    let logo = logo.resize(
        most(token::LOGO_WIDTH),
        most(token::LOGO),
        FilterType::CatmullRom,
    );
    let logo = logo.into_rgba8();
    Ok(Handle::from_rgba(
        logo.width(),
        logo.height(),
        logo.into_raw(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_fits_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("logo.png");
        image::RgbaImage::new(2000, 200).save(&file).unwrap();
        match read(&file).unwrap() {
            Handle::Rgba { width, height, .. } => assert_eq!((width, height), (640, 64)),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("logo.svg");
        assert!(read(&file).unwrap_err().contains("logo.svg"));
        std::fs::write(&file, "<svg/>").unwrap();
        assert!(read(&file).unwrap_err().contains("logo.svg"));
    }
}
