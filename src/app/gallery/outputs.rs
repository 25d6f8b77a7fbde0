//! Every screen on the outputs that boxes have besides televisions: small panels, 4:3 and 5:4, very wide ones, and those
//! that stand on end.
//!
//! To look at: `GALLERY=folder` writes a sheet of small pictures for each output and reader; with `GALLERY_ONLY=word` also
//! the pictures themselves of the screens with that word in their name. `OUTPUTS=1080x1920,800x480` and
//! `READERS=de:1.5,all:1` (a language or all of them, and the text scale) are looked at instead of those listed here.
//! `tests/gallery` says it in one command.

use super::sheet::Sheet;
use super::tests::{against_the_rules, assert_inside_the_safe_area, misplaced, overlapping};
use super::*;
use crate::app::screen::diagnostics;
use crate::app::screen::home::tests::samples;
use crate::app::widget::Chrome;

/// Outputs in pixels. Usual televisions have tests of their own.
const OUTPUTS: [(u32, u32); 13] = [
    (640, 480),
    (800, 480),
    (1024, 600),
    (1024, 768),
    (1280, 1024),
    (1920, 1200),
    (7680, 4320),
    (2560, 1080),
    (3440, 1440),
    (3840, 1080),
    (1080, 1920),
    (2160, 3840),
    (480, 800),
];

/// What a variable lists, each taken by `read`.
fn listed<T>(variable: &str, read: impl Fn(&str) -> Vec<T>) -> Option<Vec<T>> {
    let list = std::env::var(variable).ok()?;
    Some(list.split(',').flat_map(read).collect())
}

/// The outputs that are looked at.
fn outputs() -> Vec<(u32, u32)> {
    let wanted = listed("OUTPUTS", |output| {
        let (width, height) = output.split_once('x').unwrap();
        vec![(width.parse().unwrap(), height.parse().unwrap())]
    });
    wanted.unwrap_or_else(|| OUTPUTS.to_vec())
}

/// A language, and how large its reader wants text.
type Reader = (&'static str, f32);

const READERS: [Reader; 6] = [
    ("en", 1.0),
    ("uk", 1.15),
    ("de", 1.3),
    ("ar", 1.3),
    ("de", 1.5),
    ("ar", 1.5),
];

/// Those who look at them.
fn readers() -> Vec<Reader> {
    let wanted = listed("READERS", |reader| {
        let (tag, scale) = reader.split_once(':').unwrap();
        let scale = scale.parse().unwrap();
        let offered = i18n::offered().iter().map(|offered| offered.tag);
        let tags = offered.filter(|offered| tag == "all" || tag == *offered);
        tags.map(|tag| (tag, scale)).collect()
    });
    wanted.unwrap_or_else(|| READERS.to_vec())
}

/// Outputs with the readers for whom there is least room: what a usual run looks at.
const NARROWEST: [((u32, u32), Reader); 4] = [
    ((480, 800), ("de", 1.5)),
    ((640, 480), ("de", 1.5)),
    ((800, 480), ("ar", 1.5)),
    ((1080, 1920), ("uk", 1.5)),
];

/// Every output with every reader.
fn all() -> Vec<((u32, u32), Reader)> {
    let readers = readers();
    let with_readers = |output| readers.iter().map(move |reader| (output, *reader));
    outputs().into_iter().flat_map(with_readers).collect()
}

fn size_of((width, height): (u32, u32)) -> Size {
    Size::new(width as f32, height as f32)
}

fn wish((language, text_scale): Reader) -> config::Screen {
    let theme = match language {
        "ar" => config::Theme::HighContrast,
        "uk" => config::Theme::Light,
        _ => config::Theme::Dark,
    };
    config::Screen {
        text_scale,
        theme,
        ..config().screen
    }
}

/// Every screen below a home, by name.
fn shown(context: &Context, wish: &config::Screen, size: Size) -> Vec<(String, App)> {
    let mut apps = everything(context, wish, size);
    for (name, screen) in diagnostics::samples::all() {
        let mut app = App::showing(Screen::default(), wish, size);
        app.over(screen);
        apps.push((format!("diagnostics_{name}"), app));
    }
    apps
}

/// What stands in the line at the top of a home.
fn chrome() -> Chrome {
    Chrome {
        title: "Acme TV".to_owned(),
        logo: None,
        clock: Some("20:15".to_owned()),
        ..Chrome::default()
    }
}

/// What is wrong where, by the rules that can be told without drawing.
fn found(context: &Context, outputs: &[((u32, u32), Reader)]) -> Vec<String> {
    let mut wrong = Vec::new();
    let chrome = chrome();
    for (output, reader) in outputs {
        i18n::choose(reader.0);
        let (wish, size) = (wish(*reader), size_of(*output));
        let mut tell = |name: &str, found: Vec<String>| {
            let at = named(name, *output, *reader);
            wrong.extend(found.into_iter().map(|what| format!("{at}: {what}")));
        };
        for (name, app) in shown(context, &wish, size) {
            tell(&name, against_the_rules(&app));
            tell(&name, overlapping(&lay_out(&app).texts));
        }
        let look = Look::new(&wish, size, i18n::language());
        for sample in samples::all(&look) {
            let survey = survey(sample.view(&look, &chrome), &look);
            tell(sample.name, misplaced(&look, &survey));
            tell(sample.name, overlapping(&survey.texts));
        }
    }
    i18n::choose("en");
    wrong
}

fn named(name: &str, (width, height): (u32, u32), (language, scale): Reader) -> String {
    format!("{name}-{language}-{scale}-{width}x{height}")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_stands_on_the_narrowest_outputs() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = found(&context(folder.path()), &NARROWEST);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is said is written below everything, and what stands above it gives way.
#[tokio::test(flavor = "multi_thread")]
async fn every_screen_leaves_room_for_captions() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    for (output, reader) in [((800, 480), ("en", 1.0)), ((480, 800), ("de", 1.0))] {
        i18n::choose(reader.0);
        let wish = config::Screen {
            read_aloud: config::Aloud::Everything,
            captions: true,
            ..wish(reader)
        };
        let mut wrong = Vec::new();
        for (name, mut app) in everything(&context, &wish, size_of(output)) {
            let name = named(&format!("caption_{name}"), output, reader);
            wrong.extend(
                against_the_rules(&app)
                    .into_iter()
                    .map(|what| format!("{name}: {what}")),
            );
            app.says("Home. Continue watching. Dune, card, 1 of 3. 2 h 35 min.");
            let (margin, window) = (app.look().edges(), app.look().window());
            let rects = lay_out(&app).rects;
            // Beside a code it may spell it, and is covered in pictures that are asked for from afar.
            let spells = rects.get("spoken_caption");
            assert!(
                spells.is_some() || !rects.contains_key("user_code"),
                "{name}"
            );
            let caption = *spells.unwrap_or_else(|| &rects["caption"]);
            let bottom = caption.y + caption.height;
            assert!(
                caption.y >= window.height - app.look().safe_margin().bottom,
                "{name}"
            );
            assert!(bottom <= window.height - margin.bottom + 0.5, "{name}");
            if wanted(&name) && std::env::var_os("GALLERY").is_some() {
                keep(&name, &draw(&app));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    i18n::choose("en");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "lays out for minutes: to look at what was changed, by hand"]
async fn every_screen_stands_on_every_output() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    if std::env::var_os("GALLERY").is_some() {
        for (output, reader) in all() {
            keep_all(&context, output, reader);
        }
        i18n::choose("en");
    }
    let wrong = found(&context, &all());
    let few: Vec<_> = wrong.iter().take(400).collect();
    assert!(wrong.is_empty(), "{} in all: {few:#?}", wrong.len());
}

/// Pictures to look at.
fn keep_all(context: &Context, output: (u32, u32), reader: Reader) {
    i18n::choose(reader.0);
    let (wish, size) = (wish(reader), size_of(output));
    let mut sheet = Sheet::default();
    let mut add = |name: &str, draw: &dyn Fn() -> Shot| {
        if wanted(name) {
            let shot = draw();
            sheet.add(&shot.image);
            if std::env::var_os("GALLERY_ONLY").is_some() {
                keep(&named(name, output, reader), &shot);
            }
        }
    };
    for (name, app) in shown(context, &wish, size) {
        add(&name, &|| draw(&app));
    }
    let look = Look::new(&wish, size, i18n::language());
    let chrome = chrome();
    for sample in samples::all(&look) {
        add(sample.name, &|| shoot(sample.view(&look, &chrome), &look));
    }
    sheet.keep(&named("sheet", output, reader));
}

/// Nothing is drawn beside the safe area of a panel either, and no letter reaches out of it.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "draws for a minute: to look at what was changed, by hand"]
async fn nothing_is_drawn_outside_the_safe_area_of_a_panel() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let is_panel = |((width, height), _): &((u32, u32), Reader)| width * height < 700_000;
    for (output, reader) in all().into_iter().filter(is_panel) {
        i18n::choose(reader.0);
        for (name, app) in shown(&context, &wish(reader), size_of(output)) {
            let name = named(&name, output, reader);
            assert_inside_the_safe_area(&name, &app, &draw(&app));
        }
    }
    i18n::choose("en");
}

#[tokio::test(flavor = "multi_thread")]
async fn phones_read_the_code_on_the_narrowest_outputs() {
    let folder = tempfile::tempdir().unwrap();
    for (output, reader) in NARROWEST {
        assert_phones_read_it(&context(folder.path()), output, reader);
    }
    i18n::choose("en");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "draws for minutes: to look at what was changed, by hand"]
async fn phones_read_the_code_on_every_output() {
    let folder = tempfile::tempdir().unwrap();
    for (output, reader) in all() {
        assert_phones_read_it(&context(folder.path()), output, reader);
    }
    i18n::choose("en");
}

fn assert_phones_read_it(context: &Context, output: (u32, u32), reader: Reader) {
    i18n::choose(reader.0);
    let size = size_of(output);
    let address = "https://acme.eu.auth0.com/activate?user_code=QTZL-MCBW";
    let samples = sign_in::tests::samples::all(context).into_iter();
    let codes = samples.filter(|(name, _)| matches!(*name, "waiting" | "bigger"));
    let sides: Vec<_> = codes
        .map(|(name, screen)| {
            let app = App::showing(Screen::SignIn(screen), &wish(reader), size);
            let shot = draw(&app);
            let at = named(name, output, reader);
            assert_eq!(scan(&shot.image), [address], "{at}");
            assert!(shot.says("QTZL-MCBW"), "{at}");
            let side = shot.rects["qr"].width;
            let share = side / size.width.min(size.height);
            assert!(share >= token::QR_LEAST_SHARE, "{at}: {share}");
            side
        })
        .collect();
    assert!(sides[0] < sides[1], "{output:?} {reader:?}: {sides:?}");
}
