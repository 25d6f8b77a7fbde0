//! Words in the sizes and faces of the design.

use iced::widget::text::{Fragment, IntoFragment, LineHeight, Wrapping};
use iced::widget::{Text, text};
use iced::{Color, Font};

use crate::app::theme::token::{self, TextSize};
use crate::app::theme::{BOLD, Look, SANS};

/// The one sentence of a screen.
pub fn title<'a>(look: &Look, words: impl IntoFragment<'a>) -> Text<'a> {
    styled(
        look,
        words.into_fragment(),
        token::TITLE,
        BOLD,
        look.palette.text,
    )
}

/// A row's or a step's heading.
pub fn heading<'a>(look: &Look, words: impl IntoFragment<'a>) -> Text<'a> {
    styled(
        look,
        words.into_fragment(),
        token::HEADING,
        BOLD,
        look.palette.text,
    )
}

/// Running text.
pub fn body<'a>(look: &Look, words: impl IntoFragment<'a>) -> Text<'a> {
    styled(
        look,
        words.into_fragment(),
        token::BODY,
        SANS,
        look.palette.text,
    )
}

/// A caption, in less weight.
pub fn label<'a>(look: &Look, words: impl IntoFragment<'a>) -> Text<'a> {
    styled(
        look,
        words.into_fragment(),
        token::LABEL,
        SANS,
        look.palette.muted,
    )
}

fn styled<'a>(
    look: &Look,
    words: Fragment<'a>,
    size: TextSize,
    font: Font,
    color: Color,
) -> Text<'a> {
    text(words)
        .size(look.text(size))
        .line_height(LineHeight::Relative(token::LINE))
        .font(font)
        .color(color)
        .wrapping(Wrapping::WordOrGlyph)
}
