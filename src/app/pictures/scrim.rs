//! A picture made to stand behind words: faded into the ground, and quiet where there are words, whatever it shows.
//!
//! It is blended with the ground once, here and off the thread that draws, so that drawing it is one copy.

use std::borrow::Cow;
use std::time::Instant;

use image::{DynamicImage, GenericImageView, RgbaImage};

use super::decode::{read, scaled};
use super::{PictureFailure, Pixels};

/// Height of a picture that is seen at least of one much higher than its place, as a share of what a picture as wide as
/// its place would show: a poster is cut, and not enlarged as far as it would go.
const ENLARGED: f32 = 2.2;
/// Where a picture is cut off at its upper edge, of all that is cut off above and below: faces are seldom below the middle.
const CUT_ABOVE: f32 = 0.3;
/// Share of its width over which a picture fades in beside words.
const FADES_BESIDE: f32 = 0.6;
/// Share of its height from which it fades out towards what is below it.
const FADES_BELOW: f32 = 0.55;
/// Share of its height over which it comes out of the quiet of words.
const COMES_OUT: f32 = 0.3;
/// How far from the dark, or in a light theme from the light, its channels are where there are no words.
const LOUDEST: f32 = 0.9;

/// Steps of loudness.
const LOUD: u32 = 127;

/// What a picture is made for, in pixels of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scrim {
    /// The ground that it fades into: red, green, blue.
    pub ground: [u8; 3],
    /// Whether that is light, and words are dark.
    pub light: bool,
    /// How far from black, or from white where the ground is light, a channel may be where words stand.
    pub quiet: u8,
    /// Height of the line of words above all.
    pub line_above: u32,
    /// Width of the words at its start.
    pub beside: u32,
    /// Height of the words at its lower edge.
    pub below: u32,
    /// Whether it takes the whole width of a screen that stands on end; else it fades out at its start.
    pub on_end: bool,
    /// Whether its start is at the right.
    pub mirrored: bool,
}

impl Scrim {
    /// Makes a scrim of this size of a file.
    ///
    /// # Errors
    /// As [`read`].
    pub fn of(
        self,
        file: &[u8],
        (width, height): (u32, u32),
        until: Instant,
    ) -> Result<Pixels, PictureFailure> {
        let (width, height) = (width.max(1), height.max(1));
        let (mut picture, orientation) = read(file, (width, height), until)?;
        picture.apply_orientation(orientation);
        let shown = self.cut(&picture, width, height);
        Ok(Pixels {
            width,
            height,
            bytes: self.blended(shown, width, height),
        })
    }

    /// What is seen of a picture: as high as the place, and as wide or narrower.
    fn cut(self, picture: &DynamicImage, width: u32, height: u32) -> RgbaImage {
        let (across, down) = picture.dimensions();
        let (across, down) = (across.max(1), down.max(1));
        let ratio = across as f32 / down as f32;
        let widest = (height as f32 * ratio * ENLARGED).round().max(1.0);
        let shown = if self.on_end {
            width
        } else {
            width.min(widest as u32)
        };
        let wanted = shown as f32 / height as f32;
        let (cut_across, cut_down) = if ratio > wanted {
            (down as f32 * wanted, down as f32)
        } else {
            (across as f32, across as f32 / wanted)
        };
        let cut_across = (cut_across.round() as u32).clamp(1, across);
        let cut_down = (cut_down.round() as u32).clamp(1, down);
        let left = (across - cut_across) / 2;
        let top = ((down - cut_down) as f32 * CUT_ABOVE) as u32;
        let cut = if (cut_across, cut_down) == (across, down) {
            Cow::Borrowed(picture)
        } else {
            Cow::Owned(picture.crop_imm(left, top, cut_across, cut_down))
        };
        scaled(cut, shown, height)
    }

    /// Red, green, blue and full opacity of each pixel: the ground, and what of the picture is seen upon it.
    ///
    /// Made in the memory of the picture: at 4K each of the two would take ten megabytes.
    fn blended(self, shown: RgbaImage, width: u32, height: u32) -> Vec<u8> {
        let start = width - shown.width().min(width);
        let loudness = self.loudness();
        let mut columns: Vec<_> = (0..width).map(|x| self.column(x, start, width)).collect();
        if self.mirrored {
            columns.reverse();
        }
        let [red, green, blue] = self.ground;
        let mut bytes = self.as_wide(shown, width);
        let rows = bytes.chunks_exact_mut(width as usize * 4);
        for (y, row) in (0..height).zip(rows) {
            let line = self.line(y, height);
            for (pixel, column) in row.as_chunks_mut().0.iter_mut().zip(&columns) {
                let part = Part {
                    seen: (column.seen * line.seen) >> 8,
                    loud: column.loud * line.loud / LOUD,
                };
                let from = std::mem::replace(pixel, [red, green, blue, u8::MAX]);
                self.blend(pixel, from, part, &loudness);
            }
        }
        bytes
    }

    /// The pixels of a picture at the end of so many columns. Nothing is seen of those that it does not reach.
    fn as_wide(self, shown: RgbaImage, width: u32) -> Vec<u8> {
        if shown.width() >= width {
            return shown.into_raw();
        }
        let (row, place) = (shown.width() as usize * 4, width as usize * 4);
        let left = if self.mirrored { 0 } else { place - row };
        let mut bytes = vec![0; place * shown.height() as usize];
        let rows = bytes
            .chunks_exact_mut(place)
            .zip(shown.as_raw().chunks_exact(row));
        for (into, from) in rows {
            for (into, from) in into.iter_mut().skip(left).zip(from) {
                *into = *from;
            }
        }
        bytes
    }

    /// What of a column is seen. `x` counts from its start.
    fn column(self, x: u32, start: u32, width: u32) -> Part {
        if self.on_end {
            return Part::of(1.0, 1.0);
        }
        let (x, start) = (x as f32, start as f32);
        let reach = (width as f32 - start) * FADES_BESIDE;
        let beside = self.beside as f32;
        let comes_out = width as f32 * COMES_OUT / 2.0;
        Part::of(
            smooth((x - start) / reach.max(1.0)),
            smooth((x - beside) / comes_out.max(1.0)),
        )
    }

    /// What of a line is seen.
    fn line(self, y: u32, height: u32) -> Part {
        let (y, height) = (y as f32 + 1.0, height as f32);
        let from = height * FADES_BELOW;
        let fade = 1.0 - smooth((y - from) / (height - from));
        let comes_out = height * COMES_OUT;
        let above = smooth((y - 1.0 - self.line_above as f32) / comes_out);
        let below = match self.below {
            0 => 1.0,
            below => smooth((height - below as f32 - y) / comes_out),
        };
        Part::of(fade, above.min(below))
    }

    /// What is left of 256 parts of a colour, for each loudness and each distance of its farthest channel from the dark,
    /// or from the light. It is drawn together, so that nothing of a picture is cut off and none reaches too far.
    fn loudness(self) -> Vec<u32> {
        let quiet = f32::from(self.quiet) / 255.0;
        let levels = (0..=LOUD).map(|loud| {
            let loud = loud as f32 / LOUD as f32;
            quiet + (LOUDEST - quiet).max(0.0) * loud
        });
        let parts = levels.flat_map(|most| {
            (0..=u8::MAX).map(move |far| {
                let far = f32::from(far) / 255.0;
                (256.0 * most / (most + far * (1.0 - most)).max(f32::EPSILON)) as u32
            })
        });
        parts.collect()
    }

    /// Blends a pixel of the picture into one of the ground.
    fn blend(self, into: &mut [u8; 4], from: [u8; 4], part: Part, loudness: &[u32]) {
        let [red, green, blue, opacity] = from;
        let end = if self.light { u8::MAX } else { 0 };
        let far = [red, green, blue].map(|channel| channel.abs_diff(end));
        let farthest = far.into_iter().max().unwrap_or_default();
        let at = part.loud as usize * 256 + usize::from(farthest);
        let left = loudness.get(at).copied().unwrap_or_default();
        let seen = (part.seen * (u32::from(opacity) + 1)) >> 8;
        for (into, far) in into.iter_mut().zip(far) {
            let far = ((u32::from(far) * left) >> 8) as u8;
            // What is between two colours upon which words can be read is one as well.
            let (ground, drawn) = (u32::from(*into), u32::from(end.abs_diff(far)));
            *into = ((ground * (256 - seen) + drawn * seen) >> 8) as u8;
        }
    }
}

/// What of a picture is seen: so many of 256 parts, so many of [`LOUD`] loud.
#[derive(Debug, Clone, Copy)]
struct Part {
    seen: u32,
    loud: u32,
}

impl Part {
    fn of(seen: f32, loud: f32) -> Self {
        Self {
            seen: (seen * 256.0) as u32,
            loud: (loud * LOUD as f32) as u32,
        }
    }
}

/// A step from 0 to 1 without corners.
fn smooth(at: f32) -> f32 {
    let at = at.clamp(0.0, 1.0);
    at * at * (3.0 - 2.0 * at)
}

#[cfg(test)]
mod tests;
