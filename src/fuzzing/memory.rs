//! Whatever a server answers within its limits, reading it takes no more memory than is promised.

use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use crate::api::{Card, Error, fuzzing};
use crate::app::pictures::{Shape, decode, plain_jpeg};
use crate::config;
use peak_alloc::PeakAlloc;
use url::Url;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Set where nothing else runs in the process.
const ALONE: &str = "VESTIBULE_TEST_ALONE";

const MIB: usize = 1024 * 1024;
/// Largest answer of an API that is read.
const LARGEST: usize = 16 * MIB;

/// What `work` took at most, beside what was there before.
fn peak<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let done = work();
    (done, MEMORY.peak_usage().saturating_sub(before))
}

fn row(items: &str) -> config::Row {
    config::Row {
        items: items.to_owned(),
        next: Some("/next".to_owned()),
        card: config::CardMap {
            id: "/id".into(),
            title: "/name".into(),
            image: Some("/art".into()),
            body: Some("/about".into()),
            ..config::CardMap::default()
        },
        ..config::Row::default()
    }
}

fn read(items: &str, body: &str) -> (Result<Vec<Card>, Error>, usize) {
    let base = Url::parse("https://api.example.com/v1/").unwrap();
    let row = row(items);
    peak(|| fuzzing::answer(&row, &base, body.as_bytes()))
}

fn list(item: &str) -> String {
    list_of((LARGEST - 20) / (item.len() + 1), |_| item.to_owned())
}

fn list_of(count: usize, item: impl Fn(usize) -> String) -> String {
    let items: Vec<_> = (0..count).map(item).collect();
    format!(r#"{{"items":[{}]}}"#, items.join(","))
}

#[test]
fn no_answer_takes_more_memory_than_is_promised() {
    if std::env::var_os(ALONE).is_some() {
        hostile();
        honest();
        of_a_server();
        a_photo();
        return;
    }
    // In a process of its own: another test would be counted too.
    let name = "fuzzing::memory::no_answer_takes_more_memory_than_is_promised";
    let ended = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name])
        .env(ALONE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(said.contains("1 passed"), "{said}");
}

fn hostile() {
    let members: Vec<_> = (0..1_000_000).map(|n| format!("\"{n}\":1")).collect();
    let members = format!("{{{}}}", members.join(","));
    for (name, items, body) in [
        ("numbers", "/items", list_of(4_000_000, |_| "1".to_owned())),
        (
            "small items",
            "/items",
            list_of(500_000, |id| format!(r#"{{"id":{id}}}"#)),
        ),
        ("items with nothing in them", "/items", list("{}")),
        (
            "items with nothing that is wanted",
            "/items",
            list(r#"{"x":1}"#),
        ),
        ("lists", "/items", list("[]")),
        ("lists in lists", "/items", list("[[[[[[[]]]]]]]")),
        ("texts", "/items", list("\"\"")),
        ("depth", "", "[".repeat(LARGEST)),
        (
            "depth below an item",
            "/items",
            format!(r#"{{"items":[{{"x":{}"#, "[".repeat(LARGEST - 20)),
        ),
        ("members", "/*", members.clone()),
        ("members of the top", "/items", members),
        (
            "one text",
            "/items",
            list_of(1, |_| {
                format!(
                    r#"{{"id":"{0}","name":"{0}"}}"#,
                    "x".repeat(LARGEST / 2 - 30)
                )
            }),
        ),
        (
            "one name",
            "/items",
            list_of(1, |_| format!(r#"{{"{}":1}}"#, "x".repeat(LARGEST - 30))),
        ),
        (
            "escapes",
            "/items",
            list_of(1, |_| {
                format!(r#"{{"about":"{}"}}"#, "\\n".repeat(LARGEST / 2 - 30))
            }),
        ),
        (
            "an address",
            "/items",
            list_of(1, |_| {
                format!(r#"{{"art":"/{}"}}"#, "%41".repeat(LARGEST / 3 - 30))
            }),
        ),
    ] {
        assert!(body.len() <= LARGEST, "{name}");
        let (told, took) = read(items, &body);
        let told = told.map(|cards| cards.len());
        assert!(took < 64 * MIB, "{name}: {} MiB, {told:?}", took / MIB);
    }
}

/// What is no trick goes on being shown.
fn honest() {
    let long = "x".repeat(900);
    let library =
        |id| format!(r#"{{"id":"i{id}","name":"Title {id}","art":"/a.png","more":"{long}"}}"#);
    // Much that no row shows: forty members, some with objects of their own.
    let rich = |id| {
        let others: Vec<_> = (0..40)
            .map(|n| format!(r#""member{n}":{{"a":{n},"b":[1,2,3],"c":"text"}}"#))
            .collect();
        format!(
            r#"{{"id":{id},"name":"Title","art":"/a.png",{}}}"#,
            others.join(",")
        )
    };
    for (name, body, cards) in [
        ("a library", list_of(10_922, library), 10_922),
        ("rich items", list_of(8_000, rich), 8_000),
    ] {
        assert!(body.len() <= LARGEST, "{name}: {}", body.len());
        let (told, took) = read("/items", &body);
        assert_eq!(told.map(|cards| cards.len()), Ok(cards), "{name}");
        assert!(took < 48 * MIB, "{name}: {} MiB", took / MIB);
    }
}

/// Of a photo of 24 megapixels for a card. All of its pixels take 24 MB, as it is grey, and 96 MB as they are shown.
fn a_photo() {
    let photo = plain_jpeg(6000, 4000);
    let card = Shape {
        width: 400,
        height: 225,
        radius: 16,
    };
    let late = Instant::now() + Duration::from_secs(60);
    let (pixels, took) = peak(|| decode(&photo, card, late));
    assert!(pixels.is_ok());
    assert!(took < 16 * MIB, "a photo: {} MiB", took / MIB);
}

/// An authorization server's answers, of a megabyte at most, and the claims of an ID token.
fn of_a_server() {
    let fill = |before: &str, item: &str, after: &str| {
        let items = vec![item; (MIB - 100) / (item.len() + 1)];
        format!("{before}{}{after}", items.join(","))
    };
    for (name, body) in [
        ("claims", fill(r#"{"sub":"u","x":["#, r#"{"a":1}"#, "]}")),
        ("numbers", fill(r#"{"error":["#, "1", "]}")),
        ("keys", fill(r#"{"keys":["#, r#"{"kty":"EC"}"#, "]}")),
        (
            "members",
            fill(r#"{"access_token":"t","#, r#""a":{"b":{}}"#, "}"),
        ),
    ] {
        let json = Some("application/json");
        let (_, took) = peak(|| {
            device_flow::fuzzing::reply(&device_flow::provider::OIDC, 200, json, body.as_bytes())
        });
        assert!(took < 24 * MIB, "{name}: {} MiB", took / MIB);
        let (_, took) = peak(|| {
            let ours = ("https://id.example", "tv");
            device_flow::fuzzing::id_token(
                "e30.e30.",
                body.as_bytes(),
                ours,
                SystemTime::UNIX_EPOCH,
            )
        });
        assert!(took < 24 * MIB, "{name} as keys: {} MiB", took / MIB);
    }
}
