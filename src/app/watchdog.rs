//! Feeds the service manager's watchdog (`WatchdogSec=`, `sd_notify(3)`) from the loop that draws the screen.

use std::time::Duration;

use futures::stream;
use iced::advanced::widget::{self, Operation, operation::Outcome};
use iced::{Rectangle, Task};

use crate::host::service_manager::ServiceManager;

/// Tells the service manager again and again that the screen is alive. Makes no message, so no redraw.
///
/// The time is kept elsewhere, but each sign is given by the loop that takes in messages and draws: a
/// screen that hangs gives none, and the service manager starts the program anew.
pub(super) fn feed<Message: Send + 'static>(service: ServiceManager) -> Task<Message> {
    let Some(every) = service.watchdog_interval() else {
        return Task::none();
    };
    Task::run(beats(every), |()| ())
        .then(move |()| widget::operate(InEventLoop(move || service.alive())).discard())
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
