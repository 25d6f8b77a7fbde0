//! The first screens with their backdrop, and with logos and pictures that owners may have: to look at, and how fast they
//! are there. `GALLERY=folder FACES=1920x1080,480x800`, with `GALLERY_ONLY` as everywhere.

use image::{Rgba, RgbaImage};

use super::*;
use crate::app::logo::Logo;
use crate::config::{Backdrop, LogoPlate, Theme};

/// How an owner may want it: name, theme, language, text scale, logo and picture.
type Owner = (
    &'static str,
    Theme,
    &'static str,
    f32,
    Option<&'static str>,
    Option<&'static str>,
);

const OWNERS: [Owner; 9] = [
    ("plain", Theme::Dark, "en", 1.0, None, None),
    ("german", Theme::Light, "de", 1.3, None, None),
    ("arabic", Theme::Dark, "ar", 1.3, Some("wide"), None),
    (
        "contrast",
        Theme::HighContrast,
        "en",
        1.3,
        Some("black"),
        None,
    ),
    ("wide", Theme::Dark, "en", 1.0, Some("wide"), None),
    ("square", Theme::Light, "en", 1.0, Some("square"), None),
    ("black", Theme::Dark, "en", 1.0, Some("black"), None),
    (
        "bright",
        Theme::Dark,
        "en",
        1.0,
        Some("white"),
        Some("bright"),
    ),
    ("pale", Theme::Light, "en", 1.0, None, Some("bright")),
];

/// A logo, or a picture to stand behind the screens.
fn picture(name: &str) -> RgbaImage {
    let letters = |width: u32, height: u32, color: [u8; 3]| {
        RgbaImage::from_fn(width, height, move |x, y| {
            let (column, row) = (x * 24 / width, y * 8 / height);
            let shown = column % 4 != 3 && !(row > 2 && row < 5 && column % 4 == 1);
            let [red, green, blue] = color;
            Rgba([red, green, blue, if shown { 255 } else { 0 }])
        })
    };
    match name {
        "wide" => letters(1200, 240, [255, 106, 61]),
        "black" => letters(900, 240, [0, 0, 0]),
        "white" => letters(900, 240, [255, 255, 255]),
        "square" => RgbaImage::from_fn(512, 512, |x, y| {
            let far = (x as f32 - 256.0).hypot(y as f32 - 256.0);
            let shown = far < 250.0 && !(100.0..160.0).contains(&far);
            Rgba([40, 90, 200, if shown { 255 } else { 0 }])
        }),
        _ => RgbaImage::from_fn(960, 540, |x, y| {
            let (x, y) = (x as f32 / 960.0, y as f32 / 540.0);
            let sun = (1.0 - (x - 0.7).hypot((y - 0.45) * 0.6) * 2.0).clamp(0.0, 1.0);
            let hill = y > 0.7 + 0.08 * (x * 9.0).sin();
            let channel = |sky: f32, hills: f32| {
                let base = if hill { hills } else { sky + 0.3 * y };
                (255.0 * (base + sun * (1.0 - base)).clamp(0.0, 1.0)) as u8
            };
            Rgba([
                channel(0.5, 0.15),
                channel(0.6, 0.3),
                channel(0.8, 0.2),
                255,
            ])
        }),
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "draws for minutes: to look at what was changed, by hand"]
async fn first_screens_with_their_backdrop() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let wanted_sizes = std::env::var("FACES").unwrap_or_else(|_| "1920x1080".to_owned());
    let sizes = wanted_sizes.split(',').map(|size| {
        let (width, height) = size.split_once('x').unwrap();
        Size::new(width.parse().unwrap(), height.parse().unwrap())
    });
    for size in sizes {
        for (owner, theme, language, text_scale, logo, behind) in OWNERS {
            i18n::choose(language);
            let file = |name: &str| {
                let file = folder.path().join(format!("{name}.png"));
                picture(name).save(&file).unwrap();
                file
            };
            let screen = config::Screen {
                theme,
                text_scale,
                backdrop: behind.map_or(Backdrop::Generated, |name| Backdrop::Picture(file(name))),
                reduced_motion: true,
                ..config().screen
            };
            let logo = logo.map(|name| Logo::read(&file(name), LogoPlate::Auto).unwrap());
            for (name, shown) in screens(&context) {
                let name = format!("{name}-{owner}-{}x{}", size.width, size.height);
                if !wanted(&name) {
                    continue;
                }
                let app = App::showing(shown, &screen, size).with_logo(logo.clone());
                keep(&name, &draw(&app.with_backdrop()));
            }
        }
    }
    i18n::choose("en");
}
