//! The window of a kiosk: on one monitor, not closed by whoever comes by, and quiet in the log.

use std::process::Command;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use x11rb::connection::Connection;
use x11rb::protocol::randr::{ConnectionExt as _, MonitorInfo};
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt as _, EventMask, Window};
use x11rb::rust_connection::RustConnection;

use crate::compositor::Sway;
use crate::display::Display;
use crate::living_room::{House, Room, focus, log_file, start};
use crate::ui_log::UiLog;
use testing::process::wait_for;
use testing::process::{PATIENCE, Running};

const DOWN: u32 = 108;

fn connect(display: &Display) -> (RustConnection, Window) {
    let (connection, number) = RustConnection::connect(Some(display.name())).unwrap();
    let root = connection.setup().roots[number].root;
    (connection, root)
}

fn atom(connection: &RustConnection, name: &str) -> u32 {
    let asked = connection.intern_atom(false, name.as_bytes()).unwrap();
    asked.reply().unwrap().atom
}

/// Cuts the screen into monitors: left edge, width, and whether it is the primary one.
fn cut(display: &Display, monitors: &[(&str, i16, u16, bool)]) {
    let (connection, root) = connect(display);
    let resources = connection.randr_get_screen_resources(root).unwrap();
    let mut outputs = resources.reply().unwrap().outputs;
    for (name, x, width, primary) in monitors {
        let monitor = MonitorInfo {
            name: atom(&connection, name),
            primary: *primary,
            automatic: false,
            x: *x,
            y: 0,
            width: *width,
            height: 1080,
            width_in_millimeters: 500,
            height_in_millimeters: 300,
            // What belongs to no monitor is one by itself.
            outputs: std::mem::take(&mut outputs),
        };
        connection
            .randr_set_monitor(root, monitor)
            .unwrap()
            .check()
            .unwrap();
    }
}

/// The program's window, without a window manager.
fn window(connection: &RustConnection, root: Window) -> Option<Window> {
    let tree = connection.query_tree(root).unwrap().reply().unwrap();
    tree.children.into_iter().find(|child| {
        let asked = connection.get_window_attributes(*child).unwrap();
        asked
            .reply()
            .is_ok_and(|reply| u8::from(reply.map_state) == 2)
    })
}

/// What a window manager sends for Alt+F4 and for its close button (ICCCM 4.2.8.1).
fn close(display: &Display) {
    let (connection, root) = connect(display);
    let window = wait_for("a window", PATIENCE, || window(&connection, root));
    let (protocols, delete) = (
        atom(&connection, "WM_PROTOCOLS"),
        atom(&connection, "WM_DELETE_WINDOW"),
    );
    let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
    let sent = connection.send_event(false, window, EventMask::NO_EVENT, message);
    sent.unwrap().check().unwrap();
}

fn terminate(program: &Running) {
    let pid = Pid::from_raw(i32::try_from(program.child.id()).unwrap()).unwrap();
    kill_process(pid, Signal::TERM).unwrap();
}

#[test]
fn of_two_monitors_without_a_window_manager_the_primary_one_is_covered() {
    let house = House::new("[screen]\nclock = false\n");
    for (name, monitors, expected) in [
        (
            "right",
            [("left", 0, 1280, false), ("right", 1280, 640, true)],
            (1280, 640),
        ),
        (
            "left",
            [("left", 0, 1280, true), ("right", 1280, 640, false)],
            (0, 1280),
        ),
        (
            "unmarked",
            [("left", 0, 800, false), ("right", 800, 1120, false)],
            (0, 800),
        ),
    ] {
        let display = Display::start();
        cut(&display, &monitors);
        let name = format!("kiosk-monitors-{name}");
        let (_program, mut log) = start(&house, &name, |command| {
            let _ = command.env("DISPLAY", display.name());
        });
        let (left, width) = expected;
        let _ = log.expect(&format!("{name}: a window of {width}"), |line| {
            line["screen"] == "welcome" && line["size"] == json!([width, 1080])
        });
        let (connection, root) = connect(&display);
        wait_for(&format!("{name}: the window at {left}"), PATIENCE, || {
            let window = window(&connection, root)?;
            let place = connection.get_geometry(window).unwrap().reply().unwrap();
            ((i32::from(place.x), i32::from(place.width)) == (left, width)).then_some(())
        });
        // The other monitor shows what it showed before.
        let ground = |picture: &image::RgbImage, x: i32| *picture.get_pixel(x as u32, 40);
        let _ = display.picture(&name, |picture| {
            let other = if left == 0 { width + 40 } else { left - 40 };
            ground(picture, other).0 == [0; 3] && ground(picture, left + 40).0 != [0; 3]
        });
    }
}

#[test]
fn whoever_asks_for_the_window_to_be_closed_does_not_end_a_kiosk() {
    let house = House::new("");
    let display = Display::start();
    let (program, mut log) = start(&house, "kiosk-close", |command| {
        let _ = command.env("DISPLAY", display.name());
    });
    let first = log.expect_screen("welcome", "idle");
    display.wait_for_keyboard();
    close(&display);
    // The key comes after the wish.
    display.press("Down");
    let _ = log.expect_focus_to_leave(focus(&first));
    terminate(&program);
    assert_eq!(program.wait().code, Some(0));
}

#[test]
fn a_compositor_that_asks_for_the_window_to_be_closed_does_not_end_a_kiosk() {
    let house = House::new("");
    let mut room = Room::enter(&house, "kiosk-close-wayland", "");
    let first = room.log.expect_screen("welcome", "idle");
    room.sway.tell("kill");
    let _ = room.move_by(DOWN, focus(&first));
    terminate(&room.program);
    assert_eq!(room.program.wait().code, Some(0));
}

#[test]
fn a_window_on_a_desktop_is_closed_by_its_button() {
    let house = House::new("");
    let display = Display::start();
    let file = log_file("kiosk-windowed");
    let text = file.to_string_lossy();
    let kiosk = [
        "kiosk",
        "--renderer",
        "software",
        "--windowed",
        "640x360",
        "--ui-log",
        &text,
    ];
    let mut command = house.device.command(&kiosk);
    let _ = command.env("DISPLAY", display.name());
    let program = Running::start(command);
    let _ = UiLog::follow(&file).expect_screen("welcome", "idle");
    close(&display);
    assert_eq!(program.wait().code, Some(0));
}

/// What a start at this level writes to standard error, up to its end.
fn log_of_a_start(
    house: &House,
    level: &str,
    name: &str,
    invite: impl FnOnce(&mut Command),
) -> String {
    let file = log_file(name);
    let text = file.to_string_lossy();
    let kiosk = [
        "--log-level",
        level,
        "kiosk",
        "--renderer",
        "software",
        "--ui-log",
        &text,
    ];
    let mut command = house.device.command(&kiosk);
    invite(&mut command);
    let program = Running::start(command);
    let _ = UiLog::follow(&file).expect_screen("welcome", "idle");
    terminate(&program);
    program.wait().stderr
}

#[test]
fn a_start_with_nothing_wrong_warns_of_nothing_and_no_library_speaks() {
    let house = House::new("");
    let display = Display::start();
    let sway = Sway::start("");
    for level in ["warn", "info"] {
        let x11 = log_of_a_start(&house, level, "kiosk-log-x11", |command| {
            let _ = command.env("DISPLAY", display.name()).env("LANG", "xx_YY");
        });
        let wayland = log_of_a_start(&house, level, "kiosk-log-wayland", |command| {
            let _ = sway.invite(command).env_remove("LANG");
        });
        for line in x11.lines().chain(wayland.lines()) {
            let ours = line.contains(" INFO vestibule") || line.contains(" INFO device_flow");
            assert!(level == "info" && ours, "{level}: {line}");
        }
    }
    // Who looks for a fault hears them.
    let all = log_of_a_start(&house, "debug", "kiosk-log-debug", |command| {
        let _ = command.env("DISPLAY", display.name());
    });
    assert!(all.contains("XSETTINGS"), "{all}");
}
