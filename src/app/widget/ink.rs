//! Text whose letters reach beyond their lines.
//!
//! The software renderer (iced_tiny_skia 0.14.1) takes a text to be where its lines are. What of a letter reaches
//! above, below or beside them (Arabic, stacked marks, Vietnamese capitals) is not cleared with the text, is not drawn
//! again when only that part of the window is, and is drawn upon itself when the text is and that part is not. Such a
//! text is drawn as a picture, which is where its pixels are.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::PoisonError;

use iced::advanced::graphics::text::cosmic_text::{
    CacheKey, FontSystem, Placement, SwashCache, SwashContent, SwashImage,
};
use iced::advanced::graphics::text::{Paragraph, font_system};
use iced::advanced::image::{self, FilterMethod, Renderer as _};
use iced::advanced::text::Renderer as _;
use iced::{Color, Point, Rectangle, Size};

use crate::app::renderer::Renderer;

/// Letters whose place is kept: more than a screen has, in every size and on every part of a pixel.
const MOST_LETTERS: usize = 8 * 1024;
/// A picture that was not wanted again while this many texts were drawn is forgotten.
const KEPT_FOR: u64 = 1_000;
/// How far inside of a pixel its middle must be for the renderer to take it as that, whatever it rounds.
const HAIR: f32 = 1.0 / 32.0;

/// A text that is drawn as a picture.
#[derive(Debug, Clone)]
struct Inked {
    handle: image::Handle,
    place: Rectangle,
    opacity: f32,
}

impl Inked {
    /// Draws it.
    fn draw(self, renderer: &mut Renderer, viewport: &Rectangle) {
        // Being measured keeps a picture ready while only other places are redrawn.
        let _ = renderer.measure_image(&self.handle);
        let picture = image::Image::new(self.handle)
            .filter_method(FilterMethod::Nearest)
            .opacity(self.opacity);
        renderer.draw_image(picture, self.place, *viewport);
    }
}

/// Draws a text whose corner is `at`.
pub(super) fn fill(
    renderer: &mut Renderer,
    paragraph: &Paragraph,
    at: Point,
    color: Color,
    viewport: &Rectangle,
) {
    match beyond(renderer, paragraph, at, color, viewport) {
        Some(inked) => inked.draw(renderer, viewport),
        None => {
            let clip = clip(renderer, paragraph, at, viewport);
            renderer.fill_paragraph(paragraph, at, color, clip);
        }
    }
}

/// Where a text may have its pixels: around its lines, by half of one. That is what any script's letters take; marks
/// stacked higher are cut off, and do not cover what stands above and below.
fn reach(paragraph: &Paragraph, at: Point) -> Rectangle {
    let line = paragraph.buffer().metrics().line_height;
    let lines = Rectangle::new(at, paragraph_size(paragraph));
    lines.expand([line / 2.0, line])
}

/// What of `viewport` a text may be drawn in, where its letters were not looked at one by one.
fn clip(renderer: &Renderer, paragraph: &Paragraph, at: Point, viewport: &Rectangle) -> Rectangle {
    if paints_in_parts(renderer) {
        return *viewport;
    }
    let reach = reach(paragraph, at);
    viewport.intersection(&reach).unwrap_or(*viewport)
}

/// The text as a picture, where its letters reach beyond its lines.
fn beyond(
    renderer: &Renderer,
    paragraph: &Paragraph,
    at: Point,
    color: Color,
    viewport: &Rectangle,
) -> Option<Inked> {
    if !paints_in_parts(renderer) {
        return None;
    }
    LETTERS.with_borrow_mut(|letters| letters.beyond(paragraph, at, color, viewport))
}

/// Whether this renderer paints only what changed.
#[cfg(feature = "gpu")]
fn paints_in_parts(renderer: &Renderer) -> bool {
    matches!(renderer, Renderer::Secondary(_))
}

#[cfg(not(feature = "gpu"))]
fn paints_in_parts(_: &Renderer) -> bool {
    true
}

thread_local! {
    static LETTERS: RefCell<Letters> = RefCell::default();
}

/// Where the letters of each face have their pixels, and the texts that are pictures.
struct Letters {
    swash: SwashCache,
    places: HashMap<CacheKey, Option<Placement>>,
    pictures: HashMap<u64, InkedPicture>,
    drawn: u64,
}

struct InkedPicture {
    handle: image::Handle,
    wanted: u64,
}

impl Default for Letters {
    fn default() -> Self {
        Self {
            swash: SwashCache::new(),
            places: HashMap::new(),
            pictures: HashMap::new(),
            drawn: 0,
        }
    }
}

/// A part of the window, in whole pixels: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct PixelBounds {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl PixelBounds {
    fn of(left: i32, top: i32, placement: Placement) -> Self {
        Self {
            left,
            top,
            right: left.saturating_add_unsigned(placement.width),
            bottom: top.saturating_add_unsigned(placement.height),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// What of it is inside of `place`; nothing where that is nothing.
    fn within(self, place: &Rectangle) -> Option<Self> {
        let inside = Self {
            left: self.left.max(place.x.floor() as i32),
            top: self.top.max(place.y.floor() as i32),
            right: self.right.min((place.x + place.width).ceil() as i32),
            bottom: self.bottom.min((place.y + place.height).ceil() as i32),
        };
        (inside.left < inside.right && inside.top < inside.bottom).then_some(inside)
    }

    /// Whether all of its pixels are pixels of `place` to the renderer.
    fn are_covered_by(self, place: Rectangle) -> bool {
        let first = |pixel: i32, edge: f32| pixel as f32 + 0.5 - HAIR >= edge;
        let last = |end: i32, edge: f32| end as f32 - 0.5 + HAIR <= edge;
        first(self.left, place.x)
            && first(self.top, place.y)
            && last(self.right, place.x + place.width)
            && last(self.bottom, place.y + place.height)
    }

    fn size(self) -> (u32, u32) {
        (
            self.right.abs_diff(self.left),
            self.bottom.abs_diff(self.top),
        )
    }
}

/// A letter at its place in the window.
type Letter = (CacheKey, i32, i32);

impl Letters {
    fn beyond(
        &mut self,
        paragraph: &Paragraph,
        at: Point,
        color: Color,
        viewport: &Rectangle,
    ) -> Option<Inked> {
        self.drawn += 1;
        let (letters, ink) = self.ink(paragraph, at)?;
        let lines = Rectangle::new(at, paragraph_size(paragraph));
        if ink.are_covered_by(lines) {
            return None;
        }
        // What is outside is not seen, and marks can be stacked without end.
        let seen = ink.within(&reach(paragraph, at))?.within(viewport)?;
        let place = Rectangle::new(
            Point::new(seen.left as f32, seen.top as f32),
            Size::new(seen.size().0 as f32, seen.size().1 as f32),
        );
        let handle = self.picture(&letters, seen, color);
        Some(Inked {
            handle,
            place,
            opacity: color.a,
        })
    }

    /// The letters of a text, and where they have their pixels; nothing where they have none.
    fn ink(&mut self, paragraph: &Paragraph, at: Point) -> Option<(Vec<Letter>, PixelBounds)> {
        if self.places.len() > MOST_LETTERS {
            self.places.clear();
        }
        let mut letters = Vec::new();
        let mut ink: Option<PixelBounds> = None;
        for run in paragraph.buffer().layout_runs() {
            let line = run.line_y.round() as i32;
            for glyph in run.glyphs {
                // As iced_tiny_skia has it.
                let letter = glyph.physical((at.x, at.y), 1.0);
                let key = letter.cache_key;
                let Some(placement) = self.place(key) else {
                    continue;
                };
                let (left, top) = (letter.x + placement.left, letter.y - placement.top + line);
                let pixels = PixelBounds::of(left, top, placement);
                ink = Some(ink.map_or(pixels, |ink| ink.and(pixels)));
                letters.push((key, left, top));
            }
        }
        Some((letters, ink?))
    }

    /// Where a letter has its pixels; nothing where it has none.
    fn place(&mut self, key: CacheKey) -> Option<Placement> {
        if let Some(known) = self.places.get(&key) {
            return *known;
        }
        let drawn = with_fonts(|fonts| self.swash.get_image_uncached(fonts, key));
        let place = drawn
            .map(|drawn| drawn.placement)
            .filter(|place| place.width > 0 && place.height > 0);
        let _ = self.places.insert(key, place);
        place
    }

    fn picture(&mut self, letters: &[Letter], seen: PixelBounds, color: Color) -> image::Handle {
        let ink = Color { a: 1.0, ..color }.into_rgba8();
        let placed: Vec<_> = letters
            .iter()
            .map(|(key, left, top)| (*key, left - seen.left, top - seen.top))
            .collect();
        // A digest in place of the letters: nothing is copied to look it up.
        let digest = self.pictures.hasher().hash_one((&placed, seen.size(), ink));
        if let Some(known) = self.pictures.get_mut(&digest) {
            known.wanted = self.drawn;
            return known.handle.clone();
        }
        let oldest = self.drawn.saturating_sub(KEPT_FOR);
        self.pictures.retain(|_, picture| picture.wanted >= oldest);
        let handle = self.painted(&placed, seen.size(), ink);
        let picture = InkedPicture {
            handle: handle.clone(),
            wanted: self.drawn,
        };
        let _ = self.pictures.insert(digest, picture);
        handle
    }

    fn painted(&mut self, letters: &[Letter], size: (u32, u32), ink: [u8; 4]) -> image::Handle {
        let (width, height) = size;
        let mut pixels = vec![[0_u8; 4]; width as usize * height as usize];
        for (key, left, top) in letters {
            let Some(drawn) = with_fonts(|fonts| self.swash.get_image_uncached(fonts, *key)) else {
                continue;
            };
            for (index, source) in colors(&drawn, ink).enumerate() {
                let wide = drawn.placement.width as usize;
                let x = i64::from(*left) + (index % wide) as i64;
                let y = i64::from(*top) + (index / wide) as i64;
                let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else {
                    continue;
                };
                if x >= width {
                    continue;
                }
                let place = y as usize * width as usize + x as usize;
                if let Some(pixel) = pixels.get_mut(place) {
                    *pixel = over(source, *pixel);
                }
            }
        }
        image::Handle::from_rgba(width, height, pixels.concat())
    }
}

/// The pixels of a letter, line by line: red, green, blue, opacity.
fn colors(drawn: &SwashImage, ink: [u8; 4]) -> impl Iterator<Item = [u8; 4]> + '_ {
    let [red, green, blue, _] = ink;
    let colored = matches!(drawn.content, SwashContent::Color);
    let step = if colored { 4 } else { 1 };
    drawn
        .data
        .chunks_exact(step)
        .map(move |pixel| match *pixel {
            [red, green, blue, opacity] => [red, green, blue, opacity],
            [opacity] => [red, green, blue, opacity],
            _ => [0; 4],
        })
}

/// One colour upon another.
fn over(above: [u8; 4], below: [u8; 4]) -> [u8; 4] {
    if above[3] == 255 || below[3] == 0 {
        return above;
    }
    let share = |value: u8| f32::from(value) / 255.0;
    let (upper, lower) = (share(above[3]), share(below[3]) * (1.0 - share(above[3])));
    let whole = (upper + lower).max(f32::EPSILON);
    let mut mixed = [0; 4];
    for (mixed, (above, below)) in mixed.iter_mut().zip(above.iter().zip(&below)) {
        let value = (f32::from(*above) * upper + f32::from(*below) * lower) / whole;
        *mixed = value.round() as u8;
    }
    mixed[3] = (whole * 255.0).round() as u8;
    mixed
}

fn paragraph_size(paragraph: &Paragraph) -> Size {
    use iced::advanced::text::Paragraph as _;

    paragraph.min_bounds()
}

fn with_fonts<T>(draw: impl FnOnce(&mut FontSystem) -> T) -> T {
    let mut fonts = font_system()
        .write()
        .unwrap_or_else(PoisonError::into_inner);
    draw(fonts.raw())
}

#[cfg(test)]
mod tests;
