//! Whoever another process signs out leaves the screen, and the next guest finds nothing of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use image::RgbImage;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::browser;
use crate::display::{Display, pictures};
use crate::living_room::ask_for_code;
use crate::ui_log::UiLog;
use testing::files::{files_below, relayed_secrets};
use testing::house::House;
use testing::process::wait_for;
use testing::process::{PATIENCE, Running};
use testing::proxy::Fault;

/// How long a window may take to notice.
const NOTICED: Duration = Duration::from_secs(2);

/// A window on a row that is asked for again and again.
struct Window {
    // Before the display: the window ends first.
    program: Running,
    display: Display,
    log: UiLog,
    file: PathBuf,
}

fn house() -> House {
    let mut house = House::new(&["--interval", "1"]);
    house.reconfigure(
        "base_url",
        "rows = [{ title = \"Continue\", path = \"library/continue\", items = \"/items\", refresh_seconds = 1, \
         card = { id = \"/id\", title = \"/name\", image = \"/image\" } }]\nbase_url",
    );
    // What stands where a name stood is seen on the ground alone.
    house.add("\n[screen]\nbackdrop = \"none\"\n");
    house
}

impl Window {
    fn open(house: &House, name: &str) -> Self {
        let display = Display::start();
        let file = pictures().join(format!("{name}.jsonl"));
        let _ = fs::remove_file(&file);
        let ui_log = file.to_string_lossy();
        let mut command = house.command(&[
            "--log-level",
            "debug",
            "kiosk",
            "--renderer",
            "software",
            "--ui-log",
            &ui_log,
        ]);
        let _ = command.env("DISPLAY", display.name());
        let program = Running::start(command);
        let log = UiLog::follow(&file);
        Self {
            program,
            display,
            log,
            file,
        }
    }

    /// Waits for cards; returns the line of the log.
    fn cards(&mut self) -> Value {
        self.log.expect("cards on the home screen", |line| {
            line["screen"] == "home" && line["rows"][0] == "cards"
        })
    }

    /// A picture on which this part of the screen is drawn.
    fn picture(&self, name: &str, line: &Value, part: &str) -> RgbImage {
        let place = place(line, part);
        self.display
            .picture(name, |picture| has_ink(picture, place))
    }

    /// Signs this person in from the welcome screen, with a phone.
    fn sign_in(&mut self, house: &House, person: &str) -> Value {
        let code = ask_for_code(&self.display, &mut self.log, &house.proxy);
        let address = code["verification_uri_complete"].as_str().unwrap();
        let _ = browser::answer(address, "allow", &[&format!("--as={person}")]);
        let _ = self.log.expect_screen("success", "greeting");
        self.cards()
    }
}

/// Where a part of the screen is.
fn place(line: &Value, part: &str) -> [u32; 4] {
    serde_json::from_value(line["rects"][part].clone()).unwrap_or_else(|_| panic!("{part}: {line}"))
}

/// Whether anything stands on the ground in a part of a picture (x, y, width, height).
fn has_ink(picture: &RgbImage, [x, y, width, height]: [u32; 4]) -> bool {
    let ground = picture.get_pixel(0, 0);
    let mut pixels = (y..y + height).flat_map(|y| (x..x + width).map(move |x| (x, y)));
    pixels.any(|(x, y)| picture.get_pixel(x, y) != ground)
}

/// What the API says to somebody: a row that is theirs alone.
fn row_of(house: &House, person: &str) {
    let items = serde_json::json!({"items": [{"id": format!("id-of-{person}"), "name": format!("ROW-OF-{person}")}]});
    house.proxy.mend();
    house.proxy.break_all(
        &house.paths.library,
        Fault::answer(200, "application/json", items.to_string()),
    );
}

fn calls(house: &House) -> usize {
    house.proxy.exchanges_with(&house.paths.library, "").len()
}

/// Files below the box's home that hold one of these.
fn who_holds(house: &House, needles: &BTreeSet<String>) -> Vec<PathBuf> {
    let files = files_below(house.device.home()).into_iter();
    let holds = |file: &PathBuf| {
        let content = fs::read(file).unwrap_or_default();
        let content = String::from_utf8_lossy(&content);
        needles.iter().any(|needle| content.contains(needle))
    };
    files.filter(holds).collect()
}

#[test]
fn a_sign_out_in_a_terminal_empties_the_window_at_once() {
    let house = house();
    row_of(&house, "ADA");
    let _ = house.sign_in();
    let mut window = Window::open(&house, "leaving-terminal");
    let _ = window.cards();
    let private = BTreeSet::from(["ROW-OF-ADA".to_owned()]);
    wait_for("content on disk", PATIENCE, || {
        (!who_holds(&house, &private).is_empty()).then_some(())
    });
    let out = house.run(&["sign-out"]);
    let since = Instant::now();
    assert_eq!(out.code, Some(0), "{out:?}");
    let _ = window.log.expect_screen("welcome", "ended");
    let took = since.elapsed();
    let asked = calls(&house);
    // The row would have been asked for several times meanwhile.
    let watched = Instant::now() + Duration::from_secs(5);
    while Instant::now() < watched {
        assert_eq!(
            calls(&house),
            asked,
            "a call with a token that was signed out"
        );
        assert_eq!(who_holds(&house, &private), [""; 0].map(PathBuf::from));
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(took < NOTICED, "it took {took:?}");
}

#[test]
fn the_next_guest_finds_nothing_of_the_one_before() {
    let house = house();
    let mut window = Window::open(&house, "leaving-guests");
    let _ = window.log.expect_screen("welcome", "idle");
    window.display.wait_for_keyboard();
    row_of(&house, "ADA");
    let home = window.sign_in(&house, "ada");
    let status = house.status();
    let text = |member: &str| status[member].as_str().unwrap().to_owned();
    let mut of_ada = relayed_secrets(&house.proxy);
    of_ada.extend(["name", "email", "subject"].map(text));
    of_ada.extend(["ROW-OF-ADA", "id-of-ADA"].map(str::to_owned));
    assert!(who_holds(&house, &of_ada).len() > 1);
    let _ = window.picture("leaving-ada", &home, "account");
    // Some look at a card, too.
    window.display.press("Return");
    let _ = window
        .log
        .expect("a card", |line| line["screen"] == "detail");

    let out = house.run(&["sign-out"]);
    assert_eq!(out.code, Some(0), "{out:?}");
    let welcome = window.log.expect_screen("welcome", "ended");
    let picture = window.picture("leaving-welcome", &welcome, "sign_in");
    let name = place(&home, "account");
    assert!(
        !has_ink(&picture, name),
        "something stands where her name was"
    );
    let shown_to_ada = window.log.lines().len();
    row_of(&house, "KOFI");
    let home = window.sign_in(&house, "kofi");
    let _ = window.picture("leaving-kofi", &home, "account");
    window.display.press("Menu");
    let account = window.log.expect_screen("account", "shown");
    let _ = window.picture("leaving-kofi-account", &account, "sign_out");
    assert_eq!(house.status()["subject"], "demo|kofi");

    kill_process(Pid::from_child(&window.program.child), Signal::TERM).unwrap();
    let ended = window.program.wait();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let _ = of_ada.remove("");
    assert_eq!(who_holds(&house, &of_ada), [""; 0].map(PathBuf::from));
    let said = format!(
        "{}{}{}{}",
        ended.stdout, ended.stderr, out.stdout, out.stderr
    );
    let log = fs::read_to_string(&window.file).unwrap();
    let later: Vec<_> = log.lines().skip(shown_to_ada).collect();
    for needle in &of_ada {
        assert!(!said.contains(needle), "the log says {needle}");
        assert!(
            !later.iter().any(|line| line.contains(needle)),
            "{needle} was shown"
        );
    }
}
