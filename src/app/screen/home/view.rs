//! How the home screen looks: the account button above, the rows below.

use iced::widget::{column, container, row};
use iced::{Center, Fill, Padding};

use super::draw;
use super::hero::{self, Hero};
use super::rows::Rows;
use crate::app::focus::row_focus::FocusTarget;
use crate::app::i18n::fl;
use crate::app::pictures::Pictures;
use crate::app::renderer::Element;
use crate::app::screen::account;
use crate::app::theme::{Look, token};
use crate::app::widget::control::{self, ControlSurface, control_height, ring_room, ringed};
use crate::app::widget::frame::{body_below, room_beside};
use crate::app::widget::row_layout::RowLayout;
use crate::app::widget::underlay::{raised, upon_picture};
use crate::app::widget::{Beside, Chrome, clamp, framed, named, text};
use crate::session;

/// The measures of the rows below the line at the top, and below what stands large above them.
pub fn measure(look: &Look) -> RowLayout {
    let rows = RowLayout::new(look, body_below(look));
    if look.has_hero() {
        rows.with_hero(look)
    } else {
        rows
    }
}

/// Draws the rows, and what has their focus above them.
pub fn view<'a, Message: 'a>(
    look: &Look,
    chrome: &'a Chrome,
    (rows, hero): (&Rows, &Hero),
    account: &session::Account,
    pictures: &Pictures,
) -> Element<'a, Message> {
    let on_account = rows.focus().focus() == FocusTarget::Account;
    let room = room_beside(look, chrome);
    let beside = account_button(look, account, pictures, on_account, room);
    let body: Element<'a, Message> = if rows.is_empty() {
        let title = match account.display_name() {
            Some(name) => fl!("home-signed-in-as", name = name),
            None => fl!("home-signed-in"),
        };
        let title = clamp(&title, look.text(token::TITLE), look.measure(), 2);
        let words = column![
            text::title(look, title),
            text::body(look, fl!("home-no-api")).color(look.palette.muted),
        ]
        .spacing(look.px(token::GAP_S))
        .max_width(look.measure());
        container(words)
            .padding([0.0, ring_room(look)])
            .height(Fill)
            .align_y(Center)
            .into()
    } else {
        let below = draw::draw(rows, pictures, look);
        match hero::words(hero, rows, look) {
            Some(words) => column![
                container(words).width(Fill).height(rows.laid().above()),
                container(below).width(Fill).height(Fill),
            ]
            .into(),
            None => below.into(),
        }
    };
    let behind = hero::picture(hero, rows, pictures, look).filter(|_| !rows.is_empty());
    let Some((place, picture)) = behind else {
        return framed(look, chrome, Some(beside), body);
    };
    let beside = Beside {
        shown: raised(beside.shown),
        ..beside
    };
    upon_picture(place, picture, framed(look, chrome, Some(beside), body))
}

fn account_button<'a, Message: 'a>(
    look: &Look,
    account: &session::Account,
    pictures: &Pictures,
    focused: bool,
    room: f32,
) -> Beside<'a, Message> {
    let surface = ControlSurface::new(look, control::Fill::Ground, focused);
    let side = look.px(token::AVATAR);
    let (before, gap, after) = (
        look.px(token::AVATAR_PADDING),
        look.px(token::GAP_S),
        look.px(token::GAP_M),
    );
    let around = before + side + gap + after + 2.0 * ring_room(look);
    let words = account::tile_words(look, account, surface, room - around);
    let (words, width) = match words {
        Some((words, width)) => (Some(words), around + width),
        // A face says who it is where there is no room for a name.
        None => (None, around - gap - after + before),
    };
    let after = if words.is_some() { after } else { before };
    let face = row![account::portrait(look, account, pictures, side)]
        .push(words)
        .spacing(gap)
        .align_y(Center);
    let control = container(face)
        .padding(Padding::default().left(before).right(after))
        .height(control_height(look))
        .align_y(Center);
    let control = surface.under(control);
    let shown = named("account", ringed(look, control, focused));
    Beside { shown, width }
}
