//! Draws many small things as one widget: surfaces, pictures and lines of text at known places.
//!
//! A row of cards as nested containers costs a layout and a style for each of hundreds of widgets
//! on every key. Here the places are already known, so that a key costs a walk over one list.
//!
//! The software renderer finds out what changed by comparing this frame's list with the last one
//! by position. Callers therefore draw the same number of things in the same order wherever they
//! can, [`Primitive::none`] for one that is not there.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, Ordering};

use ::image::{Rgba, RgbaImage};
use iced::advanced::graphics::text::Paragraph;
use iced::advanced::image::Renderer as _;
use iced::advanced::text::{LineHeight, Paragraph as _, Shaping, Wrapping};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Layout, Renderer as _, Widget, image, layout, mouse, renderer, text};
use iced::border::Radius;
use iced::{
    Border, Color, Element, Font, Length, Pixels, Point, Rectangle, Renderer, Size, Theme,
    alignment,
};

use super::named::PartName;
use super::rtl::reflected;
use super::{ink, pixel_grid};
use crate::app::pictures::round;
use crate::app::theme::{Look, token};

/// Lines of text that are kept shaped beyond those that are drawn.
const SHAPED_BEYOND: usize = 200;

/// A picture of one clear pixel, which takes the place of one that is not there.
static CLEAR: LazyLock<image::Handle> =
    LazyLock::new(|| image::Handle::from_rgba(1, 1, vec![0; 4]));

/// Lines that were shaped.
static SHAPED: AtomicU16 = AtomicU16::new(0);

/// One thing to draw, in pixels from the corner of the widget.
#[derive(Debug, Clone, PartialEq)]
pub enum Primitive {
    /// A filled surface with an outline.
    Quad {
        place: Rectangle,
        /// What it is filled with.
        fill: Color,
        /// Radius of its corners.
        radius: f32,
        /// Outline: colour and width.
        outline: Option<(Color, f32)>,
    },
    /// A picture.
    Image {
        place: Rectangle,
        /// Which; nothing for one that is not there.
        handle: Option<image::Handle>,
    },
    /// One line of text. What does not fit ends in an ellipsis.
    Text(TextLine),
    /// One line of text on a plate of its own, upon pictures.
    Badge {
        /// The words; the plate is as high as their place, and as wide as they are.
        line: TextLine,
        /// What is behind them.
        plate: Plate,
    },
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// Where; its middle line is the middle of the text.
    pub place: Rectangle,
    /// What it says; may be nothing.
    pub text: String,
    /// Height of the letters in pixels.
    pub size: f32,
    /// Typeface, as [`Look::font`] gives it.
    pub font: Font,
    pub color: Color,
    /// Where in its place it stands.
    pub align: LineAlign,
}

/// What is behind the words of a badge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plate {
    /// What it is filled with.
    pub fill: Color,
    /// Room left and right of the words.
    pub padding: f32,
    /// Radius of its corners.
    pub radius: f32,
    /// Whether it takes all of its place, with words or without.
    pub whole: bool,
}

/// Where in its place a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineAlign {
    /// Where reading starts.
    Start,
    /// In the middle.
    Middle,
    /// Where reading ends.
    End,
}

impl Primitive {
    /// A surface that cannot be seen: it keeps the count.
    pub fn none() -> Self {
        Self::Quad {
            place: Rectangle::with_size(Size::new(1.0, 1.0)),
            fill: Color::TRANSPARENT,
            radius: 0.0,
            outline: None,
        }
    }
}

/// Pieces, drawn from first to last: surfaces below pictures below text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DrawList {
    pieces: Vec<Primitive>,
    names: Vec<(String, Rectangle)>,
    mirrored: bool,
}

impl DrawList {
    /// A drawing of these pieces.
    pub fn new(pieces: Vec<Primitive>) -> Self {
        Self {
            pieces,
            names: Vec::new(),
            mirrored: false,
        }
    }

    /// Mirrors its places, and has lines start at the right, where the language is read that way.
    pub fn read(self, look: &Look) -> Self {
        let mirrored = look.right_to_left();
        Self { mirrored, ..self }
    }

    /// A place of a piece on the screen.
    fn on_screen(&self, place: Rectangle, bounds: Rectangle) -> Rectangle {
        let place = if self.mirrored {
            reflected(place, bounds.width)
        } else {
            place
        };
        pixel_grid::snap(place + (bounds.position() - Point::ORIGIN))
    }

    /// Where the words of a line are.
    fn standing(&self, line: &TextLine, paragraph: &Paragraph, area: Rectangle) -> Rectangle {
        let place = self.on_screen(line.place, area);
        let size = paragraph.min_bounds();
        let rest = place.width - size.width;
        let left = match (line.align, self.mirrored) {
            (LineAlign::Middle, _) => rest / 2.0,
            (LineAlign::Start, false) | (LineAlign::End, true) => 0.0,
            (LineAlign::End, false) | (LineAlign::Start, true) => rest,
        };
        let top = (place.height - size.height) / 2.0;
        let corner = Point::new((place.x + left).round(), (place.y + top).round());
        Rectangle::new(corner, size)
    }

    /// How many pieces there are.
    #[cfg(test)]
    pub(in crate::app) fn count(&self) -> usize {
        self.pieces.len()
    }

    /// Tells `--ui-log` what stands where.
    pub fn names(self, names: Vec<(String, Rectangle)>) -> Self {
        Self { names, ..self }
    }
}

/// Lines that were shaped before, so that a key shapes only what it brings into view.
#[derive(Debug, Default)]
struct ShapedLines {
    lines: HashMap<u64, ShapedLine>,
    /// The lines of this frame, in order.
    drawn: Vec<u64>,
    hasher: RandomState,
    frame: u64,
}

#[derive(Debug)]
struct ShapedLine {
    paragraph: Paragraph,
    /// What is behind it: only a picture can lie upon a picture.
    plate: Option<image::Handle>,
    /// When it was last drawn.
    frame: u64,
}

impl ShapedLines {
    /// Shapes what is new and forgets what was not drawn for long.
    fn update(&mut self, pieces: &[Primitive]) {
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
    // iced tells a text from another by its measures, and those of `12:00` are the measures of `13:00`. The room below
    // a line is nothing to be seen; no two lines that are kept have the same.
    let room = f32::from(SHAPED.fetch_add(1, Ordering::Relaxed));
    Paragraph::with_text(text::Text {
        content,
        bounds: Size::new(f32::INFINITY, line.size * token::LINE + room),
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

impl<Message> Widget<Message, Theme, Renderer> for DrawList {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<ShapedLines>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(ShapedLines::default())
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        _renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        tree.state
            .downcast_mut::<ShapedLines>()
            .update(&self.pieces);
        layout::Node::new(limits.max())
    }

    fn operate(
        &mut self,
        _tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let bounds = layout.bounds();
        for (name, place) in &self.names {
            let place = self.on_screen(*place, bounds);
            operation.custom(None, place, &mut PartName::new(name.clone()));
        }
        for piece in &self.pieces {
            if let Primitive::Text(line) | Primitive::Badge { line, .. } = piece
                && !line.text.is_empty()
            {
                operation.text(None, self.on_screen(line.place, bounds), &line.text);
            }
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let shaped = tree.state.downcast_ref::<ShapedLines>();
        let mut lines = shaped.drawn.iter();
        let area = layout.bounds();
        for piece in &self.pieces {
            match piece {
                Primitive::Quad {
                    place,
                    fill,
                    radius,
                    outline,
                } => {
                    let (color, width) = outline.unwrap_or((Color::TRANSPARENT, 0.0));
                    let quad = renderer::Quad {
                        bounds: self.on_screen(*place, area),
                        border: Border {
                            color,
                            width,
                            radius: Radius::from(*radius),
                        },
                        ..renderer::Quad::default()
                    };
                    renderer.fill_quad(quad, *fill);
                }
                Primitive::Image { place, handle } => {
                    let place = self.on_screen(*place, area);
                    draw_picture(renderer, handle.as_ref(), place, area, viewport);
                }
                Primitive::Text(line) => {
                    let Some(known) = lines.next().and_then(|key| shaped.lines.get(key)) else {
                        continue;
                    };
                    let start = self.standing(line, &known.paragraph, area).position();
                    ink::write(
                        renderer,
                        &known.paragraph,
                        start,
                        line.color,
                        area,
                        viewport,
                    );
                }
                Primitive::Badge { line, plate } => {
                    let Some(known) = lines.next().and_then(|key| shaped.lines.get(key)) else {
                        continue;
                    };
                    let words = self.standing(line, &known.paragraph, area);
                    let place = self.on_screen(line.place, area);
                    let behind = match plate.whole {
                        true => place,
                        false => Rectangle {
                            x: words.x - plate.padding,
                            y: place.y,
                            width: words.width.ceil() + 2.0 * plate.padding,
                            height: line.place.height,
                        },
                    };
                    draw_picture(renderer, known.plate.as_ref(), behind, area, viewport);
                    let (start, color) = (words.position(), line.color);
                    ink::write(renderer, &known.paragraph, start, color, area, viewport);
                }
            }
        }
    }
}

/// Draws a picture, or one that cannot be seen in the corner of `area`: it keeps the count.
pub(super) fn draw_picture(
    renderer: &mut Renderer,
    handle: Option<&image::Handle>,
    place: Rectangle,
    area: Rectangle,
    viewport: &Rectangle,
) {
    let place = match handle {
        Some(_) => place,
        None => Rectangle::new(area.position(), Size::new(1.0, 1.0)),
    };
    let handle = handle.unwrap_or(&CLEAR);
    // Being measured keeps a picture ready while only other places are redrawn.
    let _ = renderer.measure_image(handle);
    renderer.draw_image(image::Image::new(handle), place, *viewport);
}

impl<'a, Message: 'a> From<DrawList> for Element<'a, Message> {
    fn from(drawing: DrawList) -> Self {
        Self::new(drawing)
    }
}
