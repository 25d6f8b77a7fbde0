use std::path::Path;

use image::{Rgba, RgbaImage};

use super::*;
use crate::app::i18n;
use crate::app::theme::contrast;
use crate::config::Backdrop as Wanted;

const THEMES: [Theme; 2] = [Theme::Dark, Theme::Light];
/// A picture of few pixels, that is drawn quickly.
const WINDOW: Size = Size::new(320.0, 180.0);

fn wish(screen: &config::Screen, window: Size) -> Option<Wish> {
    Wish::of(screen, &Look::new(screen, window, i18n::language()))
}

fn screen(theme: Theme, accent: &str) -> config::Screen {
    config::Screen {
        theme,
        accent: accent.to_owned(),
        title: "Acme TV".to_owned(),
        ..config::Screen::default()
    }
}

/// The whole picture of what is wanted.
fn drawn(wish: &Wish) -> RgbaImage {
    let (width, height) = wish.pixels();
    let mut whole = RgbaImage::new(width, height);
    for (place, handle) in wish.draw().unwrap().tiles {
        let Handle::Rgba {
            width,
            height,
            pixels,
            ..
        } = handle
        else {
            panic!("a picture that is not there");
        };
        let tile = RgbaImage::from_raw(width, height, pixels.to_vec()).unwrap();
        let (x, y) = (place.x as i64, place.y as i64);
        image::imageops::replace(&mut whole, &tile, x, y);
    }
    whole
}

fn assert_readable(name: &str, palette: &Palette, picture: &RgbaImage) {
    let unreadable = picture.pixels().find(|pixel| {
        let [red, green, blue, _] = pixel.0;
        !palette.can_be_read_on(Color::from_rgb8(red, green, blue))
    });
    assert_eq!(unreadable, None, "{name}");
    let opaque = picture.pixels().all(|pixel| pixel.0[3] == 255);
    assert!(opaque, "{name}");
}

#[test]
fn words_can_be_read_anywhere_on_a_backdrop_of_any_accent() {
    for theme in THEMES {
        for accent in [
            "#ffb454", "#ff6a3d", "#000000", "#ffffff", "#0000ff", "#ff0000", "#00ff00", "#808080",
            "#7a4bd8",
        ] {
            let wish = wish(&screen(theme, accent), WINDOW).unwrap();
            assert_readable(&format!("{theme:?} {accent}"), &wish.palette, &drawn(&wish));
        }
    }
}

#[test]
fn a_backdrop_is_seen_where_the_face_of_a_screen_stands_and_calm_where_words_do() {
    for theme in THEMES {
        let wish = wish(&screen(theme, "#ffb454"), WINDOW).unwrap();
        let picture = drawn(&wish);
        let ratio = |x: u32, y: u32| {
            let [red, green, blue, _] = picture.get_pixel(x, y).0;
            contrast(Color::from_rgb8(red, green, blue), wish.palette.ground)
        };
        let (face, words) = (ratio(256, 90), ratio(60, 60));
        assert!(face > 1.15 && words < face, "{theme:?}: {face} {words}");
    }
}

/// Without a pattern between two levels a square of pixels has one of them, up to half a level off.
#[test]
fn a_backdrop_has_no_bands() {
    for theme in THEMES {
        let wish = wish(&screen(theme, "#ffb454"), Size::new(960.0, 540.0)).unwrap();
        let picture = drawn(&wish);
        let field = generated::Field::new(&wish.palette, "Acme TV", wish.light, wish.pixels());
        for (x, y) in (0..936)
            .step_by(72)
            .flat_map(|x| (0..520).step_by(40).map(move |y| (x, y)))
        {
            let square = || (x..x + 12).flat_map(|x| (y..y + 12).map(move |y| (x, y)));
            for channel in 0..3 {
                let meant: f32 = square().map(|(x, y)| field.at(x, y)[channel]).sum();
                let shown = square().map(|(x, y)| f32::from(picture.get_pixel(x, y).0[channel]));
                let off = (meant - shown.sum::<f32>()) / 144.0;
                assert!(off.abs() < 0.12, "{theme:?} {x} {y} {channel}: {off}");
            }
        }
    }
}

#[test]
fn the_light_stands_where_the_reading_ends() {
    i18n::choose("ar");
    let mirrored = wish(&screen(Theme::Dark, "#ffb454"), WINDOW).unwrap().light;
    i18n::choose("en");
    let usual = wish(&screen(Theme::Dark, "#ffb454"), WINDOW).unwrap().light;
    let on_end = wish(&screen(Theme::Dark, "#ffb454"), Size::new(180.0, 320.0)).unwrap();
    assert!(usual.x > 0.6 && mirrored.x < 0.4);
    assert_eq!((on_end.light.x, on_end.light.y < 0.5), (0.5, true));
}

#[test]
fn the_most_contrast_and_an_owner_who_wants_none_have_no_backdrop() {
    assert_eq!(wish(&screen(Theme::HighContrast, "#ffb454"), WINDOW), None);
    let none = config::Screen {
        backdrop: Wanted::None,
        ..screen(Theme::Dark, "#ffb454")
    };
    assert_eq!(wish(&none, WINDOW), None);
}

#[test]
fn a_backdrop_covers_a_window_of_any_size_and_has_a_bound() {
    for (width, height) in [
        (640.0, 480.0),
        (1366.0, 768.0),
        (1080.0, 1920.0),
        (3440.0, 1440.0),
        (3840.0, 2160.0),
        (7680.0, 4320.0),
    ] {
        let wish = wish(&screen(Theme::Dark, "#ffb454"), Size::new(width, height)).unwrap();
        let ((across, down), step) = (wish.pixels(), wish.step());
        assert!(((across - 1) * step) as f32 <= width && (across * step) as f32 >= width);
        assert!(((down - 1) * step) as f32 <= height && (down * step) as f32 >= height);
        assert!((across * down) as f32 <= MOST_PIXELS * 1.01, "{width}");
    }
}

fn owners(file: &Path, theme: Theme) -> Wish {
    let screen = config::Screen {
        backdrop: Wanted::Picture(file.to_owned()),
        ..screen(theme, "#ffb454")
    };
    wish(&screen, WINDOW).unwrap()
}

#[test]
fn words_can_be_read_anywhere_on_a_picture_of_the_owners() {
    let folder = tempfile::tempdir().unwrap();
    let noise = |x: u32, y: u32| {
        let at = (x * 7919 + y * 104_729).wrapping_mul(2_654_435_761);
        let [red, green, blue, _] = at.to_be_bytes();
        Rgba([red, green, blue, 255])
    };
    let half_clear = |x: u32, _: u32| Rgba([255, 0, 255, if x < 60 { 0 } else { 255 }]);
    for (name, picture) in [
        ("white", RgbaImage::from_pixel(120, 90, Rgba([255; 4]))),
        (
            "black",
            RgbaImage::from_pixel(120, 90, Rgba([0, 0, 0, 255])),
        ),
        ("noise", RgbaImage::from_fn(120, 90, noise)),
        ("half", RgbaImage::from_fn(120, 90, half_clear)),
    ] {
        let file = folder.path().join(format!("{name}.png"));
        picture.save(&file).unwrap();
        for theme in THEMES {
            let wish = owners(&file, theme);
            let name = format!("{name} {theme:?}");
            let picture = drawn(&wish);
            assert_eq!(picture.dimensions(), (320, 180));
            assert_readable(&name, &wish.palette, &picture);
            // It is there: what is the ground's opposite changes it.
            let ground = wish.palette.ground.into_rgba8();
            let channels = picture
                .pixels()
                .flat_map(|pixel| pixel.0.into_iter().zip(ground));
            let furthest = channels.map(|(one, other)| one.abs_diff(other)).max();
            assert!(
                furthest >= Some(8) || name == "black Dark" || name == "white Light",
                "{name}: {furthest:?}"
            );
        }
    }
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9' fill='red'/></svg>";
    let file = folder.path().join("red.svg");
    std::fs::write(&file, svg).unwrap();
    let wish = owners(&file, Theme::Dark);
    let picture = drawn(&wish);
    assert_readable("svg", &wish.palette, &picture);
    // It covers the window to its corners.
    let [red, green, ..] = picture.get_pixel(0, 0).0;
    assert!(red > green + 20);
    let none = owners(&folder.path().join("none.png"), Theme::Dark).draw();
    assert!(none.unwrap_err().contains("none.png: "));
}

#[test]
fn a_backdrop_is_drawn_for_what_is_wanted_last_and_let_go_of() {
    let dark = wish(&screen(Theme::Dark, "#ffb454"), WINDOW).unwrap();
    let light = wish(&screen(Theme::Light, "#ffb454"), WINDOW).unwrap();
    let mut state = BackdropState::default();
    let _ = state.follow(Some(dark.clone()));
    assert!(state.shown(WINDOW).is_none());
    let _ = state.follow(Some(light.clone()));
    state.drawn(dark.draw().map(Box::new));
    assert!(state.shown(WINDOW).is_none(), "it came too late");
    state.drawn(light.draw().map(Box::new));
    assert!(state.shown(WINDOW).is_some());
    assert!(state.shown(Size::new(100.0, 100.0)).is_none());
    let _ = state.follow(Some(light));
    assert!(state.shown(WINDOW).is_some(), "nothing has changed");
    state.reread();
    assert!(state.shown(WINDOW).is_some(), "until the new one is there");
    let _ = state.follow(None);
    assert!(state.shown(WINDOW).is_none() && state.drawn.is_none());
}
