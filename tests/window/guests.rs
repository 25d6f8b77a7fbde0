//! Guests, of whom nothing is kept: what the disk holds of them, what the server hears when they leave, and who stays.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::display::{Display, pictures};
use crate::ui_log::UiLog;
use testing::demo_process::within;
use testing::files::{files_below, relayed_secrets};
use testing::house::House;
use testing::phone::{self, Decision};
use testing::process::{Ended, PATIENCE, Running, wait_for};

const ROWS: &str = "rows = [{ title = \"Continue\", path = \"library/continue\", items = \"/items\", \
     card = { id = \"/id\", title = \"/name\", image = \"/artwork\", body = \"/summary\" } }]\nbase_url";

/// A box whose owner wants it so.
fn house(remember: &str, more: &str) -> House {
    let mut house = House::new(&["--interval", "1"]);
    house.reconfigure("base_url", ROWS);
    house.add(&format!("\n[sign_in]\nremember = \"{remember}\"\n{more}"));
    house
}

struct Kiosk {
    // Before the display: the window ends first.
    program: Running,
    display: Display,
    log: UiLog,
}

impl Kiosk {
    /// Starts the program, within what `wrap` makes of it.
    fn start(house: &House, name: &str, wrap: impl FnOnce(Command) -> Command) -> Self {
        let display = Display::start();
        let file = pictures().join(format!("guest-{name}.jsonl"));
        let _ = fs::remove_file(&file);
        let file_name = file.to_string_lossy();
        let options = ["kiosk", "--renderer", "software", "--ui-log", &file_name];
        let mut command = wrap(house.command(&options));
        let _ = command.env("DISPLAY", display.name());
        let program = Running::start(command);
        let mut log = UiLog::follow(&file);
        let _ = log.expect("a first screen", |line| line["screen"].is_string());
        display.wait_for_keyboard();
        let log = UiLog::follow(&file);
        Self {
            program,
            display,
            log,
        }
    }

    /// Asks for a code and has a person confirm it; returns what comes after.
    fn sign_in(&mut self, house: &House) -> Value {
        let asked = house.proxy.exchanges_with(&house.paths.device, "").len();
        self.display.press("Return");
        let _ = self.log.expect_screen("sign_in", "waiting");
        let code = wait_for("a code on its way", PATIENCE, || {
            let exchanges = house.proxy.exchanges_with(&house.paths.device, "");
            let code = exchanges.into_iter().nth(asked)?.served?.json();
            code["user_code"].is_string().then_some(code)
        });
        let address = code["verification_uri_complete"].as_str().unwrap();
        let _ = phone::answer(address, Decision::Allow);
        self.log.expect("somebody signed in", |line| {
            line["screen"] == "success" || line["screen"] == "home"
        })
    }

    fn home(&mut self) {
        let _ = self.log.expect("cards", |line| {
            line["screen"] == "home" && line["state"] == "ready"
        });
    }

    fn end(self, pid: Pid) -> Ended {
        kill_process(pid, Signal::TERM).unwrap();
        self.program.wait()
    }
}

/// Every token that the server gave out, by its kind.
fn tokens(house: &House, kind: &str) -> Vec<String> {
    let exchanges = house.proxy.exchanges().into_iter();
    let replies = exchanges.filter_map(|exchange| exchange.served);
    let tokens = replies.filter_map(|reply| reply.json()[kind].as_str().map(str::to_owned));
    tokens.collect()
}

/// Waits until the server has been asked to revoke the last tokens that it gave out.
fn is_revoked(house: &House) {
    let last = |kind| tokens(house, kind).pop().unwrap();
    for token in [last("refresh_token"), last("access_token")] {
        wait_for("a revocation", PATIENCE, || {
            let told = house.proxy.exchanges_with(&house.paths.revocation, "");
            let tells = |exchange: &testing::proxy::Exchange| {
                let sent = url::form_urlencoded::parse(&exchange.request.body);
                let mut sent = sent.into_iter();
                sent.any(|(name, value)| name == "token" && value == token.as_str())
                    && exchange
                        .reply
                        .as_ref()
                        .is_some_and(|reply| reply.status() == 200)
            };
            told.iter().any(tells).then_some(())
        });
    }
}

/// Nothing of whoever signed in is in a file of this box: no token, and no name.
fn nothing_is_left(house: &House, before: &BTreeSet<PathBuf>) {
    let mut secrets = relayed_secrets(&house.proxy);
    assert!(secrets.len() >= 3, "{}", secrets.len());
    let _ = secrets.insert("Lindholm".to_owned());
    for file in files_below(house.device.home()) {
        // A socket is there to be asked, and no file that was written.
        let Ok(content) = fs::read(&file) else {
            continue;
        };
        let content = String::from_utf8_lossy(&content);
        let holds = secrets.iter().any(|secret| content.contains(secret));
        assert!(!holds, "{} holds something of a guest", file.display());
        assert!(before.contains(&file), "{} is new", file.display());
    }
}

fn files(house: &House) -> BTreeSet<PathBuf> {
    files_below(house.device.home()).into_iter().collect()
}

/// What the program made, wrote or moved under `folder`, as the kernel saw it, from this line of the trace on.
fn written(trace: &Path, folder: &Path, from: usize) -> Vec<String> {
    const CHANGES: [&str; 9] = [
        "O_WRONLY",
        "O_RDWR",
        "O_CREAT",
        "O_TMPFILE",
        "mkdir",
        "rename",
        " symlink",
        " link",
        "mknod",
    ];
    let folder = folder.to_string_lossy().into_owned();
    let text = fs::read_to_string(trace).unwrap();
    let lines = text
        .lines()
        .skip(from)
        .filter(|line| line.contains(&folder));
    let changes = lines.filter(|line| CHANGES.iter().any(|change| line.contains(change)));
    changes.map(str::to_owned).collect()
}

fn traced(command: &Command, trace: &Path) -> Command {
    let trace = trace.display();
    let strace = format!(
        "exec strace -f -qq --seccomp-bpf -s 300 -o '{trace}' -e trace=%file \"$0\" \"$@\""
    );
    within(&strace, command)
}

#[test]
fn nothing_of_a_guest_touches_the_disk_and_the_dark_screen_revokes_their_tokens() {
    let house = house(
        "never",
        "\n[screen]\ndim_after_minutes = 0\nambient_after_minutes = 1\n",
    );
    let trace = tempfile::NamedTempFile::new().unwrap();
    let mut kiosk = Kiosk::start(&house, "dark", |command| traced(&command, trace.path()));
    let before = files(&house);
    let from = fs::read_to_string(trace.path()).unwrap().lines().count();
    let greeting = kiosk.sign_in(&house);
    assert_eq!(greeting["state"], "greeting", "{greeting}");
    kiosk.display.press("Return");
    kiosk.home();
    // A card in full, a setting, and the account.
    kiosk.display.press("Return");
    let _ = kiosk
        .log
        .expect("a card", |line| line["screen"] == "detail");
    kiosk.display.press("Escape");
    kiosk.home();
    let told: Value = serde_json::from_str(&house.run(&["screen", "--json"]).stdout).unwrap();
    assert_eq!(
        (&told["signed_in"], &told["guest"], &told["profile"]),
        (&true.into(), &true.into(), &Value::Null)
    );
    let pid = Pid::from_raw(i32::try_from(told["pid"].as_i64().unwrap()).unwrap()).unwrap();
    nothing_is_left(&house, &before);

    let _ = kiosk
        .log
        .expect("the question", |line| line["screen"] == "still_there");
    let _ = kiosk
        .log
        .expect("a dark screen", |line| line["screen"] == "ambient");
    is_revoked(&house);
    nothing_is_left(&house, &before);
    let told: Value = serde_json::from_str(&house.run(&["screen", "--json"]).stdout).unwrap();
    assert_eq!(
        (&told["signed_in"], &told["guests"]),
        (&false.into(), &0.into())
    );
    let _ = kiosk.end(pid);
    let seen = fs::read_to_string(trace.path()).unwrap();
    assert!(seen.lines().count() > from, "strace saw nothing");
    let changes = written(trace.path(), house.device.home(), from);
    assert_eq!(changes, [""; 0], "something was written");
}

#[test]
fn a_guest_without_an_answer_is_revoked_at_the_end_and_by_whoever_looks_after_the_box() {
    let house = house("ask", "");
    let mut kiosk = Kiosk::start(&house, "asked", |command| command);
    let pid = Pid::from_child(&kiosk.program.child);
    let before = files(&house);
    let asking = kiosk.sign_in(&house);
    assert_eq!(asking["state"], "asking", "{asking}");
    assert_eq!(asking["focus"], "only_this_time", "{asking}");
    nothing_is_left(&house, &before);
    kiosk.display.press("Return");
    kiosk.home();
    nothing_is_left(&house, &before);

    // From a shell.
    let status = house.run(&["status", "--json"]);
    let told: Value = serde_json::from_str(&status.stdout).unwrap();
    assert_eq!(
        (status.code, &told["guests"]),
        (Some(3), &1.into()),
        "{told}"
    );
    let doctor = house.run(&["doctor", "--no-code"]);
    assert!(
        doctor.stdout.contains("a guest is signed in"),
        "{}",
        doctor.stdout
    );
    let health = house.run(&["health"]);
    assert_eq!(health.code, Some(0), "{health:?}");
    let alone = house.run(&["sign-out"]);
    assert!(
        alone.code == Some(3) && alone.stderr.contains("--all"),
        "{alone:?}"
    );
    let out = house.run(&["sign-out", "--all"]);
    assert!(
        out.code == Some(0) && out.stdout.contains("1 guest of the kiosk"),
        "{out:?}"
    );
    is_revoked(&house);
    let _ = kiosk.log.expect_screen("welcome", "signed_out");

    // Nobody answers the question, and the program ends.
    let asking = kiosk.sign_in(&house);
    assert_eq!(asking["state"], "asking");
    let ended = kiosk.end(pid);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    is_revoked(&house);
    assert!(!ended.stderr.contains("Lindholm"), "{}", ended.stderr);
    let events: Vec<_> = ended
        .stderr
        .lines()
        .filter(|line| line.contains("signed_in "))
        .collect();
    assert_eq!(events.len(), 2, "{}", ended.stderr);
    assert!(
        events.iter().all(|line| line.contains("guest=true")),
        "{events:?}"
    );
}

#[test]
fn whoever_says_that_they_stay_is_there_after_a_power_cut() {
    let house = house("ask", "");
    let mut kiosk = Kiosk::start(&house, "stays", |command| command);
    let asking = kiosk.sign_in(&house);
    assert_eq!(asking["state"], "asking", "{asking}");
    let accounts = house.device.config_dir().join("accounts/default.json");
    assert!(!accounts.exists());
    kiosk.display.press("Right");
    let _ = kiosk
        .log
        .expect("the other answer", |line| line["focus"] == "stay");
    kiosk.display.press("Return");
    kiosk.home();
    assert!(accounts.exists());
    drop(kiosk);
    let revoked = house.proxy.exchanges_with(&house.paths.revocation, "");
    assert!(revoked.is_empty(), "{revoked:?}");
    let mut kiosk = Kiosk::start(&house, "stayed", |command| command);
    kiosk.home();
    assert!(
        !kiosk
            .log
            .lines()
            .iter()
            .any(|line| line.contains("\"sign_in\""))
    );
}
