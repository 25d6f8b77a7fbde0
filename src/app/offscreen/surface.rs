//! One frame on the software renderer, as the window draws it: what changed since the last frame, and that
//! alone.

// What cannot go on should stop where it is.
#![allow(clippy::unwrap_used)]

use std::collections::VecDeque;

use crate::app::renderer::{Element, Painted, Painter, Renderer, software};
use crate::app::theme::{Look, SANS};
use iced::advanced::graphics::Viewport;
use iced::advanced::renderer::{Headless, Style};
use iced::{Pixels, Size, mouse};
use iced_runtime::user_interface::{Cache, UserInterface};

/// A surface that remembers what is on it. As a window system does, it paints into several buffers in turn.
pub struct Surface {
    renderer: Renderer,
    cache: Cache,
    /// Opacity, red, green and blue, from the highest byte to the lowest, as the window system takes them; the last is the
    /// one that is shown.
    buffers: VecDeque<Vec<u32>>,
    /// How many of them nobody has painted into.
    blank: usize,
    painter: Painter,
}

impl Surface {
    /// An empty one of the size of the window, with so many buffers.
    pub fn new(buffers: usize, look: &Look) -> Self {
        let renderer = <Renderer as Headless>::new(SANS, Pixels(16.0), Some("tiny-skia"));
        let size = size(look);
        let blank = vec![0; size.width as usize * size.height as usize];
        Self {
            renderer: futures::executor::block_on(renderer).unwrap(),
            cache: Cache::default(),
            buffers: vec![blank; buffers].into(),
            blank: buffers,
            painter: Painter::new(size),
        }
    }

    /// What is on it.
    pub fn pixels(&self) -> &[u32] {
        self.buffers.back().unwrap()
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

    /// Paints what changed.
    pub fn paint(&mut self, look: &Look) -> Painted {
        let age = match self.blank {
            0 => self.buffers.len() as u8,
            _ => 0,
        };
        self.blank = self.blank.saturating_sub(1);
        let mut pixels = self.buffers.pop_front().unwrap();
        let painted = self.paint_onto(&mut pixels, age, look);
        self.buffers.push_back(pixels);
        painted
    }

    /// What was listed last, painted anew onto another window.
    pub fn painted_anew(&mut self, look: &Look) -> Vec<u32> {
        let painter = Painter::new(size(look));
        let painter = std::mem::replace(&mut self.painter, painter);
        let mut pixels = vec![0; self.pixels().len()];
        let _ = self.paint_onto(&mut pixels, 0, look);
        self.painter = painter;
        pixels
    }

    fn paint_onto(&mut self, pixels: &mut [u32], age: u8, look: &Look) -> Painted {
        let viewport = Viewport::with_physical_size(size(look), 1.0);
        let renderer = software(&mut self.renderer).unwrap();
        let ground = look.palette.ground;
        self.painter.paint(renderer, pixels, &viewport, ground, age)
    }
}

fn size(look: &Look) -> Size<u32> {
    let size = look.window();
    Size::new(size.width as u32, size.height as u32)
}
