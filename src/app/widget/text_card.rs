//! Draws one card of words: what is planned, open, on the menu. Always with the same number of pieces.
//!
//! From the top: the second line of the card, which says when or where; its title, in as many lines as it takes; its
//! text, as far as there is room; and at the bottom its badges, each on a plate of its own, and how far it has come.

use iced::{Point, Rectangle, Size};
use jiff::Timestamp;

use super::card::{CardSlot, badge_on, line, no_picture};
use super::draw_list::Primitive;
use super::row_layout::RowLayout;
use super::text_layout;
use crate::api::Card;
use crate::app::format::{format_to_fit, format_value};
use crate::app::theme::token::{CARD_BODY_LINES, CARD_TITLE_LINES};
use crate::app::theme::{BOLD, Look, SANS, TextSize, token};
use crate::config::Shape;

/// Badges that are drawn.
const BADGES: usize = 3;
/// Letters of the text that are looked at: more than its lines hold.
const BODY_LETTERS: usize = 300;

/// Adds the pieces of what stands at `place`.
pub fn draw(
    pieces: &mut Vec<Primitive>,
    look: &Look,
    measure: &RowLayout,
    place: Rectangle,
    slot: CardSlot<'_>,
    focused: bool,
) {
    let grown = if focused { measure.grown(place) } else { place };
    let mut face = Face::blank(look, place);
    match slot {
        CardSlot::Empty => {}
        CardSlot::Skeleton => {
            face.tile(look, grown);
            face.wait(look);
        }
        CardSlot::Note(what, hint, said) => {
            face.tile(look, grown);
            if measure.holds(place) {
                face.note(look, what, [hint, said]);
            }
        }
        CardSlot::Card(card, handle) => {
            face.tile(look, grown);
            // Words stand in the safe area alone.
            if measure.holds(place) {
                if card.image.is_some() {
                    let size = measure.picture_size(Shape::Text);
                    face.image = Primitive::Image {
                        place: face.thumbnail(size, look.px(token::GAP_S)),
                        handle: handle.cloned(),
                    };
                }
                face.say(look, card);
            }
        }
    }
    face.add_to(look, pieces);
}

/// The pieces of a card in the order in which they are drawn.
struct Face {
    tile: Primitive,
    bars: [Primitive; 2],
    image: Primitive,
    lines: Vec<Primitive>,
    badges: Vec<Primitive>,
    /// Where words may stand that are still to come.
    rest: Rectangle,
    /// What the picture leaves of the first lines.
    beside: Rectangle,
}

impl Face {
    fn blank(look: &Look, place: Rectangle) -> Self {
        let rest = place.shrink(look.px(token::CARD_PADDING));
        Self {
            tile: Primitive::none(),
            bars: [Primitive::none(), Primitive::none()],
            image: no_picture(),
            lines: Vec::with_capacity(1 + CARD_TITLE_LINES + CARD_BODY_LINES),
            badges: Vec::with_capacity(BADGES),
            rest,
            beside: Rectangle::new(rest.position(), Size::new(rest.width, 0.0)),
        }
    }

    fn tile(&mut self, look: &Look, place: Rectangle) {
        self.tile = Primitive::Quad {
            place,
            fill: look.palette.raised,
            radius: look.radius(),
            outline: look.outline(),
        };
    }

    /// A place for the picture at the end of the first lines.
    fn thumbnail(&mut self, size: Size, gap: f32) -> Rectangle {
        let rest = self.rest;
        let left = rest.x + rest.width - size.width;
        let beside = (left - rest.x - gap).max(0.0);
        self.beside = Rectangle::new(rest.position(), Size::new(beside, size.height));
        Rectangle::new(Point::new(left, rest.y), size)
    }

    /// Lines in place of words that are to come.
    fn wait(&mut self, look: &Look) {
        let height = (look.text(token::LABEL) / 2.0).round();
        let bar = |share: f32, line: f32| Primitive::Quad {
            place: Rectangle::new(
                Point::new(self.rest.x, self.rest.y + line * 3.0 * height),
                Size::new((self.rest.width * share).round(), height),
            ),
            fill: look.palette.track(),
            radius: height / 2.0,
            outline: None,
        };
        self.bars = [bar(0.4, 0.0), bar(0.8, 1.0)];
    }

    fn note(&mut self, look: &Look, what: &str, more: [&str; 2]) {
        let words = self.broken(look, what, (token::BODY, SANS), 2);
        self.write(look, words, (token::BODY, SANS), look.palette.text);
        for words in more.into_iter().filter(|words| !words.is_empty()) {
            let words = self.broken(look, words, (token::LABEL, SANS), 2);
            self.write(look, words, (token::LABEL, SANS), look.palette.muted);
        }
    }

    fn say(&mut self, look: &Look, card: &Card) {
        let palette = look.palette;
        let progress = card.progress;
        if let Some(done) = progress.and_then(|progress| progress.at(Timestamp::now())) {
            self.progress(look, done);
        }
        if !card.badges.is_empty() {
            self.badges(look, card);
        }
        if let Some(subtitle) = &card.subtitle {
            let (size, font) = (look.text(token::LABEL), look.font(BOLD));
            let words = format_to_fit(subtitle, |words| {
                text_layout::known_width(words, size, font) <= self.width()
            });
            let words = self.broken(look, &words, (token::LABEL, BOLD), 1);
            self.write(look, words, (token::LABEL, BOLD), palette.accent_ink);
        }
        let title = format_value(&card.title);
        let title = self.broken(look, &title, (token::BODY, BOLD), CARD_TITLE_LINES);
        self.write(look, title, (token::BODY, BOLD), palette.text);
        let body = card.body.as_ref().map(format_value).unwrap_or_default();
        // Its first words; the detail screen has them all.
        let first = body.char_indices().nth(BODY_LETTERS);
        let body = first.map_or(body.as_str(), |(end, _)| &body[..end]);
        // A card has no room for what stands between paragraphs.
        let lines = body.lines().filter(|line| !line.trim().is_empty());
        let body = lines.collect::<Vec<_>>().join("\n");
        if !body.is_empty() {
            let body = self.broken(look, &body, (token::LABEL, SANS), CARD_BODY_LINES);
            self.write(look, body, (token::LABEL, SANS), palette.muted);
        }
    }

    /// The lines that `words` take of what is left, at most so many.
    fn broken(
        &self,
        look: &Look,
        words: &str,
        (size, font): (TextSize, iced::Font),
        most: usize,
    ) -> Vec<String> {
        let fit = (self.rest.height / line_height(look, size))
            .floor()
            .max(0.0) as usize;
        let size = look.text(size);
        let width = self.width();
        text_layout::broken(words, size, look.font(font), width, most.min(fit)).to_vec()
    }

    /// The width of the next line.
    fn width(&self) -> f32 {
        if self.rest.y < self.beside.y + self.beside.height {
            self.beside.width
        } else {
            self.rest.width
        }
    }

    fn write(
        &mut self,
        look: &Look,
        words: Vec<String>,
        (size, font): (TextSize, iced::Font),
        color: iced::Color,
    ) {
        for words in words {
            let width = self.width();
            let mut place = self.take(line_height(look, size));
            place.width = width;
            let mut piece = line(look, place, &words, look.text(size), color);
            if let Primitive::Text(line) = &mut piece {
                line.font = look.font(font);
            }
            self.lines.push(piece);
        }
    }

    /// The next line from the top.
    fn take(&mut self, height: f32) -> Rectangle {
        let place = Rectangle {
            height,
            ..self.rest
        };
        self.rest.y += height;
        self.rest.height -= height;
        place
    }

    /// A line at the bottom that shows how far it has come.
    fn progress(&mut self, look: &Look, done: f32) {
        let height = look.px(token::PROGRESS);
        let track = Rectangle {
            y: self.rest.y + self.rest.height - height,
            height,
            ..self.rest
        };
        let part = Rectangle {
            width: (track.width * done).round().max(height),
            ..track
        };
        self.rest.height -= height + look.px(token::GAP_XS);
        let bar = |place, fill| Primitive::Quad {
            place,
            fill,
            radius: height / 2.0,
            outline: None,
        };
        self.bars = [
            bar(track, look.palette.track()),
            bar(part, look.palette.accent_ink),
        ];
    }

    /// The badges side by side at the bottom: those that fit whole, and the first one anyway.
    fn badges(&mut self, look: &Look, card: &Card) {
        let (size, font) = (look.text(token::LABEL), look.font(BOLD));
        let height = line_height(look, token::LABEL);
        let padding = look.px(token::BADGE_PADDING);
        let (mut left, right) = (self.rest.x, self.rest.x + self.rest.width);
        let top = self.rest.y + self.rest.height - height;
        for badge in card.badges.iter().take(BADGES) {
            let room = right - left - 2.0 * padding;
            let width = |words: &str| text_layout::known_width(words, size, font);
            let words = format_to_fit(badge, |words| width(words) <= room);
            let is_cut = width(&words) > room;
            if words.is_empty() || (is_cut && !self.badges.is_empty()) {
                continue;
            }
            let width = width(&words).min(room);
            let strip = Rectangle::new(
                Point::new(left + padding, top),
                Size::new(width.ceil(), height),
            );
            self.badges.push(badge_on(look, strip, &words));
            left = strip.x + strip.width + padding + look.px(token::GAP_XS);
        }
        self.rest.height -= height + look.px(token::GAP_XS);
    }

    /// Adds the pieces, and those without words.
    fn add_to(self, look: &Look, pieces: &mut Vec<Primitive>) {
        let nowhere = Rectangle::new(self.rest.position(), Size::new(1.0, 1.0));
        let silent = || {
            line(
                look,
                nowhere,
                "",
                look.text(token::LABEL),
                look.palette.text,
            )
        };
        let bare = || badge_on(look, nowhere, "");
        let lines = self.lines.into_iter().chain(std::iter::repeat_with(silent));
        let badges = self.badges.into_iter().chain(std::iter::repeat_with(bare));
        pieces.push(self.tile);
        pieces.extend(self.bars);
        pieces.push(self.image);
        pieces.extend(lines.take(1 + CARD_TITLE_LINES + CARD_BODY_LINES));
        pieces.extend(badges.take(BADGES));
    }
}

fn line_height(look: &Look, size: TextSize) -> f32 {
    (look.text(size) * token::LINE).ceil()
}
