//! Any remote, by the codes it really sends: the table, holding, Back at the root, precedence.

use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::hands::Hands;
use crate::living_room::{House, Room, focus};
use testing::process::PATIENCE;
use testing::process::wait_for;

const UP: u32 = 103;
const DOWN: u32 = 108;
const LEFT: u32 = 105;
const RIGHT: u32 = 106;
const OK: [u32; 4] = [28, 96, 352, 353];
const BACK: [u32; 6] = [158, 174, 1, 14, 223, 128];

/// Codes that are shortcuts or nothing: they must arrive, so that an owner can give them a meaning.
const OTHERS: [u32; 34] = [
    116, 119, 127, 139, 141, 164, 172, 207, 358, 365, 398, 399, 400, 401, 402, 403, 438, 512, 513,
    514, 515, 516, 517, 518, 519, 520, 521, 582, 583, 618, 200, 201, 217, 364,
];

/// As many rows as a held arrow passes in some seconds.
fn many_rows() -> String {
    (0..40)
        .map(|row| {
            format!(
                "\n[[api.rows]]\ntitle = \"Row {row}\"\npath = \"library/new\"\nitems = \"/items\"\n\
                 card = {{ id = \"/id\", title = \"/name\" }}\n"
            )
        })
        .collect()
}

#[test]
fn every_ok_opens_and_every_back_closes() {
    let house = House::signed_in("");
    let mut room = Room::enter(&house, "remote-table", "");
    let card = focus(&room.home()).to_owned();
    for ok in OK {
        for back in BACK {
            room.hands.press(ok);
            let _ = room.log.expect(&format!("a card opened by {ok}"), |line| {
                line["screen"] == "detail"
            });
            room.hands.press(back);
            let _ = room
                .log
                .expect(&format!("the rows again by {back}"), |line| {
                    line["screen"] == "home" && focus(line) == card
                });
        }
    }
    let second = room.move_by(RIGHT, &card);
    assert_eq!(room.move_by(LEFT, &second), card);
    let below = room.move_by(DOWN, &card);
    assert_eq!(room.move_by(UP, &below), card);
}

#[test]
fn the_other_codes_arrive_and_do_what_the_owner_says() {
    let codes = OTHERS.map(|code| code.to_string()).join(", ");
    let house = House::signed_in(&format!("\n[remote]\nright = [{codes}]\n"));
    let mut room = Room::enter(&house, "remote-others", "");
    let first = focus(&room.home()).to_owned();
    for code in OTHERS {
        room.hands.press(code);
        let moved = room
            .log
            .expect(&format!("a move by {code}"), |line| focus(line) != first);
        assert_eq!(moved["screen"], "home", "{code}: {moved}");
        assert_eq!(room.move_by(LEFT, focus(&moved)), first);
    }
}

/// Keys by the names that evtest prints, which do nothing by themselves.
const LINUX_NAMES: [(&str, u32); 6] = [
    ("KEY_TV", 377),
    ("key_numeric_pound", 523),
    ("KEY_PROG1", 148),
    ("KEY_TAB", 15),
    ("KEY_F5", 63),
    // Of two names of one key the older one.
    ("KEY_ZOOM", 372),
];

#[test]
fn keys_are_named_as_linux_names_them() {
    let names = LINUX_NAMES.map(|(name, _)| format!("{name:?}")).join(", ");
    let house = House::signed_in(&format!("\n[remote]\nright = [{names}]\n"));
    let mut room = Room::enter(&house, "remote-linux-names", "");
    let first = focus(&room.home()).to_owned();
    for (name, code) in LINUX_NAMES {
        room.hands.press(code);
        let moved = room
            .log
            .expect(&format!("a move by {name}"), |line| focus(line) != first);
        assert_eq!(moved["screen"], "home", "{name}: {moved}");
        assert_eq!(room.move_by(LEFT, focus(&moved)), first);
    }
}

#[test]
fn ok_that_is_held_acts_once_and_an_arrow_keeps_its_pace_and_stops() {
    let house = House::signed_in(&many_rows());
    // As fast as any keyboard repeats.
    let fast = "input * repeat_rate 100\ninput * repeat_delay 200";
    let mut room = Room::enter(&house, "remote-hold", fast);
    let _ = room.home();
    for ok in [28, 352] {
        room.hands.hold(ok, Duration::from_secs(2));
        let _ = room.log.expect_screen("detail", "ready");
        room.hands.press(BACK[0]);
        let _ = room
            .log
            .expect("home again", |line| line["screen"] == "home");
    }
    let before = room.log.lines().len() - 1;
    room.hands.hold(DOWN, Duration::from_secs(2));
    // Once this press has been answered, whatever came before it has been, too.
    room.hands.press(RIGHT);
    let (below, right) = wait_for("a move to the right", PATIENCE, || {
        let lines = room.log.lines();
        let mut lines = lines
            .iter()
            .rev()
            .flat_map(|line| serde_json::from_str::<Value>(line));
        let last = lines.next()?;
        // Other lines tell of pictures that came.
        let before = lines.find(|line| focus(line) != focus(&last))?;
        let cards = focus(&before).starts_with("card.");
        (cards && row(&last) > 0 && row(&before) == row(&last)).then_some((before, last))
    });
    let lines = room.log.lines();
    let rows = lines[before..].iter();
    let rows: Vec<_> = rows
        .flat_map(|line| serde_json::from_str::<Value>(line))
        .map(|line| row(&line))
        .collect();
    // Rows that the API names itself come in above meanwhile, which is no move.
    let moved = rows.windows(2).filter(|two| two[1] == two[0] + 1).count();
    assert!((3..=18).contains(&moved), "{moved} moves in 2 s");
    // Nothing went on after the key was let go.
    room.hands.press(LEFT);
    let _ = room.log.expect("the first card of that row", |line| {
        line["t_ms"].as_u64() > right["t_ms"].as_u64() && focus(line) == focus(&below)
    });
}

#[test]
fn back_at_the_root_does_nothing_however_often() {
    let house = House::signed_in("");
    let mut room = Room::enter(&house, "remote-root", "");
    let card = focus(&room.home()).to_owned();
    for round in 0..50 {
        room.hands.press(BACK[round % BACK.len()]);
    }
    let second = room.move_by(RIGHT, &card);
    assert_ne!(second, card);
    let screens = room.log.lines();
    let first = screens
        .iter()
        .position(|line| line.contains(&card))
        .unwrap();
    assert!(
        screens[first..]
            .iter()
            .all(|line| line.contains(r#""screen":"home""#)),
        "{screens:#?}"
    );
    assert_eq!(room.program.child.try_wait().unwrap(), None);
}

#[test]
fn the_name_of_a_key_counts_before_its_code() {
    let house = House::signed_in("");
    let mut room = Room::enter(&house, "remote-names", "");
    let card = focus(&room.home()).to_owned();
    let below = room.move_by(DOWN, &card);
    // wtype's keymap has Up on the code of Escape.
    let mut command = Command::new("wtype");
    let _ = command.args(["-s", "300", "-k", "Up", "-s", "300"]);
    assert!(room.sway.invite(&mut command).status().unwrap().success());
    assert_eq!(room.log.expect_focus_to_leave(&below), card);
}

/// The keys of the digits 1 to 4: of the top row, and of the keypad.
const TOP_ROW: [u32; 4] = [2, 3, 4, 5];
const KEYPAD: [u32; 4] = [79, 80, 81, 75];

/// From the cards, or the account screen, to an entry there that asks for a PIN.
fn ask_for_pin(room: &mut Room, line: &Value, id: &str) {
    let mut line = line.clone();
    if line["screen"] == "home" {
        room.hands.press(UP);
        let _ = room
            .log
            .expect("the account button", |line| focus(line) == "account");
        room.hands.press(OK[0]);
        line = room.log.expect_screen("account", "shown");
    } else {
        // The screen has just come: an arrow takes aim.
        line = json!({ "focus": room.move_by(UP, focus(&line)) });
    }
    while focus(&line) != id {
        let before = focus(&line).to_owned();
        room.hands.press(DOWN);
        line = room
            .log
            .expect("another entry", |line| focus(line) != before);
    }
    room.hands.press(OK[0]);
}

#[test]
fn a_pin_is_typed_on_any_keyboard_and_on_the_keypad_either_way() {
    let house = House::signed_in("");
    let mut room = Room::enter(&house, "remote-digits", "");
    let mut line = room.home();
    for (round, layout) in ["fr", "cz", "be", "ir"].into_iter().enumerate() {
        room.hands = Hands::typing(&room.sway.socket(), layout);
        let id = if round == 0 { "set_pin" } else { "change_pin" };
        ask_for_pin(&mut room, &line, id);
        if round > 0 {
            let _ = room.log.expect_screen("pin", "asking");
            room.hands.lock_numbers(true);
            KEYPAD.into_iter().for_each(|code| room.hands.press(code));
            room.hands.lock_numbers(false);
        }
        let _ = room.log.expect_screen("pin", "new");
        TOP_ROW.into_iter().for_each(|code| room.hands.press(code));
        let _ = room.log.expect_screen("pin", "repeat");
        KEYPAD.into_iter().for_each(|code| room.hands.press(code));
        line = room
            .log
            .expect(&format!("the PIN set with {layout}"), |line| {
                line["screen"] == "account"
            });
    }
    // Elsewhere the keypad has arrows, whatever Num Lock says.
    room.hands.press(BACK[0]);
    room.hands.press(DOWN);
    let card = room.home();
    for on in [false, true] {
        room.hands.lock_numbers(on);
        let below = room.move_by(KEYPAD[1], focus(&card));
        assert_eq!(room.move_by(72, &below), focus(&card));
    }
}

/// The row that has the focus.
fn row(line: &Value) -> usize {
    let mut parts = focus(line).split('.').skip(1);
    parts.next().and_then(|row| row.parse().ok()).unwrap_or(0)
}
