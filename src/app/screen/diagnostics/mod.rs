//! What support asks on the phone about a box: server, network, clock, memory, log, keys.
//!
//! It stands over whatever is on and can be opened from anywhere, so that a box that cannot sign in can be
//! told about.

mod facts;
mod reading;
mod remote_page;
#[cfg(test)]
pub(in crate::app) mod samples;
mod view;

use std::time::Instant;

use iced::task::Handle;
use iced::{Size, Task};

use remote_page::Hearing;

use super::Context;
use crate::app::focus::{Controls, Direction, Grid, HasId};
use crate::app::remote::{Button, KeyReport};
use crate::app::theme::token::ANSWER_LIMIT;
use crate::app::widget::qr;
use crate::checks::facts::{Facts, Findings};
use crate::host::log::{self, KEPT};

/// Lines of the log that one press moves by.
const SCROLL: usize = 4;

/// The diagnostics screen.
#[derive(Debug)]
pub struct Diagnostics {
    context: Option<Context>,
    started: Instant,
    signed_in: bool,
    window: Size,
    page: Grid<Page>,
    facts: Facts,
    findings: Option<Findings>,
    /// The report for a phone's camera.
    report: Option<qr::Modules>,
    /// The last lines of the log, newest first.
    lines: Vec<log::Line>,
    /// How many of them, or of the lines of a table that does not fit, are above the screen.
    above: usize,
    hearing: Hearing,
    /// Asks around.
    work: Option<Handle>,
}

/// What is on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Device,
    Connection,
    Log,
    Remote,
}

/// What happens on the diagnostics screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// All that was asked has answered, or its time is over.
    Found(Box<Findings>),
    /// A key of the remote arrived.
    Arrived(KeyReport),
    /// No key has arrived for long.
    Silent,
}

/// What the diagnostics screen wants of its parent.
#[derive(Debug)]
pub enum Action {
    None,
    /// Work to do.
    Run(Task<Message>),
    /// Back to what was on.
    Close,
}

impl Diagnostics {
    /// Looks around at once. `started` is when the program was.
    pub fn new(
        context: Option<&Context>,
        signed_in: bool,
        window: Size,
        started: Instant,
    ) -> (Self, Task<Message>) {
        let mut screen = Self {
            facts: gather(context, signed_in, window, started),
            context: context.cloned(),
            started,
            signed_in,
            window,
            page: Grid::new(vec![vec![
                Page::Device,
                Page::Connection,
                Page::Log,
                Page::Remote,
            ]]),
            findings: None,
            report: None,
            lines: Vec::new(),
            above: 0,
            hearing: Hearing::Off,
            work: None,
        };
        let task = screen.look();
        (screen, task)
    }

    /// Looks at everything anew.
    fn look(&mut self) -> Task<Message> {
        self.facts = gather(
            self.context.as_ref(),
            self.signed_in,
            self.window,
            self.started,
        );
        self.lines = log::recent();
        self.lines.reverse();
        self.above = 0;
        self.findings = None;
        self.report = None;
        let (task, handle) = Task::perform(ask_around(self.context.clone()), |findings| {
            Message::Found(Box::new(findings))
        })
        .abortable();
        self.work = Some(handle.abort_on_drop());
        task
    }

    /// Takes a message in.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Found(findings) => {
                self.work = None;
                // What the survey has asked for counts as the last that was heard, too.
                self.facts = gather(
                    self.context.as_ref(),
                    self.signed_in,
                    self.window,
                    self.started,
                );
                self.report = qr::Modules::new(&self.facts.report(&findings));
                self.findings = Some(*findings);
                Action::None
            }
            Message::Arrived(arrival) => match self.hearing.hear(arrival) {
                Some(task) => Action::Run(task),
                None => Action::None,
            },
            Message::Silent => {
                self.hearing = Hearing::Off;
                Action::None
            }
        }
    }

    /// A button of the remote was pressed. While keys are being named, only Back, twice, means anything.
    pub fn press(&mut self, button: Button) -> Action {
        if self.hearing.is_on() {
            self.hearing.press(button);
            return Action::None;
        }
        match (button, self.page.focused()) {
            (Button::Back, _) => Action::Close,
            (Button::Select, Some(Page::Remote)) => Action::Run(self.hearing.begin()),
            (Button::Select, _) => Action::Run(self.look()),
            (Button::Up, Some(page)) if page != Page::Remote => {
                self.above = self.above.saturating_sub(SCROLL);
                Action::None
            }
            (Button::Down, Some(page)) if page != Page::Remote => {
                self.above = (self.above + SCROLL).min(self.most_above(page));
                Action::None
            }
            _ => {
                if let Some(direction) = Direction::of(button)
                    && self.page.step(direction)
                {
                    self.above = 0;
                }
                Action::None
            }
        }
    }

    /// How many lines of a page can be above the screen.
    fn most_above(&self, page: Page) -> usize {
        let findings = self.findings.as_ref();
        match page {
            Page::Device => self.facts.of_the_box(findings).len().saturating_sub(SCROLL),
            Page::Connection => self.facts.of_the_way(findings).len().saturating_sub(SCROLL),
            Page::Log => self.lines.len().saturating_sub(1),
            Page::Remote => 0,
        }
    }

    /// Whether keys are to be told one by one.
    pub fn listens(&self) -> bool {
        self.hearing.is_on()
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match self.page.focused() {
            Some(Page::Remote) if self.hearing.is_on() => "listening",
            Some(Page::Remote) => "remote",
            Some(Page::Log) => "log",
            Some(Page::Connection) if self.findings.is_some() => "connection",
            Some(Page::Device) if self.findings.is_some() => "device",
            _ => "checking",
        }
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        Some(self.page.focused()?.id().into())
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        &mut self.page
    }
}

impl HasId for Page {
    fn id(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Connection => "connection",
            Self::Log => "log",
            Self::Remote => "remote",
        }
    }
}

fn gather(context: Option<&Context>, signed_in: bool, window: Size, started: Instant) -> Facts {
    let served = context.map(|context| (&context.client, &*context.config));
    let window = (window.width as u32, window.height as u32);
    Facts::gather(served, signed_in, window, started)
}

async fn ask_around(context: Option<Context>) -> Findings {
    let served = context
        .as_ref()
        .map(|context| (&context.client, &*context.config));
    Findings::ask(served, ANSWER_LIMIT).await
}

// More than is kept need not be looked through.
const _: () = assert!(KEPT >= SCROLL);

#[cfg(test)]
mod tests;
