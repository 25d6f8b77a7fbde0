//! Right to left: a screen is laid out from left to right and then mirrored as a whole.
//!
//! Every screen is a [`page`](super::frame::page), which mirrors what is on it where the language in
//! use is read from right to left. So rows, columns, alignments and padding are written once, as for
//! English, and no screen asks for the direction. What it leaves alone: what is inside a text, a picture,
//! a canvas or a QR code. A [`DrawList`](super::DrawList) mirrors its own places when told to.
//!
//! - What must not be mirrored, such as a user code in groups or a pad of digits, stands in [`left_to_right`].
//! - A text whose lines end at the end of a row, or stand in the middle, is aligned to [`Look::end`] or
//!   [`Look::middle`], not to the right or the centre.
//! - A fixed width goes to a container around a text, not to the text: its first line then starts
//!   where the reading starts.
//! - Arrows are spatial: [`unmirrored`](crate::app::focus::unmirrored) turns left and right before a screen hears of them. Inside of
//!   a screen, left is where the reading starts.

use iced::advanced::layout;
use iced::{Point, Rectangle};

use super::wrapper::{Wrapper, wrap};
use crate::app::renderer::Element;
use crate::app::theme::Look;

/// The content of a whole window as it is read in the language in use.
pub(super) fn mirrored<'a, Message: 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let margin = look.safe_margin();
    // The safe area is not in the middle of the window and stays where it is.
    reflecting(look, content, margin.left - margin.right)
}

/// `content` from left to right in every language, somewhere inside of what is mirrored.
pub fn left_to_right<'a, Message: 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    // Mirrored twice is as it was.
    reflecting(look, content, 0.0)
}

fn reflecting<'a, Message: 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
    aside: f32,
) -> Element<'a, Message> {
    let content = content.into();
    if look.right_to_left() {
        wrap(Mirror { aside }, content)
    } else {
        content
    }
}

/// `place` in an area of this width, seen in a mirror.
pub fn reflected(place: Rectangle, width: f32) -> Rectangle {
    Rectangle {
        x: width - place.x - place.width,
        ..place
    }
}

/// `node` with what is in it mirrored, and moved to the right by `aside` besides.
fn reflect(node: &layout::Node, aside: f32) -> layout::Node {
    let children = node.children().iter().map(|child| {
        let place = reflected(child.bounds(), node.size().width);
        reflect(child, 0.0).move_to(Point::new(place.x + aside, place.y))
    });
    layout::Node::with_children(node.size(), children.collect()).move_to(node.bounds().position())
}

struct Mirror {
    /// How far everything is moved to the right besides.
    aside: f32,
}

impl<Message> Wrapper<Message> for Mirror {
    fn arrange(&self, node: layout::Node) -> layout::Node {
        reflect(&node, self.aside)
    }
}

#[cfg(test)]
mod tests {
    use iced::Size;
    use iced::advanced::layout::Node;

    use super::*;

    fn row() -> Node {
        let cell = |x, width| Node::new(Size::new(width, 10.0)).move_to(Point::new(x, 2.0));
        let group = Node::with_children(Size::new(40.0, 14.0), vec![cell(5.0, 10.0)]);
        Node::with_children(
            Size::new(100.0, 14.0),
            vec![cell(0.0, 20.0), group.move_to(Point::new(30.0, 0.0))],
        )
        .move_to(Point::new(7.0, 3.0))
    }

    #[test]
    fn what_is_first_stands_at_the_right() {
        let row = reflect(&row(), 0.0);
        assert_eq!(row.bounds().position(), Point::new(7.0, 3.0));
        let places: Vec<_> = row.children().iter().map(|c| c.bounds().x).collect();
        assert_eq!(places, [80.0, 30.0]);
        assert_eq!(row.children()[1].children()[0].bounds().x, 25.0);
    }

    #[test]
    fn mirrored_twice_is_as_it_was() {
        let twice = reflect(&reflect(&row(), 0.0), 0.0);
        assert_eq!(format!("{twice:?}"), format!("{:?}", row()));
    }
}
