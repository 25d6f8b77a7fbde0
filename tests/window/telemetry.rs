//! A whole life as the owner's collector hears of it: start, code, sign-in, an API that refuses a token, a refresh, the end.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rustix::process::{Pid, Signal, kill_process};

use crate::display::{Display, pictures};
use crate::living_room::sign_in;
use crate::ui_log::UiLog;
use testing::files::relayed_secrets;
use testing::house::House;
use testing::otlp_collector::{Answer, OtlpCollector, Span};
use testing::process::{PATIENCE, Running, wait_for};
use testing::proxy::Fault;

/// The key that the owner gave the program for the collector.
const KEY: &str = "Bearer of-the-owners-collector";

fn house(collector: &OtlpCollector) -> House {
    let mut house = House::new(&["--interval", "1"]);
    house.reconfigure(
        "base_url",
        "rows = [{ title = \"Continue\", path = \"library/continue\", items = \"/items\", \
         card = { id = \"/id\", title = \"/name\" } }]\nbase_url",
    );
    fs::write(house.device.config_dir().join("collector-key"), KEY).unwrap();
    house.add(&format!(
        "\n[telemetry]\notlp_endpoint = \"{}\"\ninterval_seconds = 3600\n\
         headers = {{ Authorization = {{ file = \"collector-key\" }} }}\n\
         attributes = {{ \"deployment.environment.name\" = \"lobby\" }}\n",
        collector.base()
    ));
    house
}

fn number(collector: &OtlpCollector, name: &str, attribute: &str, value: &str) -> i64 {
    let found = collector.number(name, &[(attribute, value)]);
    found.unwrap_or_else(|| panic!("{name} {value}:\n{}", collector.text()))
}

#[test]
fn a_whole_life_is_told_without_a_secret() {
    let (collector, of_others) = (OtlpCollector::start(), OtlpCollector::start());
    let house = house(&collector);
    let display = Display::start();
    let file = pictures().join("telemetry.jsonl");
    let _ = fs::remove_file(&file);
    let metrics = house.device.path("vestibule.prom");
    let mut command = house.command(&[
        "--log-level",
        "trace",
        "kiosk",
        "--renderer",
        "software",
        "--ui-log",
        &file.to_string_lossy(),
        "--metrics-textfile",
        &metrics.to_string_lossy(),
    ]);
    let _ = command
        .env("DISPLAY", display.name())
        // What others set for programs of theirs.
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", of_others.base())
        .env("OTEL_EXPORTER_OTLP_HEADERS", "x-of-others=1")
        .env("OTEL_RESOURCE_ATTRIBUTES", "of.others=1");
    let window = Running::start(command);
    let mut log = UiLog::follow(&file);
    let _ = log.expect_screen("welcome", "idle");
    let told = wait_for("the file for node_exporter", PATIENCE, || {
        fs::read_to_string(&metrics).ok()
    });
    assert!(
        told.contains("vestibule_sign_ins_total{result=\"signed_in\"} 0\n"),
        "{told}"
    );
    let mode = fs::metadata(&metrics).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o644);
    display.wait_for_keyboard();
    house.proxy.break_only(
        &house.paths.library,
        "",
        1..=1,
        Fault::answer(401, "application/json", "{}"),
    );
    let code = sign_in(&display, &mut log, &house.proxy);
    let _ = log.expect("cards", |line| {
        line["screen"] == "home" && line["rows"][0] == "cards"
    });
    kill_process(Pid::from_child(&window.child), Signal::TERM).unwrap();
    let ended = window.wait();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(!metrics.exists(), "numbers of a program that has ended");

    assert!(of_others.bytes().is_empty());
    // Seen by people with --nocapture, and kept beside the pictures.
    let text = collector.text();
    fs::write(pictures().join("telemetry.txt"), &text).unwrap();
    println!("{text}");
    assert_eq!(
        number(&collector, "vestibule.sign_ins", "result", "signed_in"),
        1
    );
    assert_eq!(
        number(&collector, "vestibule.refreshes", "result", "refreshed"),
        1
    );
    assert_eq!(
        number(&collector, "vestibule.polls", "result", "granted"),
        1
    );
    assert_eq!(number(&collector, "vestibule.codes", "result", "shown"), 1);
    assert_eq!(
        number(&collector, "vestibule.codes", "result", "expired"),
        0
    );
    assert_eq!(
        number(&collector, "vestibule.api.requests", "status", "401"),
        1
    );
    assert!(number(&collector, "vestibule.api.requests", "status", "200") >= 1);
    assert!(
        collector.number("vestibule.session.age", &[]).is_some(),
        "{text}"
    );
    let resource = collector.resource();
    assert_eq!(resource["service.name"], "vestibule");
    assert_eq!(resource["deployment.environment.name"], "lobby");
    assert!(!resource.contains_key("of.others"), "{resource:?}");

    let spans = collector.spans();
    let named =
        |name: &str| -> Vec<&Span> { spans.iter().filter(|span| span.name == name).collect() };
    let (sign_in, refresh) = (named("sign_in"), named("refresh"));
    assert_eq!((sign_in.len(), refresh.len()), (1, 1), "{text}");
    assert_eq!(sign_in[0].attributes["vestibule.result"], "signed_in");
    assert!(!sign_in[0].failed && sign_in[0].parent.is_empty(), "{text}");
    let posts = named("POST");
    for of in [sign_in[0], refresh[0]] {
        let within = posts
            .iter()
            .filter(|post| post.parent == of.id && post.trace == of.trace);
        assert_eq!(within.count(), 1, "{}: {text}", of.name);
    }
    let refused = named("GET")
        .into_iter()
        .find(|span| {
            span.attributes
                .get("http.response.status_code")
                .is_some_and(|status| status == "401")
        })
        .unwrap_or_else(|| panic!("{text}"));
    assert!(refused.failed && refused.kind == 3, "{text}");
    assert_eq!(refused.attributes["server.address"], "127.0.0.1");
    assert_eq!(refused.attributes["error.type"], "401");

    // Nothing of a person, no path, and no secret but the collector's own.
    let sent = String::from_utf8_lossy(&collector.bytes()).into_owned();
    assert!(sent.contains(KEY), "the collector's own key was not sent");
    let user_code = code["user_code"].as_str().unwrap().to_owned();
    let mut secrets = relayed_secrets(&house.proxy);
    assert!(secrets.len() >= 5, "the proxy saw only {}", secrets.len());
    secrets.extend([user_code.replace('-', ""), user_code]);
    // An e-mail address, a path, what others set.
    secrets.extend(["@example", "library", "x-of-others"].map(str::to_owned));
    for secret in &secrets {
        assert!(!sent.contains(secret.as_str()), "{secret} was sent");
    }
    assert!(
        !ended.stderr.contains("of-the-owners-collector"),
        "{}",
        ended.stderr
    );
    assert!(!ended.stderr.contains("sign_in{"), "spans stand in the log");
}

#[test]
fn a_collector_that_hangs_holds_up_neither_the_screen_nor_the_end() {
    let collector = OtlpCollector::start();
    collector.answer(Answer::Silence);
    let house = house(&collector);
    let display = Display::start();
    let file = pictures().join("telemetry-silent.jsonl");
    let _ = fs::remove_file(&file);
    let mut command = house.command(&[
        "kiosk",
        "--renderer",
        "software",
        "--ui-log",
        &file.to_string_lossy(),
    ]);
    let _ = command.env("DISPLAY", display.name());
    let window = Running::start(command);
    let mut log = UiLog::follow(&file);
    let _ = log.expect_screen("welcome", "idle");
    display.wait_for_keyboard();
    display.press("Return");
    let _ = log.expect_screen("sign_in", "waiting");
    let begun = std::time::Instant::now();
    kill_process(Pid::from_child(&window.child), Signal::TERM).unwrap();
    let ended = window.wait();
    let took = begun.elapsed();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(took < std::time::Duration::from_secs(6), "{took:?}");
    assert_eq!(collector.received("/v1/metrics").len(), 1);
}

#[test]
fn nothing_is_sent_unless_the_owner_names_a_collector() {
    let collector = OtlpCollector::start();
    let house = House::new(&["--interval", "1"]);
    let display = Display::start();
    let file = pictures().join("telemetry-none.jsonl");
    let _ = fs::remove_file(&file);
    let mut command = house.command(&[
        "kiosk",
        "--renderer",
        "software",
        "--ui-log",
        &file.to_string_lossy(),
    ]);
    let _ = command
        .env("DISPLAY", display.name())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.base())
        .env("OTEL_METRIC_EXPORT_INTERVAL", "50");
    let window = Running::start(command);
    let _ = UiLog::follow(&file).expect_screen("welcome", "idle");
    kill_process(Pid::from_child(&window.child), Signal::TERM).unwrap();
    let ended = window.wait();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(collector.bytes().is_empty());
}
