//! Sizes and edges as a window wants them.

use super::*;
use crate::app::i18n;

fn look(width: f32, height: f32) -> Look {
    Look::new(
        &config::Screen::default(),
        Size::new(width, height),
        i18n::language(),
    )
}

#[test]
fn everything_scales_with_the_window() {
    for (size, factor) in [
        (Size::new(1920.0, 1080.0), 1.0),
        (Size::new(3840.0, 2160.0), 2.0),
        (Size::new(1280.0, 720.0), 2.0 / 3.0),
        (Size::new(1080.0, 1920.0), 1.0),
        (Size::new(2560.0, 1080.0), 1.0),
    ] {
        let look = look(size.width, size.height);
        let height = look.px(token::CONTROL_HEIGHT);
        assert!((height - 72.0 * factor).abs() <= 0.5, "{size:?}: {height}");
        assert!((look.text(token::BODY) - 34.0 * factor).abs() < 0.01);
    }
}

#[test]
fn corners_are_as_round_as_the_owner_wants() {
    for (corner_radius, width, height, radius, around) in [
        (16, 1920.0, 1080.0, 16.0, 26.0),
        (36, 3840.0, 2160.0, 72.0, 82.0),
        (0, 1920.0, 1080.0, 0.0, 0.0),
    ] {
        let screen = config::Screen {
            corner_radius,
            ..config::Screen::default()
        };
        let look = Look::new(&screen, Size::new(width, height), i18n::language());
        assert_eq!(look.radius(), radius);
        assert_eq!(look.radius_around(10.0), around);
    }
}

#[test]
fn the_safe_area_is_five_percent() {
    let margin = look(1920.0, 1080.0).safe_margin();
    assert_eq!((margin.left, margin.top), (96.0, 54.0));
    // Eight pixels of it are room to move in.
    assert_eq!(look(1920.0, 1080.0).safe(), Size::new(1720.0, 964.0));
}

#[test]
fn r19_content_moves_by_whole_pixels_and_never_out_of_the_safe_area() {
    for (width, height) in [
        (1280.0, 720.0),
        (1366.0, 768.0),
        (1920.0, 1080.0),
        (3840.0, 2160.0),
    ] {
        for overscan_percent in [0.0, 5.0, 15.0] {
            let screen = config::Screen {
                overscan_percent,
                ..config::Screen::default()
            };
            let look = Look::new(&screen, Size::new(width, height), i18n::language());
            let share = overscan_percent / 100.0;
            let mut before = look.shifted(3).safe_margin();
            for shifts in 0..8 {
                let moved = look.shifted(shifts);
                let margin = moved.safe_margin();
                let by = (margin.left - before.left).abs() + (margin.top - before.top).abs();
                assert!(by >= 8.0, "{width}: {by}");
                for (side, whole) in [
                    (margin.left, width),
                    (margin.right, width),
                    (margin.top, height),
                    (margin.bottom, height),
                ] {
                    assert_eq!(side.fract(), 0.0);
                    assert!(side >= whole * share, "{side} of {whole}");
                }
                assert_eq!(moved.safe(), look.safe(), "nothing is laid out anew");
                before = margin;
            }
        }
    }
}

#[test]
fn nothing_is_too_small_to_read_or_to_hit() {
    let sizes = [
        token::DISPLAY_MIN,
        token::TITLE,
        token::HEADING,
        token::BODY,
        token::LABEL,
    ];
    assert!(sizes.iter().all(|size| size.0 >= 26.0));
    const { assert!(token::BODY.0 >= 30.0) };
    const { assert!(token::DISPLAY_MIN.0 >= 110.0) };
    const { assert!(token::CONTROL_HEIGHT.0 >= 64.0) };
    const { assert!(token::QR.0 >= 480.0) };
}

#[test]
fn what_a_finger_hits_is_nine_millimetres_where_the_panel_is_known() {
    for (window, millimetre, height) in [
        // 10 inches, 7 inches and 55 inches of 1920x1080, and 7 inches of 800x480.
        ((1920.0, 1080.0), Some(1920.0 / 221.0), 80.0),
        ((1920.0, 1080.0), Some(1920.0 / 155.0), 111.0),
        ((1920.0, 1080.0), Some(1920.0 / 1210.0), 80.0),
        ((800.0, 480.0), Some(800.0 / 154.0), 48.0),
        ((1920.0, 1080.0), None, 80.0),
        // What cannot be.
        ((1920.0, 1080.0), Some(1000.0), 168.0),
    ] {
        let look = look(window.0, window.1).for_fingers(true, millimetre);
        let name = format!("{window:?} {millimetre:?}");
        assert!(
            (look.least_control() - height).abs() < 0.5,
            "{name}: {}",
            look.least_control()
        );
        if let Some(millimetre) = millimetre.filter(|millimetre| *millimetre < 100.0) {
            assert!(look.least_control() / millimetre >= 8.95, "{name}");
        }
        let other = look.for_fingers(false, millimetre);
        assert!(!other.is_for_fingers() && other.least_control() <= look.least_control());
    }
}

#[test]
fn an_unreadable_wish_falls_back() {
    let screen = config::Screen {
        accent: "orange".to_owned(),
        text_scale: 9.0,
        overscan_percent: 50.0,
        ..config::Screen::default()
    };
    let look = Look::new(&screen, Size::new(1920.0, 1080.0), i18n::language());
    let usual = Look::new(
        &config::Screen::default(),
        Size::new(1920.0, 1080.0),
        i18n::language(),
    );
    assert_eq!(look.palette, usual.palette);
    assert!((look.text(token::BODY) - 34.0 * 1.5 * 0.7 / 0.9).abs() < 0.01);
    assert!((look.safe().height - (1080.0 * 0.7 - 8.0)).abs() < 1.0);
}
