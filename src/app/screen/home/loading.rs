//! Starts what the rows and the screens above them want to be loaded.

use std::time::Instant;

use futures::future::ready;
use futures::stream::{self, StreamExt};
use iced::{Task, task};

use super::rows::{LoadRequest, LoadTarget};
use super::{Home, Message, Overlay};
use crate::app::pictures::PictureKey;
use crate::app::screen::account;
use crate::app::theme::{Look, token};

/// When the rows are next looked at without anything else happening.
#[derive(Debug)]
pub(super) struct RowTimer {
    at: Instant,
    /// Dropping it stops the clock.
    _clock: task::Handle,
}

impl Home {
    /// Starts what is needed now and not on its way: rows first, then pictures.
    pub(super) fn load(&mut self, look: &Look, now: Instant) -> Task<Message> {
        let orders = self.top().orders(now);
        let rows: Vec<_> = orders.iter().map(|order| self.start(order)).collect();
        self.hero.follow(&self.rows, &self.pictures, look, now);
        let wanted = self.wanted(look);
        self.pictures.fit(look.window());
        self.pictures.want(&wanted);
        let timer = self.set_timer();
        Task::batch(rows.into_iter().chain([timer]))
    }

    pub(super) fn start(&mut self, order: &LoadRequest) -> Task<Message> {
        let Some(api) = self.client() else {
            return Task::none();
        };
        let serial = order.serial;
        let (task, work) = match &order.wanted {
            LoadTarget::Page(cursor) => {
                let pages = match api {
                    Ok(client) => client.trying(order.tries).page(&order.row, cursor.as_ref()),
                    Err(error) => stream::once(ready(Err(error))).boxed(),
                };
                Task::run(pages, move |result| Message::Row { serial, result })
            }
            LoadTarget::Rows => {
                let rows = match api {
                    Ok(client) => client.trying(order.tries).rows_in(&order.row),
                    Err(error) => stream::once(ready(Err(error))).boxed(),
                };
                Task::run(rows, move |result| Message::Rows { serial, result })
            }
        }
        .abortable();
        if let Some(rows) = self.rows_with(serial) {
            rows.loading(order, Some(work.abort_on_drop()));
        }
        task
    }

    /// Has the rows looked at when the next of them is due, or the focus has come to rest.
    fn set_timer(&mut self) -> Task<Message> {
        let wakes = [self.top().wakes(), self.hero.wakes()];
        let wakes = wakes.into_iter().flatten().min();
        if self.timer.as_ref().map(|timer| timer.at) == wakes {
            return Task::none();
        }
        self.timer = None;
        let Some(at) = wakes else {
            return Task::none();
        };
        let sleep = async move { tokio::time::sleep_until(at.into()).await };
        let (task, clock) = Task::perform(sleep, |()| Message::Due).abortable();
        self.timer = Some(RowTimer {
            at,
            _clock: clock.abort_on_drop(),
        });
        task
    }

    /// The pictures to have, the most wanted first.
    fn wanted(&self, look: &Look) -> Vec<PictureKey> {
        let mut wanted = match &self.over {
            Overlay::Nothing => Vec::new(),
            Overlay::Detail(detail) => detail.pictures(look),
            Overlay::Account(account) => account.pictures(look),
        };
        let radius = look.radius();
        wanted.extend(self.opened.last().and_then(|opened| opened.artwork(look)));
        // What is large above the rows is the last of what is to be seen: it takes as long as all the cards.
        let seen = self.top().pictures_in_view(radius);
        let near = self.top().pictures(radius);
        let (seen, soon): (Vec<_>, Vec<_>) = near.into_iter().partition(|key| seen.contains(key));
        wanted.extend(seen);
        if self.opened.is_empty() {
            wanted.extend(self.hero.pictures(&self.rows, look));
        }
        wanted.extend(soon);
        if let [.., below, _] = &self.opened[..] {
            // Where Back leads.
            wanted.extend(below.artwork(look));
            wanted.extend(below.rows.pictures(radius));
        } else if !self.opened.is_empty() {
            wanted.extend(self.rows.pictures(radius));
        }
        let avatar = self.account.picture.iter();
        // Small in the corner, large in the greeting that stands before home.
        wanted.extend(avatar.flat_map(|url| {
            [look.px(token::AVATAR), account::greeting_portrait(look)]
                .map(|side| account::circle(url, side))
        }));
        wanted
    }
}
