//! The window, and how the program begins and ends.

use std::borrow::Cow;
use std::panic::{self, AssertUnwindSafe};
use std::pin::pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

use iced::{Program, Settings, Size, Task, window};

use super::gpu_fallback;
use super::shutdown::Shutdown;
use super::state::{App, Message};
use super::theme::SANS;
use super::{Exit, Launch};
use crate::host::memory;
use crate::host::renderer::{self, Blame, Complaint, Failure};
use crate::host::service_manager::ServiceManager;
use crate::session::SHUTDOWN_LIMIT;

/// Name of the window for the window manager, and of the desktop file.
const APPLICATION_ID: &str = "vestibule";
/// Threads that wait for network and time. The screen has its own, and so has what takes long; a second one
/// here would only be woken by the first, several times a second.
const WORKERS: usize = 1;
/// Size where nothing better is known.
const FALLBACK: Size = Size::new(1280.0, 720.0);

/// Why there was no window, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is a display named, but it cannot be used.
    #[error(
        "the display cannot be used: {cause}.\n\
         Start the program under a Wayland compositor, for example `cage -- vestibule`, or under an X \
         server. Its libraries must be there too; on Debian: apt-get install libwayland-client0 \
         libxkbcommon0 libxkbcommon-x11-0 libx11-6 libx11-xcb1 libxcursor1 libxi6."
    )]
    Display {
        /// What the system said.
        cause: String,
    },
    /// The GPU does not draw.
    #[error(
        "the GPU renderer failed: {cause}.\n\
         `--renderer auto` leaves a GPU that fails, `--renderer software` never tries one."
    )]
    Gpu {
        /// What it said.
        cause: String,
    },
    /// The CPU does not draw.
    #[error("the software renderer failed: {cause}")]
    Software {
        /// What it said.
        cause: String,
    },
    /// Something else went wrong.
    #[error("the program failed: {cause}. The log at --log-level debug says where.")]
    Program {
        /// What it said.
        cause: String,
    },
}

impl Error {
    /// What draws does not; whoever that is.
    fn renderer(cause: String) -> Self {
        match renderer::settled().as_deref() {
            Some("tiny-skia") => Self::Software { cause },
            _ => Self::Gpu { cause },
        }
    }

    /// Out of a panic in the source file `place`.
    fn panic(place: &str, words: &str) -> Self {
        match renderer::blame(place, words) {
            Blame::Renderer => Self::renderer(renderer::told(place, words)),
            Blame::Display => Self::Display {
                cause: cause(words),
            },
            Blame::Program => Self::Program {
                cause: renderer::in_one_line(words),
            },
        }
    }
}

/// Runs the program to its end. Where a GPU on trial fails, the program begins anew and this does not return.
///
/// # Errors
/// [`Error`] where no window could be opened or drawn.
pub fn run(launch: Launch) -> Result<Exit, Error> {
    memory::share_arenas();
    let ending = Arc::new(Shutdown::default());
    let application = application(launch, Arc::clone(&ending));
    gpu_fallback::stand(&ending);
    let ended = caught(|| application.run());
    let failed = match ended {
        Ok(Ok(())) => None,
        Ok(Err(iced::Error::GraphicsCreationFailed(error))) => {
            Some(Error::renderer(renderer::in_one_line(&error.to_string())))
        }
        Ok(Err(error)) => Some(Error::Display {
            cause: error.to_string(),
        }),
        Err(panic) => Some(Error::panic(&panic.place, &panic.words)),
    };
    if let Some(trial) = renderer::trial() {
        match &failed {
            Some(Error::Gpu { cause }) => {
                let failure = Failure {
                    what: cause.clone(),
                    certain: true,
                };
                if let Some(error) = gpu_fallback::leave(trial, &ending, &failure) {
                    tracing::error!(%error, "the program cannot begin anew");
                }
            }
            _ => trial.over(),
        }
    }
    // The window is gone; a token that is on its way must not be lost with it.
    settle(&ending);
    match failed {
        Some(error) => Err(error),
        None if ending.is_asked() => Ok(Exit::Asked),
        None => Ok(Exit::DisplayLost),
    }
}

/// Waits for what is on its way, unless whoever asked for the end has done so. The service manager, which heard
/// from the loop that draws before, hears meanwhile that the program is alive.
pub(super) fn settle(ending: &Shutdown) {
    let Some(runtime) = RUNTIME.get().filter(|_| !ending.is_asked()) else {
        return;
    };
    let service = ServiceManager::of_this_process();
    let beat = service.watchdog_interval().unwrap_or(SHUTDOWN_LIMIT);
    runtime.block_on(async {
        let mut settled = pin!(ending.settle(SHUTDOWN_LIMIT));
        while tokio::time::timeout(beat, settled.as_mut()).await.is_err() {
            service.alive();
        }
    });
}

/// A panic: where, and its words.
#[derive(Default)]
struct Panic {
    place: String,
    words: String,
}

/// Does something that may panic: iced, winit and wgpu do where the display, a library or a driver is missing,
/// and a person gets words instead.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    let place: Arc<Mutex<String>> = Arc::default();
    let main = thread::current().id();
    let hook = panic::take_hook();
    let last = Arc::clone(&place);
    panic::set_hook(Box::new(move |panic| {
        tracing::debug!(%panic, "panic");
        let place = panic.location().map_or("", |location| location.file());
        if thread::current().id() == main {
            place.clone_into(&mut last.lock().unwrap_or_else(PoisonError::into_inner));
        } else if let Some(trial) = renderer::trial()
            && let words = message(panic.payload())
            && renderer::blame(place, &words) == Blame::Renderer
        {
            // Pictures are handed to the GPU from a thread of its own, and nobody waits for that one.
            trial.complain(Complaint::Failure(renderer::told(place, &words)));
        }
    }));
    let ended = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(hook);
    ended.map_err(|panic| Panic {
        place: std::mem::take(&mut place.lock().unwrap_or_else(PoisonError::into_inner)),
        words: message(panic.as_ref()).into_owned(),
    })
}

/// The program as iced runs it; shared with the tests.
pub fn application(
    launch: Launch,
    ending: Arc<Shutdown>,
) -> iced::Application<impl Program<State = App, Message = Message, Theme = iced::Theme>> {
    let window = window(launch.window.size);
    let boot = move || App::new(launch.clone(), Arc::clone(&ending));
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

/// What a panic said.
fn message(panic: &(dyn std::any::Any + Send)) -> Cow<'_, str> {
    if let Some(text) = panic.downcast_ref::<String>() {
        Cow::Borrowed(text)
    } else if let Some(text) = panic.downcast_ref::<&str>() {
        Cow::Borrowed(text)
    } else {
        Cow::Borrowed("no reason given")
    }
}

/// What went wrong with the display, out of the words of a panic of winit.
fn cause(panic: &str) -> String {
    for (sign, words) in [
        ("XOpenDisplayFailed", "no X server answers at DISPLAY"),
        (
            "NoCompositor",
            "no Wayland compositor answers at WAYLAND_DISPLAY",
        ),
        (
            "neither WAYLAND_DISPLAY",
            "neither WAYLAND_DISPLAY nor DISPLAY is set",
        ),
        ("LibraryOpen", "a system library is missing"),
        ("NoWaylandLib", "libwayland-client0 is missing"),
    ] {
        if panic.contains(sign) {
            return words.to_owned();
        }
    }
    let line = panic
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    // Paths of sources mean nothing here; the log at level debug has them.
    if line.is_empty() || line.contains(".rs") {
        "the window system failed".to_owned()
    } else {
        line.to_owned()
    }
}

/// Outlives the window: what it was told to do last is still to be done when that is lost.
static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();

/// A tokio runtime that is small and of fixed size.
struct Runtime(&'static tokio::runtime::Runtime);

impl iced::Executor for Runtime {
    fn new() -> Result<Self, std::io::Error> {
        if RUNTIME.get().is_none() {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(WORKERS)
                .thread_name("vestibule")
                .enable_all()
                .build()?;
            // Another thread may have been faster: then its runtime is as good.
            let _ = RUNTIME.set(runtime);
        }
        RUNTIME
            .get()
            .map(Self)
            .ok_or_else(|| std::io::Error::other("no runtime"))
    }

    fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        drop(self.0.spawn(future));
    }

    fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.0.block_on(future)
    }

    fn enter<R>(&self, f: impl FnOnce() -> R) -> R {
        let _guard = self.0.enter();
        f()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_display_is_said_in_words() {
        for (panic, expected) in [
            (
                "Create event loop: Os(OsError { line: 788, file: \"/x/linux/mod.rs\", error: XNotSupported(XOpenDisplayFailed) })",
                "no X server answers",
            ),
            (
                "Create event loop: Os(OsError { file: \"/x/mod.rs\", error: WaylandError(Connection(NoCompositor)) })",
                "no Wayland compositor answers",
            ),
            (
                "Library libxkbcommon-x11.so could not be loaded.",
                "Library libxkbcommon-x11.so could not be loaded.",
            ),
            (
                "Create window: Os(OsError { file: \"/x/y.rs\" })\nmore",
                "the window system failed",
            ),
        ] {
            let words = Error::Display {
                cause: cause(panic),
            }
            .to_string();
            assert!(words.contains(expected), "{words}");
            assert!(
                words.contains("cage") && words.contains("libxkbcommon-x11-0"),
                "{words}"
            );
            assert!(!words.contains(".rs"), "{words}");
        }
    }

    #[test]
    fn words_name_what_failed() {
        let wgpu = "/x/wgpu-27.0.1/src/backend/wgpu_core.rs";
        for (place, words, expected) in [
            (
                wgpu,
                "wgpu error: Validation Error\n\nCaused by:\n  In Surface::configure",
                "the GPU renderer failed: wgpu error: Validation Error: In Surface",
            ),
            (
                "/x/iced_wgpu-0.14.0/src/window/compositor.rs",
                "Create surface: incompatible window kind",
                "the GPU renderer failed: Create surface",
            ),
            (
                "/x/winit-0.30.13/src/x.rs",
                "NoCompositor",
                "the display cannot be used: no Wayland compositor",
            ),
            (
                "src/app/state.rs",
                "index out of bounds",
                "the program failed: index out of bounds",
            ),
        ] {
            let words = Error::panic(place, words).to_string();
            assert!(words.starts_with(expected), "{words}");
            assert_eq!(
                words.contains("display"),
                expected.contains("display"),
                "{words}"
            );
        }
    }

    #[test]
    fn a_panic_is_caught_with_its_place() {
        assert_eq!(caught(|| 5).ok(), Some(5));
        let panic = caught(|| panic!("no {}", "good")).err().unwrap();
        assert_eq!(panic.words, "no good");
        assert!(panic.place.ends_with("application.rs"), "{}", panic.place);
    }

    #[test]
    fn a_window_of_a_size_is_not_fullscreen() {
        let small = window(Some((640, 360)));
        assert_eq!(small.size, Size::new(640.0, 360.0));
        assert!(!small.fullscreen && !small.decorations && !small.exit_on_close_request);
        assert!(window(None).fullscreen);
    }
}
