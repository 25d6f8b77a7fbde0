//! A start without a network, and what happens when it comes back.

use std::time::{Duration, Instant};

use crate::app::remote::Button;

use crate::app::offscreen::Screen;
use testing::media_api::{Answer, Api, items, png, rows};

fn answers(ids: std::ops::Range<usize>) -> impl Fn(&str) -> Answer + Send + Sync + 'static {
    move |path| match path {
        "/a" | "/b" => Answer::json(items(ids.clone())),
        _ => Answer::file("image/png", png(64, 36)),
    }
}

/// Everything there, pictures too.
fn is_whole(screen: &Screen) -> bool {
    screen.rows() == ["cards", "cards"] && screen.blanks() == 0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_without_network_has_the_rows_of_before_and_they_come_back_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::serve(answers(0..9)).await;
    let port = api.port;
    let toml = rows(port, &["a", "b"]);
    let mut screen = Screen::open(folder.path(), &toml);
    screen.until("whole", is_whole).await;
    assert!(!screen.says("From "));
    drop(screen);
    drop(api);

    // The power was off, and the network is not there yet.
    let mut screen = Screen::open(folder.path(), &toml);
    screen
        .until("offline", |screen| screen.rows() == ["offline", "offline"])
        .await;
    assert!(screen.says("No connection · From "));
    screen.until("painted", |screen| screen.blanks() == 0).await;
    assert!(
        !screen.texts().contains(&"T0".to_owned()),
        "pictures of before"
    );
    screen.press(&[Button::Right, Button::Right, Button::Right]);
    assert_eq!(screen.home.focus().as_deref(), Some("card.0.i3"));

    // It comes back, and the list has two new ones at its front.
    let back = Instant::now();
    let api = Api::serve_on(port, answers(0..9)).await;
    let _kept = &api;
    screen.until("back", is_whole).await;
    assert!(
        back.elapsed() < Duration::from_secs(10),
        "{:?}",
        back.elapsed()
    );
    assert!(!screen.says("From "));
    assert_eq!(screen.home.focus().as_deref(), Some("card.0.i3"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_goes_leaves_the_cards_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::serve(answers(0..9)).await;
    let port = api.port;
    let mut screen = Screen::open(folder.path(), &rows(port, &["a", "b"]));
    screen.until("whole", is_whole).await;
    screen.press(&[Button::Right]);
    drop(api);
    let look = screen.look;
    let task = screen.home.returned(&look, Instant::now());
    screen.run(task);
    screen
        .until("offline", |screen| screen.rows() == ["offline", "offline"])
        .await;
    assert_eq!(screen.home.focus().as_deref(), Some("card.0.i1"));
    // Others stand before it when the network is back: focus stays on the card, not on the place.
    let _api = Api::serve_on(port, answers_turned()).await;
    screen.until("back", is_whole).await;
    assert_eq!(screen.home.focus().as_deref(), Some("card.0.i1"));
}

/// The same items, the last ones first.
fn answers_turned() -> impl Fn(&str) -> Answer + Send + Sync + 'static {
    |path| match path {
        "/a" | "/b" => Answer::json(items((0..9).rev())),
        _ => Answer::file("image/png", png(64, 36)),
    }
}
