//! A box in a living room: signed in or not, its program on a Wayland compositor, a remote in hand.

use std::path::PathBuf;

use serde_json::Value;

use crate::compositor::Sway;
use crate::display::{Display, pictures};
use crate::hands::Hands;
use crate::ui_log::UiLog;
use testing::device::Device;
use testing::phone::{self, Decision};
use testing::process::{PATIENCE, Running, wait_for};
use testing::proxy::Proxy;

/// A box that is configured, and its demo server where it is configured for one.
pub(crate) struct House {
    _server: Option<Running>,
    pub(crate) device: Device,
}

impl House {
    /// Nobody is signed in. The keys in `more` go into the configuration.
    pub(crate) fn new(more: &str) -> Self {
        let device = Device::new();
        let file = device.config_dir().join("vestibule.toml");
        let name = file.to_string_lossy();
        let demo = ["demo", "--serve-only", "--port", "0", "--interval", "1"];
        let mut server =
            Running::start(device.command(&[&demo[..], &["--write-config", &name]].concat()));
        let _ = server.json();
        let written = std::fs::read_to_string(&file).unwrap();
        device.configure(&merged(&written, more));
        Self {
            _server: Some(server),
            device,
        }
    }

    /// A box that is configured for another server.
    pub(crate) fn of(device: Device) -> Self {
        Self {
            _server: None,
            device,
        }
    }

    /// Somebody has signed in before.
    pub(crate) fn signed_in(more: &str) -> Self {
        let house = Self::new(more);
        let mut sign_in = Running::start(house.device.command(&["sign-in", "--json"]));
        let code = sign_in.json();
        let address = code["verification_uri_complete"].as_str().unwrap();
        let _ = phone::answer(address, Decision::Allow);
        assert_eq!(sign_in.wait().code, Some(0));
        house
    }
}

/// The program on sway.
pub(crate) struct Room {
    // Before the compositor: the window ends first.
    pub(crate) program: Running,
    pub(crate) sway: Sway,
    pub(crate) hands: Hands,
    pub(crate) log: UiLog,
}

impl Room {
    /// Starts the program; `name` is the log's, `more` goes into sway's configuration.
    pub(crate) fn enter(house: &House, name: &str, more: &str) -> Self {
        Self::enter_at(Sway::start(more), house, name)
    }

    /// Starts the program on this compositor.
    pub(crate) fn enter_at(sway: Sway, house: &House, name: &str) -> Self {
        // Before the window: it finds a keyboard when it opens.
        let hands = Hands::at(&sway.socket());
        let (program, log) = start(house, name, |command| {
            let _ = sway.invite(command);
        });
        sway.wait_for_keyboard();
        Self {
            program,
            sway,
            hands,
            log,
        }
    }

    /// Waits for home with cards; returns the line of the log.
    pub(crate) fn home(&mut self) -> Value {
        self.log.expect("cards on the home screen", |line| {
            line["screen"] == "home" && focus(line).starts_with("card.")
        })
    }

    /// Presses a key and waits until something else has the focus.
    pub(crate) fn move_by(&mut self, code: u32, from: &str) -> String {
        self.hands.press(code);
        self.log.expect_focus_to_leave(from)
    }
}

/// Starts the program with a log, at the display that `invite` names.
pub(crate) fn start(
    house: &House,
    name: &str,
    invite: impl FnOnce(&mut std::process::Command),
) -> (Running, UiLog) {
    let file = log_file(name);
    let text = file.to_string_lossy();
    let mut command = house
        .device
        .command(&["kiosk", "--renderer", "software", "--ui-log", &text]);
    invite(&mut command);
    (Running::start(command), UiLog::follow(&file))
}

/// Presses OK on the welcome screen and waits for the code that comes through the proxy; what the server said of it.
pub(crate) fn ask_for_code(display: &Display, log: &mut UiLog, proxy: &Proxy) -> Value {
    let before = proxy.exchanges().len();
    display.press("Return");
    let _ = log.expect_screen("sign_in", "waiting");
    wait_for("a code on its way", PATIENCE, || {
        let exchanges = proxy.exchanges().into_iter().skip(before);
        let mut replies = exchanges.filter_map(|exchange| Some(exchange.served?.json()));
        replies.find(|body| body["user_code"].is_string())
    })
}

/// The same, and a person who allows it on a phone.
pub(crate) fn sign_in(display: &Display, log: &mut UiLog, proxy: &Proxy) -> Value {
    let code = ask_for_code(display, log, proxy);
    let address = code["verification_uri_complete"].as_str().unwrap();
    let _ = phone::answer(address, Decision::Allow);
    code
}

/// A configuration with further keys.
fn merged(written: &str, more: &str) -> String {
    fn merge(into: &mut toml::Table, more: toml::Table) {
        for (key, value) in more {
            match (into.get_mut(&key), value) {
                (Some(toml::Value::Table(into)), toml::Value::Table(more)) => merge(into, more),
                (Some(toml::Value::Array(into)), toml::Value::Array(more)) => into.extend(more),
                (_, value) => {
                    let _ = into.insert(key, value);
                }
            }
        }
    }
    let mut all: toml::Table = toml::from_str(written).unwrap();
    merge(&mut all, toml::from_str(more).unwrap());
    toml::to_string(&all).unwrap()
}

/// A fresh log's place.
pub(crate) fn log_file(name: &str) -> PathBuf {
    let file = pictures().join(format!("{name}.jsonl"));
    let _ = std::fs::remove_file(&file);
    file
}

/// Id of what has the focus in a line of the log.
pub(crate) fn focus(line: &Value) -> &str {
    line["focus"].as_str().unwrap_or_default()
}
