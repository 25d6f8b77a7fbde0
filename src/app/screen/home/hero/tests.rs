//! When what is large above the rows follows the focus, and what it says.

use std::time::Duration;

use iced::Size;

use super::*;
use crate::api;
use crate::app::focus::Direction::{self, Down, Left, Right, Up};
use crate::app::pictures::Pixels;
use crate::app::screen::home::tests::samples;
use crate::config::{Screen, Theme};

fn look_of(screen: &Screen) -> Look {
    Look::new(screen, Size::new(1920.0, 1080.0), i18n::language())
}

fn look() -> Look {
    look_of(&Screen::default())
}

/// A home whose rows are there, and what is large above them.
struct Scene {
    look: Look,
    rows: Rows,
    hero: Hero,
    pictures: Pictures,
    now: Instant,
}

impl Scene {
    fn new(look: Look) -> Self {
        let mut scene = Self {
            rows: samples::library(&look),
            look,
            hero: Hero::default(),
            pictures: Pictures::default(),
            now: Instant::now(),
        };
        scene.follow();
        scene
    }

    fn follow(&mut self) {
        self.hero
            .follow(&self.rows, &self.pictures, &self.look, self.now);
    }

    fn go(&mut self, direction: Direction) {
        let _ = self.rows.go(direction, self.now);
        self.follow();
    }

    fn after(&mut self, time: Duration) {
        self.now += time;
        self.follow();
    }

    /// All that it waits for comes.
    fn pictures_come(&mut self) {
        for key in self.hero.pictures(&self.rows, &self.look) {
            let pixels = Pixels::clear(key.width, key.height);
            self.pictures.put(key, pixels);
        }
        self.follow();
    }

    fn title(&self) -> String {
        match self.hero.shown.as_ref().map(|shown| &shown.said) {
            Some(Said::Card(card)) => card.title.to_string(),
            Some(Said::Row(title, note)) => format!("{title}: {note}"),
            None => String::new(),
        }
    }
}

#[test]
fn the_first_card_is_large_at_once() {
    let scene = Scene::new(look());
    assert_eq!(scene.title(), "Dune");
    assert_eq!(scene.hero.wakes(), None);
    let wanted = scene.hero.pictures(&scene.rows, &scene.look);
    assert_eq!(wanted.len(), 1);
    assert!(wanted[0].scrim.is_some());
}

#[test]
fn cards_that_come_where_the_row_was_are_large_at_once() {
    let mut scene = Scene::new(look());
    let shown = scene.hero.shown.as_mut().unwrap();
    shown.place.card = None;
    shown.said = Said::Row("Continue watching".to_owned(), String::new());
    scene.follow();
    assert_eq!(
        (scene.title(), scene.hero.wakes()),
        ("Dune".to_owned(), None)
    );
}

#[test]
fn it_follows_once_the_focus_rests_and_its_picture_is_there() {
    let mut scene = Scene::new(look());
    scene.go(Right);
    assert_eq!(scene.title(), "Dune");
    assert_eq!(scene.hero.wakes(), Some(scene.now + token::REST));
    // No picture of what is passed by is asked for.
    assert_eq!(scene.hero.pictures(&scene.rows, &scene.look).len(), 1);
    scene.after(token::REST);
    assert_eq!(scene.title(), "Dune", "its picture is to come");
    let wanted = scene.hero.pictures(&scene.rows, &scene.look);
    assert!(wanted[1].url.path().ends_with("0-1.png"), "{wanted:?}");
    scene.pictures_come();
    assert_eq!(scene.title(), "The Expanse");
    assert_eq!(scene.hero.wakes(), None, "nothing wakes at rest");
    assert_eq!(scene.hero.pictures(&scene.rows, &scene.look), wanted[1..]);
}

#[test]
fn a_picture_that_does_not_come_is_not_waited_for() {
    let mut scene = Scene::new(look());
    scene.go(Right);
    scene.after(token::REST);
    assert_eq!(scene.hero.wakes(), Some(scene.now + token::PICTURE_WAIT));
    scene.after(token::PICTURE_WAIT);
    assert_eq!(scene.title(), "The Expanse");
    assert_eq!(scene.hero.wakes(), None);
}

#[test]
fn it_keeps_still_while_an_arrow_is_held_and_where_the_focus_comes_back_to() {
    let mut scene = Scene::new(look());
    for _ in 0..6 {
        scene.go(Right);
        scene.after(token::REST / 2);
        assert_eq!(scene.title(), "Dune");
    }
    for _ in 0..6 {
        scene.go(Left);
    }
    assert_eq!(
        (scene.title(), scene.hero.wakes()),
        ("Dune".to_owned(), None)
    );
}

#[test]
fn the_account_button_leaves_it_as_it_is() {
    let mut scene = Scene::new(look());
    scene.go(Up);
    assert_eq!(
        (scene.title(), scene.hero.wakes()),
        ("Dune".to_owned(), None)
    );
}

#[test]
fn what_changes_of_the_card_is_shown_at_once() {
    let mut scene = Scene::new(look());
    let mut cards = scene.rows.get(0).unwrap().cards().to_vec();
    cards[0].title = "Dune: Part Two".into();
    samples::fill(&mut scene.rows, 0, Ok(api::Page::whole(cards)));
    scene.follow();
    assert_eq!(scene.title(), "Dune: Part Two");
}

#[test]
fn a_row_without_cards_says_what_there_is_instead() {
    let mut scene = Scene::new(look());
    samples::fill(&mut scene.rows, 1, Ok(api::Page::whole(Vec::new())));
    scene.go(Down);
    scene.after(token::REST);
    assert_eq!(scene.title(), "My list: Nothing here yet");
    assert_eq!(scene.hero.pictures(&scene.rows, &scene.look), []);
}

#[test]
fn without_room_or_where_it_is_switched_off_there_is_none_and_nothing_wakes() {
    let off = Screen {
        hero: false,
        ..Screen::default()
    };
    let large = Screen {
        text_scale: 1.3,
        ..Screen::default()
    };
    let small = look_of(&large).resized(Size::new(480.0, 320.0));
    for look in [look_of(&off), small] {
        let mut scene = Scene::new(look);
        scene.go(Right);
        assert_eq!((scene.title(), scene.hero.wakes()), (String::new(), None));
        assert_eq!(scene.hero.pictures(&scene.rows, &scene.look), []);
    }
}

#[test]
fn high_contrast_has_words_alone() {
    let screen = Screen {
        theme: Theme::HighContrast,
        ..Screen::default()
    };
    let mut scene = Scene::new(look_of(&screen));
    assert_eq!(scene.hero.pictures(&scene.rows, &scene.look), []);
    scene.go(Right);
    scene.after(token::REST);
    assert_eq!(scene.title(), "The Expanse");
}

#[test]
fn a_picture_takes_at_most_so_much_memory() {
    for (width, height) in [
        (1280.0, 720.0),
        (1920.0, 1080.0),
        (3840.0, 2160.0),
        (7680.0, 4320.0),
        (1080.0, 1920.0),
        (2160.0, 3840.0),
        (3840.0, 1080.0),
    ] {
        let look = look().resized(Size::new(width, height));
        let scene = Scene::new(look);
        let wanted = scene.hero.pictures(&scene.rows, &scene.look);
        let pixels = wanted[0].width * wanted[0].height;
        assert!(pixels < 1_230_000, "{width}x{height}: {pixels}");
        if height == 1080.0 && width == 1920.0 {
            assert!(pixels < 720_000, "{pixels}");
        }
    }
}
