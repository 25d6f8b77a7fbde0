//! A window is painted only where it changed. What is on it then must be what a window that is painted anew shows.

use super::*;
use crate::app::screen::diagnostics;
use crate::app::screen::home::samples;
use crate::app::widget::Chrome;
use frame::Surface;

#[path = "../../../benches/screen/frame.rs"]
mod frame;

/// Pixels at the edge of a part that is painted anew may be off a little.
const STRAY: usize = 8;

/// A window that shows one screen after the other.
struct Window {
    surface: Surface,
    before: String,
    /// What it did not show whole.
    wrong: Vec<String>,
}

impl Window {
    fn new(look: &Look) -> Self {
        Self {
            surface: Surface::new(look),
            before: "nothing".to_owned(),
            wrong: Vec::new(),
        }
    }

    fn show<'a, Message: 'a>(
        &mut self,
        name: &str,
        look: &Look,
        view: impl Fn() -> Element<'a, Message>,
    ) {
        let whole = shoot(view(), look);
        self.put(view(), look);
        let image = image_of(&self.surface, look);
        let off = differing(&image, &whole.image);
        if off > STRAY {
            let name = format!("repaint-{name}-after-{}", self.before);
            self.wrong.push(format!("{name}: {off} pixels"));
            keep(&format!("{name}-whole"), &whole);
            keep(&name, &Shot { image, ..whole });
            // What is wrong stays so until it is painted over: the next screen begins anew.
            self.surface = Surface::new(look);
            self.put(view(), look);
        }
        self.before = name.to_owned();
    }

    fn put<Message>(&mut self, view: Element<'_, Message>, look: &Look) {
        let interface = self.surface.lay(view, look);
        self.surface.list(interface, look);
        let _ = self.surface.paint(look);
    }
}

fn image_of(surface: &Surface, look: &Look) -> RgbaImage {
    let (width, height) = (look.window().width as u32, look.window().height as u32);
    let mut image = RgbaImage::from_raw(width, height, surface.pixels.clone()).unwrap();
    for pixel in image.pixels_mut() {
        pixel.0.swap(0, 2);
    }
    image
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_that_follows_another_is_painted_whole() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
    let wishes = config().screen;
    let mut apps = everything(&context, &wishes, SIZES[0]);
    for (name, screen) in diagnostics::samples::all() {
        let mut app = App::showing(Screen::nothing(), &wishes, SIZES[0]);
        app.over(screen);
        apps.push((format!("diagnostics_{name}"), app));
    }
    let mut window = Window::new(apps[0].1.look());
    for (name, app) in &apps {
        window.show(name, app.look(), || app.view());
    }
    // Another order has other neighbours.
    let mut step = 1;
    for _ in 0..apps.len() {
        let (name, app) = &apps[step % apps.len()];
        window.show(name, app.look(), || app.view());
        step += 7;
    }
    assert!(window.wrong.is_empty(), "{:#?}", window.wrong);
}

#[test]
fn what_is_signed_in_for_is_painted_whole() {
    let look = Look::new(&config().screen, SIZES[0]);
    let samples = samples::all(&look);
    let chrome = Chrome::default();
    let mut window = Window::new(&look);
    for sample in samples.iter().chain(samples.iter().rev()) {
        window.show(sample.name, &look, || sample.view(&look, &chrome));
    }
    assert!(window.wrong.is_empty(), "{:#?}", window.wrong);
}
