//! How a card and its children look.

use iced::widget::{column, container};
use iced::{Fill, Font, Rectangle};

use super::Opened;
use super::layout::OpenedLayout;
use crate::app::focus::row_focus::FocusTarget;
use crate::app::format::{format_value, letters_of};
use crate::app::i18n::fl;
use crate::app::pictures::Pictures;
use crate::app::renderer::Element;
use crate::app::screen::home::draw;
use crate::app::theme::{BOLD, Look, SANS, TextSize, token};
use crate::app::widget::card::line;
use crate::app::widget::draw_list::{DrawList, LineAlign, Primitive, TextLine};
use crate::app::widget::{Beside, Chrome, button, framed, text_layout};

/// Lines of the title, where there is room.
const TITLE_LINES: usize = 2;

impl Opened {
    /// Draws the screen. `trail` says where it is: what was opened before.
    pub fn view<'a, Message: 'a>(
        &self,
        look: &Look,
        chrome: &'a Chrome,
        pictures: &Pictures,
        trail: &str,
    ) -> Element<'a, Message> {
        let layout = OpenedLayout::new(look, self.shape);
        let on_details = self.rows.focus().focus() == FocusTarget::Account;
        let words = fl!("opened-details");
        let width = button::width(look, &words);
        let shown = button(look, "details", words, on_details);
        let details = Beside { shown, width };
        let above = container(self.above(look, layout, pictures, trail));
        let below = draw::draw(&self.rows, pictures, look);
        let body = column![
            above.width(Fill).height(layout.above),
            container(below).width(Fill).height(Fill),
        ];
        framed(look, chrome, Some(details), body)
    }

    /// What the card says.
    fn above(
        &self,
        look: &Look,
        layout: OpenedLayout,
        pictures: &Pictures,
        trail: &str,
    ) -> DrawList {
        let mut pieces = Vec::new();
        let card = &self.parent;
        let artwork = card.image.is_some();
        let artwork = artwork.then(|| layout.artwork(look, self.parent_shape));
        if let Some(place) = artwork {
            let key = self.artwork(look);
            let handle = key.and_then(|key| pictures.get(&key).cloned());
            pieces.push(Primitive::Quad {
                place,
                fill: look.palette.tint(&card.title.to_string()),
                radius: look.radius(),
                outline: None,
            });
            let letters = match handle {
                Some(_) => String::new(),
                None => letters_of(&card.title),
            };
            pieces.push(Primitive::Image { place, handle });
            pieces.push(Primitive::Text(TextLine {
                place,
                text: letters,
                size: look.text(token::TITLE),
                font: look.font(BOLD),
                color: look.palette.text,
                align: LineAlign::Middle,
            }));
        }
        let mut column = Column {
            look,
            rest: layout.words(look, artwork),
            pieces: &mut pieces,
        };
        column.say(trail, (token::LABEL, SANS), look.palette.muted, 1);
        // The lines below want some room too.
        let title_lines = if column.fits(token::TITLE) > TITLE_LINES {
            TITLE_LINES
        } else {
            1
        };
        let title = format_value(&card.title);
        column.say(&title, (token::TITLE, BOLD), look.palette.text, title_lines);
        let mut facts: Vec<_> = card.subtitle.iter().map(format_value).collect();
        facts.extend(card.badges.iter().map(format_value));
        column.say(
            &facts.join(" · "),
            (token::BODY, SANS),
            look.palette.muted,
            1,
        );
        if let Some(body) = card.body.as_ref().map(format_value) {
            let gap = look.px(token::GAP_S);
            column.rest.y += gap;
            column.rest.height -= gap;
            let most = column.fits(token::BODY);
            column.say(&body, (token::BODY, SANS), look.palette.text, most);
        }
        DrawList::new(pieces).read(look)
    }
}

/// Lines one below the other, as long as there is room.
struct Column<'a> {
    look: &'a Look,
    rest: Rectangle,
    pieces: &'a mut Vec<Primitive>,
}

impl Column<'_> {
    fn fits(&self, size: TextSize) -> usize {
        let height = (self.look.text(size) * token::LINE).ceil();
        (self.rest.height / height).floor().max(0.0) as usize
    }

    fn say(
        &mut self,
        words: &str,
        (size, font): (TextSize, Font),
        color: iced::Color,
        most: usize,
    ) {
        let most = most.min(self.fits(size));
        if words.is_empty() || most == 0 {
            return;
        }
        let height = (self.look.text(size) * token::LINE).ceil();
        let (size, font) = (self.look.text(size), self.look.font(font));
        for words in text_layout::broken(words, size, font, self.rest.width, most).iter() {
            let place = Rectangle {
                height,
                ..self.rest
            };
            let mut piece = line(self.look, place, words, size, color);
            if let Primitive::Text(line) = &mut piece {
                line.font = font;
            }
            self.pieces.push(piece);
            self.rest.y += height;
            self.rest.height -= height;
        }
    }
}
