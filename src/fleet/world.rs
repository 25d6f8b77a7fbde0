//! The clock, the servers, and the order in which things happen.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::{Duration, Instant};

use device_flow::{Chance, Jitter};

use super::cases::{Beginning, Case, Refusal};
use super::figures::{Asked, Figures, Server};
use super::machine::Machine;
use crate::app::screen::home::simulated::Homes;

/// One way there and back, but for chance.
const LATENCY: Duration = Duration::from_millis(80);

/// What happens to one box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// The program starts.
    Begin,
    /// What waits for the end of the start delay goes on.
    Start,
    /// The keeper of the session wakes.
    Keep,
    /// Rows are looked at, if that is still the time for it.
    Rows(Instant),
    /// A row is asked for, for the so-many-th time.
    Row(u64, u32),
    /// The grant's timer, if it is still that one.
    Grant(Instant),
    /// The so-many-th look at whether the server is there again, of the so-many-th time that it was away.
    Look(u64, u32),
    /// A request was answered.
    Answer(Request, Answer),
}

/// What is asked of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Request {
    /// Where the endpoints are, for a refresh or for a code.
    Discovery { for_a_code: bool },
    /// New tokens.
    Refresh,
    /// A code.
    Code,
    /// Whether it was confirmed.
    Poll,
    /// A row, for the so-many-th time.
    Row(u64, u32),
}

impl Request {
    fn asked(self) -> Asked {
        match self {
            Self::Discovery { .. } => Asked::Discovery,
            Self::Refresh => Asked::Refresh,
            Self::Code => Asked::Code,
            Self::Poll => Asked::Poll,
            Self::Row(..) => Asked::Row,
        }
    }
}

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    /// What was asked for.
    Done,
    /// There was no connection.
    NoConnection,
    /// 503, and after how many seconds to come again.
    Unavailable(Option<u64>),
}

/// All boxes, and what is ahead of them.
pub(super) struct World {
    pub(super) case: Case,
    pub(super) homes: Homes,
    pub(super) start: Instant,
    pub(super) now: Instant,
    pub(super) figures: Figures,
    queue: BinaryHeap<Reverse<(Instant, u64, usize, What)>>,
    events: u64,
}

impl World {
    /// Lets a case happen.
    pub(super) fn run(case: &Case) -> Figures {
        let start = Instant::now();
        let mut world = Self {
            case: case.clone(),
            homes: Homes::new(case.rows, case.refresh_seconds),
            start,
            now: start,
            figures: Figures::new(case),
            queue: BinaryHeap::new(),
            events: 0,
        };
        let mut seeds = fastrand::Rng::with_seed(case.seed);
        let mut boxes: Vec<Machine> = (0..case.boxes)
            .map(|number| Machine::new(number, world.jitter(seeds.u64(..))))
            .collect();
        for number in 0..case.boxes {
            let begins = match case.beginning {
                // Long since, each at its own time.
                Beginning::Running => world.case.before.mul_f64(seeds.f64()),
                // The same second has a thousand milliseconds, and boxes take their time to boot.
                Beginning::PoweredOn | Beginning::Restarted => {
                    world.case.before + Duration::from_millis(seeds.u64(0..1000))
                }
            };
            world.push(world.now + begins, number, What::Begin);
        }
        let end = start + case.before + case.lasts;
        while let Some(Reverse((at, _, number, what))) = world.queue.pop() {
            if at > end {
                break;
            }
            world.now = at;
            boxes[number].take(what, &mut world);
        }
        world.figures
    }

    /// Chance for a machine of a box; none where the case has none.
    pub(super) fn jitter(&self, seed: u64) -> Jitter {
        match self.case.chance {
            true => Jitter::seeded(self.case.spread, seed),
            false => Jitter::none(),
        }
    }

    pub(super) fn push(&mut self, at: Instant, number: usize, what: What) {
        self.events += 1;
        self.queue.push(Reverse((at, self.events, number, what)));
    }

    /// Sends a request; its answer follows.
    pub(super) fn send(&mut self, number: usize, request: Request, chance: Chance) {
        let asked = request.asked();
        let answer = self.answer(asked.server());
        let at = self.now.saturating_duration_since(self.start);
        self.figures.count(asked, at);
        let latency = LATENCY + chance.of(LATENCY);
        self.push(self.now + latency, number, What::Answer(request, answer));
    }

    /// How a server answers now.
    pub(super) fn answer(&self, server: Server) -> Answer {
        let Some(outage) = self.case.outage.filter(|outage| outage.server == server) else {
            return Answer::Done;
        };
        let since = self
            .now
            .saturating_duration_since(self.start + self.case.before);
        let away =
            self.now >= self.start + self.case.before && (outage.from..outage.to).contains(&since);
        match (away, outage.refusal) {
            (false, _) => Answer::Done,
            (true, Refusal::NoConnection) => Answer::NoConnection,
            (true, Refusal::InTrouble) => Answer::Unavailable(None),
            (true, Refusal::UntilThen) => {
                let left = outage.to.saturating_sub(since).as_secs() + 1;
                Answer::Unavailable(Some(left))
            }
        }
    }

    /// Notes that a box has all that it asked for, for the first time or after an outage.
    pub(super) fn is_served(&mut self, number: usize) {
        let at = self.now.saturating_duration_since(self.start);
        self.figures.is_served(number, at);
    }

    /// Notes that a box did not get what it asked for.
    pub(super) fn is_kept_waiting(&mut self, number: usize) {
        self.figures.is_kept_waiting(number);
    }
}
