//! What the servers saw, and how long boxes waited.

use std::time::Duration;

use super::cases::Case;

/// A server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Server {
    Authorization,
    Api,
}

/// What was asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Discovery,
    Refresh,
    Code,
    Poll,
    Row,
}

impl Asked {
    pub(super) fn server(self) -> Server {
        match self {
            Self::Discovery | Self::Refresh | Self::Code | Self::Poll => Server::Authorization,
            Self::Row => Server::Api,
        }
    }
}

/// What came of a case.
#[derive(Debug)]
pub(super) struct Figures {
    /// Requests of each second of the picture: to the authorization server, and to the API.
    seconds: [Vec<u32>; 2],
    before: Duration,
    window: (Duration, Duration),
    bin: Duration,
    /// From when a box waits: since it began, or since a server is there again.
    waits_from: Duration,
    waiting: Vec<bool>,
    longest: Duration,
}

/// Requests of one server in the window of a case, by the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Load {
    pub(super) mean: f64,
    /// Of the bin with the most.
    pub(super) peak: f64,
    /// Of the second with the most.
    pub(super) second: u32,
}

impl Load {
    pub(super) fn ratio(self) -> f64 {
        self.peak / self.mean
    }
}

impl Figures {
    pub(super) fn new(case: &Case) -> Self {
        let seconds = case.lasts.as_secs() as usize + 1;
        let back = case.outage.map_or(Duration::ZERO, |outage| outage.to);
        Self {
            seconds: [vec![0; seconds], vec![0; seconds]],
            before: case.before,
            window: case.window,
            bin: case.bin,
            waits_from: case.before + back,
            waiting: vec![false; case.boxes],
            longest: Duration::ZERO,
        }
    }

    pub(super) fn count(&mut self, asked: Asked, at: Duration) {
        let Some(at) = at.checked_sub(self.before) else {
            return;
        };
        let seconds = &mut self.seconds[asked.server() as usize];
        if let Some(second) = seconds.get_mut(at.as_secs() as usize) {
            *second += 1;
        }
    }

    pub(super) fn is_kept_waiting(&mut self, number: usize) {
        self.waiting[number] = true;
    }

    pub(super) fn is_served(&mut self, number: usize, at: Duration) {
        if std::mem::take(&mut self.waiting[number])
            && let Some(waited) = at.checked_sub(self.waits_from)
        {
            self.longest = self.longest.max(waited);
        }
    }

    /// The longest that a box waited for what it asked for, since it began or since the server was there again.
    pub(super) fn longest_wait(&self) -> Duration {
        self.longest
    }

    /// Boxes that wait at the end.
    pub(super) fn still_waiting(&self) -> usize {
        self.waiting.iter().filter(|waiting| **waiting).count()
    }

    pub(super) fn seconds(&self, server: Server) -> &[u32] {
        &self.seconds[server as usize]
    }

    /// What a server saw in the window of the case.
    pub(super) fn load(&self, server: Server) -> Load {
        let (from, to) = self.window;
        let window = &self.seconds(server)[from.as_secs() as usize..to.as_secs() as usize];
        let bin = self.bin.as_secs().max(1) as usize;
        let total = |seconds: &[u32]| f64::from(seconds.iter().sum::<u32>());
        Load {
            mean: total(window) / window.len() as f64,
            peak: window
                .chunks_exact(bin)
                .map(|seconds| total(seconds) / bin as f64)
                .fold(0.0, f64::max),
            second: window.iter().copied().max().unwrap_or(0),
        }
    }
}
