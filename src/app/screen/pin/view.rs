//! Draws the pad, the marks that stand for digits, and what there is to say.

use iced::border::Border;
use iced::widget::text::Wrapping;
use iced::widget::{Space, column, container, row};
use iced::{Background, Center, Color, Fill};

use super::{Message, PadKey, PinControl, PinNotice, PinPad, PinStep, Purpose};
use crate::app::i18n::fl;
use crate::app::renderer::Element;
use crate::app::screen::account::{portrait, tile_portrait};
use crate::app::theme::{Look, Px, token};
use crate::app::widget::control::{self, ControlSurface, control_height, ring_room, ringed};
use crate::app::widget::countdown::clock;
use crate::app::widget::every_second::every_second;
use crate::app::widget::halves::{self, standing};
use crate::app::widget::icon::{Icon, icon};
use crate::app::widget::status_page::StatusPage;
use crate::app::widget::{Chrome, button, clamp, fitting, frame, left_to_right, named, text};
use crate::session::Pin;

/// Lines that are kept for what there is to say about the digits.
const UNDER_LINES: usize = 2;

impl PinPad {
    /// Draws the screen.
    pub fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        let screen = self.step_view(look, chrome);
        match self.step {
            PinStep::Wait { until } => every_second(until, self.now, Message::Tick, screen),
            _ => screen,
        }
    }

    fn step_view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        if let Some(said) = self.without_a_pad(look) {
            let controls = || self.controls(look, look.is_on_end());
            return frame(look, chrome, said.view(look, controls));
        }
        let ways = [
            (token::GAP_L, true),
            (token::GAP_S, true),
            (token::GAP_S, false),
        ];
        let ways = ways.map(|(gap, who)| {
            if look.is_on_end() {
                self.above_the_pad(look, gap, who)
            } else {
                self.beside_the_pad(look, gap, who)
            }
        });
        frame(look, chrome, fitting(ways.into()))
    }

    /// What there is to say where no digits are asked for.
    fn without_a_pad(&self, look: &Look) -> Option<StatusPage<'static>> {
        let hint = match self.step {
            PinStep::Forgotten => fl!("pin-forgotten"),
            PinStep::Unreadable => fl!("pin-unreadable"),
            _ => return None,
        };
        Some(StatusPage {
            title: self.title().into(),
            color: look.palette.text,
            emblem: Icon::Lock,
            hint: hint.into(),
            detail: None,
            code: None,
        })
    }

    /// What there is to say at the left of the pad.
    fn beside_the_pad<'a, Message: 'a>(
        &'a self,
        look: &Look,
        gap: Px,
        who: bool,
    ) -> Element<'a, Message> {
        let inset = ring_room(look);
        let pad_width = 3.0 * (look.px(token::PAD_KEY) + 2.0 * inset);
        let between = look.px(token::GAP_XL);
        let width = look.safe().width - 2.0 * inset - pad_width - between;
        let beside = column![
            container(self.said(look, width, gap, who)).padding([0.0, inset]),
            Space::new().height(look.px(gap)),
            self.controls(look, gap != token::GAP_L),
        ]
        .width(width + 2.0 * inset);
        row![beside, Space::new().width(between), self.pad(look)]
            .align_y(Center)
            .into()
    }

    /// What there is to say above the pad, on a screen that stands on end.
    fn above_the_pad<'a, Message: 'a>(
        &'a self,
        look: &Look,
        gap: Px,
        who: bool,
    ) -> Element<'a, Message> {
        let inset = ring_room(look);
        let said = self.said(look, look.safe().width - 2.0 * inset, gap, who);
        column![
            container(said).padding([0.0, inset]).center_x(Fill),
            container(self.pad(look)).center_x(Fill),
            container(self.controls(look, true)).center_x(Fill),
        ]
        .spacing(look.px(gap))
        .into()
    }

    fn said<'a, Message: 'a>(
        &'a self,
        look: &Look,
        width: f32,
        gap: Px,
        who: bool,
    ) -> Element<'a, Message> {
        let said = column![]
            .push(who.then(|| self.who(look, width)))
            .push(self.words(look, width))
            .spacing(look.px(gap));
        halves::lines(look, said).into()
    }

    fn who<'a, Message: 'a>(&'a self, look: &Look, width: f32) -> Element<'a, Message> {
        let side = tile_portrait(look);
        let room = width - side - look.px(token::GAP_M);
        let name = self
            .account
            .display_name()
            .map_or_else(|| fl!("account-nameless"), str::to_owned);
        let name = clamp(&name, look.text(token::HEADING), room, 2);
        row![
            portrait(look, &self.account, &self.portrait, side),
            container(text::heading(look, name)).max_width(room),
        ]
        .spacing(look.px(token::GAP_M))
        .align_y(Center)
        .into()
    }

    /// What is asked for.
    pub(super) fn title(&self) -> String {
        match (&self.step, self.purpose) {
            (PinStep::Forgotten, _) => fl!("pin-forgotten-title"),
            (PinStep::Unreadable, _) => fl!("pin-unreadable-title"),
            (PinStep::Wait { .. }, _) => fl!("pin-locked-title"),
            (PinStep::New, _) => fl!("pin-new"),
            (PinStep::Repeat(_), _) => fl!("pin-repeat"),
            (PinStep::Current, Purpose::Set | Purpose::Remove) => fl!("pin-current"),
            (PinStep::Current | PinStep::Working { .. }, _) => fl!("pin-enter"),
        }
    }

    fn words<'a, Message: 'a>(&self, look: &Look, width: f32) -> Element<'a, Message> {
        let (under, color) = match (&self.step, &self.note) {
            (PinStep::Wait { until }, _) => {
                let left = until.saturating_duration_since(self.now);
                (fl!("pin-locked", time = clock(left)), look.palette.text)
            }
            (_, Some(PinNotice::Wrong { left })) => {
                let left = *left;
                (fl!("pin-wrong", left = left), look.palette.danger)
            }
            (_, Some(PinNotice::Mismatch)) => (fl!("pin-mismatch"), look.palette.danger),
            (_, Some(PinNotice::NotSaved(why))) => {
                let words = fl!("pin-not-saved", why = why.as_str());
                let words = clamp(&words, look.text(token::BODY), width, UNDER_LINES);
                (words, look.palette.danger)
            }
            (PinStep::New | PinStep::Repeat(_), None) => (fl!("pin-hint"), look.palette.muted),
            (_, None) => (String::new(), look.palette.muted),
        };
        let marks = matches!(
            self.step,
            PinStep::Current | PinStep::New | PinStep::Repeat(_) | PinStep::Working { .. }
        );
        let title = text::fitted(look, self.title(), &[token::TITLE, token::HEADING], width);
        let under =
            container(standing(look, text::body(look, under)).color(color)).max_width(width);
        let under = if marks {
            // Room also while there is nothing to say: nothing jumps when there is.
            under.height((UNDER_LINES as f32 * look.text(token::BODY) * token::LINE).ceil())
        } else {
            under
        };
        let words = column![container(standing(look, title)).max_width(width)]
            .push(marks.then(|| self.marks(look)))
            .push(under)
            .spacing(look.px(token::GAP_M));
        halves::lines(look, words).into()
    }

    /// A mark for each digit.
    fn marks<'a, Message: 'a>(&self, look: &Look) -> Element<'a, Message> {
        let palette = look.palette;
        let side = look.px(token::PIN_MARK);
        let line = look.px(token::PIN_MARK_LINE);
        let typed = match self.step {
            PinStep::Working { typed } => typed,
            _ => self.digits.typed(),
        };
        let marks = (0..Pin::LENGTH).map(|index| {
            let filled = index < typed;
            container(Space::new().width(side).height(side))
                .style(move |_| container::Style {
                    background: Some(Background::Color(if filled {
                        palette.accent_ink
                    } else {
                        Color::TRANSPARENT
                    })),
                    border: Border {
                        color: if filled {
                            palette.accent_ink
                        } else {
                            palette.muted
                        },
                        width: line,
                        radius: (side / 2.0).into(),
                    },
                    ..container::Style::default()
                })
                .into()
        });
        named("marks", row(marks).spacing(look.px(token::GAP_M)))
    }

    fn pad<'a, Message: 'a>(&self, look: &Look) -> Element<'a, Message> {
        let key = |key: Option<PadKey>| self.key(look, key);
        let digits = |digits: [u8; 3]| row(digits.map(|digit| key(Some(PadKey::Digit(digit)))));
        let rows = column![
            digits([1, 2, 3]),
            digits([4, 5, 6]),
            digits([7, 8, 9]),
            row![
                key(Some(PadKey::Erase)),
                key(Some(PadKey::Digit(0))),
                key(None)
            ],
        ];
        named("pad", left_to_right(look, rows))
    }

    fn key<'a, Message: 'a>(&self, look: &Look, key: Option<PadKey>) -> Element<'a, Message> {
        let (width, height) = (look.px(token::PAD_KEY), control_height(look));
        let Some(key) = key else {
            let room = 2.0 * ring_room(look);
            return Space::new()
                .width(width + room)
                .height(height + room)
                .into();
        };
        let live = self.takes_digits();
        let focused = live && self.focus.on_pad && self.focus.pad.has(key);
        let surface = if live {
            ControlSurface::new(look, control::Fill::Raised, focused)
        } else {
            ControlSurface::disabled(look)
        };
        let face: Element<'a, Message> = match key {
            PadKey::Digit(digit) => text::heading(look, digit.to_string())
                .color(surface.ink)
                .wrapping(Wrapping::None)
                .into(),
            PadKey::Erase => icon(look, Icon::Back, token::ICON, surface.ink),
        };
        let control = surface.under(container(face).center_x(width).center_y(height));
        named(key.id(), ringed(look, control, focused))
    }

    /// What there is besides the pad, one below the other or in a line.
    fn controls<'a, Message: 'a>(&self, look: &Look, in_line: bool) -> Element<'a, Message> {
        let control = |control: PinControl, words: fn() -> String| {
            let has_focus = !self.focus.on_pad && self.focus.side.has(control);
            button(look, control.id(), words(), has_focus)
        };
        let all: [(PinControl, fn() -> String); 3] = [
            (PinControl::SignIn, || fl!("pin-sign-in")),
            (PinControl::Forgot, || fl!("pin-forgot")),
            (PinControl::Back, || fl!("pin-back")),
        ];
        let is_there =
            |which: PinControl| which == PinControl::Back || self.focus.side.holds(which);
        let shown = all
            .into_iter()
            .filter(|(which, _)| is_there(*which))
            .map(|(which, words)| control(which, words));
        if in_line {
            halves::controls(look, shown, token::GAP_S)
        } else {
            column(shown).into()
        }
    }
}
