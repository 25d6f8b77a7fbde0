//! Words upon a scrim can be read whatever its picture shows.

use std::io::Cursor;
use std::time::Duration;

use iced::Color;
use image::{ImageFormat, Rgba};

use super::*;
use crate::app::theme::{Palette, contrast, parse};
use crate::config::Theme;

const SIZE: (u32, u32) = (300, 130);

fn file(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let picture = RgbaImage::from_fn(width, height, |x, y| Rgba(pixel(x, y)));
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

/// Noise of full contrast.
fn noise(x: u32, y: u32) -> [u8; 4] {
    let seed = x.wrapping_mul(0x9e37_79b9) ^ y.wrapping_mul(0x85eb_ca6b);
    let seed = (seed ^ seed >> 15).wrapping_mul(0x2c1b_3c6d);
    let bit = |at: u32| if seed >> at & 1 == 1 { 255 } else { 0 };
    [bit(3), bit(11), bit(19), 255]
}

/// Pictures of every kind that there is least to be read upon.
fn worst() -> Vec<Vec<u8>> {
    let plain = |color: [u8; 4]| file(320, 180, move |_, _| color);
    vec![
        plain([255, 255, 255, 255]),
        plain([0, 0, 0, 255]),
        plain([255, 255, 0, 255]),
        plain([0, 0, 255, 255]),
        plain([255, 255, 255, 90]),
        file(320, 180, noise),
        file(200, 300, noise),
        file(32, 900, noise),
        file(900, 32, noise),
    ]
}

fn scrim(palette: &Palette, on_end: bool, mirrored: bool) -> Scrim {
    let [red, green, blue, _] = palette.ground.into_rgba8();
    Scrim {
        ground: [red, green, blue],
        light: !palette.is_dark(),
        quiet: palette.quiet(),
        line_above: 30,
        beside: if on_end { 0 } else { 60 },
        below: if on_end { 40 } else { 0 },
        on_end,
        mirrored,
    }
}

fn made(scrim: Scrim, file: &[u8]) -> RgbaImage {
    let until = Instant::now() + Duration::from_secs(60);
    let pixels = scrim.of(file, SIZE, until).unwrap();
    RgbaImage::from_raw(pixels.width, pixels.height, pixels.bytes).unwrap()
}

fn palette(theme: Theme) -> Palette {
    Palette::new(theme, parse("#ffb454").unwrap())
}

#[test]
fn words_can_be_read_wherever_they_stand_whatever_the_picture_shows() {
    for theme in [Theme::Dark, Theme::Light] {
        let palette = palette(theme);
        for (on_end, mirrored) in [(false, false), (false, true), (true, false)] {
            let scrim = scrim(&palette, on_end, mirrored);
            for (number, file) in worst().iter().enumerate() {
                for (x, y, pixel) in made(scrim, file).enumerate_pixels() {
                    let from_start = if mirrored { SIZE.0 - 1 - x } else { x };
                    let words = y < scrim.line_above
                        || from_start < scrim.beside
                        || y >= SIZE.1 - scrim.below;
                    if !words {
                        continue;
                    }
                    let [red, green, blue, opacity] = pixel.0;
                    assert_eq!(opacity, 255);
                    let behind = Color::from_rgb8(red, green, blue);
                    for ink in [palette.text, palette.muted] {
                        let ratio = contrast(ink, behind);
                        assert!(
                            ratio >= 4.5,
                            "{theme:?} {number} at {x} {y}: {ratio} {pixel:?}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn no_edge_of_a_picture_is_seen_but_those_of_the_window() {
    let palette = palette(Theme::Dark);
    let ground = scrim(&palette, false, false).ground;
    let is_ground = |pixel: &Rgba<u8>| {
        let near = pixel.0.iter().zip(ground);
        near.into_iter()
            .all(|(is, ground)| is.abs_diff(ground) <= 2)
    };
    for file in worst() {
        for (on_end, mirrored) in [(false, false), (false, true), (true, false)] {
            let scrim = scrim(&palette, on_end, mirrored);
            let shown = made(scrim, &file);
            let last = SIZE.1 - 1;
            assert!((0..SIZE.0).all(|x| is_ground(shown.get_pixel(x, last))));
            let start = if mirrored { SIZE.0 - 1 } else { 0 };
            let fades = |y| is_ground(shown.get_pixel(start, y));
            assert!(on_end || (0..SIZE.1).all(fades));
        }
    }
    // Also of one that is narrower than its place.
    let shown = made(
        scrim(&palette, false, false),
        &file(200, 300, |_, _| [255; 4]),
    );
    for y in 0..SIZE.1 {
        let pixels: Vec<_> = (0..SIZE.0).map(|x| shown.get_pixel(x, y).0[0]).collect();
        let step = pixels.windows(2).map(|two| two[0].abs_diff(two[1])).max();
        assert!(step <= Some(8), "{y}: {step:?}");
    }
}

#[test]
fn a_picture_is_seen_where_there_are_no_words() {
    let shown = made(
        scrim(&palette(Theme::Dark), false, false),
        &file(320, 180, |_, _| [200, 40, 40, 255]),
    );
    let [red, green, ..] = shown.get_pixel(290, 62).0;
    assert!(red > 120 && green < 60, "{red} {green}");
}

#[test]
fn a_file_that_is_no_picture_is_none() {
    let until = Instant::now() + Duration::from_secs(60);
    let scrim = scrim(&palette(Theme::Dark), false, false);
    assert!(scrim.of(b"GIF89a", SIZE, until).is_err());
}
