//! Puts frames of the software renderer on a window.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use iced::advanced::graphics::compositor::{self, Information, SurfaceError};
use iced::advanced::graphics::error::Reason;
use iced::advanced::graphics::{Error, Settings, Shell, Viewport};
use iced::{Color, Font, Pixels, Rectangle, Size, Vector};
use iced_tiny_skia::Layer;
use resvg::tiny_skia::{Mask, PixmapMut};
use winit::raw_window_handle::RawDisplayHandle;

use super::changes::changes;
use super::mark::{Mark, marks};
use super::parts::{Part, area, grouped};
use super::scroll::{Scroll, move_pixels, scroll};
use super::software::SoftwareRenderer;
use crate::host::renderer::NO_SURFACE;

type Display = Box<dyn compositor::Display>;
type Window = Box<dyn compositor::Window>;

/// An X server keeps nothing of what another window covered. That it was uncovered is told by a frame of which nothing is
/// new, or not at all where something is: so often it gets all of the window.
const WHOLE_AGAIN: Duration = Duration::from_secs(1);
/// A pixel that is moved costs this share of one that is painted, or less.
const MOVED: u64 = 8;
/// Below this share of the window nobody looks for what has scrolled.
const LITTLE: u64 = 16;

/// As many frames are kept before a window system has handed an older buffer back: most have this many.
const BUFFERS: u8 = 2;
/// A compositor that draws the window smaller or larger reads pixels beside those that are new.
const BESIDE: u32 = 2;

/// Opens surfaces for windows.
pub struct Compositor {
    context: softbuffer::Context<Display>,
    /// Whether windows are those of an X server.
    is_x11: bool,
    font: Font,
    text_size: Pixels,
}

/// What a window shows.
pub struct Surface {
    window: softbuffer::Surface<Display, Window>,
    painter: Painter,
    /// When the X server got all of it last.
    whole: Option<Instant>,
}

impl compositor::Compositor for Compositor {
    type Renderer = SoftwareRenderer;
    type Surface = Surface;

    async fn with_backend(
        settings: Settings,
        display: impl compositor::Display + Clone,
        _window: impl compositor::Window + Clone,
        _shell: Shell,
        backend: Option<&str>,
    ) -> Result<Self, Error> {
        let failed = |reason| Error::GraphicsAdapterNotFound {
            backend: "tiny-skia",
            reason,
        };
        if let Some(other) = backend.filter(|name| !["tiny-skia", "tiny_skia"].contains(name)) {
            let preferred_backend = other.to_owned();
            return Err(failed(Reason::DidNotMatch { preferred_backend }));
        }
        let handle = display.display_handle().map(|handle| handle.as_raw());
        let is_x11 = matches!(
            handle,
            Ok(RawDisplayHandle::Xlib(_) | RawDisplayHandle::Xcb(_))
        );
        let context = softbuffer::Context::new(Box::new(display) as Display)
            .map_err(|error| failed(Reason::RequestFailed(error.to_string())))?;
        Ok(Self {
            context,
            is_x11,
            font: settings.default_font,
            text_size: settings.default_text_size,
        })
    }

    fn create_renderer(&self) -> SoftwareRenderer {
        SoftwareRenderer::new(self.font, self.text_size)
    }

    fn create_surface<W: compositor::Window + Clone>(
        &mut self,
        window: W,
        width: u32,
        height: u32,
    ) -> Surface {
        // There is no other way to tell iced.
        #[allow(clippy::panic)]
        let window = softbuffer::Surface::new(&self.context, Box::new(window) as Window)
            .unwrap_or_else(|error| panic!("{NO_SURFACE}: {error}"));
        let mut surface = Surface {
            window,
            painter: Painter::new(Size::new(width, height)),
            whole: None,
        };
        self.configure_surface(&mut surface, width, height);
        surface
    }

    fn configure_surface(&mut self, surface: &mut Surface, width: u32, height: u32) {
        let (Some(columns), Some(rows)) = (NonZeroU32::new(width), NonZeroU32::new(height)) else {
            return;
        };
        // There is no other way to tell iced.
        #[allow(clippy::panic)]
        surface
            .window
            .resize(columns, rows)
            .unwrap_or_else(|error| panic!("{NO_SURFACE}: {error}"));
        surface.painter = Painter::new(Size::new(width, height));
        surface.whole = None;
    }

    fn information(&self) -> Information {
        Information {
            adapter: "CPU".to_owned(),
            backend: "tiny-skia".to_owned(),
        }
    }

    fn present(
        &mut self,
        renderer: &mut SoftwareRenderer,
        surface: &mut Surface,
        viewport: &Viewport,
        ground: Color,
        on_pre_present: impl FnOnce(),
    ) -> Result<(), SurfaceError> {
        let Surface {
            window,
            painter,
            whole,
        } = surface;
        let mut buffer = window.buffer_mut().map_err(|_| SurfaceError::Lost)?;
        let age = buffer.age();
        let painted = painter.paint(renderer, &mut buffer, viewport, ground, age);
        let (parts, layers) = (painted.parts, painter.layers());
        tracing::trace!(share = painted.share, parts, layers, "painted");
        let mut new = painted.new;
        let all = Part::whole(viewport.physical_size());
        if self.is_x11 {
            let now = Instant::now();
            let is_due = whole.is_none_or(|last| now.duration_since(last) >= WHOLE_AGAIN);
            // What is new is seen first.
            if new.is_empty() || is_due {
                new.push(all);
                *whole = Some(now);
            }
        } else {
            let size = viewport.physical_size();
            for part in &mut new {
                *part = part.grown(BESIDE, size);
            }
            if new.is_empty() {
                // A frame of which nothing is new would not be answered by every compositor.
                new.push(Part {
                    width: 1,
                    height: 1,
                    ..all
                });
            }
        }
        let new: Vec<_> = new.into_iter().filter_map(rect).collect();
        on_pre_present();
        buffer
            .present_with_damage(&new)
            .map_err(|_| SurfaceError::Lost)
    }

    fn screenshot(
        &mut self,
        renderer: &mut SoftwareRenderer,
        viewport: &Viewport,
        ground: Color,
    ) -> Vec<u8> {
        iced_tiny_skia::window::compositor::screenshot(renderer.painter(), viewport, ground)
    }
}

fn rect(part: Part) -> Option<softbuffer::Rect> {
    Some(softbuffer::Rect {
        x: part.x,
        y: part.y,
        width: NonZeroU32::new(part.width)?,
        height: NonZeroU32::new(part.height)?,
    })
}

/// Paints what is new of a frame upon what is left of an earlier one.
#[derive(Debug)]
pub struct Painter {
    size: Size<u32>,
    mask: Option<Mask>,
    /// What was painted, the last first.
    shown: VecDeque<Frame>,
    /// The oldest buffer that was ever handed back.
    oldest: u8,
}

#[derive(Debug)]
struct Frame {
    layers: Vec<Layer>,
    ground: Color,
    scale: f32,
}

/// What was done for a frame.
#[derive(Debug)]
pub struct Painted {
    /// What is new since the frame before.
    pub(super) new: Vec<Part>,
    /// The share of the window that was painted and not moved.
    pub share: f32,
    /// In how many parts it was painted.
    pub parts: usize,
}

/// What is to be done to make one frame out of another.
#[derive(Debug, Default)]
struct Repaint {
    scroll: Option<Scroll>,
    parts: Vec<Part>,
}

#[cfg(test)]
impl Painted {
    /// Whether a pixel is in a part that is new.
    pub fn is_new(&self, x: u32, y: u32) -> bool {
        let pixel = Part {
            x,
            y,
            width: 1,
            height: 1,
        };
        self.new
            .iter()
            .any(|part| part.intersection(pixel).is_some())
    }
}

impl Painter {
    /// For a window of this size in pixels.
    pub fn new(size: Size<u32>) -> Self {
        Self {
            size,
            mask: Mask::new(size.width, size.height),
            shown: VecDeque::new(),
            oldest: 0,
        }
    }

    /// Paints what the renderer has been told onto pixels that show what was painted `age` frames ago; nobody knows what
    /// they show where it is 0.
    pub fn paint(
        &mut self,
        renderer: &mut SoftwareRenderer,
        pixels: &mut [u32],
        viewport: &Viewport,
        ground: Color,
        age: u8,
    ) -> Painted {
        let frame = Frame {
            layers: renderer.layers().to_vec(),
            ground,
            scale: viewport.scale_factor(),
        };
        self.oldest = self.oldest.max(age);
        let before = age
            .checked_sub(1)
            .and_then(|age| self.shown.get(age.into()));
        let repaint = self.repaint(before, &frame);
        let new = match age {
            1 => repaint.touched(),
            _ => self.repaint(self.shown.front(), &frame).touched(),
        };
        if let Some(scroll) = repaint.scroll {
            move_pixels(pixels, self.size.width, scroll);
        }
        let bytes = bytemuck::cast_slice_mut(pixels);
        let pixels = PixmapMut::from_bytes(bytes, self.size.width, self.size.height);
        if let (Some(mut pixels), Some(mask)) = (pixels, &mut self.mask)
            && !repaint.parts.is_empty()
        {
            let places: Vec<_> = repaint
                .parts
                .iter()
                .map(|part| part.open_place(self.size, frame.scale))
                .collect();
            renderer
                .painter()
                .draw(&mut pixels, mask, viewport, &places, ground);
        }
        self.shown.push_front(frame);
        self.shown.truncate(self.oldest.max(BUFFERS).into());
        Painted {
            new,
            parts: repaint.parts.len(),
            share: area(&repaint.parts) as f32 / area(&[Part::whole(self.size)]) as f32,
        }
    }

    fn layers(&self) -> usize {
        self.shown.front().map_or(0, |frame| frame.layers.len())
    }

    fn repaint(&self, before: Option<&Frame>, after: &Frame) -> Repaint {
        let all = Part::whole(self.size);
        let like = |before: &&Frame| before.ground == after.ground && before.scale == after.scale;
        let Some(before) = before.filter(like) else {
            return Repaint {
                scroll: None,
                parts: vec![all],
            };
        };
        let scale = after.scale;
        let window = all.place(scale);
        let before = marks(&before.layers, window);
        let after = marks(&after.layers, window);
        let around = |places: Vec<Rectangle>| {
            places
                .into_iter()
                .filter_map(move |place| Part::around(place, scale))
        };
        let changed = changes(&before, Vector::ZERO, &after, window).changed;
        let plain = grouped(around(changed), self.size);
        let plain = Repaint {
            scroll: None,
            parts: plain,
        };
        if area(&plain.parts) < area(&[all]) / LITTLE {
            return plain;
        }
        let Some(scroll) = scroll(&before, &after, self.size, scale) else {
            return plain;
        };
        let place = scroll.to.place(scale);
        let moved = Vector::new(scroll.by.0 as f32, scroll.by.1 as f32) * (1.0 / scale);
        let within = changes(&before, moved, &after, place).changed;
        let outside = |mark: &&Mark<'_>| !mark.seen.is_within(&place);
        let before_outside: Vec<_> = before.iter().filter(outside).copied().collect();
        let after_outside: Vec<_> = after.iter().filter(outside).copied().collect();
        let without = changes(&before_outside, Vector::ZERO, &after_outside, window).changed;
        let without = around(without).flat_map(|part| part.without(scroll.to));
        let parts = grouped(around(within).chain(without), self.size);
        if area(&parts) + area(&[scroll.to]) / MOVED < area(&plain.parts) {
            Repaint {
                scroll: Some(scroll),
                parts,
            }
        } else {
            plain
        }
    }
}

impl Repaint {
    /// All that is new of the window.
    fn touched(&self) -> Vec<Part> {
        let mut parts = self.parts.clone();
        parts.extend(self.scroll.map(|scroll| scroll.to));
        parts
    }
}
