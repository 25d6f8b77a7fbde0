//! An arrow that is held in a large library: every move is shown, in step, and no card stays blank.

use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::demo::App;
use testing::device::Device;
use testing::media_api::{Answer, Api, items, png, rows};

/// How long the arrow is held.
const HELD: Duration = Duration::from_secs(3);
/// Moves a second while an arrow is held.
const PACE: u64 = 9;
/// How much later than its time a move may be shown, and how long a card in view may wait for a picture that is on
/// disk, in milliseconds: what an optimised build that is named in `VESTIBULE_PROGRAM` keeps to on a quiet machine.
const OPTIMISED: (u64, u64) = (50, 300);
/// The same for a build that is not optimised, with others beside it.
const PLAIN: (u64, u64) = (250, 1500);

/// A box with somebody signed in and a library of 100 rows of 100 cards.
pub(crate) fn device(port: u16) -> Device {
    let device = Device::new();
    let names: Vec<_> = (0..100).map(|row| format!("row{row}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let toml = format!(
        r#"
        [provider]
        preset = "oauth2"
        client_id = "tv"
        device_authorization_endpoint = "http://127.0.0.1:9/device"
        token_endpoint = "http://127.0.0.1:9/token"
        {}
        "#,
        rows(port, &names)
    );
    device.configure(&toml);
    let account = json!({
        "schema": 1,
        "issuer": "http://127.0.0.1:9/token",
        "client_id": "tv",
        "subject": "ada",
        "access_token": "not-a-token",
        "refresh_token": "not-a-token-either",
        "token_type": "Bearer",
        "signed_in_at": 1_700_000_000,
    });
    let folder = device.config_dir().join("accounts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("default.json"), account.to_string()).unwrap();
    device
}

/// Holds a key.
fn hold(app: &App, key: &str) {
    let xdotool = |action: &str| {
        let status = Command::new("xdotool")
            .args([action, key])
            .env("DISPLAY", app.display.name())
            .status()
            .unwrap();
        assert!(status.success(), "xdotool {action} {key}");
    };
    xdotool("keydown");
    std::thread::sleep(HELD);
    xdotool("keyup");
}

fn is_painted(line: &Value) -> bool {
    line["screen"] == "home" && line["blank"] == 0 && line["rows"][0] == "cards"
}

fn time(line: &Value) -> u64 {
    line["t_ms"].as_u64().unwrap()
}

/// Which card of the first row has the focus.
fn card(line: &Value) -> Option<u64> {
    line["focus"]
        .as_str()?
        .strip_prefix("card.0.i")?
        .parse()
        .ok()
}

/// An API with so many cards, each with a picture.
pub(crate) fn serve(runtime: &Runtime, cards: usize) -> Api {
    let art = png(320, 180);
    runtime.block_on(Api::serve(move |path| {
        if path.starts_with("/art") {
            Answer::file("image/png", art.clone())
        } else {
            Answer::json(items(0..cards))
        }
    }))
}

#[test]
fn a_held_arrow_moves_in_step_and_leaves_no_card_blank() {
    let runtime = Runtime::new().unwrap();
    let api = serve(&runtime, 100);
    let device = device(api.port);
    let mut app = App::start(&device, &["kiosk", "--ui-log-ids"], "held");
    let _ = app.log.expect("a painted home screen", is_painted);
    // There and back, so that the pictures are on disk.
    hold(&app, "Right");
    hold(&app, "Left");
    // On a busy machine the way back may have had fewer moves; at the edge the rest of these do nothing.
    for _ in 0..15 {
        app.press("Left");
    }
    let start = app.log.expect("the first card again", |line| {
        card(line) == Some(0) && is_painted(line)
    });
    hold(&app, "Right");
    let _ = app.log.expect("all of it painted", |line| {
        card(line) > Some(8) && is_painted(line)
    });
    let lines: Vec<Value> = app
        .log
        .lines()
        .iter()
        .flat_map(|line| serde_json::from_str(line))
        .collect();
    let walk: Vec<_> = lines
        .iter()
        .filter(|line| time(line) > time(&start))
        .collect();
    let mut moves: Vec<(u64, u64)> = Vec::new();
    let (mut blank_since, mut longest_blank) = (None, 0);
    for line in walk {
        if let Some(card) = card(line)
            && card != moves.last().map_or(0, |(last, _)| *last)
        {
            moves.push((card, time(line)));
        }
        if line["blank"] == 0 {
            let blank = blank_since.take().map_or(0, |since| time(line) - since);
            longest_blank = longest_blank.max(blank);
        } else {
            blank_since = blank_since.or(Some(time(line)));
        }
    }
    // The first move comes with the press, the second when the key begins to repeat.
    let gaps: Vec<u64> = moves
        .windows(2)
        .skip(1)
        .map(|pair| pair[1].1 - pair[0].1)
        .collect();
    let latest = gaps.iter().max().unwrap().saturating_sub(1000 / PACE);
    println!(
        "{} moves in {HELD:?}, gaps {gaps:?} ms, the latest {latest} ms late; longest blank {longest_blank} ms",
        moves.len()
    );
    let cards: Vec<_> = moves.iter().map(|(card, _)| *card).collect();
    let in_order: Vec<_> = (1..=moves.len() as u64).collect();
    assert_eq!(cards, in_order, "a move was left out");
    assert!(
        moves.len() as u64 <= PACE * HELD.as_secs() + 1,
        "faster than the pace: {moves:?}"
    );
    let optimised = std::env::var_os("VESTIBULE_PROGRAM").is_some();
    let (late, blank) = if optimised { OPTIMISED } else { PLAIN };
    assert!(latest <= late, "{latest} ms late: {moves:?}");
    assert!(longest_blank <= blank, "{longest_blank} ms blank");
}
