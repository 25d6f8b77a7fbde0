//! Game controllers, where there are any and the program was built with them: A is OK, B is Back, the
//! D-pad and the left stick are the arrows.

use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use futures::channel::mpsc::{self, UnboundedReceiver, UnboundedSender};
use gilrs::{Axis, EventType, Gilrs};
use iced::{Subscription, window};

use super::gamepad_keys::{GamepadInput, GamepadKeys};
use super::remote::{Button, KeyState, Press, Remote};

/// Whether the window has lost the attention: a controller cannot tell.
#[derive(Debug, Clone, Default)]
pub(super) struct WindowFocus(Arc<AtomicBool>);

impl WindowFocus {
    /// Takes in what happens to the window.
    pub(super) fn follow(&self, event: &iced::Event) {
        match event {
            iced::Event::Window(window::Event::Focused) => self.0.store(false, Ordering::Relaxed),
            iced::Event::Window(window::Event::Unfocused) => self.0.store(true, Ordering::Relaxed),
            _ => {}
        }
    }
}

// It is shared state, not identity.
impl Hash for WindowFocus {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// Presses that count.
pub(super) fn presses(remote: &Remote, unattended: &WindowFocus) -> Subscription<Press> {
    Subscription::run_with(unattended.clone(), motions)
        .with(remote.clone())
        .filter_map(|(remote, (button, motion))| remote.take(button, motion, Instant::now()))
}

/// Reads controllers on a thread of its own: the library waits in the kernel.
fn motions(unattended: &WindowFocus) -> UnboundedReceiver<(Button, KeyState)> {
    let (sender, receiver) = mpsc::unbounded();
    let unattended = unattended.clone();
    let started =
        thread::Builder::new()
            .name("gamepads".to_owned())
            .spawn(move || match Gilrs::new() {
                Ok(library) => read(library, &unattended.0, &sender),
                // A box without controllers, or without the right to read them, is as good as any.
                Err(error) => tracing::info!(%error, "no gamepads"),
            });
    if let Err(error) = started {
        tracing::info!(%error, "no gamepads");
    }
    receiver
}

/// Until the subscription is dropped.
fn read(mut library: Gilrs, unattended: &AtomicBool, sender: &UnboundedSender<(Button, KeyState)>) {
    let mut pad = GamepadKeys::default();
    while !sender.is_closed() {
        let event = library.next_event_blocking(pad.due_in(Instant::now()));
        let stick = event.as_ref().map(|event| {
            let gamepad = library.gamepad(event.id);
            (
                gamepad.value(Axis::LeftStickX),
                gamepad.value(Axis::LeftStickY),
            )
        });
        let input = event.and_then(|event| input(event.event, stick.unwrap_or_default()));
        let now = Instant::now();
        let input = if unattended.load(Ordering::Relaxed) {
            Some(GamepadInput::Gone)
        } else {
            input
        };
        let motions = match input {
            Some(input) => pad.take(input, now),
            None => pad.repeat(now).into_iter().collect(),
        };
        for motion in motions {
            if sender.unbounded_send(motion).is_err() {
                return;
            }
        }
    }
}

fn input(event: EventType, (x, y): (f32, f32)) -> Option<GamepadInput> {
    Some(match event {
        EventType::ButtonPressed(button, _) => GamepadInput::Key(key(button)?, true),
        EventType::ButtonReleased(button, _) => GamepadInput::Key(key(button)?, false),
        EventType::AxisChanged(Axis::LeftStickX | Axis::LeftStickY, ..) => {
            GamepadInput::Stick(x, y)
        }
        EventType::Disconnected => GamepadInput::Gone,
        _ => return None,
    })
}

fn key(button: gilrs::Button) -> Option<Button> {
    Some(match button {
        gilrs::Button::South => Button::Select,
        gilrs::Button::East => Button::Back,
        gilrs::Button::DPadUp => Button::Up,
        gilrs::Button::DPadDown => Button::Down,
        gilrs::Button::DPadLeft => Button::Left,
        gilrs::Button::DPadRight => Button::Right,
        gilrs::Button::Start => Button::Menu,
        _ => return None,
    })
}
