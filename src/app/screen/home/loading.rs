//! Starts what the rows and the screens above them want to be loaded.

use std::time::Instant;

use futures::future::ready;
use futures::stream::{self, StreamExt};
use iced::{Task, task};

use super::rows::{Order, Wanted};
use super::{Home, Message, Over, measure};
use crate::app::pictures::Key;
use crate::app::screen::account;
use crate::app::theme::{Look, shelf, token};

/// When the rows are next looked at without anything else happening.
#[derive(Debug)]
pub(super) struct Alarm {
    at: Instant,
    /// Dropping it stops the clock.
    _clock: task::Handle,
}

impl Home {
    /// Starts what is needed now and not on its way: rows first, then pictures.
    pub(super) fn load(&mut self, look: &Look, now: Instant) -> Task<Message> {
        let orders = self.rows.orders(now);
        let rows: Vec<_> = orders.iter().map(|order| self.start(order)).collect();
        let wanted = self.wanted(look);
        self.pictures.fit(look.window());
        self.pictures.want(&wanted);
        let alarm = self.set_alarm();
        Task::batch(rows.into_iter().chain([alarm]))
    }

    pub(super) fn start(&mut self, order: &Order) -> Task<Message> {
        let Some(api) = self.client() else {
            return Task::none();
        };
        let serial = order.serial;
        let (task, work) = match &order.wanted {
            Wanted::Page(cursor) => {
                let pages = match api {
                    Ok(client) => client.page(&order.row, cursor.as_ref()),
                    Err(error) => stream::once(ready(Err(error))).boxed(),
                };
                Task::run(pages, move |result| Message::Row { serial, result })
            }
            Wanted::Rows => {
                let rows = match api {
                    Ok(client) => client.rows_in(&order.row),
                    Err(error) => stream::once(ready(Err(error))).boxed(),
                };
                Task::run(rows, move |result| Message::Rows { serial, result })
            }
        }
        .abortable();
        self.rows.loading(order, Some(work.abort_on_drop()));
        task
    }

    /// Has the rows looked at when the next of them is due.
    fn set_alarm(&mut self) -> Task<Message> {
        let wakes = self.rows.wakes();
        if self.alarm.as_ref().map(|alarm| alarm.at) == wakes {
            return Task::none();
        }
        self.alarm = None;
        let Some(at) = wakes else {
            return Task::none();
        };
        let sleep = async move { tokio::time::sleep_until(at.into()).await };
        let (task, clock) = Task::perform(sleep, |()| Message::Due).abortable();
        self.alarm = Some(Alarm {
            at,
            _clock: clock.abort_on_drop(),
        });
        task
    }

    /// The pictures to have, the most wanted first.
    fn wanted(&self, look: &Look) -> Vec<Key> {
        let mut wanted = match &self.over {
            Over::Nothing => Vec::new(),
            Over::Detail(detail) => detail.pictures(look),
            Over::Account(account) => account.pictures(look),
        };
        let radius = look.px(token::RADIUS);
        wanted.extend(self.rows.pictures(&measure(look), radius));
        let avatar = self.account.picture.iter();
        // Small in the corner, large in the greeting that stands before home.
        wanted.extend(avatar.flat_map(|url| {
            [shelf::AVATAR, token::PORTRAIT].map(|side| account::circle(url, look.px(side)))
        }));
        wanted
    }
}
