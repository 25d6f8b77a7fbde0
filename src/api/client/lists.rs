//! One load of an API's list of rows for all the rows that stand in it.

use std::collections::HashMap;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use futures::FutureExt;
use futures::future::{BoxFuture, Shared, WeakShared};
use url::Url;

use super::Client;
use crate::api::{Error, Rows};

/// For so long what stands in the list of rows is as good as an answer of its own.
pub(super) const GOOD: Duration = Duration::from_secs(10);

type Load = BoxFuture<'static, Result<Rows, Error>>;

/// A list, and its language.
type Name = (Url, Option<Arc<str>>);

/// The lists that are loaded, or were just now.
pub(super) type Lists = HashMap<Name, List>;

/// A list that somebody asked for.
#[derive(Debug)]
pub(super) struct List {
    asked_at: SystemTime,
    /// The load, for as long as anybody waits for it.
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

impl Client {
    /// What `load` would load from `url`: by a load that is on its way, or else, for a row of the list, that has
    /// just ended; unless something was changed since it began.
    pub(super) async fn shared(&self, url: Url, of: Of, load: Load) -> Result<Rows, Error> {
        self.join(url, of, load).await
    }

    fn join(&self, url: Url, of: Of, load: Load) -> Shared<Load> {
        let now = SystemTime::now();
        let changed_at = *self.changed_at();
        let name = (url, self.language.clone());
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
        let (client, own) = (self.clone(), name.clone());
        let load = async move {
            let result = load.await;
            if let Ok(rows) = &result
                && let Some(list) = client.lists().get_mut(&own)
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
    fn lists(&self) -> MutexGuard<'_, Lists> {
        let lock = self.inner.lists.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }
}
