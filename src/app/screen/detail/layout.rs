//! Where the words of a card stand on the detail screen. Sizes in, places out.

use iced::{Point, Rectangle, Size};
use jiff::Timestamp;

use super::artwork::artwork_size;
use crate::api::Card;
use crate::app::format::format_value;
use crate::app::i18n;
use crate::app::theme::token::FACTS_ABOVE;
use crate::app::theme::{BOLD, Look, SANS, TextSize, token};
use crate::app::widget::control::{control_height, ring_room};
use crate::app::widget::frame::body_below;
use crate::app::widget::text_layout;
use crate::config::Shape;

/// The most buttons shown at once; the others come when the focus nears them.
fn shown_at_once(look: &Look) -> usize {
    if look.is_in_reach() && !look.is_on_end() {
        2
    } else {
        3
    }
}

/// Size of the title.
pub(super) fn title_size(look: &Look) -> TextSize {
    if look.is_in_reach() {
        token::HEADING
    } else {
        token::TITLE
    }
}

/// Lines of the title.
fn title_lines(look: &Look) -> usize {
    if look.is_in_reach() && !look.is_on_end() {
        1
    } else {
        2
    }
}

/// Shares of its size that the picture above the words is tried in.
const ARTWORK_SHARES: [f32; 4] = [1.0, 0.75, 0.5, 0.0];

/// The words of a card in the lines they take, and where these stand: in pixels from the corner of what is
/// below the line at the top.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DetailLayout {
    /// The picture; a card of words without one has no place for it.
    pub(super) artwork: Option<Rectangle>,
    /// What stands beside it, with the room for its ring.
    pub(super) words: Rectangle,
    /// The lines of the title, each with its place.
    pub(super) title: Vec<(String, Rectangle)>,
    /// The badges on one line.
    pub(super) badges: Option<(String, Rectangle)>,
    /// The second line.
    pub(super) subtitle: Option<(String, Rectangle)>,
    /// How far it is, and the line that shows it.
    pub(super) progress: Option<(f32, Rectangle)>,
    /// Where the text is, with its margins where it can be scrolled.
    pub(super) text: Rectangle,
    /// Where its lines are.
    pub(super) lines: Rectangle,
    /// All lines of the text.
    pub(super) body: Vec<String>,
    /// How many of them fit.
    pub(super) fits: usize,
    /// Buttons shown at once.
    pub(super) buttons: usize,
    /// What the further lines are called and what they say, with their places.
    pub(super) facts: Vec<(String, Rectangle, String, Rectangle)>,
}

impl DetailLayout {
    /// On a screen that stands on end the picture above the words gives way until they have room. Where they would still
    /// lie under buttons, those give way that the focus is not near.
    pub(super) fn new(look: &Look, card: &Card, shape: Shape, buttons: usize) -> Self {
        let shares: &[f32] = match look.is_on_end() {
            true => &ARTWORK_SHARES,
            false => &[1.0],
        };
        let least = shares.last().copied().unwrap_or_default();
        let with = |buttons| {
            let mut ways = shares
                .iter()
                .map(|share| Self::with_artwork(look, card, (shape, *share), buttons));
            let whole = ways.find(|layout| layout.is_whole(look));
            whole.unwrap_or_else(|| Self::with_artwork(look, card, (shape, least), buttons))
        };
        let most = buttons.clamp(1, shown_at_once(look));
        let mut ways = (2..=most).rev().map(with);
        let clear = ways.find(|layout| layout.is_clear(look));
        clear.unwrap_or_else(|| with(1))
    }

    /// Whether its words end above its buttons.
    fn is_clear(&self, look: &Look) -> bool {
        let bottom = |place: Rectangle| place.y + place.height;
        let line = line_height(look.text(token::BODY));
        bottom(self.text) <= bottom(self.words)
            && (self.body.is_empty() || self.lines.height >= line)
    }

    /// Whether there is room for two lines of its text, or for what there is of it.
    fn is_whole(&self, look: &Look) -> bool {
        let height = line_height(look.text(token::BODY));
        self.text.y <= self.words.y + self.words.height
            && self.lines.height >= height * self.body.len().min(2) as f32
    }

    /// With the picture in this share of its size; none for a share of nothing.
    fn with_artwork(
        look: &Look,
        card: &Card,
        (shape, share): (Shape, f32),
        buttons: usize,
    ) -> Self {
        let area = body_below(look);
        let inset = ring_room(look);
        let there = share > 0.0 && (shape != Shape::Text || card.image.is_some());
        let artwork = there.then(|| {
            let whole = artwork_size(look, shape);
            let size = Size::new(
                (whole.width * share).floor(),
                (whole.height * share).floor(),
            );
            Rectangle::new(Point::new(inset, inset), size)
        });
        let on_end = look.is_on_end();
        let beside = artwork.filter(|_| !on_end);
        let left = beside.map_or(0.0, |artwork| {
            artwork.x + artwork.width + look.px(token::GAP_XL) - inset
        });
        let above = artwork.filter(|_| on_end);
        let top = above.map_or(0.0, |artwork| {
            artwork.y + artwork.height + look.px(token::GAP_M)
        });
        let below = buttons as f32 * (control_height(look) + 2.0 * inset);
        let mut width = (area.width - left).max(1.0);
        if artwork.is_none() {
            // A longer line is hard to read.
            width = width.min(look.measure() + 2.0 * inset);
        }
        let words = Rectangle::new(
            Point::new(left, top),
            Size::new(width, (area.height - top - below).max(1.0)),
        );
        let mut column = Column {
            look,
            place: words.shrink(inset),
            used: 0.0,
        };
        let title_size = look.text(title_size(look));
        let title = text_layout::lines(
            &format_value(&card.title),
            title_size,
            look.font(BOLD),
            column.place.width,
        );
        let title = text_layout::cut(&title, title_lines(look))
            .into_iter()
            .map(|line| (line, column.line(title_size)))
            .collect();
        let badges: Vec<_> = card.badges.iter().map(format_value).collect();
        let badges = (!badges.is_empty()).then(|| {
            column.gap();
            (badges.join(" · "), column.line(look.text(token::LABEL)))
        });
        let subtitle = card.subtitle.as_ref().map(|words| {
            column.gap();
            (format_value(words), column.line(look.text(token::BODY)))
        });
        let progress = card
            .progress
            .and_then(|progress| progress.at(Timestamp::now()));
        let progress = progress.map(|done| {
            column.gap();
            (done, column.take(look.px(token::PROGRESS)))
        });
        // Below a wide picture is room for the further lines; else they stand above the text.
        let facts = match beside.filter(|_| shape == Shape::Wide) {
            Some(artwork) => {
                let top = artwork.y + artwork.height + look.px(token::GAP_M);
                let room = Rectangle {
                    y: top,
                    height: (area.height - top).max(0.0),
                    ..artwork
                };
                facts(look, card, room)
            }
            None => {
                column.gap();
                let height = fact_height(look) * card.details.len().min(FACTS_ABOVE) as f32;
                // Half of what is left is for the text, and as much as two lines of it take.
                let left = (column.place.height - column.used).max(0.0);
                let text = 2.0 * line_height(look.text(token::BODY)) + 4.0 * look.px(token::GAP_S);
                let most = if card.body.is_some() {
                    (left / 2.0).min(left - text).max(0.0)
                } else {
                    left
                };
                facts(look, card, column.take(height.min(most)))
            }
        };
        column.gap();
        column.gap();
        let rest = column.rest();
        let size = look.text(token::BODY);
        let body = card.body.as_ref().map(format_value).unwrap_or_default();
        let wrapped = |width| match body.as_str() {
            "" => Vec::new(),
            body => text_layout::lines(body, size, look.font(SANS), width),
        };
        let fit = |height: f32| (height / line_height(size)).floor().max(1.0) as usize;
        let mut body = wrapped(rest.width);
        let (mut text, mut lines) = (rest, rest);
        if body.len() > fit(rest.height) {
            // A panel of its own, with a bar at its end.
            lines = rest.shrink(look.px(token::GAP_S));
            lines.width -= look.px(token::GAP_M);
            body = wrapped(lines.width);
            lines.height = fit(lines.height) as f32 * line_height(size);
            text.height = lines.height + 2.0 * look.px(token::GAP_S);
        }
        let fits = fit(lines.height);
        Self {
            facts,
            artwork,
            words,
            title,
            badges,
            subtitle,
            progress,
            text,
            lines,
            body,
            fits,
            buttons,
        }
    }

    /// The last line that the text can be scrolled to.
    pub(super) fn last_scroll(&self) -> usize {
        self.body.len().saturating_sub(self.fits)
    }

    /// Lines that one press scrolls: half of those in view stay.
    pub(super) fn step(&self) -> usize {
        (self.fits / 2).max(1)
    }
}

/// The further lines in a place, as many as fit.
fn facts(look: &Look, card: &Card, room: Rectangle) -> Vec<(String, Rectangle, String, Rectangle)> {
    let height = fact_height(look);
    let fit = (room.height / height).floor().max(0.0) as usize;
    let name = (room.width.min(look.px(token::ARTWORK)) * token::FACT_SHARE).round();
    let gap = look.px(token::GAP_S);
    let tag = i18n::language().tag;
    card.details
        .iter()
        .take(fit)
        .enumerate()
        .map(|(index, fact)| {
            let corner = Point::new(room.x, room.y + index as f32 * height);
            let called = Rectangle::new(corner, Size::new(name - gap, height));
            let said = Rectangle {
                x: called.x + name,
                width: room.width - name,
                ..called
            };
            (
                fact.label.in_language(tag).to_owned(),
                called,
                format_value(&fact.value),
                said,
            )
        })
        .collect()
}

fn fact_height(look: &Look) -> f32 {
    line_height(look.text(token::LABEL)) + look.px(token::GAP_XS)
}

/// Height of a line of text.
pub(super) fn line_height(size: f32) -> f32 {
    (size * token::LINE).ceil()
}

/// Places one below the other.
struct Column<'a> {
    look: &'a Look,
    place: Rectangle,
    used: f32,
}

impl Column<'_> {
    fn take(&mut self, height: f32) -> Rectangle {
        let place = Rectangle {
            y: self.place.y + self.used,
            height,
            ..self.place
        };
        self.used += height;
        place
    }

    fn line(&mut self, size: f32) -> Rectangle {
        self.take(line_height(size))
    }

    fn gap(&mut self) {
        self.used += self.look.px(token::GAP_S);
    }

    fn rest(&mut self) -> Rectangle {
        self.take((self.place.height - self.used).max(0.0))
    }
}
