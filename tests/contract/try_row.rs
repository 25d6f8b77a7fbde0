//! `config try`: what a row maps to, said before anybody sees it on a screen.

use serde_json::Value;

use testing::house::House;
use testing::proxy::Fault;

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

    for (row, words) in [
        ("Misnamed", "nothing stands at /itmes"),
        ("Misnamed", "there are items"),
        ("5", "1  Continue watching"),
    ] {
        let tried = house.run(&["config", "try", row]);
        assert_eq!(tried.code, Some(2), "{tried:?}");
        assert!(tried.stderr.contains(words), "{words}: {}", tried.stderr);
    }
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
