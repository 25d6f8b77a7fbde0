//! Under a service manager: it hears when the screen is up and alive, and a lost display ends the program.

use std::os::unix::net::UnixDatagram;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::compositor::Sway;
use crate::display::Display;
use crate::living_room::{House, Room, start};
use testing::process::wait_for;
use testing::process::{PATIENCE, Running};

/// How often the screen must give a sign of life, at least.
const LIMIT: Duration = Duration::from_secs(1);

/// A service manager's ear.
struct Manager {
    socket: UnixDatagram,
    folder: TempDir,
}

impl Manager {
    fn listen() -> Self {
        let folder = TempDir::new().unwrap();
        let socket = UnixDatagram::bind(folder.path().join("notify")).unwrap();
        Self { socket, folder }
    }

    /// The next thing it is told; none within `limit`.
    fn hear(&self, limit: Duration) -> Option<String> {
        self.socket.set_read_timeout(Some(limit)).unwrap();
        let mut told = [0; 256];
        let length = self.socket.recv(&mut told).ok()?;
        Some(
            String::from_utf8(told[..length].to_vec())
                .unwrap()
                .trim()
                .to_owned(),
        )
    }

    /// Passes over what is already there.
    fn forget(&self) {
        while self.hear(Duration::from_millis(1)).is_some() {}
    }
}

fn send(program: &Running, signal: Signal) {
    let pid = Pid::from_child(&program.child);
    kill_process(pid, signal).unwrap();
}

#[test]
fn a_service_manager_hears_of_the_first_picture_of_life_and_of_the_end() {
    let house = House::new("");
    let manager = Manager::listen();
    let display = Display::start();
    let (program, mut log) = start(&house, "service", |command| {
        let _ = command
            .env("DISPLAY", display.name())
            .env("NOTIFY_SOCKET", manager.folder.path().join("notify"))
            .env("WATCHDOG_USEC", LIMIT.as_micros().to_string())
            // The compositor's, which the service manager started.
            .env("WATCHDOG_PID", "1");
    });
    assert_eq!(manager.hear(PATIENCE).as_deref(), Some("READY=1"));
    let _ = log.expect_screen("welcome", "idle");
    for _ in 0..4 {
        assert_eq!(manager.hear(LIMIT).as_deref(), Some("WATCHDOG=1"));
    }
    // Signs of life change nothing on the screen.
    let lines = log.lines().len();

    send(&program, Signal::STOP);
    wait_for("the program to stop", PATIENCE, || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", program.child.id())).unwrap();
        stat.contains(") T ").then_some(())
    });
    manager.forget();
    assert_eq!(manager.hear(LIMIT * 3), None, "a stopped program");
    send(&program, Signal::CONT);
    assert_eq!(manager.hear(PATIENCE).as_deref(), Some("WATCHDOG=1"));
    assert_eq!(log.lines().len(), lines);

    send(&program, Signal::TERM);
    let stopping = wait_for("its end", PATIENCE, || {
        manager.hear(LIMIT).filter(|told| told != "WATCHDOG=1")
    });
    assert_eq!(stopping, "STOPPING=1");
    assert_eq!(program.wait().code, Some(0));
}

#[test]
fn a_screen_that_hangs_gives_no_sign_of_life() {
    let house = House::new("");
    let manager = Manager::listen();
    let display = Display::start();
    let (program, mut log) = start(&house, "service-hung", |command| {
        let _ = command
            .env("DISPLAY", display.name())
            .env("NOTIFY_SOCKET", manager.folder.path().join("notify"))
            .env("WATCHDOG_USEC", LIMIT.as_micros().to_string());
    });
    let _ = log.expect_screen("welcome", "idle");
    display.wait_for_keyboard();
    assert_eq!(manager.hear(PATIENCE).as_deref(), Some("READY=1"));
    assert_eq!(manager.hear(LIMIT).as_deref(), Some("WATCHDOG=1"));
    // The display server hangs: the next picture waits for it. The program's other threads run on.
    display.press("Return");
    send(display.server(), Signal::STOP);
    wait_for("no sign of life", PATIENCE, || {
        manager.hear(LIMIT * 2).is_none().then_some(())
    });
    let waiting = std::fs::read_dir(format!("/proc/{}/task", program.child.id()));
    assert!(waiting.unwrap().count() > 2);
    // Whoever reads the log later knows why it was ended, had it been.
    let said = |name: &str| {
        wait_for(name, PATIENCE, || {
            program.stderr().contains(name).then_some(())
        });
    };
    said("ERROR vestibule: screen_frozen for_s=");
    send(display.server(), Signal::CONT);
    assert_eq!(manager.hear(PATIENCE).as_deref(), Some("WATCHDOG=1"));
    said("INFO vestibule: screen_thawed after_s=");
}

/// A compositor is asked every 5 seconds, and 12 seconds are its longest answer. The rest is for a busy machine.
const UNANSWERED: Duration = Duration::from_secs(5 + 12 + 8);

#[test]
fn a_compositor_that_hangs_takes_the_signs_of_life_along_and_one_whose_output_is_off_does_not() {
    let house = House::new("");
    let manager = Manager::listen();
    let sway = Sway::start("");
    let (program, mut log) = start(&house, "service-compositor-hung", |command| {
        let _ = sway
            .invite(command)
            .env("NOTIFY_SOCKET", manager.folder.path().join("notify"))
            .env("WATCHDOG_USEC", LIMIT.as_micros().to_string());
    });
    let _ = log.expect_screen("welcome", "idle");
    assert_eq!(manager.hear(PATIENCE).as_deref(), Some("READY=1"));

    // Nobody asks for pictures any more, and that is no reason to end it.
    sway.tell("output HEADLESS-1 dpms off");
    let dark = Instant::now();
    while dark.elapsed() < UNANSWERED {
        let told = manager.hear(LIMIT * 5);
        assert_eq!(told.as_deref(), Some("WATCHDOG=1"), "{:?}", dark.elapsed());
    }
    assert!(!program.stderr().contains("screen_frozen"));

    hang(&sway.server, &program, &manager);
}

#[test]
fn an_x_server_that_hangs_takes_the_signs_of_life_along_while_nothing_is_drawn() {
    let house = House::new("[screen]\nclock = false\n");
    let manager = Manager::listen();
    let display = Display::start();
    let (program, mut log) = start(&house, "service-x-hung", |command| {
        let _ = command
            .env("DISPLAY", display.name())
            .env("NOTIFY_SOCKET", manager.folder.path().join("notify"))
            .env("WATCHDOG_USEC", LIMIT.as_micros().to_string());
    });
    let _ = log.expect_screen("welcome", "idle");
    assert_eq!(manager.hear(PATIENCE).as_deref(), Some("READY=1"));
    hang(display.server(), &program, &manager);
}

/// What hears of a display server that is stopped for a while.
fn hang(server: &Running, program: &Running, manager: &Manager) {
    send(server, Signal::STOP);
    wait_for("no sign of life", UNANSWERED + LIMIT * 5, || {
        manager.hear(LIMIT * 5).is_none().then_some(())
    });
    let said = |name: &str| {
        wait_for(name, PATIENCE, || {
            program.stderr().contains(name).then_some(())
        });
    };
    said("ERROR vestibule: screen_frozen for_s=");
    send(server, Signal::CONT);
    assert_eq!(manager.hear(PATIENCE).as_deref(), Some("WATCHDOG=1"));
    said("INFO vestibule: screen_thawed after_s=");
}

#[test]
fn a_compositor_that_dies_ends_the_program_with_a_failure_at_once() {
    let house = House::new("");
    let mut room = Room::enter(&house, "service-compositor", "");
    let _ = room.log.expect_screen("welcome", "idle");
    let Room { program, sway, .. } = room;
    let killed = Instant::now();
    send(&sway.server, Signal::KILL);
    let ended = program.wait();
    assert!(killed.elapsed() < Duration::from_secs(2), "{ended:?}");
    assert!(ended.code.is_some_and(|code| code != 0), "{ended:?}");
    assert!(ended.stderr.contains("display server"), "{ended:?}");
}
