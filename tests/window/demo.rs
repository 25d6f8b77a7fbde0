//! The demo in its window: code, phone, home, power cut, home again.

use std::net::TcpListener;
use std::path::PathBuf;

use image::RgbImage;
use serde_json::Value;

use crate::browser;
use crate::display::{Display, is_drawn, pictures, read_qr};
use crate::ui_log::UiLog;
use testing::device::Device;
use testing::process::Running;

/// The program in its window. Dropping it is a power cut.
pub(crate) struct App {
    // Before the display: the window ends first.
    _process: Running,
    pub(crate) display: Display,
    /// What it says about its screen.
    pub(crate) log: UiLog,
}

impl App {
    /// Starts `command` on a display of its own; `name` is the log's.
    pub(crate) fn start(device: &Device, command: &[&str], name: &str) -> Self {
        let display = Display::start();
        let file: PathBuf = pictures().join(format!("{name}.jsonl"));
        let _ = std::fs::remove_file(&file);
        let file_name = file.to_string_lossy();
        let options = ["--renderer", "software", "--ui-log", &file_name];
        let mut command = device.command(&[command, &options].concat());
        let _ = command.env("DISPLAY", display.name());
        let process = Running::start(command);
        let mut log = UiLog::follow(&file);
        let first = log.expect("a first screen", |line| line["screen"].is_string());
        assert_eq!(first["size"], serde_json::json!([1920, 1080]), "{first}");
        display.wait_for_keyboard();
        Self {
            _process: process,
            display,
            log: UiLog::follow(&file),
        }
    }

    /// Presses a key of the remote.
    pub(crate) fn press(&self, key: &str) {
        self.display.press(key);
    }

    /// Whether this screen has been shown.
    pub(crate) fn was_on(&self, screen: &str) -> bool {
        let screen = format!(r#""screen":"{screen}""#);
        self.log.lines().iter().any(|line| line.contains(&screen))
    }
}

/// Waits for a code on the screen and reads its QR, as a phone's camera does.
pub(crate) fn scan(app: &mut App, name: &str) -> String {
    let _ = app.log.expect_screen("sign_in", "waiting");
    let picture = app
        .display
        .picture(name, |picture| read_qr(picture).is_some());
    read_qr(&picture).unwrap()
}

/// Waits for cards on the home screen and walks them with the arrows; returns what is on the screen then.
pub(crate) fn walk_cards(app: &mut App) -> Value {
    let home = app.log.expect("cards on the home screen", |line| {
        line["screen"] == "home"
            && line["state"] == "ready"
            && line["focus"]
                .as_str()
                .is_some_and(|focus| focus.starts_with("card."))
    });
    let first = home["focus"].as_str().unwrap();
    app.press("Right");
    let second = app.log.expect_focus_to_leave(first);
    app.press("Left");
    let back = app.log.expect_focus_to_leave(&second);
    assert_eq!(back, first);
    home
}

/// Places of the cards that are wholly on the screen.
fn cards(home: &Value) -> Vec<[u32; 4]> {
    let rects = home["rects"].as_object().unwrap().iter();
    let cards: Vec<_> = rects
        .filter(|(id, _)| id.starts_with("card."))
        .map(|(_, rect)| serde_json::from_value::<[u32; 4]>(rect.clone()).unwrap())
        .filter(|[x, y, width, height]| x + width <= 1920 && y + height <= 1080)
        .collect();
    assert!(cards.len() > 3, "{home}");
    cards
}

pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

#[test]
fn code_phone_home_power_cut_home() {
    let device = Device::new();
    // The same port after the power cut: an account belongs to its issuer.
    let port = free_port().to_string();
    let demo = ["demo", "--port", &port, "--interval", "1"];
    let mut app = App::start(&device, &demo, "demo-1");
    let _ = app.log.expect_screen("welcome", "idle");
    app.press("Return");
    let url = scan(&mut app, "demo-code");
    let pages = browser::answer(&url, "allow", &["--no-javascript"]);
    let (_, code) = url.split_once("user_code=").unwrap();
    assert!(pages[0]["text"].as_str().unwrap().contains(code), "{code}");
    for page in &pages {
        assert_eq!(page["overflow"], 0, "wider than a phone: {page}");
    }
    let cards = cards(&walk_cards(&mut app));
    let has_artwork = |picture: &RgbImage| cards.iter().all(|card| is_drawn(picture, *card));
    let _ = app.display.picture("demo-home", has_artwork);
    app.press("Up");
    let account = app
        .log
        .expect("the account button", |line| line["focus"] == "account");
    assert_eq!(account["screen"], "home");
    app.press("Return");
    let _ = app
        .log
        .expect("the account screen", |line| line["screen"] == "account");
    let _ = app
        .display
        .picture("demo-account", |picture| !has_artwork(picture));
    app.press("Escape");
    let _ = app
        .log
        .expect("home again", |line| line["screen"] == "home");
    drop(app);

    let mut app = App::start(&device, &demo, "demo-2");
    let _ = walk_cards(&mut app);
    let _ = app.display.picture("demo-home-again", has_artwork);
    assert!(!app.was_on("sign_in") && !app.was_on("welcome"));
}

#[test]
fn a_refusal_on_the_phone_and_a_new_code() {
    let device = Device::new();
    let demo = ["demo", "--port", "0", "--interval", "1"];
    let mut app = App::start(&device, &demo, "demo-declined");
    let _ = app.log.expect_screen("welcome", "idle");
    app.press("Return");
    let url = scan(&mut app, "demo-code-to-decline");
    let _ = browser::answer(&url, "decline", &[]);
    let _ = app.log.expect_screen("sign_in", "denied");
    let _ = app
        .display
        .picture("demo-declined", |picture| read_qr(picture).is_none());
    app.press("Return");
    assert_ne!(scan(&mut app, "demo-code-after-decline"), url);
}
