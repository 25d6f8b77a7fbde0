//! Draws a backdrop behind a screen.

use iced::advanced::image::{Image, Renderer as _};
use iced::advanced::widget::Tree;
use iced::advanced::{Layout, Widget, layout, mouse, renderer};
use iced::widget::image::FilterMethod;
use iced::{Fill, Length, Rectangle, Size, Theme, Vector};

use crate::app::backdrop::Backdrop;
use crate::app::renderer::{Element, Renderer};

/// `backdrop` over the whole window. What lies before it needs a layer of its own, such as
/// [`Stack`](iced::widget::Stack) makes: of one layer the renderer draws the pictures last.
pub fn backdrop<'a, Message: 'a>(backdrop: &'a Backdrop) -> Element<'a, Message> {
    Element::new(OfTiles { backdrop })
}

struct OfTiles<'a> {
    backdrop: &'a Backdrop,
}

impl<Message> Widget<Message, Theme, Renderer> for OfTiles<'_> {
    fn size(&self) -> Size<Length> {
        Size::new(Fill, Fill)
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Fill, Fill)
    }

    fn draw(
        &self,
        _: &Tree,
        renderer: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let Some(window) = layout.bounds().intersection(viewport) else {
            return;
        };
        let origin = Vector::new(layout.bounds().x, layout.bounds().y);
        for (place, handle) in &self.backdrop.tiles {
            let tile = Image::new(handle).filter_method(FilterMethod::Nearest);
            renderer.draw_image(tile, *place + origin, window);
        }
    }
}
