//! What a card costs on its way from an answer, by what its row looks for.

use std::fmt::Write as _;

use crate::{spread, timed};
use vestibule::bench::Mapping;

const HEAD: &str = r#"
[provider]
preset = "oidc"
issuer = "https://id.example"
client_id = "tv"

[api]
base_url = "https://api.example/v1/"

[[api.rows]]
title = "Row"
path = "row"
"#;

/// How a row finds its cards, from the plainest to the richest.
const ROWS: [(&str, &str); 4] = [
    (
        "pointers",
        r#"
items = "/data"
card = { id = "/id", title = "/name", subtitle = "/line", image = "/art", body = "/text" }
"#,
    ),
    (
        "JSONPath",
        r#"
items = "$.data[?@.kind == 'film']"
card = { id = "$.id", title = "$.name", subtitle = "$.people[?@.role == 'director'].name", image = "$.art", body = "$.text" }
"#,
    ),
    (
        "a join",
        r#"
items = "/data"
lookup = { cover = { in = "/included", key = ["/type", "/id"], by = "/cover" } }
card = { id = "/id", title = "/name", subtitle = "@cover/by", image = "@cover/url", body = "/text" }
"#,
    ),
    (
        "everything",
        r#"
items = "$.data[?@.kind == 'film']"
lookup = { cover = { in = "/included", key = ["/type", "/id"], by = "/cover" }, artist = { in = "/artists", key = "*", by = "@cover/by" } }
details = [
  { label = "Price", value = { at = "/price", format = "money", currency = "EUR" } },
  { label = "Length", value = { at = "/length", format = "duration", unit = "ms" } },
  { label = "Painted by", value = "@artist/name" },
  { label = "Director", value = "$.people[?@.role == 'director'].name" },
]

[api.rows.card]
id = "/id"
title = { at = "/name", format = "html" }
subtitle = "={/start|time} – {/end|time}, {@artist/name}"
image = { at = "@cover/url", fill = { width = 640, height = 360 } }
progress = { from = "/start", to = "/end" }
body = { at = "/text", format = "markdown" }
badges = [{ at = "/status", words = { new = "New", other = "" } }, "$.people[?@.role == 'actor'].name"]
"#,
    ),
];

/// An answer with so many items, each with an entry of a table.
fn answer(items: usize) -> Vec<u8> {
    let (mut data, mut included, mut artists) = (String::new(), String::new(), String::new());
    for id in 0..items {
        let comma = if id == 0 { "" } else { "," };
        let _ = write!(
            data,
            r#"{comma}{{"id":"i{id}","kind":"film","name":"Title &amp; {id}","line":"S1 E{id}","art":"/art/{id}.png","text":"Words *of* the film, and [more](https://example.com/{id}).","start":"2026-05-01T18:00:00Z","end":"2026-05-01T19:30:00Z","price":12.5,"length":5400000,"status":"new","cover":{{"type":"image","id":{id}}},"people":[{{"role":"director","name":"A"}},{{"role":"actor","name":"B"}}],"more":"{}"}}"#,
            "x".repeat(200)
        );
        let _ = write!(
            included,
            r#"{comma}{{"type":"image","id":"{id}","url":"https://img.example/{{width}}x{{height}}/{id}.png","by":"p{id}"}}"#
        );
        let _ = write!(artists, r#"{comma}"p{id}":{{"name":"Painter {id}"}}"#);
    }
    format!(r#"{{"data":[{data}],"included":[{included}],"artists":{{{artists}}}}}"#).into_bytes()
}

pub(crate) fn table() {
    println!("\nAn answer read and made into cards, microseconds for a card (median of 9 times):");
    println!(
        "{:<12} {:>12} {:>12} {:>12}",
        "", "10 rows x 10", "100 x 100", "1 x 10000"
    );
    for (name, row) in ROWS {
        let Some(mapping) = Mapping::of(&format!("{HEAD}{row}")) else {
            println!("{name}: not a configuration");
            continue;
        };
        let mut line = format!("{name:<12}");
        for (rows, items) in [(10, 10), (100, 100), (1, 10_000)] {
            let body = answer(items);
            let times = (0..9).map(|_| {
                let (cards, time) =
                    timed(|| (0..rows).map(|_| mapping.cards(&body)).sum::<usize>());
                assert_eq!(cards, rows * items, "{name}");
                time
            });
            let (median, _) = spread(times.collect());
            let cards = (rows * items) as f64;
            let _ = write!(line, " {:>12.2}", median.as_secs_f64() * 1e6 / cards);
        }
        println!("{line}");
    }
}
