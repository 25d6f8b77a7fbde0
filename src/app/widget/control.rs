//! The surface of every control: fill, ink, outline and focus ring, in one place.

use iced::border::Border;
use iced::widget::container;
use iced::{Background, Color};

use crate::app::renderer::{Container, Element};
use crate::app::theme::{Look, token};

/// What is behind a control's words while another one has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// A surface of its own: a button.
    Raised,
    /// The ground: a control that stands upon something else.
    Ground,
    /// Nothing: an item of a list.
    None,
}

/// A control as its state wants it: accent under the focus, else its [`Fill`], with an outline in the themes
/// that draw one.
#[derive(Debug, Clone, Copy)]
pub struct ControlSurface {
    /// Words and icons.
    pub ink: Color,
    /// Words of less weight.
    pub muted: Color,
    fill: Color,
    border: Border,
}

impl ControlSurface {
    /// A control that can be pressed.
    pub fn new(look: &Look, fill: Fill, focused: bool) -> Self {
        let palette = look.palette;
        let (fill, ink, muted) = match fill {
            _ if focused => (palette.accent, palette.on_accent, palette.on_accent),
            Fill::Raised => (palette.raised, palette.text, palette.muted),
            Fill::Ground => (palette.ground, palette.text, palette.muted),
            Fill::None => (Color::TRANSPARENT, palette.text, palette.muted),
        };
        let outline = look.outline().filter(|_| !focused);
        let (color, width) = outline.unwrap_or((palette.outline, 0.0));
        Self {
            ink,
            muted,
            fill,
            border: Border {
                color,
                width,
                radius: look.radius().into(),
            },
        }
    }

    /// A control that cannot be pressed now.
    pub fn disabled(look: &Look) -> Self {
        let surface = Self::new(look, Fill::Ground, false);
        Self {
            ink: surface.muted,
            border: Border {
                width: 0.0,
                ..surface.border
            },
            ..surface
        }
    }

    /// `content` on this surface.
    pub fn under<'a, Message>(self, content: Container<'a, Message>) -> Container<'a, Message> {
        content.style(move |_| container::Style {
            background: Some(Background::Color(self.fill)),
            border: self.border,
            ..container::Style::default()
        })
    }
}

/// Height of a control without its ring.
pub fn control_height(look: &Look) -> f32 {
    let words = look.text(token::BODY) * token::LINE + 2.0 * look.px(token::CONTROL_PADDING_Y);
    look.least_control().max(words.ceil())
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
        radius: look.radius_around(room).into(),
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
