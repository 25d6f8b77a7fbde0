//! One load of an API's list of rows for all the rows that stand in it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use futures::FutureExt;
use futures::future::{BoxFuture, Shared, WeakShared};

use crate::api::Error;
use crate::api::rows::row::Rows;

/// For so long what stands in the list of rows is as good as an answer of its own.
pub(super) const GOOD: Duration = Duration::from_secs(10);

pub(super) type Load = BoxFuture<'static, Result<Rows, Error>>;

/// What a list is called ([`PageRequest::name`](crate::api::request::page_request::PageRequest::name)), and its language.
pub(super) type Name = (String, Option<Arc<str>>);

/// The lists that are loaded, or were just now. Clones share them.
#[derive(Debug, Default, Clone)]
pub(super) struct ListLoads(Arc<Mutex<HashMap<Name, List>>>);

/// One list.
#[derive(Debug)]
pub(super) struct List {
    asked_at: SystemTime,
    /// The load, for as long as a row waits for it.
    load: WeakShared<Load>,
    /// What came of it.
    rows: Option<Rows>,
}

/// For what a list is loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// For itself.
    List,
    /// For a row in it.
    Row,
}

impl ListLoads {
    /// What `load` would load: by a load that is on its way, or else, for a row of the list, that has just ended;
    /// unless something was changed since it began, at `changed_at`.
    pub(super) fn join(
        &self,
        name: Name,
        of: Of,
        changed_at: Option<SystemTime>,
        load: Load,
    ) -> Shared<Load> {
        let now = SystemTime::now();
        let mut lists = self.lists();
        if let Some(list) = lists.get(&name)
            && changed_at.is_none_or(|at| list.asked_at > at)
        {
            let age = now.duration_since(list.asked_at);
            match (&list.rows, list.load.upgrade()) {
                (Some(rows), _) if of == Of::Row && age.is_ok_and(|age| age < GOOD) => {
                    let rows = rows.clone();
                    return async move { Ok(rows) }.boxed().shared();
                }
                (None, Some(load)) => return load,
                _ => {}
            }
        }
        let (all, own) = (self.clone(), name.clone());
        let load = async move {
            let result = load.await;
            if let Ok(rows) = &result
                && let Some(list) = all.lists().get_mut(&own)
                && list.asked_at == now
            {
                list.rows = Some(rows.clone());
            }
            result
        };
        let load = load.boxed().shared();
        if let Some(weak) = load.downgrade() {
            let list = List {
                asked_at: now,
                load: weak,
                rows: None,
            };
            let _ = lists.insert(name, list);
        }
        load
    }

    /// A lock whose holder panicked still holds lists.
    fn lists(&self) -> MutexGuard<'_, HashMap<Name, List>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
