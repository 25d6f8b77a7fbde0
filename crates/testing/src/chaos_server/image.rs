//! Pictures that are not what they should be.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

/// The type and the bytes of a picture by the name of its file.
pub fn file(name: &str) -> Option<(&'static str, Vec<u8>)> {
    let png = "image/png";
    let good = || picture(64, 36, &[]);
    Some(match name {
        "good.png" => (png, good()),
        // 50,000 by 50,000 pixels in a few hundred bytes.
        "bomb.png" => (png, picture(50_000, 50_000, &[])),
        "truncated.png" => (png, good()[..60].to_vec()),
        "animated.png" => (png, animated()),
        "animated.gif" => ("image/gif", GIF.to_vec()),
        "empty.png" => (png, Vec::new()),
        "page.png" => (png, b"<!doctype html><p>Not a picture".to_vec()),
        "other.png" => ("image/jpeg", good()),
        "damaged.png" => {
            let mut bytes = good();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0xff;
            (png, bytes)
        }
        "large.png" => (png, vec![0; 13 * 1024 * 1024]),
        _ => return None,
    })
}

/// Two frames of one pixel, for ever.
const GIF: &[u8] = &[
    b'G', b'I', b'F', b'8', b'9', b'a', 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x21,
    0xff, 11, b'N', b'E', b'T', b'S', b'C', b'A', b'P', b'E', b'2', b'.', b'0', 3, 1, 0, 0, 0,
    0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x21, 0xf9,
    4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0, 0x3b,
];

/// A grey PNG that says it has this size; only a small one really has.
fn picture(width: u32, height: u32, before_data: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut about = Vec::new();
    about.extend(width.to_be_bytes());
    about.extend(height.to_be_bytes());
    // Eight bits of grey.
    about.extend([8, 0, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &about);
    file.extend(before_data);
    chunk(&mut file, b"IDAT", &rows(width.min(64), height.min(36)));
    chunk(&mut file, b"IEND", b"");
    file
}

/// A PNG of two frames (APNG), the first of which is what anybody sees who knows no animation.
fn animated() -> Vec<u8> {
    let mut control = Vec::new();
    chunk(&mut control, b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    let frame = |number: u32| {
        let mut frame = number.to_be_bytes().to_vec();
        frame.extend(64_u32.to_be_bytes());
        frame.extend(36_u32.to_be_bytes());
        frame.extend([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0]);
        frame
    };
    chunk(&mut control, b"fcTL", &frame(0));
    let mut file = picture(64, 36, &control);
    let end = file.len() - 12;
    let tail = file.split_off(end);
    chunk(&mut file, b"fcTL", &frame(1));
    let mut second = 2_u32.to_be_bytes().to_vec();
    second.extend(rows(64, 36));
    chunk(&mut file, b"fdAT", &second);
    file.extend(tail);
    file
}

fn rows(width: u32, height: u32) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for row in 0..height {
        let mut line = vec![0_u8];
        line.extend((0..width).map(|column| (column * 3 + row * 2) as u8));
        encoder.write_all(&line).unwrap();
    }
    encoder.finish().unwrap()
}

fn chunk(file: &mut Vec<u8>, name: &[u8], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(data);
    file.extend(name);
    file.extend(data);
    file.extend(crc.sum().to_be_bytes());
}
