//! What every screen stands in: the ground, the safe area, and the line at the top.

use iced::widget::text::Wrapping;
use iced::widget::{Space, column, container, image, row};
use iced::{Background, Center, Fill, Size, border};

use super::button::icon_only;
use super::clamp;
use super::control::{control_height, ring_room};
use super::icon::Icon;
use super::rtl::mirrored;
use super::text;
use crate::app::logo::Logo;
use crate::app::renderer::Element;
use crate::app::theme::{BOLD, Look, TextSize, token};

/// What every screen shows besides its own: whose screen it is, and the time.
#[derive(Debug, Clone, Default)]
pub struct Chrome {
    /// Name of the product.
    pub title: String,
    /// Its logo, decoded once.
    pub logo: Option<Logo>,
    /// The time of day, where the owner wants a clock.
    pub clock: Option<String>,
    /// Whether there is a button that goes back, for who has no remote.
    pub back: bool,
}

/// Sizes of the names in the line at the top.
const TITLE_SIZES: [TextSize; 2] = [token::HEADING, token::BODY];

/// Name of that button.
pub const BACK: &str = "go_back";

/// A screen: `body` under the line with logo, title and clock, all inside the safe area.
pub fn frame<'a, Message: 'a>(
    look: &Look,
    chrome: &'a Chrome,
    body: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    below_header(look, header(look, chrome, "", None), body)
}

/// As [`frame`], with the name of the place that a person has come to behind that of the product.
pub fn frame_at<'a, Message: 'a>(
    look: &Look,
    chrome: &'a Chrome,
    place: &str,
    body: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    below_header(look, header(look, chrome, place, None), body)
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
    below_header(look, header(look, chrome, "", beside), body)
}

fn below_header<'a, Message: 'a>(
    look: &Look,
    header: Element<'a, Message>,
    body: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let whole = column![header, container(body).width(Fill).height(Fill)];
    let whole = whole.spacing(look.px(token::HEADER_GAP));
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

/// Height of the line at the top: that of a control, on every screen, so that nothing jumps from one to another.
fn header_height(look: &Look) -> f32 {
    let words = look.text(token::HEADING) * token::LINE;
    words.max(control_height(look) + 2.0 * ring_room(look))
}

/// Size of what stands below the line at the top.
pub fn body_below(look: &Look) -> Size {
    let safe = look.safe();
    let above = header_height(look) + look.px(token::HEADER_GAP);
    Size::new(safe.width, (safe.height - above).max(0.0))
}

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
    let back = if chrome.back {
        back_width(look) + look.px(token::GAP_S)
    } else {
        0.0
    };
    look.safe().width - 2.0 * ring_room(look) - clock - back - look.px(token::GAP_S)
}

/// What the button that goes back takes of it.
fn back_width(look: &Look) -> f32 {
    look.px(token::ICON) + 2.0 * (look.px(token::CONTROL_PADDING_X) + ring_room(look))
}

/// What the logo takes of that line, with the gap behind it.
fn logo_width(look: &Look, chrome: &Chrome) -> f32 {
    let Some(logo) = &chrome.logo else {
        return 0.0;
    };
    logo.small_size(look).width + 2.0 * logo_padding(look, logo) + look.px(token::GAP_S)
}

/// Room around the logo, where it has a plate.
fn logo_padding(look: &Look, logo: &Logo) -> f32 {
    let plate = logo.plate(&look.palette);
    plate.map_or(0.0, |_| look.px(token::LOGO_PADDING))
}

/// The logo in that line, on its plate where it has one.
fn small_logo<'a, Message: 'a>(look: &Look, logo: &'a Logo) -> Element<'a, Message> {
    let (size, plate) = (logo.small_size(look), logo.plate(&look.palette));
    let padding = logo_padding(look, logo);
    let radius = look.radius().min(padding);
    container(image(&logo.small).width(size.width).height(size.height))
        .padding(padding)
        .style(move |_| container::Style {
            background: plate.map(Background::Color),
            border: border::rounded(radius),
            ..container::Style::default()
        })
        .into()
}

fn header<'a, Message: 'a>(
    look: &Look,
    chrome: &'a Chrome,
    place: &str,
    beside: Option<Beside<'a, Message>>,
) -> Element<'a, Message> {
    let back = chrome
        .back
        .then(|| icon_only(look, BACK, Icon::Back, false));
    let logo = chrome.logo.as_ref();
    let logo = logo.map(|logo| small_logo(look, logo));
    let taken = beside.as_ref().map_or(0.0, |beside| beside.width);
    let room = room_in_line(look, chrome) - taken - logo_width(look, chrome);
    let room = room.min(look.safe().width * token::TITLE_SHARE);
    let title = names(look, &chrome.title, place, room);
    let clock = chrome.clock.as_deref().map(|time| {
        text::heading(look, time)
            .color(look.palette.muted)
            .wrapping(iced::widget::text::Wrapping::None)
    });
    row![
        Space::new().width(ring_room(look)),
        row![]
            .push(back)
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
    .height(header_height(look))
    .align_y(Center)
    .into()
}

/// The name of the product, and that of the place behind a line. Where there is no room for both the place is named: whose
/// the screen is was said before.
fn names<'a, Message: 'a>(
    look: &Look,
    product: &'a str,
    place: &str,
    room: f32,
) -> Element<'a, Message> {
    // A name too long for the line gets smaller, then ends where the line does.
    let one = |words: String, room| {
        text::fitted(look, words, &TITLE_SIZES, room).wrapping(Wrapping::None)
    };
    if place.is_empty() {
        return one(product.to_owned(), room).into();
    }
    let around = 2.0 * look.px(token::GAP_M) + look.px(token::HEADER_LINE);
    let width = |words: &str, size| text::width(look, words, size, BOLD);
    let both = |size: &TextSize| width(product, *size) + width(place, *size) + around <= room;
    let Some(size) = TITLE_SIZES.into_iter().find(both) else {
        let [_, least] = TITLE_SIZES;
        return one(clamp(place, look.text(least), room, 1), room).into();
    };
    let named = |words: String| text::fitted(look, words, &[size], room).wrapping(Wrapping::None);
    let line = look.palette.muted;
    let line = container(Space::new())
        .width(look.px(token::HEADER_LINE))
        .height(look.text(size))
        .style(move |_| container::Style::default().background(line));
    row![
        named(product.to_owned()).color(look.palette.muted),
        line,
        named(place.to_owned())
    ]
    .spacing(look.px(token::GAP_M))
    .align_y(Center)
    .into()
}
