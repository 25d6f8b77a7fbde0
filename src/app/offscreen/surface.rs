//! One frame on the software renderer, as the window draws it: what changed since the last frame, and that
//! alone.

// What cannot go on should stop where it is.
#![allow(clippy::unwrap_used)]

use crate::app::renderer::{Element, Painter, Renderer, software};
use crate::app::theme::{Look, SANS};
use iced::advanced::graphics::Viewport;
use iced::advanced::renderer::{Headless, Style};
use iced::{Pixels, Size, mouse};
use iced_runtime::user_interface::{Cache, UserInterface};

/// A surface that remembers what is on it.
pub struct Surface {
    renderer: Renderer,
    cache: Cache,
    /// What is on it: opacity, red, green and blue, from the highest byte to the lowest, as the window system takes them.
    pub pixels: Vec<u32>,
    is_blank: bool,
    painter: Painter,
}

impl Surface {
    /// An empty one, of the size of the window.
    pub fn new(look: &Look) -> Self {
        let renderer = <Renderer as Headless>::new(SANS, Pixels(16.0), Some("tiny-skia"));
        let size = size(look);
        Self {
            renderer: futures::executor::block_on(renderer).unwrap(),
            cache: Cache::default(),
            pixels: vec![0; size.width as usize * size.height as usize],
            is_blank: true,
            painter: Painter::new(size),
        }
    }

    /// Lays a view out, the same as the window does after every message.
    pub fn lay<'a, Message>(
        &mut self,
        view: Element<'a, Message>,
        look: &Look,
    ) -> UserInterface<'a, Message, iced::Theme, Renderer> {
        let cache = std::mem::take(&mut self.cache);
        UserInterface::build(view, look.window(), cache, &mut self.renderer)
    }

    /// Draws what was laid out into a list.
    pub fn list<Message>(
        &mut self,
        mut interface: UserInterface<'_, Message, iced::Theme, Renderer>,
        look: &Look,
    ) {
        let style = Style {
            text_color: look.palette.text,
        };
        interface.draw(
            &mut self.renderer,
            &look.theme(),
            &style,
            mouse::Cursor::Unavailable,
        );
        self.cache = interface.into_cache();
    }

    /// Paints what changed. Returns the share of the window that did.
    pub fn paint(&mut self, look: &Look) -> f32 {
        let age = u8::from(!std::mem::replace(&mut self.is_blank, false));
        let mut painted = std::mem::take(&mut self.pixels);
        let share = self.paint_onto(&mut painted, age, look);
        self.pixels = painted;
        share
    }

    /// Paints what was listed last anew, onto the pixels of another window.
    pub fn paint_anew(&mut self, pixels: &mut [u32], look: &Look) {
        let painter = Painter::new(size(look));
        let painter = std::mem::replace(&mut self.painter, painter);
        let _ = self.paint_onto(pixels, 0, look);
        self.painter = painter;
    }

    fn paint_onto(&mut self, pixels: &mut [u32], age: u8, look: &Look) -> f32 {
        let size = size(look);
        let viewport = Viewport::with_physical_size(size, 1.0);
        let renderer = software(&mut self.renderer).unwrap();
        let painted = self
            .painter
            .paint(renderer, pixels, &viewport, look.palette.ground, age);
        painted.share
    }
}

fn size(look: &Look) -> Size<u32> {
    let size = look.window();
    Size::new(size.width as u32, size.height as u32)
}
