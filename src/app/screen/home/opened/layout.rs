//! Where a card and its children stand. Sizes in, places out.

use iced::{Point, Rectangle, Size};

use crate::app::theme::{Look, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::frame::body_below;
use crate::app::widget::row_layout::RowLayout;
use crate::config::Shape;

/// The card above, its children below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OpenedLayout {
    /// What is below the line at the top.
    area: Size,
    /// Height of what the card says.
    pub(super) above: f32,
}

impl OpenedLayout {
    /// The layout for children of this form.
    pub(super) fn new(look: &Look, shape: Shape) -> Self {
        let area = body_below(look);
        let row = RowLayout::new(look, area).filled_by([shape].into_iter());
        let below = row.pitch(shape) - look.px(token::ROW_GAP);
        let above = (area.height - below).clamp(0.0, look.px(token::HERO));
        Self {
            area,
            above: above.floor(),
        }
    }

    /// The measures of the children.
    pub(super) fn measure(self, look: &Look) -> RowLayout {
        RowLayout::new(look, self.below())
    }

    /// Size of what is left for the children.
    pub(super) fn below(self) -> Size {
        Size::new(self.area.width, self.area.height - self.above)
    }

    /// The card's picture in its own form, at the end of the lines.
    pub(super) fn artwork(self, look: &Look, shape: Shape) -> Rectangle {
        let inset = ring_room(look);
        let height = (self.above - look.px(token::GAP_M)).max(1.0);
        let widest = (self.area.width * token::HERO_SHARE).max(1.0);
        let width = (height * shape.ratio()).min(widest).round().max(1.0);
        let size = Size::new(width, (width / shape.ratio()).round().max(1.0));
        let left = self.area.width - inset - size.width;
        Rectangle::new(Point::new(left, 0.0), size)
    }

    /// The card's words; beside its picture where it has one.
    pub(super) fn words(self, look: &Look, artwork: Option<Rectangle>) -> Rectangle {
        let inset = ring_room(look);
        let end = artwork.map_or(self.area.width - inset, |artwork| {
            artwork.x - look.px(token::GAP_XL)
        });
        let width = (end - inset).min(look.measure()).max(1.0);
        let height = (self.above - look.px(token::GAP_M)).max(1.0);
        Rectangle::new(Point::new(inset, 0.0), Size::new(width, height))
    }
}
