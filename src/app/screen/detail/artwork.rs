//! How large the picture of a card is on its own screen.

use iced::Size;
use url::Url;

use crate::app::pictures::PictureKey;
use crate::app::theme::{Look, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::frame::body_below;
use crate::config::Shape;

/// The picture in the form that it has in its row.
pub(super) fn artwork_size(look: &Look, shape: Shape) -> Size {
    let width = look.px(match shape {
        Shape::Wide => token::ARTWORK,
        Shape::Poster => token::ARTWORK_POSTER,
        Shape::Square => token::ARTWORK_SQUARE,
        Shape::Text => token::ARTWORK_SMALL,
    });
    let area = body_below(look);
    let inset = 2.0 * ring_room(look);
    let (widest, highest) = if look.is_on_end() {
        (area.width - inset, area.height * token::ARTWORK_ABOVE)
    } else {
        (area.width * token::ARTWORK_BESIDE, area.height - inset)
    };
    let width = match shape {
        Shape::Wide if look.is_on_end() => widest,
        _ => width.min(widest),
    };
    let width = width.min(highest * shape.ratio());
    let width = width.floor().max(1.0);
    Size::new(width, (width / shape.ratio()).round().max(1.0))
}

pub(super) fn artwork_key(look: &Look, shape: Shape, url: &Url) -> PictureKey {
    PictureKey::of(url, artwork_size(look, shape), look.radius())
}
