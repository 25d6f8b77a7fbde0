//! The life of a kiosk as its log tells it, from the start to the signal that ends it: as lines of JSON, and in the
//! journal's own protocol.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixDatagram;
use std::process::Command;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::display::Display;
use crate::living_room::{self, Room, log_file};
use crate::ui_log::UiLog;
use testing::files::{files_below, relayed_secrets};
use testing::house::House;
use testing::process::{PATIENCE, Running, wait_for};
use testing::proxy::Fault;

/// What such a life may have of lines: its events, and a few about the renderer and the end.
const MOST_LINES: usize = 20;

/// A box whose only row is loaded every other second, so that an outage is met soon.
fn house() -> House {
    let mut house = House::new(&["--interval", "1"]);
    house.reconfigure(
        "base_url",
        "rows = [\
         { title = \"Continue\", path = \"library/continue\", items = \"/items\", refresh_seconds = 2, card = { id = \"/id\", title = \"/name\" } },\
         { title = \"Gone\", path = \"no/such/list\", items = \"/items\", card = { id = \"/id\", title = \"/name\" } }]\n\
         base_url",
    );
    house
}

/// Signs in, refreshes, loses the API and has it back, reads its configuration again, and is asked to end; `said` tells what the log holds by then.
fn live(house: &House, command: Command, said: impl Fn(&Running) -> Vec<Value>) -> String {
    let display = Display::start();
    let file = log_file("life");
    let mut command = command;
    let _ = command.env("DISPLAY", display.name());
    // As whoever starts services tells what it started: to that a hangup is no end of a terminal (systemd.exec(5)).
    let _ = command.env("SYSTEMD_EXEC_PID", std::process::id().to_string());
    let _ = command.arg("--ui-log").arg(&file);
    let window = Running::start(command);
    let mut log = UiLog::follow(&file);
    let _ = log.expect_screen("welcome", "idle");
    display.wait_for_keyboard();
    let heard = |name: &str| {
        wait_for(name, PATIENCE, || {
            said(&window)
                .iter()
                .any(|event| event["message"] == name)
                .then_some(())
        });
    };
    // A library that refuses the first token: a refresh belongs to a life.
    house.proxy.break_only(
        &house.paths.library,
        "",
        1..=1,
        Fault::answer(401, "application/json", "{}"),
    );
    let _ = living_room::sign_in(&display, &mut log, &house.proxy);
    for name in ["signed_in", "refreshed", "row_failed"] {
        heard(name);
    }
    house.proxy.break_all(&house.paths.library, Fault::HangUp);
    heard("api_unreachable");
    // It is said once, however often it is met.
    let met = house.proxy.exchanges_with(&house.paths.library, "").len();
    wait_for("further tries", PATIENCE, || {
        let now = house.proxy.exchanges_with(&house.paths.library, "").len();
        (now > met + 4).then_some(())
    });
    house.proxy.mend();
    heard("api_back");
    let program = Pid::from_child(&window.child);
    let file = house.device.config_file();
    let config = std::fs::read_to_string(&file).unwrap();
    let more = "\n[device]\nname = \"lobby\"\n[screen]\ntitle = \"Acme\"\n";
    std::fs::write(&file, config + more).unwrap();
    kill_process(program, Signal::HUP).unwrap();
    heard("config_reloaded");
    kill_process(program, Signal::TERM).unwrap();
    let ended = window.wait();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    ended.stderr
}

/// The events in order: a life is these and no more.
fn is_told(events: &[Value], house: &House) {
    let named: Vec<_> = events
        .iter()
        .map(|event| event["message"].as_str().unwrap())
        .collect();
    let expected = [
        "started",
        "code_shown",
        "signed_in",
        "refreshed",
        "row_failed",
        "api_unreachable",
        "api_back",
        "config_reloaded",
        "stopping",
    ];
    // Rows are loaded beside each other.
    let mut sorted = named.clone();
    if let Some(at) = sorted.iter().position(|name| *name == "row_failed")
        && sorted.get(at + 1) == Some(&"refreshed")
    {
        sorted.swap(at, at + 1);
    }
    assert_eq!(sorted, expected, "{events:#?}");
    let of = |name: &str| &events[named.iter().position(|one| *one == name).unwrap()];
    let number = |name: &str, field: &str| -> u64 {
        let value = &of(name)[field];
        let text = value.as_str().and_then(|text| text.parse().ok());
        value
            .as_u64()
            .or(text)
            .unwrap_or_else(|| panic!("{name}.{field}: {value}"))
    };
    let started = of("started");
    assert_eq!(started["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(started["renderer"], "tiny-skia");
    let file = house.device.config_file();
    assert_eq!(started["config"], *file.to_string_lossy());
    assert!(started["device"].is_string(), "{started}");
    assert_eq!(of("signed_in")["profile"], "default");
    assert!(
        of("signed_in")["issuer"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
    assert!(number("signed_in", "waited_s") < 60);
    assert!(number("refreshed", "latency_ms") < 60_000);
    assert_eq!(of("row_failed")["row"], "Gone");
    assert_eq!(of("row_failed")["why"], "HTTP 404");
    let proxy = url::Url::parse(&house.endpoint("/")).unwrap();
    let host = format!("127.0.0.1:{}", proxy.port().unwrap());
    assert_eq!(of("api_unreachable")["host"], host);
    assert!(!of("api_unreachable")["why"].as_str().unwrap().is_empty());
    assert_eq!(of("api_back")["host"], host);
    assert!(number("api_back", "after_s") < 120);
    assert_eq!(of("config_reloaded")["after_restart"], "device.name");
    assert_eq!(of("stopping")["why"], "SIGTERM");
}

/// No secret and no person beside the profile's name.
fn is_clean(said: &str, house: &House) {
    let secrets = relayed_secrets(&house.proxy);
    assert!(secrets.len() >= 5, "the proxy saw only {}", secrets.len());
    for secret in &secrets {
        let secret = String::from_utf8_lossy(secret.as_ref());
        assert!(!said.contains(&*secret), "{secret} in {said}");
    }
    let account = house.status();
    for who in ["subject", "name"] {
        let who = account[who].as_str().unwrap_or_else(|| panic!("{account}"));
        assert!(!said.contains(who), "{who} in {said}");
    }
}

#[test]
fn a_life_is_told_in_named_events_and_nothing_else() {
    let house = house();
    let arguments = ["--log-format", "json", "kiosk", "--renderer", "software"];
    let parsed = |text: &str| -> Vec<Value> {
        text.lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect()
    };
    let stderr = live(&house, house.command(&arguments), |window| {
        parsed(&window.stderr())
    });
    let lines = parsed(&stderr);
    assert_eq!(lines.len(), stderr.lines().count(), "{stderr}");
    assert!(lines.len() <= MOST_LINES, "{stderr}");
    let events: Vec<_> = lines
        .into_iter()
        .filter(|line| line["target"] == "vestibule")
        .collect();
    is_told(&events, &house);
    // What is wrong is a warning, and nothing else is.
    for event in &events {
        let wrong = ["row_failed", "api_unreachable"].contains(&event["message"].as_str().unwrap());
        assert_eq!(
            event["level"],
            if wrong { "WARN" } else { "INFO" },
            "{event}"
        );
    }
    is_clean(&stderr, &house);
}

/// The journal's ear: what is sent to it, a datagram a line (systemd.io/JOURNAL_NATIVE_PROTOCOL).
struct Journal {
    folder: TempDir,
    lines: std::sync::Arc<std::sync::Mutex<Vec<Value>>>,
}

impl Journal {
    fn listen() -> Self {
        let folder = TempDir::new().unwrap();
        // Whoever is mapped to root in the other namespace has to get through.
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let socket = UnixDatagram::bind(folder.path().join("socket")).unwrap();
        let lines = std::sync::Arc::default();
        let kept: std::sync::Arc<std::sync::Mutex<Vec<Value>>> = std::sync::Arc::clone(&lines);
        let _ = thread::spawn(move || {
            let mut datagram = vec![0; 1 << 16];
            while let Ok(length) = socket.recv(&mut datagram) {
                // The first is empty: whether anybody listens.
                if length > 0 {
                    kept.lock().unwrap().push(read(&datagram[..length]));
                }
            }
        });
        Self { folder, lines }
    }

    /// `command` where the journal is this one, and standard error leads to it.
    fn before(&self, command: &Command) -> Command {
        let mut inside = Command::new("unshare");
        let script = "mount -t tmpfs none /run && mkdir -p /run/systemd/journal && \
                      mount --bind \"$JOURNAL\" /run/systemd/journal && \
                      export JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2) && exec \"$@\"";
        let _ = inside
            .args(["--map-root-user", "--mount", "--", "sh", "-c", script, "sh"])
            .arg(command.get_program())
            .args(command.get_args())
            .env_clear()
            .env("JOURNAL", self.folder.path());
        for (name, value) in command.get_envs() {
            let _ = inside.env(name, value.unwrap_or_default());
        }
        inside
    }

    /// What came of ours, with the names that events have.
    fn events(&self) -> Vec<Value> {
        let lines = self.lines.lock().unwrap();
        let ours = lines.iter().filter(|line| line["TARGET"] == "vestibule");
        ours.map(|line| {
            let mut event = Map::new();
            for (name, value) in line.as_object().unwrap() {
                if let Some(name) = name.strip_prefix("VESTIBULE_") {
                    let _ = event.insert(name.to_lowercase(), value.clone());
                }
            }
            let message = line["MESSAGE"].as_str().unwrap();
            let _ = event.insert("message".to_owned(), json!(message.split(' ').next()));
            event.into()
        })
        .collect()
    }
}

/// A datagram: `NAME=value` lines, and `NAME`, a length of 64 bits and a value.
fn read(mut datagram: &[u8]) -> Value {
    let mut fields = Map::new();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    while !datagram.is_empty() {
        let end = datagram.iter().position(|byte| *byte == b'\n').unwrap();
        let (line, rest) = (&datagram[..end], &datagram[end + 1..]);
        let (name, value, rest) = match line.iter().position(|byte| *byte == b'=') {
            Some(at) => (text(&line[..at]), text(&line[at + 1..]), rest),
            None => {
                let length = u64::from_le_bytes(*rest.first_chunk().unwrap());
                let value = &rest[8..8 + usize::try_from(length).unwrap()];
                assert_eq!(rest[8 + value.len()], b'\n');
                (text(line), text(value), &rest[9 + value.len()..])
            }
        };
        let _ = fields.insert(name, json!(value));
        datagram = rest;
    }
    fields.into()
}

#[test]
fn the_journal_gets_a_life_with_its_priorities_and_fields() {
    let house = house();
    let journal = Journal::listen();
    let command = house.command(&["kiosk", "--renderer", "software"]);
    let stderr = live(&house, journal.before(&command), |_| journal.events());
    assert_eq!(stderr, "", "said beside the journal");
    is_told(&journal.events(), &house);
    let lines = journal.lines.lock().unwrap().clone();
    assert!(lines.len() <= MOST_LINES, "{lines:#?}");
    let of = |name: &str| {
        let mut lines = lines.iter();
        let said = |line: &&Value| line["MESSAGE"].as_str().unwrap().starts_with(name);
        lines
            .find(said)
            .unwrap_or_else(|| panic!("{name}: {lines:#?}"))
    };
    for line in &lines {
        assert_eq!(line["SYSLOG_IDENTIFIER"], "vestibule", "{line}");
    }
    assert_eq!(of("started")["PRIORITY"], "6");
    assert_eq!(of("row_failed")["PRIORITY"], "4");
    let outage = of("api_unreachable");
    assert_eq!(outage["PRIORITY"], "4");
    let message = outage["MESSAGE"].as_str().unwrap();
    assert!(
        message.contains(outage["VESTIBULE_HOST"].as_str().unwrap()),
        "{message}"
    );
    let text: Vec<_> = lines
        .iter()
        .map(|line| {
            format!(
                "<{}> {}",
                line["PRIORITY"].as_str().unwrap(),
                line["MESSAGE"].as_str().unwrap()
            )
        })
        .collect();
    std::fs::write(
        log_file("life").with_extension("journal.txt"),
        text.join("\n"),
    )
    .unwrap();
    is_clean(&serde_json::to_string(&lines).unwrap(), &house);
}

#[test]
fn a_format_that_was_asked_for_is_kept_under_the_journal() {
    let house = house();
    let journal = Journal::listen();
    let mut command = house.command(&["--log-format", "text", "kiosk", "--renderer", "software"]);
    let _ = command.env("DISPLAY", ":nowhere");
    let ended = Running::start(journal.before(&command)).wait();
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(
        ended.stderr.contains("INFO vestibule: started version="),
        "{}",
        ended.stderr
    );
    // What it ends with is an error in the journal, too (sd-daemon(3)).
    assert!(ended.stderr.contains("<3>vestibule: "), "{}", ended.stderr);
    assert_eq!(journal.lines.lock().unwrap().len(), 0);
}

/// Between two looks at whether the screen is to be seen there is a minute.
const LOOKS: Duration = Duration::from_secs(200);

#[test]
fn a_screen_that_no_output_shows_is_said_to_be_hidden() {
    let house = living_room::House::new("");
    let mut room = Room::enter(&house, "life-hidden", "");
    let _ = room.log.expect_screen("welcome", "idle");
    let said = |what: &str| {
        wait_for(what, LOOKS, || {
            room.program.stderr().contains(what).then_some(())
        });
    };
    room.sway.tell("workspace 2");
    said("WARN vestibule: screen_hidden why=\"no picture is asked for");
    room.sway.tell("workspace 1");
    said("INFO vestibule: screen_shown after_s=");
    assert_eq!(room.program.stderr().matches("screen_hidden").count(), 1);
}

/// What lies on the box: each file with its number and the time it was last written.
fn files(house: &House) -> Vec<(std::path::PathBuf, u64, i64, i64)> {
    let found = files_below(house.device.home()).into_iter();
    let mut files: Vec<_> = found
        .filter_map(|file| {
            let about = std::fs::metadata(&file).ok()?;
            Some((file, about.ino(), about.mtime(), about.mtime_nsec()))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_home_whose_rows_say_the_same_writes_nothing_to_the_disk() {
    let house = house();
    let _ = house.sign_in();
    let display = Display::start();
    let file = log_file("life-wear");
    let mut command = house.command(&["kiosk", "--renderer", "software", "--ui-log"]);
    let _ = command.arg(&file).env("DISPLAY", display.name());
    let _window = Running::start(command);
    let mut log = UiLog::follow(&file);
    let _ = log.expect("home", |line| line["screen"] == "home");
    let loaded = |times: usize| {
        let asked = || house.proxy.exchanges_with(&house.paths.library, "").len();
        let before = asked();
        wait_for("loads", PATIENCE, || {
            (asked() >= before + times).then_some(())
        });
    };
    loaded(3);
    let before = files(&house);
    assert!(
        before
            .iter()
            .any(|(file, ..)| file.starts_with(house.device.path("cache")))
    );
    loaded(5);
    assert_eq!(files(&house), before);
}
