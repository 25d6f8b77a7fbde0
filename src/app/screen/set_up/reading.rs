//! What there is to hear of the set-up screen.

use super::{Demo, SetUp, command_line};
use crate::app::i18n::fl;
use crate::app::screen_reader::{FocusReading, Reading};

impl SetUp {
    /// What there is to hear of the screen.
    pub fn reading(&self) -> Reading {
        let places = self
            .looked_for
            .iter()
            .map(|place| place.display().to_string());
        let command = self.looked_for.first().map(|place| {
            let command = [fl!("set-up-command"), command_line(place)];
            [command.join(" "), fl!("set-up-restart")]
        });
        let state = match (&self.offer_demo, &self.demo) {
            (None, _) => None,
            (Some(_), Demo::Offered) => Some(fl!("set-up-demo-hint")),
            (Some(_), Demo::Starting { .. }) => Some(fl!("set-up-demo-starting")),
            (Some(_), Demo::Failed(why)) => Some(fl!("set-up-demo-failed", why = why.as_str())),
        };
        let demo = self.offer_demo.as_ref();
        Reading::new("set_up", fl!("set-up-title"))
            .text([fl!("set-up-hint")].into_iter().chain(places))
            .states(state)
            .focus(demo.map(|_| FocusReading::button(fl!("set-up-demo"))))
            .more(command.into_iter().flatten())
    }
}
