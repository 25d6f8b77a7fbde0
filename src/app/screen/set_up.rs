//! No configuration yet: where it belongs, how to make one, and the demo.

mod reading;

use std::path::{Path, PathBuf};

use futures::future::BoxFuture;
use iced::task::Handle;
use iced::widget::{Space, column, container};
use iced::{Background, Task, border};

use crate::app::OfferDemo;
use crate::app::i18n::fl;
use crate::app::remote::Button;
use crate::app::renderer::{Column, Element};
use crate::app::theme::{Look, MONO, Px, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::halves::{Face, Halves, has_room_for_a_face, lines, standing};
use crate::app::widget::icon::Icon;
use crate::app::widget::{Chrome, button, fitting, frame, text};
use crate::config::Config;

/// The set-up screen.
pub struct SetUp {
    looked_for: Vec<PathBuf>,
    offer_demo: Option<OfferDemo>,
    demo: Demo,
}

enum Demo {
    Offered,
    Starting { _work: Handle },
    Failed(String),
}

/// What happens on the set-up screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The demo runs, or does not.
    Demo(Result<Box<Config>, String>),
}

/// What the set-up screen wants of its parent.
#[derive(Debug)]
pub enum Action {
    None,
    /// Work to do.
    Run(Task<Message>),
    /// Start again with this configuration.
    Start(Box<Config>),
}

impl std::fmt::Debug for SetUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetUp")
            .field("looked_for", &self.looked_for)
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}

impl SetUp {
    /// No configuration was found in `looked_for`.
    pub fn new(looked_for: Vec<PathBuf>, offer_demo: Option<OfferDemo>) -> Self {
        Self {
            looked_for,
            offer_demo,
            demo: Demo::Offered,
        }
    }

    /// A button of the remote was pressed. Back has nowhere to go.
    pub fn press(&mut self, button: Button) -> Action {
        match (button, &self.offer_demo, &self.demo) {
            (Button::Select, Some(offer), Demo::Offered | Demo::Failed(_)) => {
                let starting: BoxFuture<'static, _> = offer();
                let (task, handle) =
                    Task::perform(starting, |started| Message::Demo(started.map(Box::new)))
                        .abortable();
                self.demo = Demo::Starting {
                    _work: handle.abort_on_drop(),
                };
                Action::Run(task)
            }
            _ => Action::None,
        }
    }

    /// Takes a message in.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Demo(Ok(config)) => Action::Start(config),
            Message::Demo(Err(why)) => {
                self.demo = Demo::Failed(why);
                Action::None
            }
        }
    }

    /// Draws the screen.
    pub fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message> {
        let ways = [
            (token::GAP_M, true, Some(token::EMBLEM)),
            (token::GAP_M, true, Some(token::EMBLEM_LESSER)),
            (token::GAP_XS, true, Some(token::EMBLEM_SMALL)),
            (token::GAP_M, true, None),
            (token::GAP_XS, true, None),
            (token::GAP_XS, false, None),
        ];
        let ways = ways.map(|(gap, hint, side)| {
            let emblem = Face::Emblem(Icon::Settings, look.palette.accent_ink);
            Halves {
                face: side
                    .filter(|_| has_room_for_a_face(look))
                    .map(|side| emblem.view(look, side)),
                said: self.said(look, gap, hint),
                gap,
                controls: self.demo(look, hint),
            }
            .view(look)
        });
        frame(look, chrome, fitting(ways.into()))
    }

    /// What there is to do: with all that can be said about it where there is room.
    fn said<'a>(&'a self, look: &Look, gap: Px, hint: bool) -> Column<'a, Message> {
        let muted =
            |words: String| standing(look, text::body(look, words)).color(look.palette.muted);
        let places = self.looked_for.iter().map(|place| {
            let place = text::label(look, format!("•  {}", place.display()));
            standing(look, place).into()
        });
        let first = self.looked_for.first();
        let command = first.map(|place| {
            let command = column![]
                .push(hint.then(|| muted(fl!("set-up-command"))))
                .push(command(look, place))
                .push(hint.then(|| muted(fl!("set-up-restart"))))
                .spacing(look.px(gap.min(token::GAP_S)));
            lines(look, command)
        });
        let title = if gap == token::GAP_M {
            text::title(look, fl!("set-up-title"))
        } else {
            text::heading(look, fl!("set-up-title"))
        };
        column![
            standing(look, title),
            muted(fl!("set-up-hint")),
            lines(look, column(places).spacing(look.px(token::GAP_XS))),
        ]
        .push((gap == token::GAP_M).then(|| Space::new().height(look.px(token::GAP_S))))
        .push(command)
        .spacing(look.px(gap.min(token::GAP_S)))
    }

    /// The demo, where there is one: with what it is, where there is room.
    fn demo<'a>(&self, look: &Look, hint: bool) -> Option<Element<'a, Message>> {
        let _ = self.offer_demo.as_ref()?;
        let said = match &self.demo {
            Demo::Offered => text::label(look, fl!("set-up-demo-hint")),
            Demo::Starting { .. } => text::label(look, fl!("set-up-demo-starting")),
            Demo::Failed(why) => text::label(look, fl!("set-up-demo-failed", why = why.as_str()))
                .color(look.palette.danger),
        };
        let hint = (hint || !matches!(self.demo, Demo::Offered))
            .then(|| container(standing(look, said)).padding([0.0, ring_room(look)]));
        let page = column![button(look, "start_demo", fl!("set-up-demo"), true)]
            .push(hint)
            .spacing(look.px(token::GAP_XS));
        Some(lines(look, page).into())
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match (&self.offer_demo, &self.demo) {
            (None, _) => "no_demo",
            (Some(_), Demo::Offered) => "demo_offered",
            (Some(_), Demo::Starting { .. }) => "demo_starting",
            (Some(_), Demo::Failed(_)) => "demo_failed",
        }
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        self.offer_demo.as_ref().map(|_| "start_demo".to_owned())
    }
}

/// The command that makes a configuration to fill in.
fn command_line(file: &Path) -> String {
    format!(
        "vestibule config example --preset auth0 > {}",
        file.display()
    )
}

/// A command to type, in the face of one.
fn command<'a>(look: &Look, file: &Path) -> Element<'a, Message> {
    let color = look.palette.raised;
    let radius = look.radius();
    container(
        text::label(look, command_line(file))
            .font(look.font(MONO))
            .color(look.palette.text),
    )
    .padding([look.px(token::CONTROL_PADDING_Y), look.px(token::GAP_M)])
    .style(move |_| container::Style {
        background: Some(Background::Color(color)),
        border: border::rounded(radius),
        ..container::Style::default()
    })
    .into()
}
