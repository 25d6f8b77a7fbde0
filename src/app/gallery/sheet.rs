//! Small pictures of many screens side by side, to be looked at together.

use std::path::PathBuf;

use image::RgbaImage;
use image::imageops::{self, FilterType};

/// The longer side of a small picture, in pixels.
const SIDE: u32 = 480;
/// Between two of them.
const GAP: u32 = 8;
/// As many stand side by side where they are wide, and where they are high.
const COLUMNS: (usize, usize) = (4, 7);
/// Pictures on a sheet.
const PICTURES: usize = 28;

/// Pictures of one size.
#[derive(Default)]
pub(super) struct Sheet {
    pictures: Vec<RgbaImage>,
}

impl Sheet {
    /// Adds a picture, made small.
    pub(super) fn add(&mut self, picture: &RgbaImage) {
        let (width, height) = picture.dimensions();
        let longer = width.max(height).max(1);
        let small = |side: u32| (side * SIDE).div_ceil(longer);
        let (width, height) = (small(width), small(height));
        let small = imageops::resize(picture, width, height, FilterType::Triangle);
        self.pictures.push(small);
    }

    /// Writes them as `NAME-0.png` and so on into the folder that `GALLERY` names.
    pub(super) fn keep(&self, name: &str) {
        let Some(folder) = std::env::var_os("GALLERY").map(PathBuf::from) else {
            return;
        };
        std::fs::create_dir_all(&folder).unwrap();
        for (index, pictures) in self.pictures.chunks(PICTURES).enumerate() {
            let file = folder.join(format!("{name}-{index}.png"));
            side_by_side(pictures).save(file).unwrap();
        }
    }
}

fn side_by_side(pictures: &[RgbaImage]) -> RgbaImage {
    let (width, height) = pictures[0].dimensions();
    let columns = if width < height { COLUMNS.1 } else { COLUMNS.0 };
    let rows = pictures.len().div_ceil(columns) as u32;
    let (wide, tall) = (columns as u32 * (width + GAP), rows * (height + GAP));
    let mut sheet = RgbaImage::from_pixel(wide, tall, image::Rgba([90, 90, 90, 255]));
    for (index, picture) in pictures.iter().enumerate() {
        let (row, column) = (index / columns, index % columns);
        let x = column as i64 * i64::from(width + GAP);
        let y = row as i64 * i64::from(height + GAP);
        imageops::replace(&mut sheet, picture, x, y);
    }
    sheet
}
