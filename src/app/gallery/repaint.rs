//! A window is painted only where it changed. What is on it then must be what a window that is painted anew shows, to
//! the pixel.

use iced::mouse::Interaction;
use iced::{Color, Point};

use super::*;
use crate::app::i18n;
use crate::app::late_frames::LateFrames;
use crate::app::offscreen::Surface;
use crate::app::screen::diagnostics;
use crate::app::screen::home::tests::samples;
use crate::app::theme::SANS;
use crate::app::widget::draw_list::{LineAlign, Primitive, TextLine};
use crate::app::widget::in_window::{Made, in_window};
use crate::app::widget::{Chrome, DrawList};
use crate::app::window_scale::{BlankFrames, ScaleFactors};

/// Windows: usual ones, small panels, and one that stands on end.
const WINDOWS: [(f32, f32); 6] = [
    (1920.0, 1080.0),
    (1080.0, 1920.0),
    (1024.0, 600.0),
    (800.0, 480.0),
    (1280.0, 1024.0),
    (1280.0, 720.0),
];
/// In each language every so many of the screens are shown, in the next one others.
const SHARE: usize = 4;
/// How far a channel may be off: where a part ends in a soft edge the renderer multiplies with a mask, which is 1, and
/// rounds once more.
const ROUNDED: u8 = 2;

/// A window that shows one screen after the other.
struct Window {
    surface: Surface,
    look: Look,
    before: String,
    /// What it did not show whole.
    wrong: Vec<String>,
}

impl Window {
    fn new(look: &Look) -> Self {
        Self {
            surface: Surface::new(look),
            look: *look,
            before: "nothing".to_owned(),
            wrong: Vec::new(),
        }
    }

    /// Shows a screen of the program. Returns the share of the window that was painted.
    fn show(&mut self, name: &str, view: Element<'_, Message>) -> f32 {
        let look = self.look;
        let interface = self.surface.lay(view, &look);
        self.surface.list(interface, &look);
        let share = self.surface.paint(&look);
        let mut whole = vec![0; self.surface.pixels.len()];
        let window = [Rectangle::with_size(look.window())];
        // The list that was painted in part, painted once more: nothing but the parts makes a difference.
        self.surface.paint_parts(&mut whole, &window, &look);
        let in_parts = std::mem::replace(&mut self.surface.pixels, whole);
        let off = off(&in_parts, &self.surface.pixels, look.window());
        if let Some((pixels, around)) = off {
            let name = format!("repaint-{name}-after-{}", self.before);
            self.wrong
                .push(format!("{name}: {pixels} pixels {around:?}"));
            save(&format!("{name}-whole"), &self.surface.pixels, &look);
            save(&name, &in_parts, &look);
        }
        self.before = name.to_owned();
        share
    }

    /// Shows something that is not a whole program.
    fn show_part<'a>(&mut self, name: &str, view: impl Into<Element<'a, Message>>) -> f32 {
        let (watch, late) = (BlankFrames::default(), LateFrames::default());
        let view: Element<'_, Message> = view.into();
        let made = Made {
            size: Some(self.look.window()),
            factors: ScaleFactors::default(),
            watch: &watch,
            late: &late,
        };
        let view = in_window(made, Interaction::Idle, view, Message::System, |_, _| {
            Vec::new()
        });
        self.show(name, view)
    }
}

/// How many pixels are not the same, and where.
fn off(one: &[u8], other: &[u8], size: Size) -> Option<(usize, Rectangle)> {
    let pixels = one.chunks_exact(4).zip(other.chunks_exact(4)).enumerate();
    let apart = |(one, other): (&u8, &u8)| one.abs_diff(*other) > ROUNDED;
    let different = pixels.filter(|(_, (one, other))| one.iter().zip(*other).any(apart));
    let places = different.map(|(index, _)| {
        let (x, y) = (index % size.width as usize, index / size.width as usize);
        let corner = Point::new(x as f32, y as f32);
        (1, Rectangle::new(corner, Size::new(1.0, 1.0)))
    });
    places.reduce(|(all, around), (one, place)| (all + one, around.union(&place)))
}

fn save(name: &str, pixels: &[u8], look: &Look) {
    let (width, height) = (look.window().width as u32, look.window().height as u32);
    let mut image = RgbaImage::from_raw(width, height, pixels.to_vec()).unwrap();
    for pixel in image.pixels_mut() {
        pixel.0.swap(0, 2);
    }
    let shot = Shot {
        image,
        rects: BTreeMap::new(),
        texts: Vec::new(),
    };
    keep(name, &shot);
}

/// A viewer's preferences: those that move things by less than a pixel.
fn wanted_by(reader: usize) -> config::Screen {
    config::Screen {
        text_scale: [1.0, 1.3, 1.15][reader % 3],
        overscan_percent: [5.0, 3.0][reader % 2],
        ..config().screen
    }
}

fn all_apps(context: &Context, wishes: &config::Screen, size: Size) -> Vec<(String, App)> {
    let mut apps = everything(context, wishes, size);
    for (name, screen) in diagnostics::samples::all() {
        let mut app = App::showing(Screen::default(), wishes, size);
        app.over(screen);
        apps.push((format!("diagnostics_{name}"), app));
    }
    apps
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_that_follows_another_is_painted_whole_in_every_language_at_every_size() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let mut wrong = Vec::new();
    for (reader, language) in i18n::offered().iter().enumerate() {
        i18n::choose(language.tag);
        let wishes = wanted_by(reader);
        let (width, height) = WINDOWS[reader % WINDOWS.len()];
        let apps = all_apps(&context, &wishes, Size::new(width, height));
        let mut window = Window::new(apps[0].1.look());
        let shown = apps.iter().skip(reader % SHARE).step_by(SHARE);
        for (name, app) in shown {
            let _ = window.show(name, app.view());
        }
        let at = format!("{} {width}x{height}: ", language.tag);
        wrong.extend(window.wrong.into_iter().map(|what| at.clone() + &what));
    }
    i18n::choose("en");
    assert!(wrong.is_empty(), "{} in all: {wrong:#?}", wrong.len());
}

#[test]
fn what_is_signed_in_for_is_painted_whole_whatever_its_words_are() {
    let chrome = Chrome::default();
    let mut wrong = Vec::new();
    for (reader, (width, height)) in WINDOWS.into_iter().enumerate() {
        let language = ["en", "ar"][reader % 2];
        i18n::choose(language);
        let look = Look::new(
            &wanted_by(reader),
            Size::new(width, height),
            i18n::language(),
        );
        let mut window = Window::new(&look);
        let mut samples = samples::difficult(&look);
        samples.extend(
            samples::all(&look)
                .into_iter()
                .skip(reader)
                .step_by(WINDOWS.len()),
        );
        for sample in samples.iter().chain(samples.iter().take(4).rev()) {
            let view = sample.view(&look, &chrome);
            let _ = window.show_part(
                sample.name,
                view.map(|message| Message::Visit(0, VisitMessage::Home(message))),
            );
        }
        let at = format!("{language} {width}x{height}: ");
        wrong.extend(window.wrong.into_iter().map(|what| at.clone() + &what));
    }
    i18n::choose("en");
    assert!(wrong.is_empty(), "{} in all: {wrong:#?}", wrong.len());
}

/// Two lines that measure the same are two lines.
#[test]
fn digits_that_take_the_place_of_others_are_painted() {
    i18n::choose("en");
    let look = Look::new(&config().screen, Size::new(320.0, 200.0), i18n::language());
    let mut window = Window::new(&look);
    let mut shown = Vec::new();
    for words in ["12:00", "13:00", "12:00", "12:08"] {
        let line = TextLine {
            place: Rectangle::new(Point::new(10.3, 20.7), Size::new(200.0, 50.0)),
            text: words.to_owned(),
            size: 34.0,
            font: SANS,
            color: Color::WHITE,
            align: LineAlign::Start,
        };
        let _ = window.show_part(words, DrawList::new(vec![Primitive::Text(line)]));
        shown.push(window.surface.pixels.clone());
    }
    assert!(window.wrong.is_empty(), "{:#?}", window.wrong);
    assert_ne!(shown[0], shown[1]);
    assert_eq!(shown[0], shown[2]);
}

/// A key moves the ring at once, and paints cards alone: what stands large above the rows follows when the focus rests.
#[test]
fn a_key_on_home_paints_cards_and_not_what_is_above_them() {
    i18n::choose("en");
    let size = Size::new(1920.0, 1080.0);
    let look = Look::new(&config().screen, size, i18n::language());
    let mut window = Window::new(&look);
    let walk = samples::Walk::new(&look);
    let chrome = Chrome::default();
    let mut show = |moment| {
        let (name, view) = walk.view(moment, &look, &chrome);
        let told = |message| Message::Visit(0, VisitMessage::Home(message));
        window.show_part(name, view.map(told))
    };
    assert_eq!(show(0), 1.0);
    let key = show(1);
    // Two cards of five with their words: a tenth of the window.
    assert!((0.01..0.12).contains(&key), "{key}");
    let rest = show(2);
    assert!((0.3..0.6).contains(&rest), "{rest}");
    assert_eq!(show(2), 0.0);
    assert!(window.wrong.is_empty(), "{:#?}", window.wrong);
}

#[test]
fn what_is_scrolled_is_painted_once() {
    i18n::choose("en");
    let look = Look::new(&config().screen, Size::new(640.0, 480.0), i18n::language());
    let mut window = Window::new(&look);
    let tiles = |by: usize| {
        let tile = |at: usize| Primitive::Quad {
            place: Rectangle::new(
                Point::new((at % 8 * 80) as f32, (at / 8 * 60) as f32),
                Size::new(40.0, 40.0),
            ),
            fill: Color::from_rgb8((at + by) as u8 * 4, 80, 160),
            radius: 8.0,
            outline: None,
        };
        DrawList::new((0..48).map(tile).collect()).scrolled(by)
    };
    assert_eq!(window.show_part("first", tiles(0)), 1.0);
    let scrolled = window.show_part("scrolled", tiles(1));
    assert!((0.99..=1.0).contains(&scrolled), "{scrolled}");
    assert_eq!(window.show_part("again", tiles(1)), 0.0);
    assert!(window.wrong.is_empty(), "{:#?}", window.wrong);
}
