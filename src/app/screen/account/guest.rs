//! What an account says of a guest, of whom nothing is kept.

use iced::widget::column;
use iced::widget::text::{LineHeight, Wrapping};

use crate::app::i18n::fl;
use crate::app::renderer::Element;
use crate::app::theme::{Look, SANS, token};
use crate::app::widget::control::ControlSurface;
use crate::app::widget::text;
use crate::session::Account;

/// Under the name on the account screen, where the account is a guest's.
pub fn guest_line<'a, Message: 'a>(
    look: &Look,
    account: &Account,
    room: f32,
) -> Option<Element<'a, Message>> {
    account.guest.then(|| {
        let shown = text::one_line(look, &fl!("guest"), token::BODY, room);
        text::body(look, shown)
            .color(look.palette.accent_ink)
            .into()
    })
}

/// The words of the account's tile at the top of a home, and how wide they are in `room` pixels: the name, and under that of
/// a guest what they are. Nothing where there is no room for words.
pub fn tile_words<'a, Message: 'a>(
    look: &Look,
    account: &Account,
    surface: ControlSurface,
    room: f32,
) -> Option<(Element<'a, Message>, f32)> {
    let room = room.min(look.px(token::NAME_WIDTH) * look.text_scale());
    if room < look.px(token::NAME_LEAST) {
        return None;
    }
    let name = account
        .display_name()
        .map_or_else(|| fl!("home-account"), str::to_owned);
    let width = |words: &str, size| text::width(look, words, size, SANS);
    if !account.guest {
        let name = text::one_line(look, &name, token::BODY, room);
        let taken = width(&name, token::BODY);
        let name = text::body(look, name)
            .color(surface.ink)
            .wrapping(Wrapping::None);
        return Some((name.into(), taken));
    }
    // Of two ways to say it the one that fits.
    let guest = [fl!("guest"), fl!("who-guest")];
    let guest = guest
        .iter()
        .find(|words| width(words, token::LABEL) <= room)
        .unwrap_or(&guest[1]);
    let [name, guest] = [&name, guest].map(|words| text::one_line(look, words, token::LABEL, room));
    let taken = width(&name, token::LABEL).max(width(&guest, token::LABEL));
    // Both lines stand where one stands otherwise: the line at the top is as high for everybody.
    let small = |words: String| {
        text::label(look, words)
            .line_height(LineHeight::Relative(token::TIGHT_LINE))
            .wrapping(Wrapping::None)
    };
    let words = column![
        small(name).color(surface.ink),
        small(guest).color(surface.muted),
    ];
    Some((words.into(), taken))
}
