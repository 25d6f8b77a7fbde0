use super::*;

fn at(screen: &'static str, title: &str, label: &str) -> Reading {
    let button = FocusReading::button(label.to_owned()).at(Some((1, 2)));
    Reading::new(screen, title.to_owned()).focus(button)
}

fn said(speech: Speech) -> String {
    match speech {
        Speech::Says(utterance) => utterance.into_lines().join(" / "),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_new_screen_is_said_from_its_title_on_and_the_same_one_by_what_changes() {
    let mut reader = ScreenReader::default();
    let mut follow = |reading: &Reading, heard| said(reader.follow(Some(reading.clone()), heard));
    let first = at("a", "Title", "Go").text(["What to do".to_owned()]);
    let first = first.more(["What takes long".to_owned()]);
    assert_eq!(
        follow(&first, Heard::Nothing),
        "Title. What to do. Go, button, 1 of 2. What takes long."
    );
    assert_eq!(follow(&first, Heard::Nothing), "GoesOn");
    let state = |words: &str| first.clone().states([words.to_owned()]);
    assert_eq!(follow(&state("Loading …"), Heard::Nothing), "Loading …");
    assert_eq!(follow(&first, Heard::Nothing), "GoesOn", "it is over");
    assert_eq!(follow(&state("Loading …"), Heard::Nothing), "Loading …");
    let titled = Reading {
        title: "Another".to_owned(),
        ..first.clone()
    };
    assert_eq!(
        follow(&titled, Heard::Other),
        "Another. Go, button, 1 of 2.",
        "the focus is of what it is called now"
    );
    assert_eq!(
        follow(&at("b", "Another", "Go"), Heard::Other),
        "Another. Go, button, 1 of 2."
    );
}

#[test]
fn a_state_is_said_on_its_own_and_a_detail_is_not() {
    let setting = |state: &str, detail: &str| {
        let focus = FocusReading::new("Size".to_owned()).role(Role::Setting);
        let focus = focus.state(state.to_owned()).detail([detail.to_owned()]);
        Reading::new("a", "Title".to_owned()).focus(focus)
    };
    let mut reader = ScreenReader::default();
    let mut follow = |reading| said(reader.follow(Some(reading), Heard::Other));
    assert_eq!(
        follow(setting("Large", "40%")),
        "Title. Size, setting, Large. 40%."
    );
    assert_eq!(follow(setting("Normal", "40%")), "Normal.");
    assert_eq!(follow(setting("Normal", "41%")), "Ends", "a key ends it");
}

#[test]
fn behind_a_focus_that_moves_nothing_is_said_before_it_rests() {
    let mut reader = ScreenReader::default();
    let _ = reader.follow(Some(at("a", "Title", "First")), Heard::Nothing);
    for label in ["Second", "Third", "Fourth"] {
        let moved = reader.follow(Some(at("a", "Title", label)), Heard::Arrow);
        assert_eq!(moved, Speech::Waits);
        // What comes meanwhile is said with it.
        let loaded = at("a", "Title", label).states(["Loaded".to_owned()]);
        assert_eq!(reader.follow(Some(loaded), Heard::Nothing), Speech::GoesOn);
    }
    let rested = reader.rested().map(Speech::Says).map(said);
    assert_eq!(rested.as_deref(), Some("Loaded. Fourth, button, 1 of 2."));
}

#[test]
fn what_comes_by_itself_does_not_say_the_same_card_again() {
    let mut reader = ScreenReader::default();
    let row = |text: &str, all| {
        let card = FocusReading::new("Dune".to_owned()).role(Role::Card);
        let reading = Reading::new("home", "Home".to_owned()).text([text.to_owned()]);
        Some(reading.focus(card.at_of_more(3, all)))
    };
    let first = said(reader.follow(row("In 5 minutes", 20), Heard::Nothing));
    assert_eq!(first, "Home. In 5 minutes. Dune, card, 3 of 20 or more.");
    let page = reader.follow(row("In 4 minutes", 40), Heard::Nothing);
    assert_eq!(page, Speech::GoesOn);
}

#[test]
fn an_arrow_that_leads_nowhere_says_where_one_is() {
    let mut reader = ScreenReader::default();
    let end = || {
        let last = FocusReading::new("Last".to_owned()).at(Some((9, 9)));
        Some(Reading::new("a", "Title".to_owned()).focus(last.detail(["More".to_owned()])))
    };
    let _ = reader.follow(end(), Heard::Nothing);
    assert_eq!(reader.follow(end(), Heard::Arrow), Speech::Waits);
    let rested = reader.rested().map(Speech::Says).map(said);
    assert_eq!(rested.as_deref(), Some("Last, 9 of 9."));
}

#[test]
fn another_key_does_not_wait_for_the_focus() {
    let mut reader = ScreenReader::default();
    let _ = reader.follow(Some(at("a", "Title", "First")), Heard::Nothing);
    let _ = reader.follow(Some(at("a", "Title", "Second")), Heard::Arrow);
    let opened = reader.follow(Some(at("b", "Opened", "Back")), Heard::Other);
    assert_eq!(said(opened), "Opened. Back, button, 1 of 2.");
}

#[test]
fn info_says_the_screen_once_more_where_it_does_nothing_else() {
    let mut reader = ScreenReader::default();
    let reading = || Some(at("a", "Title", "Go"));
    let _ = reader.follow(reading(), Heard::Nothing);
    let again = reader.follow(reading(), Heard::Info);
    assert_eq!(said(again), "Title. Go, button, 1 of 2.");
}

#[test]
fn a_dark_screen_is_silent_and_is_said_whole_when_it_is_back() {
    let mut reader = ScreenReader::default();
    let reading = || Some(at("a", "Title", "Go"));
    let _ = reader.follow(reading(), Heard::Nothing);
    assert_eq!(reader.follow(None, Heard::Nothing), Speech::Ends);
    assert_eq!(reader.follow(None, Heard::Nothing), Speech::GoesOn);
    let back = reader.follow(reading(), Heard::Other);
    assert_eq!(said(back), "Title. Go, button, 1 of 2.");
}

#[test]
fn what_is_spelled_has_lines_of_its_own_and_is_said_once() {
    let mut reader = ScreenReader::default();
    let code = |state: &str| {
        let lines = vec!["Q, T.".to_owned(), "Z, L.".to_owned()];
        let reading = at("a", "Code", "Go").spelled(lines);
        Some(reading.states([state.to_owned()]))
    };
    let first = said(reader.follow(code("Waiting"), Heard::Nothing));
    assert_eq!(
        first,
        "Code. / Q, T. / Z, L. / Waiting. Go, button, 1 of 2."
    );
    let offline = said(reader.follow(code("Offline"), Heard::Nothing));
    assert_eq!(offline, "Offline.");
}

#[test]
fn signs_of_a_screen_are_pauses() {
    for (shown, spoken) in [
        ("S2 · E4", Some("S2, E4.")),
        ("Series › Dark", Some("Series, Dark.")),
        ("One\n\u{a0} two …", Some("One two …")),
        ("Really?", Some("Really?")),
        ("请稍候。", Some("请稍候。")),
        (" \n", None),
    ] {
        assert_eq!(sentence(shown).as_deref(), spoken);
    }
}
