//! A screen that says one thing: what happened, what to do, and details for the owner.

use std::borrow::Cow;

use iced::Color;
use iced::widget::{Space, column};

use super::halves::{Face, Halves, has_room_for_a_face, lines, standing};
use super::icon::Icon;
use super::{fitting, named, qr, text};
use crate::app::i18n::fl;
use crate::app::renderer::{Column, Element};
use crate::app::theme::{Look, Px, TextSize, token};

/// What a message says.
#[derive(Debug)]
pub struct StatusPage<'a> {
    /// What happened.
    pub title: Cow<'a, str>,
    /// Colour of the title.
    pub color: Color,
    /// What it is about, to be seen at once.
    pub emblem: Icon,
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
            (token::TITLE, token::GAP_L, true, Some(token::EMBLEM)),
            (token::TITLE, token::GAP_L, true, Some(token::EMBLEM_LESSER)),
            (
                token::HEADING,
                token::GAP_S,
                true,
                Some(token::EMBLEM_SMALL),
            ),
            (
                token::HEADING,
                token::GAP_S,
                false,
                Some(token::EMBLEM_SMALL),
            ),
            (token::HEADING, token::GAP_S, true, None),
            (token::HEADING, token::GAP_XS, false, None),
        ];
        let ways = ways.map(|(title, gap, detailed, side)| {
            Halves {
                face: side.and_then(|side| self.face(look, side)),
                said: self.words(look, title, detailed),
                gap,
                controls: Some(controls()),
            }
            .view(look)
        });
        fitting(ways.into())
    }

    fn words<M: 'a>(&self, look: &Look, title: TextSize, detailed: bool) -> Column<'a, M> {
        let detail = self.detail.filter(|_| detailed).map(|detail| {
            lines(
                look,
                column![
                    Space::new().height(look.px(token::GAP_S)),
                    standing(look, text::label(look, fl!("sign-in-details"))),
                    standing(look, text::label(look, shortened(detail))).color(look.palette.text),
                ]
                .spacing(look.px(token::GAP_XS)),
            )
        });
        let hint = (!self.hint.is_empty())
            .then(|| standing(look, text::body(look, self.hint.clone())).color(look.palette.muted));
        let title = standing(look, text::title(look, self.title.clone()))
            .size(look.text(title))
            .color(self.color);
        column![title]
            .push(hint)
            .push(detail)
            .spacing(look.px(token::GAP_S))
    }

    /// The details for the owner's phone, or else the emblem.
    fn face<M: 'a>(&self, look: &Look, side: Px) -> Option<Element<'a, M>> {
        match self.code {
            Some(code) => {
                let side = look.px(token::QR_DETAILS);
                Some(named("details_qr", qr(look, code, side)))
            }
            None => has_room_for_a_face(look)
                .then(|| Face::Emblem(self.emblem, self.color).view(look, side)),
        }
    }
}

/// What stands for what went wrong, by its stable word.
pub fn emblem(code: &str) -> Icon {
    match code {
        "network" => Icon::Offline,
        "clock" => Icon::Clock,
        "declined" => Icon::Declined,
        "expired" => Icon::Hourglass,
        _ => Icon::Warning,
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
