//! Faces for the demo people, drawn in code.

use super::paint::{Canvas, Colour, mix, rgb};

/// Width and height in pixels.
const SIZE: usize = 240;

/// How hair falls.
#[derive(Clone, Copy)]
enum Hair {
    Bob,
    Short,
    Bun,
    Curls,
}

/// Ground, ground below, skin, hair, clothes.
fn look(id: &str) -> (Hair, [u32; 5]) {
    match id {
        "ada" => (
            Hair::Bob,
            [0x3f6f8f, 0x9cc7cf, 0xf0c4a4, 0x8a3b23, 0xf2d5a0],
        ),
        "kofi" => (
            Hair::Short,
            [0xc9772e, 0xf3c06a, 0x6f4530, 0x1d1512, 0x2d5d63],
        ),
        "mei" => (
            Hair::Bun,
            [0x6a4c86, 0xd3a7c9, 0xf3d0b0, 0x1c1a22, 0xc9525e],
        ),
        _ => (
            Hair::Curls,
            [0x2f6b52, 0xa9cf93, 0xc98f68, 0x33211a, 0xe8e3d5],
        ),
    }
}

/// A person's face as PNG.
pub(super) fn draw(id: &str) -> Option<Vec<u8>> {
    let (hair, colours) = look(id);
    let [top, bottom, skin, hair_colour, clothes] = colours.map(rgb);
    let shade = mix(skin, rgb(0x401a10), 0.22);
    let mut canvas = Canvas::new(SIZE, SIZE, top, bottom);
    back(&mut canvas, hair, hair_colour);
    // Shoulders, neck and its shadow, ears, head.
    canvas.ellipse((120.0, 252.0), (88.0, 70.0), clothes, 1.0);
    canvas.rect((101.0, 150.0, 139.0, 192.0), shade, 1.0);
    canvas.ellipse((120.0, 192.0), (19.0, 10.0), shade, 1.0);
    canvas.disc((70.0, 118.0), 11.0, shade, 1.0);
    canvas.disc((170.0, 118.0), 11.0, shade, 1.0);
    canvas.ellipse((120.0, 114.0), (50.0, 58.0), skin, 1.0);
    front(&mut canvas, hair, hair_colour, skin);
    face(&mut canvas, skin, hair_colour);
    canvas.png()
}

/// What lies behind the head.
fn back(canvas: &mut Canvas, hair: Hair, colour: Colour) {
    match hair {
        Hair::Bob => {
            canvas.ellipse((120.0, 112.0), (70.0, 74.0), colour, 1.0);
            canvas.rect((51.0, 112.0, 189.0, 168.0), colour, 1.0);
            canvas.disc((66.0, 166.0), 16.0, colour, 1.0);
            canvas.disc((174.0, 166.0), 16.0, colour, 1.0);
        }
        Hair::Bun => {
            canvas.disc((120.0, 34.0), 25.0, colour, 1.0);
            canvas.ellipse((120.0, 100.0), (58.0, 60.0), colour, 1.0);
        }
        Hair::Short => canvas.ellipse((120.0, 96.0), (54.0, 52.0), colour, 1.0),
        Hair::Curls => {
            for (x, y) in [
                (62.0, 96.0),
                (72.0, 66.0),
                (98.0, 46.0),
                (142.0, 46.0),
                (168.0, 66.0),
                (178.0, 96.0),
            ] {
                canvas.disc((x, y), 24.0, colour, 1.0);
            }
        }
    }
}

fn face(canvas: &mut Canvas, skin: Colour, hair: Colour) {
    let ink = rgb(0x241814);
    let blush = mix(skin, rgb(0xd2503c), 0.35);
    for side in [-1.0, 1.0] {
        canvas.ellipse((120.0 + side * 20.0, 116.0), (4.6, 6.0), ink, 1.0);
        canvas.disc((120.0 + side * 20.0 + 1.6, 113.6), 1.6, rgb(0xffffff), 0.9);
        canvas.ellipse((120.0 + side * 20.0, 101.0), (9.0, 2.2), hair, 0.9);
        canvas.ellipse((120.0 + side * 31.0, 133.0), (9.0, 6.0), blush, 0.55);
    }
    canvas.ellipse((120.0, 128.0), (5.0, 3.0), blush, 0.8);
    // A smile: a dark ellipse with skin over its upper half.
    canvas.ellipse(
        (120.0, 142.0),
        (16.0, 10.0),
        mix(ink, rgb(0x8a2f2a), 0.5),
        1.0,
    );
    canvas.ellipse((120.0, 137.5), (19.0, 8.5), skin, 1.0);
}

/// What falls over the forehead.
fn front(canvas: &mut Canvas, hair: Hair, colour: Colour, skin: Colour) {
    match hair {
        Hair::Bob => {
            canvas.ellipse((98.0, 73.0), (45.0, 25.0), colour, 1.0);
            canvas.ellipse((146.0, 71.0), (40.0, 23.0), colour, 1.0);
            canvas.ellipse((72.0, 104.0), (9.0, 34.0), colour, 1.0);
            canvas.ellipse((168.0, 104.0), (9.0, 34.0), colour, 1.0);
        }
        Hair::Bun => {
            canvas.ellipse((120.0, 68.0), (50.0, 22.0), colour, 1.0);
            canvas.ellipse((120.0, 92.0), (34.0, 16.0), skin, 1.0);
        }
        Hair::Short => canvas.ellipse((120.0, 68.0), (44.0, 17.0), colour, 1.0),
        Hair::Curls => {
            for x in [86.0, 108.0, 132.0, 154.0] {
                canvas.disc((x, 66.0), 17.0, colour, 1.0);
            }
        }
    }
}
