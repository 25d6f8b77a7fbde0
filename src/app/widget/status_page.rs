//! A screen that says one thing: what happened, what to do, and details for the owner.

use std::borrow::Cow;

use iced::widget::{Space, column, container, row};
use iced::{Center, Color, Element, Fill};

use super::control::ring_room;
use super::{named, qr, text};
use crate::app::i18n::fl;
use crate::app::theme::{Look, token};

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
    /// The message with its controls below, centred between top and bottom.
    pub fn view<M: 'a>(self, look: &Look, controls: impl Into<Element<'a, M>>) -> Element<'a, M> {
        let detail = self.detail.map(|detail| {
            column![
                Space::new().height(look.px(token::GAP_S)),
                text::label(look, fl!("sign-in-details")),
                text::label(look, shortened(detail)).color(look.palette.text),
            ]
            .spacing(look.px(token::GAP_XS))
        });
        let hint =
            (!self.hint.is_empty()).then(|| text::body(look, self.hint).color(look.palette.muted));
        let more = column![]
            .push(hint)
            .push(detail)
            .spacing(look.px(token::GAP_S))
            .max_width(look.px(token::MEASURE));
        let words = column![text::title(look, self.title).color(self.color), more]
            .spacing(look.px(token::GAP_S));
        let said = column![
            container(words).padding([0.0, ring_room(look)]),
            Space::new().height(look.px(token::GAP_L)),
            controls.into(),
        ]
        .width(Fill);
        let side = look.px(token::QR_DETAILS);
        let code = self
            .code
            .map(|code| named("details_qr", qr(look, code, side)));
        container(
            row![said]
                .push(code)
                .spacing(look.px(token::GAP_XL))
                .align_y(Center),
        )
        .height(Fill)
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
