//! `vestibule call`: what is sent, and what is printed of the answers.

use std::io::Write;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use testing::device::{Device, run_to_end};
use testing::process::Ended;

use crate::signed_in::with_api;

type Seen = Arc<Mutex<Vec<(Method, String, HeaderMap, String)>>>;

/// An API of three pages that also says what it was asked.
async fn api(
    State(seen): State<Seen>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let said = String::from_utf8_lossy(&body).into_owned();
    seen.lock()
        .unwrap()
        .push((method, uri.to_string(), headers, said));
    let page = uri
        .query()
        .and_then(|query| query.strip_prefix("page=")?.parse().ok())
        .unwrap_or(1);
    let link = |page: u32| [("link", format!("</api/list?page={page}>; rel=\"next\""))];
    match (uri.path(), page) {
        ("/api/list", page @ (1 | 2)) => (link(page + 1), page.to_string()).into_response(),
        ("/api/list", page) => page.to_string().into_response(),
        ("/api/numbers", page @ (1 | 2)) => {
            json!({"items": [{"id": page}]}).to_string().into_response()
        }
        ("/api/numbers", _) => json!({"items": []}).to_string().into_response(),
        ("/api/circle", _) => ([("link", "</api/circle>; rel=next")], "[1]\n").into_response(),
        ("/api/away", _) => (
            [("link", "<https://elsewhere.example/>; rel=next")],
            "[1]\n",
        )
            .into_response(),
        ("/api/breaks", 1) => ([("link", "<?page=2>; rel=next")], "[1]\n").into_response(),
        ("/api/breaks", _) => (StatusCode::BAD_GATEWAY, "gone\n").into_response(),
        ("/api/words", 1) => ([("link", "<?page=2>; rel=next")], "[1]\n").into_response(),
        ("/api/words", _) => "no JSON".into_response(),
        _ => ([("x-of-the-api", "yes")], "{}").into_response(),
    }
}

const ROWS: &str = r#"
[[api.rows]]
title = "Numbers"
path = "numbers"
items = "/items"
page = { parameter = "page", kind = "number", start = 1 }
card = { id = "/id", title = "/id" }

[apis.other]
base_url = "BASE/other/"
headers = { X-Of-Other = "yes" }
"#;

/// A box on which somebody is signed in, and what its API will have been asked.
fn house() -> (Device, Seen) {
    let seen = Seen::default();
    let router = Router::new().fallback(api).with_state(seen.clone());
    let (device, _) = with_api(router, ROWS);
    (device, seen)
}

/// Runs a call whose standard input is a pipe into which `input` is written, and which stays open until it has ended.
fn with_input(device: &Device, arguments: &[&str], input: &str, closes: bool) -> Ended {
    let mut child = device
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(input.as_bytes()).unwrap();
    // What is kept open is closed by the thread, long after a call that waits for it would have failed the test.
    let keeper = (!closes).then_some(pipe);
    let output = child.wait_with_output().unwrap();
    drop(keeper);
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn headers_and_the_method_are_sent_and_the_answers_are_printed() {
    let (device, seen) = house();
    let called = device.run(&[
        "call",
        "-X",
        "put",
        "-H",
        "X-Version: 2",
        "-H",
        "Accept: text/plain",
        "-i",
        "thing",
        "-d",
        "{}",
    ]);
    assert_eq!(called.code, Some(0), "{called:?}");
    assert!(called.stdout.starts_with("HTTP 200 OK\n"), "{called:?}");
    assert!(
        called.stdout.contains("\nx-of-the-api: yes\n"),
        "{called:?}"
    );
    assert!(called.stdout.ends_with("\n\n{}"), "{called:?}");
    let (method, _, headers, body) = seen.lock().unwrap().pop().unwrap();
    assert_eq!((method, body.as_str()), (Method::PUT, "{}"));
    for (name, value) in [
        ("x-version", "2"),
        ("accept", "text/plain"),
        ("content-type", "application/json"),
        ("authorization", "Bearer access-marker"),
    ] {
        assert_eq!(headers[name], value, "{name}");
    }
    let form = device.run(&[
        "call",
        "thing",
        "-H",
        "content-type: application/x-www-form-urlencoded",
        "-d",
        "a=1",
    ]);
    assert_eq!(form.code, Some(0), "{form:?}");
    let (_, _, headers, body) = seen.lock().unwrap().pop().unwrap();
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(body, "a=1");
    let fields = device.run(&["call", "thing", "-f", "title=News", "-f", "more=a=b"]);
    assert_eq!(fields.code, Some(0), "{fields:?}");
    let (method, _, _, body) = seen.lock().unwrap().pop().unwrap();
    assert_eq!(method, Method::POST);
    assert_eq!(body, r#"{"more":"a=b","title":"News"}"#);
}

#[test]
fn no_header_says_who_asks_or_how() {
    let (device, seen) = house();
    for name in [
        "Host",
        "authorization",
        "Cookie",
        "Connection",
        "Transfer-Encoding",
        "DPoP",
    ] {
        let refused = device.run(&["call", "thing", "-H", &format!("{name}: x")]);
        assert_eq!(refused.code, Some(2), "{name}: {refused:?}");
        assert!(refused.stderr.contains("cannot be chosen"), "{refused:?}");
    }
    assert!(seen.lock().unwrap().is_empty());
}

#[test]
fn standard_input_is_read_where_that_is_asked_for_and_nowhere_else() {
    let (device, seen) = house();
    let body = || seen.lock().unwrap().pop().unwrap().3;
    for data in ["-", "@-"] {
        let piped = with_input(
            &device,
            &["call", "POST", "thing", "--data", data],
            "{\"a\": 1}",
            true,
        );
        assert_eq!(piped.code, Some(0), "{piped:?}");
        assert_eq!(body(), "{\"a\": 1}");
    }
    // Within a loop that reads lines, or where a pipe stays open that nobody writes into.
    for input in ["", "the next line of a loop\n"] {
        let call = with_input(&device, &["call", "POST", "thing"], input, false);
        assert_eq!(call.code, Some(0), "{call:?}");
        assert_eq!(body(), "");
        let is_told = call.stderr.contains("--data - sends it");
        assert_eq!(is_told, !input.is_empty(), "{call:?}");
    }
    let mut closed = device.command(&["call", "POST", "thing"]);
    let _ = closed.stdin(Stdio::null());
    assert_eq!(run_to_end(closed).code, Some(0));
}

#[test]
fn pages_follow_as_the_api_links_them() {
    let (device, seen) = house();
    let pages = device.run(&["call", "--paginate", "list"]);
    assert_eq!(pages.code, Some(0), "{pages:?}");
    assert_eq!(pages.stdout, "1\n2\n3");
    let list = device.run(&["call", "--paginate", "--slurp", "list"]);
    let list: Value = serde_json::from_str(&list.stdout).unwrap();
    assert_eq!(list, json!([1, 2, 3]));
    let one = device.run(&["call", "list"]);
    assert_eq!(one.stdout, "1");
    let circle = device.run(&["call", "--paginate", "circle"]);
    assert_eq!(
        (circle.code, circle.stdout.as_str()),
        (Some(0), "[1]\n"),
        "{circle:?}"
    );
    seen.lock().unwrap().clear();
    let away = device.run(&["call", "--paginate", "away"]);
    assert_eq!(away.code, Some(1), "{away:?}");
    assert!(away.stderr.contains("elsewhere.example"), "{away:?}");
    assert_eq!(seen.lock().unwrap().len(), 1);
    let breaks = device.run(&["call", "--paginate", "breaks"]);
    assert_eq!(breaks.code, Some(1), "{breaks:?}");
    assert_eq!(breaks.stdout, "[1]\ngone\n");
    for (path, list, words) in [
        ("breaks", json!([[1]]), "gone"),
        ("breaks?page=2", json!([]), "gone"),
        ("words", json!([[1]]), "not JSON"),
        ("words?page=2", json!([]), "not JSON"),
    ] {
        let slurped = device.run(&["call", "--paginate", "--slurp", path]);
        assert_eq!(slurped.code, Some(1), "{slurped:?}");
        let printed: Value = serde_json::from_str(&slurped.stdout).unwrap();
        assert_eq!(printed, list, "{slurped:?}");
        assert!(slurped.stderr.contains(words), "{slurped:?}");
    }
    let post = device.run(&["call", "POST", "--paginate", "list"]);
    assert_eq!(post.code, Some(2), "{post:?}");
}

#[test]
fn pages_follow_by_the_row_whose_path_it_is() {
    let (device, _) = house();
    let pages = device.run(&["call", "--paginate", "--slurp", "/numbers"]);
    assert_eq!(pages.code, Some(0), "{pages:?}");
    let pages: Value = serde_json::from_str(&pages.stdout).unwrap();
    assert_eq!(
        pages,
        json!([{"items": [{"id": 1}]}, {"items": [{"id": 2}]}, {"items": []}])
    );
    let other = device.run(&["call", "--paginate", "numbers?page=2"]);
    assert_eq!(other.stdout, "{\"items\":[{\"id\":2}]}");
}

#[test]
fn another_api_is_called_by_its_name_and_gets_no_token() {
    let (device, seen) = house();
    let called = device.run(&["call", "--api", "other", "thing"]);
    assert_eq!(called.code, Some(0), "{called:?}");
    let (_, path, headers, _) = seen.lock().unwrap().pop().unwrap();
    assert_eq!(
        (path.as_str(), &headers["x-of-other"]),
        ("/other/thing", &"yes".parse().unwrap())
    );
    assert!(!headers.contains_key("authorization"));
    let unknown = device.run(&["call", "--api", "weather", "thing"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert!(unknown.stderr.contains("[apis.weather]"), "{unknown:?}");
}
