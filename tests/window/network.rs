//! A box that comes up before its network: the screen is there at once, and the sign-in goes on by itself when the
//! network is.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::demo::free_port;
use crate::display::{Display, read_qr};
use crate::living_room::log_file;
use crate::ui_log::UiLog;
use testing::device::Device;
use testing::process::Running;

/// The longest time without a network before something is on the screen.
const FIRST_PICTURE: Duration = Duration::from_secs(3);
/// The longest time between the network's coming and the code.
const RECOVERY: Duration = Duration::from_secs(10);

/// A network of its own whose only link, to itself, is down at first.
struct Network {
    holder: Running,
}

impl Network {
    fn new() -> Self {
        let mut command = Command::new("unshare");
        let _ = command.args(["--map-root-user", "--net", "--", "sh", "-c"]);
        let _ = command.arg("echo there; exec sleep infinity");
        let mut holder = Running::start(command);
        assert_eq!(holder.line().as_deref(), Some("there"), "no namespace");
        Self { holder }
    }

    /// `command`, on this network.
    fn inside(&self, command: &Command) -> Command {
        let mut inside = Command::new("nsenter");
        let _ = inside
            .arg("--target")
            .arg(self.holder.child.id().to_string())
            .args(["--user", "--net", "--preserve-credentials", "--"])
            .arg(command.get_program())
            .args(command.get_args())
            .env_clear();
        for (name, value) in command.get_envs() {
            let _ = inside.env(name, value.unwrap_or_default());
        }
        inside
    }

    fn plug_in(&self) {
        let mut command = Command::new("ip");
        let _ = command.args(["link", "set", "lo", "up"]);
        let _ = command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        assert!(self.inside(&command).status().unwrap().success());
    }
}

#[test]
fn a_box_without_a_network_shows_its_screen_and_its_code_once_there_is_one() {
    let device = Device::new();
    let port = free_port().to_string();
    let config = device.config_dir().join("vestibule.toml");
    let config = config.to_string_lossy();
    let serve = ["demo", "--serve-only", "--port", &port, "--interval", "1"];
    let serve = [&serve[..], &["--write-config", &config]].concat();
    // Writes the configuration.
    let _ = Running::start(device.command(&serve)).json();

    let network = Network::new();
    let display = Display::start();
    let file = log_file("network");
    let name = file.to_string_lossy();
    let mut command = device.command(&["kiosk", "--renderer", "software", "--ui-log", &name]);
    let _ = command.env("DISPLAY", display.name());
    let start = Instant::now();
    let _program = Running::start(network.inside(&command));
    let mut log = UiLog::follow(&file);
    let _ = log.expect_screen("welcome", "idle");
    let took = start.elapsed();
    assert!(took <= FIRST_PICTURE, "{took:?} to the first picture");
    display.wait_for_keyboard();
    display.press("Return");
    let _ = log.expect_screen("sign_in", "request_failed");
    let _ = display.picture("network-none", |picture| read_qr(picture).is_none());

    network.plug_in();
    let mut server = Running::start(network.inside(&device.command(&serve)));
    let _ = server.json();
    let up = Instant::now();
    let _ = log.expect_screen("sign_in", "waiting");
    let took = up.elapsed();
    let _ = display.picture("network-there", |picture| read_qr(picture).is_some());
    assert!(took <= RECOVERY, "{took:?} to the code");
}
