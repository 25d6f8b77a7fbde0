//! The owner's picture as a backdrop: it covers the window, and steps back towards the ground as far as words on its
//! brightest and darkest parts need.

use std::path::Path;
use std::time::{Duration, Instant};

use iced::Color;
use image::{DynamicImage, RgbaImage};

use super::is_readable;
use crate::app::logo::{self, svg};
use crate::app::pictures;
use crate::app::theme::{Palette, mix};

/// How long the picture may take to be decoded or drawn.
const PATIENCE: Duration = Duration::from_secs(5);
/// How far it steps back at least: it is behind something.
const MOST: f32 = 0.85;
/// Steps in which it does.
const STEPS: u8 = 64;
/// Bits of a channel by which colours are told apart: the rest is taken to be the worst there is.
const BITS: u32 = 4;

/// The picture in `file`, so that it covers as many pixels.
///
/// # Errors
/// What is wrong with the file, in words.
pub fn read(file: &Path, (width, height): (u32, u32)) -> Result<RgbaImage, String> {
    let until = Instant::now() + PATIENCE;
    let said = |error: String| format!("{}: {error}", file.display());
    let bytes = logo::content(file).map_err(said)?;
    let picture = if svg::is_svg(file, &bytes) {
        let draw = move |tree: &_| svg::draw_covering(tree, (width, height));
        let drawn = svg::drawn_in_time(bytes, PATIENCE, draw);
        DynamicImage::ImageRgba8(drawn.map_err(said)?)
    } else {
        let (mut picture, orientation) = pictures::read(&bytes, (width, height), until)
            .map_err(|error| said(error.to_string()))?;
        picture.apply_orientation(orientation);
        picture
    };
    Ok(pictures::fill(&picture, width, height))
}

/// How a picture is dimmed, or on light: made pale.
pub struct Dimmed {
    ground: [f32; 3],
    share: f32,
}

impl Dimmed {
    /// As much of `picture` as leaves every word of the theme readable wherever it stands.
    pub fn new(palette: &Palette, picture: &RgbaImage) -> Self {
        let extremes = extremes(palette, picture);
        let shares = (1..=STEPS).rev();
        let mut shares = shares.map(|step| MOST * f32::from(step) / f32::from(STEPS));
        let readable = |share: &f32| {
            let mut all = extremes.iter();
            all.all(|color| is_readable(palette, mix(palette.ground, *color, *share)))
        };
        let ground = palette.ground;
        Self {
            ground: [ground.r, ground.g, ground.b].map(|channel| channel * 255.0),
            share: shares.find(readable).unwrap_or(0.0),
        }
    }

    /// The levels of one of its pixels; what is clear shows the ground.
    pub fn of(&self, [red, green, blue, opacity]: [u8; 4]) -> [f32; 3] {
        let share = self.share * f32::from(opacity) / 255.0;
        let mut levels = self.ground;
        for (level, of) in levels.iter_mut().zip([red, green, blue]) {
            *level += (f32::from(of) - *level) * share;
        }
        levels
    }
}

/// The colours that occur, a few for many: of each few the one that is hardest to read on.
fn extremes(palette: &Palette, picture: &RgbaImage) -> Vec<Color> {
    let shift = 8 - BITS;
    let mut seen = vec![false; 1 << (3 * BITS)];
    for pixel in picture.pixels() {
        let [red, green, blue, _] = pixel.0.map(|channel| usize::from(channel >> shift));
        seen[(red << (2 * BITS)) | (green << BITS) | blue] = true;
    }
    let worst = if palette.is_dark() {
        (1 << shift) - 1
    } else {
        0
    };
    let found = seen.iter().enumerate().filter(|(_, seen)| **seen);
    let found = found.map(|(few, _)| {
        let channel = |at: u32| (((few >> at) & ((1 << BITS) - 1)) << shift | worst) as u8;
        Color::from_rgb8(channel(2 * BITS), channel(BITS), channel(0))
    });
    found.collect()
}
