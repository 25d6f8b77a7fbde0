//! The window, and how the program begins and ends.

use std::pin::pin;
use std::sync::Arc;

use iced::{Program, Settings, Size, Task, window};

use super::gpu_fallback;
use super::runtime::{self, Runtime};
use super::shutdown::Shutdown;
use super::state::{App, Message};
use super::theme::SANS;
use super::window_error::{Error, caught};
use super::{Exit, Launch};
use crate::host::memory;
use crate::host::renderer::{self, Failure};
use crate::host::service_manager::ServiceManager;
use crate::session::SHUTDOWN_LIMIT;

/// Name of the window for the window manager, and of the desktop file.
const APPLICATION_ID: &str = "vestibule";
/// Size where nothing better is known.
const FALLBACK: Size = Size::new(1280.0, 720.0);

/// Runs the program to its end. Where a GPU on trial fails, the program begins anew and this does not return.
///
/// # Errors
/// [`Error`] where no window could be opened or drawn.
pub fn run(launch: Launch) -> Result<Exit, Error> {
    memory::share_arenas();
    let shutdown = Arc::new(Shutdown::default());
    let application = application(launch, Arc::clone(&shutdown));
    gpu_fallback::watch(&shutdown);
    let ended = caught(|| application.run());
    let failed = match ended {
        Ok(Ok(())) => None,
        Ok(Err(iced::Error::GraphicsCreationFailed(error))) => {
            Some(Error::renderer(renderer::in_one_line(&error.to_string())))
        }
        Ok(Err(error)) => Some(Error::Display {
            cause: error.to_string(),
        }),
        Err(panic) => Some(Error::of_panic(&panic.place, &panic.words)),
    };
    if let Some(trial) = renderer::trial() {
        match &failed {
            Some(Error::Gpu { cause }) => {
                let failure = Failure {
                    what: cause.clone(),
                    certain: true,
                };
                if let Some(error) = gpu_fallback::fall_back(trial, &shutdown, &failure) {
                    tracing::error!(%error, "the program cannot begin anew");
                }
            }
            _ => trial.over(),
        }
    }
    // The window is gone; a token that is on its way must not be lost with it.
    settle(&shutdown);
    match failed {
        Some(error) => Err(error),
        None if shutdown.is_requested() => Ok(Exit::Asked),
        None => Ok(Exit::DisplayLost),
    }
}

/// Waits for what is on its way, unless the shutdown that was requested has done so. The service manager, which heard
/// from the loop that draws before, hears meanwhile that the program is alive.
pub(super) fn settle(shutdown: &Shutdown) {
    let Some(runtime) = runtime::get().filter(|_| !shutdown.is_requested()) else {
        return;
    };
    let service = ServiceManager::of_this_process();
    let beat = service.watchdog_interval().unwrap_or(SHUTDOWN_LIMIT);
    runtime.block_on(async {
        let mut settled = pin!(shutdown.settle(SHUTDOWN_LIMIT));
        while tokio::time::timeout(beat, settled.as_mut()).await.is_err() {
            service.alive();
        }
    });
}

/// The program as iced runs it; shared with the tests.
pub fn application(
    launch: Launch,
    shutdown: Arc<Shutdown>,
) -> iced::Application<impl Program<State = App, Message = Message, Theme = iced::Theme>> {
    let window = window(launch.window.size);
    let boot = move || App::new(launch.clone(), Arc::clone(&shutdown));
    iced::application(boot, App::update, App::view)
        .title(App::title)
        .theme(App::theme)
        .style(App::style)
        .subscription(App::subscription)
        .scale_factor(App::scale_factor)
        .executor::<Runtime>()
        .settings(Settings {
            id: Some(APPLICATION_ID.to_owned()),
            default_font: SANS,
            antialiasing: false,
            vsync: false,
            ..Settings::default()
        })
        .window(window)
}

fn window(windowed: Option<(u32, u32)>) -> window::Settings {
    let fullscreen = windowed.is_none();
    let size = match windowed {
        Some((width, height)) => Size::new(width as f32, height as f32),
        // A window manager makes it the whole screen; without one, it must have that size by itself.
        None => x11_screen().unwrap_or(FALLBACK),
    };
    window::Settings {
        size,
        fullscreen,
        position: if fullscreen {
            window::Position::Specific(iced::Point::ORIGIN)
        } else {
            window::Position::Default
        },
        decorations: false,
        exit_on_close_request: false,
        platform_specific: window::settings::PlatformSpecific {
            application_id: APPLICATION_ID.to_owned(),
            ..Default::default()
        },
        ..window::Settings::default()
    }
}

/// Makes a window of `size` pixels as large as the X screen, where it has another size for its factor alone: the size
/// it is opened with is multiplied with that, and without a window manager it stays so.
pub(super) fn fit_screen<Message: Send + 'static>(size: Size, factor: f32) -> Task<Message> {
    let Some(screen) = x11_screen() else {
        return Task::none();
    };
    let off = |size: f32, screen: f32| (size - screen * factor).abs() > 1.0;
    if off(size.width, screen.width) || off(size.height, screen.height) {
        return Task::none();
    }
    window::latest().and_then(move |id| window::resize(id, screen))
}

/// Size of the X screen, where the window will be on one.
fn x11_screen() -> Option<Size> {
    use x11rb::connection::Connection;

    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET") || !is_set("DISPLAY") {
        return None;
    }
    let (connection, number) = x11rb::connect(None).ok()?;
    let screen = connection.setup().roots.get(number)?;
    Some(Size::new(
        screen.width_in_pixels.into(),
        screen.height_in_pixels.into(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_of_a_size_is_not_fullscreen() {
        let small = window(Some((640, 360)));
        assert_eq!(small.size, Size::new(640.0, 360.0));
        assert!(!small.fullscreen && !small.decorations && !small.exit_on_close_request);
        assert!(window(None).fullscreen);
    }
}
