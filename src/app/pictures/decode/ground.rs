//! A picture shown whole in a place of another form, upon a quiet ground of its own colour.

use std::borrow::Cow;

use image::{DynamicImage, GenericImageView, Rgba, RgbaImage, imageops};

use super::scaled;

/// How far the colours of an edge may lie from their mean, on the average, for the edge to have one colour: that of a
/// studio, or of paper.
const PLAIN: u32 = 12;
/// What is left of the light of an edge of many colours.
const QUIET: f32 = 0.4;
/// Opacity below which an edge is taken to be clear: what is behind a logo is not of its own.
const CLEAR: u32 = 128;

/// Scales `picture` to stand whole in the middle of `width` by `height`.
pub(super) fn whole(picture: &DynamicImage, width: u32, height: u32) -> RgbaImage {
    let (from_width, from_height) = picture.dimensions();
    let (across, down) = (
        f64::from(width) / f64::from(from_width.max(1)),
        f64::from(height) / f64::from(from_height.max(1)),
    );
    let scale = across.min(down);
    let side = |from: u32, most: u32| ((f64::from(from) * scale).round() as u32).clamp(1, most);
    let (inner_width, inner_height) = (side(from_width, width), side(from_height, height));
    let inner = scaled(Cow::Borrowed(picture), inner_width, inner_height);
    let ground = ground(&inner, inner_width < width);
    let mut shown = RgbaImage::from_pixel(width, height, ground);
    let (left, top) = ((width - inner_width) / 2, (height - inner_height) / 2);
    if ground.0[3] == 0 {
        imageops::replace(&mut shown, &inner, left.into(), top.into());
    } else {
        imageops::overlay(&mut shown, &inner, left.into(), top.into());
    }
    shown
}

/// The colour of what is beside a picture: that of its edges where they have one, else a quiet one of theirs.
fn ground(picture: &RgbaImage, beside: bool) -> Rgba<u8> {
    let (width, height) = picture.dimensions();
    let edge: Vec<&Rgba<u8>> = if beside {
        (0..height)
            .flat_map(|y| [picture.get_pixel(0, y), picture.get_pixel(width - 1, y)])
            .collect()
    } else {
        (0..width)
            .flat_map(|x| [picture.get_pixel(x, 0), picture.get_pixel(x, height - 1)])
            .collect()
    };
    let count = edge.len().max(1) as u32;
    let mean = |channel: usize| {
        let sum: u32 = edge.iter().map(|pixel| u32::from(pixel.0[channel])).sum();
        sum / count
    };
    let colors = [mean(0), mean(1), mean(2)];
    if mean(3) < CLEAR {
        return Rgba([0; 4]);
    }
    let off = |pixel: &&Rgba<u8>| {
        let apart = pixel.0.iter().zip(colors);
        apart
            .map(|(is, mean)| u32::from(*is).abs_diff(mean))
            .sum::<u32>()
    };
    let spread = edge.iter().map(off).sum::<u32>() / (3 * count);
    let light = if spread <= PLAIN { 1.0 } else { QUIET };
    let [red, green, blue] = colors.map(|color| (color as f32 * light) as u8);
    Rgba([red, green, blue, 255])
}
