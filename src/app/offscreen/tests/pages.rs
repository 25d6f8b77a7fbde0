//! Long lists come by pages, and rows from the API itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::app::remote::Button;

use crate::app::offscreen::Screen;
use testing::media_api::{Answer, Api, items, png};

fn paged(port: u16) -> String {
    format!(
        r#"
        [api]
        base_url = "http://127.0.0.1:{port}/"
        [[api.rows]]
        title = "Long"
        path = "long"
        items = "/items"
        page = {{ parameter = "page" }}
        card = {{ id = "/id", title = "/name", image = "/art" }}
        "#
    )
}

/// Pages of twenty; the third is the last.
fn page(path: &str) -> Answer {
    let number = path.rsplit('=').next().and_then(|page| page.parse().ok());
    let start = (number.unwrap_or(1_usize) - 1) * 20;
    Answer::json(items(start..(start + 20).min(50)))
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_come_as_focus_nears_the_end_and_move_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let broken = Arc::new(AtomicBool::new(false));
    let is_broken = Arc::clone(&broken);
    let api = Api::serve(move |path| match path {
        path if path.starts_with("/art") => Answer::file("image/png", png(64, 36)),
        path if path.contains("page=3") && is_broken.load(Ordering::SeqCst) => {
            Answer::status(503, "retry-after: 1\r\n")
        }
        path => page(path),
    })
    .await;
    broken.store(true, Ordering::SeqCst);
    let mut screen = Screen::open(folder.path(), &paged(api.port));
    screen
        .until("there", |screen| screen.rows() == ["cards"])
        .await;
    // The second page comes on the way; the third does not: the row ends there for now, and says nothing
    // about it.
    screen.walk_to("card.0.i39").await;
    screen.press(&[Button::Right]);
    assert_eq!(screen.home.focus().as_deref(), Some("card.0.i39"));
    assert_eq!(screen.rows(), ["cards"]);
    assert!(!screen.says("try again"));
    broken.store(false, Ordering::SeqCst);
    screen.walk_to("card.0.i49").await;
    // A refresh of all of it leaves focus where it is.
    let look = screen.look;
    let task = screen.home.returned(&look, std::time::Instant::now());
    let before = screen.messages;
    screen.run(task);
    screen
        .until("anew", |screen| screen.messages > before)
        .await;
    screen.take_in(Duration::from_secs(1)).await;
    assert_eq!(screen.home.focus().as_deref(), Some("card.0.i49"));
    assert!(screen.says("Title 48"));
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_come_from_the_api_and_change_without_moving_focus() {
    let folder = tempfile::tempdir().unwrap();
    let more = Arc::new(AtomicBool::new(false));
    let has_more = Arc::clone(&more);
    let api = Api::serve(move |path| match path {
        "/home" => {
            let row = |name: &str| serde_json::json!({ "name": name, "link": format!("/{name}") });
            let mut rows = vec![row("films"), row("series")];
            if has_more.load(Ordering::SeqCst) {
                rows.insert(0, row("new"));
            }
            Answer::json(serde_json::json!({ "rows": rows }).to_string())
        }
        path if path.starts_with("/art") => Answer::file("image/png", png(64, 36)),
        _ => Answer::json(items(0..9)),
    })
    .await;
    let toml = format!(
        r#"
        [api]
        base_url = "http://127.0.0.1:{}/"
        [[api.rows]]
        title = "All"
        path = "home"
        items = "/items"
        row_source = {{ rows_path = "/rows", title = "/name", link = "/link" }}
        card = {{ id = "/id", title = "/name", image = "/art" }}
        "#,
        api.port
    );
    let mut screen = Screen::open(folder.path(), &toml);
    screen
        .until("there", |screen| screen.rows() == ["cards", "cards"])
        .await;
    assert!(screen.says("films") && screen.says("series"));
    screen.press(&[Button::Down, Button::Right]);
    assert_eq!(screen.home.focus().as_deref(), Some("card.1.i1"));
    more.store(true, Ordering::SeqCst);
    let look = screen.look;
    let task = screen.home.returned(&look, std::time::Instant::now());
    screen.run(task);
    screen
        .until("one more", |screen| {
            screen.home.focus().as_deref() == Some("card.2.i1")
        })
        .await;
    screen.press(&[Button::Up, Button::Up]);
    screen.until("its cards", |screen| screen.says("new")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_keys_are_shortcuts() {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::serve(|path| match path {
        path if path.starts_with("/art") => Answer::file("image/png", png(64, 36)),
        path => page(path),
    })
    .await;
    let mut screen = Screen::open(folder.path(), &paged(api.port));
    screen
        .until("there", |screen| screen.rows() == ["cards"])
        .await;
    screen.walk_to("card.0.i2").await;
    for open in [Button::Select, Button::Info, Button::PlayPause] {
        screen.press(&[open]);
        assert_eq!(screen.home.screen(), "detail", "{open:?}");
        screen.press(&[Button::Back]);
        assert_eq!(screen.home.focus().as_deref(), Some("card.0.i2"));
    }
    screen.press(&[Button::Select, Button::Menu]);
    assert_eq!(screen.home.screen(), "account");
    screen.press(&[Button::Home]);
    assert_eq!(screen.home.screen(), "home");
    assert_eq!(screen.home.focus().as_deref(), Some("card.0.i0"));
}
