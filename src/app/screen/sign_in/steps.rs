//! The steps of a sign-in with the QR code: beside it, or around it on a screen that stands on end.

use iced::widget::{Row, Space, column, container, row};
use iced::{Center, Color, Fill, Right};

use super::confirmed::life_height;
use super::view::blank;
use super::{Message, Phase, PollStatus, Showing, SignIn};
use crate::app::i18n::{digits, fl};
use crate::app::renderer::{Column, Element};
use crate::app::theme::token::{Px, TextSize};
use crate::app::theme::{BOLD, Look, MONO_ADVANCE, SANS, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::snapped_text::snapped_text;
use crate::app::widget::{countdown, fitting, text, text_layout};

/// One way to say what is to be done.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// Side of the QR code's plate, in pixels.
    side: f32,
    /// Between the steps.
    gap: Px,
    words: Words,
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    /// Three steps with their numbers.
    All,
    /// Two, and whom the code is for.
    Fewer,
    /// Where to go, and what to compare.
    Fewest,
}

/// The ways that a window may have room for, the best one first.
fn ways(look: &Look) -> Vec<Way> {
    let least = (look.shorter_side() * token::QR_LEAST_SHARE).ceil();
    let usual = look.px(token::QR).max(least);
    let with = |words, gap, sides: &[f32]| {
        let sides = sides.iter().map(|side| side.max(least));
        sides
            .map(|side| Way { side, gap, words })
            .collect::<Vec<_>>()
    };
    if !look.is_on_end() && !look.is_in_reach() {
        return [
            with(Words::All, token::GAP_L, &[usual]),
            with(Words::All, token::GAP_S, &[usual, least]),
            with(Words::Fewer, token::GAP_S, &[usual, least]),
        ]
        .concat();
    }
    let [large, larger, largest] = token::QR_ON_END.map(|side| look.px(side));
    if look.is_on_end() {
        return [
            with(Words::All, token::GAP_L, &[largest, larger, large, usual]),
            with(Words::All, token::GAP_S, &[large, usual, least]),
            with(Words::Fewer, token::GAP_S, &[usual, least]),
            with(Words::Fewest, token::GAP_S, &[usual, least]),
        ]
        .concat();
    }
    let (lesser, small) = (look.px(token::QR_LESSER), look.px(token::QR_SMALL));
    [
        with(Words::All, token::GAP_M, &[lesser, small, least]),
        with(Words::All, token::GAP_XS, &[small, least]),
        with(Words::Fewer, token::GAP_S, &[lesser, small, least]),
        with(Words::Fewest, token::GAP_S, &[small, least]),
    ]
    .concat()
}

/// Whether the words that say what goes on stand on a line of their own: beside the buttons there is no room.
pub(super) fn status_apart(look: &Look) -> bool {
    !look.has_one_line()
}

impl SignIn {
    /// The steps with the QR code, the controls below.
    pub(super) fn steps<'a>(
        &'a self,
        look: &Look,
        showing: Option<&'a Showing>,
    ) -> Element<'a, Message> {
        let without_qr = showing.is_some_and(|showing| showing.qr.is_none());
        let all = ways(look).into_iter().map(|way| match without_qr {
            true => self.words(look, showing, way, look.safe().width),
            false if look.is_on_end() => self.around(look, showing, way),
            false => self.beside(look, showing, way),
        });
        column![
            fitting(all.collect()),
            self.buttons(look, Some(self.status())),
        ]
        .into()
    }

    /// The steps beside the QR code.
    fn beside<'a>(
        &'a self,
        look: &Look,
        showing: Option<&'a Showing>,
        way: Way,
    ) -> Element<'a, Message> {
        let gap = look.px(token::GAP_XL);
        let width = look.safe().width - way.side - gap;
        // On a very wide screen they stay beside one another, in the middle.
        let width = width.min(look.px(token::STEPS));
        let both = row![
            self.words(look, showing, way, width),
            self.plate(look, showing, way.side),
        ]
        .spacing(gap)
        .align_y(Center);
        container(both).center_x(Fill).into()
    }

    /// The QR code between the first step and the others.
    fn around<'a>(
        &'a self,
        look: &Look,
        showing: Option<&'a Showing>,
        way: Way,
    ) -> Element<'a, Message> {
        let width = look.safe().width;
        let mut parts = self.parts(look, showing, way, width).into_iter();
        let plate = container(self.plate(look, showing, way.side)).center_x(Fill);
        Column::new()
            .push(parts.next())
            .push(plate)
            .extend(parts)
            .spacing(look.px(way.gap))
            .width(width)
            .into()
    }

    fn words<'a>(
        &'a self,
        look: &Look,
        showing: Option<&'a Showing>,
        way: Way,
        width: f32,
    ) -> Element<'a, Message> {
        Column::with_children(self.parts(look, showing, way, width))
            .spacing(look.px(way.gap))
            .width(width)
            .into()
    }

    /// The steps in `width` pixels.
    fn parts<'a>(
        &'a self,
        look: &Look,
        showing: Option<&'a Showing>,
        way: Way,
        width: f32,
    ) -> Vec<Element<'a, Message>> {
        let number = match way.words {
            Words::All => look.px(token::STEP_NUMBER),
            Words::Fewer | Words::Fewest => 0.0,
        };
        let indented = width - number - ring_room(look);
        let without_qr = showing.is_some_and(|showing| showing.qr.is_none());
        let open = match showing {
            Some(showing) => self.address(look, &showing.code, indented),
            None => text::heading(look, " ").into(),
        };
        let scan = match (without_qr, way.words) {
            (true, _) => Some(text::body(look, fl!("sign-in-open"))),
            (false, Words::Fewest) => None,
            (false, _) => Some(text::body(look, fl!("sign-in-scan"))),
        };
        let or_open = showing.map_or_else(|| " ".to_owned(), |_| fl!("sign-in-or-open"));
        let or_open = (!without_qr).then(|| text::label(look, or_open));
        let where_to = column![].push(scan).push(or_open).push(open);
        // It is large already: where there is little room, words are larger and it is not.
        let most = match way.words {
            Words::All => look.text(token::DISPLAY),
            Words::Fewer if without_qr && !look.is_in_reach() => {
                look.unscaled_text(token::DISPLAY_MIN)
            }
            Words::Fewer | Words::Fewest => look.unscaled_text(token::DISPLAY),
        };
        let code: Element<'a, Message> = match showing {
            Some(showing) => self.code(look, showing, (indented, least_code(look), most)),
            None => Space::new().height(usual_code(look, indented)).into(),
        };
        let check = if without_qr {
            fl!("sign-in-type")
        } else {
            fl!("sign-in-check")
        };
        // On the phone it may be done already; the answer is still to come.
        let confirm = match showing.map(|showing| showing.status) {
            Some(PollStatus::Offline { .. } | PollStatus::Checking) => fl!("sign-in-confirmed"),
            Some(PollStatus::Waiting | PollStatus::Confirmed) | None => fl!("sign-in-confirm"),
        };
        let confirm = (way.words == Words::All).then(|| text::body(look, confirm));
        let beware = text::label(look, fl!("sign-in-beware"));
        let last = column![]
            .push(confirm)
            .push(beware)
            .spacing(look.px(token::GAP_XS));
        let last = (way.words != Words::Fewest).then_some(last);
        let first = [where_to, column![text::body(look, check), code]];
        first
            .into_iter()
            .chain(last)
            .zip(["1", "2", "3"])
            .map(|(words, number)| {
                let number = (way.words == Words::All).then_some(number);
                step(look, number, words)
            })
            .collect()
    }

    /// The QR code, and what is left of it where that does not stand elsewhere.
    fn plate<'a>(
        &'a self,
        look: &Look,
        showing: Option<&'a Showing>,
        side: f32,
    ) -> Element<'a, Message> {
        let room = life_height(look);
        let (code, left) = match showing {
            Some(showing) => (
                self.code_or_veil(look, showing, side),
                self.life_left(look, showing),
            ),
            None => {
                let words = if matches!(self.phase, Phase::Requesting { renewal: true, .. }) {
                    fl!("sign-in-fresh")
                } else {
                    fl!("sign-in-requesting")
                };
                (blank(look, words, side), Space::new().into())
            }
        };
        let left = (!status_apart(look)).then(|| container(left).center_y(room));
        column![code]
            .push(left)
            .spacing(look.px(token::GAP_M))
            .align_x(Center)
            .into()
    }

    /// What is left of the code and what goes on, on a line of its own. It is as high as its words ever are where people
    /// sign in, so that nothing moves with them.
    pub(super) fn status_line<'a>(
        &'a self,
        look: &Look,
        words: String,
        color: Color,
    ) -> Element<'a, Message> {
        let (left, taken) = match &self.phase {
            Phase::Showing(showing) => {
                let left = self.life_left(look, showing);
                (Some(left), countdown::width(look))
            }
            _ => (None, 0.0),
        };
        let gap = look.px(token::GAP_M);
        let width = look.safe().width - 2.0 * ring_room(look) - taken - gap;
        let (size, lines) = status_size(look, width);
        let height = look.px(token::COUNTDOWN).max(lines * size * token::LINE);
        let status = text::label(look, words)
            .size(size)
            .color(color)
            .align_x(look.end());
        Row::new()
            .push(left)
            .push(Space::new().height(height.ceil()))
            .push(self.named_status(container(status).width(Fill).align_x(Right)))
            .spacing(gap)
            .padding([0.0, ring_room(look)])
            .align_y(Center)
            .into()
    }
}

/// Size of the words that say what goes on, in `width` pixels, and the lines that the longest of them take: where they take
/// more than two they are as large as without the viewer's wish.
fn status_size(look: &Look, width: f32) -> (f32, f32) {
    let longest = [
        fl!("sign-in-offline", seconds = 60_u32),
        fl!("sign-in-unkept"),
        fl!("sign-in-unread"),
    ];
    let lines = |size: f32| {
        let font = look.font(SANS);
        let lines = longest
            .iter()
            .map(|words| text_layout::broken(words, size, font, width, MOST_LINES).len());
        lines.max().unwrap_or(1)
    };
    let sizes = [look.text(token::LABEL), look.unscaled_text(token::LABEL)];
    let size = if lines(sizes[0]) <= 2 {
        sizes[0]
    } else {
        sizes[1]
    };
    (size, lines(size).max(2) as f32)
}

/// More lines of such words than this have no room anywhere.
const MOST_LINES: usize = 5;

/// The smallest that a code is on one line. Where a screen is narrow it is better small than broken in two; large text
/// makes no screen narrow.
fn least_code(look: &Look) -> TextSize {
    if look.safe().width < look.px(token::ONE_LINE) {
        token::DISPLAY_LEAST
    } else {
        token::DISPLAY_MIN
    }
}

/// Height that a code of a usual length takes in `width` pixels.
fn usual_code(look: &Look, width: f32) -> f32 {
    let size = width / (USUAL_LENGTH * MONO_ADVANCE);
    size.min(look.text(token::DISPLAY)) * token::CODE_LINE
}

/// Characters of a code of a usual length: two groups of four.
const USUAL_LENGTH: f32 = 9.0;

/// A step, with its number where it has one.
fn step<'a>(
    look: &Look,
    number: Option<&'a str>,
    words: Column<'a, Message>,
) -> Element<'a, Message> {
    let number = number.map(|number| {
        let number = snapped_text(digits(number))
            .font(look.font(BOLD))
            .size(look.text(token::HEADING))
            .line_height(iced::widget::text::LineHeight::Absolute(
                (look.text(token::BODY) * token::LINE).into(),
            ))
            .color(look.palette.accent_ink);
        container(number).width(look.px(token::STEP_NUMBER))
    });
    row![Space::new().width(ring_room(look))]
        .push(number)
        .push(words.width(Fill))
        .into()
}
