//! The storm: processes that call with tokens that run out every second, several on each account, and a
//! signal for most of them at the worst moments.

use std::fmt;
use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::ledger::{Cause, Ledger};
use testing::demo_process::Demo;
use testing::relay::{Moment, Relay};

/// The accounts: profile, and who signs in on it.
const ACCOUNTS: [(&str, &str); 4] = [("a", "ada"), ("b", "kofi"), ("c", "mei"), ("d", "rafael")];

/// Seconds for which an access token lives.
const LIFE: &str = "1";

/// Processes at work on each account at one time.
const PROCESSES: usize = 2;

/// How long a process may take. Generous: the machine may be busy with a build.
const PATIENCE: Duration = Duration::from_secs(60);

/// The pause between two looks at a process and its relay.
const LOOK: Duration = Duration::from_micros(500);

/// What to let loose.
pub(crate) struct Storm {
    /// What processes are hit with.
    pub(crate) signal: Signal,
    /// How many hits are wanted.
    pub(crate) hits: usize,
    /// For how long the server forgives a spent token, in seconds.
    pub(crate) leeway: u64,
    /// Where chance begins.
    pub(crate) seed: u64,
}

/// What it came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Processes that the signal met while they lived.
    pub(crate) hits: usize,
    /// Those of them that were in the middle of a refresh.
    pub(crate) hits_in_refresh: usize,
    /// Refreshes that the server granted.
    pub(crate) refreshes: usize,
    /// Sessions that were begun: one for each account, and one for each that was lost.
    pub(crate) sessions: usize,
    /// Accounts that are signed in at the end.
    pub(crate) kept: usize,
    /// Why each lost session was lost.
    pub(crate) lost: Vec<Cause>,
    /// Sessions that the server says it ended because a spent token came again.
    pub(crate) reuses: usize,
    seed: u64,
    signal: Signal,
    leeway: u64,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lost = |cause| self.lost.iter().filter(|found| **found == cause).count();
        write!(
            f,
            "crash: {} {} ({} within a refresh), leeway {} s, {} refreshes, {} sessions begun, {} of {} accounts \
             signed in at the end, {} lost ({} killed after the server's commit and before our fsync, {} killed \
             with the request under way, {} unexplained), {} reuses seen by the server, seed {}",
            self.hits,
            if self.signal == Signal::KILL {
                "kills"
            } else {
                "SIGTERMs"
            },
            self.hits_in_refresh,
            self.leeway,
            self.refreshes,
            self.sessions,
            self.kept,
            ACCOUNTS.len(),
            self.lost.len(),
            lost(Cause::AfterCommit),
            lost(Cause::UnderWay),
            lost(Cause::Unexplained),
            self.reuses,
            self.seed,
        )
    }
}

/// One account and what is known of it.
struct Account {
    profile: &'static str,
    person: &'static str,
    /// Requests reach the server in the order in which they were sent.
    order: Mutex<()>,
    ledger: Mutex<Ledger>,
}

/// What is counted over all accounts.
#[derive(Default)]
struct Tally {
    hits: AtomicUsize,
    hits_in_refresh: AtomicUsize,
    runs: AtomicU64,
}

/// When a process is hit.
#[derive(Debug, Clone, Copy)]
enum Plan {
    /// So long after its start, whatever it does then.
    After(Duration),
    /// So long after a moment of its refresh.
    At(Moment, Duration),
    /// Never.
    Spare,
}

impl Plan {
    /// Most processes are hit between the server's commit and the end of our writing.
    fn draw(chance: &mut fastrand::Rng) -> Self {
        let micros = |range| Duration::from_micros(range);
        match chance.u32(0..100) {
            0..20 => Self::After(micros(chance.u64(0..250_000))),
            20..35 => Self::At(Moment::Asked, micros(chance.u64(0..6_000))),
            35..50 => Self::At(Moment::Committed, micros(0)),
            50..90 => Self::At(Moment::Delivered, micros(chance.u64(0..25_000))),
            _ => Self::Spare,
        }
    }
}

impl Storm {
    /// Lets it loose and looks at what is left.
    pub(crate) fn run(self) -> Outcome {
        let demo = Demo::start(LIFE, &self.leeway.to_string());
        let accounts = ACCOUNTS.map(|(profile, person)| Account {
            profile,
            person,
            order: Mutex::default(),
            ledger: Mutex::default(),
        });
        thread::scope(|scope| {
            for account in &accounts {
                let _ = scope.spawn(|| demo.sign_in(account.profile, account.person));
            }
        });
        let tally = Tally::default();
        thread::scope(|scope| {
            for number in 0..ACCOUNTS.len() * PROCESSES {
                let (storm, demo, tally) = (&self, &demo, &tally);
                let account = &accounts[number % ACCOUNTS.len()];
                let chance = fastrand::Rng::with_seed(self.seed.wrapping_add(number as u64));
                let _ = scope.spawn(move || storm.work(demo, account, tally, chance));
            }
        });
        let kept = accounts
            .iter()
            .filter(|account| demo.is_signed_in(account.profile))
            .count();
        let ledgers = accounts.map(|account| account.ledger.into_inner().unwrap());
        Outcome {
            hits: tally.hits.into_inner(),
            hits_in_refresh: tally.hits_in_refresh.into_inner(),
            refreshes: ledgers.iter().map(Ledger::granted).sum(),
            sessions: ACCOUNTS.len()
                + ledgers
                    .iter()
                    .map(|ledger| ledger.lost().len())
                    .sum::<usize>(),
            kept,
            lost: ledgers.iter().flat_map(Ledger::lost).collect(),
            reuses: demo.reuses(),
            seed: self.seed,
            signal: self.signal,
            leeway: self.leeway,
        }
    }

    /// Runs one process after the other until there are hits enough, and a last one in peace: it finds out
    /// what the last hit did.
    fn work(&self, demo: &Demo, account: &Account, tally: &Tally, mut chance: fastrand::Rng) {
        while tally.hits.load(Ordering::SeqCst) < self.hits {
            let in_doubt = account.ledger.lock().unwrap().in_doubt_since();
            // What a box does after a crash is start again, and be left alone for a moment: no leeway
            // saves a session whose every try is killed.
            let hurry = Duration::from_secs(self.leeway) / 3;
            let plan = match in_doubt {
                Some(since) if self.leeway > 0 && since.elapsed() > hurry => Plan::Spare,
                _ => Plan::draw(&mut chance),
            };
            self.call(demo, account, tally, plan);
        }
        self.call(demo, account, tally, Plan::Spare);
    }

    /// Runs one process, and signs in again where it finds the session lost.
    fn call(&self, demo: &Demo, account: &Account, tally: &Tally, plan: Plan) {
        let run = tally.runs.fetch_add(1, Ordering::SeqCst);
        let session = account.ledger.lock().unwrap().session();
        let (ended, said) = self.one(demo, account, tally, run, plan);
        match (ended.code(), ended.signal()) {
            (Some(0), _) => {}
            // A token that lives for a second may be over when it arrives.
            (Some(1), _) if said.contains("HTTP 401") => {}
            // Asked to end in time, it said so; asked before it listened, it ended as anything does.
            (Some(1), _) | (None, Some(15)) if self.signal == Signal::TERM => {}
            (None, Some(9)) if self.signal == Signal::KILL => {}
            (Some(3), _) => {
                let mut ledger = account.ledger.lock().unwrap();
                if ledger.session() == session {
                    ledger.lose();
                    demo.sign_in(account.profile, account.person);
                }
            }
            _ => panic!("ended with {ended}: {said}"),
        }
    }

    /// Starts a process, carries its refresh, hits it as planned, and notes what happened.
    fn one(
        &self,
        demo: &Demo,
        account: &Account,
        tally: &Tally,
        run: u64,
        plan: Plan,
    ) -> (ExitStatus, String) {
        let relay = Relay::new(demo.issuer());
        let config = demo.config_with(&format!("run-{run}.toml"), &relay.endpoint());
        let mut target = Target {
            child: demo
                .command(
                    Some(&config),
                    account.profile,
                    &["call", "library/continue"],
                )
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap(),
            signal: self.signal,
            hit: None,
        };
        let started = Instant::now();
        let mut due = match plan {
            Plan::After(pause) => Some(started + pause),
            Plan::At(..) | Plan::Spare => None,
        };
        let mut refreshing = false;
        let ended = loop {
            let exchange = relay.serve(run, &account.order, |moment| {
                refreshing = true;
                if let Plan::At(planned, pause) = plan
                    && planned == moment
                {
                    match moment {
                        // Nobody else looks at the clock while the server works.
                        Moment::Asked | Moment::Committed => {
                            thread::sleep(pause);
                            target.strike();
                        }
                        Moment::Delivered => due = Some(Instant::now() + pause),
                    }
                }
            });
            if let Some(exchange) = exchange {
                account.ledger.lock().unwrap().note(exchange);
            }
            if due.is_some_and(|due| Instant::now() >= due) {
                target.strike();
            }
            if let Some(ended) = target.child.try_wait().unwrap() {
                break ended;
            }
            assert!(started.elapsed() < PATIENCE, "{} hangs", account.profile);
            thread::sleep(LOOK);
        };
        // What it had sent before it died still arrives.
        while let Some(exchange) = relay.serve(run, &account.order, |_| {}) {
            account.ledger.lock().unwrap().note(exchange);
        }
        if let Some(at) = target.hit
            && (ended.signal().is_some() || ended.code() == Some(1))
        {
            let _ = tally.hits.fetch_add(1, Ordering::SeqCst);
            if refreshing {
                let _ = tally.hits_in_refresh.fetch_add(1, Ordering::SeqCst);
            }
            if ended.signal() == Some(9) {
                account.ledger.lock().unwrap().killed(run, at);
            }
        }
        fs::remove_file(config).unwrap();
        let mut said = String::new();
        let mut stderr = target.child.stderr.take().unwrap();
        let _ = stderr.read_to_string(&mut said).unwrap();
        (ended, said)
    }
}

/// A process that is to be hit once.
struct Target {
    child: Child,
    signal: Signal,
    hit: Option<Instant>,
}

impl Target {
    fn strike(&mut self) {
        // Before it is waited for, the number cannot belong to another process.
        if self.hit.is_none() && self.child.try_wait().unwrap().is_none() {
            let at = Instant::now();
            kill_process(Pid::from_child(&self.child), self.signal).unwrap();
            self.hit = Some(at);
        }
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        // A failed test leaves no process behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
