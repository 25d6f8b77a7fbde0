//! The owner's logo, read and drawn once: a picture, or an SVG.

use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use iced::widget::image::Handle;
use image::imageops::FilterType;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use super::pictures::{self, PictureFailure};
use super::theme::token;
use crate::host::regular_file::{self, Links};

/// Largest logo file in bytes.
const MOST_BYTES: u64 = 16 << 20;
/// Largest SVG in bytes; a logo has some kilobytes.
const MOST_SVG: usize = 1 << 20;
/// How long it may take to be decoded or drawn.
const PATIENCE: Duration = Duration::from_secs(2);
/// How deep an SVG may be nested.
const DEEPEST: usize = 200;
/// Stack for one that is nested so deep.
const STACK: usize = 32 << 20;
/// Enlargement over the size at 1920x1080, so that it is sharp at 3840x2160.
const DENSITY: f32 = 2.0;

/// The logo in `file`, in the size the screens need.
///
/// # Errors
/// What is wrong with the file, in words.
pub(super) fn read(file: &Path) -> Result<Handle, String> {
    content(file)
        .and_then(|bytes| {
            if is_svg(file, &bytes) {
                drawn_in_time(bytes)
            } else {
                decode(&bytes).map_err(|error| error.to_string())
            }
        })
        .map_err(|error| format!("{}: {error}", file.display()))
}

fn content(file: &Path) -> Result<Vec<u8>, String> {
    regular_file::read(file, MOST_BYTES, Links::Followed).map_err(|error| error.to_string())
}

/// Pictures begin with bytes of their own; whatever else ends in `.svg` or begins like XML is one.
fn is_svg(file: &Path, bytes: &[u8]) -> bool {
    let named = file
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let begins = text.trim_ascii_start().first();
    (named && image::guess_format(bytes).is_err()) || begins == Some(&b'<')
}

fn decode(bytes: &[u8]) -> Result<Handle, PictureFailure> {
    let (width, height) = most();
    let (mut logo, orientation) =
        pictures::read(bytes, (width, height), Instant::now() + PATIENCE)?;
    logo.apply_orientation(orientation);
    let logo = logo.resize(width, height, FilterType::CatmullRom);
    let logo = logo.into_rgba8();
    Ok(Handle::from_rgba(
        logo.width(),
        logo.height(),
        logo.into_raw(),
    ))
}

/// The largest a logo gets, in pixels.
fn most() -> (u32, u32) {
    let most = |length: token::Px| (length.at_1080p() * DENSITY) as u32;
    (most(token::LOGO_WIDTH), most(token::LOGO))
}

/// Draws an SVG on a thread of its own, which is left behind where it takes too long.
fn drawn_in_time(bytes: Vec<u8>) -> Result<Handle, String> {
    if bytes.len() > MOST_SVG {
        return Err("an SVG larger than 1 MiB".to_owned());
    }
    if depth(&bytes) > DEEPEST {
        return Err("an SVG that is nested too deep".to_owned());
    }
    let (tell, told) = mpsc::channel();
    let _detached = thread::Builder::new()
        .name("logo".to_owned())
        .stack_size(STACK)
        .spawn(move || tell.send(draw(&bytes)))
        .map_err(|error| error.to_string())?;
    told.recv_timeout(PATIENCE)
        .unwrap_or_else(|_| Err("an SVG that takes too long to draw".to_owned()))
}

fn draw(bytes: &[u8]) -> Result<Handle, String> {
    // What an SVG refers to outside of itself is not fetched: no file, no picture within.
    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_data(bytes, &options).map_err(|error| error.to_string())?;
    let size = tree.size();
    let (width, height) = most();
    let scale = (width as f32 / size.width()).min(height as f32 / size.height());
    let side = |length: f32, most: u32| ((length * scale).round() as u32).clamp(1, most);
    let (wide, high) = (side(size.width(), width), side(size.height(), height));
    let mut pixels = Pixmap::new(wide, high).ok_or("an SVG without a size")?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    let pixels: Vec<u8> = pixels
        .pixels()
        .iter()
        .flat_map(|pixel| {
            let pixel = pixel.demultiply();
            [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
        })
        .collect();
    if pixels.iter().skip(3).step_by(4).all(|alpha| *alpha == 0) {
        return Err("an SVG that shows nothing: turn its text into paths".to_owned());
    }
    Ok(Handle::from_rgba(wide, high, pixels))
}

/// How deep the elements of an SVG are nested. The parser goes down with each of them, so that this must be
/// known before; what it takes for an element by mistake only makes it deeper.
fn depth(svg: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut rest = svg;
    while let Some(start) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[start + 1..];
        if let Some(after) = after_comment(rest) {
            rest = after;
            continue;
        }
        match rest.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') => {}
            _ => {
                depth += 1;
                deepest = deepest.max(depth);
                let mut quote = None;
                let end = rest.iter().position(|byte| {
                    match (quote, byte) {
                        (None, b'"' | b'\'') => quote = Some(*byte),
                        (Some(open), byte) if open == *byte => quote = None,
                        _ => {}
                    }
                    quote.is_none() && *byte == b'>'
                });
                let end = end.unwrap_or(rest.len());
                if rest[..end].ends_with(b"/") {
                    depth -= 1;
                }
                rest = &rest[end..];
            }
        }
    }
    deepest
}

/// What follows a comment or a literal text, where one has begun.
fn after_comment(rest: &[u8]) -> Option<&[u8]> {
    let end: &[u8] = if rest.starts_with(b"!--") {
        b"-->"
    } else if rest.starts_with(b"![CDATA[") {
        b"]]>"
    } else {
        return None;
    };
    let place = rest.windows(end.len()).position(|part| part == end);
    Some(place.map_or(&[], |place| &rest[place + end.len()..]))
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
        read(&file)
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
    fn the_depth_is_that_of_the_elements() {
        for (svg, expected) in [
            ("", 0),
            ("<svg/>", 1),
            ("<?xml?><svg><g><path d='/>'/><path/></g><g/></svg>", 3),
            ("<svg><!-- <g><g><g> --><g a=\">\"></g></svg>", 2),
            ("<svg><style><![CDATA[<<<<]]></style>", 2),
            ("<g><g><g", 3),
        ] {
            assert_eq!(depth(svg.as_bytes()), expected, "{svg}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_the_file() {
        let svg = |inner: &str| {
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
            svg(""),
            svg("<text y='9'>Acme</text>"),
            svg("<image href='/etc/hostname' width='9' height='9'/>"),
            svg(&deep),
            svg(&format!("<!--{}-->", " ".repeat(MOST_SVG))),
            bomb,
            r#"<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><svg>&b;</svg>"#
                .to_owned(),
        ] {
            let start: String = content.chars().take(60).collect();
            let error = reading("logo.svg", content.as_bytes()).expect_err(&start);
            assert!(error.contains("logo.svg: "), "{start}: {error}");
        }
        let folder = tempfile::tempdir().unwrap();
        assert!(read(&folder.path().join("none.svg")).is_err());
        assert!(read(folder.path()).is_err());
    }
}
