//! What good, strange and hostile files come to.

use std::time::Duration;

use image::codecs::gif::GifEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, Frame, ImageFormat};

use super::*;

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(60)
}

fn shape(width: u32, height: u32, radius: u32) -> Shape {
    Shape {
        width,
        height,
        radius,
    }
}

fn small(file: &[u8]) -> Result<Pixels, PictureFailure> {
    decode(file, shape(32, 32, 0), soon())
}

fn written(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn png(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let picture = RgbaImage::from_fn(width, height, |x, y| image::Rgba(pixel(x, y)));
    written(picture, ImageFormat::Png)
}

fn at(pixels: &Pixels, x: u32, y: u32) -> &[u8] {
    let start = ((y * pixels.width + x) * 4) as usize;
    &pixels.bytes[start..start + 4]
}

/// Whether a pixel is about this colour: some formats lose a little.
fn is(pixels: &Pixels, x: u32, y: u32, color: [u8; 3]) -> bool {
    let pixel = at(pixels, x, y);
    pixel[3] == 255
        && pixel
            .iter()
            .zip(color)
            .all(|(is, should)| is.abs_diff(should) < 24)
}

#[test]
fn a_picture_fills_its_place_from_the_centre() {
    // Red edges left and right, which a square place has no room for.
    let file = png(400, 300, |x, _| {
        if (50..350).contains(&x) {
            [0, 200, 0, 255]
        } else {
            [200, 0, 0, 255]
        }
    });
    let pixels = small(&file).unwrap();
    assert_eq!((pixels.width, pixels.height), (32, 32));
    assert_eq!(at(&pixels, 1, 16), [0, 200, 0, 255]);
    assert_eq!(at(&pixels, 30, 16), [0, 200, 0, 255]);
}

#[test]
fn what_was_made_whole_is_shown_whole() {
    // A mark in each corner tells whether all of a picture is there.
    const MARK: [u8; 4] = [250, 0, 0, 255];
    const PLAIN: [u8; 4] = [10, 200, 10, 255];
    let marked = |width: u32, height: u32| {
        png(width, height, move |x, y| {
            let (near, far) = (width / 10, height / 10);
            let corner = (x < near || x >= width - near) && (y < far || y >= height - far);
            if corner { MARK } else { PLAIN }
        })
    };
    let (wide, poster, square) = ((160, 90), (80, 120), (90, 90));
    for (from, into, whole) in [
        ((320, 180), wide, true),
        ((200, 300), poster, true),
        ((300, 300), square, true),
        // A poster and a cover in a wide place; a still in a poster's and in a square one.
        ((200, 300), wide, true),
        ((300, 300), wide, true),
        ((320, 180), poster, true),
        ((320, 180), square, true),
        ((300, 300), poster, true),
        // A film of 4:3 or of 2.39:1 fills a wide place, a photo of 3:4 a poster's.
        ((400, 300), wide, false),
        ((478, 200), wide, false),
        ((300, 400), poster, false),
    ] {
        let shape = shape(into.0, into.1, 0);
        let pixels = decode(&marked(from.0, from.1), shape, soon()).unwrap();
        assert_eq!((pixels.width, pixels.height), into);
        let marks = pixels
            .bytes
            .chunks(4)
            .filter(|pixel| pixel[0] > 200)
            .count();
        let scale = (into.0 as f32 / from.0 as f32).min(into.1 as f32 / from.1 as f32);
        let all = (from.0 * from.1) as f32 * scale * scale * 0.04;
        let share = marks as f32 / all;
        if whole {
            assert!(share > 0.6, "{from:?} in {into:?}: {share}");
        } else {
            assert!(share < 0.6, "{from:?} in {into:?}: {share}");
        }
    }
    // A face fills its circle.
    let pixels = decode(&marked(320, 160), shape(32, 32, 16), soon()).unwrap();
    assert!(is(&pixels, 2, 16, [10, 200, 10]) && is(&pixels, 16, 1, [10, 200, 10]));
}

#[test]
fn beside_a_picture_is_a_quiet_ground_of_its_own_colour() {
    let place = shape(160, 90, 0);
    // On paper, the paper goes on.
    let cover = png(90, 90, |x, y| match (x / 30, y / 30) {
        (1, 1) => [0, 0, 200, 255],
        _ => [230, 220, 210, 255],
    });
    let pixels = decode(&cover, place, soon()).unwrap();
    assert_eq!(at(&pixels, 3, 45), [230, 220, 210, 255]);
    // Of many colours, a dark one of theirs.
    let photo = png(90, 90, |_, y| {
        if y < 45 {
            [240, 0, 0, 255]
        } else {
            [0, 0, 240, 255]
        }
    });
    let pixels = decode(&photo, place, soon()).unwrap();
    assert_eq!(at(&pixels, 3, 45), [48, 0, 48, 255]);
    // What is behind a logo shows beside it too.
    let logo = png(90, 90, |x, y| match (x / 30, y / 30) {
        (1, 1) => [0, 0, 200, 255],
        _ => [0; 4],
    });
    let pixels = decode(&logo, place, soon()).unwrap();
    assert_eq!(at(&pixels, 3, 45)[3], 0);
    assert_eq!(at(&pixels, 80, 45), [0, 0, 200, 255]);
}

#[test]
fn corners_are_round() {
    let file = png(64, 64, |_, _| [9, 9, 9, 255]);
    let pixels = decode(&file, shape(32, 32, 16), soon()).unwrap();
    for (x, y) in [(0, 0), (31, 0), (0, 31), (31, 31)] {
        assert_eq!(at(&pixels, x, y)[3], 0);
    }
    for (x, y) in [(16, 0), (0, 16), (31, 15), (16, 16)] {
        assert!(at(&pixels, x, y)[3] >= 250, "{x} {y}");
    }
}

/// Left half one colour, right half another.
fn halves(width: u32, height: u32) -> image::RgbImage {
    image::RgbImage::from_fn(width, height, |x, _| {
        image::Rgb(if x < width / 2 { LEFT } else { RIGHT })
    })
}

const LEFT: [u8; 3] = [200, 30, 30];
const RIGHT: [u8; 3] = [30, 30, 200];

#[test]
fn a_picture_that_breaks_off_is_none_wherever_it_does() {
    let rgb = halves(64, 64);
    let mut lossless = Vec::new();
    WebPEncoder::new_lossless(&mut lossless)
        .encode(&rgb, 64, 64, ExtendedColorType::Rgb8)
        .unwrap();
    for (name, file) in [
        ("png", written(rgb.clone(), ImageFormat::Png)),
        ("jpeg", written(rgb, ImageFormat::Jpeg)),
        (
            "jpeg in passes",
            include_bytes!("samples/progressive.jpg").to_vec(),
        ),
        (
            "jpeg in four inks",
            include_bytes!("samples/cmyk.jpg").to_vec(),
        ),
        ("webp", lossless),
        ("gif", include_bytes!("samples/interlaced.gif").to_vec()),
    ] {
        // The last bytes of a PNG and of a GIF say that it ends, and hold nothing of it.
        let spared = match name {
            "png" => 16,
            "gif" => 3,
            _ => 1,
        };
        for end in [20, file.len() / 2, file.len() * 9 / 10, file.len() - spared] {
            assert!(small(&file[..end]).is_err(), "{name} to {end}");
        }
        let more = [&file[..], b"and more"].concat();
        assert!(small(&more).is_ok(), "{name}");
    }
}

#[test]
fn every_kind_of_picture_is_read() {
    let rgb = halves(64, 64);
    let deep = DynamicImage::ImageRgb8(rgb.clone()).into_rgb16();
    let mut lossless = Vec::new();
    WebPEncoder::new_lossless(&mut lossless)
        .encode(&rgb, 64, 64, ExtendedColorType::Rgb8)
        .unwrap();
    for (name, file) in [
        ("png", written(rgb.clone(), ImageFormat::Png)),
        ("png of 16 bits", written(deep, ImageFormat::Png)),
        ("jpeg", written(rgb, ImageFormat::Jpeg)),
        ("webp", lossless.clone()),
        ("webp that moves", moving(&lossless)),
        ("gif that moves", moving_gif()),
        (
            "gif in passes",
            include_bytes!("samples/interlaced.gif").to_vec(),
        ),
        (
            "png with a palette",
            include_bytes!("samples/palette.png").to_vec(),
        ),
        (
            "jpeg in four inks",
            include_bytes!("samples/cmyk.jpg").to_vec(),
        ),
        (
            "jpeg in passes",
            include_bytes!("samples/progressive.jpg").to_vec(),
        ),
    ] {
        let pixels = small(&file).unwrap_or_else(|failure| panic!("{name}: {failure}"));
        assert!(is(&pixels, 4, 16, LEFT), "{name}: {:?}", at(&pixels, 4, 16));
        assert!(
            is(&pixels, 28, 16, RIGHT),
            "{name}: {:?}",
            at(&pixels, 28, 16)
        );
    }
    let grey = image::GrayImage::from_pixel(64, 64, image::Luma([90]));
    let pixels = small(&written(grey, ImageFormat::Png)).unwrap();
    assert!(is(&pixels, 16, 16, [90; 3]));
}

/// A chunk of a RIFF file.
fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len()).unwrap();
    let mut chunk = [name, &size.to_le_bytes(), content].concat();
    if content.len() % 2 == 1 {
        chunk.push(0);
    }
    chunk
}

/// A WebP of two frames of 64 x 64: `still`, then one that is all green.
fn moving(still: &[u8]) -> Vec<u8> {
    let mut other = Vec::new();
    let green = image::RgbImage::from_pixel(64, 64, image::Rgb([0, 255, 0]));
    WebPEncoder::new_lossless(&mut other)
        .encode(&green, 64, 64, ExtendedColorType::Rgb8)
        .unwrap();
    let size = [63, 0, 0, 63, 0, 0];
    let frame = |file: &[u8]| {
        let head = [&[0; 6][..], &size, &[100, 0, 0, 0]].concat();
        chunk(b"ANMF", &[&head, &file[12..]].concat())
    };
    let content = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[&[2, 0, 0, 0][..], &size].concat()),
        chunk(b"ANIM", &[0; 6]),
        frame(still),
        frame(&other),
    ]
    .concat();
    chunk(b"RIFF", &content)
}

/// A GIF of two frames of 64 x 64, of which the second is all green.
fn moving_gif() -> Vec<u8> {
    let mut file = Vec::new();
    let first = DynamicImage::from(halves(64, 64)).into_rgba8();
    let second = RgbaImage::from_pixel(64, 64, image::Rgba([0, 255, 0, 255]));
    GifEncoder::new(&mut file)
        .encode_frames([first, second].map(Frame::new))
        .unwrap();
    file
}

#[test]
fn a_gif_shows_through_where_nothing_was_drawn() {
    let pixels = small(include_bytes!("samples/interlaced.gif")).unwrap();
    assert_eq!(at(&pixels, 31, 31)[3], 0);
    assert!(is(&pixels, 31, 8, RIGHT));
    // A frame that is smaller than its canvas, and a canvas for which there is no room.
    let half = image::RgbImage::from_pixel(32, 64, image::Rgb(RIGHT));
    let mut file = written(half, ImageFormat::Gif);
    file[6] = 64;
    let head = b"\x2c\0\0\0\0\x20\0\x40\0";
    let frame = file.windows(head.len()).position(|part| part == head);
    file[frame.unwrap() + 1] = 32;
    let pixels = small(&file).unwrap();
    assert_eq!(at(&pixels, 4, 16)[3], 0);
    assert!(is(&pixels, 28, 16, RIGHT));
    file[6..10].fill(0xff);
    assert!(small(&file).is_err());
    // Within every side, but too many pixels.
    file[6..10].copy_from_slice(&[0, 0x10, 0x10, 0x10]);
    let failure = small(&file).unwrap_err();
    assert!(failure.to_string().contains("too large"), "{failure}");
}

/// How far two pictures of one size lie apart, on the average of all channels.
fn apart(one: &image::RgbImage, other: &image::RgbImage) -> f32 {
    assert_eq!(one.dimensions(), other.dimensions());
    let sum: u32 = one
        .iter()
        .zip(other.iter())
        .map(|(one, other)| u32::from(one.abs_diff(*other)))
        .sum();
    sum as f32 / one.len() as f32
}

#[test]
fn a_jpeg_made_smaller_while_it_is_decoded_looks_as_one_made_smaller_afterwards() {
    let photo = include_bytes!("samples/photo.jpg");
    let grey = image::load_from_memory(photo).unwrap().into_luma8();
    for (name, file) in [
        ("a photo", &photo[..]),
        ("grey", &written(grey, ImageFormat::Jpeg)),
        ("in passes", include_bytes!("samples/progressive.jpg")),
    ] {
        let (width, height) = stored_size(file).unwrap();
        let (whole, _) = read(file, (width, height), soon()).unwrap();
        assert_eq!(whole.dimensions(), (width, height), "{name}");
        // Colours of fewer pixels run into each other a little; the photo has hard edges.
        for (sixteenths, most) in [(1, 6.0), (2, 3.0), (4, 2.0)] {
            let place = (width * sixteenths / 16, height * sixteenths / 16);
            let (smaller, _) = read(file, place, soon()).unwrap();
            assert_eq!(smaller.dimensions(), (2 * place.0, 2 * place.1), "{name}");
            let shown = |picture: &DynamicImage| {
                let shown = picture.thumbnail_exact(place.0, place.1);
                shown.into_rgb8()
            };
            let apart = apart(&shown(&smaller), &shown(&whole));
            assert!(apart < most, "{name} in {place:?}: {apart}");
        }
        let (enough, _) = read(file, (width / 4 + 1, 1), soon()).unwrap();
        assert_eq!(enough.dimensions(), (width, height), "{name}");
    }
}

#[test]
fn what_is_stored_is_told_whatever_is_shown() {
    let photo = include_bytes!("samples/photo.jpg");
    assert_eq!(stored_size(photo), Some((208, 160)));
    let interlaced = include_bytes!("samples/interlaced.gif");
    assert_eq!(stored_size(interlaced), Some((64, 64)));
    assert_eq!(stored_size(b"<html>"), None);
}

/// A grey JPEG of any size that holds nothing but a middling grey.
pub(crate) fn plain_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = written(image::GrayImage::new(8, 8), ImageFormat::Jpeg);
    // Start Of Frame: its length, eight bits, height, width. Start Of Scan: its length, and what is coded after it.
    let segment = |marker: u8, file: &[u8]| {
        let at = file.windows(2).position(|two| two == [0xff, marker]);
        at.unwrap() + 2
    };
    let frame = segment(0xc0, &file);
    file[frame + 3..frame + 5].copy_from_slice(&height.to_be_bytes());
    file[frame + 5..frame + 7].copy_from_slice(&width.to_be_bytes());
    let scan = segment(0xda, &file);
    file.truncate(scan + usize::from(file[scan + 1]));
    // A block: as light as the one before, and nothing else. Four of them are three bytes.
    let blocks = usize::from(width).div_ceil(8) * usize::from(height).div_ceil(8);
    file.extend([0x28, 0xa2, 0x8a].repeat(blocks.div_ceil(4)));
    file.extend([0xff, 0xd9]);
    file
}

#[test]
fn a_photo_of_24_megapixels_is_shown() {
    let photo = plain_jpeg(6000, 4000);
    let pixels = decode(&photo, shape(400, 225, 0), soon()).unwrap();
    assert_eq!((pixels.width, pixels.height), (400, 225));
    assert!(is(&pixels, 200, 100, [128; 3]));
    // Where it would have to be larger than half, half is what there is.
    let (half, _) = read(&photo, (3840, 2160), soon()).unwrap();
    assert_eq!(half.dimensions(), (3000, 2000));
    let side = u16::try_from(MOST_SIDE).unwrap();
    for (width, height) in [(side, side), (side + 8, 64)] {
        let failure = small(&plain_jpeg(width, height)).unwrap_err();
        assert!(matches!(failure, PictureFailure::Decode(_)), "{failure}");
    }
}

#[test]
fn a_photo_that_lies_on_its_side_stands_up() {
    // As cameras write it: the pixels lie, and a note says "rotate 90 degrees clockwise".
    let lying = written(halves(64, 32), ImageFormat::Jpeg);
    let mut exif =
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    let size = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut file = vec![0xff, 0xd8, 0xff, 0xe1, size[0], size[1]];
    file.append(&mut exif);
    file.extend_from_slice(&lying[2..]);
    // Whole, and made smaller while it is decoded.
    for (width, height) in [(16, 32), (4, 8)] {
        let pixels = decode(&file, shape(width, height, 0), soon()).unwrap();
        assert_eq!((pixels.width, pixels.height), (width, height));
        let middle = width / 2;
        assert!(is(&pixels, middle, height / 8, LEFT));
        assert!(is(&pixels, middle, height - 1 - height / 8, RIGHT));
    }
}

#[test]
fn bad_files_and_bombs_are_failures() {
    let good = png(64, 64, |x, y| [x as u8, y as u8, 7, 255]);
    let mut bomb = good.clone();
    bomb[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let wide_bomb = png(MOST_SIDE + 1, 1, |_, _| [0; 4]);
    // Within every side, but too many pixels; they compress to almost nothing.
    let grey = image::GrayImage::new(4097, 4096);
    let many = written(grey, ImageFormat::Png);
    let jpeg = written(halves(64, 64), ImageFormat::Jpeg);
    for (name, file) in [
        ("nothing", &[][..]),
        ("a page", b"<html>"),
        ("a head", &good[..40]),
        ("half a png", &good[..good.len() / 2]),
        ("half a jpeg's head", &jpeg[..jpeg.len() / 4]),
        ("50,000 x 50,000", &bomb),
        ("a wide one", &wide_bomb),
        ("many pixels", &many),
    ] {
        assert!(
            matches!(small(file), Err(PictureFailure::Decode(_))),
            "{name}"
        );
    }
    assert!(decode(&good, shape(0, 0, 4), soon()).is_ok());
}

#[test]
fn a_decoder_that_is_out_of_time_stops() {
    let good = png(64, 64, |x, y| [x as u8, y as u8, 7, 255]);
    let over = Instant::now();
    let failure = decode(&good, shape(32, 32, 0), over).unwrap_err();
    assert!(failure.to_string().contains("too long"), "{failure}");
}
