//! What an account says of a guest, of whom nothing is kept.

use iced::Element;
use iced::widget::column;
use iced::widget::text::{LineHeight, Wrapping};

use crate::app::i18n::fl;
use crate::app::theme::{Look, TextSize, token};
use crate::app::widget::control::ControlSurface;
use crate::app::widget::{clamp, text};
use crate::session::Account;

/// Under the name on the account screen, where the account is a guest's.
pub fn guest_line<'a, Message: 'a>(
    look: &Look,
    account: &Account,
    room: f32,
) -> Option<Element<'a, Message>> {
    account.guest.then(|| {
        let shown = clamp(&fl!("guest"), look.text(token::BODY), room, 1);
        text::body(look, shown).color(look.palette.accent).into()
    })
}

/// The words of the account's tile at the top of a home: the name, and under that of a guest what they are.
pub fn tile_words<'a, Message: 'a>(
    look: &Look,
    account: &Account,
    surface: ControlSurface,
) -> Element<'a, Message> {
    let name = account
        .display_name()
        .map_or_else(|| fl!("home-account"), str::to_owned);
    let line =
        |words: &str, size: TextSize| clamp(words, look.text(size), look.px(token::NAME_WIDTH), 1);
    if !account.guest {
        return text::body(look, line(&name, token::BODY))
            .color(surface.ink)
            .wrapping(Wrapping::None)
            .into();
    }
    // Both lines stand where one stands otherwise: the line at the top is as high for everybody.
    let small = |words: &str| {
        text::label(look, line(words, token::LABEL))
            .line_height(LineHeight::Relative(token::TIGHT_LINE))
            .wrapping(Wrapping::None)
    };
    column![
        small(&name).color(surface.ink),
        small(&fl!("guest")).color(surface.muted),
    ]
    .into()
}
