//! Which pictures are loaded, kept and dropped, and what bad files come to.

use super::*;

fn key(name: &str) -> Key {
    Key {
        url: Url::parse(&format!("https://cdn.example/{name}.png")).unwrap(),
        width: 320,
        height: 180,
        radius: 0,
    }
}

fn keys(names: &[&str]) -> Vec<Key> {
    names.iter().map(|name| key(name)).collect()
}

fn start(pictures: &mut Pictures, wanted: &[Key]) -> Vec<Key> {
    let started = pictures.plan(wanted);
    for key in &started {
        let _ = pictures
            .kept
            .insert(key.clone(), Kept::Loading { _work: None });
    }
    started
}

fn finish(pictures: &mut Pictures, key: &Key) -> bool {
    pictures.update(Message {
        key: key.clone(),
        result: Ok(Pixels {
            width: 1,
            height: 1,
            bytes: vec![0; 4],
        }),
    })
}

#[test]
fn the_nearest_come_first_and_few_at_a_time() {
    let mut pictures = Pictures::default();
    let wanted = keys(&["a", "b", "c", "d", "e", "f"]);
    assert_eq!(start(&mut pictures, &wanted), wanted[..4]);
    assert_eq!(start(&mut pictures, &wanted), []);
    assert!(finish(&mut pictures, &wanted[1]));
    assert!(pictures.get(&wanted[1]).is_some());
    assert_eq!(start(&mut pictures, &wanted), wanted[4..5]);
}

#[test]
fn what_is_wanted_no_more_makes_room() {
    let mut pictures = Pictures::default();
    let before = keys(&["a", "b", "c", "d"]);
    let after = keys(&["d", "x", "y", "z", "w"]);
    let _ = start(&mut pictures, &before);
    assert_eq!(start(&mut pictures, &after), after[1..4]);
    assert!(!finish(&mut pictures, &before[0]), "a late one is dropped");
    assert!(pictures.get(&before[0]).is_none());
}

#[test]
fn a_bad_picture_is_not_asked_for_again_until_forgiven() {
    let mut pictures = Pictures::default();
    let wanted = keys(&["a"]);
    let _ = start(&mut pictures, &wanted);
    assert!(!pictures.update(Message {
        key: wanted[0].clone(),
        result: Err(Failure::Decode("no".to_owned())),
    }));
    assert_eq!(start(&mut pictures, &wanted), []);
    pictures.forgive();
    assert_eq!(start(&mut pictures, &wanted), wanted);
}

#[test]
fn memory_stays_within_the_budget() {
    let mut pictures = Pictures::default();
    for number in 0..200 {
        let wanted = keys(&[&format!("{number}"), &format!("{}", number + 1)]);
        let _ = start(&mut pictures, &wanted);
        for key in &wanted {
            let _ = finish(&mut pictures, key);
            assert!(pictures.get(key).is_some());
        }
    }
    let wanted = keys(&["199", "200"]);
    let _ = start(&mut pictures, &wanted);
    assert_eq!(pictures.kept.len(), 2 * KEPT_PER_WANTED);
    assert!(pictures.get(&key("196")).is_some());
    assert!(pictures.get(&key("12")).is_none());
}

fn png(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 4]) -> Vec<u8> {
    let picture = RgbaImage::from_fn(width, height, |x, y| image::Rgba(pixel(x, y)));
    let mut file = Cursor::new(Vec::new());
    picture
        .write_to(&mut file, image::ImageFormat::Png)
        .unwrap();
    file.into_inner()
}

fn at(pixels: &Pixels, x: u32, y: u32) -> &[u8] {
    let start = ((y * pixels.width + x) * 4) as usize;
    &pixels.bytes[start..start + 4]
}

#[test]
fn a_picture_fills_its_place_from_the_centre() {
    // Red edges left and right, which a square place has no room for.
    let file = png(400, 100, |x, _| {
        if (150..250).contains(&x) {
            [0, 200, 0, 255]
        } else {
            [200, 0, 0, 255]
        }
    });
    let pixels = decode(&file, 32, 32, 0).unwrap();
    assert_eq!((pixels.width, pixels.height), (32, 32));
    assert_eq!(at(&pixels, 1, 16), [0, 200, 0, 255]);
    assert_eq!(at(&pixels, 30, 16), [0, 200, 0, 255]);
}

#[test]
fn corners_are_round() {
    let pixels = decode(&png(64, 64, |_, _| [9, 9, 9, 255]), 32, 32, 16).unwrap();
    for (x, y) in [(0, 0), (31, 0), (0, 31), (31, 31)] {
        assert_eq!(at(&pixels, x, y)[3], 0);
    }
    for (x, y) in [(16, 0), (0, 16), (31, 15), (16, 16)] {
        assert!(at(&pixels, x, y)[3] >= 250, "{x} {y}");
    }
}

#[test]
fn bad_files_and_bombs_are_failures() {
    let good = png(64, 64, |x, y| [x as u8, y as u8, 7, 255]);
    let mut bomb = good.clone();
    bomb[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let wide_bomb = png(8193, 1, |_, _| [0; 4]);
    for file in [
        &[][..],
        b"<html>",
        &good[..40],
        &good[..good.len() / 2],
        &bomb,
        &wide_bomb,
    ] {
        assert!(matches!(decode(file, 32, 18, 4), Err(Failure::Decode(_))));
    }
    assert!(decode(&good, 0, 0, 4).is_ok());
}

#[test]
fn initials_stand_for_a_title() {
    for (title, expected) in [
        ("Dune", "D"),
        ("the expanse", "TE"),
        ("Once Upon a Time in the West", "OW"),
        ("2001: A Space Odyssey", "2O"),
        ("  “Élan” ", "É"),
        ("ßeta", "SS"),
        ("—", ""),
        ("", ""),
    ] {
        assert_eq!(initials(title), expected, "{title}");
    }
}
