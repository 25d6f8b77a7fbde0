//! What a large answer costs on its way to a row.

use std::time::Instant;

use crate::{memory, milliseconds};
use testing::media_api::{Answer, Api, png, rows};
use vestibule::bench::Screen;

pub(crate) async fn table() {
    let item = |id: usize| {
        format!(
            r#"{{"id":"i{id}","name":"Title {id}","art":"/art.png","more":"{}"}}"#,
            "x".repeat(900)
        )
    };
    let all: Vec<_> = (0..10 * 1024 * 1024 / 960).map(item).collect();
    let answer = format!(r#"{{"items":[{}]}}"#, all.join(","));
    let (size, cards) = (answer.len(), all.len());
    drop(all);
    let art = png(320, 180);
    let api = Api::serve(move |path| match path {
        "/row" => Answer::json(answer.clone()),
        _ => Answer::file("image/png", art.clone()),
    })
    .await;
    let Ok(folder) = tempfile::tempdir() else {
        return;
    };
    let before = memory();
    let start = Instant::now();
    let mut screen = Screen::open(folder.path(), &rows(api.port, &["row"]));
    screen
        .until("there", |screen| screen.rows() == ["cards"])
        .await;
    println!("\nA large answer, fetched on loopback, read and made into cards:");
    println!(
        "{:.1} MiB of JSON, {cards} cards: {:.0} ms, {:.1} MiB held",
        size as f64 / 1024.0 / 1024.0,
        milliseconds(start.elapsed()),
        memory().saturating_sub(before) as f64 / 1024.0 / 1024.0,
    );
}
