//! What comes from outside the screens: the window, signals, the time of day.

use std::time::{Duration, SystemTime};

use futures::StreamExt;
use futures::stream::{self, Stream};
use iced::{Size, Subscription, Task, event, window};

use super::{gpu_fallback, i18n, visibility};
use crate::host::event::{self as event_log, Event};
use crate::host::process;

/// What happened outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SystemEvent {
    /// The window is there, and has this size, in its own pixels as far as its factor is known.
    Opened(Size),
    /// The window has this size now, in its own pixels.
    Resized(Size),
    /// The window's own factor between logical and real pixels is another now.
    Rescaled(f32),
    /// The factor that the window was opened with.
    Factor(f32),
    /// The window, which has this size in pixels of the layout, has shown nothing for too long.
    Blank(Size),
    /// A signal asks the program to end.
    Terminate,
    /// A signal asks for the configuration to be read again.
    Reload,
    /// The window manager asks for the window to be closed: Alt+F4, a close button, a compositor's key.
    CloseRequested,
    /// A picture is on the screen.
    Drawn,
    /// No picture has been asked for: whatever shows it may be off, or unplugged.
    Unseen,
    /// Another minute on the clock.
    Minute,
    /// It is time to look whether the screen is to be seen; so many pictures had been asked for a minute ago. Without a
    /// number: another terminal is in front.
    Look(Option<u64>),
}

/// Listens to signals. What happens to the window comes from [`in_window`](super::widget::in_window).
pub(super) fn events() -> Subscription<SystemEvent> {
    let reloads = Subscription::run(|| process::reload_signals().map(|()| SystemEvent::Reload));
    Subscription::batch([
        Subscription::run(signals),
        reloads,
        Subscription::run(visibility::looks).map(SystemEvent::Look),
    ])
}

/// The factor of the window that is open.
pub(super) fn factor() -> Task<SystemEvent> {
    let factor = window::latest().and_then(window::scale_factor);
    factor.map(SystemEvent::Factor)
}

/// How long the first picture may keep a service manager waiting.
const UNSEEN: Duration = Duration::from_secs(30);

/// Every picture that is drawn, or that there is none; to be listened to no longer than for the first.
pub(super) fn pictures() -> Subscription<SystemEvent> {
    let pictures = event::listen_raw(|event, _, _| match event {
        iced::Event::Window(window::Event::RedrawRequested(_)) => Some(SystemEvent::Drawn),
        _ => None,
    });
    let unseen = Subscription::run(|| {
        stream::once(async {
            tokio::time::sleep(UNSEEN).await;
            SystemEvent::Unseen
        })
    });
    Subscription::batch([pictures, unseen])
}

/// Every minute, when the clock shows another.
pub(super) fn minutes() -> Subscription<SystemEvent> {
    Subscription::run(|| {
        stream::unfold((), |()| async {
            let second = u64::try_from(jiff::ZonedDateTime::now().second()).unwrap_or(0);
            tokio::time::sleep(Duration::from_secs(60 - second.min(59))).await;
            Some((SystemEvent::Minute, ()))
        })
    })
}

/// The time of day as a wall clock shows it.
pub(super) fn time_of_day() -> String {
    i18n::time(jiff::ZonedDateTime::now().time())
}

/// The time of day of a moment, to the second.
pub(super) fn time_of(moment: SystemTime) -> String {
    let Ok(moment) = jiff::Timestamp::try_from(moment) else {
        return String::new();
    };
    let moment = moment.to_zoned_datetime(jiff::tz::TimeZone::system());
    format!(
        "{:02}:{:02}:{:02}",
        moment.hour(),
        moment.minute(),
        moment.second()
    )
}

/// The signals that ask a program to end, so that a refresh in flight can be written first.
fn signals() -> impl Stream<Item = SystemEvent> {
    stream::once(async {
        let signal = process::end_of_window().await;
        event_log::tell(Event::Stopping {
            why: signal.name().to_owned(),
        });
        gpu_fallback::shutdown_requested();
        SystemEvent::Terminate
    })
}
