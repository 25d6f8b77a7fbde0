//! What every screen stands in: the ground, the safe area, and the line at the top.

use iced::widget::{Space, column, container, image, row};
use iced::{Center, Element, Fill, Size};

use super::control::{control_height, ring_room};
use super::rtl::mirrored;
use super::text;
use crate::app::theme::{BOLD, Look, TextSize, token};

/// What every screen shows besides its own: whose screen it is, and the time.
#[derive(Debug, Clone, Default)]
pub struct Chrome {
    /// Name of the product.
    pub title: String,
    /// Its logo, decoded once.
    pub logo: Option<image::Handle>,
    /// The time of day, where the owner wants a clock.
    pub clock: Option<String>,
}

/// A screen: `body` under the line with logo, title and clock, all inside the safe area.
pub fn frame<'a, Message: 'a>(
    look: &Look,
    chrome: &'a Chrome,
    body: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    framed(look, chrome, None, body)
}

/// What stands left of the clock.
#[allow(missing_debug_implementations)]
pub struct Beside<'a, Message> {
    /// What it is.
    pub shown: Element<'a, Message>,
    /// How wide it is.
    pub width: f32,
}

/// As [`frame`], with `beside` left of the clock: who is signed in.
pub fn framed<'a, Message: 'a>(
    look: &Look,
    chrome: &'a Chrome,
    beside: Option<Beside<'a, Message>>,
    body: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let whole = column![
        header(look, chrome, beside),
        container(body).width(Fill).height(Fill)
    ]
    .spacing(look.px(token::GAP_M));
    page(look, container(whole).padding(look.safe_margin()))
}

/// The whole window. What is in it is written from left to right, and mirrored where the language is read
/// the other way. Its ground is that of the window: a quad of that size would be drawn anew, whole, for
/// every small part that changes.
pub fn page<'a, Message: 'a>(
    look: &Look,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    mirrored(look, container(content).width(Fill).height(Fill))
}

/// Height of the line at the top.
fn header_height(look: &Look) -> f32 {
    look.px(token::CONTROL_HEIGHT)
        .max(look.text(token::HEADING) * token::LINE)
}

/// Height of the line at the top where it holds a control.
pub fn control_header_height(look: &Look) -> f32 {
    header_height(look).max(control_height(look) + 2.0 * ring_room(look))
}

/// Size of what stands below the line at the top.
pub fn body_below(look: &Look) -> Size {
    below(look, header_height(look))
}

/// Size of what stands below a line at the top that holds a control.
pub fn body_below_control(look: &Look) -> Size {
    below(look, control_header_height(look))
}

fn below(look: &Look, header: f32) -> Size {
    let safe = look.safe();
    let above = header + look.px(token::GAP_M);
    Size::new(safe.width, (safe.height - above).max(0.0))
}

/// Sizes of the product's name.
const TITLE_SIZES: [TextSize; 2] = [token::HEADING, token::BODY];

/// Room for what stands left of the clock, so that the product's name is there whole, or half of the line.
pub fn room_beside(look: &Look, chrome: &Chrome) -> f32 {
    let [_, least] = TITLE_SIZES;
    let title = text::width(look, &chrome.title, least, BOLD) + logo_width(look, chrome);
    let room = room_in_line(look, chrome);
    (room - title.min(room / 2.0)).max(0.0)
}

/// What the clock leaves of the line at the top.
fn room_in_line(look: &Look, chrome: &Chrome) -> f32 {
    let gap = look.px(token::GAP_L);
    let clock = chrome.clock.as_deref().map_or(0.0, |time| {
        text::width(look, time, token::HEADING, BOLD) + gap
    });
    look.safe().width - 2.0 * ring_room(look) - clock - look.px(token::GAP_S)
}

/// What the logo takes of that line, with the gap behind it.
fn logo_width(look: &Look, chrome: &Chrome) -> f32 {
    let Some(image::Handle::Rgba { width, height, .. }) = &chrome.logo else {
        return 0.0;
    };
    let wide = look.px(token::LOGO) * *width as f32 / (*height).max(1) as f32;
    wide.min(look.px(token::LOGO_WIDTH)) + look.px(token::GAP_S)
}

fn header<'a, Message: 'a>(
    look: &Look,
    chrome: &'a Chrome,
    beside: Option<Beside<'a, Message>>,
) -> Element<'a, Message> {
    let height = if beside.is_some() {
        control_header_height(look)
    } else {
        header_height(look)
    };
    let logo = chrome.logo.as_ref().map(|handle| {
        container(image(handle).height(look.px(token::LOGO))).max_width(look.px(token::LOGO_WIDTH))
    });
    let taken = beside.as_ref().map_or(0.0, |beside| beside.width);
    let room = room_in_line(look, chrome) - taken - logo_width(look, chrome);
    let room = room.min(look.safe().width * token::TITLE_SHARE);
    // A name too long for the line gets smaller, then ends where the line does.
    let title = text::fitted(look, &chrome.title, &TITLE_SIZES, room)
        .wrapping(iced::widget::text::Wrapping::None);
    let clock = chrome.clock.as_deref().map(|time| {
        text::heading(look, time)
            .color(look.palette.muted)
            .wrapping(iced::widget::text::Wrapping::None)
    });
    row![
        Space::new().width(ring_room(look)),
        row![]
            .push(logo)
            .push(title)
            .spacing(look.px(token::GAP_S))
            .align_y(Center)
            .width(Fill)
            .clip(true),
        row![]
            .push(beside.map(|beside| beside.shown))
            .push(clock)
            .spacing(look.px(token::GAP_L))
            .align_y(Center),
        Space::new().width(ring_room(look)),
    ]
    .height(height)
    .align_y(Center)
    .into()
}
