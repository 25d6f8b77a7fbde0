//! A wrapper that lets everything through but for what its [`Wrapper`] changes.

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{
    Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer,
};
use iced::{Event, Length, Rectangle, Size, Theme, Vector};

use crate::app::renderer::{Element, Renderer};

/// What a wrapper changes about its content. Left alone, nothing.
pub(super) trait Wrapper<Message> {
    /// Puts what is in `node` somewhere else.
    fn arrange(&self, node: layout::Node) -> layout::Node {
        node
    }

    /// Tells an operation about the place of the content, before the content tells about itself.
    fn announce(&mut self, _place: Rectangle, _operation: &mut dyn Operation) {}

    /// Whether the content is drawn at this place.
    fn is_drawn(&self, _place: Rectangle) -> bool {
        true
    }

    /// Draws what lies below the content.
    fn draw_below(&self, _renderer: &mut Renderer, _place: Rectangle, _viewport: &Rectangle) {}

    /// Whether the content is drawn above all that stands around it, pictures too.
    fn is_above(&self) -> bool {
        false
    }

    /// Takes in what happens to the window, before the content does.
    fn on_event(&mut self, _event: &Event, _place: Rectangle, _shell: &mut Shell<'_, Message>) {}

    /// Looks at what follows from what happened to the window, after the content has taken it in.
    fn after_event(&mut self, _event: &Event, _shell: &Shell<'_, Message>) {}

    /// What the pointer looks like, where the content wants it to look like `wanted`.
    fn mouse_interaction(&self, wanted: mouse::Interaction) -> mouse::Interaction {
        wanted
    }
}

/// `content` with what `wrapper` changes about it.
pub(super) fn wrap<'a, Message: 'a>(
    wrapper: impl Wrapper<Message> + 'a,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let content = content.into();
    Element::new(Wrapped { wrapper, content })
}

struct Wrapped<'a, T, Message> {
    wrapper: T,
    content: Element<'a, Message>,
}

impl<T: Wrapper<Message>, Message> Widget<Message, Theme, Renderer> for Wrapped<'_, T, Message> {
    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn tag(&self) -> tree::Tag {
        self.content.as_widget().tag()
    }

    fn state(&self) -> tree::State {
        self.content.as_widget().state()
    }

    fn children(&self) -> Vec<Tree> {
        self.content.as_widget().children()
    }

    fn diff(&self, tree: &mut Tree) {
        self.content.as_widget().diff(tree);
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let content = self.content.as_widget_mut();
        self.wrapper.arrange(content.layout(tree, renderer, limits))
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
        let place = layout.bounds();
        if !self.wrapper.is_drawn(place) {
            return;
        }
        self.wrapper.draw_below(renderer, place, viewport);
        let content = self.content.as_widget();
        let draw = |renderer: &mut Renderer| {
            content.draw(tree, renderer, theme, style, layout, cursor, viewport);
        };
        if self.wrapper.is_above() {
            renderer.with_layer(place, draw);
        } else {
            draw(renderer);
        }
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        self.wrapper.announce(layout.bounds(), operation);
        let content = self.content.as_widget_mut();
        content.operate(tree, layout, renderer, operation);
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
        self.wrapper.on_event(event, layout.bounds(), shell);
        let content = self.content.as_widget_mut();
        content.update(
            tree, event, layout, cursor, renderer, clipboard, shell, viewport,
        );
        self.wrapper.after_event(event, shell);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let content = self.content.as_widget();
        let wanted = content.mouse_interaction(tree, layout, cursor, viewport, renderer);
        self.wrapper.mouse_interaction(wanted)
    }

    fn overlay<'a>(
        &'a mut self,
        tree: &'a mut Tree,
        layout: Layout<'a>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'a, Message, Theme, Renderer>> {
        let content = self.content.as_widget_mut();
        content.overlay(tree, layout, renderer, viewport, translation)
    }
}
