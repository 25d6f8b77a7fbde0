//! The owner's logo, read and drawn once: a picture, or an SVG. Once for the line at the top of every screen, and once
//! large for screens that have little else.

pub mod svg;
mod tones;

use std::path::Path;
use std::time::{Duration, Instant};

use iced::widget::image::Handle;
use iced::{Color, Size};
use image::RgbaImage;
use image::imageops::FilterType;

use self::tones::Tones;
use super::pictures::{self, PictureFailure};
use super::theme::{Look, PLATES, Palette, token};
use crate::config::LogoPlate;
use crate::host::regular_file::{self, Links};

/// Largest logo file in bytes.
const MOST_BYTES: u64 = 16 << 20;
/// How long it may take to be decoded or drawn.
const PATIENCE: Duration = Duration::from_secs(2);
/// Enlargement over the size at 1920x1080, so that it is sharp at 3840x2160.
const DENSITY: f32 = 2.0;
/// How much a picture of few pixels is enlarged at most.
const ENLARGED: f32 = 3.0;

/// The owner's logo.
#[derive(Debug, Clone)]
pub struct Logo {
    /// For the line at the top.
    pub small: Handle,
    /// For a screen that has little else.
    pub large: Handle,
    /// Their sizes in pixels.
    sizes: [Size; 2],
    tones: Tones,
    /// What the owner wants behind it.
    plate: LogoPlate,
}

impl Logo {
    /// The logo in `file`, in the sizes the screens need, on a plate as the owner wants it.
    ///
    /// # Errors
    /// What is wrong with the file, in words.
    pub(super) fn read(file: &Path, plate: LogoPlate) -> Result<Self, String> {
        content(file)
            .and_then(|bytes| {
                if svg::is_svg(file, &bytes) {
                    svg::drawn_in_time(bytes, PATIENCE, |tree| {
                        let [small, large] = sizes().map(|most| svg::draw_within(tree, most));
                        Ok([small?, large?])
                    })
                } else {
                    decode(&bytes, sizes()).map_err(|error| error.to_string())
                }
            })
            .map(|drawn| Self::of(drawn, plate))
            .map_err(|error| format!("{}: {error}", file.display()))
    }

    fn of([small, large]: [RgbaImage; 2], plate: LogoPlate) -> Self {
        let size = |drawn: &RgbaImage| Size::new(drawn.width() as f32, drawn.height() as f32);
        let handle =
            |drawn: RgbaImage| Handle::from_rgba(drawn.width(), drawn.height(), drawn.into_raw());
        Self {
            sizes: [size(&small), size(&large)],
            tones: Tones::of(&small, small.width() as usize),
            small: handle(small),
            large: handle(large),
            plate,
        }
    }

    /// Size in the line at the top.
    pub fn small_size(&self, look: &Look) -> Size {
        let most = Size::new(look.px(token::LOGO_WIDTH), look.px(token::LOGO));
        within(self.sizes[0], most)
    }

    /// Size on a screen that has little else, within `most`; one of few pixels stays small.
    pub fn large_size(&self, look: &Look, most: Size) -> Size {
        let own = self.sizes[1] * (look.unit() / DENSITY);
        within(
            self.sizes[1],
            Size::new(most.width.min(own.width), most.height.min(own.height)),
        )
    }

    /// Colour of the plate behind it on `ground`, where there is one.
    pub fn plate(&self, palette: &Palette) -> Option<Color> {
        let [light, dark] = PLATES;
        match self.plate {
            LogoPlate::Auto => self.tones.plate_on(palette.ground, PLATES),
            LogoPlate::None => None,
            LogoPlate::Light => Some(light),
            LogoPlate::Dark => Some(dark),
        }
    }

    /// The same of a large one, which stands on a calm surface where it needs no other.
    pub fn large_plate(&self, look: &Look) -> Option<Color> {
        let calm = (self.plate == LogoPlate::Auto).then_some(look.palette.raised);
        self.plate(&look.palette).or(calm)
    }
}

/// A size of the shape of `size`, as large as there is room.
fn within(size: Size, most: Size) -> Size {
    let scale = (most.width / size.width.max(1.0)).min(most.height / size.height.max(1.0));
    Size::new(
        (size.width * scale).round().max(1.0),
        (size.height * scale).round().max(1.0),
    )
}

/// What is in `file`, where that is a file of a size that a picture has.
///
/// # Errors
/// Why it cannot be read.
pub fn content(file: &Path) -> Result<Vec<u8>, String> {
    regular_file::read(file, MOST_BYTES, Links::Followed).map_err(|error| error.to_string())
}

fn decode(bytes: &[u8], sizes: [(u32, u32); 2]) -> Result<[RgbaImage; 2], PictureFailure> {
    let [small, (width, height)] = sizes;
    let (mut logo, orientation) =
        pictures::read(bytes, (width, height), Instant::now() + PATIENCE)?;
    logo.apply_orientation(orientation);
    let enlarged = |side: u32, most: u32| ((side as f32 * ENLARGED) as u32).clamp(1, most);
    let large = (
        enlarged(logo.width(), width),
        enlarged(logo.height(), height),
    );
    Ok([small, large].map(|(width, height)| {
        logo.resize(width, height, FilterType::CatmullRom)
            .into_rgba8()
    }))
}

/// The largest a logo gets in either size, in pixels.
fn sizes() -> [(u32, u32); 2] {
    let most = |length: token::Px| (length.at_1080p() * DENSITY) as u32;
    [
        (most(token::LOGO_WIDTH), most(token::LOGO)),
        (most(token::LOGO_LARGE_WIDTH), most(token::LOGO_LARGE)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Theme;

    #[test]
    fn a_logo_fits_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("logo.png");
        image::RgbaImage::new(2000, 200).save(&file).unwrap();
        let logo = Logo::read(&file, LogoPlate::Auto).unwrap();
        assert_eq!(logo.sizes, [Size::new(640.0, 64.0), Size::new(940.0, 94.0)]);
        // One of few pixels is no blur.
        image::RgbaImage::new(40, 20).save(&file).unwrap();
        let logo = Logo::read(&file, LogoPlate::Auto).unwrap();
        assert_eq!(logo.sizes[1], Size::new(120.0, 60.0));
        let look = Look::new(
            &crate::config::Screen::default(),
            Size::new(1920.0, 1080.0),
            crate::app::i18n::language(),
        );
        let most = Size::new(470.0, 320.0);
        assert_eq!(logo.large_size(&look, most), Size::new(60.0, 30.0));
        assert_eq!(logo.small_size(&look), Size::new(112.0, 56.0));
    }

    #[test]
    fn a_logo_stands_as_its_metadata_says() {
        // Twice as wide as high as it is stored, and red at the left.
        let stored = image::RgbImage::from_fn(64, 32, |x, _| {
            image::Rgb(if x < 32 { [255, 0, 0] } else { [0, 0, 255] })
        });
        let mut plain = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut plain, 95);
        stored.write_with_encoder(encoder).unwrap();
        // Orientation, width and height of what is shown, and where red is.
        for (orientation, size, red) in [
            (1, (224, 112), (0, 0)),
            (2, (224, 112), (223, 0)),
            (3, (224, 112), (223, 111)),
            (4, (224, 112), (0, 111)),
            (5, (56, 112), (0, 0)),
            (6, (56, 112), (55, 0)),
            (7, (56, 112), (55, 111)),
            (8, (56, 112), (0, 111)),
        ] {
            let mut exif =
                b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"
                    .to_vec();
            exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
            let file = [&plain[..2], &exif, &plain[2..]].concat();
            let Ok(Handle::Rgba {
                width,
                height,
                pixels,
                ..
            }) = reading("logo.jpg", &file)
            else {
                panic!("{orientation}");
            };
            assert_eq!((width, height), size, "{orientation}");
            let at = ((red.1 * width + red.0) * 4) as usize;
            assert!(pixels[at] > 200 && pixels[at + 2] < 60, "{orientation}");
            // One that breaks off is none.
            assert!(reading("logo.jpg", &file[..file.len() - 40]).is_err());
        }
    }

    /// What a logo file of this name and content comes to.
    fn reading(name: &str, content: &[u8]) -> Result<Handle, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, content).unwrap();
        Logo::read(&file, LogoPlate::Auto).map(|logo| logo.small)
    }

    #[test]
    fn an_owner_says_what_is_behind_a_logo() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("logo.png");
        let black = |x: u32, _| image::Rgba([0, 0, 0, if x < 4 { 0 } else { 255 }]);
        image::RgbaImage::from_fn(40, 20, black)
            .save(&file)
            .unwrap();
        let [light, dark] = PLATES;
        let palette = |theme| Palette::new(theme, light);
        let (night, day) = (Theme::Dark, Theme::Light);
        for (wish, theme, plate) in [
            (LogoPlate::Auto, night, Some(light)),
            (LogoPlate::Auto, day, None),
            (LogoPlate::None, night, None),
            (LogoPlate::Dark, night, Some(dark)),
            (LogoPlate::Light, day, Some(light)),
        ] {
            let logo = Logo::read(&file, wish).unwrap();
            assert_eq!(logo.plate(&palette(theme)), plate, "{wish:?} {theme:?}");
        }
    }

    #[test]
    fn an_svg_is_drawn_in_the_size_of_its_place_with_its_own_colours() {
        let svg = br##"<?xml version="1.0"?>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">
              <rect width="20" height="10" fill="#ff6a3d"/>
              <rect x="20" width="20" height="10" fill="#0000ff" fill-opacity="0.5"/>
            </svg>"##;
        for name in ["logo.svg", "logo.SVG", "logo"] {
            let Ok(Handle::Rgba {
                width,
                height,
                pixels,
                ..
            }) = reading(name, svg)
            else {
                panic!("{name}");
            };
            assert_eq!((width, height), (448, 112), "{name}");
            assert_eq!(pixels[..4], [0xff, 0x6a, 0x3d, 0xff]);
            let last = &pixels[pixels.len() - 4..];
            assert!(
                last[2] >= 0xfe && (0x7e..=0x81).contains(&last[3]),
                "{last:?}"
            );
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_the_file() {
        let drawing = |inner: &str| {
            format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>"#)
        };
        let deep = format!("{}<path/>{}", "<g>".repeat(100_000), "</g>".repeat(100_000));
        let bomb = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs><g id="a0"><rect width="9" height="9"/></g>{}</defs><use href="#a40"/></svg>"##,
            (1..=40)
                .map(|n| {
                    let before = n - 1;
                    format!(
                        r##"<g id="a{n}"><use href="#a{before}"/><use href="#a{before}"/></g>"##
                    )
                })
                .collect::<String>()
        );
        for content in [
            String::new(),
            "<svg/>".to_owned(),
            "<svg".to_owned(),
            "not a picture".to_owned(),
            drawing(""),
            drawing("<text y='9'>Acme</text>"),
            drawing("<image href='/etc/hostname' width='9' height='9'/>"),
            drawing(&deep),
            drawing(&format!("<!--{}-->", " ".repeat(svg::MOST_BYTES))),
            bomb,
            r#"<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><svg>&b;</svg>"#
                .to_owned(),
        ] {
            let start: String = content.chars().take(60).collect();
            let error = reading("logo.svg", content.as_bytes()).expect_err(&start);
            assert!(error.contains("logo.svg: "), "{start}: {error}");
        }
        let folder = tempfile::tempdir().unwrap();
        let read = |file: &Path| Logo::read(file, LogoPlate::Auto);
        assert!(read(&folder.path().join("none.svg")).is_err());
        assert!(read(folder.path()).is_err());
    }
}
