//! How the detail screen looks.

use iced::widget::{Space, column, row, stack};
use iced::{Center, Color, Fill, Point, Rectangle, Size};

use super::artwork::artwork_key;
use super::layout::{line_height, title_size};
use super::{ActionState, Detail, DetailButton, DetailFocus};
use crate::api::{self, Effect};
use crate::app::format::letters_of;
use crate::app::i18n::{self, fl};
use crate::app::pictures::Pictures;
use crate::app::renderer::Element;
use crate::app::screen::home::error_text;
use crate::app::theme::{BOLD, Look, SANS, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::draw_list::{DrawList, LineAlign, Primitive, TextLine};
use crate::app::widget::{Chrome, button, frame_at, text, text_layout};

/// Lines for what came of an action, beside its button.
const OUTCOME_LINES: usize = 2;

impl Detail {
    /// Draws the screen.
    pub fn view<'a, Parent: 'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
        pictures: &Pictures,
    ) -> Element<'a, Parent> {
        if let Some(phone) = self.phone.as_ref().filter(|_| self.on_phone) {
            return phone.view(look, chrome, self.place(), &self.card);
        }
        let words = self.layout.words;
        let buttons = row![
            Space::new().width(words.x),
            self.controls_below(look, words.width)
        ];
        let below = column![Space::new().height(words.y + words.height), buttons];
        let body = stack![self.drawing(look, pictures), below];
        frame_at(look, chrome, self.place(), body)
    }

    /// Where the card was found.
    fn place(&self) -> &str {
        self.found_in.in_language(i18n::language().tag)
    }

    fn drawing(&self, look: &Look, pictures: &Pictures) -> DrawList {
        let (layout, palette) = (&self.layout, look.palette);
        let line = |text: &str, place, size, font, color, align| {
            Primitive::Text(TextLine {
                place,
                text: text.to_owned(),
                size,
                font: look.font(font),
                color,
                align,
            })
        };
        let start = |text: &str, place, size, font, color| {
            line(text, place, size, font, color, LineAlign::Start)
        };
        let mut pieces = Vec::new();
        self.artwork(look, pictures, &mut pieces);
        for (words, place) in &layout.title {
            let size = look.text(title_size(look));
            pieces.push(start(words, *place, size, BOLD, palette.text));
        }
        if let Some((words, place)) = &layout.badges {
            let size = look.text(token::LABEL);
            pieces.push(start(words, *place, size, BOLD, palette.text));
        }
        if let Some((words, place)) = &layout.subtitle {
            let size = look.text(token::BODY);
            pieces.push(start(words, *place, size, SANS, palette.muted));
        }
        if let Some((done, place)) = layout.progress {
            pieces.extend(progress(look, place, done));
        }
        for (called, at, says, place) in &layout.facts {
            let size = look.text(token::LABEL);
            pieces.push(start(called, *at, size, SANS, palette.muted));
            pieces.push(start(says, *place, size, SANS, palette.text));
        }
        self.text(look, &mut pieces);
        let names = vec![("text".to_owned(), layout.text)];
        let names = names.into_iter().filter(|_| layout.last_scroll() > 0);
        DrawList::new(pieces).names(names.collect()).read(look)
    }

    fn artwork(&self, look: &Look, pictures: &Pictures, pieces: &mut Vec<Primitive>) {
        let Some(place) = self.layout.artwork else {
            return;
        };
        let url = self.card.image.as_ref();
        let handle = url.and_then(|url| pictures.get(&artwork_key(look, self.shape, url)));
        let letters = match handle {
            Some(_) => String::new(),
            None => letters_of(&self.card.title),
        };
        pieces.push(Primitive::Quad {
            place,
            fill: look.palette.tint(&self.card.title.to_string()),
            radius: look.radius(),
            outline: None,
        });
        pieces.push(Primitive::Image {
            place,
            handle: handle.cloned(),
        });
        pieces.push(Primitive::Text(TextLine {
            place,
            text: letters,
            size: look.unscaled_text(token::DISPLAY),
            font: look.font(BOLD),
            color: look.palette.text,
            align: LineAlign::Middle,
        }));
    }

    /// The lines of the text that are in view. Where there are more, they stand on a panel of their own, with
    /// a bar that tells where, and the ring.
    fn text(&self, look: &Look, pieces: &mut Vec<Primitive>) {
        let (layout, palette) = (&self.layout, look.palette);
        let size = look.text(token::BODY);
        let height = line_height(size);
        if layout.last_scroll() > 0 {
            self.scroll(look, pieces);
        }
        for row in 0..layout.fits {
            let words = layout.body.get(self.scrolled + row);
            let corner = Point::new(layout.lines.x, layout.lines.y + row as f32 * height);
            pieces.push(Primitive::Text(TextLine {
                place: Rectangle::new(corner, Size::new(layout.lines.width, height)),
                text: words.cloned().unwrap_or_default(),
                size,
                font: look.font(SANS),
                color: palette.text,
                align: LineAlign::Start,
            }));
        }
    }

    fn scroll(&self, look: &Look, pieces: &mut Vec<Primitive>) {
        let (layout, palette) = (&self.layout, look.palette);
        let width = look.px(token::PROGRESS);
        let track = Rectangle {
            x: layout.text.x + layout.text.width - 2.0 * width,
            width,
            ..layout.lines
        };
        let (fits, all) = (layout.fits as f32, layout.body.len() as f32);
        let mut part = track;
        part.height = (track.height * fits / all).round().max(width);
        let rest = track.height - part.height;
        part.y += (rest * self.scrolled as f32 / layout.last_scroll() as f32).round();
        let surface = |place, fill, radius| Primitive::Quad {
            place,
            fill,
            radius,
            outline: None,
        };
        let (fill, ring) = if self.focus == DetailFocus::Text {
            (
                palette.accent_ink,
                Some((palette.ring, look.px(token::RING))),
            )
        } else {
            (palette.muted, None)
        };
        pieces.extend([
            surface(layout.text, palette.raised, look.radius()),
            surface(track, palette.track(), width / 2.0),
            surface(part, fill, width / 2.0),
            Primitive::Quad {
                place: layout.text.expand(ring_room(look)),
                fill: Color::TRANSPARENT,
                radius: look.radius_around(ring_room(look)),
                outline: ring,
            },
        ]);
    }

    fn controls_below<'a, Parent: 'a>(&'a self, look: &Look, width: f32) -> Element<'a, Parent> {
        let focused = match self.focus {
            DetailFocus::Button(index) => Some(index),
            DetailFocus::Text => None,
        };
        let most = self.layout.buttons;
        let first = (focused.unwrap_or(0) + 1).saturating_sub(most);
        let shown = self.buttons().into_iter().enumerate();
        let shown = shown.skip(first).take(most);
        column(shown.map(|(index, shown)| {
            let has_focus = Some(index) == focused;
            match shown {
                DetailButton::Action(index) => self.action(look, width, index, has_focus),
                DetailButton::Open | DetailButton::Phone | DetailButton::Back => {
                    button(look, shown.id(), self.words(shown), has_focus)
                }
            }
        }))
        .width(Fill)
        .into()
    }

    /// What a button says.
    pub(super) fn words(&self, button: DetailButton) -> String {
        match button {
            DetailButton::Open => fl!("detail-open"),
            DetailButton::Phone => fl!("detail-phone"),
            DetailButton::Back => fl!("detail-back"),
            DetailButton::Action(index) => {
                let action = self.actions.get(index).map(|(action, _)| &action.label);
                let label = action.map(|label| label.in_language(i18n::language().tag));
                label.unwrap_or_default().to_owned()
            }
        }
    }

    /// The button of an action, with what came of it beside it.
    fn action<'a, Parent: 'a>(
        &'a self,
        look: &Look,
        width: f32,
        index: usize,
        focused: bool,
    ) -> Element<'a, Parent> {
        let Some((offer, outcome)) = self.actions.get(index) else {
            return Space::new().into();
        };
        let size = look.text(token::BODY);
        let label = offer.label.in_language(i18n::language().tag);
        // What came of it needs as much room as it does itself.
        let room = match outcome {
            ActionState::Idle => width - button::width(look, ""),
            _ => width / 2.0,
        };
        let label = text::one_line(look, label, token::BODY, room);
        let color = outcome.color(look);
        let result = outcome.words().map(|words| {
            let control = 2.0 * look.px(token::CONTROL_PADDING_X) + 2.0 * ring_room(look);
            let taken =
                text_layout::width(&label, size, look.font(SANS)) + control + look.px(token::GAP_S);
            let size = look.text(token::LABEL);
            // Less one letter, for the ellipsis.
            let words = text_layout::lines(&words, size, look.font(SANS), width - taken - size);
            let words = text_layout::cut(&words, OUTCOME_LINES).join("\n");
            text::label(look, words).color(color)
        });
        let name = DetailButton::Action(index).id();
        row![button(look, name, label, focused)]
            .push(result)
            .spacing(look.px(token::GAP_S))
            .align_y(Center)
            .into()
    }
}

impl ActionState {
    /// What to say of it.
    pub(super) fn words(&self) -> Option<String> {
        Some(match self {
            Self::Idle => return None,
            Self::Running(_) => fl!("detail-running"),
            Self::Done(_, Some(words)) => words.clone(),
            Self::Done(Effect::Adds, None) => fl!("detail-added"),
            Self::Done(Effect::Removes, None) => fl!("detail-removed"),
            Self::Done(Effect::Other, None) => fl!("detail-done"),
            Self::Failed {
                error:
                    api::Error::Status {
                        message: Some(words),
                        ..
                    }
                    | api::Error::Reported(Some(words)),
                ..
            } => fl!("detail-said", words = words.as_str()),
            Self::Failed { error, .. } => fl!("detail-failed", reason = error_text::reason(error)),
        })
    }

    /// In which colour that is said.
    fn color(&self, look: &Look) -> Color {
        match self {
            Self::Idle | Self::Running(_) => look.palette.muted,
            Self::Done(..) => look.palette.ok,
            Self::Failed { .. } => look.palette.danger,
        }
    }
}

fn progress(look: &Look, place: Rectangle, done: f32) -> [Primitive; 2] {
    let bar = |width: f32, fill| Primitive::Quad {
        place: Rectangle {
            width: width.max(place.height).round(),
            ..place
        },
        fill,
        radius: place.height / 2.0,
        outline: None,
    };
    [
        bar(place.width, look.palette.track()),
        bar(place.width * done, look.palette.accent_ink),
    ]
}
