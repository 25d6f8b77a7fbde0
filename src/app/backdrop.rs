//! What stands behind the first screens: a picture of the owner's, or one drawn from accent and title.
//!
//! It is drawn away from the loop that draws, once for a size of the window and its colours, when the first picture of the
//! program is on the screen: neither that nor a code waits for it. It is let go of with the last screen that stands before
//! it, and the code itself never does: of memory it takes four bytes a pixel, at most [`MOST_PIXELS`] of them.
//!
//! [`generated`] has the drawing, [`owners`] the owner's picture, [`dither`] what keeps both from bands of colour.

mod dither;
mod generated;
mod owners;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use iced::task;
use iced::widget::image::Handle;
use iced::{Color, Point, Rectangle, Size, Task};

use super::theme::{Look, Palette};
use crate::config::{self, Theme};
use crate::host::panics;

/// Pixels that a backdrop has at most. In a larger window each of them stands for several.
const MOST_PIXELS: f32 = 3_000_000.0;
/// Side of the squares that it is cut into: only those are drawn anew that something changes before.
const TILE: u32 = 128;

/// The backdrop as it is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    size: Size,
    palette: Palette,
    /// Where the light stands, in shares of the window.
    light: Point,
    source: Source,
}

#[derive(Debug, Clone, PartialEq)]
enum Source {
    /// From the accent and this title.
    Generated(String),
    /// The picture in this file.
    Owners(PathBuf),
}

impl Wish {
    /// What the owner of `screen` wants; nothing where that is no backdrop.
    pub fn of(screen: &config::Screen, look: &Look) -> Option<Self> {
        // What has the most contrast there is stands on nothing else than black.
        if screen.theme == Theme::HighContrast {
            return None;
        }
        let source = match &screen.backdrop {
            config::Backdrop::None => return None,
            config::Backdrop::Generated => Source::Generated(screen.title.clone()),
            config::Backdrop::Picture(file) => Source::Owners(file.clone()),
        };
        Some(Self {
            size: look.window(),
            palette: look.palette,
            light: light(look),
            source,
        })
    }

    /// How many pixels of the window one of the backdrop's is, along each side.
    fn step(&self) -> u32 {
        let all = self.size.width * self.size.height;
        (all / MOST_PIXELS).sqrt().ceil().max(1.0) as u32
    }

    /// Size in pixels of its own.
    fn pixels(&self) -> (u32, u32) {
        let step = self.step() as f32;
        let side = |length: f32| (length / step).ceil().max(1.0) as u32;
        (side(self.size.width), side(self.size.height))
    }

    /// Draws it. This takes some hundredths of a second.
    fn draw(&self) -> Result<Backdrop, String> {
        let (width, height) = self.pixels();
        let tiles = match &self.source {
            Source::Generated(title) => {
                let field =
                    generated::Field::new(&self.palette, title, self.light, (width, height));
                cut(width, height, |x, y, row| field.fill(x, y, row))
            }
            Source::Owners(file) => {
                let picture = owners::read(file, (width, height))?;
                let dimmed = owners::Dimmed::new(&self.palette, &picture);
                cut(width, height, |x, y, row| {
                    for (x, pixel) in (x..).zip(row.as_chunks_mut().0) {
                        let levels = dimmed.of(picture.get_pixel(x, y).0);
                        *pixel = dither::dithered(levels, x, y);
                    }
                })
            }
        };
        Ok(Backdrop {
            tiles: tiles
                .into_iter()
                .map(|tile| tile.shown(self.step()))
                .collect(),
            wish: self.clone(),
        })
    }
}

/// Where the face of a screen stands, around which it is lightest.
fn light(look: &Look) -> Point {
    if look.is_on_end() {
        return Point::new(0.5, 0.3);
    }
    let across = 0.8;
    Point::new(
        if look.right_to_left() {
            1.0 - across
        } else {
            across
        },
        0.5,
    )
}

/// Whether every word can be read on a colour, also where it is a level further from the ground for [`dither`]'s sake.
fn is_readable(palette: &Palette, color: Color) -> bool {
    let level = if palette.is_dark() { 1.0 } else { -1.0 } / 255.0;
    let [red, green, blue] = [color.r, color.g, color.b].map(|channel| channel + level);
    palette.can_be_read_on(Color::from_rgb(
        red.clamp(0.0, 1.0),
        green.clamp(0.0, 1.0),
        blue.clamp(0.0, 1.0),
    ))
}

/// A square of a backdrop.
struct Tile {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl Tile {
    fn shown(self, step: u32) -> (Rectangle, Handle) {
        let length = |pixels: u32| (pixels * step) as f32;
        let place = Rectangle::new(
            Point::new(length(self.x), length(self.y)),
            Size::new(length(self.width), length(self.height)),
        );
        let handle = Handle::from_rgba(self.width, self.height, self.pixels);
        (place, handle)
    }
}

/// The squares of a picture of this size; `fill` draws a row of one, from a place on.
fn cut(width: u32, height: u32, fill: impl Fn(u32, u32, &mut [u8])) -> Vec<Tile> {
    let starts = |length: u32| (0..length).step_by(TILE as usize);
    let places = starts(height).flat_map(|y| starts(width).map(move |x| (x, y)));
    let tiles = places.map(|(x, y)| {
        let (wide, high) = (TILE.min(width - x), TILE.min(height - y));
        let mut pixels = vec![0; 4 * (wide * high) as usize];
        for (y, row) in (y..).zip(pixels.chunks_exact_mut(4 * wide as usize)) {
            fill(x, y, row);
        }
        Tile {
            x,
            y,
            width: wide,
            height: high,
            pixels,
        }
    });
    tiles.collect()
}

/// A backdrop that is drawn.
#[derive(Debug, Clone)]
pub struct Backdrop {
    /// Each square, and its place in the window.
    pub tiles: Vec<(Rectangle, Handle)>,
    wish: Wish,
}

/// What is behind the screen that is on.
#[derive(Debug, Default)]
pub struct BackdropState {
    wish: Option<Wish>,
    drawn: Option<Backdrop>,
    /// Dropping it forgets what is being drawn.
    work: Option<task::Handle>,
}

impl BackdropState {
    /// Follows what is wanted now: what is wanted no more is let go of, what is new is drawn.
    pub fn follow(&mut self, wish: Option<Wish>) -> Task<Result<Box<Backdrop>, String>> {
        // None may still be drawn that is wished for no longer.
        if wish == self.wish && (wish.is_some() || self.drawn.is_none()) {
            return Task::none();
        }
        self.drawn = None;
        self.work = None;
        self.wish.clone_from(&wish);
        let Some(wish) = wish else {
            return Task::none();
        };
        let drawing = panics::contained((), move || wish.draw());
        let drawing = Task::perform(drawing, |drawn| drawn.and_then(|drawn| drawn).map(Box::new));
        let (task, work) = drawing.abortable();
        self.work = Some(work.abort_on_drop());
        task
    }

    /// One has been drawn, or cannot be.
    pub fn drawn(&mut self, drawn: Result<Box<Backdrop>, String>) {
        match drawn {
            Ok(drawn) => {
                if self.wish.as_ref() == Some(&drawn.wish) {
                    self.drawn = Some(*drawn);
                }
            }
            Err(error) => tracing::warn!(%error, "no backdrop"),
        }
    }

    /// Its file may have another content: it is read again.
    pub fn reread(&mut self) {
        self.wish = None;
    }

    /// The backdrop, where there is one for a window of this size.
    pub fn shown(&self, window: Size) -> Option<&Backdrop> {
        self.drawn
            .as_ref()
            .filter(|drawn| drawn.wish.size == window)
    }

    /// Has it drawn at once.
    #[cfg(test)]
    pub fn at_once(&mut self, wish: Option<Wish>) {
        self.drawn = wish.as_ref().map(|wish| wish.draw().unwrap());
        self.wish = wish;
    }
}
