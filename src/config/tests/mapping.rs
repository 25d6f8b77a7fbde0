//! One row for each way to describe a row of the API, and for each way to get it wrong.

use super::super::*;
use super::{expect, read, with, with_line};

fn row(line: &str) -> Row {
    let config = read(&with(line)).unwrap_or_else(|error| panic!("{error}"));
    config.api.unwrap().rows.remove(0)
}

#[test]
fn a_part_is_one_pointer_or_several() {
    let card = |title: &str| {
        let line = format!("card = {{ id = '/id', title = {title} }}");
        let config = read(&with_line(13, &line)).unwrap_or_else(|error| panic!("{error}"));
        config.api.unwrap().rows.remove(0).card
    };
    assert_eq!(card("'/name'").title, "/name".into());
    let several = card("['/name', '/t/*/x', '=Part {/part} of {{it}}']");
    assert_eq!(several.title.0.len(), 3);
    for (title, words) in [
        ("'name'", "\"/name\""),
        ("['/name', 'title']", "\"=title\""),
        ("[]", "must not be empty"),
        ("7", "found a whole number"),
        ("['/a', 7]", "found a whole number"),
        ("'=Part {part}'", "{/part}"),
        ("'=Part {id}'", "{id} is for actions"),
        ("'=Part {/a'", "without its other"),
        ("'/a~2'", "~0 for ~"),
        ("{ at = '/a' }", "a pointer in quotes, or a list"),
    ] {
        let line = format!("card = {{ id = '/id', title = {title} }}");
        expect(&with_line(13, &line), 13, "api.rows.card.title", words);
    }
}

#[test]
fn a_value_may_say_how_it_is_written_and_when_it_is_there() {
    let source = |text: &str| {
        let line = format!("card = {{ id = '/id', title = '/name', subtitle = {text} }}");
        let config = read(&with_line(13, &line)).unwrap_or_else(|error| panic!("{error}"));
        config.api.unwrap().rows.remove(0).card.subtitle.unwrap()
    };
    assert_eq!(source("'/a'"), "/a".into());
    let full = source("{ at = ['/a', '/b'], format = 'date-time', when = '/c' }");
    assert_eq!(
        (full.format, full.when.as_deref()),
        (Format::DateTime, Some("/c"))
    );
    for (text, key, words) in [
        ("{ format = 'date' }", "at", "missing"),
        (
            "{ at = '/a', format = 'dat' }",
            "format",
            "the nearest is \"date\"",
        ),
        ("{ at = '/a', fromat = 'date' }", "fromat", "`format`"),
        ("{ at = '/a', when = 'b' }", "when", "starts with a slash"),
    ] {
        let line = format!("card = {{ id = '/id', title = '/name', subtitle = {text} }}");
        let key = format!("api.rows.card.subtitle.{key}");
        expect(&with_line(13, &line), 13, &key, words);
    }
}

#[test]
fn a_progress_is_a_share_or_a_part_of_a_whole() {
    let card = |text: &str| format!("card = {{ id = '/id', title = '/name', progress = {text} }}");
    for (text, max) in [
        ("'/p'", None),
        ("{ value = '/p', max = '/m' }", Some(Max::At("/m".into()))),
        ("{ value = '/p', max = 100 }", Some(Max::Number(100.0))),
        ("{ value = '/p', max = 1.5 }", Some(Max::Number(1.5))),
    ] {
        let config = read(&with_line(13, &card(text))).unwrap_or_else(|error| panic!("{error}"));
        let progress = config.api.unwrap().rows.remove(0).card.progress.unwrap();
        assert_eq!((progress.value, progress.max), ("/p".into(), max), "{text}");
    }
    for (text, key, words) in [
        ("{ value = '/p' }", ".max", "belong together"),
        ("{ value = '/p', max = 0 }", ".max", "more than nothing"),
        ("{ value = '/p', max = -1.0 }", ".max", "more than nothing"),
        ("7", "", "found a whole number"),
    ] {
        let key = format!("api.rows.card.progress{key}");
        expect(&with_line(13, &card(text)), 13, &key, words);
    }
}

#[test]
fn badges_are_a_list_of_their_own() {
    let card = |text: &str| format!("card = {{ id = '/id', title = '/name', badges = {text} }}");
    let config = read(&with_line(
        13,
        &card("['/q', { at = '=New', when = '/new' }]"),
    ))
    .unwrap();
    assert_eq!(config.api.unwrap().rows[0].card.badges.len(), 2);
    let key = "api.rows.card.badges";
    expect(&with_line(13, &card("'/q'")), 13, key, "a list, such as");
    expect(
        &with_line(13, &card("[['/a', '/b']]")),
        13,
        key,
        "{ at = [...] }",
    );
}

#[test]
fn an_action_sends_what_its_item_fills_in() {
    let action = |more: &str| {
        format!("actions = [{{ label = 'a', method = 'POST', path = 'list/{{id}}'{more} }}]")
    };
    let row = row(&action(
        ", body = { item = '{id}', part = '{/part}', n = [1, { x = true }] }, refresh = ['Continue watching']",
    ));
    assert_eq!(row.actions[0].body.as_ref().map(toml::Table::len), Some(3));
    for (more, key, words) in [
        (", body = 'x'", "body", "a table, such as"),
        (", body = { item = '{item}' }", "body", "{/item}"),
        (", body = { item = nan }", "body", "no such number"),
        (", when = 'x'", "when", "starts with a slash"),
        (", refresh = 'Row'", "refresh", "a list of titles"),
        (
            ", refresh = ['Rwo']",
            "refresh",
            "the nearest is \"Continue watching\"",
        ),
    ] {
        let key = format!("api.rows.actions.{key}");
        expect(&with(&action(more)), 14, &key, words);
    }
    let path = "actions = [{ label = 'a', method = 'POST', path = 'list/{name}' }]";
    expect(&with(path), 14, "api.rows.actions.path", "{/name}");
}

#[test]
fn pages_and_rows_of_the_api_are_described_whole() {
    assert_eq!(
        row("page = { parameter = 'p' }").page.unwrap().kind,
        PageKind::Number
    );
    let source =
        row("row_source = { rows_path = '/rows', title = '/t', items = '/items' }").row_source;
    assert_eq!(source.unwrap().limit, 100);
    for (line, key, words) in [
        ("next = 'links/next'", "next", "starts with a slash"),
        (
            "next = '/n'\npage = { parameter = 'p' }",
            "page",
            "leave one of the two",
        ),
        ("page = { kind = 'number' }", "page.parameter", "missing"),
        (
            "page = { parameter = 'p', kind = 'cursor' }",
            "page.cursor",
            "missing",
        ),
        (
            "page = { parameter = 'p', kind = 'pages' }",
            "page.kind",
            "nearest",
        ),
        (
            "row_source = { title = '/t' }",
            "row_source.items",
            "name one",
        ),
        (
            "row_source = { items = '/i' }",
            "row_source.title",
            "missing",
        ),
        (
            "row_source = { title = '/t', link = '/l', limit = 0 }",
            "row_source.limit",
            "out of range",
        ),
        ("refresh_seconds = -1", "refresh_seconds", "out of range"),
    ] {
        let at = 13 + line.lines().count();
        expect(&with(line), at, &format!("api.rows.{key}"), words);
    }
}
