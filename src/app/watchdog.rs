//! Feeds the service manager's watchdog (`WatchdogSec=`, `sd_notify(3)`) from the loop that draws the screen while the
//! display server answers, and says in the log when either stands still.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use futures::channel::mpsc;
use futures::stream;
use iced::advanced::widget::{self, Operation, operation::Outcome};
use iced::{Rectangle, Task};

use super::display_server;
use crate::host::event::{self, Event};
use crate::host::service_manager::ServiceManager;

/// Tells the service manager again and again that the screen is alive. Makes no message, so no redraw.
///
/// The time is kept elsewhere, but each sign is given by the loop that takes in messages and draws: a
/// screen that hangs gives none, and the service manager starts the program anew. Nor is one given while the display
/// server does not answer, for the service manager started that one, too.
pub(super) fn feed<Message: Send + 'static>(service: ServiceManager) -> Task<Message> {
    let Some(every) = service.watchdog_interval() else {
        return Task::none();
    };
    Task::run(beats(every), |()| ()).then(move |()| {
        widget::operate(InEventLoop(move || {
            if server_answers() {
                service.alive();
            }
        }))
        .discard()
    })
}

/// How often the loop that draws shows ourselves that it comes round.
const ROUND: Duration = Duration::from_secs(5);
/// A loop that has not come round for so long is frozen, and so is a screen whose display server has not answered for so
/// long. A service manager ends the program later than that.
const LONGEST_ROUND: Duration = Duration::from_secs(12);

/// When the loop that draws last came round.
static ROUND_AT: Mutex<Option<Instant>> = Mutex::new(None);

/// Says in the log when the loop that draws does not come round any more, or the display server does not answer, and when
/// they do again. Makes no message.
pub(super) fn notice_stalls<Message: Send + 'static>() -> Task<Message> {
    comes_round();
    let (ask, asked) = mpsc::channel(1);
    let watching = thread::Builder::new().name("watchdog".to_owned());
    let watching = watching.spawn(move || watch(ask));
    if let Err(error) = watching {
        tracing::warn!(%error, "nobody watches whether the screen moves");
    }
    Task::run(asked, |()| ()).then(|()| widget::operate(InEventLoop(comes_round)).discard())
}

/// Looks every [`ROUND`], on a thread of its own: a timer of the network's thread would wake that three times for each look.
/// The loop is asked to come round where nothing has been drawn meanwhile.
fn watch(mut ask: mpsc::Sender<()>) {
    loop {
        thread::sleep(ROUND);
        tell_of_a_stall();
        if last_round().is_none_or(|at| at.elapsed() > ROUND / 2)
            && ask.try_send(()).is_err_and(|error| error.is_disconnected())
        {
            return;
        }
    }
}

fn last_round() -> Option<Instant> {
    *ROUND_AT.lock().unwrap_or_else(PoisonError::into_inner)
}

fn tell_of_a_stall() {
    let oldest = last_round()
        .into_iter()
        .chain(display_server::silent_since())
        .min();
    if let Some(for_s) = oldest.and_then(|at| stalled(at, Instant::now())) {
        event::tell(Event::ScreenFrozen { for_s });
    }
}

/// The loop that draws comes round.
pub(super) fn comes_round() {
    *ROUND_AT.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    if server_answers() {
        event::screen_moves();
    }
}

/// Whether the display server is not overdue with an answer.
pub(super) fn server_answers() -> bool {
    let silent = display_server::silent_since();
    silent.and_then(|at| stalled(at, Instant::now())).is_none()
}

/// For how many seconds the loop that came round at `at`, or a server that was asked then, is overdue.
fn stalled(at: Instant, now: Instant) -> Option<u64> {
    let silent = now.saturating_duration_since(at);
    (silent >= LONGEST_ROUND).then_some(silent.as_secs())
}

/// Does something once in the loop that draws, after `time`. Makes no message either.
pub(super) fn run_later<Message: Send + 'static>(
    time: Duration,
    what: impl Fn() + Copy + Send + 'static,
) -> Task<Message> {
    Task::future(tokio::time::sleep(time))
        .then(move |()| widget::operate(InEventLoop(what)).discard())
}

fn beats(every: Duration) -> impl stream::Stream<Item = ()> {
    stream::unfold((), move |()| async move {
        tokio::time::sleep(every).await;
        Some(((), ()))
    })
}

/// Runs in the loop of the screen, between two messages.
struct InEventLoop<F>(F);

impl<F: Fn() + Send> Operation<()> for InEventLoop<F> {
    fn traverse(&mut self, _: &mut dyn FnMut(&mut dyn Operation<()>)) {}

    fn container(&mut self, _: Option<&widget::Id>, _: Rectangle) {}

    fn finish(&self) -> Outcome<()> {
        (self.0)();
        Outcome::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_is_frozen_that_misses_two_rounds() {
        let at = Instant::now();
        for (seconds, expected) in [
            (0, None),
            (5, None),
            (11, None),
            (12, Some(12)),
            (90, Some(90)),
        ] {
            assert_eq!(stalled(at, at + Duration::from_secs(seconds)), expected);
        }
    }
}
