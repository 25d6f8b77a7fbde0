//! A kiosk that is looked after from afar: what it shows, its configuration read again, and its health.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt, symlink};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::display::{Display, read_qr};
use crate::living_room::{House, focus, log_file};
use crate::ui_log::UiLog;
use testing::device::Device;
use testing::process::{Ended, PATIENCE, Running, wait_for};
use testing::proxy::Fault;

/// A kiosk on a display of its own, which no terminal controls.
struct Kiosk {
    // The window ends first.
    program: Running,
    log: UiLog,
    display: Display,
}

impl Kiosk {
    fn start(device: &Device, name: &str) -> Self {
        Self::start_at(Display::start(), device, name, &[])
    }

    /// The same on this display; `before` is a command, with its options, that runs another.
    fn start_at(display: Display, device: &Device, name: &str, before: &[&str]) -> Self {
        let file = log_file(name);
        let text = file.to_string_lossy();
        let own = device.command(&["kiosk", "--renderer", "software", "--ui-log", &text]);
        let mut command = Command::new("setsid");
        let _ = command
            .args(before)
            .arg(own.get_program())
            .args(own.get_args())
            .env_clear();
        for (name, value) in own.get_envs() {
            let _ = value.map(|value| command.env(name, value));
        }
        let _ = command
            .current_dir(device.home())
            .env("DISPLAY", display.name());
        Self {
            program: Running::start(command),
            log: UiLog::follow(&file),
            display,
        }
    }

    fn send(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.program.child), signal).unwrap();
    }

    fn socket(&self, house: &House) -> PathBuf {
        let name = format!("kiosk-{}.sock", self.program.child.id());
        house.device.path("cache/vestibule").join(name)
    }

    /// Waits for a line of the log on standard error.
    fn says(&self, words: &str) {
        wait_for(words, PATIENCE, || {
            self.program.stderr().contains(words).then_some(())
        });
    }
}

fn json_of(ended: &Ended) -> Value {
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:?}"))
}

/// What the command says of a kiosk that answers.
fn told(house: &House, arguments: &[&str]) -> Value {
    told_of(&house.device, arguments)
}

fn told_of(device: &Device, arguments: &[&str]) -> Value {
    // A busy machine may let the loop that draws hang for seconds.
    let ended = wait_for("an answer", PATIENCE, || {
        let ended = device.run(arguments);
        (!ended.stdout.contains("has hung")).then_some(ended)
    });
    assert_eq!(ended.code, Some(0), "{arguments:?}: {ended:?}");
    json_of(&ended)
}

/// Changes the owner's file.
fn edit(house: &House, change: impl FnOnce(&mut toml::Table)) {
    let text = fs::read_to_string(house.device.config_file()).unwrap();
    let mut all = toml::from_str(&text).unwrap();
    change(&mut all);
    house.device.configure(&toml::to_string(&all).unwrap());
}

/// Sets a key of a table in the owner's file.
fn set(house: &House, table: &str, key: &str, value: &str) {
    edit(house, |all| {
        let table = all[table].as_table_mut().unwrap();
        let _ = table.insert(key.to_owned(), value.into());
    });
}

#[test]
fn a_kiosk_tells_what_is_on_its_screen_in_words_and_as_a_picture() {
    let house = House::new("[screen]\nclock = false\n");
    let mut kiosk = Kiosk::start(&house.device, "care-screen");
    let _ = kiosk.log.expect_screen("welcome", "idle");
    let welcome = told(&house, &["screen", "--json"]);
    assert_eq!(welcome["screen"], "welcome");
    assert_eq!(welcome["state"], "idle");
    assert_eq!(welcome["signed_in"], false);
    assert_eq!(welcome["error"], Value::Null);
    assert_eq!(welcome["size"], json!([1920, 1080]));
    assert_eq!(welcome["pid"], kiosk.program.child.id());
    assert_eq!(
        welcome["config"],
        house.device.config_file().to_str().unwrap()
    );

    kiosk.display.wait_for_keyboard();
    kiosk.display.press("Return");
    let _ = kiosk.log.expect_screen("sign_in", "waiting");
    let shown = kiosk
        .display
        .picture("care-screen", |picture| read_qr(picture).is_some());
    let code = told(&house, &["screen", "--json"]);
    assert_eq!(
        (&code["screen"], &code["state"]),
        (&json!("sign_in"), &json!("waiting"))
    );
    assert_ne!(code["since"], Value::Null);
    let words = house.device.run(&["screen"]);
    assert!(words.stdout.starts_with("sign_in, waiting\n"), "{words:?}");

    // The code is covered unless it was asked for; nobody else may read the picture, whatever there was before.
    let file = house.device.path("now.png");
    fs::write(&file, vec![0; 4_000_000]).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let png = file.to_str().unwrap();
    let picture = |arguments: &[&str]| {
        // Two pictures are a second apart at least.
        wait_for("a picture", PATIENCE, || {
            let ended = house.device.run(arguments);
            (!ended.stderr.contains("try again")).then_some(ended)
        })
    };
    let covered = picture(&["screen", "--png", png]);
    assert_eq!(covered.code, Some(0), "{covered:?}");
    assert!(covered.stderr.contains("--with-code"), "{covered:?}");
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let read = || image::open(&file).unwrap().to_rgb8();
    assert_eq!(read().dimensions(), (1920, 1080));
    assert_eq!(read_qr(&read()), None);
    let open = picture(&["screen", "--png", png, "--with-code"]);
    assert_eq!(open.code, Some(0), "{open:?}");
    assert_eq!(read_qr(&read()), read_qr(&shown));
    let _ = fs::copy(
        &file,
        crate::display::pictures().join("care-screen-from-afar.png"),
    );

    // What is no file stays.
    let link = house.device.path("link.png");
    symlink(&file, &link).unwrap();
    for place in [
        &link,
        &house.device.config_dir(),
        &PathBuf::from("/dev/full"),
    ] {
        let ended = picture(&["screen", "--png", place.to_str().unwrap()]);
        assert_eq!(ended.code, Some(2), "{place:?}: {ended:?}");
    }
    assert!(link.is_symlink());
    // The socket is the user's alone, and goes with the program.
    let socket = kiosk.socket(&house);
    assert_eq!(
        fs::metadata(&socket).unwrap().permissions().mode() & 0o777,
        0o600
    );
    kiosk.send(Signal::TERM);
    assert_eq!(kiosk.program.wait().code, Some(0));
    assert!(!socket.exists());
}

#[test]
fn a_configuration_that_is_read_again_is_in_force_and_a_broken_one_changes_nothing() {
    let house = House::signed_in("[screen]\nclock = false\n");
    let mut kiosk = Kiosk::start(&house.device, "care-reload");
    let _ = kiosk
        .log
        .expect("cards", |line| focus(line).starts_with("card."));
    let nothing = told(&house, &["reload", "--json"]);
    assert_eq!(
        (&nothing["applied"], &nothing["after_restart"]),
        (&json!([]), &json!([]))
    );

    // Light colours, at once, and the same person in front of the same rows.
    let is_light = |picture: &image::RgbImage| picture.get_pixel(4, 4).0 > [0xc0; 3];
    set(&house, "screen", "theme", "light");
    set(&house, "screen", "title", "Acme");
    let light = told(&house, &["reload", "--json"]);
    assert_eq!(light["applied"], json!(["screen.theme", "screen.title"]));
    let _ = kiosk.display.picture("care-reload-light", is_light);
    kiosk.says("config_reloaded");

    // A row less, which opens home anew; another client waits for a restart.
    edit(&house, |all| {
        let rows = all["api"]["rows"].as_array_mut().unwrap();
        assert!(rows.len() > 1);
        rows.truncate(1);
        // They name the others.
        let _ = rows[0].as_table_mut().unwrap().remove("actions");
    });
    let rows = told(&house, &["reload", "--json"]);
    assert_eq!(rows["applied"], json!(["api.rows"]));
    let _ = kiosk.log.expect("one row", |line| {
        line["rows"].as_array().is_some_and(|rows| rows.len() == 1)
            && focus(line).starts_with("card.")
    });
    set(&house, "provider", "client_id", "vestibule-demo-es256");
    let waiting = told(&house, &["reload", "--json"]);
    assert_eq!(waiting["applied"], json!([]));
    assert_eq!(waiting["after_restart"][0]["key"], "provider.client_id");
    let told_later = told(&house, &["screen", "--json"]);
    assert_eq!(told_later["after_restart"], json!(["provider.client_id"]));
    assert_eq!(told_later["screen"], "home");

    // Broken, by either way: the words of the check, and the same screen.
    set(&house, "screen", "theme", "lihgt");
    // The same screen since the same moment.
    let on = || {
        let screen = told(&house, &["screen", "--json"]);
        ["screen", "state", "since", "profile"].map(|name| screen[name].clone())
    };
    let before = on();
    let check = house.device.run(&["config", "check"]);
    let refused = house.device.run(&["reload"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert_eq!(refused.stderr, check.stderr);
    let refused = house.device.run(&["reload", "--json"]);
    assert_eq!(json_of(&refused)["error"]["code"], "usage");
    kiosk.says("config_refused");
    let health = house.device.run(&["health"]);
    assert_eq!(health.code, Some(2), "{health:?}");
    assert_eq!(json_of(&health)["problems"][0]["code"], "config_broken");
    let _ = kiosk.display.picture("care-reload-broken", is_light);
    assert_eq!(on(), before);
}

#[test]
fn a_hangup_reloads_a_kiosk_that_no_terminal_controls() {
    let house = House::new("[screen]\nclock = false\n");
    let mut kiosk = Kiosk::start(&house.device, "care-hangup");
    let _ = kiosk.log.expect_screen("welcome", "idle");
    kiosk.display.wait_for_keyboard();
    set(&house, "screen", "theme", "light");
    kiosk.send(Signal::HUP);
    kiosk.says("config_reloaded");
    let _ = kiosk.display.picture("care-hangup", |picture| {
        picture.get_pixel(4, 4).0 > [0xc0; 3]
    });
    kiosk.send(Signal::TERM);
    assert_eq!(kiosk.program.wait().code, Some(0));
}

#[test]
fn what_lies_anew_in_a_file_of_a_secret_is_told_and_sent() {
    let mut house = testing::house::House::new(&["--interval", "1"]);
    let write = |name: &str, text: &str| {
        fs::write(house.device.config_dir().join(name), text).unwrap();
    };
    let config = house.device.config_dir();
    let logo = |colour: &str| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='{colour}'/></svg>"
        )
    };
    write("key", "first-key");
    write("secret", "first-secret");
    write("logo.svg", &logo("red"));
    house.reconfigure(
        "base_url",
        "headers = { X-Api-Key = { file = \"key\" } }\nrows = [{ title = \"Continue\", path = \"library/continue\", \
         items = \"/items\", card = { id = \"/id\", title = \"/name\" } }]\nbase_url",
    );
    let _ = house.sign_in();
    house.reconfigure(
        "client_id",
        "client_secret_file = \"secret\"\nclient_authentication = \"post\"\nclient_id",
    );
    house.add("\n[screen]\nlogo = \"logo.svg\"\n");
    let write = |name: &str, text: &str| fs::write(config.join(name), text).unwrap();
    let mut kiosk = Kiosk::start(&house.device, "care-files");
    let _ = kiosk
        .log
        .expect("cards", |line| focus(line).starts_with("card."));
    let sent = |key: &str| {
        let asked = house.proxy.exchanges_with(&house.paths.library, "");
        let mut keys = asked.iter().map(|one| one.request.field("x-api-key"));
        keys.any(|sent| sent == Some(key))
    };
    assert!(sent("first-key") && !sent("second-key"));
    let nothing = told_of(&house.device, &["reload", "--json"]);
    assert_eq!(nothing["applied"], json!([]));

    write("key", "second-key");
    write("secret", "second-secret\n");
    write("logo.svg", &logo("blue"));
    let reload = told_of(&house.device, &["reload", "--json"]);
    assert_eq!(
        (&reload["applied"], &reload["after_restart"]),
        (
            &json!(["api.headers", "provider.client_secret_file", "screen.logo"]),
            &json!([])
        )
    );
    wait_for("the second key", PATIENCE, || {
        sent("second-key").then_some(())
    });
    // The token is no good any more: the client asks for another, as itself.
    house.proxy.break_only(
        &house.paths.library,
        "",
        1..=1,
        Fault::answer(401, "application/json", "{}"),
    );
    write("key", "third-key");
    assert_eq!(
        told_of(&house.device, &["reload", "--json"])["applied"],
        json!(["api.headers"])
    );
    wait_for("the second secret", PATIENCE, || {
        let asked = house
            .proxy
            .exchanges_with(&house.paths.token, "refresh_token");
        let mut asked = asked.iter();
        assert!(
            !asked
                .clone()
                .any(|one| one.request.text().contains("first-secret"))
        );
        asked
            .any(|one| one.request.text().contains("client_secret=second-secret"))
            .then_some(())
    });

    // What cannot be used changes nothing and is told.
    write("secret", "");
    let refused = house.device.run(&["reload"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.stderr.contains("empty"), "{refused:?}");
    let stderr = kiosk.program.stderr();
    for secret in ["first-", "second-", "third-"] {
        assert!(!stderr.contains(secret), "{stderr}");
    }
}

/// A kiosk that has begun and waits for a display server that hangs.
fn waiting_kiosk(house: &House, name: &str, before: &[&str]) -> Kiosk {
    let display = Display::start();
    kill_process(Pid::from_child(&display.server().child), Signal::STOP).unwrap();
    let kiosk = Kiosk::start_at(display, &house.device, name, before);
    kiosk.says("started");
    kiosk
}

#[test]
fn a_hangup_before_there_is_a_window_is_answered_once_there_is_one() {
    let house = House::new("[screen]\nclock = false\n");
    let mut kiosk = waiting_kiosk(&house, "care-early-hangup", &[]);
    set(&house, "screen", "theme", "light");
    kiosk.send(Signal::HUP);
    let server = Pid::from_child(&kiosk.display.server().child);
    kill_process(server, Signal::CONT).unwrap();
    kiosk.says("config_reloaded");
    let _ = kiosk.log.expect_screen("welcome", "idle");
    let _ = kiosk.display.picture("care-early-hangup", |picture| {
        picture.get_pixel(4, 4).0 > [0xc0; 3]
    });
    kiosk.send(Signal::TERM);
    assert_eq!(kiosk.program.wait().code, Some(0));
}

#[test]
fn a_hangup_that_the_parent_has_had_ignored_stays_so() {
    let house = House::new("");
    let mut kiosk = waiting_kiosk(&house, "care-nohup", &["env", "--ignore-signal=HUP"]);
    kiosk.send(Signal::HUP);
    let server = Pid::from_child(&kiosk.display.server().child);
    kill_process(server, Signal::CONT).unwrap();
    let _ = kiosk.log.expect_screen("welcome", "idle");
    kiosk.send(Signal::HUP);
    // What is asked for in another way is done, and what came before is done by then.
    let _ = told(&house, &["reload", "--json"]);
    kiosk.send(Signal::TERM);
    let ended = kiosk.program.wait();
    assert_eq!(ended.code, Some(0));
    assert_eq!(ended.stderr.matches("config_reloaded").count(), 1);
}

#[test]
fn a_configuration_that_was_missing_is_found() {
    let house = House::new("");
    let aside = house.device.path("aside.toml");
    fs::rename(house.device.config_file(), &aside).unwrap();
    let mut kiosk = Kiosk::start(&house.device, "care-set-up");
    let _ = kiosk
        .log
        .expect("set-up", |line| line["screen"] == "set_up");
    let missing = house.device.run(&["reload"]);
    assert_eq!(missing.code, Some(2), "{missing:?}");
    assert!(
        missing.stderr.contains("no configuration found"),
        "{missing:?}"
    );
    fs::rename(&aside, house.device.config_file()).unwrap();
    let found = told(&house, &["reload", "--json"]);
    assert_eq!(found["after_restart"], json!([]));
    let _ = kiosk.log.expect_screen("welcome", "idle");
}

#[test]
fn a_monitor_hears_whether_all_is_well() {
    let house = House::signed_in("");
    let nobody = house.device.run(&["health"]);
    assert_eq!(nobody.code, Some(1), "{nobody:?}");
    assert_eq!(json_of(&nobody)["problems"][0]["code"], "no_kiosk");
    let mut kiosk = Kiosk::start(&house.device, "care-health");
    let _ = kiosk
        .log
        .expect("cards", |line| focus(line).starts_with("card."));
    let well = told(&house, &["health"]);
    assert_eq!(well["healthy"], true);
    assert_eq!(well["problems"], json!([]));
    assert_eq!(well["profile"], "default");
    let asked = Instant::now();
    for _ in 0..20 {
        let _ = told(&house, &["health"]);
    }
    println!("a question of health took {:?}", asked.elapsed() / 20);
    // A display server that hangs: the loop that draws waits for it.
    kiosk.display.wait_for_keyboard();
    kiosk.display.press("Down");
    let server = Pid::from_child(&kiosk.display.server().child);
    kill_process(server, Signal::STOP).unwrap();
    let frozen = wait_for("a frozen screen", PATIENCE, || {
        let ended = house.device.run(&["health"]);
        (ended.code == Some(1)).then_some(ended)
    });
    assert_eq!(
        json_of(&frozen)["problems"][0]["code"],
        "frozen",
        "{frozen:?}"
    );
    kill_process(server, Signal::CONT).unwrap();
    wait_for("a screen that moves", PATIENCE, || {
        (house.device.run(&["health"]).code == Some(0)).then_some(())
    });
    // A program that is stopped as a whole cannot say that it is.
    drop(kiosk);
}

#[test]
fn the_doctor_tells_what_the_kiosk_that_runs_has_met() {
    let house = House::signed_in("");
    let kiosk_check = || {
        let ended = house.device.run(&["doctor", "--no-code", "--json"]);
        let report: Value = serde_json::from_str(&ended.stdout).unwrap();
        let mut checks = report["checks"].as_array().unwrap().iter();
        checks.find(|check| check["name"] == "kiosk").cloned()
    };
    assert_eq!(kiosk_check(), None, "no kiosk runs");
    let mut kiosk = Kiosk::start(&house.device, "care-doctor");
    let _ = kiosk
        .log
        .expect("cards", |line| focus(line).starts_with("card."));
    let well = kiosk_check().unwrap();
    assert_eq!(well["status"], "ok", "{well}");
    let detail = well["detail"].as_str().unwrap();
    let begins = format!("pid {}, on home (", kiosk.program.child.id());
    assert!(detail.starts_with(&begins), "{detail}");
    assert!(detail.contains(" started "), "{detail}");

    // A row that the API does not have: it is told until it is mended.
    edit(&house, |all| {
        let row = all["api"]["rows"][0].as_table_mut().unwrap();
        let _ = row.insert("path".to_owned(), "no/such/list".into());
    });
    assert_eq!(
        told(&house, &["reload", "--json"])["applied"],
        json!(["api.rows"])
    );
    kiosk.says("row_failed");
    let ill = kiosk_check().unwrap();
    assert_eq!(ill["status"], "warning", "{ill}");
    let detail = ill["detail"].as_str().unwrap();
    assert!(detail.starts_with("row_failed; pid "), "{detail}");
    assert!(detail.contains(" config_reloaded "), "{detail}");
    assert!(ill["fix"].as_str().unwrap().contains("journal"), "{ill}");
}

#[test]
fn a_sign_out_in_a_shell_ends_what_was_wrong_and_is_no_alarm() {
    let house = House::signed_in("");
    edit(&house, |all| {
        all["api"]["rows"][0]["path"] = "library/continue?chaos=500".into();
    });
    let mut kiosk = Kiosk::start(&house.device, "care-sign-out");
    kiosk.says("row_failed");
    let fails = || {
        let failed = house.device.run(&["health"]);
        (failed.code == Some(1) && failed.stdout.contains("row_failed")).then_some(())
    };
    wait_for("a row that is told as failed", PATIENCE, fails);
    // A row that is not there any more fails no more.
    let mut left_out = Vec::new();
    edit(&house, |all| {
        let rows = all["api"]["rows"].as_array_mut().unwrap();
        left_out = rows.clone();
        *rows = vec![rows[1].clone()];
    });
    assert_eq!(
        told(&house, &["reload", "--json"])["applied"],
        json!(["api.rows"])
    );
    assert_eq!(told(&house, &["health"])["healthy"], true);
    edit(&house, |all| {
        *all["api"]["rows"].as_array_mut().unwrap() = left_out;
    });
    let _ = told(&house, &["reload", "--json"]);
    wait_for("a row that fails again", PATIENCE, fails);
    let out = house.device.run(&["sign-out", "--all"]);
    assert_eq!(out.code, Some(0), "{out:?}");
    let _ = kiosk.log.expect_screen("welcome", "ended");
    // Nobody asks for that row any more, and whoever signed out has ended the session.
    let well = told(&house, &["health"]);
    assert_eq!(
        (&well["healthy"], &well["troubles"]),
        (&json!(true), &json!([])),
        "{well}"
    );
    kiosk.says("signed_out");
    assert!(!kiosk.program.stderr().contains("session_ended"));
}

#[test]
fn a_log_that_nobody_reads_stops_no_screen() {
    let house = House::new("[screen]\nclock = false\n");
    let pipe = house.device.path("log");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let mut log = fs::File::options()
        .read(true)
        .write(true)
        .custom_flags(OFlags::NONBLOCK.bits().cast_signed())
        .open(&pipe)
        .unwrap();
    while log.write(&[b'x'; 4096]).is_ok() {}
    // The kiosk opens the pipe for itself: a write of its own would wait for ever.
    let words = format!("exec \"$0\" \"$@\" 2>{}", pipe.display());
    let before = ["sh", "-c", &words];
    let mut kiosk = Kiosk::start_at(Display::start(), &house.device, "care-unread", &before);
    let first = kiosk.log.expect_screen("welcome", "idle");
    kiosk.display.wait_for_keyboard();
    for _ in 0..3 {
        let _ = told(&house, &["reload", "--json"]);
    }
    kiosk.display.press("Down");
    let _ = kiosk.log.expect_focus_to_leave(focus(&first));
    assert_eq!(told(&house, &["health"])["healthy"], true);
    // Whoever reads again hears that something is missing.
    let mut read = Vec::new();
    wait_for("what was lost", PATIENCE, || {
        let _ = told(&house, &["reload", "--json"]);
        let _ = log.read_to_end(&mut read);
        let read = String::from_utf8_lossy(&read);
        read.contains("were lost").then_some(())
    });
    kiosk.send(Signal::TERM);
    assert_eq!(kiosk.program.wait().code, Some(0));
}

#[test]
fn clients_that_hang_flood_or_babble_do_not_touch_the_screen() {
    let house = House::new("");
    let mut kiosk = Kiosk::start(&house.device, "care-flood");
    let first = kiosk.log.expect_screen("welcome", "idle");
    kiosk.display.wait_for_keyboard();
    let socket = kiosk.socket(&house);
    let hung: Vec<_> = (0..60)
        .map(|_| UnixStream::connect(&socket).unwrap())
        .collect();
    let mut babblers: Vec<_> = (0..20)
        .map(|_| UnixStream::connect(&socket).unwrap())
        .collect();
    for babbler in &mut babblers {
        let _ = babbler.write_all(&[b'{'; 4096]);
    }
    // The screen moves meanwhile.
    kiosk.display.press("Down");
    let _ = kiosk.log.expect_focus_to_leave(focus(&first));
    let asked = Instant::now();
    let screen = told(&house, &["screen", "--json"]);
    assert_eq!(screen["screen"], "welcome");
    assert!(
        asked.elapsed() < Duration::from_secs(30),
        "{:?}",
        asked.elapsed()
    );
    drop(hung);
    for mut babbler in babblers {
        let mut answer = String::new();
        babbler.set_read_timeout(Some(PATIENCE)).unwrap();
        let _ = babbler.read_to_string(&mut answer);
        assert!(answer.is_empty() || answer.contains("usage"), "{answer}");
    }
    for wrong in ["{}\n", "null\n", "{\"ask\":\"quit\"}\n", "\n"] {
        let mut stream = UnixStream::connect(&socket).unwrap();
        stream.write_all(wrong.as_bytes()).unwrap();
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["error"]["code"], "usage", "{wrong}: {answer}");
    }
}

#[test]
fn of_two_kiosks_one_is_named() {
    let house = House::new("");
    let mut one = Kiosk::start(&house.device, "care-two-a");
    let _ = one.log.expect_screen("welcome", "idle");
    let mut other = Kiosk::start(&house.device, "care-two-b");
    let _ = other.log.expect_screen("welcome", "idle");
    let pids = [&one, &other].map(|kiosk| kiosk.program.child.id());
    for command in ["screen", "reload"] {
        let unnamed = house.device.run(&[command]);
        assert_eq!(unnamed.code, Some(2), "{unnamed:?}");
        assert!(
            pids.iter()
                .all(|pid| unnamed.stderr.contains(&pid.to_string())),
            "{unnamed:?}"
        );
    }
    let health = house.device.run(&["health"]);
    assert_eq!(json_of(&health)["problems"][0]["code"], "several_kiosks");
    let pid = pids[1].to_string();
    let named = told(&house, &["screen", "--json", "--pid", &pid]);
    assert_eq!(named["pid"], pids[1]);
    // What a kill leaves is nobody's, and the next kiosk removes it.
    other.send(Signal::KILL);
    let socket = other.socket(&house);
    drop(other);
    assert!(socket.exists());
    assert_eq!(told(&house, &["screen", "--json"])["pid"], pids[0]);
    let mut third = Kiosk::start(&house.device, "care-two-c");
    let _ = third.log.expect_screen("welcome", "idle");
    assert!(!socket.exists());
}
