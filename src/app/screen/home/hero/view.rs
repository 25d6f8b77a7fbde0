//! How the card above the rows looks.

use iced::advanced::image::Handle;
use iced::{Color, Font, Rectangle};

use super::layout::HeroLayout;
use super::{Hero, Said, Subject};
use crate::app::format::format_value;
use crate::app::i18n;
use crate::app::pictures::Pictures;
use crate::app::screen::home::rows::Rows;
use crate::app::theme::{BOLD, Look, SANS, TextSize, token};
use crate::app::widget::draw_list::{DrawList, LineAlign, Primitive, TextLine};
use crate::app::widget::text_layout::{broken, known_width};
use crate::config::Shape;

/// Sizes of the title and its lines, the largest first; the last one is cut.
const TITLES: [(TextSize, usize); 2] = [(token::TITLE, 2), (token::HEADING, 3)];
/// Lines that are drawn, with words or without: title, facts, text and details.
const LINES: usize = 3 + 1 + token::HERO_LINES.1 + 1;

/// The picture behind the words and where it is, in an area of the size of the window.
pub fn picture(
    hero: &Hero,
    rows: &Rows,
    pictures: &Pictures,
    look: &Look,
) -> Option<(Rectangle, Option<Handle>)> {
    let layout = HeroLayout::of(look, rows).filter(|_| look.has_hero_picture())?;
    let key = hero.shown.as_ref().and_then(|shown| shown.picture(&layout));
    let handle = key.and_then(|key| pictures.get(&key).cloned());
    Some((layout.on_screen(look), handle))
}

/// The words, in the area above the rows; none where they leave no room.
pub fn words(hero: &Hero, rows: &Rows, look: &Look) -> Option<DrawList> {
    let layout = HeroLayout::of(look, rows)?;
    let mut lines = match &hero.shown {
        Some(shown) => {
            let pictured = shown.picture(&layout).is_some();
            Column::new(look, layout.words(pictured)).said(shown, pictured)
        }
        None => Vec::new(),
    };
    // As many whatever is said, so that what follows is not drawn anew.
    lines.resize_with(LINES, || empty(look));
    Some(DrawList::new(lines.into_iter().map(Primitive::Text).collect()).read(look))
}

fn empty(look: &Look) -> TextLine {
    TextLine {
        place: Rectangle::default(),
        text: String::new(),
        size: look.text(token::LABEL),
        font: look.font(SANS),
        color: look.palette.text,
        align: LineAlign::Start,
    }
}

/// Lines one below the other that end where the area does.
struct Column<'a> {
    look: &'a Look,
    area: Rectangle,
    lines: Vec<TextLine>,
    taken: f32,
}

impl<'a> Column<'a> {
    fn new(look: &'a Look, area: Rectangle) -> Self {
        Self {
            look,
            area,
            lines: Vec::new(),
            taken: 0.0,
        }
    }

    fn height(&self, size: TextSize) -> f32 {
        (self.look.text(size) * token::LINE).ceil()
    }

    /// Lines of this size that have room, where so much is left for others.
    fn fitting(&self, size: TextSize, others: f32) -> usize {
        let left = self.area.height - self.taken - others;
        (left / self.height(size)).floor().max(0.0) as usize
    }

    fn said(mut self, shown: &Subject, pictured: bool) -> Vec<TextLine> {
        let palette = self.look.palette;
        let (title, facts, body, details) = spoken(&shown.said);
        let gap = self.look.px(token::GAP_S);
        // Where there is no room for the usual sizes, a title and a line.
        let usual = self.height(token::TITLE) + 2.0 * self.height(token::BODY) + gap;
        let (titles, small) = if self.area.height >= usual {
            (&TITLES[..], token::BODY)
        } else {
            (&TITLES[1..], token::LABEL)
        };
        let facts_height = if facts.is_empty() {
            0.0
        } else {
            self.height(small)
        };
        let text_height = if body.is_empty() {
            0.0
        } else {
            self.height(small) + gap
        };
        let below = facts_height + if titles.len() > 1 { text_height } else { 0.0 };
        self.title(&title, titles, below);
        self.say(&facts, (small, SANS), palette.muted, 1);
        let room = |column: &Self| column.area.height - column.taken > gap + column.height(small);
        if !body.is_empty() && room(&self) {
            self.taken += gap;
            let (beside, alone) = token::HERO_LINES;
            let most = if pictured && shown.shape != Shape::Text {
                beside
            } else {
                alone
            };
            // Details have a line where the text has some left.
            let others = gap + self.height(token::LABEL);
            let beside = self.fitting(small, others).min(most);
            let whole = broken(
                &body,
                self.look.text(small),
                self.look.font(SANS),
                self.area.width,
                most,
            );
            let has_others = !details.is_empty() && beside >= whole.len().min(2);
            let most = if has_others {
                beside
            } else {
                self.fitting(small, 0.0).min(most)
            };
            self.say(&body, (small, SANS), palette.text, most);
        }
        let left = self.area.height - self.taken;
        if left >= gap + self.height(token::LABEL) {
            let details = self.that_fit(&details);
            self.taken += gap;
            self.say(&details, (token::LABEL, SANS), palette.muted, 1);
        }
        // What is said ends just above the rows.
        let spare = self.area.height - self.taken;
        for line in &mut self.lines {
            line.place.y += spare.floor();
        }
        self.lines
    }

    /// As many of the details as have room in one line, none of them cut.
    fn that_fit(&self, details: &[String]) -> String {
        let (size, font) = (self.look.text(token::LABEL), self.look.font(SANS));
        let fits = |words: &String| known_width(words, size, font) <= self.area.width;
        let lines = (0..=details.len())
            .rev()
            .map(|most| details[..most].join(" · "));
        lines.into_iter().find(fits).unwrap_or_default()
    }

    /// The title in the largest size that holds it whole and leaves so much for what is `below`.
    fn title(&mut self, title: &str, sizes: &[(TextSize, usize)], below: f32) {
        let font = self.look.font(BOLD);
        let fits = |(size, most): &&(TextSize, usize)| {
            let pixels = self.look.text(*size);
            let lines = broken(title, pixels, font, self.area.width, most + 1).len();
            lines <= *most && lines <= self.fitting(*size, below)
        };
        let chosen = sizes.iter().find(fits).or(sizes.last());
        if let Some((size, most)) = chosen {
            let most = self.fitting(*size, below).clamp(1, *most);
            self.say(title, (*size, BOLD), self.look.palette.text, most);
        }
    }

    fn say(&mut self, words: &str, (size, font): (TextSize, Font), color: Color, most: usize) {
        if words.is_empty() || most == 0 {
            return;
        }
        let height = self.height(size);
        let (size, font) = (self.look.text(size), self.look.font(font));
        for text in broken(words, size, font, self.area.width, most).iter() {
            self.lines.push(TextLine {
                place: Rectangle {
                    y: self.area.y + self.taken,
                    height,
                    ..self.area
                },
                text: text.clone(),
                size,
                font,
                color,
                align: LineAlign::Start,
            });
            self.taken += height;
        }
    }
}

/// Title, facts, text and details of what is shown.
fn spoken(said: &Said) -> (String, String, String, Vec<String>) {
    let card = match said {
        Said::Card(card) => card,
        Said::Row(title, note) => {
            return (title.clone(), note.clone(), String::new(), Vec::new());
        }
    };
    let facts = card.subtitle.iter().chain(&card.badges).map(format_value);
    let tag = i18n::language().tag;
    let details = card.details.iter().map(|fact| {
        let value = format_value(&fact.value);
        format!("{} {value}", fact.label.in_language(tag))
    });
    (
        format_value(&card.title),
        facts.collect::<Vec<_>>().join(" · "),
        card.body.as_ref().map(format_value).unwrap_or_default(),
        details.collect(),
    )
}
