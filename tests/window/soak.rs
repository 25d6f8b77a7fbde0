//! A kiosk's day in minutes. People come and go, codes expire, rows bring other pictures, the network is lost, somebody
//! looks from afar: all that happens in half an hour happens in half a minute, because the servers let codes and tokens
//! live for seconds and the rows are loaded every other second. The clocks are real: what takes its time in the program takes it
//! here. Afterwards, in front of the same screen, the program has the memory, the descriptors and the threads that it had.
//!
//! An hour holds what one of eight hours has at the most: four codes that nobody used (fifteen minutes each), two people,
//! 250 keys, more loads of rows and refreshes of tokens than in a day, two looks from afar, four reloads, two outages.
//! `VESTIBULE_SOAK_HOURS` says how many; from four on, each person is followed by the clock on black, for which the
//! owner's shortest time is a minute.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::display::{Display, pictures};
use crate::footprint::Footprint;
use crate::living_room::{focus, log_file};
use crate::ui_log::UiLog;
use testing::files::files_below;
use testing::house::House;
use testing::media_api::{self, Answer, Api};
use testing::phone::{self, Decision};
use testing::process::{PATIENCE, Running, wait_for};
use testing::proxy::Fault;

/// People in an hour.
const PEOPLE: usize = 2;
/// People of whom nothing is measured: caches fill, fonts are read, the allocator finds its size.
const WARM_UP: usize = 1;
/// Hours from which on there is time for the clock on black.
const LONG: usize = 4;
/// Codes that expire one after the other before the screen rests.
const CODES: usize = 2;
/// Cards in a row whose content changes, and how many of them are others each time that it is loaded.
const CARDS: usize = 12;
const CHANGED: usize = 4;
/// By how much, in KiB, the second half of the people may find the program larger than the first half did. The backdrop has
/// as much, and whether the renderer has it twice depends on the last frame.
const MOST_MORE: u64 = 8192;
/// What the program may write to the disk for one person, in KiB: the pictures that they see, and their tokens.
const MOST_WRITTEN: u64 = 16 * 1024;
/// Pictures may be kept for a day, and are.
const KEPT: &str = "cache-control: max-age=86400\r\n";
/// After how long a person presses OK again.
const SECOND_TRY: Duration = Duration::from_secs(2);
/// By when the clock on black is on: it comes a minute after the last key.
const DARK: Duration = Duration::from_secs(120);
/// By when what was used last is let go: tokio keeps its threads that block for ten seconds.
const LET_GO: Duration = Duration::from_secs(15);

/// Rows of every form: two that change each time, one with actions, two whose cards open others.
const ROWS: &str = r#"
rows = [
  { api = "news", title = "News", path = "news", items = "/items", refresh_seconds = 2, card = { id = "/id", title = "/name", image = "/art", body = "/name" } },
  { title = "Continue", path = "library/continue", items = "/items", refresh_seconds = 2, actions = [{ label = "Add to my list", method = "POST", path = "list/{id}", unless = "/on_list" }, { label = "Remove from my list", method = "DELETE", path = "list/{id}", when = "/on_list" }], card = { id = "/id", title = "/name", image = "/artwork", body = "/summary" } },
  { title = "Series", path = "library/series", items = "/items", shape = "poster", card = { id = "/id", title = "/name", image = "/poster", body = "/summary" }, opens = { path = "library/series/{id}", items = "/items", shape = "poster", card = { id = "/id", title = "/name", image = "/poster" } } },
  { title = "Records", path = "library/records", items = "/items", shape = "square", card = { id = "/id", title = "/name", image = "/cover" } },
  { api = "news", title = "Weather", path = "weather", items = "/items", refresh_seconds = 3, card = { id = "/id", title = "/name", image = "/art" } },
]
base_url"#;

const MORE: &str = r#"
[sign_in]
renewals = 1
greeting_seconds = 1
[screen]
dim_after_minutes = 0
ambient_after_minutes = 1
title = "Morning"
"#;

/// An API whose lists are others each time, with pictures that nobody has seen.
struct News {
    is_out: Arc<AtomicBool>,
    lists: Arc<AtomicUsize>,
    pictures: Arc<AtomicUsize>,
    refused: Arc<AtomicUsize>,
    api: Api,
    // After what it runs.
    _runtime: Runtime,
}

impl News {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let is_out = Arc::<AtomicBool>::default();
        let [lists, pictures, refused] = [(); 3].map(|()| Arc::<AtomicUsize>::default());
        let out = Arc::clone(&is_out);
        let [count, shown, no] = [&lists, &pictures, &refused].map(Arc::clone);
        let art = media_api::png(480, 270);
        let answer = move |path: &str| {
            if out.load(Ordering::Relaxed) {
                let _ = no.fetch_add(1, Ordering::Relaxed);
                Answer::status(503, "")
            } else if path.starts_with("/art/") {
                let _ = shown.fetch_add(1, Ordering::Relaxed);
                Answer::Whole(200, KEPT, "image/png", art.clone())
            } else {
                let first = count.fetch_add(1, Ordering::Relaxed) * CHANGED;
                Answer::json(media_api::items(first..first + CARDS))
            }
        };
        let api = runtime.block_on(Api::serve(answer));
        Self {
            is_out,
            lists,
            pictures,
            refused,
            api,
            _runtime: runtime,
        }
    }
}

/// Whether the first card of the first row has the focus.
fn is_first(line: &Value) -> bool {
    let left = |card: &Value| card[0].as_i64();
    let cards = line["rects"].as_object().unwrap().iter();
    let row = cards.filter(|(id, _)| id.starts_with("card.0."));
    let first = row.min_by_key(|(_, card)| left(card));
    first.is_some_and(|(id, _)| id == focus(line))
}

/// The kiosk, what it is configured for, and the hand with its remote.
struct Kiosk {
    // Before the display: the window ends first.
    program: Running,
    display: Display,
    log: UiLog,
    house: House,
    news: News,
    keys: usize,
    codes: usize,
    refreshes: usize,
    reloads: usize,
    outages: usize,
}

impl Kiosk {
    fn start() -> Self {
        let news = News::start();
        let lives = [
            "--interval",
            "1",
            "--code-lifetime",
            "4",
            "--access-lifetime",
            "6",
        ];
        let mut house = House::new(&lives);
        house.reconfigure("base_url", ROWS.trim_start());
        house.add(&format!(
            "\n[apis.news]\nbase_url = \"http://127.0.0.1:{}/\"\n{MORE}",
            news.api.port
        ));
        let display = Display::start();
        let file = log_file("soak");
        let name = file.to_string_lossy();
        let mut command = house.command(&["kiosk", "--renderer", "software", "--ui-log", &name]);
        let _ = command.env("DISPLAY", display.name());
        let program = Running::start(command);
        let mut log = UiLog::follow(&file);
        let _ = log.expect_screen("welcome", "idle");
        display.wait_for_keyboard();
        Self {
            program,
            display,
            log,
            house,
            news,
            keys: 0,
            codes: 0,
            refreshes: 0,
            reloads: 0,
            outages: 0,
        }
    }

    fn press(&mut self, key: &str) {
        self.display.press(key);
        self.keys += 1;
    }

    /// Presses a key until it does what it is to do, as people do: an OK that comes right after a row has brought another card
    /// under it counts for nothing, and a Back that comes while the program is busy may count as held.
    fn press_for(&mut self, key: &str, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut pressed: Option<Instant> = None;
        wait_for(what, PATIENCE, || {
            if pressed.is_none_or(|pressed| pressed.elapsed() > SECOND_TRY) {
                self.press(key);
                pressed = Some(Instant::now());
            }
            self.log.next(&wanted)
        })
    }

    fn ok(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.press_for("Return", what, wanted)
    }

    fn back_to(&mut self, screen: &str) {
        let _ = self.press_for("Escape", screen, |line| line["screen"] == screen);
    }

    /// Presses keys one after the other, as fast as a thumb that is in a hurry.
    fn press_all(&mut self, keys: &[&str]) {
        let mut command = Command::new("xdotool");
        let _ = command.args(["key", "--delay", "40"]).args(keys);
        let status = command.env("DISPLAY", self.display.name()).status();
        assert!(status.unwrap().success(), "{keys:?}");
        self.keys += keys.len();
    }

    /// Waits until `wanted` is on.
    fn is_on(&mut self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.log.expect_last(what, wanted)
    }

    fn screen(&mut self, screen: &str) -> Value {
        self.is_on(screen, |line| line["screen"] == screen)
    }

    /// Where the codes so far lead to.
    fn codes(&self) -> Vec<String> {
        let exchanges = self
            .house
            .proxy
            .exchanges_with(&self.house.paths.device, "");
        let replies = exchanges.into_iter().filter_map(|exchange| exchange.served);
        let addresses = replies.map(|reply| {
            reply.json()["verification_uri_complete"]
                .as_str()
                .map(str::to_owned)
        });
        addresses.flatten().collect()
    }

    /// Codes come and expire, until the screen rests.
    fn lets_codes_expire(&mut self) {
        let codes = self.codes().len();
        let _ = self.ok("a code", |line| line["screen"] == "sign_in");
        let _ = self.is_on("codes that nobody uses", |line| line["state"] == "resting");
        assert_eq!(self.codes().len() - codes, CODES);
    }

    /// A person asks for a code and allows it on the phone.
    fn signs_in(&mut self) {
        let mut seen = self.codes().len();
        let _ = self.ok("a code", |line| line["state"] == "requesting");
        let home = wait_for("cards", PATIENCE, || {
            if let Some(code) = self.codes().get(seen) {
                seen += 1;
                let _ = phone::answer(code, Decision::Allow);
            }
            self.log
                .last(|line| line["screen"] == "home" && focus(line).starts_with("card."))
        });
        assert!(is_first(&home), "{home}");
    }

    /// Through all rows and back, twice.
    fn strolls(&mut self) {
        for _ in 0..2 {
            let mut keys = Vec::new();
            for _ in 0..5 {
                keys.extend(["Right"; 6]);
                keys.extend(["Left"; 3]);
                keys.push("Down");
            }
            keys.push("Home");
            self.press_all(&keys);
            let _ = self.is_on("the first card", is_first);
        }
    }

    /// A card in full, an action, and what a card opens.
    fn opens_cards(&mut self) {
        let _ = self.ok("a card in full", |line| line["screen"] == "detail");
        self.back_to("home");
        self.press("Down");
        let _ = self.is_on("the second row", |line| focus(line).starts_with("card.1."));
        let _ = self.ok("a card in full", |line| line["screen"] == "detail");
        let _ = self.ok("an action", |line| line["state"] == "done");
        self.back_to("home");
        self.press("Down");
        let _ = self.is_on("the third row", |line| focus(line).starts_with("card.2."));
        let _ = self.ok("what a card opens", |line| line["screen"] == "opened");
        self.press("Home");
        let _ = self.screen("home");
    }

    /// From the first row by the account screen to this entry of it.
    fn chooses(&mut self, id: &str, then: impl Fn(&Value) -> bool) {
        let _ = self.press_for("Up", "the account button", |line| focus(line) == "account");
        let mut line = self.ok("the account screen", |line| line["screen"] == "account");
        while focus(&line) != id {
            let before = focus(&line).to_owned();
            self.press("Down");
            line = self.is_on("another entry", |line| focus(line) != before);
        }
        let _ = self.ok(id, then);
    }

    /// Larger text and other colours, and back again.
    fn tries_the_panel(&mut self) {
        self.chooses("accessibility", |line| line["screen"] == "accessibility");
        self.press_all(&["Right", "Left", "Down", "Right", "Right", "Left", "Left"]);
        self.back_to("account");
        self.back_to("home");
    }

    /// Has the kiosk answer a command. On a busy machine the loop that draws may hang for seconds.
    fn answers(&self, arguments: &[&str]) {
        wait_for(&arguments.join(" "), PATIENCE, || {
            (self.house.run(arguments).code == Some(0)).then_some(())
        });
    }

    /// Whoever looks after the box asks what is on, and changes the configuration there and back.
    fn is_looked_after(&mut self) {
        let file = self.house.device.path("now.png");
        let png = ["screen", "--png", file.to_str().unwrap()];
        for arguments in [&png[..], &["screen", "--json"], &["health"]] {
            self.answers(arguments);
        }
        fs::remove_file(file).unwrap();
        for (from, to) in [("Morning", "Evening"), ("Evening", "Morning")] {
            self.house.reconfigure(from, to);
            self.answers(&["reload"]);
            self.reloads += 1;
        }
    }

    /// No server can be reached, and then all of them.
    fn loses_the_network(&mut self) {
        let paths = self.house.paths.clone();
        for path in [&paths.library, &paths.token] {
            self.house.proxy.break_all(path, Fault::HangUp);
        }
        self.news.is_out.store(true, Ordering::Relaxed);
        // With a token that has run out the API is not even asked.
        let asked = |kiosk: &Self| {
            let exchanges = |path| kiosk.house.proxy.exchanges_with(path, "").len();
            let of_api = exchanges(&paths.library) + exchanges(&paths.token);
            (of_api, kiosk.news.refused.load(Ordering::Relaxed))
        };
        let before = asked(self);
        wait_for("tries in vain", PATIENCE, || {
            let (api, news) = asked(self);
            (api > before.0 + 1 && news > before.1 + 1).then_some(())
        });
        self.house.proxy.mend();
        self.news.is_out.store(false, Ordering::Relaxed);
        let served = |kiosk: &Self| {
            let replies = kiosk
                .house
                .proxy
                .exchanges_with(&paths.library, "")
                .into_iter();
            let api = replies.filter(|exchange| exchange.reply.is_some()).count();
            (api, kiosk.news.lists.load(Ordering::Relaxed))
        };
        let before = served(self);
        wait_for("rows again", PATIENCE, || {
            let (api, news) = served(self);
            (api > before.0 && news > before.1).then_some(())
        });
        self.outages += 1;
    }

    fn signs_out(&mut self) {
        self.chooses("sign_out", |line| line["state"] == "confirm");
        let _ = self.press_for("Left", "the answer", |line| focus(line) == "confirm");
        let _ = self.ok("a sign-out", |line| line["state"] == "signing_out");
        let _ = self.screen("welcome");
    }

    /// Nobody is there: the clock on black, or what the screen is before that. The focus went there and back, so that the
    /// last frame is one that draws little: what a frame does not show the renderer lets go of, and one that shows the whole
    /// backdrop has 8 MiB more.
    fn is_left_alone(&mut self, is_long: bool) {
        if is_long {
            let _ = wait_for("a clock on black", DARK, || {
                self.log.last(|line| line["screen"] == "ambient")
            });
        } else {
            let _ = self.press_for("Down", "another focus", |line| {
                line["screen"] == "welcome" && !["", "sign_in"].contains(&focus(line))
            });
            let _ = self.press_for("Up", "the focus again", |line| focus(line) == "sign_in");
        }
    }

    /// Somebody is there, and presses a key that wakes the screen and does nothing else.
    fn is_woken(&mut self, is_long: bool) {
        if is_long {
            self.press("Left");
            let _ = self.screen("welcome");
        }
    }

    /// Somebody comes by, half an hour passes, and nobody is there any more.
    fn is_visited(&mut self) {
        self.lets_codes_expire();
        self.signs_in();
        self.strolls();
        self.opens_cards();
        self.tries_the_panel();
        self.is_looked_after();
        self.loses_the_network();
        self.strolls();
        self.signs_out();
        let paths = &self.house.paths;
        let refreshes = self
            .house
            .proxy
            .exchanges_with(&paths.token, "refresh_token");
        self.refreshes += refreshes.len();
        self.codes += self.codes().len();
        self.house.proxy.forget();
    }

    /// What has happened so far.
    fn lived(&self) -> String {
        let of = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
        format!(
            "{} codes, {} keys, {} lists and {} pictures of the news, {} refreshes, {} reloads, {} outages",
            self.codes,
            self.keys,
            of(&self.news.lists),
            of(&self.news.pictures),
            self.refreshes,
            self.reloads,
            self.outages,
        )
    }

    /// Names of the program's files.
    fn files(&self) -> Vec<String> {
        let home = self.house.device.home();
        let files = files_below(home).into_iter();
        let mut names: Vec<_> = files
            .filter_map(|file| Some(file.strip_prefix(home).ok()?.display().to_string()))
            .collect();
        names.sort();
        names
    }

    fn footprint(&self) -> Footprint {
        Footprint::of(self.program.child.id())
    }

    /// What there is once it has stayed the same for longer than anything is kept.
    fn settled(&self) -> Footprint {
        let mut seen = (self.footprint(), Instant::now());
        wait_for("nothing under way", 4 * LET_GO, || {
            let now = self.footprint();
            if !now.is_level_with(&seen.0) {
                seen = (now, Instant::now());
            }
            (seen.1.elapsed() > LET_GO).then(|| self.footprint())
        })
    }

    /// What there is once it is level with this.
    fn settled_as(&self, before: &Footprint) -> Footprint {
        let mut now = self.footprint();
        let began = Instant::now();
        while !now.is_level_with(before) {
            assert!(
                began.elapsed() < 4 * LET_GO,
                "{now:#?}\nis not as {before:#?}"
            );
            std::thread::sleep(Duration::from_millis(200));
            now = self.footprint();
        }
        now
    }
}

/// The mean of what was measured, in KiB.
fn mean(of: &[Footprint]) -> u64 {
    let all: u64 = of.iter().map(|one| one.anonymous).sum();
    all / of.len() as u64
}

#[test]
fn a_day_leaves_memory_descriptors_and_threads_as_they_were() {
    let hours = std::env::var("VESTIBULE_SOAK_HOURS");
    let hours: usize = hours.map_or(1, |hours| hours.parse().unwrap());
    assert!(hours > 0);
    let mut kiosk = Kiosk::start();
    let is_long = hours >= LONG;
    kiosk.is_left_alone(is_long);
    let before = kiosk.settled();
    kiosk.is_woken(is_long);
    let mut table = format!("at first: {before}\n");
    let mut seen: Vec<Footprint> = Vec::new();
    let mut left = None;
    for visit in 0..WARM_UP + hours * PEOPLE {
        let began = Instant::now();
        kiosk.is_visited();
        kiosk.is_left_alone(is_long);
        let now = kiosk.settled_as(&before);
        kiosk.is_woken(is_long);
        let written = now.written - seen.last().unwrap_or(&before).written;
        let seconds = began.elapsed().as_secs();
        let line = format!(
            "{visit:>2}: {now}, {written} KiB more written; {seconds} s, and so far {}",
            kiosk.lived(),
        );
        // A run of hours is looked at while it lasts.
        eprintln!("{line}");
        writeln!(table, "{line}").unwrap();
        fs::write(pictures().join("soak.txt"), &table).unwrap();
        assert!(written < MOST_WRITTEN, "{table}");
        // Nothing of anybody stays: the same files as after the first.
        let files = kiosk.files();
        assert_eq!(*left.get_or_insert_with(|| files.clone()), files);
        seen.push(now);
    }
    let measured = &seen[WARM_UP..];
    let (first, second) = measured.split_at(measured.len() / 2);
    assert!(mean(second) < mean(first) + MOST_MORE, "{table}");

    let process = Pid::from_child(&kiosk.program.child);
    kill_process(process, Signal::TERM).unwrap();
    let ended = kiosk.program.wait();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let expected = ["api_unreachable", "server_unreachable"];
    let expected = expected.map(|event| format!(" WARN vestibule: {event} "));
    let lines = ended.stderr.lines().filter(|line| !line.contains(" INFO "));
    let wrong = lines.filter(|line| !expected.iter().any(|event| line.contains(event)));
    assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
}
