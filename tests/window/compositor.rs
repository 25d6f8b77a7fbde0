//! A Wayland compositor without a screen: its output can be changed, and looked at.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

use image::RgbImage;
use serde_json::Value;
use tempfile::TempDir;

use crate::display::pictures;
use testing::process::wait_for;
use testing::process::{PATIENCE, Running};

/// `nobody`: sway refuses to be root, which the tests are on a build machine.
const NOBODY: u32 = 65_534;

/// sway, with one output of 1920x1080.
pub(crate) struct Sway {
    folder: TempDir,
    pub(crate) server: Running,
}

impl Sway {
    /// Starts it. `more` goes into its configuration.
    pub(crate) fn start(more: &str) -> Self {
        Self::start_with(
            &format!("output HEADLESS-1 resolution 1920x1080\n{more}\n"),
            |_| {},
        )
    }

    /// Starts one whose output is a window of this one: it can be unplugged, which one of its own cannot.
    pub(crate) fn within(&self) -> Self {
        Self::start_with("", |command| {
            let _ = command
                .env("WLR_BACKENDS", "wayland")
                .env("WAYLAND_DISPLAY", self.socket());
        })
    }

    fn start_with(config: &str, change: impl FnOnce(&mut Command)) -> Self {
        let folder = runtime_folder();
        let file = folder.path().join("config");
        let text = format!("xwayland disable\ndefault_border none\n{config}");
        fs::write(&file, text).unwrap();
        let mut command = as_somebody("sway");
        let _ = command
            .arg("--config")
            .arg(&file)
            .envs(headless(folder.path()))
            .env("SWAYSOCK", folder.path().join("sway.sock"));
        change(&mut command);
        let server = Running::start(command);
        let sway = Self { folder, server };
        wait_for("sway's output", PATIENCE, || {
            let outputs = sway.ask("get_outputs")?;
            (outputs[0]["current_mode"]["width"] == 1920 && sway.socket().exists()).then_some(())
        });
        sway
    }

    /// Its Wayland socket.
    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.path().join("wayland-1")
    }

    /// Points a program at it.
    pub(crate) fn invite<'a>(&self, guest: &'a mut Command) -> &'a mut Command {
        guest
            .env("WAYLAND_DISPLAY", self.socket())
            .env("XDG_RUNTIME_DIR", self.folder.path())
    }

    /// Does a command of sway(5).
    pub(crate) fn tell(&self, command: &str) {
        let done = self.swaymsg().arg("--").args(command.split(' ')).output();
        let done = done.unwrap();
        assert!(done.status.success(), "{command}: {done:?}");
    }

    /// What sway knows: `get_outputs`, `get_tree`.
    pub(crate) fn ask(&self, what: &str) -> Option<Value> {
        let answer = self.swaymsg().args(["-r", "-t", what]).output().unwrap();
        serde_json::from_slice(&answer.stdout).ok()
    }

    fn swaymsg(&self) -> Command {
        let mut command = Command::new("swaymsg");
        let _ = command.arg("-s").arg(self.folder.path().join("sway.sock"));
        command
    }

    /// Waits until the program's window has the keyboard.
    pub(crate) fn wait_for_keyboard(&self) {
        wait_for("a window with the keyboard", PATIENCE, || {
            has_the_keyboard(&self.ask("get_tree")?).then_some(())
        });
    }

    /// What is on the output, with the pointer if one is to be seen.
    pub(crate) fn grab(&self) -> RgbImage {
        grab(&self.socket(), self.folder.path())
    }

    /// What is on the output once `shows` says so; kept as `target/e2e/NAME.png`.
    pub(crate) fn picture(&self, name: &str, shows: impl Fn(&RgbImage) -> bool) -> RgbImage {
        let picture = wait_for(&format!("the picture {name}"), PATIENCE, || {
            Some(self.grab()).filter(&shows)
        });
        picture
            .save(pictures().join(format!("{name}.png")))
            .unwrap();
        picture
    }
}

/// Whether the program's window is the one in focus, somewhere below `node` of sway's tree.
fn has_the_keyboard(node: &Value) -> bool {
    let below = ["nodes", "floating_nodes"].into_iter();
    (node["focused"] == true && node["app_id"] == "vestibule")
        || below
            .filter_map(|list| node[list].as_array())
            .flatten()
            .any(has_the_keyboard)
}

/// The program in cage, the compositor for one program, on a box that nobody has set up. Its log of the
/// screen is `ui.jsonl` in the folder.
pub(crate) fn in_cage() -> (Running, TempDir) {
    let folder = runtime_folder();
    // cage refuses to be root, and nobody may not be able to read where the program was built.
    let program = folder.path().join("vestibule");
    let _ = fs::copy(env!("CARGO_BIN_EXE_vestibule"), &program).unwrap();
    let mut command = as_somebody("cage");
    // Upside down: cage hands an upright window's own buffer to the output, and a picture taken of such an
    // output is black once nothing moves. A turned one is composed by cage itself.
    let _ = command
        .args(["-r", "-r", "--"])
        .arg(&program)
        .args(["kiosk", "--renderer", "software", "--ui-log"])
        .arg(folder.path().join("ui.jsonl"))
        .env("HOME", folder.path())
        .env_remove("XDG_CONFIG_HOME")
        .envs(headless(folder.path()));
    (Running::start(command), folder)
}

/// What the output behind `socket` shows, with the pointer if one is to be seen.
pub(crate) fn grab(socket: &Path, runtime: &Path) -> RgbImage {
    let taken = Command::new("grim")
        .args(["-c", "-l", "0", "-"])
        .env("WAYLAND_DISPLAY", socket)
        .env("XDG_RUNTIME_DIR", runtime)
        .output()
        .unwrap();
    assert!(taken.status.success(), "{taken:?}");
    image::load_from_memory(&taken.stdout).unwrap().to_rgb8()
}

/// A runtime folder for somebody who is not root.
fn runtime_folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    if is_root() {
        chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    folder
}

/// A program, run by nobody where the tests are run by root.
fn as_somebody(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    let _ = command
        .args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"])
        .arg(program);
    command
}

fn is_root() -> bool {
    rustix::process::getuid().is_root()
}

fn headless(runtime: &Path) -> [(&'static str, std::ffi::OsString); 4] {
    [
        ("XDG_RUNTIME_DIR", runtime.into()),
        ("WLR_BACKENDS", "headless".into()),
        ("WLR_RENDERER", "pixman".into()),
        ("WLR_LIBINPUT_NO_DEVICES", "1".into()),
    ]
}
