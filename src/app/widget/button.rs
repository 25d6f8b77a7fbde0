//! A control that OK presses.

use std::borrow::Cow;

use iced::Center;
use iced::widget::{container, row};

use super::control::{ControlSurface, Fill, control_height, ring_room, ringed};
use super::icon::{Icon, icon};
use super::{named, text};
use crate::app::renderer::Element;
use crate::app::theme::{Look, SANS, token};

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

/// Width of a button with these words, with the room for its ring.
pub fn width(look: &Look, words: &str) -> f32 {
    let around = look.px(token::CONTROL_PADDING_X) + ring_room(look);
    text::width(look, words, token::BODY, SANS) + 2.0 * around
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

/// Buttons in a line, or in several on a screen that is too narrow for one.
pub fn buttons<'a, Message: 'a>(
    look: &Look,
    buttons: impl IntoIterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    row(buttons).spacing(look.px(token::GAP_S)).wrap().into()
}

fn face<'a, Message: 'a>(
    look: &Look,
    id: impl Into<Cow<'static, str>>,
    shown: Option<Icon>,
    words: Option<impl iced::widget::text::IntoFragment<'a>>,
    focused: bool,
) -> Element<'a, Message> {
    let surface = ControlSurface::new(look, Fill::Raised, focused);
    let label = words.map(|words| {
        text::body(look, words)
            .color(surface.ink)
            .wrapping(iced::widget::text::Wrapping::None)
    });
    let shown = shown.map(|shown| icon(look, shown, token::ICON, surface.ink));
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
        .align_y(Center);
    let control = surface.under(control);
    named(id, ringed(look, control, focused))
}
