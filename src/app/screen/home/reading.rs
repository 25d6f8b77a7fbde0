//! What there is to hear of a home, and of the lists that cards open above it.

use jiff::Timestamp;

use super::error_text;
use super::opened::Opened;
use super::rows::{Contents, RowState, Rows};
use super::{Home, Overlay};
use crate::api::Card;
use crate::app::focus::row_focus::FocusTarget;
use crate::app::format::format_value;
use crate::app::i18n::{self, fl};
use crate::app::screen::detail::through;
use crate::app::screen_reader::{FocusReading, Reading, Role};
use crate::session::Account;

impl Home {
    /// What there is to hear of the screen on top.
    pub fn reading(&self) -> Reading {
        match &self.over {
            Overlay::Nothing => match self.opened.last() {
                Some(opened) => opened.reading(),
                None => of_rows(&self.rows, &self.account),
            },
            Overlay::Detail(detail) => detail.reading(),
            Overlay::Account(account) => account.reading(),
        }
    }
}

impl Opened {
    /// What there is to hear of the list that a card has opened.
    fn reading(&self) -> Reading {
        let card = self.parent();
        let short = card.subtitle.iter().chain(&card.badges).map(format_value);
        let reading = Reading::new("opened", format_value(&card.title)).text(short);
        let details = FocusReading::button(fl!("opened-details"));
        let body = card.body.as_ref().map(format_value);
        self.rows.read(reading, details).more(body)
    }
}

/// What there is to hear of the rows of `account`.
pub fn of_rows(rows: &Rows, account: &Account) -> Reading {
    let guest = account.guest.then(|| fl!("guest"));
    let button = FocusReading::button(fl!("home-account"));
    let button = button.detail(
        account
            .display_name()
            .map(str::to_owned)
            .into_iter()
            .chain(guest),
    );
    if rows.is_empty() {
        let title = match account.display_name() {
            Some(name) => fl!("home-signed-in-as", name = name),
            None => fl!("home-signed-in"),
        };
        let reading = Reading::new("home", title).text([fl!("home-no-api")]);
        return reading.focus(button);
    }
    rows.read(Reading::new("home", fl!("spoken-home")), button)
}

impl Rows {
    /// `reading` with what has the focus: a card and the heading of its row, or what is `above` the rows.
    fn read(&self, reading: Reading, above: FocusReading) -> Reading {
        let FocusTarget::Item { row, index } = self.focus().focus() else {
            return reading.focus(above);
        };
        let Some(row_state) = self.get(row) else {
            return reading.focus(above);
        };
        let title = row_state.row.title.in_language(i18n::language().tag);
        reading
            .group(title.to_owned())
            .states(error_text::stale_note(row_state))
            .focus(of_item(row_state, index))
    }
}

/// What there is to hear of a card, or of what stands in place of cards.
fn of_item(row_state: &RowState, index: usize) -> FocusReading {
    match &row_state.contents {
        Contents::Waiting => FocusReading::new(fl!("spoken-loading")),
        Contents::Failed(error) => {
            let (what, hint) = error_text::note(error);
            FocusReading::new(what).detail([hint, error_text::said(error)])
        }
        Contents::Cards(cards) => match cards.get(index) {
            Some(card) if row_state.goes_on() => of_card(card).at_of_more(index + 1, cards.len()),
            Some(card) => of_card(card).at(Some((index + 1, cards.len()))),
            None => FocusReading::new(fl!("home-empty")),
        },
    }
}

fn of_card(card: &Card) -> FocusReading {
    let progress = card
        .progress
        .and_then(|progress| progress.at(Timestamp::now()));
    let short = card.subtitle.iter().chain(&card.badges).map(format_value);
    FocusReading::new(format_value(&card.title))
        .role(Role::Card)
        .detail(short.chain(progress.map(through)))
}
