//! What there is to hear of the sign-in screen.

use super::address::typed;
use super::{Phase, PollStatus, Showing, SignIn};
use crate::app::error_text;
use crate::app::i18n::fl;
use crate::app::screen_reader::{FocusReading, Reading};
use crate::app::speech_text;

impl SignIn {
    /// What there is to hear of the screen: address and code to be written down, and what comes of them.
    pub fn reading(&self) -> Reading {
        let called = |title: String| Reading::new("sign_in", title);
        let reading = match &self.phase {
            Phase::Requesting {
                trouble: None,
                renewal,
            } => called(fl!("welcome-sign-in")).states([match renewal {
                true => fl!("sign-in-fresh"),
                false => fl!("sign-in-requesting"),
            }]),
            Phase::Requesting {
                trouble: Some(trouble),
                ..
            } => called(trouble.words.title.clone())
                .text([trouble.words.hint.clone()])
                .more(trouble.words.detail.clone()),
            Phase::Showing(showing) => self.reading_of(showing),
            Phase::Finishing => called(fl!("sign-in-finishing")),
            Phase::Resting => {
                let provider = self.context.config.provider.preset.provider();
                called(fl!("sign-in-rest"))
                    .text([fl!("sign-in-rest-hint")])
                    .more([error_text::of_silence(provider)])
            }
            Phase::Failed { words, .. } => called(words.title.clone())
                .text([words.hint.clone()])
                .more(words.detail.clone()),
        };
        let focus = self
            .focus
            .focused()
            .map(|control| FocusReading::button(self.words_on(control)).at(self.focus.number()));
        reading.focus(focus)
    }

    fn reading_of(&self, showing: &Showing) -> Reading {
        let title = match self.asks {
            true => fl!("sign-in-new-code-question"),
            false => fl!("welcome-sign-in"),
        };
        let mark = match showing.life.is_veiled(self.now) {
            true => Some(self.veil_words()),
            false => showing.life.mark(self.now).map(|minutes| {
                let when = fl!("relative-in-minutes", minutes = minutes);
                fl!("spoken-code-ends", when = when)
            }),
        };
        let address = typed(&showing.code.verification_uri);
        Reading::new("sign_in", title)
            .spelled(
                speech_text::lines(&showing.code, address)
                    .into_iter()
                    .map(|line| line.say)
                    .collect(),
            )
            .states([self.going_on(showing)].into_iter().chain(mark))
            .more([fl!("sign-in-confirm"), fl!("sign-in-beware")])
    }

    /// What goes on. Seconds are not counted aloud, and of a code that was confirmed nothing is said: what comes of it is.
    fn going_on(&self, showing: &Showing) -> String {
        match showing.status {
            PollStatus::Waiting | PollStatus::Checking | PollStatus::Confirmed => match self.unkept
            {
                true => fl!("sign-in-unkept"),
                false => fl!("sign-in-waiting"),
            },
            PollStatus::Offline { answered: true, .. } => fl!("sign-in-unread"),
            PollStatus::Offline { .. } => fl!("sign-in-offline", seconds = 0),
        }
    }
}
