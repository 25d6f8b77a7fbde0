//! Lists that cards open one above the other.

use std::sync::Arc;
use std::time::Instant;

use device_flow::NetworkFailure;
use iced::Size;

use super::super::opened::DEEPEST;
use super::super::{Action, Home, Message};
use crate::api::{self, Card, Page};
use crate::app::gallery;
use crate::app::i18n;
use crate::app::remote::Button::{self, Back, Down, Info, Right, Select, Up};
use crate::app::screen::Context;
use crate::app::theme::Look;
use crate::config::{self, Config};
use crate::session;

const ROWS: &str = r#"
    [[api.rows]]
    title = { en = "Series", de = "Serien" }
    path = "series"
    shape = "poster"
    card = { id = "/id", title = "/name" }
    [api.rows.opens]
    path = "series/{id}"
    shape = "poster"
    card = { id = "/id", title = "/name" }
    [api.rows.opens.opens]
    path = "seasons/{id}"
    card = { id = "/id", title = "/name" }
    "#;

struct Sofa {
    home: Home,
    look: Look,
    _folder: tempfile::TempDir,
}

impl Sofa {
    fn new(rows: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let context = gallery::context(folder.path());
        let api = format!("[api]\nbase_url = \"http://127.0.0.1:9/\"\n{rows}");
        let api: toml::Table = toml::from_str(&api).unwrap();
        let api: config::Api = api["api"].clone().try_into().unwrap();
        let config = Config {
            api: Some(api),
            ..(*context.config).clone()
        };
        let context = Context {
            config: Arc::new(config),
            ..context
        };
        let session = gallery::session(&context, "Ada");
        let look = Look::new(
            &context.config.screen,
            Size::new(1920.0, 1080.0),
            i18n::language(),
        );
        let (home, _) = Home::new(&context, session, &look, Instant::now());
        Self {
            home,
            look,
            _folder: folder,
        }
    }

    fn press(&mut self, buttons: &[Button]) {
        for button in buttons {
            let _ = self.home.press(*button, &self.look, Instant::now());
        }
    }

    fn serial(&self) -> u64 {
        self.home.top().get(0).unwrap().serial()
    }

    fn answer(&mut self, serial: u64, result: Result<Page, api::Error>) -> Action {
        let message = Message::Row { serial, result };
        self.home.update(message, &self.look, Instant::now())
    }

    /// Has the list on top answered with cards of these names.
    fn fill(&mut self, names: &[&str]) {
        let card = |name: &&str| Card {
            id: name.to_lowercase(),
            title: (*name).into(),
            ..Card::default()
        };
        let page = Page::whole(names.iter().map(card).collect());
        let _ = self.answer(self.serial(), Ok(page));
    }

    fn is(&self) -> (&'static str, &'static str, String) {
        let focus = self.home.focus().unwrap_or_default();
        (self.home.screen(), self.home.state(), focus)
    }
}

#[track_caller]
fn assert_is(sofa: &Sofa, screen: &str, state: &str, focus: &str) {
    let (is_screen, is_state, is_focus) = sofa.is();
    assert_eq!(
        (is_screen, is_state, is_focus.as_str()),
        (screen, state, focus)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ok_opens_what_belongs_to_a_card_and_back_returns_to_its_place() {
    let mut sofa = Sofa::new(ROWS);
    let many: Vec<String> = (0..20).map(|number| format!("Show{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    sofa.fill(&many);
    sofa.press(&[Right; 11]);
    let first = sofa.home.rows.focus().position(0).unwrap().first;
    assert!(first > 0);
    sofa.press(&[Select]);
    assert_is(&sofa, "opened", "loading", "row.0");
    assert_eq!(sofa.home.trail(), "Series");
    sofa.fill(&["S1", "S2"]);
    sofa.press(&[Right, Select]);
    assert_is(&sofa, "opened", "loading", "row.0");
    assert_eq!(sofa.home.trail(), "Series › Show11");
    sofa.fill(&["E1", "E2", "E3"]);
    // An episode opens nothing more: its detail screen.
    sofa.press(&[Right, Select]);
    assert_is(&sofa, "detail", "ready", "back");
    sofa.press(&[Back]);
    assert_is(&sofa, "opened", "ready", "card.0.e2");
    sofa.press(&[Back]);
    assert_is(&sofa, "opened", "ready", "card.0.s2");
    sofa.press(&[Back]);
    assert_is(&sofa, "home", "ready", "card.0.show11");
    assert_eq!(sofa.home.rows.focus().position(0).unwrap().first, first);
    // Nothing is below home.
    sofa.press(&[Back]);
    assert_is(&sofa, "home", "ready", "card.0.show11");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_itself_is_one_button_away() {
    let mut sofa = Sofa::new(ROWS);
    sofa.fill(&["Dark", "Dune"]);
    sofa.press(&[Info]);
    assert_is(&sofa, "detail", "ready", "open");
    sofa.press(&[Select]);
    assert_is(&sofa, "opened", "loading", "row.0");
    sofa.press(&[Up]);
    assert_is(&sofa, "opened", "loading", "details");
    sofa.press(&[Select]);
    // What is open already is not offered again.
    assert_is(&sofa, "detail", "ready", "back");
    sofa.press(&[Back, Down]);
    assert_is(&sofa, "opened", "loading", "row.0");
    sofa.press(&[Button::Home]);
    assert_is(&sofa, "home", "ready", "card.0.dark");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_does_not_come_can_be_tried_again_and_late_answers_harm_nobody() {
    let mut sofa = Sofa::new(ROWS);
    sofa.fill(&["Dark"]);
    sofa.press(&[Select]);
    let serial = sofa.serial();
    let refused = api::Error::network(NetworkFailure::Connect, "refused");
    let _ = sofa.answer(serial, Err(refused));
    assert_is(&sofa, "opened", "failed", "row.0");
    sofa.press(&[Select]);
    assert_is(&sofa, "opened", "loading", "row.0");
    sofa.press(&[Back]);
    let _ = sofa.answer(serial, Ok(Page::whole(Vec::new())));
    assert_is(&sofa, "home", "ready", "card.0.dark");
    // Another list is not taken for the one before.
    sofa.press(&[Select]);
    let _ = sofa.answer(serial, Ok(Page::whole(Vec::new())));
    assert_is(&sofa, "opened", "loading", "row.0");
    let _ = sofa.answer(sofa.serial(), Ok(Page::whole(Vec::new())));
    assert_eq!(sofa.home.rows_shown(), ["empty"]);
    // The end of the session is the end here too.
    let over = api::Error::Session(session::Error::Ended("invalid_grant".to_owned()));
    assert!(matches!(
        sofa.answer(sofa.serial(), Err(over)),
        Action::Ended(_)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn headings_are_in_the_language_of_the_screen() {
    let mut sofa = Sofa::new(ROWS);
    sofa.fill(&["Dark"]);
    sofa.press(&[Select]);
    for (tag, heading) in [("de", "Serien"), ("fr", "Series"), ("en", "Series")] {
        i18n::choose(tag);
        sofa.home.language_changed(Instant::now());
        assert_eq!(sofa.home.trail(), heading);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_not_opened_without_end() {
    let mut rows = "[[api.rows]]\ntitle = \"Folders\"\npath = \"x\"\ncard = { id = \"/id\", title = \"/name\" }\n".to_owned();
    for depth in 1..=DEEPEST + 2 {
        let opens = ".opens".repeat(depth);
        rows.push_str(&format!(
            "[api.rows{opens}]\npath = \"x/{{id}}\"\ncard = {{ id = \"/id\", title = \"/name\" }}\n"
        ));
    }
    let mut sofa = Sofa::new(&rows);
    for _ in 0..DEEPEST {
        sofa.fill(&["Folder"]);
        sofa.press(&[Select]);
        assert_is(&sofa, "opened", "loading", "row.0");
    }
    sofa.fill(&["Folder"]);
    sofa.press(&[Select]);
    assert_is(&sofa, "detail", "ready", "back");
}
