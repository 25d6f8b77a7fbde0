//! A window is painted only where it changed. What is on it then must be what a window that is painted anew shows.

use super::*;
use frame::Surface;

#[path = "../../../benches/screen/frame.rs"]
#[allow(dead_code, reason = "the bench uses more of it")]
mod frame;

/// Puts one screen after the other into a window, and returns what it did not show whole.
fn walk(apps: &[(String, App)]) -> Vec<String> {
    let mut window = Surface::new(apps[0].1.look());
    let mut wrong = Vec::new();
    let mut before = "nothing";
    for (name, app) in apps {
        let whole = draw(app);
        show(&mut window, app);
        let image = window.image();
        let off = differing(&image, &whole.image);
        if off > 0 {
            wrong.push(format!("{name} after {before}: {off} pixels"));
            keep(&format!("repaint-{name}-after-{before}-whole"), &whole);
            let shown = Shot { image, ..whole };
            keep(&format!("repaint-{name}-after-{before}"), &shown);
            // What is wrong stays so until it is painted over: the next screen begins anew.
            window = Surface::new(app.look());
            show(&mut window, app);
        }
        before = name;
    }
    wrong
}

fn show(window: &mut Surface, app: &App) {
    let look = app.look();
    let interface = window.lay(app.view(), look);
    window.list(interface, look);
    let _ = window.paint(look);
}

/// Pixels that are clearly not the same.
fn differing(one: &RgbaImage, other: &RgbaImage) -> usize {
    let apart = |(one, other): (&u8, &u8)| one.abs_diff(*other) > 24;
    one.pixels()
        .zip(other.pixels())
        .filter(|(one, other)| one.0.iter().zip(&other.0).any(apart))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_that_follows_another_is_painted_whole() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let mut apps = everything(&context, &config().screen, SIZES[0]);
    let mut wrong = walk(&apps);
    apps.reverse();
    wrong.extend(walk(&apps));
    assert!(
        wrong.is_empty(),
        "{} of {}: {wrong:#?}",
        wrong.len(),
        2 * apps.len()
    );
}
