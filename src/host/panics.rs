//! What becomes of a panic.
//!
//! Packages are built without unwinding (`panic = "abort"` in the profile `dist`): after a panic nobody knows what state
//! the program is in, and its service manager begins it anew. A thread may have a plan for its own panic, which comes
//! before that; such a thread stands still for ever, and the program goes on. Where there is unwinding, as in tests, it is
//! unwound after its plan.

use std::borrow::Cow;
use std::cell::RefCell;
use std::panic::{self, Location, PanicHookInfo};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Once, OnceLock};
use std::{process, thread};

use tokio::sync::oneshot;

use super::event::{self, Event};
use super::process::give_way;

/// As many threads may be lost to work on what came from outside, each with its memory; after that the program begins
/// anew.
const LOST: usize = 8;

/// A panic: where in the sources, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panic {
    /// The source file.
    pub file: String,
    /// The line in it.
    pub line: u32,
    /// What it said. That can be a piece of what the program was working on, and belongs in no log.
    pub words: String,
}

impl Panic {
    fn of(info: &PanicHookInfo<'_>) -> Self {
        let words = info.payload();
        let words = if let Some(text) = words.downcast_ref::<String>() {
            Cow::Borrowed(text.as_str())
        } else if let Some(text) = words.downcast_ref::<&str>() {
            Cow::Borrowed(*text)
        } else {
            Cow::Borrowed("no reason given")
        };
        Self {
            file: info.location().map_or("", Location::file).to_owned(),
            line: info.location().map_or(0, Location::line),
            words: words.into_owned(),
        }
    }

    /// Where it was, for a log.
    fn place(&self) -> String {
        format!("panic at {}:{}", self.file, self.line)
    }
}

type Plan = Box<dyn FnOnce(Panic)>;

thread_local! {
    static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
}

/// Whether the panic of a thread without a plan is dealt with.
static DEALT_WITH: OnceLock<fn(&Panic) -> bool> = OnceLock::new();

/// Has plans heard. Comes before the first of them; more than once is as good as once.
fn watch() {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let panic = Panic::of(info);
            tracing::debug!(%info, "panic");
            let plan = PLAN.try_with(|plan| plan.try_borrow_mut().ok()?.take());
            let is_dealt_with = match plan {
                Ok(Some(plan)) => {
                    plan(panic.clone());
                    true
                }
                _ => DEALT_WITH
                    .get()
                    .is_some_and(|dealt_with| dealt_with(&panic)),
            };
            if is_dealt_with {
                return stand_still();
            }
            // What it said stays out of the log of a box.
            if cfg!(panic = "abort") {
                event::tell(Event::Stopping { why: panic.place() });
            } else {
                others(info);
            }
        }));
    });
}

/// Ends here what cannot be unwound. (What can is not kept: std holds the lock of its hook meanwhile, and whoever sets
/// another would wait for ever.)
fn stand_still() {
    while cfg!(panic = "abort") {
        thread::park();
    }
}

/// Has `plan` carried out if this thread panics before [`forget`].
pub fn plan(plan: impl FnOnce(Panic) + 'static) {
    watch();
    PLAN.set(Some(Box::new(plan)));
}

/// The plan of this thread is over.
pub fn forget() {
    PLAN.set(None);
}

/// Has `dealt_with` asked about panics of threads that have no plan: where it says so, the thread stands still and the
/// program goes on. The first to come is asked.
pub fn elsewhere(dealt_with: fn(&Panic) -> bool) {
    watch();
    // Whoever comes second comes from the same place.
    let _ = DEALT_WITH.set(dealt_with);
}

/// Whether [`contained`] contains: a command that ends when it is done waits for its threads, and none is to be lost.
static CONTAINS: AtomicBool = AtomicBool::new(false);

/// This program runs on, whatever [`contained`] work comes to.
pub fn contain() {
    CONTAINS.store(true, Ordering::Relaxed);
}

/// Does work on what came from outside, on a thread where it holds nobody up. In a program that runs on ([`contain`]) a
/// picture or an answer at which a parser panics is an error and takes nothing else along, today nor after the next
/// start. `kept` is let go when the thread is free or lost, also where nobody waits any more.
///
/// # Errors
/// Where it panicked, in words for a log.
pub async fn contained<T: Send + 'static>(
    kept: impl Send + 'static,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    static GONE: AtomicUsize = AtomicUsize::new(0);
    let (tell, told) = oneshot::channel();
    let working = move || {
        give_way();
        let held = Rc::new(RefCell::new(Some((tell, kept))));
        if CONTAINS.load(Ordering::Relaxed) {
            let lost = Rc::clone(&held);
            plan(move |panic| {
                tracing::warn!(place = panic.place(), "work on what came from outside");
                if GONE.fetch_add(1, Ordering::Relaxed) >= LOST {
                    event::tell(Event::Stopping { why: panic.place() });
                    process::abort();
                }
                if let Some((tell, _kept)) = lost.take() {
                    // Perhaps nobody waits any more.
                    let _ = tell.send(Err(panic.place()));
                }
            });
        }
        let done = work();
        forget();
        if let Some((tell, _kept)) = held.take() {
            let _ = tell.send(Ok(done));
        }
    };
    drop(tokio::task::spawn_blocking(working));
    told.await
        .unwrap_or_else(|_| Err("it was not done to its end".to_owned()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn work_that_panics_is_an_error_and_lets_go_of_what_it_kept() {
        contain();
        assert_eq!(contained((), || 5).await, Ok(5));
        let kept = Arc::new(());
        let error = contained(Arc::clone(&kept), || {
            #[allow(clippy::panic)]
            if kept_words().is_empty() {
                5
            } else {
                panic!("{}", kept_words())
            }
        })
        .await
        .unwrap_err();
        assert!(error.starts_with("panic at src/host/panics.rs:"), "{error}");
        assert!(!error.contains(kept_words()), "{error}");
        // The plan ends its own hold right after it has told.
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        while Arc::strong_count(&kept) > 1 {
            assert!(tokio::time::Instant::now() < deadline, "it is still held");
            tokio::task::yield_now().await;
        }
        // The next thread of the pool knows nothing of it.
        assert_eq!(contained((), || 6).await, Ok(6));
    }

    fn kept_words() -> &'static str {
        "a piece of somebody's content"
    }

    #[test]
    fn the_plan_of_a_thread_comes_before_anything_else() {
        let (tell, told) = mpsc::channel();
        let after = tell.clone();
        drop(thread::spawn(move || {
            plan(move |panic| drop(tell.send(Some(panic))));
            let _after = Unwound(after);
            panic!("no {}", "good")
        }));
        let next = || told.recv_timeout(Duration::from_secs(10)).unwrap();
        let panic = next().expect("the plan comes first");
        assert_eq!(panic.words, "no good");
        assert!(panic.file.ends_with("panics.rs"), "{panic:?}");
        assert_eq!(next(), None);
    }

    /// Tells that a thread was unwound.
    struct Unwound(mpsc::Sender<Option<Panic>>);

    impl Drop for Unwound {
        fn drop(&mut self) {
            let _ = self.0.send(None);
        }
    }
}
