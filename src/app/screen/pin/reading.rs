//! What there is to hear of the PIN pad: how many digits there are, and never which, nor where on the pad the focus is.

use std::time::Duration;

use super::{PinControl, PinNotice, PinPad, PinStep};
use crate::app::format::span;
use crate::app::i18n::fl;
use crate::app::screen_reader::{FocusReading, Reading};
use crate::session::Pin;

impl PinPad {
    /// What there is to hear of the screen; nothing before it is known what is asked for.
    pub fn reading(&self) -> Option<Reading> {
        if matches!(self.step, PinStep::Working { typed: 0 }) {
            return None;
        }
        let who = self.account.display_name().map(str::to_owned);
        let text = match &self.step {
            PinStep::Forgotten => fl!("pin-forgotten"),
            PinStep::Unreadable => fl!("pin-unreadable"),
            PinStep::New
            | PinStep::Current
            | PinStep::Repeat(_)
            | PinStep::Wait { .. }
            | PinStep::Working { .. } => String::new(),
        };
        let reading = Reading::new("pin", self.title())
            .text([who.unwrap_or_default(), text])
            .states([self.trouble(), self.hint(), self.progress()])
            .focus(self.focus_reading());
        Some(reading)
    }

    fn trouble(&self) -> String {
        match (&self.step, &self.note) {
            (PinStep::Wait { until }, _) => {
                // By the minute: a voice that counts seconds says nothing else.
                let left = until.saturating_duration_since(self.now).as_secs();
                let minutes = Duration::from_secs(left.div_ceil(60) * 60);
                fl!("pin-locked", time = span(minutes))
            }
            (PinStep::Forgotten | PinStep::Unreadable, _) | (_, None) => String::new(),
            (_, Some(PinNotice::Wrong { left })) => {
                let left = *left;
                fl!("pin-wrong", left = left)
            }
            (_, Some(PinNotice::Mismatch)) => fl!("pin-mismatch"),
            (_, Some(PinNotice::NotSaved(why))) => fl!("pin-not-saved", why = why.as_str()),
        }
    }

    fn hint(&self) -> String {
        match self.step {
            PinStep::New => fl!("pin-hint"),
            _ => String::new(),
        }
    }

    /// How many digits are in.
    fn progress(&self) -> String {
        let typed = match self.step {
            PinStep::Working { typed } => typed,
            _ => self.digits.typed(),
        };
        match self.asks_for_digits() {
            true => fl!("spoken-digits", typed = typed, all = Pin::LENGTH),
            false => String::new(),
        }
    }

    fn focus_reading(&self) -> Option<FocusReading> {
        if self.focus.on_pad {
            return Some(FocusReading::new(fl!("spoken-pad")).detail([fl!("spoken-pad-hint")]));
        }
        let label = match self.focus.side.focused()? {
            PinControl::Forgot => fl!("pin-forgot"),
            PinControl::SignIn => fl!("pin-sign-in"),
            PinControl::Back => fl!("pin-back"),
        };
        Some(FocusReading::button(label).at(self.focus.side.number()))
    }
}
