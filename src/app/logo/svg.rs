//! SVG: a drawing of the owner's, within limits of size, depth and time.

use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use image::RgbaImage;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

/// Largest SVG in bytes; a logo has some kilobytes.
pub const MOST_BYTES: usize = 1 << 20;
/// How deep an SVG may be nested.
const DEEPEST: usize = 200;
/// Stack for one that is nested so deep.
const STACK: usize = 32 << 20;

/// Pictures begin with bytes of their own; whatever else ends in `.svg` or begins like XML is one.
pub fn is_svg(file: &Path, bytes: &[u8]) -> bool {
    let named = file
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let begins = text.trim_ascii_start().first();
    (named && image::guess_format(bytes).is_err()) || begins == Some(&b'<')
}

/// Draws an SVG on a thread of its own, which is left behind where it takes too long.
///
/// # Errors
/// What is wrong with it, in words.
pub fn drawn_in_time<T: Send + 'static>(
    bytes: Vec<u8>,
    patience: Duration,
    draw: impl FnOnce(&usvg::Tree) -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    if bytes.len() > MOST_BYTES {
        return Err("an SVG larger than 1 MiB".to_owned());
    }
    if depth(&bytes) > DEEPEST {
        return Err("an SVG that is nested too deep".to_owned());
    }
    let (tell, told) = mpsc::channel();
    let _detached = thread::Builder::new()
        .name("svg".to_owned())
        .stack_size(STACK)
        .spawn(move || tell.send(parse(&bytes).and_then(|tree| draw(&tree))))
        .map_err(|error| error.to_string())?;
    told.recv_timeout(patience)
        .unwrap_or_else(|_| Err("an SVG that takes too long to draw".to_owned()))
}

fn parse(bytes: &[u8]) -> Result<usvg::Tree, String> {
    // What an SVG refers to outside of itself is not fetched: no file, no picture within.
    let options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    usvg::Tree::from_data(bytes, &options).map_err(|error| error.to_string())
}

/// The drawing in a size of its shape within `width` and `height` pixels.
///
/// # Errors
/// What is wrong with it, in words.
pub fn draw_within(tree: &usvg::Tree, (width, height): (u32, u32)) -> Result<RgbaImage, String> {
    let size = tree.size();
    let scale = (width as f32 / size.width()).min(height as f32 / size.height());
    let side = |length: f32, most: u32| ((length * scale).round() as u32).clamp(1, most);
    let size = (side(size.width(), width), side(size.height(), height));
    drawn(tree, Transform::from_scale(scale, scale), size)
}

/// The drawing in a size of its shape around `width` and `height` pixels, its middle in the middle of them.
///
/// # Errors
/// What is wrong with it, in words.
pub fn draw_covering(tree: &usvg::Tree, (width, height): (u32, u32)) -> Result<RgbaImage, String> {
    let size = tree.size();
    let scale = (width as f32 / size.width()).max(height as f32 / size.height());
    let aside = |length: f32, most: u32| (most as f32 - length * scale) / 2.0;
    let moved = Transform::from_scale(scale, scale)
        .post_translate(aside(size.width(), width), aside(size.height(), height));
    drawn(tree, moved, (width, height))
}

fn drawn(
    tree: &usvg::Tree,
    transform: Transform,
    (width, height): (u32, u32),
) -> Result<RgbaImage, String> {
    let mut pixels = Pixmap::new(width, height).ok_or("an SVG without a size")?;
    resvg::render(tree, transform, &mut pixels.as_mut());
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
    RgbaImage::from_raw(width, height, pixels).ok_or_else(|| "an SVG without a size".to_owned())
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
}
