//! The window, and how the program begins and ends.

use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use std::{process, thread};

use iced::{Program, Rectangle, Settings, Size, Task, window};
use x11rb::rust_connection::RustConnection;

use super::gpu_fallback;
use super::runtime::{self, Runtime};
use super::shutdown::Shutdown;
use super::state::{App, Message};
use super::theme::{self, SANS};
use super::window_error::{Error, hear_of_the_gpu};
use super::{Exit, Launch};
use crate::host::event::{self, Event};
use crate::host::memory;
use crate::host::panics;
use crate::host::renderer::{self, Failure};
use crate::host::service_manager::ServiceManager;
use crate::session::SHUTDOWN_LIMIT;

/// Name of the window for the window manager, and of the desktop file.
const APPLICATION_ID: &str = "vestibule";
/// Longer than what is to be done at the end takes, beside [`SHUTDOWN_LIMIT`].
const LONGEST_END: Duration = Duration::from_secs(5);
/// Size where nothing better is known.
const FALLBACK: Size = Size::new(1280.0, 720.0);

/// Runs the program to its end. Where a GPU on trial fails, the program begins anew and this does not return. Nor does
/// it after a panic, as iced, winit and wgpu have one where the display, a library or a driver is missing: `report`
/// tells of it then, and gives the code to exit with.
///
/// # Errors
/// [`Error`] where no window could be opened or drawn.
pub fn run(launch: Launch, report: fn(Error) -> u8) -> Result<Exit, Error> {
    memory::keep_little_of_what_was_freed();
    // Where there is no thread to be had, whoever draws does it.
    drop(
        thread::Builder::new()
            .name("typefaces".to_owned())
            .spawn(theme::prepare_typefaces),
    );
    let shutdown = Arc::new(Shutdown::default());
    let application = application(launch, Arc::clone(&shutdown));
    gpu_fallback::watch(&shutdown);
    panics::contain();
    hear_of_the_gpu();
    end_after_a_panic(Arc::clone(&shutdown), report);
    let ended = application.run();
    panics::forget();
    let failed = ended.err().map(|error| match error {
        iced::Error::GraphicsCreationFailed(error) => {
            Error::renderer(renderer::in_one_line(&error.to_string()))
        }
        error => Error::Display {
            cause: error.to_string(),
        },
    });
    end(failed, &shutdown)
}

/// If this thread panics, which draws, another one brings the program to its end: what the first was in the middle of
/// stays as it is, and may be locked.
fn end_after_a_panic(shutdown: Arc<Shutdown>, report: fn(Error) -> u8) {
    panics::plan(move |panic| {
        let ending = move || {
            let error = match end(Some(Error::of_panic(&panic)), &shutdown) {
                Err(error) => error,
                Ok(_) => Error::of_panic(&panic),
            };
            process::exit(report(error).into());
        };
        if thread::Builder::new().spawn(ending).is_ok() {
            thread::sleep(SHUTDOWN_LIMIT + LONGEST_END);
        }
        process::abort();
    });
}

/// The window is gone, or never came: what is left to be done.
fn end(failed: Option<Error>, shutdown: &Shutdown) -> Result<Exit, Error> {
    if let Some(trial) = renderer::trial() {
        match &failed {
            Some(Error::Gpu { cause }) => {
                let failure = Failure {
                    what: cause.clone(),
                    certain: true,
                };
                if let Some(error) = gpu_fallback::fall_back(trial, shutdown, &failure) {
                    tracing::error!(%error, "the program cannot begin anew");
                }
            }
            _ => trial.over(),
        }
    }
    if let Some(why) = why_gone(failed.as_ref(), shutdown.is_requested()) {
        let why = event::words(why);
        event::tell(Event::Stopping { why });
    }
    // The window is gone; a token that is on its way must not be lost with it.
    settle(shutdown);
    shutdown.close_socket();
    match failed {
        Some(error) => Err(error),
        None if shutdown.is_requested() => Ok(Exit::Asked),
        None => Ok(Exit::DisplayLost),
    }
}

/// Why the window is gone, where nobody has asked for that.
fn why_gone(failed: Option<&Error>, requested: bool) -> Option<String> {
    match failed {
        // What to do about it comes below.
        Some(error) => error.to_string().lines().next().map(str::to_owned),
        None if requested => None,
        None => Some("the display server went away".to_owned()),
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
    let screen = X11Screen::of_this_process();
    let fullscreen = windowed.is_none();
    let (size, position) = match windowed {
        Some((width, height)) => (
            Size::new(width as f32, height as f32),
            window::Position::Default,
        ),
        // A window manager makes it the whole monitor; without one, it must have that size by itself.
        None => {
            let monitor = screen
                .as_ref()
                .map_or(Rectangle::with_size(FALLBACK), |screen| screen.monitor);
            (
                monitor.size(),
                window::Position::Specific(monitor.position()),
            )
        }
    };
    window::Settings {
        size,
        fullscreen,
        position,
        decorations: false,
        exit_on_close_request: false,
        platform_specific: window::settings::PlatformSpecific {
            application_id: APPLICATION_ID.to_owned(),
            ..Default::default()
        },
        ..window::Settings::default()
    }
}

/// Moves the window to the primary monitor, where no window manager has put it there: winit puts it where an output
/// begins, which need not be where the monitor does.
pub(super) fn cover_monitor<Message: Send + 'static>() -> Task<Message> {
    match X11Screen::of_this_process().filter(|screen| !screen.managed) {
        Some(screen) => {
            let place = screen.monitor.position();
            window::latest().and_then(move |id| window::move_to(id, place))
        }
        None => Task::none(),
    }
}

/// An X screen. A window manager makes the window cover a monitor; without one it stays where and as large as it was
/// opened, and one of the whole screen would straddle every monitor that there is.
#[derive(Clone, Copy)]
struct X11Screen {
    /// The primary monitor, in pixels of the screen.
    monitor: Rectangle,
    /// Whether there is a window manager.
    managed: bool,
}

impl X11Screen {
    /// The screen that the window will be on, where that is one of an X server.
    fn of_this_process() -> Option<Self> {
        // The connection stays: a bare X server begins anew when the last of its clients has gone, and the window would
        // wait for that.
        static SCREEN: OnceLock<Option<(X11Screen, RustConnection)>> = OnceLock::new();
        let asked = SCREEN.get_or_init(Self::ask);
        asked.as_ref().map(|(screen, _)| *screen)
    }

    fn ask() -> Option<(Self, RustConnection)> {
        use x11rb::connection::Connection;
        use x11rb::protocol::randr::ConnectionExt as _;
        use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _};

        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET") || !is_set("DISPLAY") {
            return None;
        }
        let (connection, number) = x11rb::connect(None).ok()?;
        let screen = connection.setup().roots.get(number)?;
        // A server without RandR 1.5 has one monitor: its screen.
        let monitors = connection
            .randr_get_monitors(screen.root, true)
            .ok()
            .and_then(|asked| asked.reply().ok())
            .map_or_else(Vec::new, |reply| reply.monitors);
        let monitors: Vec<_> = monitors
            .iter()
            .map(|monitor| {
                let place = [monitor.x, monitor.y].map(f32::from);
                let size = [monitor.width, monitor.height].map(f32::from);
                (monitor.primary, Rectangle::new(place.into(), size.into()))
            })
            .collect();
        let whole = Size::new(
            screen.width_in_pixels.into(),
            screen.height_in_pixels.into(),
        );
        let monitor = primary(&monitors).unwrap_or(Rectangle::with_size(whole));
        // Extended Window Manager Hints, _NET_SUPPORTING_WM_CHECK.
        let name = connection
            .intern_atom(true, b"_NET_SUPPORTING_WM_CHECK")
            .ok()?;
        let check = name.reply().ok()?.atom;
        let asked = connection.get_property(false, screen.root, check, AtomEnum::WINDOW, 0, 1);
        let named = asked.ok().and_then(|asked| asked.reply().ok());
        let managed = check != 0 && named.is_some_and(|reply| reply.value_len > 0);
        Some((Self { monitor, managed }, connection))
    }
}

/// The monitor that is marked as the primary one, else the first; one that is off has no size.
fn primary(monitors: &[(bool, Rectangle)]) -> Option<Rectangle> {
    let mut lit = monitors
        .iter()
        .filter(|(_, place)| place.width >= 1.0 && place.height >= 1.0);
    let first = lit.clone().next();
    let chosen = lit.find(|(primary, _)| *primary).or(first);
    chosen.map(|(_, place)| *place)
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

    #[test]
    fn of_two_monitors_the_primary_one_is_covered() {
        let at = |x: f32, width: f32| Rectangle::new([x, 0.0].into(), [width, 720.0].into());
        let (left, right, off) = (at(0.0, 1280.0), at(1280.0, 1024.0), at(0.0, 0.0));
        for (monitors, expected) in [
            (vec![], None),
            (vec![(false, left)], Some(left)),
            (vec![(false, left), (true, right)], Some(right)),
            (vec![(true, left), (false, right)], Some(left)),
            // Nobody has marked one, or the marked one is off.
            (vec![(false, left), (false, right)], Some(left)),
            (vec![(true, off), (false, right)], Some(right)),
        ] {
            assert_eq!(primary(&monitors), expected, "{monitors:?}");
        }
    }
}
