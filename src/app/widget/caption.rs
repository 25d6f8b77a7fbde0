//! What is being said, in writing, at the bottom of the screen. It has room of its own there: it covers nothing.

use iced::widget::{Space, column, container};
use iced::{Background, Fill, border};

use super::frame::page;
use super::named::named;
use super::{text, text_layout};
use crate::app::renderer::Element;
use crate::app::theme::{Look, SANS, token};

/// Draws `words` below everything, where something is being said. Beside a code they may spell it, and have a name of
/// their own.
pub fn caption<'a, Message: 'a>(
    look: &Look,
    words: Option<&str>,
    beside_code: bool,
) -> Element<'a, Message> {
    let (ground, ink) = (look.palette.raised, look.palette.text);
    let radius = look.radius();
    let shown = words.map(|words| {
        let words = text::label(look, words.to_owned()).color(ink).width(Fill);
        let strip = container(words)
            .padding([look.px(token::GAP_XS), look.px(token::GAP_M)])
            .style(move |_| container::Style {
                background: Some(Background::Color(ground)),
                border: border::rounded(radius),
                ..container::Style::default()
            });
        let name = if beside_code {
            "spoken_caption"
        } else {
            "caption"
        };
        named(name, strip)
    });
    let below = column![Space::new().height(Fill)].push(shown);
    page(look, container(below).padding(look.edges()))
}

/// Lines that are said, in pieces that have room in a caption.
pub fn pieces(look: &Look, lines: Vec<String>) -> Vec<String> {
    let size = look.text(token::LABEL);
    let width = look.safe().width - 2.0 * look.px(token::GAP_M);
    let broken = |line: String| {
        let rows = text_layout::lines(&line, size, look.font(SANS), width);
        let pieces = rows.chunks(look.caption_lines());
        pieces.map(|rows| rows.join(" ")).collect::<Vec<_>>()
    };
    lines.into_iter().flat_map(broken).collect()
}

#[cfg(test)]
mod tests {
    use iced::Size;

    use super::*;
    use crate::app::i18n;
    use crate::config::Screen;

    #[test]
    fn what_is_said_is_written_to_the_last_word_however_small_the_screen() {
        let words =
            "A detective in the asteroid belt and an envoy discover a conspiracy. ".repeat(6);
        for (width, height) in [(480.0, 800.0), (800.0, 480.0), (1920.0, 1080.0)] {
            let size = Size::new(width, height);
            let look = Look::new(&Screen::default(), size, i18n::language());
            let pieces = pieces(&look, vec![words.clone(), "The end.".to_owned()]);
            let all: Vec<_> = pieces
                .iter()
                .flat_map(|piece| piece.split_whitespace())
                .collect();
            let said: Vec<_> = words.split_whitespace().chain(["The", "end."]).collect();
            assert_eq!(all, said);
            assert_eq!(pieces.last().map(String::as_str), Some("The end."));
            let font = look.font(SANS);
            for piece in pieces {
                let width = look.safe().width - 2.0 * look.px(token::GAP_M);
                let rows = text_layout::lines(&piece, look.text(token::LABEL), font, width);
                assert!(rows.len() <= look.caption_lines(), "{piece}");
            }
        }
    }
}
