//! What there is to hear of the account screen.

use super::entries::Confirmation;
use super::{AccountControl, AccountScreen, AccountStep, confirmation, facts};
use crate::app::i18n::{self, fl};
use crate::app::screen_reader::{FocusReading, Reading};

impl AccountScreen {
    /// What there is to hear of the screen: of a question, that alone.
    pub fn reading(&self) -> Reading {
        let (name, email) = (self.account.display_name(), self.account.email.as_deref());
        let who = name.map_or_else(|| fl!("account-nameless"), str::to_owned);
        let (entry, asks) = match self.step {
            AccountStep::Shown => {
                let email = email.filter(|email| *email != who).map(str::to_owned);
                return self.overview(who, email.unwrap_or_default());
            }
            AccountStep::Asking(entry) => (entry, true),
            AccountStep::Doing(entry) => (entry, false),
        };
        let Some(asked) = confirmation(entry) else {
            return Reading::new("account", fl!("account-title"));
        };
        match asks {
            true => Reading::new("account", (asked.words)())
                .text([who])
                .focus(self.focus_reading(Some(asked))),
            false => Reading::new("account", (asked.doing)()),
        }
    }

    fn overview(&self, who: String, email: String) -> Reading {
        let guest = self.account.guest.then(|| fl!("guest"));
        let warning = self.account.not_remembered.as_ref();
        let warning = warning.map(|_| fl!("account-not-remembered"));
        let known = facts::named(&self.claims).into_iter();
        let known = known.chain(facts::facts(&self.account, &self.scopes));
        Reading::new("account", fl!("account-title"))
            .text([who, email, guest.unwrap_or_default()])
            .states(warning)
            .focus(self.focus_reading(None))
            .more(known.map(|(called, says)| format!("{called}: {says}")))
    }

    fn focus_reading(&self, asked: Option<Confirmation>) -> Option<FocusReading> {
        let control = self.focus.focused()?;
        let (label, says) = match (control, asked) {
            (AccountControl::Entry(entry), _) => {
                let line = entry.line()?;
                let says = (line.id == "language").then(|| i18n::language().name.to_owned());
                ((line.words)(), says)
            }
            (AccountControl::Confirm, asked) => ((asked?.yes)(), None),
            (AccountControl::Stay, asked) => ((asked?.no)(), None),
        };
        let focus = FocusReading::button(label).at(self.focus.number());
        Some(focus.state(says.unwrap_or_default()))
    }
}
