//! APIs of many shapes: each is served with the demands, the paging and the errors of a real one, and every card of it
//! is what a viewer should see. `crates/testing/src/shape` says what stands in a folder.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;

use serde_json::Value;

use testing::device::{Device, run_to_end};
use testing::shape::{self, Shape};

macro_rules! shapes {
    ($($test:ident = $name:literal,)*) => {
        const NAMES: &[&str] = &[$($name),*];
        $(
            #[test]
            fn $test() {
                check($name);
            }
        )*
    };
}

shapes! {
    airtable = "airtable",
    anilist_graphql = "anilist-graphql",
    audiobookshelf = "audiobookshelf",
    auth0_users = "auth0-users",
    contentful = "contentful",
    departures = "departures",
    discourse = "discourse",
    drf = "drf",
    elastic = "elastic",
    empty = "empty",
    fhir_appointments = "fhir-appointments",
    github = "github",
    gitlab = "gitlab",
    google_calendar = "google-calendar",
    google_photos = "google-photos",
    hal = "hal",
    homeassistant = "homeassistant",
    hubspot = "hubspot",
    hue = "hue",
    immich = "immich",
    jellyfin = "jellyfin",
    jsonapi = "jsonapi",
    mastodon = "mastodon",
    msgraph_calendar = "msgraph-calendar",
    nextcloud = "nextcloud",
    notion = "notion",
    overseerr = "overseerr",
    peertube = "peertube",
    plex = "plex",
    reddit = "reddit",
    relay_graphql = "relay-graphql",
    row_language = "row-language",
    salesforce = "salesforce",
    shopify = "shopify",
    slack = "slack",
    sonarr = "sonarr",
    spotify = "spotify",
    square = "square",
    strapi = "strapi",
    stripe = "stripe",
    subsonic = "subsonic",
    supabase = "supabase",
    tmdb = "tmdb",
    trello = "trello",
    twitch = "twitch",
    vimeo = "vimeo",
    weather = "weather",
    wikimedia = "wikimedia",
    wordpress = "wordpress",
    youtube = "youtube",
    zendesk = "zendesk",
}

/// Checks the configuration as it is written, then every page that `cards.json` tells of.
fn check(name: &str) {
    let shape = Shape::serve(name);
    let checked = shape.as_written().run(&["config", "check"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");

    let device = shape.device();
    for expected in shape::expected(name) {
        try_row(&shape, &device, &expected);
    }
    let problems = shape.problems();
    assert!(problems.is_empty(), "{problems:#?}");
    let unasked = shape.unasked();
    assert!(unasked.is_empty(), "nobody asked for {unasked:#?}");
}

/// Loads a page of a row and compares what came of it.
fn try_row(shape: &Shape, device: &Device, expected: &Value) {
    let row = expected["row"].as_str().unwrap();
    let page = expected["page"].as_u64().unwrap_or(1).to_string();
    let mut arguments = vec!["config", "try", row, "--json"];
    if page != "1" {
        arguments.extend(["--page", &page]);
    }
    let mut command = device.command(&arguments);
    let _ = command.env("TZ", "Europe/Berlin");
    let tried = run_to_end(command);
    if let Some(why) = expected["fails"].as_str() {
        assert!(tried.code != Some(0), "{row}: {tried:?}");
        let told = tried.stdout + &tried.stderr;
        // In JSON a quotation mark is escaped.
        assert!(told.replace('\\', "").contains(why), "{row}: {told}");
        return;
    }
    let told: Value = serde_json::from_str(&shape.real(&tried.stdout))
        .unwrap_or_else(|error| panic!("{row}: {error}: {tried:?} {:#?}", shape.problems()));
    let mut differences = Vec::new();
    compare("", &expected["told"], &told, &mut differences);
    let code = expected["code"].as_i64().unwrap_or(0);
    if tried.code.map(i64::from) != Some(code) {
        differences.push(format!("ends with {:?}", tried.code));
    }
    assert!(
        differences.is_empty(),
        "{row}, page {page}:\n{}\nproblems: {:#?}\ntold: {told:#}",
        differences.join("\n"),
        shape.problems()
    );
}

/// Every member that is expected must be there as it is expected; lists have no further element.
fn compare(at: &str, expected: &Value, told: &Value, differences: &mut Vec<String>) {
    match (expected, told) {
        (Value::Object(expected), Value::Object(told)) => {
            for (name, expected) in expected {
                let told = told.get(name).unwrap_or(&Value::Null);
                compare(&format!("{at}/{name}"), expected, told, differences);
            }
        }
        (Value::Array(expected), Value::Array(told)) if expected.len() == told.len() => {
            for (index, (expected, told)) in expected.iter().zip(told).enumerate() {
                compare(&format!("{at}/{index}"), expected, told, differences);
            }
        }
        (Value::String(line), Value::Object(detail)) if detail.contains_key("label") => {
            let text = |name: &str| detail[name].as_str().unwrap_or_default();
            let told = format!("{}: {}", text("label"), text("value"));
            compare(
                at,
                &Value::from(line.as_str()),
                &Value::from(told),
                differences,
            );
        }
        (expected, told) if expected == told => {}
        (expected, told) => differences.push(format!("{at}: {expected} is expected, not {told}")),
    }
}

#[test]
fn every_shape_is_tested() {
    let entries = std::fs::read_dir(shape::folder()).unwrap();
    let folders = entries.map(|entry| entry.unwrap().path());
    let folders = folders.filter(|path| path.join("cards.json").exists());
    let folders: BTreeSet<String> = folders
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let named: BTreeSet<String> = NAMES.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(folders, named);
}

/// Else a configuration that sends less than the API wants would pass.
#[test]
fn every_demand_is_made() {
    for name in NAMES {
        let shape = Shape::serve(name);
        let demands = shape.demands();
        let refusals: Vec<u16> = demands.iter().map(|(_, status)| *status).collect();
        for (address, _) in demands {
            let reply = testing::http::fetch(&address, &[], None);
            assert!(refusals.contains(&reply.status()), "{name}: {address}");
            assert!(!shape.problems().is_empty(), "{name}: {address}");
        }
    }
}
