//! One frame on the software renderer, as the window draws it: what changed since the last frame, and that
//! alone.

// What cannot go on should stop where it is.
#![allow(clippy::unwrap_used)]

use crate::app::theme::{Look, SANS};
use iced::advanced::renderer::{Headless, Style};
use iced::{Element, Pixels, Rectangle, Renderer, Size, mouse};
use iced_runtime::user_interface::{Cache, UserInterface};
use iced_tiny_skia::Layer;
use iced_tiny_skia::graphics::{Viewport, damage};
use resvg::tiny_skia::{Mask, PixmapMut};

/// A surface that remembers what is on it.
pub struct Surface {
    renderer: Renderer,
    cache: Cache,
    /// What is on it: blue, green, red and opacity, as the window system takes them.
    pub pixels: Vec<u8>,
    mask: Mask,
    shown: Vec<Layer>,
}

impl Surface {
    /// An empty one, of the size of the window.
    pub fn new(look: &Look) -> Self {
        let renderer = <Renderer as Headless>::new(SANS, Pixels(16.0), Some("tiny-skia"));
        let (width, height) = size(look);
        Self {
            renderer: futures::executor::block_on(renderer).unwrap(),
            cache: Cache::default(),
            pixels: vec![0; width as usize * height as usize * 4],
            mask: Mask::new(width, height).unwrap(),
            shown: Vec::new(),
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
        let window = Rectangle::with_size(look.window());
        let layers = software(&mut self.renderer).layers().to_vec();
        let changed = if self.shown.is_empty() {
            vec![window]
        } else {
            let whole = |layer: &Layer| vec![layer_bounds(layer)];
            damage::diff(&self.shown, &layers, whole, Layer::damage)
        };
        let changed = damage::group(changed, window);
        let mut pixels = std::mem::take(&mut self.pixels);
        self.paint_parts(&mut pixels, &changed, look);
        self.pixels = pixels;
        self.shown = layers;
        let area: f32 = changed.iter().map(Rectangle::area).sum();
        area / window.area()
    }

    /// Paints these parts of what was listed last onto the pixels of a window.
    pub fn paint_parts(&mut self, pixels: &mut [u8], parts: &[Rectangle], look: &Look) {
        let (width, height) = size(look);
        let viewport = Viewport::with_physical_size(Size::new(width, height), 1.0);
        let mut pixels = PixmapMut::from_bytes(pixels, width, height).unwrap();
        software(&mut self.renderer).draw(
            &mut pixels,
            &mut self.mask,
            &viewport,
            parts,
            look.palette.ground,
        );
    }
}

fn size(look: &Look) -> (u32, u32) {
    let size = look.window();
    (size.width as u32, size.height as u32)
}

fn layer_bounds(_: &Layer) -> Rectangle {
    Rectangle::with_size(Size::INFINITE)
}

#[cfg(feature = "gpu")]
fn software(renderer: &mut Renderer) -> &mut iced_tiny_skia::Renderer {
    match renderer {
        Renderer::Secondary(software) => software,
        Renderer::Primary(_) => unreachable!("asked for tiny-skia"),
    }
}

#[cfg(not(feature = "gpu"))]
fn software(renderer: &mut Renderer) -> &mut iced_tiny_skia::Renderer {
    renderer
}
