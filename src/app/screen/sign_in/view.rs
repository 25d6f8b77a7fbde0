//! How the sign-in screen looks.

use iced::widget::{Space, column, container, row, space};
use iced::{Background, Center, Element, Fill, Right, border};

use super::address::typed;
use super::focus::SignInControl;
use super::read_aloud::ReadAloud;
use super::{Message, Phase, PollStatus, Showing, SignIn, seconds_until};
use crate::app::error_text;
use crate::app::focus::HasId;
use crate::app::i18n::{digits, fl};
use crate::app::theme::token::TextSize;
use crate::app::theme::{BOLD, Look, token};
use crate::app::widget::control::{control_height, ring_room};
use crate::app::widget::icon::Icon;
use crate::app::widget::snapped_text::snapped_text;
use crate::app::widget::status_page::StatusPage;
use crate::app::widget::{Chrome, button, countdown, frame, named, page, qr, text, user_code};
use device_flow::{Reason, UserCode};

impl SignIn {
    /// Draws the screen.
    pub fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
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
                    hint: (&trouble.words.hint).into(),
                    detail: trouble.words.detail.as_deref(),
                    code: None,
                };
                frame(
                    look,
                    chrome,
                    said.view(look, self.buttons(look, Some(again))),
                )
            }
            Phase::Finishing => {
                let title = text::title(look, fl!("sign-in-finishing")).color(look.palette.ok);
                frame(
                    look,
                    chrome,
                    container(title)
                        .padding([0.0, ring_room(look)])
                        .center_y(Fill),
                )
            }
            Phase::Resting => {
                let said = column![
                    text::title(look, fl!("sign-in-rest")),
                    text::body(look, fl!("sign-in-rest-hint")).color(look.palette.muted),
                    text::body(
                        look,
                        error_text::of_silence(self.context.config.provider.preset.provider())
                    )
                    .color(look.palette.muted),
                ]
                .spacing(look.px(token::GAP_S));
                let page = column![
                    container(said).padding([0.0, ring_room(look)]),
                    Space::new().height(look.px(token::GAP_L)),
                    self.buttons(look, None),
                ];
                frame(look, chrome, container(page).center_y(Fill))
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
                    hint: (&words.hint).into(),
                    detail: words.detail.as_deref(),
                    code: details.as_ref(),
                };
                frame(look, chrome, said.view(look, self.buttons(look, None)))
            }
        }
    }

    /// The three steps beside the QR code, the controls below.
    fn steps<'a>(&'a self, look: &Look, showing: Option<&'a Showing>) -> Element<'a, Message> {
        let beside_plate = look.safe().width - look.px(token::QR) - look.px(token::GAP_XL);
        let without_qr = showing.is_some_and(|showing| showing.qr.is_none());
        let width = if without_qr {
            look.safe().width
        } else {
            beside_plate
        };
        let indented = width - look.px(token::STEP_NUMBER) - ring_room(look);

        let where_to = match showing {
            Some(showing) if showing.qr.is_some() => column![
                text::body(look, fl!("sign-in-scan")),
                text::label(look, fl!("sign-in-or-open")),
                self.address(look, &showing.code, indented),
            ],
            Some(showing) => column![
                text::body(look, fl!("sign-in-open")),
                self.address(look, &showing.code, indented),
            ],
            None => column![
                text::body(look, fl!("sign-in-scan")),
                text::label(look, " "),
                text::heading(look, " "),
            ],
        };
        let code: Element<'a, Message> = match showing {
            Some(showing) => self.code(look, showing, (indented, token::DISPLAY_MIN)),
            None => Space::new()
                .height(look.text(token::DISPLAY) * token::CODE_LINE)
                .into(),
        };
        let check = if without_qr {
            fl!("sign-in-type")
        } else {
            fl!("sign-in-check")
        };
        // On the phone it may be done already; the answer is still to come.
        let confirm = match showing.map(|showing| showing.status) {
            Some(PollStatus::Offline { .. } | PollStatus::Checking) => fl!("sign-in-confirmed"),
            Some(PollStatus::Waiting) | None => fl!("sign-in-confirm"),
        };
        let steps = column![
            step(look, "1", where_to),
            step(look, "2", column![text::body(look, check), code]),
            step(
                look,
                "3",
                column![
                    text::body(look, confirm),
                    text::label(look, fl!("sign-in-beware")),
                ]
                .spacing(look.px(token::GAP_XS)),
            ),
        ]
        .spacing(look.px(token::GAP_L))
        .width(width);

        let plate = (!without_qr).then(|| self.plate(look, showing, look.px(token::QR)));
        let page = row![steps]
            .push(plate)
            .spacing(look.px(token::GAP_XL))
            .align_y(Center);
        column![
            container(page).height(Fill).align_y(Center),
            self.buttons(look, Some(self.status())),
        ]
        .into()
    }

    /// The QR code as tall as the safe area, with the code beside it.
    fn enlarged<'a>(&'a self, look: &Look, showing: &'a Showing) -> Element<'a, Message> {
        let inset = ring_room(look);
        let (whole, gap) = (look.safe(), look.px(token::GAP_XL));
        let side = whole.height.min((whole.width * token::QR_SHARE).floor());
        // A code that is broken in two is compared wrongly: it comes first, as long as the QR code is the bigger one.
        let code = user_code::least_width(look, &showing.code.user_code, token::TITLE);
        let side = side.min((whole.width - gap - inset - code).max(look.px(token::QR)));
        let width = whole.width - side - gap;
        let words = column![
            text::body(look, fl!("sign-in-scan")),
            Space::new().height(look.px(token::GAP_M)),
            text::body(look, fl!("sign-in-check")),
            self.code(look, showing, (width - inset, token::TITLE)),
            Space::new().height(look.px(token::GAP_M)),
            countdown(look, showing.life.left(self.now), showing.life.whole),
            text::label(look, self.status()),
        ]
        .spacing(look.px(token::GAP_S));
        let beside = column![
            container(words)
                .padding(iced::Padding::default().left(inset))
                .height(Fill)
                .align_y(Center),
            self.control(look, SignInControl::Smaller),
        ]
        .width(width)
        .height(Fill);
        let shown = row![
            beside,
            space::horizontal(),
            self.code_or_veil(look, showing, side)
        ]
        .width(Fill)
        .align_y(Center);
        page(look, container(shown).padding(look.safe_margin()))
    }

    /// The QR code and what is left of it.
    fn plate<'a>(
        &'a self,
        look: &Look,
        showing: Option<&'a Showing>,
        side: f32,
    ) -> Element<'a, Message> {
        let room = look
            .px(token::COUNTDOWN)
            .max(look.text(token::LABEL) * token::LINE);
        let (code, left) = match showing {
            Some(showing) => (
                self.code_or_veil(look, showing, side),
                countdown(look, showing.life.left(self.now), showing.life.whole),
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
        column![code, container(left).center_y(room)]
            .spacing(look.px(token::GAP_M))
            .align_x(Center)
            .into()
    }

    fn code_or_veil<'a>(
        &'a self,
        look: &Look,
        showing: &'a Showing,
        side: f32,
    ) -> Element<'a, Message> {
        match &showing.qr {
            Some(code) if !showing.life.is_veiled(self.now) => {
                named("qr", qr::qr(look, code, side))
            }
            _ => blank(look, self.veil_words(), side),
        }
    }

    fn veil_words(&self) -> String {
        if self.renewals.any_left() {
            fl!("sign-in-fresh")
        } else {
            fl!("sign-in-ending")
        }
    }

    /// The user code; in its last seconds it stays to be compared, but steps back.
    fn code<'a>(
        &self,
        look: &Look,
        showing: &Showing,
        room: (f32, TextSize),
    ) -> Element<'a, Message> {
        let color = if showing.life.is_veiled(self.now) {
            look.palette.muted
        } else {
            look.palette.text
        };
        user_code(look, &showing.code.user_code, room, color)
    }

    /// The address without what need not be typed: as small as one line needs beside a QR code,
    /// large where typing it is the only way.
    fn address<'a>(&self, look: &Look, code: &UserCode, width: f32) -> Element<'a, Message> {
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

    /// The controls in one line, with words at its end.
    fn buttons<'a>(&'a self, look: &Look, status: Option<String>) -> Element<'a, Message> {
        let offline = matches!(
            &self.phase,
            Phase::Showing(showing) if self.unkept || matches!(showing.status, PollStatus::Offline { .. })
        );
        let status = status.map(|status| {
            let color = if self.asks {
                look.palette.text
            } else if offline {
                look.palette.accent
            } else {
                look.palette.muted
            };
            container(text::label(look, status).color(color).align_x(look.end()))
                .width(Fill)
                .align_x(Right)
                .padding(iced::Padding::default().right(ring_room(look)))
        });
        // Beside a QR code it stands below that.
        let timer = match &self.phase {
            Phase::Showing(showing) if showing.qr.is_none() => Some(countdown(
                look,
                showing.life.left(self.now),
                showing.life.whole,
            )),
            _ => None,
        };
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
        let shown = controls
            .into_iter()
            .filter(|control| self.focus.holds(*control))
            // What is wrong takes more words than there is room for beside it; Info reads on.
            .filter(|control| {
                *control != SignInControl::ReadAloud || !offline || self.focus.has(*control)
            })
            .map(|control| self.control(look, control));
        row![
            row(shown).spacing(look.px(token::GAP_S)),
            Space::new().width(look.px(token::GAP_L)),
        ]
        .push(timer)
        .push(status)
        .align_y(Center)
        .height(control_height(look) + 2.0 * ring_room(look))
        .into()
    }

    fn control<'a>(&self, look: &Look, control: SignInControl) -> Element<'a, Message> {
        let words = match control {
            SignInControl::NewCode | SignInControl::Confirm => fl!("sign-in-new-code"),
            SignInControl::Stay => fl!("sign-in-keep-code"),
            SignInControl::Bigger => fl!("sign-in-bigger"),
            SignInControl::Smaller => fl!("sign-in-smaller"),
            SignInControl::TryAgain if matches!(self.phase, Phase::Requesting { .. }) => {
                fl!("sign-in-retry-now")
            }
            SignInControl::TryAgain => fl!("sign-in-try-again"),
            SignInControl::ReadAloud => {
                return button::icon_only(
                    look,
                    "read_aloud",
                    Icon::Speech,
                    self.focus.has(control),
                );
            }
            SignInControl::Diagnose => fl!("account-diagnostics"),
            SignInControl::Cancel => fl!("sign-in-cancel"),
        };
        button(look, control.id(), words, self.focus.has(control))
    }
}

/// A numbered step.
fn step<'a>(
    look: &Look,
    number: &'a str,
    words: iced::widget::Column<'a, Message>,
) -> Element<'a, Message> {
    let number = snapped_text(digits(number))
        .font(look.font(BOLD))
        .size(look.text(token::HEADING))
        .line_height(iced::widget::text::LineHeight::Absolute(
            (look.text(token::BODY) * token::LINE).into(),
        ))
        .color(look.palette.accent);
    row![
        Space::new().width(ring_room(look)),
        container(number).width(look.px(token::STEP_NUMBER)),
        words.width(Fill)
    ]
    .into()
}

/// A plate without a code on it: not yet, or not any more.
fn blank<'a>(look: &Look, words: String, side: f32) -> Element<'a, Message> {
    let color = look.palette.raised;
    let radius = look.px(token::RADIUS);
    container(
        text::body(look, words)
            .color(look.palette.muted)
            .align_x(look.middle()),
    )
    .center(side)
    .padding(look.px(token::GAP_L))
    .style(move |_| container::Style {
        background: Some(Background::Color(color)),
        border: border::rounded(radius),
        ..container::Style::default()
    })
    .into()
}
