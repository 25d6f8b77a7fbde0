//! The words of a list, shaped once for as long as they are drawn.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use ::image::{Rgba, RgbaImage};
use iced::advanced::graphics::text::Paragraph;
use iced::advanced::text::{LineHeight, Paragraph as _, Shaping, Wrapping};
use iced::advanced::{image, text};
use iced::{Pixels, Point, Size, alignment};

use super::{Plate, Primitive, TextLine};
use crate::app::pictures::round;
use crate::app::theme::token;

/// Lines of text that are kept shaped beyond those that are drawn.
const SHAPED_BEYOND: usize = 200;

/// Lines that were shaped before, so that a key shapes only what it brings into view.
#[derive(Debug, Default)]
pub(super) struct ShapedLines {
    pub(super) lines: HashMap<u64, ShapedLine>,
    /// The lines of this frame, in order.
    pub(super) drawn: Vec<u64>,
    hasher: RandomState,
    frame: u64,
}

#[derive(Debug)]
pub(super) struct ShapedLine {
    pub(super) paragraph: Paragraph,
    /// What is behind it: only a picture can lie upon a picture.
    pub(super) plate: Option<image::Handle>,
    /// When it was last drawn.
    frame: u64,
}

impl ShapedLines {
    /// Shapes what is new and forgets what was not drawn for long.
    pub(super) fn update(&mut self, pieces: &[Primitive]) {
        self.frame += 1;
        self.drawn.clear();
        for piece in pieces {
            let (line, plate) = match piece {
                Primitive::Text(line) => (line, None),
                Primitive::Badge { line, plate } => (line, Some(plate)),
                Primitive::Quad { .. } | Primitive::Image { .. } => continue,
            };
            let (width, size) = (line.place.width.to_bits(), line.size.to_bits());
            let fill = plate.map(|plate| plate.fill.into_rgba8());
            let whole = plate.filter(|plate| plate.whole);
            let height = whole.map(|_| line.place.height.to_bits());
            // A digest in place of the text: nothing is copied to look it up.
            let key = (&line.text, width, size, line.font, fill, height);
            let key = self.hasher.hash_one(key);
            self.drawn.push(key);
            let known = self.lines.entry(key).or_insert_with(|| {
                let paragraph = shape(line);
                let plate = whole.or(plate.filter(|_| !line.text.is_empty()));
                let size = match whole {
                    Some(_) => line.place.size(),
                    None => Size::new(paragraph.min_bounds().width, line.place.height),
                };
                ShapedLine {
                    plate: plate.map(|plate| painted(plate, size)),
                    paragraph,
                    frame: 0,
                }
            });
            known.frame = self.frame;
        }
        if self.lines.len() > self.drawn.len() + SHAPED_BEYOND {
            self.lines.retain(|_, known| known.frame == self.frame);
        }
    }
}

/// A plate behind words of this size.
fn painted(plate: &Plate, words: Size) -> image::Handle {
    let width = (words.width.ceil() + 2.0 * plate.padding).max(1.0) as u32;
    let height = words.height.max(1.0) as u32;
    let mut picture = RgbaImage::from_pixel(width, height, Rgba(plate.fill.into_rgba8()));
    round(&mut picture, plate.radius);
    image::Handle::from_rgba(width, height, picture.into_raw())
}

/// Shapes a line, cut where it does not fit.
fn shape(line: &TextLine) -> Paragraph {
    let whole = paragraph(line, &line.text);
    if whole.min_bounds().width <= line.place.width {
        return whole;
    }
    let ellipsis = paragraph(line, "…").min_bounds().width;
    let room = (line.place.width - ellipsis).max(0.0);
    let middle = line.size * token::LINE / 2.0;
    let mut end = whole
        .hit_test(Point::new(room, middle))
        .map_or(0, text::Hit::cursor)
        .min(line.text.len());
    loop {
        while !line.text.is_char_boundary(end) {
            end -= 1;
        }
        let start = line.text[..end].trim_end();
        let cut = paragraph(line, &format!("{start}…"));
        if end == 0 || cut.min_bounds().width <= line.place.width {
            return cut;
        }
        end -= 1;
    }
}

fn paragraph(line: &TextLine, content: &str) -> Paragraph {
    Paragraph::with_text(text::Text {
        content,
        bounds: Size::new(f32::INFINITY, line.size * token::LINE),
        size: Pixels(line.size),
        line_height: LineHeight::Relative(token::LINE),
        font: line.font,
        // Any other leaves a line that is read from right to left at infinity.
        align_x: text::Alignment::Default,
        align_y: alignment::Vertical::Top,
        shaping: Shaping::Auto,
        wrapping: Wrapping::None,
    })
}
