//! Which connections stay when there are too many. Nobody can take all places: who has the most gives one up.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::AbortHandle;

use super::limit::network;

/// Connections open at one time on one listener.
const MOST: usize = 256;

/// Whether a connection is just now answering a request. One that is not waits for the head of a request, or for the
/// other end to take what it asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Busy(Arc<AtomicBool>);

impl Busy {
    /// A request has come in; it is answered when the guard goes.
    pub(super) fn begin(&self) -> Answering {
        self.0.store(true, Ordering::Relaxed);
        Answering(self.clone())
    }
}

/// A request that is being answered.
pub(super) struct Answering(Busy);

impl Drop for Answering {
    fn drop(&mut self) {
        (self.0).0.store(false, Ordering::Relaxed);
    }
}

/// The open connections of a listener, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Connections {
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    network: IpAddr,
    busy: Busy,
    task: AbortHandle,
}

impl Connections {
    /// Closes a connection if there is no place for another one.
    pub(super) fn make_room(&mut self) {
        self.open.retain(|open| !open.task.is_finished());
        if self.open.len() < MOST {
            return;
        }
        let all = self
            .open
            .iter()
            .map(|open| (open.network, open.busy.0.load(Ordering::Relaxed)));
        if let Some(place) = dispensable(&all.collect::<Vec<_>>()) {
            tracing::debug!("too many connections: the one that is missed least is closed");
            self.open.remove(place).task.abort();
        }
    }

    /// Notes a new connection.
    pub(super) fn add(&mut self, peer: IpAddr, busy: Busy, task: AbortHandle) {
        self.open.push(Open {
            network: network(peer),
            busy,
            task,
        });
    }
}

/// Of connections in the order in which they came, with their network and whether they are busy, the one to close:
/// of the network with the most, one that is not busy before one that is, and the oldest of these.
fn dispensable(open: &[(IpAddr, bool)]) -> Option<usize> {
    let mut counts: HashMap<IpAddr, usize> = HashMap::new();
    for (network, _) in open {
        *counts.entry(*network).or_default() += 1;
    }
    let places = open.iter().enumerate();
    places
        .max_by_key(|(place, (network, busy))| (counts.get(network), !busy, Reverse(*place)))
        .map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_the_most_gives_up_the_oldest_that_does_nothing() {
        let (one, two) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        for (open, expected) in [
            (vec![], None),
            (vec![(one, true)], Some(0)),
            (vec![(one, false), (two, false), (two, false)], Some(1)),
            (vec![(one, false), (two, true), (two, false)], Some(2)),
            (vec![(one, false), (two, true), (two, true)], Some(1)),
            (vec![(one, true), (two, false)], Some(1)),
            (vec![(one, false), (two, false)], Some(0)),
        ] {
            assert_eq!(dispensable(&open), expected, "{open:?}");
        }
    }
}
