//! A window is painted only where it changed. What is on it then must be what a window that is painted anew shows, to
//! the pixel.

use iced::mouse::Interaction;
use iced::{Color, Point};

use image::Rgba;

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
        Self::with_buffers(1, look)
    }

    /// One that is painted into so many buffers in turn.
    fn with_buffers(buffers: usize, look: &Look) -> Self {
        Self {
            surface: Surface::new(buffers, look),
            look: *look,
            before: "nothing".to_owned(),
            wrong: Vec::new(),
        }
    }

    /// Shows a screen of the program. Returns the share of the window that was painted.
    fn show(&mut self, name: &str, view: Element<'_, Message>) -> f32 {
        let look = self.look;
        let size = look.window();
        let before = self.surface.pixels().to_vec();
        let interface = self.surface.lay(view, &look);
        self.surface.list(interface, &look);
        let painted = self.surface.paint(&look);
        // What was painted in part, painted once more: nothing but the parts makes a difference.
        let whole = self.surface.painted_anew(&look);
        let in_parts = self.surface.pixels();
        let what = format!("repaint-{name}-after-{}", self.before);
        if let Some((pixels, around)) = off(in_parts, &whole, size, |_, _| true) {
            self.wrong
                .push(format!("{what}: {pixels} pixels {around:?}"));
            save(&format!("{what}-whole"), &whole, &look);
            save(&what, in_parts, &look);
        }
        let untold = off(&before, in_parts, size, |x, y| !painted.is_new(x, y));
        if let Some((pixels, around)) = untold {
            let untold = format!("{what}: {pixels} pixels {around:?} are not told to be new");
            self.wrong.push(untold);
        }
        self.before = name.to_owned();
        painted.share
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

/// How many pixels are not the same, and where, of those that count.
fn off(
    one: &[u32],
    other: &[u32],
    size: Size,
    counts: impl Fn(u32, u32) -> bool,
) -> Option<(usize, Rectangle)> {
    let pixels = one.iter().zip(other).enumerate();
    let apart = |(one, other): (u8, u8)| one.abs_diff(other) > ROUNDED;
    let different = pixels.filter(|(_, (one, other))| {
        let mut channels = one.to_ne_bytes().into_iter().zip(other.to_ne_bytes());
        one != other && channels.any(apart)
    });
    let places = different.filter_map(|(index, _)| {
        let (x, y) = (index % size.width as usize, index / size.width as usize);
        let corner = Point::new(x as f32, y as f32);
        let place = Rectangle::new(corner, Size::new(1.0, 1.0));
        counts(x as u32, y as u32).then_some((1, place))
    });
    places.reduce(|(all, around), (one, place)| (all + one, around.union(&place)))
}

fn save(name: &str, pixels: &[u32], look: &Look) {
    let (width, height) = (look.window().width as u32, look.window().height as u32);
    let image = RgbaImage::from_fn(width, height, |x, y| {
        let [blue, green, red, opacity] = pixels[(y * width + x) as usize].to_le_bytes();
        Rgba([red, green, blue, opacity])
    });
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
        let mut window = Window::with_buffers(1 + reader % 2, apps[0].1.look());
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

/// A window manager may give a window any size, and for a moment they do.
#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_is_far_too_small_is_painted_all_the_same() {
    i18n::choose("en");
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    for (width, height) in [(1.0, 1.0), (7.0, 1080.0), (40.0, 3.0)] {
        let apps = all_apps(&context, &wanted_by(0), Size::new(width, height));
        let mut window = Window::new(apps[0].1.look());
        for (name, app) in &apps {
            let _ = window.show(name, app.view());
        }
    }
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
        shown.push(window.surface.pixels().to_vec());
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

/// Cards with pictures and words in rows, between a heading and a foot that stay, and a ring that stays where it is.
struct Shelf {
    pictures: Vec<iced::advanced::image::Handle>,
}

impl Shelf {
    const SIDE: f32 = 40.0;
    const PITCH: (f32, f32) = (56.0, 72.0);

    fn new() -> Self {
        let picture = |index: usize| {
            let mut picture = RgbaImage::from_fn(40, 40, |x, y| {
                Rgba([index as u8 * 5, x as u8 * 6, y as u8 * 6, 255])
            });
            crate::app::pictures::round(&mut picture, 8.0);
            iced::advanced::image::Handle::from_rgba(40, 40, picture.into_raw())
        };
        Self {
            pictures: (0..48).map(picture).collect(),
        }
    }

    /// Scrolled by so many columns and rows, with the ring on the card that is first then.
    fn scrolled(&self, columns: usize, rows: usize) -> DrawList {
        let line = |text: String, corner: Point, width: f32| TextLine {
            place: Rectangle::new(corner, Size::new(width, 20.0)),
            text,
            size: 14.0,
            font: SANS,
            color: Color::WHITE,
            align: LineAlign::Start,
        };
        let mut pieces = vec![Primitive::Text(line(
            "Heading".to_owned(),
            Point::new(20.0, 6.0),
            300.0,
        ))];
        for (at, handle) in self.pictures.iter().enumerate() {
            let (column, row) = (at % 8, at / 8);
            let Some(column) = column.checked_sub(columns) else {
                continue;
            };
            let Some(row) = row.checked_sub(rows) else {
                continue;
            };
            let corner = Point::new(
                20.0 + column as f32 * Self::PITCH.0,
                40.0 + row as f32 * Self::PITCH.1,
            );
            pieces.push(Primitive::Quad {
                place: Rectangle::new(corner, Size::new(Self::SIDE, Self::SIDE)),
                fill: Color::from_rgb8(40, at as u8 * 5, 80),
                radius: 8.0,
                outline: None,
            });
            pieces.push(Primitive::Image {
                place: Rectangle::new(corner, Size::new(Self::SIDE, Self::SIDE)),
                handle: Some(handle.clone()),
            });
            let below = Point::new(corner.x, corner.y + Self::SIDE + 2.0);
            pieces.push(Primitive::Text(line(
                format!("Åse {at}"),
                below,
                Self::PITCH.0,
            )));
        }
        pieces.push(Primitive::Quad {
            place: Rectangle::new(Point::new(16.0, 36.0), Size::new(48.0, 48.0)),
            fill: Color::TRANSPARENT,
            radius: 8.0,
            outline: Some((Color::WHITE, 3.0)),
        });
        DrawList::new(pieces)
    }
}

#[test]
fn what_scrolls_is_moved_and_only_what_comes_into_view_is_painted() {
    i18n::choose("en");
    let size = Size::new(380.0, 300.0);
    let look = Look::new(&config().screen, size, i18n::language());
    let shelf = Shelf::new();
    for buffers in [1, 2] {
        let mut window = Window::with_buffers(buffers, &look);
        for _ in 0..buffers {
            assert_eq!(window.show_part("first", shelf.scrolled(0, 0)), 1.0);
        }
        // One row of the three and a half that are seen comes, and the ring is painted where it is and where its pixels
        // went. A buffer of before has as many more to come, or shows it already.
        let way = [("down", 0, 1), ("on", 0, 2), ("up", 0, 1), ("right", 1, 1)];
        for (name, columns, rows) in way {
            let share = window.show_part(name, shelf.scrolled(columns, rows));
            let expected = if buffers == 1 { 0.05..0.5 } else { 0.0..0.9 };
            assert!(expected.contains(&share), "{buffers} {name}: {share}");
        }
        for _ in 0..buffers {
            let _ = window.show_part("again", shelf.scrolled(1, 1));
        }
        assert_eq!(window.show_part("again", shelf.scrolled(1, 1)), 0.0);
        // All else is another screen.
        for (columns, rows) in [(0, 0), (3, 4), (7, 5), (0, 0), (2, 2)] {
            let _ = window.show_part(&format!("{columns}-{rows}"), shelf.scrolled(columns, rows));
        }
        assert!(window.wrong.is_empty(), "{buffers} {:#?}", window.wrong);
    }
}
