//! How the sign-in screen looks.

use iced::widget::{Space, column, container, row, space};
use iced::{Background, Center, Fill, Right, border};

use super::address::typed;
use super::confirmed::ticked;
use super::focus::SignInControl;
use super::read_aloud::ReadAloud;
use super::steps::status_apart;
use super::{Message, Phase, PollStatus, Showing, SignIn, seconds_until};
use crate::app::error_text;
use crate::app::focus::HasId;
use crate::app::i18n::fl;
use crate::app::renderer::Element;
use crate::app::theme::token::TextSize;
use crate::app::theme::{Look, token};
use crate::app::widget::control::{control_height, ring_room};
use crate::app::widget::every_second::every_second;
use crate::app::widget::icon::Icon;
use crate::app::widget::status_page::{StatusPage, emblem};
use crate::app::widget::{
    Chrome, button, buttons, fitting, frame, halves, named, page, qr, text, user_code,
};
use device_flow::{Reason, UserCode};

impl SignIn {
    /// Whether there is one to stand in: the bigger code has none, and a control of its own that leads back.
    pub fn has_a_header(&self) -> bool {
        !(self.bigger && matches!(self.phase, Phase::Showing(_)))
    }

    /// Whether it shows neither a code nor the way to one: it has come to nothing, rests, or cannot go on now.
    pub fn says_one_thing(&self) -> bool {
        match &self.phase {
            Phase::Requesting { trouble, .. } => trouble.is_some(),
            Phase::Showing(_) | Phase::Finishing => false,
            Phase::Resting | Phase::Failed { .. } => true,
        }
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        let screen = self.phase_view(look, chrome);
        match self.counts_down_to() {
            Some(end) => every_second(end, self.now, Message::Tick, screen),
            None => screen,
        }
    }

    fn phase_view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        match &self.phase {
            Phase::Showing(showing) if self.bigger => self.enlarged(look, showing),
            Phase::Showing(showing) => frame(look, chrome, self.steps(look, Some(showing))),
            Phase::Requesting { trouble: None, .. } => frame(look, chrome, self.steps(look, None)),
            Phase::Requesting {
                trouble: Some(trouble),
                ..
            } => {
                let again = fl!(
                    "sign-in-request-again",
                    seconds = seconds_until(trouble.next_at, self.now)
                );
                let said = StatusPage {
                    title: (&trouble.words.title).into(),
                    color: look.palette.text,
                    emblem: emblem(trouble.words.code),
                    hint: format!("{}\n{again}", trouble.words.hint).into(),
                    detail: trouble.words.detail.as_deref(),
                    code: None,
                };
                frame(look, chrome, said.view(look, || self.choices(look)))
            }
            Phase::Finishing => {
                let said = StatusPage {
                    title: fl!("sign-in-finishing").into(),
                    color: look.palette.ok,
                    emblem: Icon::Tick,
                    hint: "".into(),
                    detail: None,
                    code: None,
                };
                frame(look, chrome, said.view(look, || Space::new().into()))
            }
            Phase::Resting => {
                let silence =
                    error_text::of_silence(self.context.config.provider.preset.provider());
                let said = StatusPage {
                    title: fl!("sign-in-rest").into(),
                    color: look.palette.text,
                    emblem: Icon::Hourglass,
                    hint: format!("{}\n{silence}", fl!("sign-in-rest-hint")).into(),
                    detail: None,
                    code: None,
                };
                frame(look, chrome, said.view(look, || self.choices(look)))
            }
            Phase::Failed {
                reason,
                words,
                details,
            } => {
                let said = StatusPage {
                    title: (&words.title).into(),
                    color: match reason {
                        Reason::Denied => look.palette.text,
                        _ => look.palette.danger,
                    },
                    emblem: emblem(words.code),
                    hint: (&words.hint).into(),
                    detail: words.detail.as_deref(),
                    code: details.as_ref(),
                };
                frame(look, chrome, said.view(look, || self.choices(look)))
            }
        }
    }

    /// The QR code as large as the safe area, with the code beside it, or below it on a screen that stands on end.
    fn enlarged<'a>(&'a self, look: &Look, showing: &'a Showing) -> Element<'a, Message> {
        let shown = if look.is_on_end() {
            let sides = token::QR_ENLARGED.map(|share| (look.safe().width * share).floor());
            // It is the QR code that was asked for: words go before it gets small.
            let ways = [true, false].into_iter().flat_map(|says| {
                sides.map(|side| self.enlarged_above(look, showing, (side, says)))
            });
            let below = self.control(look, SignInControl::Smaller);
            column![fitting(ways.collect()), below].into()
        } else {
            self.enlarged_beside(look, showing)
        };
        page(look, container(shown).padding(look.safe_margin()))
    }

    fn enlarged_above<'a>(
        &'a self,
        look: &Look,
        showing: &'a Showing,
        (side, says): (f32, bool),
    ) -> Element<'a, Message> {
        let inset = ring_room(look);
        let words = self.compared(look, showing, look.safe().width - inset, says);
        column![
            container(self.code_or_veil(look, showing, side)).center_x(Fill),
            container(words).padding(iced::Padding::default().left(inset)),
        ]
        .spacing(look.px(token::GAP_L))
        .into()
    }

    fn enlarged_beside<'a>(&'a self, look: &Look, showing: &'a Showing) -> Element<'a, Message> {
        let inset = ring_room(look);
        let (whole, gap) = (look.safe(), look.px(token::GAP_XL));
        let side = whole.height.min((whole.width * token::QR_SHARE).floor());
        // A code that is broken in two is compared wrongly: it comes first, as long as the QR code is the bigger one.
        let code = user_code::least_width(look, &showing.code.user_code, token::TITLE);
        let least = if look.is_in_reach() {
            token::QR_LESSER
        } else {
            token::QR
        };
        let side = side.min((whole.width - gap - inset - code).max(look.px(least)));
        let width = whole.width - side - gap;
        let ways = [true, false].map(|says| self.compared(look, showing, width - inset, says));
        let beside = column![
            container(fitting(ways.into())).padding(iced::Padding::default().left(inset)),
            self.control(look, SignInControl::Smaller),
        ]
        .width(width)
        .height(Fill);
        row![
            beside,
            space::horizontal(),
            self.code_or_veil(look, showing, side)
        ]
        .width(Fill)
        .align_y(Center)
        .into()
    }

    /// What a person compares with the phone, in `width` pixels; only that where it is not to say more.
    fn compared<'a>(
        &'a self,
        look: &Look,
        showing: &'a Showing,
        width: f32,
        says: bool,
    ) -> Element<'a, Message> {
        let gap = || Space::new().height(look.px(token::GAP_M));
        let above = says.then(|| {
            column![
                text::body(look, fl!("sign-in-scan")),
                gap(),
                text::body(look, fl!("sign-in-check")),
            ]
            .spacing(look.px(token::GAP_S))
        });
        column![]
            .push(above)
            .push(self.code(
                look,
                showing,
                (width, token::TITLE, look.text(token::DISPLAY)),
            ))
            .push(says.then(gap))
            .push(self.life_left(look, showing))
            .push(says.then(|| self.named_status(text::label(look, self.status()))))
            .spacing(look.px(token::GAP_S))
            .into()
    }

    pub(super) fn code_or_veil<'a>(
        &'a self,
        look: &Look,
        showing: &'a Showing,
        side: f32,
    ) -> Element<'a, Message> {
        match &showing.qr {
            _ if self.is_confirmed() => ticked(look, side),
            Some(code) if !showing.life.is_veiled(self.now) => {
                named("qr", qr::qr(look, code, side))
            }
            _ => blank(look, self.veil_words(), side),
        }
    }

    pub(super) fn veil_words(&self) -> String {
        if self.renewals.any_left() {
            fl!("sign-in-fresh")
        } else {
            fl!("sign-in-ending")
        }
    }

    /// The user code; in its last seconds it stays to be compared, but steps back, and so once it has been confirmed.
    pub(super) fn code<'a>(
        &self,
        look: &Look,
        showing: &Showing,
        room: (f32, TextSize, f32),
    ) -> Element<'a, Message> {
        let color = if showing.life.is_veiled(self.now) || self.is_confirmed() {
            look.palette.muted
        } else {
            look.palette.text
        };
        user_code(look, &showing.code.user_code, room, color)
    }

    /// The address without what need not be typed: as small as one line needs beside a QR code,
    /// large where typing it is the only way.
    pub(super) fn address<'a>(
        &self,
        look: &Look,
        code: &UserCode,
        width: f32,
    ) -> Element<'a, Message> {
        let address = typed(&code.verification_uri).to_owned();
        let sizes: &[_] = match qr::payload(code) {
            Some(_) => &[token::HEADING, token::ADDRESS, token::BODY, token::LABEL],
            None => &[token::HEADING, token::ADDRESS],
        };
        named(
            "verification_uri",
            text::fitted(look, address, sizes, width),
        )
    }

    /// The line that says what is going on.
    pub(super) fn status(&self) -> String {
        if self.asks {
            return fl!("sign-in-new-code-question");
        }
        if let Some(line) = self.spoken_line() {
            return line.to_owned();
        }
        // Its button has no room for words.
        if self.focus.has(SignInControl::ReadAloud) && !matches!(self.reading, ReadAloud::Failed) {
            return fl!("sign-in-aloud");
        }
        match &self.phase {
            Phase::Showing(_) if matches!(self.reading, ReadAloud::Failed) => fl!("sign-in-mute"),
            Phase::Showing(showing) => match showing.status {
                PollStatus::Waiting if self.unkept => fl!("sign-in-unkept"),
                PollStatus::Waiting => fl!("sign-in-waiting"),
                PollStatus::Checking => fl!("sign-in-checking"),
                PollStatus::Confirmed => String::new(),
                PollStatus::Offline { answered: true, .. } => fl!("sign-in-unread"),
                PollStatus::Offline { next_at, .. } => {
                    fl!(
                        "sign-in-offline",
                        seconds = seconds_until(next_at, self.now)
                    )
                }
            },
            _ => fl!("sign-in-requesting"),
        }
    }

    /// That line, named for what it shows: while the code is read aloud, its letters.
    pub(super) fn named_status<'a>(
        &self,
        line: impl Into<Element<'a, Message>>,
    ) -> Element<'a, Message> {
        let name = match self.spoken_line() {
            Some(_) => "spoken_line",
            None => "status",
        };
        named(name, line)
    }

    /// The controls in one line, with words at its end.
    pub(super) fn buttons<'a>(
        &'a self,
        look: &Look,
        status: Option<String>,
    ) -> Element<'a, Message> {
        let offline = matches!(
            &self.phase,
            Phase::Showing(showing) if self.unkept || matches!(showing.status, PollStatus::Offline { .. })
        );
        let status = status.map(|status| {
            let color = if self.asks {
                look.palette.text
            } else if offline {
                look.palette.accent_ink
            } else {
                look.palette.muted
            };
            (status, color)
        });
        // Beside a QR code it stands below that.
        let timer = match &self.phase {
            Phase::Showing(showing) if showing.qr.is_none() => Some(self.life_left(look, showing)),
            _ => None,
        };
        let shown = self
            .held()
            // What is wrong takes more words than there is room for beside it; Info reads on.
            .filter(|control| {
                *control != SignInControl::ReadAloud || !offline || self.focus.has(*control)
            })
            .map(|control| self.control(look, control));
        let gap = look.px(token::GAP_S);
        if status_apart(look) {
            let line = status.map(|(words, color)| self.status_line(look, words, color));
            return column![].push(line).push(buttons(look, shown)).into();
        }
        let status = status.map(|(words, color)| {
            let line = container(text::label(look, words).color(color).align_x(look.end()))
                .width(Fill)
                .align_x(Right)
                .padding(iced::Padding::default().right(ring_room(look)));
            self.named_status(line)
        });
        row![
            row(shown).spacing(gap),
            Space::new().width(look.px(token::GAP_L)),
        ]
        .push(timer)
        .push(status)
        .align_y(Center)
        .height(control_height(look) + 2.0 * ring_room(look))
        .into()
    }

    /// The controls that there are, in the order of reading.
    fn held(&self) -> impl Iterator<Item = SignInControl> {
        let controls = [
            SignInControl::TryAgain,
            SignInControl::Bigger,
            SignInControl::Smaller,
            SignInControl::ReadAloud,
            SignInControl::NewCode,
            SignInControl::Confirm,
            SignInControl::Stay,
            SignInControl::Diagnose,
            SignInControl::Cancel,
        ];
        controls
            .into_iter()
            .filter(|control| self.focus.holds(*control))
    }

    /// The controls of a screen that says one thing.
    fn choices<'a>(&self, look: &Look) -> Element<'a, Message> {
        let shown = self.held().map(|control| self.control(look, control));
        halves::controls(look, shown, token::GAP_S)
    }

    fn control<'a>(&self, look: &Look, control: SignInControl) -> Element<'a, Message> {
        let focused = self.focus.has(control) && !self.is_confirmed();
        match control {
            SignInControl::ReadAloud => {
                button::icon_only(look, control.id(), Icon::Speech, focused)
            }
            control => button(look, control.id(), self.words_on(control), focused),
        }
    }

    /// What a button says, or what its picture means.
    pub(super) fn words_on(&self, control: SignInControl) -> String {
        match control {
            SignInControl::NewCode | SignInControl::Confirm => fl!("sign-in-new-code"),
            SignInControl::Stay => fl!("sign-in-keep-code"),
            SignInControl::Bigger => fl!("sign-in-bigger"),
            SignInControl::Smaller => fl!("sign-in-smaller"),
            SignInControl::TryAgain if matches!(self.phase, Phase::Requesting { .. }) => {
                fl!("sign-in-retry-now")
            }
            SignInControl::TryAgain => fl!("sign-in-try-again"),
            SignInControl::ReadAloud => fl!("sign-in-aloud"),
            SignInControl::Diagnose => fl!("account-diagnostics"),
            SignInControl::Cancel => fl!("sign-in-cancel"),
        }
    }
}

/// A plate without a code on it: not yet, or not any more.
pub(super) fn blank<'a>(look: &Look, words: String, side: f32) -> Element<'a, Message> {
    let words = text::body(look, words).color(look.palette.muted);
    plate(look, words.align_x(look.middle()), side)
}

/// A plate with something else on it.
pub(super) fn plate<'a>(
    look: &Look,
    shown: impl Into<Element<'a, Message>>,
    side: f32,
) -> Element<'a, Message> {
    let color = look.palette.raised;
    let radius = look.radius();
    container(shown)
        .center(side)
        .padding(look.px(token::GAP_L))
        .style(move |_| container::Style {
            background: Some(Background::Color(color)),
            border: border::rounded(radius),
            ..container::Style::default()
        })
        .into()
}
