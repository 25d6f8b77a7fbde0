//! A text of iced that stands on whole pixels and is painted anew with all of its ink; see [`ink`](super::ink).

use iced::advanced::graphics::text::Paragraph;
use iced::advanced::text::{Alignment, Paragraph as _};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Layout, Widget, layout, mouse, renderer};
use iced::widget::Text;
use iced::widget::text::{Fragment, IntoFragment, LineHeight, Wrapping};
use iced::{Color, Font, Length, Pixels, Point, Rectangle, Size, Theme};

use crate::app::renderer::{Element, Renderer};

use super::ink;

/// What iced keeps of a text between pictures.
type Shaped = iced::advanced::text::paragraph::Plain<Paragraph>;

/// A text. Sizes, faces and lines as iced has them.
pub struct SnappedText<'a> {
    text: Text<'a, Theme, Renderer>,
    color: Option<Color>,
}

/// `words` as a text, in nothing yet.
pub fn snapped_text<'a>(words: impl IntoFragment<'a>) -> SnappedText<'a> {
    let words: Fragment<'a> = words.into_fragment();
    SnappedText {
        text: Text::new(words),
        color: None,
    }
}

impl<'a> SnappedText<'a> {
    /// Lets iced's own text be changed.
    fn with(
        self,
        change: impl FnOnce(Text<'a, Theme, Renderer>) -> Text<'a, Theme, Renderer>,
    ) -> Self {
        Self {
            text: change(self.text),
            ..self
        }
    }

    /// Height of the letters.
    pub fn size(self, size: impl Into<Pixels>) -> Self {
        self.with(|text| text.size(size))
    }

    /// Height of a line.
    pub fn line_height(self, height: impl Into<LineHeight>) -> Self {
        self.with(|text| text.line_height(height))
    }

    pub fn font(self, font: Font) -> Self {
        self.with(|text| text.font(font))
    }

    /// Where lines end.
    pub fn wrapping(self, wrapping: Wrapping) -> Self {
        self.with(|text| text.wrapping(wrapping))
    }

    /// Width of its place.
    pub fn width(self, width: impl Into<Length>) -> Self {
        self.with(|text| text.width(width))
    }

    /// Where lines stand in its place.
    pub fn align_x(self, alignment: impl Into<Alignment>) -> Self {
        self.with(|text| text.align_x(alignment))
    }

    /// Colour; that of what it stands in, where none is set.
    pub fn color(self, color: Color) -> Self {
        Self {
            color: Some(color),
            ..self
        }
    }

    fn text(&self) -> &dyn Widget<(), Theme, Renderer> {
        &self.text
    }
}

impl<Message> Widget<Message, Theme, Renderer> for SnappedText<'_> {
    fn size(&self) -> Size<Length> {
        self.text().size()
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
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let text: &mut dyn Widget<(), Theme, Renderer> = &mut self.text;
        text.layout(tree, renderer, limits)
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let paragraph = tree.state.downcast_ref::<Shaped>().raw();
        let (align_x, align_y) = (paragraph.align_x(), paragraph.align_y());
        let at = layout
            .bounds()
            .anchor(paragraph.min_bounds(), align_x, align_y);
        let at = Point::new(at.x.round(), at.y.round());
        let color = self.color.unwrap_or(style.text_color);
        ink::fill(renderer, paragraph, at, color, viewport);
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let text: &mut dyn Widget<(), Theme, Renderer> = &mut self.text;
        text.operate(tree, layout, renderer, operation);
    }
}

impl<'a, Message: 'a> From<SnappedText<'a>> for Element<'a, Message> {
    fn from(words: SnappedText<'a>) -> Self {
        Self::new(words)
    }
}
