//! What there is to hear of the detail screen, and of the page for the phone.

use jiff::Timestamp;

use super::{Detail, DetailButton, DetailFocus};
use crate::app::format::format_value;
use crate::app::i18n::{self, fl, percent};
use crate::app::screen_reader::{FocusReading, Reading};

impl Detail {
    /// What there is to hear of the screen: what is known of the card, and at the end its text, which may be long.
    pub fn reading(&self) -> Reading {
        let (card, tag) = (&self.card, i18n::language().tag);
        if let Some(phone) = self.phone.as_ref().filter(|_| self.on_phone) {
            return Reading::new("phone", fl!("detail-phone"))
                .text([format_value(&card.title), fl!("phone-hint"), phone.spoken()])
                .focus(FocusReading::button(self.words(DetailButton::Back)));
        }
        let progress = card
            .progress
            .and_then(|progress| progress.at(Timestamp::now()));
        let short = card.badges.iter().chain(&card.subtitle).map(format_value);
        let facts = card.details.iter().map(|fact| {
            let says = format_value(&fact.value);
            format!("{}: {says}", fact.label.in_language(tag))
        });
        let body = card.body.as_ref().map(format_value).unwrap_or_default();
        let focus = match self.focus {
            DetailFocus::Text => FocusReading::new(fl!("spoken-text")).detail([body.clone()]),
            DetailFocus::Button(index) => {
                let buttons = self.buttons();
                let label = buttons.get(index).map(|button| self.words(*button));
                let outcome = self
                    .focused_action()
                    .and_then(|(_, outcome)| outcome.words());
                FocusReading::button(label.unwrap_or_default())
                    .at(Some((index + 1, buttons.len())))
                    .state(outcome.unwrap_or_default())
            }
        };
        Reading::new("detail", format_value(&card.title))
            .text(short.chain(progress.map(through)).chain(facts))
            .focus(focus)
            .more([body])
    }
}

/// How far something is, in words.
pub fn through(part: f32) -> String {
    let share = percent(f64::from((part * 100.0).round()));
    fl!("spoken-through", share = share)
}
