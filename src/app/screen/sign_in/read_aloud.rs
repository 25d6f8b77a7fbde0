//! Reads the code on the screen aloud: on a wish, and where the viewer wants that, as soon as it is there.

use iced::Task;
use iced::task::Handle;

use super::address::typed;
use super::{Message, Phase, SignIn};
use crate::app::i18n;
use crate::app::speech_text::{self, SpokenLine};
use crate::host::speech::{Event, Voice};

/// What becomes of the reading.
#[derive(Debug, Default)]
pub(super) enum ReadAloud {
    /// Nothing is read.
    #[default]
    Off,
    /// The lines are being read.
    Speaking {
        lines: Vec<SpokenLine>,
        /// The one that is spoken now.
        at: usize,
        /// Ends the voice when it goes.
        _work: Handle,
    },
    /// The voice did not speak.
    Failed,
}

impl SignIn {
    /// Reads every code aloud as soon as it is there, if that is wanted.
    #[must_use]
    pub fn read_aloud_on_arrival(mut self, on_arrival: bool) -> Self {
        self.reads_on_arrival = on_arrival;
        self
    }

    /// The voice, where there is one and something to read.
    pub(super) fn voice(&self) -> Option<&Voice> {
        match self.phase {
            Phase::Showing(_) => self.context.voice.as_ref(),
            _ => None,
        }
    }

    pub(super) fn is_reading(&self) -> bool {
        matches!(self.reading, ReadAloud::Speaking { .. })
    }

    /// Stops what is being read.
    pub fn hush(&mut self) {
        if self.is_reading() {
            self.reading = ReadAloud::Off;
        }
    }

    /// Begins to read, or stops it where it is under way.
    pub(super) fn toggle_read_aloud(&mut self) -> Task<Message> {
        if self.is_reading() {
            self.reading = ReadAloud::Off;
            return Task::none();
        }
        let (Some(voice), Phase::Showing(showing)) = (self.voice(), &self.phase) else {
            return Task::none();
        };
        let lines = speech_text::lines(&showing.code, typed(&showing.code.verification_uri));
        let said = lines.iter().map(|line| line.say.clone()).collect();
        let events = voice.read(said, i18n::language().tag);
        let attempt = self.attempt;
        let (task, handle) =
            Task::run(events, move |event| Message::SpokenLine { attempt, event }).abortable();
        self.reading = ReadAloud::Speaking {
            lines,
            at: 0,
            _work: handle.abort_on_drop(),
        };
        task
    }

    pub(super) fn spoken(&mut self, event: &Event) {
        match (event, &mut self.reading) {
            (Event::Line(line), ReadAloud::Speaking { at, .. }) => *at = *line,
            (Event::Ended, ReadAloud::Speaking { .. }) => self.reading = ReadAloud::Off,
            (Event::Failed(_), ReadAloud::Speaking { .. }) => self.reading = ReadAloud::Failed,
            (_, ReadAloud::Off | ReadAloud::Failed) => {}
        }
    }

    /// What is spoken now, to read along.
    pub(super) fn spoken_line(&self) -> Option<&str> {
        match &self.reading {
            ReadAloud::Speaking { lines, at, .. } => lines.get(*at).map(|line| line.show.as_str()),
            ReadAloud::Off | ReadAloud::Failed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::super::tests::samples::{code, showing};
    use super::super::{Action, SignInControl};
    use super::*;
    use crate::app::gallery;
    use crate::app::remote::Button;

    fn voice() -> Option<Voice> {
        Voice::find(&["/bin/true".to_owned()], None)
    }

    fn with_voice() -> SignIn {
        let folder = tempfile::tempdir().unwrap();
        let mut context = gallery::context(folder.path());
        context.voice = voice();
        assert!(context.voice.is_some());
        showing(&context, code(), Duration::from_secs(900))
    }

    #[tokio::test]
    async fn r21_info_reads_aloud_and_a_new_press_stops_it() {
        let mut screen = with_voice();
        let now = Instant::now();
        assert!(matches!(screen.press(Button::Info, now), Action::Run(_)));
        assert!(screen.is_reading());
        let attempt = screen.attempt;
        let spoken = |event| Message::SpokenLine { attempt, event };
        let _ = screen.update(spoken(Event::Line(9)), now);
        assert_eq!(screen.spoken_line(), Some("Q T Z L -"));
        let _ = screen.press(Button::Info, now);
        assert!(!screen.is_reading());
        let _ = screen.update(spoken(Event::Line(10)), now);
        assert_eq!(screen.spoken_line(), None, "a late line changes nothing");

        screen.focus.focus(SignInControl::ReadAloud);
        let _ = screen.press(Button::Select, now);
        let _ = screen.update(spoken(Event::Failed("exit status: 1".to_owned())), now);
        assert!(matches!(screen.reading, ReadAloud::Failed));
        let _ = screen.press(Button::Select, now);
        let _ = screen.update(spoken(Event::Ended), now);
        assert!(matches!(screen.reading, ReadAloud::Off));
    }

    #[tokio::test]
    async fn another_code_is_not_read_with_the_words_of_the_last() {
        let mut screen = with_voice();
        let _ = screen.press(Button::Info, Instant::now());
        drop(screen.ask(true));
        assert!(!screen.is_reading());
    }

    #[tokio::test]
    async fn a_box_without_a_voice_shows_no_button() {
        let folder = tempfile::tempdir().unwrap();
        let context = gallery::context(folder.path());
        let mut screen =
            showing(&context, code(), Duration::from_secs(900)).read_aloud_on_arrival(true);
        assert!(!screen.focus.holds(SignInControl::ReadAloud));
        let _ = screen.press(Button::Info, Instant::now());
        assert!(!screen.is_reading());
        assert!(with_voice().focus.holds(SignInControl::ReadAloud));
    }
}
