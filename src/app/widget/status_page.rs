//! A screen that says one thing: what happened, what to do, and details for the owner.

use std::borrow::Cow;

use iced::widget::{Column, Space, column, container, row};
use iced::{Center, Color, Element, Fill};

use super::control::ring_room;
use super::{fitting, named, qr, text};
use crate::app::i18n::fl;
use crate::app::theme::{Look, TextSize, token};

/// What a message says.
#[derive(Debug)]
pub struct StatusPage<'a> {
    /// What happened.
    pub title: Cow<'a, str>,
    /// Colour of the title.
    pub color: Color,
    /// What to do about it.
    pub hint: Cow<'a, str>,
    /// The machine's own words.
    pub detail: Option<&'a str>,
    /// The details for the owner's phone.
    pub code: Option<&'a qr::Modules>,
}

impl<'a> StatusPage<'a> {
    /// The message with its controls below, centred between top and bottom. Where there is no room for all of it, the
    /// machine's own words go first: the owner's phone and the log have them too.
    pub fn view<M: 'a>(self, look: &Look, controls: impl Fn() -> Element<'a, M>) -> Element<'a, M> {
        let ways = [
            (token::TITLE, token::GAP_L, true, true),
            (token::HEADING, token::GAP_S, true, true),
            (token::HEADING, token::GAP_S, false, true),
            (token::HEADING, token::GAP_XS, false, false),
        ];
        let ways = ways.map(|(title, gap, detailed, coded)| {
            let words = self.words(look, title, detailed);
            let said = column![
                container(words).padding([0.0, ring_room(look)]),
                Space::new().height(look.px(gap)),
                controls(),
            ]
            .width(Fill);
            self.with_code(look, said, coded)
        });
        fitting(ways.into())
    }

    fn words<M: 'a>(&self, look: &Look, title: TextSize, detailed: bool) -> Column<'a, M> {
        let detail = self.detail.filter(|_| detailed).map(|detail| {
            column![
                Space::new().height(look.px(token::GAP_S)),
                text::label(look, fl!("sign-in-details")),
                text::label(look, shortened(detail)).color(look.palette.text),
            ]
            .spacing(look.px(token::GAP_XS))
        });
        let hint = (!self.hint.is_empty())
            .then(|| text::body(look, self.hint.clone()).color(look.palette.muted));
        let more = column![]
            .push(hint)
            .push(detail)
            .spacing(look.px(token::GAP_S))
            .max_width(look.px(token::MEASURE));
        let title = text::title(look, self.title.clone())
            .size(look.text(title))
            .color(self.color);
        column![title, more].spacing(look.px(token::GAP_S))
    }

    /// The details for the owner's phone beside the words, or below them on a screen that stands on end.
    fn with_code<M: 'a>(&self, look: &Look, said: Column<'a, M>, coded: bool) -> Element<'a, M> {
        let side = look.px(token::QR_DETAILS);
        let code = self
            .code
            .filter(|_| coded)
            .map(|code| named("details_qr", qr(look, code, side)));
        if look.is_on_end() {
            let code = code.map(|code| container(code).padding([0.0, ring_room(look)]));
            return column![said]
                .push(code)
                .spacing(look.px(token::GAP_L))
                .into();
        }
        row![said]
            .push(code)
            .spacing(look.px(token::GAP_XL))
            .align_y(Center)
            .into()
    }
}

/// What fits under a message; a server may send pages.
fn shortened(detail: &str) -> String {
    const LONGEST: usize = 180;
    if detail.chars().count() <= LONGEST {
        return detail.to_owned();
    }
    let start: String = detail.chars().take(LONGEST).collect();
    format!("{} …", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_details_are_cut() {
        assert_eq!(shortened("short"), "short");
        let cut = shortened(&"word ".repeat(200));
        assert!(cut.chars().count() < 190 && cut.ends_with('…'), "{cut}");
    }
}
