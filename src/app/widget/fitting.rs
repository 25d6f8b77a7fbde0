//! Several ways to say the same, of which the first is shown that fits: windows, languages and text sizes make more
//! combinations than anybody writes down.

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, renderer};
use iced::{Event, Fill, Length, Point, Rectangle, Size, Theme};

use crate::app::renderer::{Element, Renderer};

/// The first of `ways` that is no higher than the place it stands in, in the middle of its height; the last one where
/// none fits. None of them may fill the height.
pub fn fitting<'a, Message: 'a>(ways: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    Element::new(Fitting {
        ways,
        shown: 0,
        middle: true,
    })
}

/// As [`fitting`], at the top of the place: what grows downwards stays where it is.
pub fn fitting_at_the_top<'a, Message: 'a>(
    ways: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    Element::new(Fitting {
        ways,
        shown: 0,
        middle: false,
    })
}

struct Fitting<'a, Message> {
    ways: Vec<Element<'a, Message>>,
    /// The one that was laid out last.
    shown: usize,
    /// Whether it stands in the middle of the height.
    middle: bool,
}

impl<Message> Fitting<'_, Message> {
    /// The place of what is shown.
    fn inner(layout: Layout<'_>) -> Option<Layout<'_>> {
        layout.children().next()
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Fitting<'_, Message> {
    fn size(&self) -> Size<Length> {
        Size::new(Fill, Fill)
    }

    fn children(&self) -> Vec<Tree> {
        self.ways.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.ways);
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let whole = limits.max();
        let as_high_as = |height| layout::Limits::new(Size::ZERO, Size::new(whole.width, height));
        let last = self.ways.len().saturating_sub(1);
        for (index, (way, tree)) in self.ways.iter_mut().zip(&mut tree.children).enumerate() {
            let way = way.as_widget_mut();
            let mut node = way.layout(tree, renderer, &as_high_as(f32::INFINITY));
            let is_fit = node.size().height <= whole.height;
            if !is_fit && index < last {
                continue;
            }
            if !is_fit {
                node = way.layout(tree, renderer, &as_high_as(whole.height));
            }
            self.shown = index;
            let above = ((whole.height - node.size().height) / 2.0).max(0.0);
            let above = if self.middle { above } else { 0.0 };
            let node = node.move_to(Point::new(0.0, above));
            return layout::Node::with_children(whole, vec![node]);
        }
        layout::Node::new(whole)
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let shown = self.ways.get(self.shown).zip(tree.children.get(self.shown));
        if let Some(((way, tree), layout)) = shown.zip(Self::inner(layout)) {
            let way = way.as_widget();
            way.draw(tree, renderer, theme, style, layout, cursor, viewport);
        }
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let shown = self.ways.get_mut(self.shown);
        let shown = shown.zip(tree.children.get_mut(self.shown));
        if let Some(((way, tree), layout)) = shown.zip(Self::inner(layout)) {
            let way = way.as_widget_mut();
            way.operate(tree, layout, renderer, operation);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let shown = self.ways.get_mut(self.shown);
        let shown = shown.zip(tree.children.get_mut(self.shown));
        if let Some(((way, tree), layout)) = shown.zip(Self::inner(layout)) {
            way.as_widget_mut().update(
                tree, event, layout, cursor, renderer, clipboard, shell, viewport,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::gallery::{config, shoot};
    use crate::app::i18n;
    use crate::app::theme::Look;
    use crate::app::widget::named;
    use iced::widget::Space;

    #[test]
    fn the_first_that_fits_is_shown_in_the_middle() {
        let look = Look::new(&config().screen, Size::new(300.0, 200.0), i18n::language());
        for (heights, shown, top) in [
            ([100.0, 50.0], 0, 50.0),
            ([200.0, 50.0], 0, 0.0),
            ([201.0, 50.0], 1, 75.0),
            ([400.0, 300.0], 1, 0.0),
        ] {
            let way = |(index, height): (usize, f32)| {
                let place = Space::new().width(10.0).height(height);
                named::<()>(format!("way{index}"), place)
            };
            let ways = heights.into_iter().enumerate().map(way).collect();
            let rects = shoot(fitting(ways), &look).rects;
            assert_eq!(rects.len(), 1, "{heights:?}");
            let place = rects[&format!("way{shown}")];
            assert_eq!(place.y, top, "{heights:?}");
            assert!(place.height <= 200.0, "{heights:?}");
        }
    }
}
