//! How large everything is in a window: one rule for every output.
//!
//! Nobody tells how far away a person stands, and what a screen says of its millimetres is wrong too often. But people
//! keep a distance that goes with the size of a screen, so what is to look as large must take the same share of it:
//!
//! | screen | distance | unit, in pixels of the window |
//! |---|---|---|
//! | television, monitor | follows the diagonal | the diagonal over that of 1920x1080 |
//! | the same on its side | the same: it is the same panel | the same |
//! | wider than 16:9 | that of a screen as high: more stands on it, nothing is larger | the shorter side over 1080 |
//! | under 720 lines | an arm's length: no television is that small | as at 1280x720, as long as 800 units are left |
//!
//! A unit is a pixel at 1920x1080. The smallest text is 28 of them ([`token::LABEL`](super::token::LABEL)), times what the
//! viewer wants, which a small panel has bounds for ([`text_scale_most`]).

use iced::Size;

/// The screen that the sizes of the design are for.
const DESIGN: Size = Size::new(1920.0, 1080.0);
/// Where televisions end: the unit of 1280x720.
const LEAST_TELEVISION: f32 = 2.0 / 3.0;
/// What a screen in reach of the hand leaves of the design: fewer units hold no sign-in.
const LEAST: Size = Size::new(1066.0, 800.0);

/// Units of a window at the largest text that its screens stand at, in squares of one: those of 800x480 at 1.3.
const LEAST_WITH_LARGE_TEXT: f32 = 1333.3 * 800.0 / (1.3 * 1.3);

/// How many pixels of a window a pixel at 1920x1080 is. Never taken from the scale factor, which televisions get wrong.
pub fn unit(window: Size) -> f32 {
    let short = window.width.min(window.height);
    let long = window.width.max(window.height);
    let diagonal = short.hypot(long) / DESIGN.width.hypot(DESIGN.height);
    let across_a_room = diagonal.min(short / DESIGN.height);
    let in_reach = LEAST_TELEVISION
        .min(short / LEAST.height)
        .min(long / LEAST.width);
    across_a_room.max(in_reach).max(f32::EPSILON)
}

/// The largest text scale in a window. No television needs a bound; on a small panel, which is in reach of the hand, still
/// larger letters would leave no room for what they say.
pub fn text_scale_most(window: Size) -> f32 {
    let unit = unit(window);
    let units = (window.width / unit) * (window.height / unit);
    (units / LEAST_WITH_LARGE_TEXT).sqrt().max(1.0)
}

/// Width of a window in units, to that of the design.
pub fn breadth(window: Size) -> f32 {
    window.width / unit(window) / DESIGN.width
}

/// Whether a window is a panel in reach of the hand.
pub fn is_in_reach(window: Size) -> bool {
    window.width.min(window.height) < DESIGN.height * LEAST_TELEVISION
}

#[cfg(test)]
mod tests {
    use super::super::token;
    use super::*;

    /// Name, size, unit, height of the smallest text in pixels, and what the design has of width and height.
    type Output = (&'static str, (f32, f32), f32, f32, (f32, f32));

    /// Outputs and their unit.
    const TABLE: [Output; 24] = [
        ("1080p", (1920.0, 1080.0), 1.0, 28.0, (1920.0, 1080.0)),
        ("720p", (1280.0, 720.0), 0.667, 18.7, (1920.0, 1080.0)),
        ("768 lines", (1366.0, 768.0), 0.711, 19.9, (1921.0, 1080.0)),
        ("4K", (3840.0, 2160.0), 2.0, 56.0, (1920.0, 1080.0)),
        ("8K", (7680.0, 4320.0), 4.0, 112.0, (1920.0, 1080.0)),
        ("DCI 4K", (4096.0, 2160.0), 2.0, 56.0, (2048.0, 1080.0)),
        ("on end", (1080.0, 1920.0), 1.0, 28.0, (1080.0, 1920.0)),
        ("4K on end", (2160.0, 3840.0), 2.0, 56.0, (1080.0, 1920.0)),
        (
            "720p on end",
            (720.0, 1280.0),
            0.667,
            18.7,
            (1080.0, 1920.0),
        ),
        ("16:10", (1920.0, 1200.0), 1.028, 28.8, (1868.0, 1168.0)),
        ("16:10", (1280.0, 800.0), 0.685, 19.2, (1868.0, 1168.0)),
        ("5:4", (1280.0, 1024.0), 0.744, 20.8, (1720.0, 1376.0)),
        (
            "5:4 on end",
            (1024.0, 1280.0),
            0.744,
            20.8,
            (1376.0, 1720.0),
        ),
        ("4:3", (1600.0, 1200.0), 0.908, 25.4, (1762.0, 1322.0)),
        ("4:3", (1024.0, 768.0), 0.667, 18.7, (1536.0, 1152.0)),
        ("21:9", (2560.0, 1080.0), 1.0, 28.0, (2560.0, 1080.0)),
        ("21:9", (3440.0, 1440.0), 1.333, 37.3, (2580.0, 1080.0)),
        ("32:9", (3840.0, 1080.0), 1.0, 28.0, (3840.0, 1080.0)),
        ("panel", (1024.0, 600.0), 0.667, 18.7, (1536.0, 900.0)),
        ("panel", (800.0, 480.0), 0.6, 16.8, (1333.0, 800.0)),
        ("panel on end", (480.0, 800.0), 0.6, 16.8, (800.0, 1333.0)),
        ("panel", (640.0, 480.0), 0.6, 16.8, (1066.0, 800.0)),
        ("tiny", (480.0, 320.0), 0.4, 11.2, (1200.0, 800.0)),
        ("bar", (1480.0, 320.0), 0.4, 11.2, (3700.0, 800.0)),
    ];

    #[test]
    fn the_unit_follows_the_distance_a_person_keeps() {
        for (name, (width, height), expected, label, design) in TABLE {
            let name = format!("{name} {width}x{height}");
            let unit = unit(Size::new(width, height));
            assert!((unit - expected).abs() < 0.001, "{name}: {unit}");
            let text = token::LABEL.0 * unit;
            assert!((text - label).abs() < 0.1, "{name}: {text}");
            for (length, expected) in [(width, design.0), (height, design.1)] {
                let left = length / unit;
                assert!((left - expected).abs() < 1.5, "{name}: {left}");
            }
        }
    }

    #[test]
    fn text_grows_as_far_as_there_is_room_for_what_it_says() {
        for ((width, height), most) in [
            ((1920.0, 1080.0), 1.5),
            ((1280.0, 720.0), 1.5),
            ((1080.0, 1920.0), 1.5),
            ((1024.0, 768.0), 1.5),
            ((3840.0, 1080.0), 1.5),
            ((1024.0, 600.0), 1.48),
            ((800.0, 480.0), 1.3),
            ((480.0, 800.0), 1.3),
            ((640.0, 480.0), 1.16),
            ((480.0, 320.0), 1.23),
            ((320.0, 240.0), 1.16),
        ] {
            let found = text_scale_most(Size::new(width, height)).min(token::TEXT_SCALE_MAX);
            assert!((found - most).abs() < 0.005, "{width}x{height}: {found}");
        }
        assert!(text_scale_most(Size::new(0.0, 0.0)) >= 1.0);
    }

    #[test]
    fn what_a_screen_shows_is_never_smaller_than_on_a_smaller_one_of_its_shape() {
        for (width, height) in [
            (16.0, 9.0),
            (4.0, 3.0),
            (9.0, 16.0),
            (32.0, 9.0),
            (1.0, 1.0),
        ] {
            let units = (1..500).map(|scale| {
                let scale = scale as f32 * 4.0;
                unit(Size::new(width * scale, height * scale))
            });
            assert!(units.is_sorted(), "{width}:{height}");
        }
        assert!(unit(Size::new(0.0, 0.0)) > 0.0);
    }

    #[test]
    fn a_panel_under_720_lines_is_in_reach() {
        for ((width, height), expected) in [
            ((1280.0, 720.0), false),
            ((720.0, 1280.0), false),
            ((1024.0, 768.0), false),
            ((1024.0, 600.0), true),
            ((480.0, 800.0), true),
        ] {
            assert_eq!(
                is_in_reach(Size::new(width, height)),
                expected,
                "{width}x{height}"
            );
        }
    }
}
