//! What the server was asked on behalf of one account, and why a session was lost, from that alone.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use testing::relay::{Answer, Digest, Exchange};

/// Why a session was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A process was killed when the server had answered it with a new token, and before the token was on
    /// disk: the next process found the spent one there and had nothing else to present.
    AfterCommit,
    /// The same, but the kill came while the server was still at work.
    UnderWay,
    /// Nothing of the kind. A defect.
    Unexplained,
}

/// The exchanges of an account in all its sessions.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    exchanges: Vec<Exchange>,
    kills: HashMap<u64, Instant>,
    ends: usize,
}

impl Ledger {
    /// Notes an exchange, in the order in which the server answered.
    pub(crate) fn note(&mut self, exchange: Exchange) {
        self.exchanges.push(exchange);
        self.exchanges.sort_by_key(|exchange| exchange.answered);
    }

    /// Notes that a process was killed.
    pub(crate) fn killed(&mut self, run: u64, at: Instant) {
        let _ = self.kills.insert(run, at);
    }

    /// The number of the session, from 0.
    pub(crate) fn session(&self) -> usize {
        self.ends
    }

    /// Refreshes that were granted, in all sessions.
    pub(crate) fn granted(&self) -> usize {
        let granted = |exchange: &&Exchange| matches!(exchange.answer, Answer::Granted(_));
        self.exchanges.iter().filter(granted).count()
    }

    /// Since when nobody knows whether the newest token reached the disk: the first answer to a process
    /// that was killed, after which nobody has finished a refresh.
    pub(crate) fn in_doubt_since(&self) -> Option<Instant> {
        let unsure = |exchange: &&Exchange| self.kills.contains_key(&exchange.run);
        let tail = self.exchanges.iter().rev().take_while(unsure);
        tail.last().map(|exchange| exchange.answered)
    }

    /// Notes that a process found the session ended; a new one begins.
    pub(crate) fn lose(&mut self) {
        self.ends += 1;
    }

    /// Why each lost session was lost: one cause for each token that was refused, however often, and for each
    /// end without a refusal.
    pub(crate) fn lost(&self) -> Vec<Cause> {
        let (mut refused, mut runs) = (HashSet::new(), HashSet::new());
        let mut causes = Vec::new();
        for (index, exchange) in self.exchanges.iter().enumerate() {
            // After a refusal a process tries the token before, once: that one tells nothing more.
            if exchange.answer == Answer::Refused
                && runs.insert(exchange.run)
                && refused.insert(exchange.presented)
            {
                causes.push(self.cause(index));
            }
        }
        let unrefused = self.ends.saturating_sub(causes.len());
        causes.extend(std::iter::repeat_n(Cause::Unexplained, unrefused));
        causes
    }

    /// Why the server refused the token of an exchange.
    fn cause(&self, refused: usize) -> Cause {
        let (before, spent) = (
            &self.exchanges[..refused],
            self.exchanges[refused].presented,
        );
        // Who spent the token, and with what for it?
        let commit = before.iter().find_map(|exchange| match exchange.answer {
            Answer::Granted(new) if exchange.presented == spent => Some((exchange, new)),
            _ => None,
        });
        let Some((commit, new)) = commit else {
            return Cause::Unexplained;
        };
        if before.iter().any(|exchange| exchange.presented == new) {
            // The new token had been on disk; presenting the spent one was wrong.
            return Cause::Unexplained;
        }
        match self.kills.get(&commit.run) {
            Some(at) if *at >= commit.answered => Cause::AfterCommit,
            Some(_) => Cause::UnderWay,
            None => Cause::Unexplained,
        }
    }

    /// Whether every token was presented once, and was the newest there was.
    pub(crate) fn is_a_chain(&self) -> bool {
        let newest = |exchange: &Exchange| match exchange.answer {
            Answer::Granted(new) => Some(new),
            Answer::Refused | Answer::Other(_) => None,
        };
        self.exchanges
            .windows(2)
            .all(|pair| newest(&pair[0]) == Some(pair[1].presented))
    }

    /// The newest token that the server gave.
    pub(crate) fn newest(&self) -> Option<Digest> {
        self.exchanges
            .iter()
            .rev()
            .find_map(|exchange| match exchange.answer {
                Answer::Granted(new) => Some(new),
                Answer::Refused | Answer::Other(_) => None,
            })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A ledger of exchanges (run, presented, answer), a second apart, and of kills (run, second).
    fn ledger(exchanges: &[(u64, Digest, Answer)], kills: &[(u64, f64)]) -> Ledger {
        let start = Instant::now();
        let mut ledger = Ledger::default();
        for (second, (run, presented, answer)) in exchanges.iter().enumerate() {
            ledger.note(Exchange {
                run: *run,
                presented: *presented,
                answer: *answer,
                answered: start + Duration::from_secs(second as u64),
            });
        }
        for (run, second) in kills {
            ledger.killed(*run, start + Duration::from_secs_f64(*second));
        }
        ledger
    }

    use Answer::{Granted, Refused};

    #[test]
    fn a_kill_between_commit_and_disk_explains_a_loss() {
        let story = [(1, 10, Granted(11)), (2, 11, Granted(12)), (3, 11, Refused)];
        assert_eq!(ledger(&story, &[(2, 1.1)]).lost(), [Cause::AfterCommit]);
        assert_eq!(ledger(&story, &[(2, 0.9)]).lost(), [Cause::UnderWay]);
    }

    #[test]
    fn nothing_else_does() {
        let story = [(1, 10, Granted(11)), (2, 11, Granted(12)), (3, 11, Refused)];
        // Nobody was killed, or somebody else was.
        assert_eq!(ledger(&story, &[]).lost(), [Cause::Unexplained]);
        assert_eq!(
            ledger(&story, &[(1, 0.1), (3, 2.1)]).lost(),
            [Cause::Unexplained]
        );
        // The new token was on disk, and yet the old one was presented.
        let backward = [(1, 10, Granted(11)), (2, 11, Granted(12)), (3, 10, Refused)];
        assert_eq!(ledger(&backward, &[(1, 0.1)]).lost(), [Cause::Unexplained]);
        // A token nobody had seen before.
        assert_eq!(
            ledger(&[(1, 10, Refused)], &[(1, 0.1)]).lost(),
            [Cause::Unexplained]
        );
        // No refusal at all.
        let mut unrefused = ledger(&[], &[]);
        assert_eq!(unrefused.lost(), []);
        unrefused.lose();
        assert_eq!(unrefused.lost(), [Cause::Unexplained]);
    }

    #[test]
    fn a_loss_is_counted_once_however_often_its_token_is_refused() {
        let story = [
            (1, 10, Granted(11)),
            (2, 11, Granted(12)),
            (3, 11, Refused),
            (4, 11, Refused),
            (4, 10, Refused),
            (5, 20, Granted(21)),
            (6, 21, Granted(22)),
            (7, 21, Refused),
        ];
        let mut two = ledger(&story, &[(2, 1.1), (3, 2.1), (6, 5.9)]);
        two.lose();
        two.lose();
        assert_eq!(two.lost(), [Cause::AfterCommit, Cause::UnderWay]);
    }

    #[test]
    fn doubt_ends_with_a_process_that_lived() {
        let story = [
            (1, 10, Granted(11)),
            (2, 11, Granted(12)),
            (3, 11, Granted(12)),
        ];
        assert!(ledger(&story, &[(2, 1.1)]).in_doubt_since().is_none());
        let doubtful = ledger(&story, &[(2, 1.1), (3, 2.1)]);
        assert_eq!(
            doubtful.in_doubt_since(),
            Some(doubtful.exchanges[1].answered)
        );
    }

    #[test]
    fn a_token_presented_twice_breaks_the_chain() {
        assert!(ledger(&[(1, 10, Granted(11)), (2, 11, Granted(12))], &[]).is_a_chain());
        assert!(!ledger(&[(1, 10, Granted(11)), (2, 10, Granted(11))], &[]).is_a_chain());
        assert!(!ledger(&[(1, 10, Refused), (2, 10, Refused)], &[]).is_a_chain());
    }
}
