//! The screens behind the sign-in on the software renderer.

use std::path::PathBuf;

use iced::advanced::renderer::{Headless, Style};
use iced::advanced::widget::Operation;
use iced::advanced::{clipboard, mouse};
use iced::{Event, Pixels, Rectangle, Renderer, Size, window};
use iced_test::runtime::UserInterface;
use iced_test::runtime::user_interface::Cache;

use super::samples::{self, Sample};
use crate::app::theme::{FACES, Look, SANS};
use crate::app::widget::Chrome;
use crate::app::widget::named::Name;
use crate::config::{Screen, Theme};

const SIZES: [(f32, f32); 3] = [(1280.0, 720.0), (1920.0, 1080.0), (3840.0, 2160.0)];

struct Frame {
    size: Size,
    pixels: Vec<u8>,
    rects: Vec<(String, Rectangle)>,
}

fn chrome() -> Chrome {
    Chrome {
        title: "Acme TV".to_owned(),
        logo: None,
        clock: Some("20:15".to_owned()),
    }
}

fn renderer() -> Renderer {
    for face in FACES {
        iced_test::load_font(face).unwrap();
    }
    futures::executor::block_on(Renderer::new(SANS, Pixels(16.0), Some("tiny-skia"))).unwrap()
}

fn draw(sample: &Sample, look: &Look, renderer: &mut Renderer) -> Frame {
    let chrome = chrome();
    let size = look.window();
    let mut screen =
        UserInterface::build(sample.view(look, &chrome), size, Cache::default(), renderer);
    let mut messages = Vec::new();
    let redraw = Event::Window(window::Event::RedrawRequested(std::time::Instant::now()));
    let _ = screen.update(
        &[redraw],
        mouse::Cursor::Unavailable,
        renderer,
        &mut clipboard::Null,
        &mut messages,
    );
    screen.draw(
        renderer,
        &look.theme(),
        &Style {
            text_color: look.palette.text,
        },
        mouse::Cursor::Unavailable,
    );
    let mut names = Names(Vec::new());
    screen.operate(renderer, &mut names);
    let physical = Size::new(size.width as u32, size.height as u32);
    Frame {
        size,
        pixels: renderer.screenshot(physical, 1.0, look.palette.ground),
        rects: names.0,
    }
}

struct Names(Vec<(String, Rectangle)>);

impl Operation for Names {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(
        &mut self,
        _id: Option<&iced::advanced::widget::Id>,
        bounds: Rectangle,
        state: &mut dyn std::any::Any,
    ) {
        if let Some(name) = Name::of(state) {
            self.0.push((name.to_owned(), bounds));
        }
    }
}

impl Frame {
    fn pixel(&self, x: u32, y: u32) -> [u8; 4] {
        let start = ((y * self.size.width as u32 + x) * 4) as usize;
        [0, 1, 2, 3].map(|channel| self.pixels[start + channel])
    }

    /// Keeps the picture where `VESTIBULE_GALLERY` says, for people to look at.
    fn keep(&self, name: &str) {
        let Some(folder) = std::env::var_os("VESTIBULE_GALLERY").map(PathBuf::from) else {
            return;
        };
        std::fs::create_dir_all(&folder).unwrap();
        let (width, height) = (self.size.width as u32, self.size.height as u32);
        image::save_buffer(
            folder.join(format!("{name}-{height}.png")),
            &self.pixels,
            width,
            height,
            image::ExtendedColorType::Rgba8,
        )
        .unwrap();
    }
}

#[test]
fn nothing_needed_stands_outside_the_safe_area() {
    let mut renderer = renderer();
    for (width, height) in SIZES {
        for text_scale in [1.0, 1.3] {
            let screen = Screen {
                text_scale,
                ..Screen::default()
            };
            let look = Look::new(&screen, Size::new(width, height));
            let margin = look.safe_margin();
            let ground = look.palette.ground.into_rgba8();
            for sample in samples::all(&look) {
                let frame = draw(&sample, &look, &mut renderer);
                let name = format!("{}@{text_scale}", sample.name);
                frame.keep(&name);
                for (part, place) in &frame.rects {
                    assert!(
                        place.x >= margin.left - 1.0
                            && place.y >= margin.top - 1.0
                            && place.x + place.width <= width - margin.right + 1.0
                            && place.y + place.height <= height - margin.bottom + 1.0,
                        "{name} at {width}: {part} {place:?}"
                    );
                }
                // Only pictures of rows that go on may be seen beyond, and nothing above.
                for x in (0..width as u32).step_by(3) {
                    for y in (0..margin.top as u32).step_by(2) {
                        assert_eq!(frame.pixel(x, y), ground, "{name} at {width}: {x} {y}");
                    }
                }
                if !sample.name.starts_with("home") {
                    for y in (0..height as u32).step_by(3) {
                        for x in [margin.left as u32 - 1, (width - margin.right) as u32 + 1] {
                            assert_eq!(frame.pixel(x, y), ground, "{name} at {width}: {x} {y}");
                        }
                    }
                    for x in (0..width as u32).step_by(3) {
                        let y = (height - margin.bottom) as u32 + 1;
                        assert_eq!(frame.pixel(x, y), ground, "{name} at {width}: {x} {y}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_other_themes_draw_too() {
    let mut renderer = renderer();
    for (theme, called) in [(Theme::Light, "light"), (Theme::HighContrast, "contrast")] {
        let screen = Screen {
            theme,
            ..Screen::default()
        };
        let look = Look::new(&screen, Size::new(1920.0, 1080.0));
        for sample in samples::all(&look) {
            let frame = draw(&sample, &look, &mut renderer);
            frame.keep(&format!("{}@{called}", sample.name));
            assert_eq!(frame.pixel(2, 2), look.palette.ground.into_rgba8());
        }
    }
}
