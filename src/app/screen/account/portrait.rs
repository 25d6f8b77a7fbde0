//! The face of an account.

use iced::widget::container;
use iced::{Rectangle, Size};
use url::Url;

use crate::app::pictures::{PictureKey, Pictures, initials};
use crate::app::renderer::Element;
use crate::app::theme::{BOLD, Look, token};
use crate::app::widget::draw_list::{DrawList, LineAlign, Primitive, TextLine};
use crate::session;

/// The picture of an account in a circle, or the initials of its name.
pub fn portrait<'a, Message: 'a>(
    look: &Look,
    account: &session::Account,
    pictures: &Pictures,
    side: f32,
) -> Element<'a, Message> {
    let name = account.display_name().unwrap_or_default();
    let place = Rectangle::with_size(Size::new(side, side));
    let handle = account
        .picture
        .as_ref()
        .and_then(|url| pictures.get(&circle(url, side)))
        .cloned();
    let letters = match handle {
        Some(_) => String::new(),
        None => initials(name),
    };
    let drawing = DrawList::new(vec![
        Primitive::Quad {
            place,
            fill: look.palette.tint(name),
            radius: side / 2.0,
            outline: None,
        },
        Primitive::Image { place, handle },
        Primitive::Text(TextLine {
            place,
            text: letters,
            size: side * token::INITIALS_SHARE,
            font: look.font(BOLD),
            color: look.palette.text,
            align: LineAlign::Middle,
        }),
    ]);
    container(drawing).width(side).height(side).into()
}

/// Diameter of the picture on a tile of "Who is watching?", and on the screens around it.
pub fn tile_portrait(look: &Look) -> f32 {
    look.px(if look.is_in_reach() {
        token::TILE_PORTRAIT_IN_REACH
    } else {
        token::TILE_PORTRAIT
    })
}

/// Diameter of the picture in the greeting.
pub fn greeting_portrait(look: &Look) -> f32 {
    look.px(if look.is_in_reach() {
        token::TILE_PORTRAIT
    } else {
        token::PORTRAIT
    })
}

/// The round picture at `url`, `side` pixels wide.
pub fn circle(url: &Url, side: f32) -> PictureKey {
    PictureKey::of(url, Size::new(side, side), side / 2.0)
}
