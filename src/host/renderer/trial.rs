//! A GPU on trial: it draws for as long as nothing goes wrong.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::failure::Complaint;
use super::record::{Record, RecordFile, Stage};

/// How long the first picture may take; a driver that hangs draws none.
const FIRST: Duration = Duration::from_secs(20);
/// How long a GPU draws before it is believed.
pub const PROOF: Duration = Duration::from_secs(20);
/// How late the loop that draws may be with its word.
const LATE: Duration = Duration::from_secs(10);
/// So many doubts within that time are a failure.
const DOUBTS: (usize, Duration) = (3, Duration::from_secs(10));

/// The GPU that draws in this process, and what is known against it.
#[derive(Debug)]
pub struct Trial {
    file: Option<RecordFile>,
    record: Mutex<Record>,
    state: Mutex<State>,
    changed: Condvar,
    /// The program is asked to end.
    ends: AtomicBool,
}

#[derive(Debug)]
struct State {
    complaint: Option<String>,
    doubts: Vec<Instant>,
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// No driver has been touched: the window may have to wait for a television that is off.
    Untouched,
    /// No picture yet; one is due then.
    Dark(Instant),
    /// There is a picture; the loop that drew it has to speak again until then.
    Shown(Instant),
    /// It has drawn for a while.
    Proven,
    /// The trial is over.
    Over,
}

/// What came of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened.
    pub what: String,
    /// Whether it was the GPU for certain. What only takes too long may have another cause.
    pub certain: bool,
}

impl Trial {
    pub(super) fn begin(file: Option<RecordFile>, record: Record) -> Self {
        Self {
            file,
            record: Mutex::new(record),
            state: Mutex::new(State {
                complaint: None,
                doubts: Vec::new(),
                step: Step::Untouched,
            }),
            changed: Condvar::new(),
            ends: AtomicBool::new(false),
        }
    }

    /// The GPU or its driver has failed.
    pub fn complain(&self, complaint: Complaint) {
        let mut state = self.state();
        match complaint {
            Complaint::Failure(what) => {
                let _ = state.complaint.get_or_insert(what);
            }
            Complaint::Doubt(what) => state.doubt(what, Instant::now()),
        }
        drop(state);
        self.changed.notify_all();
    }

    /// A driver is about to be asked for the first time. From here on the process may die of it.
    pub fn touch(&self) {
        if self.state().step == Step::Untouched {
            self.note(Stage::Trying, None);
            let _ = self.step(Step::Dark(Instant::now() + FIRST));
        }
    }

    /// The first picture is on the screen.
    pub fn shown(&self) {
        let _ = self.step(Step::Shown(Instant::now() + PROOF + LATE));
    }

    /// Pictures have been drawn for [`PROOF`], and the thread that draws them is alive.
    pub fn proven(&self) {
        if self.step(Step::Proven) {
            tracing::info!("the GPU draws");
            self.note(Stage::Drawing, None);
        }
    }

    /// The window is gone, and not because of the GPU.
    pub fn over(&self) {
        let was_on = self.step(Step::Over);
        if let Some(file) = self.file.as_ref().filter(|_| was_on) {
            file.remove();
        }
    }

    /// The program is asked to end. The loop that would do so may hang in the driver.
    pub fn asked_to_end(&self) {
        self.ends.store(true, Ordering::SeqCst);
    }

    /// Whether the program is asked to end.
    pub fn is_asked_to_end(&self) -> bool {
        self.ends.load(Ordering::SeqCst)
    }

    /// Whether the trial is over.
    pub fn is_over(&self) -> bool {
        self.state().step == Step::Over
    }

    /// Waits until the GPU has failed; `None` once the trial is over.
    pub fn watch(&self) -> Option<Failure> {
        let mut state = self.state();
        loop {
            let now = Instant::now();
            if let Some(verdict) = state.verdict(now) {
                return verdict;
            }
            state = match state.step {
                Step::Dark(due) | Step::Shown(due) => {
                    let wait = due.saturating_duration_since(now);
                    let (state, _) = self
                        .changed
                        .wait_timeout(state, wait)
                        .unwrap_or_else(PoisonError::into_inner);
                    state
                }
                Step::Untouched | Step::Proven | Step::Over => self
                    .changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Remembers a failure for the next starts. One that is not certain counts only as a start without an end.
    pub fn remember(&self, failure: &Failure) {
        if failure.certain {
            self.note(Stage::Failed, Some(failure.what.clone()));
        }
    }

    fn note(&self, stage: Stage, reason: Option<String>) {
        let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        record.stage = stage;
        record.reason = reason;
        if let Some(file) = &self.file {
            file.write(&record);
        }
    }

    fn step(&self, step: Step) -> bool {
        let mut state = self.state();
        let goes_on = state.step != Step::Over;
        if goes_on {
            state.step = step;
        }
        drop(state);
        self.changed.notify_all();
        goes_on
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn doubt(&mut self, what: String, now: Instant) {
        let (many, within) = DOUBTS;
        self.doubts
            .retain(|then| now.saturating_duration_since(*then) < within);
        self.doubts.push(now);
        if self.doubts.len() >= many {
            let _ = self.complaint.get_or_insert(what);
        }
    }

    /// How it ends, if it does by now.
    fn verdict(&self, now: Instant) -> Option<Option<Failure>> {
        let failure = |what: &str, certain| {
            let what = what.to_owned();
            Some(Some(Failure { what, certain }))
        };
        match (&self.complaint, self.step) {
            (_, Step::Over) => Some(None),
            (Some(what), _) => failure(what, true),
            (None, Step::Dark(due)) if now >= due => {
                failure("the GPU has drawn no picture in time", false)
            }
            (None, Step::Shown(due)) if now >= due => {
                failure("with the GPU the screen stands still", false)
            }
            (None, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial() -> (Trial, tempfile::TempDir, RecordFile) {
        let folder = tempfile::tempdir().unwrap();
        let file = RecordFile::new(folder.path());
        let trial = Trial::begin(Some(file.clone()), Record::now("key".to_owned()));
        (trial, folder, file)
    }

    fn verdict(trial: &Trial, later: Duration) -> Option<Option<(String, bool)>> {
        let verdict = trial.state().verdict(Instant::now() + later);
        verdict.map(|failure| failure.map(|failure| (failure.what, failure.certain)))
    }

    #[test]
    fn each_step_has_its_time() {
        let (trial, _folder, _) = trial();
        let late = FIRST + PROOF + LATE;
        assert_eq!(verdict(&trial, late), None, "a television that is off");
        trial.touch();
        assert_eq!(verdict(&trial, FIRST / 2), None);
        let (what, certain) = verdict(&trial, FIRST).unwrap().unwrap();
        assert!(what.contains("no picture") && !certain, "{what}");
        trial.shown();
        assert_eq!(verdict(&trial, PROOF), None);
        let (what, certain) = verdict(&trial, late).unwrap().unwrap();
        assert!(what.contains("stands still") && !certain, "{what}");
        trial.proven();
        assert_eq!(verdict(&trial, late * 1000), None);
        trial.complain(Complaint::Failure("swap_buffers failed".to_owned()));
        trial.complain(Complaint::Failure("and again".to_owned()));
        let failed = Some(Some(("swap_buffers failed".to_owned(), true)));
        assert_eq!(verdict(&trial, Duration::ZERO), failed);
        trial.over();
        assert_eq!(verdict(&trial, late), Some(None));
    }

    #[test]
    fn three_doubts_at_once_are_a_failure() {
        let (trial, _folder, _) = trial();
        let mut state = trial.state();
        let (start, (_, within)) = (Instant::now(), DOUBTS);
        for second in [0, 1] {
            state.doubt("late".to_owned(), start + Duration::from_secs(second));
        }
        state.doubt("late".to_owned(), start + within * 2);
        assert_eq!(state.complaint, None);
        state.doubt("late".to_owned(), start + within * 2);
        state.doubt("late".to_owned(), start + within * 2);
        assert_eq!(state.complaint.as_deref(), Some("late"));
    }

    #[test]
    fn the_note_follows_the_trial() {
        let (trial, _folder, file) = trial();
        let stage = || file.read().map(|record| record.stage);
        assert_eq!(stage(), None);
        trial.touch();
        assert_eq!(stage(), Some(Stage::Trying));
        let failure = |certain| Failure {
            what: "swap_buffers failed".to_owned(),
            certain,
        };
        trial.remember(&failure(false));
        assert_eq!(stage(), Some(Stage::Trying));
        trial.proven();
        assert_eq!(stage(), Some(Stage::Drawing));
        trial.remember(&failure(true));
        assert_eq!(stage(), Some(Stage::Failed));
        let reason = file.read().unwrap().reason;
        assert_eq!(reason.as_deref(), Some("swap_buffers failed"));
        trial.over();
        assert_eq!(stage(), None);
    }

    #[test]
    fn a_complaint_wakes_whoever_watches() {
        let (trial, _folder, _) = trial();
        std::thread::scope(|scope| {
            let watcher = scope.spawn(|| trial.watch());
            trial.complain(Complaint::Failure("device lost".to_owned()));
            let failure = watcher.join().unwrap();
            assert_eq!(
                failure.map(|failure| failure.what).as_deref(),
                Some("device lost")
            );
            trial.over();
            assert_eq!(scope.spawn(|| trial.watch()).join().unwrap(), None);
        });
    }
}
