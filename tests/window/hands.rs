//! Hands for a Wayland compositor: a keyboard that sends real Linux codes, as a remote does, and a mouse.
//!
//! Tools that type into Wayland make a keymap of their own and so send codes that no remote has. This
//! keyboard has the keymap of a real one (evdev, pc105, us), to which every compositor falls back.

use std::io::Write;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use wayland_client::globals::{GlobalListContents, registry_queue_init};
use wayland_client::protocol::{wl_pointer, wl_registry, wl_seat};
use wayland_client::{Connection, Dispatch, EventQueue, Proxy, QueueHandle};
use wayland_protocols_misc::zwp_virtual_keyboard_v1::client::{
    zwp_virtual_keyboard_manager_v1::ZwpVirtualKeyboardManagerV1 as KeyboardManager,
    zwp_virtual_keyboard_v1::ZwpVirtualKeyboardV1 as Keyboard,
};
use wayland_protocols_wlr::virtual_pointer::v1::client::{
    zwlr_virtual_pointer_manager_v1::ZwlrVirtualPointerManagerV1 as PointerManager,
    zwlr_virtual_pointer_v1::ZwlrVirtualPointerV1 as Mouse,
};

use crate::display::{AGAIN, THUMB};

/// The keymap of a layout; the compositor reads the parts from xkb-data.
fn keymap_of(layout: &str) -> String {
    format!(
        r#"xkb_keymap {{
    xkb_keycodes {{ include "evdev+aliases(qwerty)" }};
    xkb_types {{ include "complete" }};
    xkb_compat {{ include "complete" }};
    xkb_symbols {{ include "pc+{layout}+inet(evdev)" }};
}};"#
    )
}

/// `Mod2` of XKB, on which Num Lock is.
const NUM_LOCK: u32 = 1 << 4;
/// `XKB_V1`.
const KEYMAP_FORMAT: u32 = 1;
/// `BTN_LEFT`, linux/input-event-codes.h.
const LEFT: u32 = 0x110;
/// As long as a thumb presses.
const PRESS: Duration = Duration::from_millis(60);

/// A keyboard and a mouse at a compositor's seat.
pub(crate) struct Hands {
    queue: EventQueue<Nothing>,
    keyboard: Keyboard,
    mouse: Option<Mouse>,
    pointers: PointerManager,
    seat: wl_seat::WlSeat,
    start: Instant,
    last: Option<u32>,
}

impl Hands {
    /// Plugs a keyboard in at the compositor behind `socket`.
    pub(crate) fn at(socket: &Path) -> Self {
        Self::typing(socket, "us")
    }

    /// The same, with a keyboard of this layout.
    pub(crate) fn typing(socket: &Path, layout: &str) -> Self {
        let stream = UnixStream::connect(socket).unwrap();
        let connection = Connection::from_socket(stream).unwrap();
        let (globals, queue) = registry_queue_init::<Nothing>(&connection).unwrap();
        let handle = queue.handle();
        let seat: wl_seat::WlSeat = globals.bind(&handle, 1..=7, ()).unwrap();
        let keyboards: KeyboardManager = globals.bind(&handle, 1..=1, ()).unwrap();
        let pointers: PointerManager = globals.bind(&handle, 1..=2, ()).unwrap();
        let keyboard = keyboards.create_virtual_keyboard(&seat, &handle, ());
        let mut keymap = tempfile::tempfile().unwrap();
        let text = keymap_of(layout);
        keymap.write_all(text.as_bytes()).unwrap();
        keymap.write_all(&[0]).unwrap();
        let length = u32::try_from(text.len()).unwrap() + 1;
        keyboard.keymap(KEYMAP_FORMAT, keymap.as_fd(), length);
        let mut hands = Self {
            queue,
            keyboard,
            mouse: None,
            pointers,
            seat,
            start: Instant::now(),
            last: None,
        };
        hands.done();
        hands
    }

    /// Presses a key by its Linux code, for as long as a thumb does.
    pub(crate) fn press(&mut self, code: u32) {
        let again = self.last.replace(code) == Some(code);
        std::thread::sleep(if again { AGAIN } else { THUMB });
        self.hold(code, PRESS);
    }

    /// Holds a key down.
    pub(crate) fn hold(&mut self, code: u32, long: Duration) {
        self.key(code, true);
        std::thread::sleep(long);
        self.key(code, false);
    }

    /// Puts a key down or lets it go.
    pub(crate) fn key(&mut self, code: u32, down: bool) {
        self.keyboard.key(self.now(), code, u32::from(down));
        self.done();
    }

    /// Turns Num Lock on or off.
    pub(crate) fn lock_numbers(&mut self, on: bool) {
        let locked = if on { NUM_LOCK } else { 0 };
        self.keyboard.modifiers(0, 0, locked, 0);
        self.done();
    }

    /// Plugs a mouse in, which does not move yet.
    pub(crate) fn plug_mouse_in(&mut self) {
        let handle = self.queue.handle();
        let mouse = self
            .pointers
            .create_virtual_pointer(Some(&self.seat), &handle, ());
        self.mouse = Some(mouse);
        self.done();
    }

    /// Moves the mouse by so many pixels, in so many movements.
    pub(crate) fn move_mouse(&mut self, x: f64, y: f64, movements: u32) {
        let steps = f64::from(movements);
        for _ in 0..movements {
            let now = self.now();
            let mouse = self.mouse.as_ref().unwrap();
            mouse.motion(now, x / steps, y / steps);
            mouse.frame();
            self.done();
            std::thread::sleep(Duration::from_millis(8));
        }
    }

    /// Clicks where the mouse is.
    pub(crate) fn click(&mut self) {
        for state in [
            wl_pointer::ButtonState::Pressed,
            wl_pointer::ButtonState::Released,
        ] {
            let now = self.now();
            let mouse = self.mouse.as_ref().unwrap();
            mouse.button(now, LEFT, state);
            mouse.frame();
            self.done();
        }
    }

    /// Turns the wheel by one notch, towards the hand.
    pub(crate) fn roll(&mut self) {
        let now = self.now();
        let mouse = self.mouse.as_ref().unwrap();
        mouse.axis_source(wl_pointer::AxisSource::Wheel);
        mouse.axis_discrete(now, wl_pointer::Axis::VerticalScroll, 15.0, 1);
        mouse.frame();
        self.done();
    }

    fn now(&self) -> u32 {
        u32::try_from(self.start.elapsed().as_millis()).unwrap()
    }

    /// Waits until the compositor has taken it in.
    fn done(&mut self) {
        let _ = self.queue.roundtrip(&mut Nothing).unwrap();
    }
}

/// What hands hear: nothing that matters.
struct Nothing;

impl Dispatch<wl_registry::WlRegistry, GlobalListContents> for Nothing {
    fn event(
        _: &mut Self,
        _: &wl_registry::WlRegistry,
        _: wl_registry::Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

macro_rules! deaf_to {
    ($($interface:ty),*) => {$(
        impl Dispatch<$interface, ()> for Nothing {
            fn event(
                _: &mut Self,
                _: &$interface,
                _: <$interface as Proxy>::Event,
                _: &(),
                _: &Connection,
                _: &QueueHandle<Self>,
            ) {
            }
        }
    )*};
}

deaf_to!(
    wl_seat::WlSeat,
    KeyboardManager,
    Keyboard,
    PointerManager,
    Mouse
);
