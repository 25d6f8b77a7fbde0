//! The page of an item, to go on with on the phone: a QR code, and the address in words.

use iced::widget::{column, container, row};
use iced::{Center, Fill};
use url::Url;

use crate::api::Card;
use crate::app::format::format_value;
use crate::app::i18n::fl;
use crate::app::renderer::Element;
use crate::app::speech_text::in_words;
use crate::app::theme::{Look, TextSize, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::frame::body_below;
use crate::app::widget::qr::{Modules, qr};
use crate::app::widget::rtl::left_to_right;
use crate::app::widget::{Chrome, button, clamp, fitting, frame_at, named, text};

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

    /// The address as a voice says it.
    pub(super) fn spoken(&self) -> String {
        in_words(self.written())
    }

    /// Draws the screen.
    pub(super) fn view<'a, Parent: 'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
        place: &str,
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
        let code = || named("phone_qr", qr(look, &self.code, side));
        let ways = [(token::TITLE, 2), (token::HEADING, 1), (token::HEADING, 0)];
        let ways = ways.map(|way| {
            let words = self.words(look, card, width, way);
            if on_end {
                column![container(code()).center_x(Fill), words]
                    .spacing(look.px(token::GAP_L))
                    .into()
            } else {
                row![words, code()]
                    .spacing(look.px(token::GAP_XL))
                    .align_y(Center)
                    .into()
            }
        });
        let body = fitting(ways.into());
        let body = container(body).padding([0.0, ring_room(look)]);
        frame_at(look, chrome, place, body)
    }

    /// What it is, in `width` pixels: with a title of this size, and so many lines of what else there is to say.
    fn words<'a, Parent: 'a>(
        &'a self,
        look: &Look,
        card: &Card,
        width: f32,
        (title, more): (TextSize, usize),
    ) -> Element<'a, Parent> {
        let cut = |words: &str, size, lines| clamp(words, look.text(size), width, lines);
        let address = text::label(look, cut(self.written(), token::LABEL, more + 1));
        let called = text::body(
            look,
            cut(&format_value(&card.title), token::BODY, more.max(1)),
        );
        let hint = (more > 0).then(|| {
            let hint = cut(&fl!("phone-hint"), token::LABEL, more + 1);
            text::label(look, hint).color(look.palette.muted)
        });
        let gap = if more > 1 { token::GAP_M } else { token::GAP_S };
        column![
            text::title(look, cut(&fl!("detail-phone"), title, more.max(1))).size(look.text(title)),
            called,
        ]
        .push(hint)
        .push(left_to_right(
            look,
            column![
                text::heading(look, cut(self.host(), token::HEADING, more.max(1))),
                address.color(look.palette.muted),
            ],
        ))
        .push(button(look, "back", fl!("detail-back"), true))
        .spacing(look.px(gap))
        .width(width)
        .into()
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
