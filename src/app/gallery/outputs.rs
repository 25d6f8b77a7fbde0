//! Every screen on the outputs that boxes have besides televisions: small panels, 4:3 and 5:4, very wide ones, and those
//! that stand on end. To look at: `GALLERY=folder OUTPUTS=1080x1920,800x480`, with `GALLERY_ONLY` as everywhere.

use super::tests::{against_the_rules, overlapping};
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

/// Readers: a language, and how large they want text.
const READERS: [(&str, f32); 4] = [("en", 1.0), ("de", 1.3), ("ar", 1.3), ("uk", 1.15)];

#[tokio::test(flavor = "multi_thread")]
#[ignore = "draws for minutes: to look at what was changed, by hand"]
async fn every_screen_stands_on_every_output() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let mut wrong = Vec::new();
    let pictures = std::env::var_os("GALLERY").is_some();
    for (width, height) in outputs() {
        let size = Size::new(width as f32, height as f32);
        for (language, text_scale) in READERS {
            i18n::choose(language);
            let theme = match language {
                "ar" => config::Theme::HighContrast,
                "uk" => config::Theme::Light,
                _ => config::Theme::Dark,
            };
            let wish = config::Screen {
                text_scale,
                theme,
                ..config().screen
            };
            let mut apps = everything(&context, &wish, size);
            for (name, screen) in diagnostics::samples::all() {
                let mut app = App::showing(Screen::default(), &wish, size);
                app.over(screen);
                apps.push((format!("diagnostics_{name}"), app));
            }
            for (name, app) in apps {
                let name = format!("{name}-{language}-{width}x{height}");
                if pictures && wanted(&name) {
                    keep(&name, &draw(&app));
                }
                wrong.extend(
                    against_the_rules(&app)
                        .into_iter()
                        .chain(overlapping(&lay_out(&app).1))
                        .map(|what| format!("{name}: {what}")),
                );
            }
            let look = Look::new(&wish, size, i18n::language());
            let chrome = Chrome {
                title: "Acme TV".to_owned(),
                logo: None,
                clock: Some("20:15".to_owned()),
            };
            if !pictures {
                continue;
            }
            for sample in samples::all(&look) {
                let name = format!("{}-{language}-{width}x{height}", sample.name);
                if wanted(&name) {
                    keep(&name, &shoot(sample.view(&look, &chrome), &look));
                }
            }
        }
    }
    i18n::choose("en");
    let few: Vec<_> = wrong.iter().take(60).collect();
    assert!(wrong.is_empty(), "{} in all: {few:#?}", wrong.len());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "draws for minutes: to look at what was changed, by hand"]
async fn phones_read_the_code_on_every_output() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let address = "https://acme.eu.auth0.com/activate?user_code=QTZL-MCBW";
    for (width, height) in outputs() {
        let size = Size::new(width as f32, height as f32);
        for (language, text_scale) in READERS {
            i18n::choose(language);
            let wish = config::Screen {
                text_scale,
                ..config().screen
            };
            let samples = sign_in::tests::samples::all(&context).into_iter();
            let mut sides = Vec::new();
            for (name, screen) in samples.filter(|(name, _)| matches!(*name, "waiting" | "bigger"))
            {
                let app = App::showing(Screen::SignIn(screen), &wish, size);
                let shot = draw(&app);
                let at = format!("{name} {language} {width}x{height}");
                assert_eq!(scan(&shot.image), [address], "{at}");
                assert!(shot.says("QTZL-MCBW"), "{at}");
                let side = shot.rects["qr"].width;
                let share = side / size.width.min(size.height);
                assert!(share >= token::QR_LEAST_SHARE, "{at}: {share}");
                sides.push(side);
            }
            assert!(
                sides[0] < sides[1],
                "{width}x{height} {language}: {sides:?}"
            );
        }
    }
    i18n::choose("en");
}
