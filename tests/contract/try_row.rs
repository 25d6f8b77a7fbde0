//! `config try`: what a row maps to, said before anybody sees it on a screen.

use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use testing::device::{Device, run_to_end};
use testing::house::House;
use testing::proxy::Fault;

use crate::signed_in::with_api;

const ROWS: &str = r#"
[[api.rows]]
title = "Continue watching"
path = "library/continue"
items = "/items"
card = { id = "/id", title = "/name", image = "/artwrok", subtitle = "/episode" }

[[api.rows]]
title = "Misnamed"
path = "library/continue"
items = "/itmes"
card = { id = "/id", title = "/name" }

[[api.rows]]
title = "Nameless"
path = "library/continue"
items = "/items"
card = { id = "/id", title = "/nmae" }

[[api.rows]]
title = "Many"
path = "library/shelves"
items = "/items"
row_source = { rows_path = "/shelves", title = "/name", items = "/items" }
card = { id = "/id", title = "/name" }
"#;

#[test]
fn a_row_is_tried_and_every_pointer_that_fails_is_named() {
    let mut house = House::new(&["--interval", "1"]);
    house.add(ROWS);
    let nobody = house.run(&["config", "try", "1"]);
    assert_eq!(nobody.code, Some(3), "{nobody:?}");
    let _ = house.sign_in();

    let tried = house.run(&["config", "try", "continue watching"]);
    assert_eq!(tried.code, Some(0), "{tried:?}");
    for words in [
        "14 cards from http://",
        "id ",
        "Lamp at Forty Fathoms",
        "card.image in 14 of 14 items, first in item 0: nothing at /artwrok; there are artwork,",
    ] {
        assert!(tried.stdout.contains(words), "{words}: {}", tried.stdout);
    }

    let json = house.run(&["config", "try", "1", "--json"]);
    let told: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(told["cards"].as_array().map(Vec::len), Some(14));
    assert_eq!(told["not_found"][0]["part"], "card.image");
    assert_eq!(told["not_found"][0]["missing"], 14);

    let misnamed = house.run(&["config", "try", "Misnamed"]);
    assert_eq!(misnamed.code, Some(2), "{misnamed:?}");
    for words in [
        "taken as an empty list that the API left out: nothing at /itmes",
        "there are items",
        "the nearest is /items",
    ] {
        assert!(misnamed.stdout.contains(words), "{words}: {misnamed:?}");
    }
    let unknown = house.run(&["config", "try", "5"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert!(
        unknown.stderr.contains("1  Continue watching"),
        "{unknown:?}"
    );
    let nameless = house.run(&["config", "try", "Nameless"]);
    assert_eq!(nameless.code, Some(2), "{nameless:?}");
    assert!(nameless.stdout.contains("nothing at /nmae"), "{nameless:?}");

    let many = house.run(&["config", "try", "Many"]);
    assert_eq!(many.code, Some(0), "{many:?}");
    for words in [
        "6 rows from the API:",
        "  Slow mysteries",
        "12 cards from http://",
    ] {
        assert!(many.stdout.contains(words), "{words}: {}", many.stdout);
    }
}

#[test]
fn an_api_that_cannot_be_reached_is_no_fault_of_the_row() {
    let mut house = House::new(&["--interval", "1"]);
    house.add(ROWS);
    let _ = house.sign_in();
    let library = house.paths.library.clone();
    house.proxy.break_only(&library, "", 1..=99, Fault::HangUp);
    let tried = house.run(&["config", "try", "1"]);
    assert_eq!(tried.code, Some(6), "{tried:?}");
    assert!(!tried.stderr.is_empty(), "{tried:?}");
}

/// The smallest PNG: one dot.
const DOT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";

/// An API of two pages, whose songs are in milliseconds.
async fn songs(uri: Uri) -> Response {
    let song = |number: u32, art: &str| {
        json!({
            "id": format!("s{number}"), "name": format!("歌の題名{number}"), "length": 222_000 + number, "art": art,
            "note": null, "genres": ["Folk", "Live"], "label": "Old Oak",
        })
    };
    match (uri.path(), uri.query()) {
        ("/api/songs", Some(query)) if query.contains("page=2") => axum::Json(json!({
            "items": [song(3, "/api/art/dot.png")]
        }))
        .into_response(),
        ("/api/songs", Some(query)) if query.contains("page=3") => (
            StatusCode::RANGE_NOT_SATISFIABLE,
            axum::Json(json!({"errors": ["there are two"]})),
        )
            .into_response(),
        ("/api/led", Some(query)) if query.contains("page=2") => {
            let mut page = json!({"items": [{"id": "b"}]});
            if query.contains("on") {
                page["next"] = json!("/api/refused");
            }
            axum::Json(page).into_response()
        }
        ("/api/led", query) => axum::Json(json!({
            "items": [{"id": "a"}], "next": format!("?page=2&{}", query.unwrap_or_default())
        }))
        .into_response(),
        ("/api/songs", _) => axum::Json(json!({
            "items": [song(1, "/api/art/dot.png"), song(2, "/api/art/gone.png"), song(2, "/api/art/page.html")]
        }))
        .into_response(),
        ("/api/refused", _) => (
            StatusCode::FORBIDDEN,
            axum::Json(json!({"error": {"message": "the scope read:songs is missing"}})),
        )
            .into_response(),
        ("/api/art/dot.png", _) => ([(header::CONTENT_TYPE, "image/png")], DOT).into_response(),
        ("/api/art/page.html", _) => {
            ([(header::CONTENT_TYPE, "image/png")], "<html>No.</html>").into_response()
        }
        ("/device", _) => axum::Json(json!({
            "device_code": "d", "user_code": "AB-CD", "verification_uri": "https://id.example/go", "expires_in": 900
        }))
        .into_response(),
        ("/token", _) => (
            StatusCode::BAD_REQUEST,
            axum::Json(json!({"error": "authorization_pending"})),
        )
            .into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

const SONGS: &str = r#"
[[api.rows]]
title = "Songs"
path = "songs?api_key=k3y-of-the-owner"
items = "/items"
page = { parameter = "page", kind = "number", start = 1 }
card = { id = "/id", title = "/name", subtitle = { at = "/length", format = "duration" }, image = "/art", badges = ["/genres/*"], body = "/nmae" }
details = [{ label = "Label", value = "/label" }, { label = "Note", value = "/note" }]
actions = [
  { label = "Love", method = "PUT", path = "loves/{id}", body = { song = "{id}", loud = true } },
  { label = "Forget", method = "DELETE", path = "loves/{id}", when = "/loved" },
]

[[api.rows]]
title = "Refused"
path = "refused"
card = { id = "/id", title = "/name" }
"#;

fn box_with_songs() -> Device {
    with_api(Router::new().fallback(songs), SONGS).0
}

#[test]
fn a_try_tells_all_that_an_integrator_looks_for() {
    let device = box_with_songs();
    let tried = device.run(&["config", "try", "songs"]);
    assert_eq!(tried.code, Some(0), "{tried:?}");
    for words in [
        "GET answered HTTP 200 after ",
        "/api/songs?api_key=…",
        ", and there is a next page",
        "card.subtitle: 61 h for every item: milliseconds? (unit = \"ms\")",
        "card.id: 2 of 3 items have an id that another one has, too",
        "card.body in 3 of 3 items, first in item 0: nothing at /nmae;",
        "; the nearest is /name",
        "/api/art/dot.png: 1 x 1, 1 kB",
        "/api/art/gone.png: HTTP 404",
        "/api/art/page.html: no picture, but HTTP 200 at ",
        "  Love: PUT http://",
        "/api/loves/s1\n",
        "    content-type: application/json\n",
        "    authorization: ",
        "    {\"loud\":true,\"song\":\"s1\"}",
        "  Forget: is not offered for it",
    ] {
        assert!(tried.stdout.contains(words), "{words}: {}", tried.stdout);
    }
    for secret in ["access-marker", "k3y-of"] {
        assert!(
            !tried.stdout.contains(secret) && !tried.stderr.contains(secret),
            "{tried:?}"
        );
    }
}

#[test]
fn a_try_is_one_object_with_lists_for_scripts() {
    let device = box_with_songs();
    let tried = device.run(&["config", "try", "1", "--json"]);
    let told: Value = serde_json::from_str(&tried.stdout).unwrap();
    assert_eq!(
        (&told["method"], &told["status"], &told["page"]),
        (&json!("GET"), &json!(200), &json!(1))
    );
    let card = &told["cards"][0];
    assert_eq!(card["badges"], json!(["Folk", "Live"]));
    assert_eq!(
        card["details"],
        json!([{"label": "Label", "value": "Old Oak"}])
    );
    assert_eq!(card["body"], Value::Null);
    let pictures: Vec<_> = told["pictures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"])
        .collect();
    assert_eq!(pictures, [&Value::Null, &json!(404), &Value::Null]);
    assert_eq!(told["warnings"][0]["part"], "card.subtitle");
    assert_eq!(told["actions"][0]["method"], "PUT");
    assert_eq!(told["actions"][1]["offered"], false);
    let kinds = told["not_found"].as_array().unwrap();
    let kind = |part: &str| {
        kinds
            .iter()
            .find(|one| one["part"] == part)
            .map(|one| one["kind"].clone())
    };
    assert_eq!(kind("card.body"), Some(json!("nowhere")));
    assert_eq!(kind("details.\"Note\""), Some(json!("null")));
}

#[test]
fn a_further_page_goes_by_the_rows_own_paging() {
    let device = box_with_songs();
    let second = device.run(&["config", "try", "1", "--page", "2", "--json"]);
    let told: Value = serde_json::from_str(&second.stdout).unwrap();
    assert_eq!(told["cards"][0]["id"], "s3");
    assert!(
        told["address"].as_str().unwrap().ends_with("page=2"),
        "{told}"
    );
    let beyond = device.run(&["config", "try", "2", "--page", "2"]);
    assert_eq!(beyond.code, Some(1), "{beyond:?}");
    for bad in ["0", "-1", "x"] {
        assert_eq!(
            device.run(&["config", "try", "1", "--page", bad]).code,
            Some(2)
        );
    }
}

/// An API of series, seasons and episodes, among which is a file that opens nothing.
async fn series(uri: Uri) -> Response {
    let list = |items: Value| axum::Json(json!({ "items": items })).into_response();
    match uri.path() {
        "/api/shows" => list(json!([
            {"id": "f0", "name": "A file"}, {"id": "s1", "ref": "r1", "name": "Orbit"},
        ])),
        "/api/shows/r1/seasons" => list(json!([
            {"id": "1", "name": "Season one", "art": "/api/art/gone.png"}, {"id": "2", "name": "Season two"},
        ])),
        "/api/episodes" => list(json!([{"id": "e1", "name": "Pilot", "length": 222_000}])),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

const SERIES: &str = r#"
[[api.rows]]
title = "Series"
path = "shows"
items = "/items"
card = { id = "/id", title = "/name" }
[api.rows.opens]
path = "shows/{/ref}/seasons?api_key=k3y-of-the-owner"
items = "/items"
card = { id = "/id", title = "/name", image = "/art", subtitle = "/nmae" }
[api.rows.opens.opens]
method = "POST"
path = "episodes"
body = { season = "{id}" }
items = "/items"
card = { id = "/id", title = "/name", subtitle = { at = "/length", format = "duration" } }

[[api.rows]]
title = "Gone"
path = "shows"
items = "/items"
card = { id = "/id", title = "/name" }
opens = { path = "gone/{id}", card = { id = "/id", title = "/name" } }

[[api.rows]]
title = "Misspelt"
path = "shows"
items = "/items"
card = { id = "/id", title = "/name" }
opens = { path = "shows/{/reff}", card = { id = "/id", title = "/name" } }
"#;

#[test]
fn what_cards_open_is_tried_at_any_depth() {
    let device = with_api(Router::new().fallback(series), SERIES).0;
    let tried = |arguments: &[&str]| {
        let tried = device.run(&[&["config", "try"], arguments].concat());
        assert!(!tried.stdout.contains("k3y-of"), "{tried:?}");
        tried
    };
    // It is told without being asked.
    let flat = tried(&["Series"]);
    assert_eq!(flat.code, Some(0), "{flat:?}");
    for words in [
        "What the first card that opens a list asks for, \"Orbit\":\n  GET http://",
        "/api/shows/r1/seasons?api_key=…\n",
        "opens.path in 1 of 2 items, first in item 0: nothing at /ref;",
    ] {
        assert!(flat.stdout.contains(words), "{words}: {}", flat.stdout);
    }
    assert!(!flat.stdout.contains("Season one"), "{flat:?}");

    let deep = tried(&["Series", "--opens", "2"]);
    assert_eq!((deep.code, deep.stderr.as_str()), (Some(0), ""), "{deep:?}");
    for words in [
        "what \"Orbit\" opens\n2 cards from http://",
        "card.subtitle in 2 of 2 items, first in item 0: nothing at /nmae;",
        "/api/art/gone.png: HTTP 404",
        "asks for, \"Season one\":\n  POST http://",
        "    {\"season\":\"1\"}\n",
        "what \"Season one\" opens\n1 card from http://",
        "card.subtitle: 61 h for every item",
    ] {
        assert!(deep.stdout.contains(words), "{words}: {}", deep.stdout);
    }
    let deeper = tried(&["Series", "--opens", "9"]);
    assert_eq!(deeper.code, Some(0), "{deeper:?}");
    assert!(
        deeper.stderr.contains("of 9 wanted lists 2 could be tried"),
        "{deeper:?}"
    );

    let told = tried(&["Series", "--opens", "2", "--json"]);
    let told: Value = serde_json::from_str(&told.stdout).unwrap();
    let seasons = &told["opens"];
    assert_eq!(seasons["card"], json!({"id": "s1", "title": "Orbit"}));
    assert_eq!(seasons["method"], "GET");
    assert_eq!(seasons["tried"]["not_found"][0]["part"], "card.subtitle");
    assert_eq!(seasons["tried"]["pictures"][0]["status"], 404);
    let episodes = &seasons["tried"]["opens"];
    assert_eq!(episodes["body"], r#"{"season":"1"}"#);
    assert_eq!(episodes["tried"]["cards"][0]["title"], "Pilot");
    assert_eq!(episodes["tried"]["warnings"][0]["part"], "card.subtitle");
    assert_eq!(episodes["tried"]["opens"], Value::Null);
}

#[test]
fn what_a_card_opens_in_vain_is_told_below_its_row() {
    let device = with_api(Router::new().fallback(series), SERIES).0;
    let gone = device.run(&["config", "try", "Gone", "--opens", "1"]);
    assert_eq!(gone.code, Some(1), "{gone:?}");
    for words in [
        "2 cards from http://",
        "failed what \"A file\" opens at http://",
        "HTTP 404",
    ] {
        assert!(gone.stdout.contains(words), "{words}: {}", gone.stdout);
    }
    let gone = device.run(&["config", "try", "Gone", "--opens", "1", "--json"]);
    let told: Value = serde_json::from_str(&gone.stdout).unwrap();
    let why = told["opens"]["error"]["message"].as_str().unwrap();
    assert!(why.contains("HTTP 404"), "{told}");
    assert_eq!(told["cards"].as_array().map(Vec::len), Some(2));

    let misspelt = device.run(&["config", "try", "Misspelt"]);
    for words in [
        "Not found:\n  opens.path in 2 of 2 items, first in item 0: nothing at /reff;",
        "No card opens anything",
    ] {
        assert!(misspelt.stdout.contains(words), "{words}: {misspelt:?}");
    }
    let misspelt = device.run(&["config", "try", "Misspelt", "--json"]);
    let told: Value = serde_json::from_str(&misspelt.stdout).unwrap();
    assert_eq!(told["opens"]["card"], Value::Null);
}

/// In the try; of the doctor and the screen other tests tell the same.
#[test]
fn the_apis_own_words_are_told_where_it_refuses() {
    let device = box_with_songs();
    let tried = device.run(&["config", "try", "Refused", "--json"]);
    assert_eq!(tried.code, Some(1), "{tried:?}");
    let told: Value = serde_json::from_str(&tried.stdout).unwrap();
    let words = told["error"]["message"].as_str().unwrap();
    for part in [
        "row 2 \"Refused\" at http://",
        "HTTP 403",
        "the scope read:songs is missing",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let text = std::fs::read_to_string(device.config_file()).unwrap();
    let (head, rows) = text.split_once("[[api.rows]]").unwrap();
    let (_, refused) = rows.split_once("[[api.rows]]").unwrap();
    device.configure(&format!("{head}[[api.rows]]{refused}"));
    let doctor = device.run(&["doctor"]);
    assert!(
        doctor.stdout.contains("the scope read:songs is missing"),
        "{doctor:?}"
    );
}

#[test]
fn a_table_is_as_wide_as_it_is_told() {
    let device = box_with_songs();
    let mut command = device.command(&["config", "try", "1"]);
    let _ = command.env("COLUMNS", "50");
    let tried = run_to_end(command);
    let table: Vec<_> = tried
        .stdout
        .lines()
        .skip_while(|line| !line.starts_with("id "))
        .take(4)
        .collect();
    assert_eq!(table.len(), 4, "{tried:?}");
    // A character of Japanese takes two columns.
    let wide = |line: &str| {
        line.chars()
            .map(|c| if c >= '\u{2e80}' { 2 } else { 1 })
            .sum::<usize>()
    };
    assert!(table.iter().all(|line| wide(line) <= 50), "{table:#?}");
}

#[test]
fn a_page_that_there_is_not_is_told_from_one_that_fails() {
    let led = |title: &str, path: &str| {
        let (items, next) = ("items = '/items'", "next = '/next'");
        let card = "card = { id = '/id', title = '/id' }";
        format!("[[api.rows]]\ntitle = '{title}'\npath = '{path}'\n{items}\n{next}\n{card}\n")
    };
    let rows = format!("{SONGS}\n{}{}", led("Two", "led"), led("On", "led?on"));
    let (device, _) = with_api(Router::new().fallback(songs), &rows);
    let tried = |row: &str, page: &str| device.run(&["config", "try", row, "--page", page]);
    let beyond = tried("1", "3");
    assert_eq!(beyond.code, Some(2), "{beyond:?}");
    let end = "there is no page 3: HTTP 416 was taken for the end: there are two";
    assert!(beyond.stderr.contains(end), "{beyond:?}");
    assert!(beyond.stderr.contains("page=3"), "{beyond:?}");
    // The last page names no next one.
    let last = tried("Two", "2");
    assert_eq!(last.code, Some(0), "{last:?}");
    assert!(!last.stdout.contains("Not found"), "{last:?}");
    let failed = tried("On", "3");
    assert_eq!(failed.code, Some(1), "{failed:?}");
    assert!(failed.stderr.contains("/api/refused"), "{failed:?}");
    assert!(failed.stderr.contains("scope read:songs"), "{failed:?}");
}
