//! Every screen on the outputs that boxes have besides televisions: small panels, 4:3 and 5:4, very wide ones, and those
//! that stand on end. To look at: `GALLERY=folder OUTPUTS=1080x1920,800x480`, with `GALLERY_ONLY` as everywhere.

use super::tests::{against_the_rules, assert_inside_the_safe_area, overlapping};
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

/// The outputs that are looked at, and whether pictures are wanted.
fn outputs() -> Vec<(u32, u32)> {
    let wanted = std::env::var("OUTPUTS").ok();
    let is_wanted = |(width, height): &(u32, u32)| {
        let name = format!("{width}x{height}");
        wanted
            .as_ref()
            .is_none_or(|wanted| wanted.split(',').any(|wanted| wanted == name))
    };
    OUTPUTS.into_iter().filter(is_wanted).collect()
}

/// A language, and how large its reader wants text.
type Reader = (&'static str, f32);

const READERS: [Reader; 4] = [("en", 1.0), ("de", 1.3), ("ar", 1.3), ("uk", 1.15)];

/// Outputs with the readers for whom there is least room: what a usual run looks at.
const NARROWEST: [((u32, u32), Reader); 4] = [
    ((480, 800), ("de", 1.3)),
    ((800, 480), ("ar", 1.3)),
    ((1080, 1920), ("uk", 1.3)),
    ((3840, 1080), ("en", 1.0)),
];

/// Every output with every reader.
fn all() -> Vec<((u32, u32), Reader)> {
    let with_readers = |output| READERS.map(|reader| (output, reader));
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

/// What is wrong where, by the rules that can be told without drawing.
fn found(context: &Context, outputs: &[((u32, u32), Reader)]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (output, reader) in outputs {
        i18n::choose(reader.0);
        for (name, app) in shown(context, &wish(*reader), size_of(*output)) {
            let all = against_the_rules(&app)
                .into_iter()
                .chain(overlapping(&lay_out(&app).1));
            wrong.extend(all.map(|what| format!("{}: {what}", named(&name, *output, *reader))));
        }
    }
    i18n::choose("en");
    wrong
}

fn named(name: &str, (width, height): (u32, u32), (language, _): Reader) -> String {
    format!("{name}-{language}-{width}x{height}")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_stands_on_the_narrowest_outputs() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = found(&context(folder.path()), &NARROWEST);
    assert!(wrong.is_empty(), "{wrong:#?}");
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
    let few: Vec<_> = wrong.iter().take(100).collect();
    assert!(wrong.is_empty(), "{} in all: {few:#?}", wrong.len());
}

/// Pictures to look at, and on small panels what leaves the safe area in them.
fn keep_all(context: &Context, output: (u32, u32), reader: Reader) {
    i18n::choose(reader.0);
    let (wish, size) = (wish(reader), size_of(output));
    for (name, app) in shown(context, &wish, size) {
        let name = named(&name, output, reader);
        if wanted(&name) {
            keep(&name, &draw(&app));
        }
    }
    let look = Look::new(&wish, size, i18n::language());
    let chrome = Chrome {
        title: "Acme TV".to_owned(),
        logo: None,
        clock: Some("20:15".to_owned()),
        ..Chrome::default()
    };
    for sample in samples::all(&look) {
        let name = named(sample.name, output, reader);
        if wanted(&name) {
            keep(&name, &shoot(sample.view(&look, &chrome), &look));
        }
    }
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
