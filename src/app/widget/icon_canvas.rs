//! A few strokes in a square, drawn once where they stand and kept until they change.

use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Layout, Widget, layout, mouse, renderer};
use iced::widget::canvas::path::Builder;
use iced::widget::canvas::{Cache, Path};
use iced::{Length, Point, Rectangle, Size, Theme};

use crate::app::renderer::{Element, Frame, Renderer};

/// What is drawn.
pub(super) trait Strokes: Clone + PartialEq + 'static {
    /// Draws into a square with this side.
    fn draw(&self, frame: &mut Frame, side: f32);
}

/// A path that is minded at the edge of the square, wherever a part of that is painted anew.
///
/// The renderer minds the edges of what it paints for what reaches beyond them, and takes a stroke to end where its
/// line does: not where its softened edge has its last pixel. A speck outside of the square, which is never seen,
/// makes every stroke reach beyond.
pub(super) fn path(side: f32, draw: impl FnOnce(&mut Builder)) -> Path {
    Path::new(|path| {
        let outside = Point::new(-side, -side);
        path.move_to(outside);
        path.line_to(outside);
        draw(path);
    })
}

/// `strokes` in a square with this side.
pub(super) fn icon_canvas<'a, Message: 'a>(
    side: f32,
    strokes: impl Strokes,
) -> Element<'a, Message> {
    Element::new(IconCanvas { side, strokes })
}

struct IconCanvas<S> {
    side: f32,
    strokes: S,
}

struct Drawn<S> {
    strokes: S,
    geometry: Cache<Renderer>,
}

impl<S: Strokes, Message> Widget<Message, Theme, Renderer> for IconCanvas<S> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(self.side), Length::Fixed(self.side))
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Drawn<S>>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Drawn {
            strokes: self.strokes.clone(),
            geometry: Cache::new(),
        })
    }

    fn diff(&self, tree: &mut Tree) {
        let drawn = tree.state.downcast_mut::<Drawn<S>>();
        if drawn.strokes != self.strokes {
            drawn.strokes = self.strokes.clone();
            drawn.geometry.clear();
        }
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, self.side, self.side)
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        use iced::advanced::graphics::geometry::Renderer as _;

        let bounds = layout.bounds();
        if bounds.width < 1.0 || bounds.height < 1.0 || !bounds.intersects(viewport) {
            return;
        }
        let drawn = tree.state.downcast_ref::<Drawn<S>>();
        let geometry = drawn.geometry.draw_with_bounds(renderer, bounds, |frame| {
            frame.translate(bounds.position() - Point::ORIGIN);
            self.strokes.draw(frame, bounds.width.min(bounds.height));
        });
        renderer.draw_geometry(geometry);
    }
}
