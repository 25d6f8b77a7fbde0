//! One row: what it holds, what is on its way to it, and when it is loaded again. Decides by itself and
//! knows neither the screen nor the network.

use std::collections::HashSet;
use std::time::{Duration, Instant, SystemTime};

use device_flow::Jitter;
use iced::task;

use super::{backoff, told};
use crate::api::{self, Card, Cursor, Origin, Page};
use crate::config::Shape;
pub(super) use load::RowChange;
use load::{Anew, LoadKind, RowLoad};
pub use load::{LoadRequest, LoadTarget};

mod load;
mod lost_way;
mod release;

/// Pages that add no card in a row, after which a row ends.
const MOST_BARREN: u32 = 3;

/// One row.
#[derive(Debug)]
pub struct RowState {
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
    load: Option<RowLoad>,
    due: Option<Instant>,
    /// Whether it became due once more while it was loading.
    again: bool,
    /// When the next page may be asked for.
    next_due: Option<Instant>,
    tries: u32,
    /// When what failed is asked for once more where a person presses keys.
    attended_at: Option<Instant>,
    /// How many of the last pages added no card.
    barren: u32,
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

impl RowState {
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
            again: false,
            next_due: None,
            tries: 0,
            attended_at: None,
            barren: 0,
        }
    }

    /// The form of its cards.
    pub fn shape(&self) -> Shape {
        self.row.shape()
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

    /// Since when its cards are stale: the time of the last answer of the API.
    pub fn from(&self) -> Option<SystemTime> {
        self.from.filter(|_| !self.cards().is_empty())
    }

    /// Whether there are cards after those that are there.
    pub fn goes_on(&self) -> bool {
        self.next.is_some()
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
    pub(super) fn wanted(&self, index: usize, ahead: usize, now: Instant) -> Option<LoadTarget> {
        if self.load.is_some() {
            return None;
        }
        if self.due.is_some_and(|due| due <= now) {
            return Some(if self.row.stands_for_many() {
                LoadTarget::Rows
            } else {
                LoadTarget::Page(None)
            });
        }
        let due = self.next_due.is_some_and(|due| due <= now);
        let next = self
            .next
            .clone()
            .filter(|_| due && self.nears(index, ahead));
        next.map(|next| LoadTarget::Page(Some(next)))
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
    pub(super) fn loading(
        &mut self,
        wanted: &LoadTarget,
        needed: usize,
        work: Option<task::Handle>,
    ) {
        let what = match (wanted, self.load.take().map(|load| load.what)) {
            (LoadTarget::Rows, _) => LoadKind::Rows,
            // A further page of a load that goes on.
            (LoadTarget::Page(Some(_)), Some(LoadKind::Anew(anew))) => LoadKind::Anew(anew),
            (LoadTarget::Page(Some(_)), _) => LoadKind::Next {
                start: self.cards().len(),
                kept: None,
            },
            (LoadTarget::Page(None), _) => LoadKind::Anew(Anew {
                needed,
                ..Anew::default()
            }),
        };
        self.load = Some(RowLoad { what, _work: work });
        if matches!(wanted, LoadTarget::Rows | LoadTarget::Page(None)) {
            self.due = None;
            self.again = false;
        }
    }

    /// Takes a page in, or the news that there is none. Focus may have moved since the load began: now `needed`
    /// cards are the least.
    pub(super) fn loaded(
        &mut self,
        result: Result<Page, api::Error>,
        needed: usize,
        now: Instant,
        jitter: &mut Jitter,
    ) -> RowChange {
        let Some(mut load) = self.load.take() else {
            return RowChange::None;
        };
        if let LoadKind::Anew(anew) = &mut load.what {
            anew.needed = anew.needed.max(needed);
        }
        match (load.what, result) {
            (LoadKind::Anew(anew), Ok(page)) if page.origin == Origin::Stale => {
                self.keep(anew, page, load._work, now)
            }
            (LoadKind::Anew(anew), Ok(page)) => self.gather(anew, page, now, jitter),
            (LoadKind::Anew(anew), Err(error)) => self.give_up(anew, error, now, jitter),
            (LoadKind::Next { start, .. }, Ok(page)) => {
                if page.origin == Origin::Stale {
                    let kept = Some(page.fetched_at);
                    self.load = Some(RowLoad {
                        what: LoadKind::Next { start, kept },
                        ..load
                    });
                }
                self.append(start, page, now)
            }
            (LoadKind::Next { kept, .. }, Err(error)) => {
                self.end_early(kept, error, now, jitter);
                RowChange::None
            }
            (LoadKind::Rows, Ok(_)) => RowChange::None,
            (LoadKind::Rows, Err(error)) => {
                self.failed(error, now, jitter);
                RowChange::None
            }
        }
    }

    /// Shows what was kept, where there is nothing better. The API's own word follows.
    fn keep(
        &mut self,
        mut anew: Anew,
        page: Page,
        work: Option<task::Handle>,
        now: Instant,
    ) -> RowChange {
        let first = !matches!(self.contents, Contents::Cards(_)) && anew.gathered.is_empty();
        let enough = page.cards.len() >= anew.needed || page.next.is_none();
        let change = if first && enough {
            self.show_kept(page, now)
        } else {
            anew.kept = anew.kept.or(first.then_some(page));
            RowChange::None
        };
        self.load = Some(RowLoad {
            what: LoadKind::Anew(anew),
            _work: work,
        });
        change
    }

    fn show_kept(&mut self, page: Page, now: Instant) -> RowChange {
        self.from = Some(page.fetched_at);
        self.fetched_at = Some(page.fetched_at);
        self.next = page.next;
        // The pages after it may be kept too.
        self.next_due = Some(now);
        self.show(page.cards)
    }

    fn gather(
        &mut self,
        mut anew: Anew,
        page: Page,
        now: Instant,
        jitter: &mut Jitter,
    ) -> RowChange {
        let before = anew.gathered.len();
        add(&mut anew.gathered, page.cards);
        let gathers = (before + 1..anew.needed).contains(&anew.gathered.len());
        if let Some(next) = page.next.clone().filter(|_| gathers) {
            self.load = Some(RowLoad {
                what: LoadKind::Anew(anew),
                _work: None,
            });
            return RowChange::More(next);
        }
        self.succeeded(page.fetched_at, now, jitter);
        self.next = page.next;
        self.next_due = Some(now);
        self.show(anew.gathered)
    }

    /// Not all that was there before is better than nothing, and worse than what is there.
    fn give_up(
        &mut self,
        anew: Anew,
        error: api::Error,
        now: Instant,
        jitter: &mut Jitter,
    ) -> RowChange {
        let had = matches!(self.contents, Contents::Cards(_));
        let change = match anew.kept {
            _ if had => RowChange::None,
            Some(page) => self.show_kept(page, now),
            None if anew.gathered.is_empty() => RowChange::None,
            None => self.show(anew.gathered),
        };
        self.failed(error, now, jitter);
        change
    }

    /// Puts a page behind the cards before `start`.
    fn append(&mut self, start: usize, page: Page, now: Instant) -> RowChange {
        let Contents::Cards(cards) = &mut self.contents else {
            return RowChange::None;
        };
        let old = ids(cards);
        cards.truncate(start);
        add(cards, page.cards);
        let new = ids(cards);
        if page.origin != Origin::Stale {
            self.barren = if new.len() > start {
                0
            } else {
                self.barren + 1
            };
        }
        self.next = page.next.filter(|_| self.barren < MOST_BARREN);
        self.next_due = Some(now);
        (self.tries, self.attended_at) = (0, None);
        RowChange::Cards { old, new }
    }

    /// A further page did not come. What was kept of it stays, and so do the ways to those after it; else it is
    /// asked for again in time, calmly: the row just ends there until then.
    fn end_early(
        &mut self,
        kept: Option<SystemTime>,
        error: api::Error,
        now: Instant,
        jitter: &mut Jitter,
    ) {
        tracing::debug!(row = self.row.number(), error = %error.told(), "no further page");
        let wait = backoff::again(&error, self.tries, jitter).unwrap_or(backoff::BUSY_LONGEST);
        self.attended_at = backoff::attended(&error).map(|wait| now + wait);
        self.tries = self.tries.saturating_add(1);
        if kept.is_none() {
            self.next_due = Some(now + wait);
            return;
        }
        self.next_due = Some(now);
        self.from = self.from.or(kept);
        self.trouble = self.trouble.take().or(Some(error));
        self.due = self.due.or(Some(now + wait));
    }

    fn show(&mut self, cards: Vec<Card>) -> RowChange {
        let old = ids(self.cards());
        let new = ids(&cards);
        self.contents = Contents::Cards(cards);
        RowChange::Cards { old, new }
    }

    /// Notes that the API answered.
    pub(super) fn succeeded(&mut self, fetched_at: SystemTime, now: Instant, jitter: &mut Jitter) {
        told::loaded(&self.row);
        (self.from, self.fetched_at) = (None, Some(fetched_at));
        self.trouble = None;
        self.load = None;
        (self.tries, self.attended_at) = (0, None);
        self.barren = 0;
        let every = self.row.refresh_every();
        let every = every.map(|every| now + backoff::next(every, jitter));
        self.due = std::mem::take(&mut self.again).then_some(now).or(every);
    }

    /// Notes that the API did not answer. Cards that are there stay.
    pub(super) fn failed(&mut self, error: api::Error, now: Instant, jitter: &mut Jitter) {
        told::failed(&self.row, &error);
        let wait = backoff::again(&error, self.tries, jitter);
        let again = std::mem::take(&mut self.again).then_some(Duration::ZERO);
        self.attended_at = backoff::attended(&error).map(|wait| now + wait);
        let every = self.row.refresh_every();
        let wait = wait
            .or(again)
            .or_else(|| every.map(|every| backoff::next(every, jitter)));
        self.due = wait.map(|wait| now + wait);
        self.tries = self.tries.saturating_add(1);
        self.load = None;
        if matches!(self.contents, Contents::Cards(_)) {
            self.from = self.from.or(self.fetched_at);
            self.trouble = Some(error);
        } else {
            self.contents = Contents::Failed(error);
        }
    }

    /// Is to be loaded anew, now or as soon as it is not loading any more, and shows what it has until then.
    pub(super) fn refresh(&mut self, now: Instant) {
        self.due = Some(now);
        self.again = self.load.is_some();
        self.tries = 0;
    }

    /// Is to be loaded anew as if for the first time, after a failure.
    pub(super) fn retry(&mut self, now: Instant) {
        self.contents = Contents::Waiting;
        self.load = None;
        self.refresh(now);
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
            self.again = self.load.is_some();
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
