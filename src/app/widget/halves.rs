//! The two halves of a screen that says one thing: what it says and what can be pressed on one side, its face on the
//! other. On a screen that stands on end the face stands above, and everything in the middle.
//!
//! A face is a logo, the picture of a person, or an [`emblem`]: an icon of the one style, large.

use iced::border::{self, Border};
use iced::widget::{Space, column, container, image, row};
use iced::{Background, Center, Fill, Length, Size};

use super::control::ring_room;
use super::icon::{Icon, large_icon};
use super::snapped_text::SnappedText;
use crate::app::logo::Logo;
use crate::app::renderer::{Column, Element};
use crate::app::theme::{Look, Px, mix, token};

/// What a screen shows besides its words.
#[derive(Debug, Clone, Copy)]
pub enum Face<'a> {
    /// An icon, in this colour.
    Emblem(Icon, iced::Color),
    /// The owner's logo.
    Logo(&'a Logo),
}

impl Face<'_> {
    /// The face in a place of this width, an emblem as large as `side`.
    pub fn view<'a, Message: 'a>(self, look: &Look, side: Px) -> Element<'a, Message> {
        let face = match self {
            Self::Emblem(shown, color) => emblem(look, shown, color, side),
            Self::Logo(logo) => large_logo(look, logo, side),
        };
        in_its_half(look, face)
    }
}

/// The words and controls of a screen as they stand beside a face or below one.
#[allow(missing_debug_implementations)]
pub struct Halves<'a, Message> {
    /// What there is to see; nothing where there is no room for it.
    pub face: Option<Element<'a, Message>>,
    /// What there is to say.
    pub said: Column<'a, Message>,
    /// Between words and controls.
    pub gap: Px,
    /// What can be pressed.
    pub controls: Option<Element<'a, Message>>,
}

impl<'a, Message: 'a> Halves<'a, Message> {
    /// Both halves of a screen.
    pub fn view(self, look: &Look) -> Element<'a, Message> {
        if look.is_on_end() {
            self.one_above_the_other(look)
        } else {
            self.side_by_side(look)
        }
    }

    fn side_by_side(self, look: &Look) -> Element<'a, Message> {
        let said = self.said.max_width(look.measure());
        let words = column![container(said).padding([0.0, ring_room(look)])]
            .push(
                self.controls
                    .is_some()
                    .then(|| Space::new().height(look.px(self.gap))),
            )
            .push(self.controls)
            .width(Fill);
        row![words]
            .push(self.face)
            .spacing(look.px(token::GAP_XL))
            .align_y(Center)
            .into()
    }

    fn one_above_the_other(self, look: &Look) -> Element<'a, Message> {
        let gap = look.px(self.gap);
        let said = lines(look, self.said).max_width(look.measure());
        let said = container(said)
            .padding([0.0, ring_room(look)])
            .center_x(Fill);
        let face = self.face.map(|face| container(face).center_x(Fill));
        let below = face.is_some().then(|| Space::new().height(gap));
        let controls = self
            .controls
            .map(|controls| container(controls).center_x(Fill));
        let above = controls.is_some().then(|| Space::new().height(gap));
        column![]
            .push(face)
            .push(below)
            .push(said)
            .push(above)
            .push(controls)
            .into()
    }
}

/// Width of the half with the face, where the halves stand side by side.
fn face_width(look: &Look) -> f32 {
    (look.safe().width * token::FACE_SHARE).floor()
}

/// `face` in the middle of its half.
pub fn in_its_half<'a, Message: 'a>(
    look: &Look,
    face: Element<'a, Message>,
) -> Element<'a, Message> {
    if look.is_on_end() {
        face
    } else {
        container(face).center_x(face_width(look)).into()
    }
}

/// Width of the words: beside a face, or alone.
pub fn words_width(look: &Look, face: bool) -> f32 {
    let whole = look.safe().width - 2.0 * ring_room(look);
    if face && !look.is_on_end() {
        whole - face_width(look) - look.px(token::GAP_XL)
    } else {
        whole
    }
}

/// Whether there is room for a face beside words. Above them there is as much as their height leaves.
pub fn has_room_for_a_face(look: &Look) -> bool {
    let least = look.px(token::WORDS_LEAST) * look.text_scale();
    look.is_on_end() || words_width(look, true) >= least
}

/// A text that stands where the words of both halves do: in the middle on a screen that stands on end.
pub fn standing<'a>(look: &Look, words: SnappedText<'a>) -> SnappedText<'a> {
    if look.is_on_end() {
        words.align_x(look.middle())
    } else {
        words
    }
}

/// Lines of text one below the other, as they stand there.
pub fn lines<'a, Message: 'a>(look: &Look, lines: Column<'a, Message>) -> Column<'a, Message> {
    if look.is_on_end() {
        lines.align_x(Center)
    } else {
        lines
    }
}

/// Controls as they stand there, in several lines where there is no room for one.
pub fn controls<'a, Message: 'a>(
    look: &Look,
    controls: impl IntoIterator<Item = Element<'a, Message>>,
    between: Px,
) -> Element<'a, Message> {
    let lines = row(controls)
        .spacing(look.px(token::GAP_S))
        .wrap()
        .vertical_spacing(look.px(between));
    if look.is_on_end() {
        lines.align_x(iced::alignment::Horizontal::Center).into()
    } else {
        lines.into()
    }
}

/// An icon on a disc of a hint of its colour.
fn emblem<'a, Message: 'a>(
    look: &Look,
    shown: Icon,
    color: iced::Color,
    side: Px,
) -> Element<'a, Message> {
    let palette = look.palette;
    let side = look.px(side);
    let disc = mix(palette.ground, color, token::EMBLEM_INK);
    let outlined = palette.outline.a > 0.0;
    let border = Border {
        color: palette.outline,
        width: if outlined {
            look.px(token::OUTLINE)
        } else {
            0.0
        },
        radius: (side / 2.0).into(),
    };
    let icon_side = (side * token::EMBLEM_ICON).round();
    container(large_icon(look, shown, icon_side, color))
        .center(side)
        .style(move |_| container::Style {
            background: Some(Background::Color(if outlined {
                palette.ground
            } else {
                disc
            })),
            border,
            ..container::Style::default()
        })
        .into()
}

/// The owner's logo on a calm plate, in the half's width and at most as high as `side`.
fn large_logo<'a, Message: 'a>(look: &Look, logo: &Logo, side: Px) -> Element<'a, Message> {
    let padding = look.px(token::LOGO_PLATE_PADDING);
    let whole = if look.is_on_end() {
        words_width(look, false)
    } else {
        face_width(look)
    };
    let most = Size::new(
        (whole - 2.0 * padding).min(look.px(token::LOGO_LARGE_WIDTH)),
        look.px(side) - 2.0 * padding,
    );
    let size = logo.large_size(look, most);
    let picture = image(logo.large.clone())
        .width(Length::Fixed(size.width))
        .height(Length::Fixed(size.height));
    let plate = logo.large_plate(look);
    let radius = look.radius();
    container(picture)
        .padding(padding)
        .style(move |_| container::Style {
            background: plate.map(Background::Color),
            border: border::rounded(radius),
            ..container::Style::default()
        })
        .into()
}
