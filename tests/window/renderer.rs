//! A GPU that is none, or that fails: the CPU draws, in the same process where that can be, and the next start knows.
//!
//! The GPU is Mesa's CPU rasteriser, under another name where it is to be taken for one (`tests/machine/driver.c`);
//! its render node is a file in a `/dev` of the program's own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::display::{Display, is_drawn};
use crate::living_room::log_file;
use crate::ui_log::UiLog;
use testing::device::Device;
use testing::process::wait_for;
use testing::process::{PATIENCE, Running};

/// A `/dev` with nothing of graphics in it but what `$0` makes there.
const DEVICES: &str = r#"
dev=$(mktemp -d); mount -t tmpfs none "$dev"; mkdir "$dev/dri" "$dev/shm"
for node in null zero full random urandom tty; do : >"$dev/$node"; mount --bind "/dev/$node" "$dev/$node"; done
ln -s /proc/self/fd "$dev/fd"
cd "$dev/dri"; eval "$0"; cd /
mount --rbind "$dev" /dev; exec "$@""#;

const NO_NODE: &str = ": >card0";
/// Root may open whatever has a wrong mode, but nobody opens a folder to write into it.
const CLOSED: &str = "mkdir renderD128";
const NODE: &str = ": >renderD128";

/// A box with a graphics card.
struct Room {
    device: Device,
    display: Display,
    driver: TempDir,
}

impl Room {
    fn new() -> Self {
        let driver = TempDir::new().unwrap();
        let build = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/machine/driver");
        let built = Command::new(build).arg(driver.path()).status().unwrap();
        assert!(built.success(), "the driver");
        Self {
            device: Device::new(),
            display: Display::start(),
            driver,
        }
    }

    /// Starts the program with these nodes. `how` is what the driver does under the name of a GPU.
    fn start(
        &self,
        name: &str,
        renderer: &str,
        nodes: &str,
        how: Option<&str>,
    ) -> (Running, UiLog) {
        let file = log_file(&format!("renderer-{name}"));
        let text = file.to_string_lossy();
        let program = self
            .device
            .command(&["kiosk", "--renderer", renderer, "--ui-log", &text]);
        let mut command = Command::new("unshare");
        let _ = command
            .args(["--map-root-user", "--mount", "sh", "-euc", DEVICES, nodes])
            .arg(program.get_program())
            .args(program.get_args())
            .env_clear();
        for (name, value) in program.get_envs() {
            let _ = command.env(name, value.unwrap_or_default());
        }
        let _ = command.env("DISPLAY", self.display.name());
        if let Some(how) = how {
            let _ = command
                .env("LD_LIBRARY_PATH", self.driver.path())
                .env("DRIVER", how);
        }
        (Running::start(command), UiLog::follow(&file))
    }

    /// Waits until the first screen is there, in pixels.
    fn first_screen(&self, log: &mut UiLog, name: &str) {
        let _ = log.expect_screen("set_up", "demo_offered");
        let name = format!("renderer-{name}");
        let _ = self.display.picture(&name, |picture| {
            is_drawn(picture, [96, 96, 900, 700]) || has_text(picture)
        });
    }

    fn note(&self) -> PathBuf {
        self.device.home().join("cache/vestibule/renderer.json")
    }

    /// What is remembered of the GPU.
    fn remembered(&self) -> Option<Value> {
        serde_json::from_slice(&fs::read(self.note()).ok()?).ok()
    }

    fn stage(&self) -> Option<String> {
        Some(self.remembered()?["stage"].as_str()?.to_owned())
    }
}

/// Whether there is something on the ground.
fn has_text(picture: &image::RgbImage) -> bool {
    let ground = picture.get_pixel(2, 2);
    picture.pixels().filter(|pixel| *pixel != ground).count() > 5000
}

/// Waits until the program says this on standard error.
fn told(program: &Running, words: &str) {
    wait_for(words, PATIENCE, || {
        program.stderr().contains(words).then_some(())
    });
}

fn end(program: Running) -> String {
    let pid = rustix::process::Pid::from_child(&program.child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let ended = program.wait();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    ended.stderr
}

/// The CPU draws from the start, and nothing was tried.
fn draws_with_the_cpu(room: &Room, name: &str, nodes: &str, how: Option<&str>, why: &str) {
    let (program, mut log) = room.start(name, "auto", nodes, how);
    room.first_screen(&mut log, name);
    let said = end(program);
    assert!(
        said.contains("the CPU draws") && said.contains(why),
        "{said}"
    );
    assert!(!said.contains("a GPU is tried"), "{said}");
}

#[test]
fn without_a_node_that_opens_the_cpu_draws_and_nothing_is_tried() {
    let room = Room::new();
    draws_with_the_cpu(&room, "none", NO_NODE, None, "this machine has no GPU");
    draws_with_the_cpu(&room, "closed", CLOSED, None, "/dev/dri/renderD128: ");
    assert_eq!(room.remembered(), None);
}

#[test]
fn a_rasteriser_behind_a_node_is_no_gpu() {
    let room = Room::new();
    let (program, mut log) = room.start("rasteriser", "auto", NODE, None);
    told(&program, "the GPU is left for the CPU");
    room.first_screen(&mut log, "rasteriser");
    let said = end(program);
    assert!(said.contains("llvmpipe"), "{said}");
    // An end that was asked for does not take the memory away.
    assert_eq!(room.stage().as_deref(), Some("failed"));
    draws_with_the_cpu(&room, "rasteriser-again", NODE, None, "llvmpipe");
}

#[test]
fn a_driver_that_refuses_a_picture_is_left_in_the_same_process() {
    for (name, how) in [("first", "refuse:1"), ("second", "refuse:2")] {
        let room = Room::new();
        let (program, mut log) = room.start(name, "auto", NODE, Some(how));
        let _ = log.expect_screen("set_up", "demo_offered");
        if name == "second" {
            room.display.wait_for_keyboard();
            room.display.press("Down");
        }
        told(&program, "the GPU is left for the CPU");
        room.first_screen(&mut log, name);
        let said = end(program);
        assert!(said.contains("swap_buffers failed"), "{said}");
        assert_eq!(room.stage().as_deref(), Some("failed"));
        draws_with_the_cpu(&room, name, NODE, Some(how), "swap_buffers failed");
    }
}

#[test]
fn a_driver_that_kills_the_process_is_not_tried_again() {
    let room = Room::new();
    let (program, mut log) = room.start("crash", "auto", NODE, Some("crash:2"));
    let _ = log.expect_screen("set_up", "demo_offered");
    room.display.wait_for_keyboard();
    // The key that asks for the second picture; the program may be gone before xdotool has let it go.
    let _ = Command::new("xdotool")
        .args(["key", "Down"])
        .env("DISPLAY", room.display.name())
        .status()
        .unwrap();
    let ended = program.wait();
    assert_eq!(ended.code, None, "{ended:?}");
    assert_eq!(room.stage().as_deref(), Some("trying"));
    let why = "before it had drawn for a while";
    draws_with_the_cpu(&room, "crash-again", NODE, Some("crash:2"), why);
}

#[test]
fn a_driver_that_hangs_is_left_in_the_same_process() {
    let room = Room::new();
    let (program, mut log) = room.start("hang", "auto", NODE, Some("hang:1"));
    told(&program, "the GPU is left for the CPU");
    room.first_screen(&mut log, "hang");
    let said = end(program);
    assert!(said.contains("no picture in time"), "{said}");
}

#[test]
fn a_gpu_that_draws_goes_on_drawing() {
    let room = Room::new();
    let (program, mut log) = room.start("good", "auto", NODE, Some("draw"));
    room.first_screen(&mut log, "good");
    assert_eq!(room.stage().as_deref(), Some("trying"));
    wait_for("the GPU to be believed", PATIENCE, || {
        (room.stage().as_deref() == Some("drawing")).then_some(())
    });
    let said = end(program);
    assert!(!said.contains("left"), "{said}");
    // The end was asked for: nothing speaks against the GPU.
    assert_eq!(room.remembered(), None);
}

#[test]
fn a_gpu_that_is_demanded_is_named_where_it_fails() {
    let room = Room::new();
    let mut command = room.device.command(&["kiosk", "--renderer", "gpu"]);
    // No driver of this system's kind.
    let _ = command
        .env("DISPLAY", room.display.name())
        .env("WGPU_BACKEND", "metal");
    let ended = Running::start(command).wait();
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(
        ended.stderr.contains("the GPU renderer failed"),
        "{ended:?}"
    );
    assert!(
        !ended.stderr.contains("the display cannot be used"),
        "{ended:?}"
    );
    assert_eq!(room.remembered(), None);
}
