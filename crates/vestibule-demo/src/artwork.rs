//! Artwork from SVG templates: the same id always gives the same picture.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_lc_rs::digest;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use super::people::Person;
use super::secret;
use super::shared::{Shared, lock};

/// What is to be seen. Wider than the picture, so that its parts can be shifted.
const MOTIFS: [&str; 6] = [
    include_str!("../artwork/hills.svg"),
    include_str!("../artwork/sea.svg"),
    include_str!("../artwork/town.svg"),
    include_str!("../artwork/planets.svg"),
    include_str!("../artwork/ribbons.svg"),
    include_str!("../artwork/forest.svg"),
];

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

/// Size of a poster.
const POSTER: (u32, u32) = (320, 480);
/// Size of a cover.
const COVER: (u32, u32) = (400, 400);

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Picture {
    /// A title's, by id.
    Title(&'static str),
    /// The same as a poster.
    Poster(&'static str),
    /// The same as the cover of a record.
    Cover(&'static str),
    /// A person's face.
    Avatar(&'static Person),
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
        Picture::Title(id) => paint(&title(id), None)?,
        Picture::Poster(id) => paint(&title(id), Some(POSTER))?,
        Picture::Cover(id) => paint(&title(id), Some(COVER))?,
        Picture::Avatar(person) => paint(person.face, None)?,
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

/// A title's artwork: a motif of `artwork/`, in colours and at places that follow from the id.
fn title(id: &str) -> String {
    let mut dice = Dice::new(id);
    let [top, bottom, light, far, near] = PALETTES
        .get(dice.below(PALETTES.len()))
        .copied()
        .unwrap_or_default();
    let mut svg = MOTIFS
        .get(dice.below(MOTIFS.len()))
        .copied()
        .unwrap_or_default()
        .to_owned();
    for (name, colour) in [
        ("{top}", top),
        ("{bottom}", bottom),
        ("{light}", light),
        ("{far}", far),
        ("{third}", mix(far, near, 1, 3)),
        ("{half}", mix(far, near, 1, 2)),
        ("{two_thirds}", mix(far, near, 2, 3)),
        ("{near}", near),
    ] {
        svg = svg.replace(name, &format!("#{colour:06x}"));
    }
    let mirrored = dice.below(2) == 0;
    svg = svg.replace(
        "{mirror}",
        if mirrored {
            "matrix(-1 0 0 1 480 0)"
        } else {
            ""
        },
    );
    for name in ["{sun}", "{a}", "{b}", "{c}", "{d}"] {
        svg = svg.replace(name, &format!("{:.1}", dice.between(-120.0, 120.0)));
    }
    svg
}

/// The colour that is `part` of `whole` of the way from one to another, channel by channel.
fn mix(from: u32, to: u32, part: u32, whole: u32) -> u32 {
    let channel = |shift: u32| {
        let [from, to] = [from, to].map(|colour| (colour >> shift) & 0xff);
        ((from * (whole - part) + to * part) / whole) << shift
    };
    channel(16) | channel(8) | channel(0)
}

/// Paints an SVG as PNG: of its own size, or the middle of it, as high as `size`. `None` only where it is none.
fn paint(svg: &str, size: Option<(u32, u32)>) -> Option<Vec<u8>> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).ok()?;
    let own = tree.size().to_int_size();
    let (width, height) = size.unwrap_or((own.width(), own.height()));
    let scale = height as f32 / own.height() as f32;
    let left = (own.width() as f32 * scale - width as f32) / 2.0;
    let middle = Transform::from_scale(scale, scale).post_translate(-left, 0.0);
    let mut pixels = Pixmap::new(width, height)?;
    resvg::render(&tree, middle, &mut pixels.as_mut());
    pixels.encode_png().ok()
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
        for (picture, size) in [
            (Picture::Poster(TITLES[0].id), POSTER),
            (Picture::Cover(TITLES[0].id), COVER),
        ] {
            let decoded = image::load_from_memory(&draw(picture).unwrap().png).unwrap();
            assert_eq!((decoded.width(), decoded.height()), size);
        }
        let again = draw(Picture::Title(TITLES[0].id)).unwrap();
        assert!(seen.contains(&again.etag), "the same each time");
    }
}
