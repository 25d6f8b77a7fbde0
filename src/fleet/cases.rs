//! What happens to the fleet.

use std::time::Duration;

use super::figures::Server;

const MINUTE: Duration = Duration::from_secs(60);
/// Seconds for ten thousand boxes, as `docs/operate/fleet.md` has them.
pub(super) const SPREAD: Duration = Duration::from_secs(300);

/// How the boxes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beginning {
    /// All get their power in the same second, and the access tokens of all are over.
    PoweredOn,
    /// All start in the same second, with tokens of any age.
    Restarted,
    /// They have been running for a time, each since another moment.
    Running,
}

/// How a server that is away shows that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There is no connection.
    NoConnection,
    /// 503, and nothing more.
    InTrouble,
    /// 503, with a `Retry-After` that names the end of the outage to each box to the second.
    UntilThen,
}

/// A server that is away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outage {
    pub(super) server: Server,
    pub(super) from: Duration,
    pub(super) to: Duration,
    pub(super) refusal: Refusal,
}

/// One thing that happens to a fleet.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// Of its picture.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) boxes: usize,
    /// `start_spread_seconds`.
    pub(super) spread: Duration,
    /// Whether there is any jitter at all.
    pub(super) chance: bool,
    pub(super) seed: u64,
    pub(super) beginning: Beginning,
    pub(super) outage: Option<Outage>,
    /// Of a thousand boxes, those without a session that ask for a code by themselves (`start = "at-launch"`).
    pub(super) codes_per_thousand: usize,
    pub(super) token_life: Duration,
    /// Rows of a home, and `refresh_seconds` of each.
    pub(super) rows: usize,
    pub(super) refresh_seconds: u32,
    /// Time before the clock of the picture begins.
    pub(super) before: Duration,
    /// Time that is looked at.
    pub(super) lasts: Duration,
    /// The longest that a box may wait.
    pub(super) longest: Duration,
    /// When what is measured begins and ends.
    pub(super) window: (Duration, Duration),
    /// For so long requests are counted together.
    pub(super) bin: Duration,
}

impl Case {
    /// The same without what keeps boxes apart: a spread at starts and after outages, chance where it is always there.
    pub(super) fn herd(&self) -> Self {
        Self {
            spread: Duration::ZERO,
            chance: self.chance && self.bin < MINUTE,
            ..self.clone()
        }
    }

    /// The servers that it is about.
    pub(super) fn servers(&self) -> Vec<Server> {
        match self.outage {
            Some(outage) => vec![outage.server],
            None if self.refresh_seconds == 0 => vec![Server::Authorization],
            None => vec![Server::Authorization, Server::Api],
        }
    }
}

/// All of them, for so many boxes.
pub(super) fn all(boxes: usize) -> Vec<Case> {
    let powered_on = Case {
        name: "power-on",
        title: "Power-on in the same second",
        boxes,
        spread: SPREAD,
        chance: true,
        seed: 13,
        beginning: Beginning::PoweredOn,
        outage: None,
        codes_per_thousand: 20,
        token_life: 60 * MINUTE,
        rows: 4,
        refresh_seconds: 900,
        before: Duration::ZERO,
        lasts: 15 * MINUTE,
        // Its part of the spread or the longest wait after a failure, rows that follow, and the answers.
        longest: SPREAD + Duration::from_secs(10),
        window: (Duration::ZERO, SPREAD),
        bin: Duration::from_secs(1),
    };
    let away = |server, refusal| {
        Some(Outage {
            server,
            from: 5 * MINUTE,
            to: 15 * MINUTE,
            refusal,
        })
    };
    let running = Case {
        beginning: Beginning::Running,
        before: 40 * MINUTE,
        lasts: 25 * MINUTE,
        window: (15 * MINUTE, 15 * MINUTE + SPREAD),
        ..powered_on.clone()
    };
    vec![
        powered_on.clone(),
        Case {
            name: "authorization-server-outage",
            title: "The authorization server is away for ten minutes",
            outage: away(Server::Authorization, Refusal::NoConnection),
            ..running.clone()
        },
        Case {
            name: "api-outage",
            title: "The API is away for ten minutes",
            outage: away(Server::Api, Refusal::NoConnection),
            ..running.clone()
        },
        Case {
            name: "api-maintenance",
            title: "The API answers 503 for ten minutes, and Retry-After names the end",
            outage: away(Server::Api, Refusal::UntilThen),
            ..running.clone()
        },
        Case {
            name: "api-trouble",
            title: "The API answers 503 for ten minutes, and does not say until when",
            outage: away(Server::Api, Refusal::InTrouble),
            lasts: 30 * MINUTE,
            longest: 10 * MINUTE + Duration::from_secs(10),
            ..running
        },
        Case {
            name: "refreshes-of-a-day",
            title: "A day of refreshes after a power-on in the same second",
            codes_per_thousand: 0,
            refresh_seconds: 0,
            rows: 1,
            lasts: 24 * 60 * MINUTE,
            window: (10 * MINUTE, 24 * 60 * MINUTE),
            bin: MINUTE,
            ..powered_on.clone()
        },
        Case {
            name: "restart",
            title: "A restart of all boxes by an update",
            beginning: Beginning::Restarted,
            ..powered_on
        },
    ]
}
