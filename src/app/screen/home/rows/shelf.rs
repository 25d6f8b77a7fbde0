//! One row: what it holds, what is on its way to it, and when it is loaded again. Decides by itself and
//! knows neither the screen nor the network.

use std::collections::HashSet;
use std::time::{Instant, SystemTime};

use iced::task;

use super::pace;
use crate::api::{self, Card, Cursor, Origin, Page};

/// One row.
#[derive(Debug)]
pub struct Shelf {
    /// Where its cards come from.
    pub row: api::Row,
    /// What it holds.
    pub contents: Contents,
    /// Tells what is loaded for it from what is loaded for others.
    serial: u64,
    /// The row that it was found in, where it was found in one.
    pub(super) source: Option<usize>,
    /// The page after those that are there.
    next: Option<Cursor>,
    /// When the API said what the row holds, where it has not said so again since.
    from: Option<SystemTime>,
    /// When the API last answered.
    fetched_at: Option<SystemTime>,
    /// Why the last load failed.
    trouble: Option<api::Error>,
    load: Option<Load>,
    due: Option<Instant>,
    /// When the next page may be asked for.
    next_due: Option<Instant>,
    tries: u32,
}

/// What a row holds.
#[derive(Debug)]
pub enum Contents {
    /// Nothing yet: it is being loaded, or will be when it comes near.
    Waiting,
    /// Cards, or none where the API has none.
    Cards(Vec<Card>),
    /// It could not be loaded.
    Failed(api::Error),
}

#[derive(Debug)]
struct Load {
    what: What,
    /// Dropping it stops the work.
    _work: Option<task::Handle>,
}

#[derive(Debug)]
enum What {
    /// All anew.
    Anew(Anew),
    /// The page that begins at this card.
    Next { start: usize },
    /// The rows that are found in this one.
    Rows,
}

#[derive(Debug, Default)]
struct Anew {
    /// At least this many cards, so that what has the focus is among them.
    needed: usize,
    gathered: Vec<Card>,
    /// What was kept, for when nobody answers.
    kept: Option<Page>,
}

/// What is to be loaded.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// A page: the first one, or the one after another.
    Page(Option<Cursor>),
    /// The rows in the place of this one.
    Rows,
}

/// What came of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// Nothing that is to be seen.
    None,
    /// Other cards than before; their ids, and those of the ones before.
    Cards {
        /// Before.
        old: Vec<String>,
        /// Now.
        new: Vec<String>,
    },
    /// More is to be loaded before anything changes.
    More(Cursor),
}

impl Shelf {
    /// A row that holds nothing and is due.
    pub(super) fn new(row: api::Row, source: Option<usize>, serial: u64, now: Instant) -> Self {
        Self {
            row,
            contents: Contents::Waiting,
            serial,
            source,
            next: None,
            from: None,
            fetched_at: None,
            trouble: None,
            load: None,
            due: Some(now),
            next_due: None,
            tries: 0,
        }
    }

    /// Tells it from every other row there was.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// Its cards; none where it has none.
    pub fn cards(&self) -> &[Card] {
        match &self.contents {
            Contents::Cards(cards) => cards,
            Contents::Waiting | Contents::Failed(_) => &[],
        }
    }

    /// Since when nobody has said that what it holds is still so.
    pub fn from(&self) -> Option<SystemTime> {
        self.from.filter(|_| !self.cards().is_empty())
    }

    /// Why the last load failed, while it shows what it had.
    pub fn trouble(&self) -> Option<&api::Error> {
        self.trouble.as_ref()
    }

    /// What is to be seen, in a word, for `--ui-log`: `skeleton`, `cards`, `stale`, `offline`, `empty`,
    /// `failed`.
    pub fn word(&self) -> &'static str {
        match &self.contents {
            Contents::Waiting => "skeleton",
            Contents::Failed(_) => "failed",
            Contents::Cards(cards) if cards.is_empty() => "empty",
            Contents::Cards(_) if self.trouble.is_some() => "offline",
            Contents::Cards(_) if self.from.is_some() => "stale",
            Contents::Cards(_) => "cards",
        }
    }

    /// What to load now, where focus is at `index` and `ahead` cards after it are soon to be seen.
    pub(super) fn wanted(&self, index: usize, ahead: usize, now: Instant) -> Option<Wanted> {
        if self.load.is_some() {
            return None;
        }
        if self.due.is_some_and(|due| due <= now) {
            return Some(if self.row.stands_for_many() {
                Wanted::Rows
            } else {
                Wanted::Page(None)
            });
        }
        let due = self.next_due.is_some_and(|due| due <= now);
        let next = self
            .next
            .clone()
            .filter(|_| due && self.nears(index, ahead));
        next.map(|next| Wanted::Page(Some(next)))
    }

    /// When there is something to load if nothing changes until then.
    pub(super) fn wakes(&self, index: usize, ahead: usize) -> Option<Instant> {
        if self.load.is_some() {
            return None;
        }
        let next = self
            .next_due
            .filter(|_| self.next.is_some() && self.nears(index, ahead));
        self.due.into_iter().chain(next).min()
    }

    fn nears(&self, index: usize, ahead: usize) -> bool {
        index + ahead >= self.cards().len()
    }

    /// Notes that what was wanted is on its way. `needed` cards are the least that a row needs for focus to
    /// stay where it is.
    pub(super) fn loading(&mut self, wanted: &Wanted, needed: usize, work: Option<task::Handle>) {
        let what = match (wanted, self.load.take().map(|load| load.what)) {
            (Wanted::Rows, _) => What::Rows,
            // A further page of a load that goes on.
            (Wanted::Page(Some(_)), Some(What::Anew(anew))) => What::Anew(anew),
            (Wanted::Page(Some(_)), _) => What::Next {
                start: self.cards().len(),
            },
            (Wanted::Page(None), _) => What::Anew(Anew {
                needed,
                ..Anew::default()
            }),
        };
        self.load = Some(Load { what, _work: work });
        if matches!(wanted, Wanted::Rows | Wanted::Page(None)) {
            self.due = None;
        }
    }

    /// Takes a page in, or the news that there is none.
    pub(super) fn loaded(
        &mut self,
        result: Result<Page, api::Error>,
        now: Instant,
        chance: f32,
    ) -> Change {
        let Some(load) = self.load.take() else {
            return Change::None;
        };
        match (load.what, result) {
            (What::Anew(anew), Ok(page)) if page.origin == Origin::Stale => {
                self.keep(anew, page, load._work)
            }
            (What::Anew(anew), Ok(page)) => self.gather(anew, page, now),
            (What::Anew(anew), Err(error)) => self.give_up(anew, error, now, chance),
            (What::Next { start }, Ok(page)) => {
                if page.origin == Origin::Stale {
                    self.load = Some(Load {
                        what: What::Next { start },
                        ..load
                    });
                }
                self.append(start, page, now)
            }
            (What::Next { .. }, Err(error)) => {
                self.next_due = pace::again(&error, self.tries, chance).map(|wait| now + wait);
                self.tries = self.tries.saturating_add(1);
                Change::None
            }
            (What::Rows, Ok(_)) => Change::None,
            (What::Rows, Err(error)) => {
                self.failed(error, now, chance);
                Change::None
            }
        }
    }

    /// Shows what was kept, where there is nothing better. The API's own word follows.
    fn keep(&mut self, mut anew: Anew, page: Page, work: Option<task::Handle>) -> Change {
        let first = !matches!(self.contents, Contents::Cards(_)) && anew.gathered.is_empty();
        let enough = page.cards.len() >= anew.needed || page.next.is_none();
        let change = if first && enough {
            self.show_kept(page)
        } else {
            anew.kept = anew.kept.or(first.then_some(page));
            Change::None
        };
        self.load = Some(Load {
            what: What::Anew(anew),
            _work: work,
        });
        change
    }

    fn show_kept(&mut self, page: Page) -> Change {
        self.from = Some(page.fetched_at);
        self.fetched_at = Some(page.fetched_at);
        self.next = page.next;
        self.show(page.cards)
    }

    fn gather(&mut self, mut anew: Anew, page: Page, now: Instant) -> Change {
        add(&mut anew.gathered, page.cards);
        if let Some(next) = page
            .next
            .clone()
            .filter(|_| anew.gathered.len() < anew.needed)
        {
            self.load = Some(Load {
                what: What::Anew(anew),
                _work: None,
            });
            return Change::More(next);
        }
        self.succeeded(page.fetched_at, now);
        self.next = page.next;
        self.next_due = Some(now);
        self.show(anew.gathered)
    }

    /// Not all that was there before is better than nothing, and worse than what is there.
    fn give_up(&mut self, anew: Anew, error: api::Error, now: Instant, chance: f32) -> Change {
        let had = matches!(self.contents, Contents::Cards(_));
        let change = match anew.kept {
            _ if had => Change::None,
            Some(page) => self.show_kept(page),
            None if anew.gathered.is_empty() => Change::None,
            None => self.show(anew.gathered),
        };
        self.failed(error, now, chance);
        change
    }

    /// Puts a page behind the cards before `start`.
    fn append(&mut self, start: usize, page: Page, now: Instant) -> Change {
        let Contents::Cards(cards) = &mut self.contents else {
            return Change::None;
        };
        let old = ids(cards);
        cards.truncate(start);
        add(cards, page.cards);
        let new = ids(cards);
        self.next = page.next;
        self.next_due = Some(now);
        self.tries = 0;
        Change::Cards { old, new }
    }

    fn show(&mut self, cards: Vec<Card>) -> Change {
        let old = ids(self.cards());
        let new = ids(&cards);
        self.contents = Contents::Cards(cards);
        Change::Cards { old, new }
    }

    /// Notes that the API answered.
    pub(super) fn succeeded(&mut self, fetched_at: SystemTime, now: Instant) {
        self.from = None;
        self.fetched_at = Some(fetched_at);
        self.trouble = None;
        self.load = None;
        self.tries = 0;
        self.due = self.row.refresh_every().map(|every| now + every);
    }

    /// Notes that the API did not answer. Cards that are there stay.
    pub(super) fn failed(&mut self, error: api::Error, now: Instant, chance: f32) {
        let again = pace::again(&error, self.tries, chance);
        self.due = again.or(self.row.refresh_every()).map(|wait| now + wait);
        self.tries = self.tries.saturating_add(1);
        self.load = None;
        if matches!(self.contents, Contents::Cards(_)) {
            self.from = self.from.or(self.fetched_at);
            self.trouble = Some(error);
        } else {
            self.contents = Contents::Failed(error);
        }
    }

    /// Is to be loaded anew, now, and shows what it has until then.
    pub(super) fn refresh(&mut self, now: Instant) {
        self.due = Some(now);
        self.tries = 0;
    }

    /// Is to be loaded anew at once where the last load failed: others are answered again.
    pub(super) fn hope(&mut self, now: Instant) {
        let failed = matches!(self.contents, Contents::Failed(_)) || self.trouble.is_some();
        if failed && self.due.is_some() && self.load.is_none() {
            self.refresh(now);
        }
    }

    /// Is to be loaded anew as if for the first time, after a failure.
    pub(super) fn retry(&mut self, now: Instant) {
        self.contents = Contents::Waiting;
        self.load = None;
        self.refresh(now);
    }

    /// Lets go of cards that are far away and can be had again. Returns the id of the one at `index` if it
    /// did.
    pub(super) fn release(&mut self, index: usize, now: Instant) -> Option<String> {
        // What cannot be loaded is kept.
        if self.word() != "cards" || self.load.is_some() {
            return None;
        }
        let id = self.cards().get(index).map(|card| card.id.clone())?;
        self.contents = Contents::Waiting;
        self.next = None;
        self.due = Some(now);
        Some(id)
    }

    /// Nothing was found in it.
    pub(super) fn empty(self) -> Self {
        Self {
            contents: Contents::Cards(Vec::new()),
            ..self
        }
    }

    /// Is found again in the list of rows, perhaps with another heading or other cards.
    pub(super) fn found(&mut self, row: api::Row, now: Instant) {
        if self.row != row {
            self.row = row;
            self.due = Some(now);
        }
    }
}

/// Adds the cards of a further page. A list that grew at its front between two pages shows some twice.
fn add(cards: &mut Vec<Card>, page: Vec<Card>) {
    if cards.is_empty() {
        *cards = page;
        return;
    }
    let there: HashSet<String> = ids(cards).into_iter().collect();
    cards.extend(page.into_iter().filter(|card| !there.contains(&card.id)));
}

fn ids(cards: &[Card]) -> Vec<String> {
    cards.iter().map(|card| card.id.clone()).collect()
}
