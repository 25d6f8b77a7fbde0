//! Which picture is loaded next, and when those that came are shown. Pure.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::PictureKey;

/// Pictures under way at once.
const AT_ONCE: usize = 6;

/// What the screen wants.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PictureRequest {
    /// Missing pictures, the most wanted first.
    pub(super) keys: Vec<PictureKey>,
    /// How many deliveries the screen had taken in when it wished.
    pub(super) seen: u64,
}

/// The pictures that are wanted, under way, and delivered.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<PictureKey>,
    under_way: Vec<PictureKey>,
    /// Done, with the number of the delivery it is in: the screen may not have seen it when it requests.
    done: Vec<(u64, PictureKey)>,
    deliveries: u64,
}

impl Queue {
    /// Takes a request in place of the one before. Returns what to stop.
    pub(super) fn request(&mut self, request: PictureRequest) -> Vec<PictureKey> {
        self.done.retain(|(delivery, _)| *delivery > request.seen);
        let (wanted, stopped) = self
            .under_way
            .drain(..)
            .partition(|key| request.keys.contains(key));
        self.under_way = wanted;
        self.waiting = request
            .keys
            .into_iter()
            .filter(|key| {
                !self.under_way.contains(key) && !self.done.iter().any(|(_, done)| done == key)
            })
            .collect();
        stopped
    }

    /// The next picture to start on, if there is room for one.
    pub(super) fn start(&mut self) -> Option<PictureKey> {
        if self.under_way.len() >= AT_ONCE {
            return None;
        }
        let key = self.waiting.pop_front()?;
        self.under_way.push(key.clone());
        Some(key)
    }

    /// A picture has come, or will not. Returns whether anybody still wants to know.
    pub(super) fn done(&mut self, key: &PictureKey) -> bool {
        let Some(at) = self.under_way.iter().position(|other| other == key) else {
            return false;
        };
        let key = self.under_way.swap_remove(at);
        self.done.push((self.deliveries + 1, key));
        true
    }

    /// Notes that all that is done goes to the screen now.
    pub(super) fn deliver(&mut self) {
        self.deliveries += 1;
    }

    /// Whether nothing more will come.
    pub(super) fn is_idle(&self) -> bool {
        self.under_way.is_empty() && self.waiting.is_empty()
    }
}

/// Holds deliveries apart: each one redraws the whole screen.
#[derive(Debug)]
pub(super) struct DeliveryGap {
    gap: Duration,
    last: Option<Instant>,
}

impl DeliveryGap {
    /// Deliveries at least `gap` apart.
    pub(super) fn new(gap: Duration) -> Self {
        Self { gap, last: None }
    }

    /// When what is there now may be delivered: the first at once, the others together.
    pub(super) fn due(&self, now: Instant) -> Instant {
        self.last.map_or(now, |last| now.max(last + self.gap))
    }

    /// Notes a delivery.
    pub(super) fn delivered(&mut self, now: Instant) {
        self.last = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{key, keys};
    use super::*;

    fn request(names: &[&str], seen: u64) -> PictureRequest {
        PictureRequest {
            keys: keys(names),
            seen,
        }
    }

    fn start(queue: &mut Queue) -> Vec<PictureKey> {
        std::iter::from_fn(|| queue.start()).collect()
    }

    #[test]
    fn the_nearest_come_first_and_few_at_a_time() {
        let mut queue = Queue::default();
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        assert_eq!(queue.request(request(&names, 0)), []);
        assert_eq!(start(&mut queue), keys(&names[..AT_ONCE]));
        assert_eq!(start(&mut queue), []);
        assert!(queue.done(&key("b")));
        assert_eq!(start(&mut queue), keys(&["g"]));
        assert!(!queue.is_idle());
    }

    #[test]
    fn what_is_wanted_no_more_makes_room() {
        let mut queue = Queue::default();
        let _ = queue.request(request(&["a", "b", "c", "d", "e", "f"], 0));
        let _ = start(&mut queue);
        let stopped = queue.request(request(&["f", "x", "y"], 0));
        assert_eq!(stopped, keys(&["a", "b", "c", "d", "e"]));
        assert_eq!(start(&mut queue), keys(&["x", "y"]));
        assert!(!queue.done(&key("a")), "a late one is dropped");
    }

    #[test]
    fn what_is_on_its_way_to_the_screen_is_not_loaded_again() {
        let mut queue = Queue::default();
        let _ = queue.request(request(&["a", "b"], 0));
        let _ = start(&mut queue);
        assert!(queue.done(&key("a")) && queue.done(&key("b")));
        assert!(queue.is_idle());
        queue.deliver();
        // Wished before the screen saw the delivery.
        let _ = queue.request(request(&["a", "b", "c"], 0));
        assert_eq!(start(&mut queue), keys(&["c"]));
        // Seen, dropped for want of room, and wanted again.
        let _ = queue.request(request(&["a", "c"], 1));
        assert_eq!(start(&mut queue), keys(&["a"]));
    }

    #[test]
    fn the_first_is_shown_at_once_and_the_others_together() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut pace = DeliveryGap::new(Duration::from_millis(16));
        for (comes, shown) in [(0, 0), (2, 16), (17, 32), (50, 50), (51, 66)] {
            assert_eq!(pace.due(at(comes)), at(shown));
            pace.delivered(at(shown));
        }
    }
}
