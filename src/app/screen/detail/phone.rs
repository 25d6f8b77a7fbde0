//! The page of an item, to go on with on the phone: a QR code, and the address in words.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};
use url::Url;

use crate::api::Card;
use crate::app::format::format_value;
use crate::app::i18n::fl;
use crate::app::theme::{Look, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::frame::body_below;
use crate::app::widget::qr::{Modules, qr};
use crate::app::widget::rtl::left_to_right;
use crate::app::widget::{Chrome, button, clamp, frame, named, text};

/// A page that can be opened on a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phone {
    address: Url,
    code: Modules,
}

impl Phone {
    /// The page of a card. None where it has none.
    pub(super) fn of(card: &Card) -> Option<Self> {
        let address = card.page.as_ref()?;
        let code = Modules::new(address.as_str())?;
        Some(Self {
            address: address.clone(),
            code,
        })
    }

    /// Whose page it is.
    fn host(&self) -> &str {
        let host = self.address.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }

    /// The address as a person reads it.
    fn written(&self) -> &str {
        let written = self.address.as_str();
        let written = written.split_once("://").map_or(written, |(_, rest)| rest);
        written.strip_suffix('/').unwrap_or(written)
    }

    /// Draws the screen.
    pub(super) fn view<'a, Parent: 'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
        card: &Card,
    ) -> Element<'a, Parent> {
        let area = body_below(look);
        let (beside, above) = token::PHONE_QR_SHARE;
        let on_end = area.height > area.width;
        let (side, width) = if on_end {
            let side = (area.width * above).min(area.height / 2.0);
            (side, area.width - 2.0 * ring_room(look))
        } else {
            let side = (area.width * beside).min(area.height - 2.0 * ring_room(look));
            let left = area.width - side - look.px(token::GAP_XL) - 2.0 * ring_room(look);
            (side, left)
        };
        let side = side.floor();
        let code = named("phone_qr", qr(look, &self.code, side));
        let cut = |words: &str, size, lines| clamp(words, look.text(size), width, lines);
        let address = text::label(look, cut(self.written(), token::LABEL, 3));
        let words = column![
            text::title(look, cut(&fl!("detail-phone"), token::TITLE, 2)),
            text::body(look, cut(&format_value(&card.title), token::BODY, 2)),
            text::label(look, cut(&fl!("phone-hint"), token::LABEL, 3)).color(look.palette.muted),
            left_to_right(
                look,
                column![
                    text::heading(look, cut(self.host(), token::HEADING, 2)),
                    address.color(look.palette.muted),
                ]
            ),
            button(look, "back", fl!("detail-back"), true),
        ]
        .spacing(look.px(token::GAP_M))
        .width(width);
        let body: Element<'a, Parent> = if on_end {
            column![container(code).center_x(Fill), words]
                .spacing(look.px(token::GAP_L))
                .into()
        } else {
            row![words, code]
                .spacing(look.px(token::GAP_XL))
                .height(Fill)
                .align_y(Center)
                .into()
        };
        frame(
            look,
            chrome,
            container(body).padding([0.0, ring_room(look)]),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(address: &str) -> Option<Phone> {
        Phone::of(&Card {
            page: Url::parse(address).ok(),
            ..Card::default()
        })
    }

    #[test]
    fn a_page_says_whose_it_is() {
        for (address, host, written) in [
            (
                "https://www.example.com/a?b=c",
                "example.com",
                "www.example.com/a?b=c",
            ),
            ("http://box.local:8080/", "box.local", "box.local:8080"),
            // A name that only looks like another one is spelled out.
            (
                "https://аpple.example/",
                "xn--pple-43d.example",
                "xn--pple-43d.example",
            ),
        ] {
            let phone = phone(address).unwrap();
            assert_eq!((phone.host(), phone.written()), (host, written));
        }
    }
}
