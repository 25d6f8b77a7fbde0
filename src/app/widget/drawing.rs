//! Draws many small things as one widget: surfaces, pictures and lines of text at known places.
//!
//! A shelf of cards as nested containers costs a layout and a style for each of hundreds of widgets
//! on every key. Here the places are already known, so that a key costs a walk over one list.
//!
//! The software renderer finds out what changed by comparing this frame's list with the last one
//! by position. Callers therefore draw the same number of things in the same order wherever they
//! can, [`Piece::none`] for one that is not there.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use iced::advanced::graphics::text::Paragraph;
use iced::advanced::image::Renderer as _;
use iced::advanced::text::{LineHeight, Paragraph as _, Renderer as _, Shaping, Wrapping};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Layout, Renderer as _, Widget, image, layout, mouse, renderer, text};
use iced::border::Radius;
use iced::{
    Border, Color, Element, Font, Length, Pixels, Point, Rectangle, Renderer, Size, Theme,
    alignment,
};

use super::mirror::reflected;
use super::named::Name;
use crate::app::theme::{Look, token};

/// Lines of text that are kept shaped beyond those that are drawn.
const SHAPED_BEYOND: usize = 200;

/// A picture of one clear pixel, which takes the place of one that is not there.
static CLEAR: LazyLock<image::Handle> =
    LazyLock::new(|| image::Handle::from_rgba(1, 1, vec![0; 4]));

/// One thing to draw, in pixels from the corner of the widget.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A filled surface with an outline.
    Surface {
        /// Where.
        place: Rectangle,
        /// What it is filled with.
        fill: Color,
        /// Radius of its corners.
        radius: f32,
        /// Outline: colour and width.
        outline: Option<(Color, f32)>,
    },
    /// A picture.
    Picture {
        /// Where.
        place: Rectangle,
        /// Which; nothing for one that is not there.
        handle: Option<image::Handle>,
    },
    /// One line of text. What does not fit ends in an ellipsis.
    Line(Line),
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where; its middle line is the middle of the text.
    pub place: Rectangle,
    /// What it says; may be nothing.
    pub text: String,
    /// Height of the letters in pixels.
    pub size: f32,
    /// Typeface.
    pub font: Font,
    /// Colour.
    pub color: Color,
    /// Whether it stands in the middle of its place.
    pub centred: bool,
}

impl Piece {
    /// A surface that cannot be seen: it keeps the count.
    pub fn none() -> Self {
        Self::Surface {
            place: Rectangle::with_size(Size::new(1.0, 1.0)),
            fill: Color::TRANSPARENT,
            radius: 0.0,
            outline: None,
        }
    }
}

/// Pieces, drawn from first to last: surfaces below pictures below text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawing {
    pieces: Vec<Piece>,
    names: Vec<(String, Rectangle)>,
    mirrored: bool,
}

impl Drawing {
    /// A drawing of these pieces.
    pub fn new(pieces: Vec<Piece>) -> Self {
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
        place + (bounds.position() - Point::ORIGIN)
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
struct Shaped {
    lines: HashMap<u64, (Paragraph, u64)>,
    /// The lines of this frame, in order.
    drawn: Vec<u64>,
    hasher: RandomState,
    frame: u64,
}

impl Shaped {
    /// Shapes what is new and forgets what was not drawn for long.
    fn update(&mut self, pieces: &[Piece]) {
        self.frame += 1;
        self.drawn.clear();
        for piece in pieces {
            let Piece::Line(line) = piece else { continue };
            let (width, size) = (line.place.width.to_bits(), line.size.to_bits());
            // A digest in place of the text: nothing is copied to look it up.
            let key = self.hasher.hash_one((&line.text, width, size, line.font));
            self.drawn.push(key);
            self.lines
                .entry(key)
                .or_insert_with(|| (shape(line), self.frame))
                .1 = self.frame;
        }
        if self.lines.len() > self.drawn.len() + SHAPED_BEYOND {
            self.lines.retain(|_, (_, last)| *last == self.frame);
        }
    }
}

/// Shapes a line, cut where it does not fit.
fn shape(line: &Line) -> Paragraph {
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

fn paragraph(line: &Line, content: &str) -> Paragraph {
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

impl<Message> Widget<Message, Theme, Renderer> for Drawing {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Shaped>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Shaped::default())
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        _renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        tree.state.downcast_mut::<Shaped>().update(&self.pieces);
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
            operation.custom(None, place, &mut Name::new(name.clone()));
        }
        for piece in &self.pieces {
            if let Piece::Line(line) = piece
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
        let shaped = tree.state.downcast_ref::<Shaped>();
        let mut lines = shaped.drawn.iter();
        let area = layout.bounds();
        for piece in &self.pieces {
            match piece {
                Piece::Surface {
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
                Piece::Picture { place, handle } => {
                    let bounds = match handle {
                        Some(_) => self.on_screen(*place, area),
                        None => Rectangle::new(layout.position(), Size::new(1.0, 1.0)),
                    };
                    let handle = handle.as_ref().unwrap_or(&CLEAR);
                    // Being measured keeps a picture ready while only other places are redrawn.
                    let _ = renderer.measure_image(handle);
                    renderer.draw_image(image::Image::new(handle), bounds, *viewport);
                }
                Piece::Line(line) => {
                    let key = lines.next();
                    let Some((paragraph, _)) = key.and_then(|key| shaped.lines.get(key)) else {
                        continue;
                    };
                    let place = self.on_screen(line.place, area);
                    let size = paragraph.min_bounds();
                    let left = if line.centred {
                        place.x + (place.width - size.width) / 2.0
                    } else if self.mirrored {
                        place.x + place.width - size.width
                    } else {
                        place.x
                    };
                    let top = place.y + (place.height - size.height) / 2.0;
                    let start = Point::new(left.round(), top.round());
                    renderer.fill_paragraph(paragraph, start, line.color, *viewport);
                }
            }
        }
    }
}

impl<'a, Message: 'a> From<Drawing> for Element<'a, Message> {
    fn from(drawing: Drawing) -> Self {
        Self::new(drawing)
    }
}
