//! A picture below what stands on a screen.
//!
//! The renderer draws the surfaces of a layer first, then its pictures, then its words. So words may stand upon a picture,
//! and so may other pictures; a control has a surface, and must be [`raised`].

use iced::Rectangle;
use iced::advanced::image::Handle;

use crate::app::renderer::{Element, Renderer};

use super::draw_list::draw_picture;
use super::wrapper::{Wrapper, wrap};

/// `content` upon a picture at this place of the window. One that is not there keeps its place in what is drawn.
pub fn upon_picture<'a, Message: 'a>(
    place: Rectangle,
    picture: Option<Handle>,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    wrap(Underlay { place, picture }, content)
}

/// `content` above whatever picture it stands upon.
pub fn raised<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    wrap(Raised, content)
}

struct Underlay {
    place: Rectangle,
    picture: Option<Handle>,
}

impl<Message> Wrapper<Message> for Underlay {
    fn draw_below(&self, renderer: &mut Renderer, _window: Rectangle, viewport: &Rectangle) {
        draw_picture(renderer, self.picture.as_ref(), self.place, viewport);
    }
}

struct Raised;

impl<Message> Wrapper<Message> for Raised {
    fn is_above(&self) -> bool {
        true
    }
}
