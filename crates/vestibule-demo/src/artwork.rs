//! Abstract artwork, drawn in code: the same id always gives the same picture.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_lc_rs::digest;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::paint::{Canvas, Colour, mix, rgb};
use super::shared::{Shared, lock};
use super::{avatar, secret};

/// Size of artwork in pixels.
const SIZE: (usize, usize) = (480, 270);

/// Sky above, sky below, light, what is far, what is near.
const PALETTES: [[u32; 5]; 9] = [
    [0x1b2a4a, 0xf28f6b, 0xffd9a0, 0x6b4a6e, 0x241c33],
    [0x0c2233, 0x2f7f86, 0xe8f3d6, 0x1c5560, 0x0a1f2b],
    [0x2b1a3d, 0xc2527a, 0xffc9a8, 0x6a2d5c, 0x1d1029],
    [0x16301f, 0x8fb56a, 0xfff0b8, 0x3f6b45, 0x122418],
    [0x101a30, 0x3c5a9a, 0xdfe8ff, 0x27396b, 0x0b1120],
    [0x3a1d14, 0xe0803f, 0xffe2a6, 0x8a3f22, 0x24100b],
    [0x20333a, 0xb7c9c3, 0xffffff, 0x6b8a8c, 0x1d2c30],
    [0x241b1b, 0xa7504b, 0xf6c7a4, 0x633232, 0x170f10],
    [0x132a2e, 0xd9b45b, 0xfff3cf, 0x4c6b57, 0x10201f],
];

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Picture {
    /// A title's, by id.
    Title(&'static str),
    /// A person's, by id.
    Avatar(&'static str),
}

/// A picture that was drawn.
#[derive(Debug, Clone)]
struct Drawn {
    png: Bytes,
    etag: String,
}

/// Pictures drawn so far; there are as many as titles and people.
#[derive(Debug, Default)]
pub(super) struct Pictures(Mutex<HashMap<Picture, Drawn>>);

/// Answers with a picture, or with 304 where the client has it.
pub(super) async fn serve(shared: &Arc<Shared>, picture: Picture, headers: &HeaderMap) -> Response {
    let known = lock(&shared.pictures.0).get(&picture).cloned();
    let drawn = match known {
        Some(drawn) => drawn,
        None => {
            let work = tokio::task::spawn_blocking(move || draw(picture));
            let Ok(Some(drawn)) = work.await else {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            };
            let _ = lock(&shared.pictures.0).insert(picture, drawn.clone());
            drawn
        }
    };
    let caching = [
        (header::CACHE_CONTROL, "public, max-age=86400".to_owned()),
        (header::ETAG, drawn.etag.clone()),
    ];
    let asked = headers.get(header::IF_NONE_MATCH);
    let asked = asked.and_then(|value| value.to_str().ok()).unwrap_or("");
    if asked
        .split(',')
        .any(|tag| tag.trim().trim_start_matches("W/") == drawn.etag || tag.trim() == "*")
    {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, [(header::CONTENT_TYPE, "image/png")], drawn.png).into_response()
}

fn draw(picture: Picture) -> Option<Drawn> {
    let png = match picture {
        Picture::Title(id) => title(id)?,
        Picture::Avatar(id) => avatar::draw(id)?,
    };
    let hash = digest::digest(&digest::SHA256, &png);
    Some(Drawn {
        etag: format!("\"{}\"", secret::encode(hash.as_ref().get(..12)?)),
        png: png.into(),
    })
}

/// Numbers that follow from an id: SplitMix64, seeded with a hash of the id.
struct Dice(u64);

impl Dice {
    fn new(id: &str) -> Self {
        let hash = digest::digest(&digest::SHA256, id.as_bytes());
        let seed = hash.as_ref().first_chunk().copied().unwrap_or_default();
        Self(u64::from_be_bytes(seed))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number between two.
    fn between(&mut self, low: f32, high: f32) -> f32 {
        let unit = (self.next() >> 40) as f32 / (1u64 << 24) as f32;
        low + (high - low) * unit
    }

    /// A whole number below `most`.
    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).unwrap_or(0)
    }
}

/// The colours of what stands before the sky.
struct Palette {
    light: Colour,
    far: Colour,
    near: Colour,
}

/// A title's artwork as PNG.
fn title(id: &str) -> Option<Vec<u8>> {
    let mut dice = Dice::new(id);
    let [top, bottom, light, far, near] = PALETTES
        .get(dice.below(PALETTES.len()))
        .copied()
        .unwrap_or_default()
        .map(rgb);
    let palette = Palette { light, far, near };
    let mut canvas = Canvas::new(SIZE.0, SIZE.1, top, bottom);
    match dice.below(6) {
        0 => hills(&mut canvas, &palette, &mut dice),
        1 => sea(&mut canvas, &palette, &mut dice),
        2 => town(&mut canvas, &palette, &mut dice),
        3 => planets(&mut canvas, &palette, &mut dice),
        4 => ribbons(&mut canvas, &palette, &mut dice),
        _ => forest(&mut canvas, &palette, &mut dice),
    }
    canvas.png()
}

/// A sun or moon with its light.
fn luminary(canvas: &mut Canvas, palette: &Palette, dice: &mut Dice, lowest: f32) -> (f32, f32) {
    let centre = (
        canvas.width() * dice.between(0.18, 0.82),
        canvas.height() * dice.between(0.2, lowest),
    );
    let radius = dice.between(22.0, 46.0);
    canvas.glow(centre, radius * 5.0, palette.light, 0.55);
    canvas.disc(centre, radius, palette.light, 0.95);
    centre
}

fn hills(canvas: &mut Canvas, palette: &Palette, dice: &mut Dice) {
    let _ = luminary(canvas, palette, dice, 0.5);
    let layers = 4;
    for layer in 0..layers {
        let depth = layer as f32 / (layers - 1) as f32;
        let base = canvas.height() * (0.52 + 0.14 * layer as f32);
        let (a, b) = (dice.between(14.0, 34.0), dice.between(5.0, 13.0));
        let (f, g) = (dice.between(0.008, 0.016), dice.between(0.025, 0.045));
        let (p, q) = (dice.between(0.0, 6.3), dice.between(0.0, 6.3));
        canvas.below(mix(palette.far, palette.near, depth), 1.0, |x| {
            base + a * (x * f + p).sin() + b * (x * g + q).sin()
        });
    }
}

fn sea(canvas: &mut Canvas, palette: &Palette, dice: &mut Dice) {
    let (cx, _) = luminary(canvas, palette, dice, 0.42);
    let horizon = canvas.height() * dice.between(0.55, 0.66);
    canvas.below(palette.far, 1.0, |_| horizon);
    canvas.below(palette.near, 0.55, |x| {
        horizon + 46.0 + 5.0 * (x * 0.021).sin()
    });
    canvas.below(palette.near, 0.7, |x| {
        horizon + 84.0 + 7.0 * (x * 0.016 + 2.0).sin()
    });
    for line in 0..7 {
        let y = horizon + 7.0 + line as f32 * 13.0;
        let half = dice.between(12.0, 46.0) + line as f32 * 5.0;
        let x = cx + dice.between(-14.0, 14.0);
        canvas.ellipse(
            (x, y),
            (half, 1.6),
            palette.light,
            0.75 - line as f32 * 0.08,
        );
    }
    let boat = canvas.width() * dice.between(0.1, 0.9);
    canvas.ellipse((boat, horizon + 4.0), (17.0, 4.0), palette.near, 1.0);
    canvas.rect(
        (boat - 1.0, horizon - 26.0, boat + 1.0, horizon + 2.0),
        palette.near,
        1.0,
    );
}

fn town(canvas: &mut Canvas, palette: &Palette, dice: &mut Dice) {
    let _ = luminary(canvas, palette, dice, 0.4);
    for layer in 0..2 {
        let (colour, low, high) = match layer {
            0 => (palette.far, 0.42, 0.68),
            _ => (palette.near, 0.58, 0.86),
        };
        let mut x = -dice.between(0.0, 20.0);
        while x < canvas.width() {
            let width = dice.between(28.0, 62.0).round();
            let top = (canvas.height() * dice.between(low, high)).round();
            canvas.rect((x, top, x + width, canvas.height()), colour, 1.0);
            if layer == 1 {
                windows(canvas, palette, dice, (x, top, x + width));
            }
            x += width + dice.between(0.0, 5.0).round();
        }
    }
}

fn windows(
    canvas: &mut Canvas,
    palette: &Palette,
    dice: &mut Dice,
    (left, top, right): (f32, f32, f32),
) {
    let mut y = top + 9.0;
    while y < canvas.height() - 8.0 {
        let mut x = left + 7.0;
        while x < right - 9.0 {
            if dice.below(3) == 0 {
                canvas.rect((x, y, x + 4.0, y + 6.0), palette.light, 0.85);
            }
            x += 10.0;
        }
        y += 14.0;
    }
}

fn planets(canvas: &mut Canvas, palette: &Palette, dice: &mut Dice) {
    for _ in 0..70 {
        let star = (
            dice.between(0.0, canvas.width()),
            dice.between(0.0, canvas.height()),
        );
        canvas.disc(star, dice.between(0.5, 1.5), palette.light, 0.8);
    }
    let centre = (
        canvas.width() * dice.between(0.3, 0.7),
        canvas.height() * dice.between(0.55, 0.8),
    );
    let radius = dice.between(78.0, 118.0);
    canvas.glow(centre, radius * 1.9, palette.light, 0.35);
    canvas.disc(centre, radius, palette.far, 1.0);
    let pale = mix(palette.far, palette.light, 0.5);
    for band in 0..4 {
        let y = centre.1 - radius * (0.62 - 0.34 * band as f32);
        let half = (radius.powi(2) - (y - centre.1).powi(2)).max(0.0).sqrt() * 0.94;
        canvas.ellipse((centre.0, y), (half, dice.between(3.0, 11.0)), pale, 0.3);
    }
    let crater = (
        centre.0 + radius * dice.between(-0.4, 0.4),
        centre.1 - radius * dice.between(0.1, 0.5),
    );
    canvas.disc(crater, radius * 0.13, palette.near, 0.3);
    let orbit = radius * dice.between(1.35, 1.6);
    canvas.ring(centre, orbit, 2.0, palette.light, 0.6);
    let angle = dice.between(3.5, 5.9);
    let moon = (
        centre.0 + orbit * angle.cos(),
        centre.1 + orbit * angle.sin(),
    );
    canvas.disc(moon, dice.between(9.0, 17.0), palette.light, 1.0);
}

fn ribbons(canvas: &mut Canvas, palette: &Palette, dice: &mut Dice) {
    let centre = luminary(canvas, palette, dice, 0.7);
    let count = 7;
    for ribbon in 0..count {
        let depth = ribbon as f32 / (count - 1) as f32;
        let base = canvas.height() * (0.1 + 0.16 * ribbon as f32);
        let (a, f) = (dice.between(16.0, 38.0), dice.between(0.007, 0.015));
        let (slope, p) = (dice.between(-0.18, 0.18), dice.between(0.0, 6.3));
        let colour = mix(palette.far, palette.near, depth);
        let thickness = dice.between(16.0, 44.0);
        canvas.band(thickness, colour, 0.82, |x| {
            base + a * (x * f + p).sin() + slope * (x - centre.0)
        });
    }
}

fn forest(canvas: &mut Canvas, palette: &Palette, dice: &mut Dice) {
    let _ = luminary(canvas, palette, dice, 0.45);
    for layer in 0..3 {
        let depth = layer as f32 / 2.0;
        let ground = canvas.height() * (0.72 + 0.13 * layer as f32);
        let step = 30.0 + 16.0 * layer as f32;
        let tops: Vec<(f32, f32)> = (0..20)
            .map(|tree| {
                let x = tree as f32 * step * 0.8 + dice.between(-8.0, 8.0);
                (x, dice.between(52.0, 96.0) + 26.0 * depth)
            })
            .collect();
        let colour = mix(palette.far, palette.near, depth);
        canvas.below(colour, 1.0, |x| {
            let tallest = tops
                .iter()
                .map(|(middle, height)| height - (x - middle).abs() * 3.4)
                .fold(0.0, f32::max);
            ground - tallest
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::TITLES;

    #[test]
    fn every_picture_decodes_at_its_size_and_is_small() {
        let mut seen = std::collections::HashSet::new();
        for title in &TITLES {
            let drawn = draw(Picture::Title(title.id)).unwrap();
            assert!(
                drawn.png.len() < 120 * 1024,
                "{}: {}",
                title.id,
                drawn.png.len()
            );
            let decoded = image::load_from_memory(&drawn.png).unwrap();
            assert_eq!((decoded.width(), decoded.height()), (480, 270));
            assert!(seen.insert(drawn.etag), "{} looks like another", title.id);
        }
        let again = draw(Picture::Title(TITLES[0].id)).unwrap();
        assert!(seen.contains(&again.etag), "the same each time");
    }
}
