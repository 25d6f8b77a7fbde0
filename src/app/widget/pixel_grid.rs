//! Whole pixels: what is painted anew then ends where pixels end.
//!
//! The software renderer paints anew those pixels whose middle is inside of what changed. The edge of something that
//! ends within a pixel is a share of its colour in that pixel; drawn a second time upon itself it would be more of it.

use iced::advanced::layout::Node;
use iced::{Point, Rectangle, Size, Vector};

/// `place` with its edges on whole pixels.
pub(super) fn snap(place: Rectangle) -> Rectangle {
    let (left, top) = (place.x.round(), place.y.round());
    Rectangle {
        x: left,
        y: top,
        width: (place.x + place.width).round() - left,
        height: (place.y + place.height).round() - top,
    }
}

/// `node`, which stands at the corner of the window, with every edge in it on whole pixels of the window.
pub(super) fn snap_node(node: &Node) -> Node {
    below(node, Point::ORIGIN, Point::ORIGIN)
}

/// `node` below one that was laid out at `parent` and stands at `placed`.
fn below(node: &Node, parent: Point, placed: Point) -> Node {
    let bounds = node.bounds() + (parent - Point::ORIGIN);
    let ends = bounds.position() + Vector::new(bounds.width, bounds.height);
    // Nothing is rounded at infinity.
    let whole = if (ends.x + ends.y).is_finite() {
        snap(bounds)
    } else {
        bounds
    };
    let children = node.children().iter();
    let children = children.map(|child| below(child, bounds.position(), whole.position()));
    Node::with_children(Size::new(whole.width, whole.height), children.collect())
        .move_to(Point::new(whole.x - placed.x, whole.y - placed.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edge_is_whole_and_what_touched_still_does() {
        let cell = |x, width| Node::new(Size::new(width, 10.3)).move_to(Point::new(x, 0.4));
        let row = Node::with_children(Size::new(30.9, 11.0), vec![cell(0.3, 9.3), cell(9.6, 21.3)]);
        let page = Node::with_children(
            Size::new(100.0, 50.0),
            vec![row.move_to(Point::new(7.4, 3.3))],
        );
        let page = snap_node(&page);
        assert_eq!(page.size(), Size::new(100.0, 50.0));
        let row = &page.children()[0];
        let [first, second] = [0, 1].map(|index| row.children()[index].bounds());
        assert_eq!(first.x + first.width, second.x);
        for place in [row.bounds(), first, second] {
            for edge in [place.x, place.y, place.width, place.height] {
                assert_eq!(edge.fract(), 0.0, "{place:?}");
            }
        }
    }
}
