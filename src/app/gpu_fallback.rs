//! Leaves a GPU that fails for the CPU, wherever the failure shows.

use std::io;
use std::process;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use iced::Task;

use super::application;
use super::shutdown::Shutdown;
use super::watchdog;
use crate::host::display;
use crate::host::renderer::{self, Failure, Trial};
use crate::host::service_manager::ServiceManager;

/// Watches over the GPU from a thread of its own: the one that draws may hang in the driver.
pub(super) fn watch(shutdown: &Arc<Shutdown>) {
    let Some(trial) = renderer::trial() else {
        return;
    };
    let shutdown = Arc::clone(shutdown);
    let watching = move || {
        if let Some(failure) = trial.watch() {
            // The display may have gone and taken the GPU's pictures with it: that ends the window.
            if let Some(error) = fall_back(trial, &shutdown, &failure) {
                tracing::error!(%error, "the program cannot begin anew");
            }
        }
    };
    let thread = thread::Builder::new()
        .name("gpu".to_owned())
        .spawn(watching);
    if let Err(error) = thread {
        tracing::warn!(%error, "nobody watches over the GPU");
    }
}

/// The first picture is there: asks the loop that draws for another word once it has drawn for a while.
pub(super) fn prove<Message: Send + 'static>() -> Task<Message> {
    let Some(trial) = renderer::trial() else {
        return Task::none();
    };
    trial.shown();
    watchdog::run_later(renderer::PROOF, || trial.proven())
}

/// A signal has asked the program to end.
pub(super) fn shutdown_requested() {
    if let Some(trial) = renderer::trial() {
        trial.asked_to_end();
    }
}

/// The program ends: nothing that comes is a failure of the GPU any more.
pub(super) fn end_trial() {
    if let Some(trial) = renderer::trial() {
        trial.over();
    }
}

/// Begins anew with the CPU, and remembers why. Returns only where the display is gone, which is no failure
/// of the GPU, or with the reason why the program cannot begin anew.
pub(super) fn fall_back(
    trial: &Trial,
    shutdown: &Shutdown,
    failure: &Failure,
) -> Option<io::Error> {
    /// Two threads may see the same failure.
    static LEAVING: Mutex<()> = Mutex::new(());
    let _leaving = LEAVING.lock().unwrap_or_else(PoisonError::into_inner);
    if trial.is_over() || !display::answers(|name| std::env::var_os(name)) {
        trial.over();
        return None;
    }
    tracing::warn!(why = %failure.what, "the GPU is left for the CPU");
    trial.remember(failure);
    // A token that is on its way must not be lost.
    application::settle(shutdown);
    // A program that was asked to end does not begin anew.
    if trial.is_asked_to_end() {
        process::exit(0);
    }
    // The time that the service manager gives counts on.
    ServiceManager::of_this_process().alive();
    Some(renderer::restart(&failure.what))
}
