//! Each thing that an API may do wrong, and what the viewer saw.

use std::time::Duration;

use crate::app::offscreen::Screen;
use testing::media_api::{Answer, Api, items, png, rows};

const RETRY: &str = "Press OK to try again";

/// What a row shows for an answer: its word, and words that stand on the screen.
async fn seen(answer: Answer) -> (&'static str, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::serve(move |path| match path {
        "/row" => answer.clone(),
        _ => Answer::file("image/png", png(64, 36)),
    })
    .await;
    let mut screen = Screen::open(folder.path(), &rows(api.port, &["row"]));
    screen
        .until("loaded", |screen| screen.rows() != ["skeleton"])
        .await;
    (screen.rows()[0], screen.texts())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_says_what_is_wrong_and_what_to_do() {
    let json = |body: &str| Answer::json(body);
    let large = |mebibytes: usize| {
        let filler = "x".repeat(1024);
        let count = mebibytes * 1024;
        let item = |id| format!(r#"{{"id":"i{id}","name":"Title {id}","more":"{filler}"}}"#);
        let all: Vec<_> = (0..count).map(item).collect();
        format!(r#"{{"items":[{}]}}"#, all.join(","))
    };
    let cut = items(0..9).into_bytes()[..60].to_vec();
    let late = Answer::Late(Duration::from_millis(1500), Box::new(json(&items(0..3))));
    // What it does · what the row shows · what it says.
    let table: Vec<(&str, Answer, &str, &[&str])> = vec![
        (
            "all is well",
            json(&items(0..3)),
            "cards",
            &["Title 0", "Title 2"],
        ),
        ("it takes its time", late, "cards", &["Title 0"]),
        (
            "it breaks off",
            Answer::CutOff(cut),
            "failed",
            &["no connection", RETRY],
        ),
        (
            "no items",
            json(r#"{"items":[]}"#),
            "empty",
            &["Nothing here yet"],
        ),
        (
            "null for items",
            json(r#"{"items":null}"#),
            "empty",
            &["Nothing here yet"],
        ),
        (
            "text for items",
            json(r#"{"items":"none"}"#),
            "failed",
            &["unexpected answer", RETRY],
        ),
        (
            "no JSON",
            json("nope"),
            "failed",
            &["unexpected answer", RETRY],
        ),
        ("nothing", json(""), "failed", &["unexpected answer", RETRY]),
        (
            "every part of a strange type",
            json(
                r#"{"items":[{"id":7,"name":{},"art":12},{"id":null,"name":"B","art":"::"},null]}"#,
            ),
            "cards",
            &["7", "B"],
        ),
        ("10 MiB", json(&large(10)), "cards", &["Title 0"]),
        ("20 MiB", json(&large(20)), "failed", &["too large", RETRY]),
        (
            "a million numbers",
            json(&format!(
                r#"{{"items":[{}]}}"#,
                vec!["1"; 1_000_000].join(",")
            )),
            "failed",
            &["too large", RETRY],
        ),
        (
            "a number in place of an object",
            json(r#"{"items":[7,{"id":"8","name":"B"}]}"#),
            "cards",
            &["B"],
        ),
        (
            "a page",
            Answer::page(),
            "failed",
            &["network wants a sign-in", "then press OK"],
        ),
        (
            "a redirect to elsewhere",
            Answer::status(302, "location: http://hotel.example/welcome\r\n"),
            "failed",
            &["network wants a sign-in"],
        ),
        (
            "401 for every token",
            Answer::status(401, ""),
            "failed",
            &["Couldn’t load", RETRY],
        ),
        (
            "403",
            Answer::status(403, ""),
            "failed",
            &["not allowed", RETRY],
        ),
        (
            "404",
            Answer::status(404, ""),
            "failed",
            &["server error 404", RETRY],
        ),
        (
            "429",
            Answer::status(429, "retry-after: 300\r\n"),
            "failed",
            &["the server is busy", RETRY],
        ),
        (
            "500",
            Answer::status(500, ""),
            "failed",
            &["server error 500", RETRY],
        ),
        (
            "503",
            Answer::status(503, "retry-after: 300\r\n"),
            "failed",
            &["the server is busy", RETRY],
        ),
    ];
    let mut wrong = Vec::new();
    for (name, answer, shown, said) in table {
        let (word, texts) = seen(answer).await;
        let silent = said
            .iter()
            .find(|words| !texts.iter().any(|text| text.contains(*words)));
        println!("{name:32} {word:10} {}", said.join(" · "));
        if word != shown || silent.is_some() {
            wrong.push(format!("{name}: {word}, {silent:?} not in {texts:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_answers_is_no_connection() {
    let folder = tempfile::tempdir().unwrap();
    let gone = Api::serve(|_| Answer::page()).await.port;
    let mut screen = Screen::open(folder.path(), &rows(gone, &["row"]));
    screen
        .until("failed", |screen| screen.rows() == ["failed"])
        .await;
    assert!(screen.says("no connection"));
}

/// A PNG that says it is of this size.
fn bomb(side: u32) -> Vec<u8> {
    let mut file = png(16, 16);
    file[16..20].copy_from_slice(&side.to_be_bytes());
    file[20..24].copy_from_slice(&side.to_be_bytes());
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_picture_is_a_calm_placeholder() {
    let half = {
        let file = png(640, 360);
        file[..file.len() / 2].to_vec()
    };
    let table: Vec<(&str, Answer, bool)> = vec![
        ("a picture", Answer::file("image/png", png(640, 360)), true),
        (
            "as something else",
            Answer::file("text/plain", png(640, 360)),
            true,
        ),
        (
            "a late one",
            Answer::Late(
                Duration::from_secs(1),
                Box::new(Answer::file("image/png", png(64, 36))),
            ),
            true,
        ),
        (
            "50,000 x 50,000",
            Answer::file("image/png", bomb(50_000)),
            false,
        ),
        (
            "half of one",
            Answer::file("image/png", half.clone()),
            false,
        ),
        ("one that breaks off", Answer::CutOff(half), false),
        ("nothing", Answer::file("image/png", Vec::new()), false),
        ("a page", Answer::page(), false),
        ("404", Answer::status(404, ""), false),
        (
            "too many bytes",
            Answer::file("image/png", vec![0; 9 * 1024 * 1024]),
            false,
        ),
    ];
    for (name, answer, there) in table {
        let folder = tempfile::tempdir().unwrap();
        let api = Api::serve(move |path| match path {
            "/row" => Answer::json(items(0..1)),
            _ => answer.clone(),
        })
        .await;
        let mut screen = Screen::open(folder.path(), &rows(api.port, &["row"]));
        screen
            .until(name, |screen| {
                screen.rows() == ["cards"] && screen.blanks() == 0
            })
            .await;
        // The initials of "Title 0" stand where there is no picture.
        assert_eq!(screen.texts().contains(&"T0".to_owned()), !there, "{name}");
        println!("{name:24} {}", if there { "picture" } else { "initials" });
    }
}
