//! Reads the program aloud, where everything is: asks what there is to hear of what is on, and gives the voice what the
//! [screen reader](crate::app::screen_reader) has to say of it.

use std::time::Instant;

use futures::StreamExt;
use futures::future::ready;
use iced::Task;
use iced::task::Handle;

use super::idle::Cover;
use super::{App, Message, Now};
use crate::app::activation::Cause;
use crate::app::i18n::{self, fl};
use crate::app::pointer::Gesture;
use crate::app::screen::still_there;
use crate::app::screen_reader::{Heard, Reading, ScreenReader, Speech, Utterance};
use crate::app::theme::token::{REST, REST_MOST};
use crate::app::widget::caption;
use crate::config::{Aloud, Preference};
use crate::host::speech::{Event, Voice};

/// What reads aloud, and what it has said.
#[derive(Debug, Default)]
pub(super) struct Narrator {
    reader: ScreenReader,
    /// Whether everything is read.
    on: bool,
    /// Ends what is being said when it goes.
    speech: Option<Handle>,
    /// The wait for the focus to rest, which ends when it goes.
    wait: Option<Handle>,
    /// When an arrow was pressed last.
    moved: Option<Instant>,
    /// Tells what is said from what was said before.
    number: u64,
    /// The lines of what is being said, where they are written.
    lines: Vec<String>,
    /// The one that is being said.
    line: Option<usize>,
}

/// What happens while everything is read aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NarratorMessage {
    /// No arrow was pressed for a while.
    Rested,
    /// The voice goes on with what has this number.
    Spoken(u64, Event),
}

impl Narrator {
    fn hush(&mut self) {
        self.speech = None;
        self.wait = None;
        self.line = None;
        self.number += 1;
    }

    fn spoken(&mut self, event: &Event) {
        self.line = match event {
            Event::Line(line) => Some(*line),
            Event::Ended | Event::Failed(_) => None,
        };
    }

    /// What is being said, to be written.
    pub(super) fn caption(&self) -> Option<&str> {
        self.lines.get(self.line?).map(String::as_str)
    }
}

impl App {
    /// What reads aloud, where this box can.
    fn voice(&self) -> Option<Voice> {
        if let Some(context) = &self.context {
            return context.voice.clone();
        }
        let config = self.launch.config.as_ref();
        let command = config.map(|config| &config.speech.command[..]);
        Voice::find(
            command.unwrap_or_default(),
            std::env::var_os("PATH").as_deref(),
        )
    }

    /// Switches between everything and what the owner wants read aloud. Where nothing can be said, nothing changes.
    pub(super) fn switch_reading(&mut self, now: Now) -> Task<Message> {
        if self.voice().is_none() {
            return Task::none();
        }
        let owner = self.launch.config.as_ref();
        let owner = owner.map_or(Aloud::default(), |config| config.screen.read_aloud);
        let aloud = self.screen_settings().read_aloud.switched(owner);
        self.prefer(Preference::ReadAloud(aloud), now)
    }

    /// Says what is new on the screen, after whatever has happened.
    pub(super) fn narrate(&mut self, heard: Heard, now: Now) -> Task<Message> {
        let on = self.read_aloud() == Aloud::Everything;
        let was = std::mem::replace(&mut self.narrator.on, on);
        match (was, on) {
            _ if self.lifecycle.is_ending() => {
                self.narrator.hush();
                return Task::none();
            }
            (false, false) => return Task::none(),
            (true, false) => {
                self.narrator = Narrator::default();
                return self.say(Utterance::of(fl!("spoken-off")));
            }
            (_, true) => {}
        }
        let reading = self.reading();
        match self.narrator.reader.follow(reading, heard) {
            Speech::GoesOn => Task::none(),
            Speech::Ends => {
                self.narrator.hush();
                Task::none()
            }
            Speech::Waits => {
                self.narrator.hush();
                self.screen.active_mut().hush();
                self.narrator.moved = Some(now.instant);
                self.wait_for_rest()
            }
            Speech::Says(utterance) if was => self.say(utterance),
            Speech::Says(utterance) => self.say(utterance.after(fl!("spoken-on"))),
        }
    }

    fn wait_for_rest(&mut self) -> Task<Message> {
        let rested = Task::perform(tokio::time::sleep(REST), |()| {
            Message::Narrator(NarratorMessage::Rested)
        });
        let (task, handle) = rested.abortable();
        self.narrator.wait = Some(handle.abort_on_drop());
        task
    }

    pub(super) fn on_narrator(&mut self, message: NarratorMessage, now: Now) -> Task<Message> {
        if let NarratorMessage::Spoken(number, event) = message {
            if number == self.narrator.number {
                self.narrator.spoken(&event);
            }
            return Task::none();
        }
        if self.narrator.wait.take().is_none() {
            return Task::none();
        }
        // An arrow that is held begins to repeat later than that.
        let moved = self.narrator.moved;
        let since = moved.map(|moved| now.instant.saturating_duration_since(moved));
        if self.input.is_held() && since.is_some_and(|since| since < REST_MOST) {
            return self.wait_for_rest();
        }
        match self.narrator.reader.rested() {
            Some(utterance) => self.say(utterance),
            None => Task::none(),
        }
    }

    /// Says this, and nothing else any more.
    fn say(&mut self, utterance: Utterance) -> Task<Message> {
        self.narrator.hush();
        self.screen.active_mut().hush();
        let Some(voice) = self.voice() else {
            return Task::none();
        };
        let (captions, number) = (self.look.has_captions(), self.narrator.number);
        let lines = utterance.into_lines();
        let lines = match captions {
            true => caption::pieces(&self.look, lines),
            false => lines,
        };
        let events = voice.read(lines.clone(), i18n::language().tag);
        // Only what is written becomes a message, and so a picture.
        let written = events.filter(move |_| ready(captions));
        let spoken = move |event| Message::Narrator(NarratorMessage::Spoken(number, event));
        let (task, handle) = Task::run(written, spoken).abortable();
        self.narrator.lines = lines;
        self.narrator.speech = Some(handle.abort_on_drop());
        task
    }

    /// What there is to hear of what is on. A dark screen is silent.
    pub(in crate::app) fn reading(&self) -> Option<Reading> {
        match (self.idle.cover(), &self.diagnostics) {
            (Some(Cover::StillThere(seconds)), _) => Some(still_there::reading(seconds)),
            (Some(Cover::Ambient), _) => None,
            (None, Some(screen)) => Some(screen.reading()),
            (None, None) => match self.panel_reading() {
                Some(reading) => Some(reading),
                None => self.screen.active().reading(),
            },
        }
    }
}

/// What a person has done with `message`.
pub(super) fn heard(message: &Message) -> Heard {
    match message {
        Message::Pressed(button)
        | Message::Pointed(_, button)
        | Message::Pointer(Gesture::Pressed(button)) => Heard::of(*button),
        other if other.cause() != Cause::NoInput => Heard::Other,
        _ => Heard::Nothing,
    }
}

#[cfg(test)]
impl App {
    /// As if this were being said.
    pub(in crate::app) fn says(&mut self, words: &str) {
        self.narrator.lines = caption::pieces(&self.look, vec![words.to_owned()]);
        self.narrator.line = Some(0);
    }
}

#[cfg(test)]
mod tests;
