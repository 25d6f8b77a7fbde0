//! From the phone's yes to the end of the sign-in: the code goes at once, and words come where it takes long.

use iced::widget::Space;

use super::read_aloud::ReadAloud;
use super::view::plate;
use super::{Message, Phase, PollStatus, Showing, SignIn};
use crate::app::renderer::Element;
use crate::app::theme::{Look, token};
use crate::app::widget::icon::{Icon, large_icon};
use crate::app::widget::{countdown, named};
use crate::host::time_zone;

impl SignIn {
    /// The person has confirmed. A tick takes the place of the code, which costs next to nothing to draw, and all else
    /// stays: home follows soon. Where that is told once more, it does not, and the screen says so.
    pub(super) fn confirmed(&mut self) {
        match &mut self.phase {
            Phase::Showing(showing) if showing.status != PollStatus::Confirmed => {
                time_zone::prepare();
                showing.status = PollStatus::Confirmed;
                self.reading = ReadAloud::Off;
                self.asks = false;
                self.refocus();
            }
            _ => {
                self.bigger = false;
                self.enter(Phase::Finishing);
            }
        }
    }

    /// Whether the person has confirmed: there is nothing to press any more.
    pub(super) fn is_confirmed(&self) -> bool {
        match &self.phase {
            Phase::Finishing => true,
            Phase::Showing(showing) => showing.status == PollStatus::Confirmed,
            Phase::Requesting { .. } | Phase::Resting | Phase::Failed { .. } => false,
        }
    }

    /// How long the code can still be used; as much room where it cannot any more.
    pub(super) fn life_left<'a>(&self, look: &Look, showing: &Showing) -> Element<'a, Message> {
        if self.is_confirmed() {
            return Space::new().height(life_height(look)).into();
        }
        countdown(look, showing.life.left(self.now), showing.life.whole)
    }
}

/// Height of what is left of a code.
pub(super) fn life_height(look: &Look) -> f32 {
    let line = look.text(token::LABEL) * token::LINE;
    look.px(token::COUNTDOWN).max(line)
}

/// A plate with a tick in place of the code.
pub(super) fn ticked<'a>(look: &Look, side: f32) -> Element<'a, Message> {
    let tick = large_icon(
        look,
        Icon::Tick,
        (side * token::EMBLEM_ICON).round(),
        look.palette.ok,
    );
    named("tick", plate(look, tick, side))
}
