//! Marks where the edges of the picture are taken to be: a person who sees all of the marks sees all of the screens.

use iced::{Point, Rectangle, Size};

use super::DrawList;
use super::draw_list::Primitive;
use crate::app::renderer::Element;
use crate::app::theme::{Look, token};

/// The corners of the part of the window that is taken to be seen.
pub fn safe_area_marks<'a, Message: 'a>(look: &Look) -> Element<'a, Message> {
    let pieces = corners(look).map(|place| Primitive::Quad {
        place,
        fill: look.palette.accent_ink,
        radius: 0.0,
        outline: None,
    });
    DrawList::new(pieces.to_vec()).into()
}

/// A line across and one down at each corner.
fn corners(look: &Look) -> [Rectangle; 8] {
    let seen = look.seen();
    let (long, thick) = (look.px(token::CORNER), look.px(token::EDGE));
    let (left, top) = (seen.x, seen.y);
    let (right, bottom) = (left + seen.width, top + seen.height);
    let across = Size::new(long, thick);
    let down = Size::new(thick, long);
    [
        (left, top, across),
        (left, top, down),
        (right - long, top, across),
        (right - thick, top, down),
        (left, bottom - thick, across),
        (left, bottom - long, down),
        (right - long, bottom - thick, across),
        (right - thick, bottom - long, down),
    ]
    .map(|(x, y, size)| Rectangle::new(Point::new(x, y), size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::i18n;
    use crate::config::Screen;

    #[test]
    fn they_touch_the_edges_that_are_set() {
        for percent in [0.0, 5.0, 15.0] {
            let screen = Screen {
                overscan_percent: percent,
                ..Screen::default()
            };
            let look = Look::new(&screen, Size::new(1920.0, 1080.0), i18n::language());
            let all = corners(&look)
                .into_iter()
                .reduce(|all, corner| all.union(&corner))
                .unwrap();
            let expected = Rectangle {
                x: 1920.0 * percent / 100.0,
                y: 1080.0 * percent / 100.0,
                width: 1920.0 * (1.0 - percent / 50.0),
                height: 1080.0 * (1.0 - percent / 50.0),
            };
            assert!((all.x - expected.x).abs() < 1.0, "{all:?}");
            assert!((all.y - expected.y).abs() < 1.0, "{all:?}");
            assert!((all.width - expected.width).abs() < 2.0, "{all:?}");
            assert!((all.height - expected.height).abs() < 2.0, "{all:?}");
        }
    }
}
