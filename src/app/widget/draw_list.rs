//! Draws many small things as one widget: surfaces, pictures and lines of text at known places.
//!
//! A row of cards as nested containers costs a layout and a style for each of hundreds of widgets
//! on every key. Here the places are already known, so that a key costs a walk over one list.

mod shaped_lines;

use iced::advanced::graphics::text::Paragraph;
use iced::advanced::image::Renderer as _;
use iced::advanced::text::Paragraph as _;
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Layout, Renderer as _, Widget, image, layout, mouse, renderer};
use iced::border::Radius;
use iced::{Border, Color, Font, Length, Point, Rectangle, Size, Theme};

use super::named::PartName;
use super::rtl::reflected;
use super::{ink, pixel_grid};
use crate::app::renderer::{Element, Renderer};
use crate::app::theme::Look;
use shaped_lines::ShapedLines;

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
    /// A surface that cannot be seen.
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
        let shaped = tree.state.downcast_mut::<ShapedLines>();
        shaped.update(&self.pieces);
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
        let area = layout.bounds();
        self.draw_pieces(shaped, renderer, area, viewport);
    }
}

impl DrawList {
    fn draw_pieces(
        &self,
        shaped: &ShapedLines,
        renderer: &mut Renderer,
        area: Rectangle,
        viewport: &Rectangle,
    ) {
        let mut lines = shaped.drawn.iter();
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
                    draw_picture(renderer, handle.as_ref(), place, viewport);
                }
                Primitive::Text(line) => {
                    let Some(known) = lines.next().and_then(|key| shaped.lines.get(key)) else {
                        continue;
                    };
                    let start = self.standing(line, &known.paragraph, area).position();
                    ink::fill(renderer, &known.paragraph, start, line.color, viewport);
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
                    draw_picture(renderer, known.plate.as_ref(), behind, viewport);
                    let (start, color) = (words.position(), line.color);
                    ink::fill(renderer, &known.paragraph, start, color, viewport);
                }
            }
        }
    }
}

/// Draws a picture, where there is one.
pub(super) fn draw_picture(
    renderer: &mut Renderer,
    handle: Option<&image::Handle>,
    place: Rectangle,
    viewport: &Rectangle,
) {
    let Some(handle) = handle else {
        return;
    };
    // Being measured keeps a picture ready while only other places are redrawn.
    let _ = renderer.measure_image(handle);
    renderer.draw_image(image::Image::new(handle), place, *viewport);
}

impl<'a, Message: 'a> From<DrawList> for Element<'a, Message> {
    fn from(drawing: DrawList) -> Self {
        Self::new(drawing)
    }
}
