//! A control that OK presses, and the ring around whatever has the focus.

use std::borrow::Cow;

use iced::border::Border;
use iced::widget::{container, row};
use iced::{Background, Center, Color, Element};

use super::icon::{Icon, icon};
use super::{named, text};
use crate::app::theme::{Look, token};

/// A button. The room for its ring is part of it, so that moving the focus moves nothing else.
///
/// `id` is its name in `--ui-log`.
pub fn button<'a, Message: 'a>(
    look: &Look,
    id: impl Into<Cow<'static, str>>,
    words: impl iced::widget::text::IntoFragment<'a>,
    focused: bool,
) -> Element<'a, Message> {
    face(look, id, None, Some(words), focused)
}

/// A button with an icon before its words.
pub fn icon_button<'a, Message: 'a>(
    look: &Look,
    id: impl Into<Cow<'static, str>>,
    shown: Icon,
    words: impl iced::widget::text::IntoFragment<'a>,
    focused: bool,
) -> Element<'a, Message> {
    face(look, id, Some(shown), Some(words), focused)
}

/// A button that is an icon alone, where there is no room for words.
pub fn icon_only<'a, Message: 'a>(
    look: &Look,
    id: impl Into<Cow<'static, str>>,
    shown: Icon,
    focused: bool,
) -> Element<'a, Message> {
    face(look, id, Some(shown), None::<&str>, focused)
}

fn face<'a, Message: 'a>(
    look: &Look,
    id: impl Into<Cow<'static, str>>,
    shown: Option<Icon>,
    words: Option<impl iced::widget::text::IntoFragment<'a>>,
    focused: bool,
) -> Element<'a, Message> {
    let palette = look.palette;
    let (surface, ink) = if focused {
        (palette.accent, palette.on_accent)
    } else {
        (palette.raised, palette.text)
    };
    let label = words.map(|words| {
        text::body(look, words)
            .color(ink)
            .wrapping(iced::widget::text::Wrapping::None)
    });
    let outlined = !focused && palette.outline.a > 0.0;
    let border = Border {
        color: palette.outline,
        width: if outlined {
            look.px(token::OUTLINE)
        } else {
            0.0
        },
        radius: look.px(token::RADIUS).into(),
    };
    let shown = shown.map(|shown| icon(look, shown, token::ICON, ink));
    let label = row![]
        .push(shown)
        .push(label)
        .spacing(look.px(token::GAP_S))
        .align_y(Center);
    let control = container(label)
        .padding([
            look.px(token::CONTROL_PADDING_Y),
            look.px(token::CONTROL_PADDING_X),
        ])
        .height(control_height(look))
        .align_y(Center)
        .style(move |_| container::Style {
            background: Some(Background::Color(surface)),
            border,
            ..container::Style::default()
        });
    named(id, ringed(look, control, focused))
}

/// Height of a button without its ring.
pub fn control_height(look: &Look) -> f32 {
    let words = look.text(token::BODY) * token::LINE + 2.0 * look.px(token::CONTROL_PADDING_Y);
    look.px(token::CONTROL_HEIGHT).max(words.ceil())
}

/// `content` with the focus ring around it, or with the room for one. The ring is there at once, close to
/// the content, and moves out to its place.
pub fn ringed<'a, Message: 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
    focused: bool,
) -> Element<'a, Message> {
    let inset = (look.px(token::RING_GAP) * (1.0 - look.lift())).round();
    let room = ring_room(look) - inset;
    let ring = Border {
        color: if focused {
            look.palette.ring
        } else {
            Color::TRANSPARENT
        },
        width: if focused { look.px(token::RING) } else { 0.0 },
        radius: (look.px(token::RADIUS) + room).into(),
    };
    let around = container(content)
        .padding(room)
        .style(move |_| container::Style {
            border: ring,
            ..container::Style::default()
        });
    container(around).padding(inset).into()
}

/// Room a ring and its gap take on each side. Text beside controls is set in by as much, to stand in line.
pub fn ring_room(look: &Look) -> f32 {
    look.px(token::RING) + look.px(token::RING_GAP)
}
