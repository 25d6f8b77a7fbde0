//! The welcome screen, while no account is signed in: what this is, and how to begin.

mod reading;

use iced::Bottom;
use iced::widget::{column, row, space};

use super::panel::PanelKind;
use crate::app::focus::{Controls, Direction, Grid, HasId};
use crate::app::i18n::fl;
use crate::app::remote::Button;
use crate::app::renderer::{Column, Element};
use crate::app::theme::{Look, TextSize, token};
use crate::app::widget::button::{icon_button, icon_only};
use crate::app::widget::control::ring_room;
use crate::app::widget::halves::{self, Face, Halves, has_room_for_a_face, standing, words_width};
use crate::app::widget::icon::Icon;
use crate::app::widget::{Chrome, button, fitting, frame, text};

/// The welcome screen.
#[derive(Debug)]
pub struct Welcome {
    product: String,
    profile: String,
    notice: Option<Notice>,
    /// Whether there is a network; nothing where that does not matter or cannot be told.
    network: Option<bool>,
    focus: Grid<WelcomeControl>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WelcomeControl {
    SignIn,
    Language,
    Accessibility,
    Diagnostics,
}

impl HasId for WelcomeControl {
    fn id(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Language => "language",
            Self::Accessibility => "accessibility",
            Self::Diagnostics => "diagnostics",
        }
    }
}

/// Why the person is back here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The server ended the session.
    Ended,
    /// The file of the session could not be used and was set aside.
    SetAside,
    /// The person signed out.
    SignedOut,
    /// The person was signed out: no key was pressed for as long as the owner allows.
    Absent,
    /// The person signed out, but the server could not be told.
    NotRevoked,
    /// The person signed out, but the file is still there, for this reason.
    NotRemoved(String),
    /// Everybody signed out, as far as that went.
    Everybody {
        /// Who is signed out here, while the server could not be told.
        not_revoked: Vec<String>,
        /// What is still there: it cannot be deleted.
        left: Vec<String>,
        /// Who stays signed in: they have a PIN.
        guarded: Vec<String>,
    },
}

/// What the welcome screen wants of its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    None,
    /// The person wants to sign in (RFC 8628 section 3.1).
    SignIn,
    /// Open a panel above.
    Open(PanelKind),
    /// Look at what this device and its servers say.
    Diagnose,
}

impl Welcome {
    /// A welcome to `product`.
    pub fn new(product: &str, profile: &str, notice: Option<Notice>) -> Self {
        let controls = vec![
            vec![WelcomeControl::SignIn],
            vec![
                WelcomeControl::Language,
                WelcomeControl::Accessibility,
                WelcomeControl::Diagnostics,
            ],
        ];
        Self {
            product: product.to_owned(),
            profile: profile.to_owned(),
            notice,
            network: None,
            focus: Grid::new(controls),
        }
    }

    /// Whether there is a network, as seen now.
    pub fn network(&mut self, network: Option<bool>) {
        self.network = network;
    }

    /// A button of the remote was pressed. Back has nowhere to go and does nothing.
    pub fn press(&mut self, button: Button) -> Action {
        if let Some(direction) = Direction::of(button) {
            let _ = self.focus.step(direction);
            return Action::None;
        }
        match (button, self.focus.focused()) {
            (Button::Select, Some(WelcomeControl::SignIn)) => Action::SignIn,
            (Button::Select, Some(WelcomeControl::Language)) => Action::Open(PanelKind::Language),
            (Button::Select, Some(WelcomeControl::Accessibility)) => {
                Action::Open(PanelKind::Accessibility)
            }
            (Button::Select, Some(WelcomeControl::Diagnostics)) => Action::Diagnose,
            _ => Action::None,
        }
    }

    /// Draws the screen. It has no message of its own.
    pub fn view<'a, Message: 'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
    ) -> Element<'a, Message> {
        let large = Some(token::EMBLEM);
        let lesser = Some(token::EMBLEM_LESSER);
        let ways = [
            (token::GAP_L, true, true, large),
            (token::GAP_L, true, true, lesser),
            (token::GAP_M, true, true, Some(token::EMBLEM_SMALL)),
            (token::GAP_M, true, true, None),
            (token::GAP_M, true, false, None),
            (token::GAP_S, false, false, None),
        ];
        let ways = ways.map(|(gap, hint, words, side)| {
            Halves {
                face: side
                    .filter(|_| has_room_for_a_face(look))
                    .map(|side| face(look, chrome).view(look, side)),
                said: self.said(look, hint, side.is_some()),
                gap,
                controls: Some(self.buttons(look, words)),
            }
            .view(look)
        });
        frame(
            look,
            chrome,
            column![fitting(ways.into()), self.footer(look)],
        )
    }

    /// What it is and how to begin: with the hint where there is room for it, and beside a `face` or alone.
    fn said<'a, Message: 'a>(&'a self, look: &Look, hint: bool, face: bool) -> Column<'a, Message> {
        let notice = self.notice.as_ref().map(|notice| {
            standing(look, text::body(look, notice.words())).color(look.palette.accent_ink)
        });
        let hint = hint.then(|| {
            standing(look, text::body(look, fl!("welcome-hint"))).color(look.palette.muted)
        });
        let title = fl!("welcome-title", product = self.product.as_str());
        let room = words_width(look, face && has_room_for_a_face(look)).min(look.measure());
        let title = text::sentence(look, &title, title_sizes(look), room);
        column![]
            .push(notice)
            .push(standing(look, title))
            .push(hint)
            .spacing(look.px(token::GAP_S))
    }

    fn buttons<'a, Message: 'a>(&self, look: &Look, words: bool) -> Element<'a, Message> {
        let with_icon = |control: WelcomeControl, shown, said: String| {
            let focused = self.focus.has(control);
            if words {
                icon_button(look, control.id(), shown, said, focused)
            } else {
                icon_only(look, control.id(), shown, focused)
            }
        };
        let sign_in = WelcomeControl::SignIn;
        let others = [
            with_icon(
                WelcomeControl::Language,
                Icon::Language,
                fl!("language-title"),
            ),
            with_icon(
                WelcomeControl::Accessibility,
                Icon::Accessibility,
                fl!("accessibility-title"),
            ),
            with_icon(
                WelcomeControl::Diagnostics,
                Icon::Diagnostics,
                fl!("account-diagnostics"),
            ),
        ];
        let buttons = column![
            button(
                look,
                sign_in.id(),
                fl!("welcome-sign-in"),
                self.focus.has(sign_in)
            ),
            halves::controls(look, others, token::GAP_S),
        ]
        .spacing(look.px(token::GAP_S));
        halves::lines(look, buttons).into()
    }

    fn footer<'a, Message: 'a>(&'a self, look: &Look) -> Element<'a, Message> {
        let whose = if self.profile == "default" {
            fl!("welcome-not-signed-in")
        } else {
            format!("{} · {}", self.profile, fl!("welcome-not-signed-in"))
        };
        let version = concat!("v", env!("CARGO_PKG_VERSION"));
        let device = match self.network {
            Some(true) => format!("{} · {version}", fl!("welcome-network")),
            Some(false) => format!("{} · {version}", fl!("welcome-no-network")),
            None => version.to_owned(),
        };
        let room = look.safe().width - 2.0 * ring_room(look) - look.px(token::GAP_L);
        let both = text::label_width(look, &whose) + text::label_width(look, &device);
        let (whose, device) = (text::label(look, whose), text::label(look, device));
        let inset = [0.0, ring_room(look)];
        if both > room {
            return column![whose, device].padding(inset).into();
        }
        row![whose, space::horizontal(), device]
            .padding(inset)
            .align_y(Bottom)
            .into()
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        self.notice.as_ref().map_or("idle", Notice::state)
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        self.focus.focused().map(|control| control.id().into())
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        &mut self.focus
    }
}

/// Sizes of the title: what is read from right to left is smaller rather than cut.
fn title_sizes(look: &Look) -> &'static [TextSize] {
    if look.right_to_left() {
        &[token::TITLE, token::HEADING, token::BODY]
    } else {
        &[token::TITLE]
    }
}

/// What the screen shows besides its words: whose it is, or else what is to be done.
fn face<'a>(look: &Look, chrome: &'a Chrome) -> Face<'a> {
    match &chrome.logo {
        Some(logo) => Face::Logo(logo),
        None => Face::Emblem(Icon::ScreenAndPhone, look.palette.accent_ink),
    }
}

impl Notice {
    /// Its name, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::SetAside => "set_aside",
            Self::SignedOut => "signed_out",
            Self::Absent => "absent",
            Self::NotRevoked => "not_revoked",
            Self::NotRemoved(_) => "not_removed",
            Self::Everybody { left, .. } if !left.is_empty() => "not_removed",
            Self::Everybody { not_revoked, .. } if !not_revoked.is_empty() => "not_revoked",
            Self::Everybody { guarded, .. } if !guarded.is_empty() => "guarded",
            Self::Everybody { .. } => "signed_out",
        }
    }

    /// What the person reads.
    pub fn words(&self) -> String {
        match self {
            Self::Ended => fl!("welcome-ended"),
            Self::SetAside => fl!("welcome-set-aside"),
            Self::SignedOut => fl!("welcome-signed-out"),
            Self::Absent => fl!("welcome-absent"),
            Self::NotRevoked => fl!("welcome-not-revoked"),
            Self::NotRemoved(why) => fl!("welcome-not-removed", why = why.as_str()),
            Self::Everybody {
                not_revoked,
                left,
                guarded,
            } => {
                let mut words = if guarded.is_empty() {
                    fl!("welcome-everybody")
                } else {
                    fl!("welcome-everybody-guarded", who = some_of(guarded))
                };
                if !not_revoked.is_empty() {
                    let who = some_of(not_revoked);
                    words = format!(
                        "{words} {}",
                        fl!("welcome-everybody-not-revoked", who = who)
                    );
                }
                if !left.is_empty() {
                    let who = some_of(left);
                    words = format!("{words} {}", fl!("welcome-everybody-left", who = who));
                }
                words
            }
        }
    }
}

/// The first few names, and a sign that there are more.
fn some_of(names: &[String]) -> String {
    const FEW: usize = 3;
    const LONGEST: usize = 24;
    let shortened = |name: &String| match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.clone(),
    };
    let mut shown = names
        .iter()
        .take(FEW)
        .map(shortened)
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > FEW {
        shown.push_str(", …");
    }
    shown
}
