//! One row for each way to describe a row of the API, and for each way to get it wrong.

use super::super::*;
use super::{expect, problems, read, with, with_line};

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
    assert_eq!(several.title.at.0.len(), 3);
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
        let value = "/p".into();
        assert_eq!(progress, Progress::Share { value, max }, "{text}");
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
    let body = row.actions[0].body.as_ref();
    assert_eq!(
        body.and_then(toml::Value::as_table).map(toml::Table::len),
        Some(3)
    );
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

/// A file with one row of these lines in the place of the last one.
fn with_row(lines: &str) -> String {
    let before = super::GOOD.split("[[api.rows]]").next().unwrap();
    format!(
        "{before}[[api.rows]]\ntitle = 't'\npath = 'p'\ncard = {{ id = '/id', title = '/name' }}\n{lines}\n"
    )
}

#[test]
fn places_are_pointers_paths_and_what_a_lookup_found() {
    for place in [
        "'$.a[?@.b == 1].c'",
        "'@cover/url'",
        "'@cover'",
        "'*'",
        "['=S{$.season} {@show/name}', '/t']",
        "'={/start|time} – {/end|time}'",
    ] {
        let join =
            |name: &str| format!("{name} = {{ in = '/{name}s', key = '/id', by = '/{name}' }}");
        let lookup = [join("cover"), join("show")].join(", ");
        let line = format!("card = {{ id = '/id', title = {place} }}\nlookup = {{ {lookup} }}");
        assert!(read(&with_line(13, &line)).is_ok(), "{place}");
    }
    for (place, words) in [
        ("'$.a['", "JSONPath (RFC 9535)"),
        ("'={$.a[}'", "JSONPath (RFC 9535)"),
        ("'@/url'", "names no lookup"),
        ("'={/start|tme}'", "the nearest is \"time\""),
        ("'={me/sub}'", "for paths and bodies"),
        ("'={now}'", "for paths and bodies"),
    ] {
        let line = format!("card = {{ id = '/id', title = {place} }}");
        expect(&with_line(13, &line), 13, "api.rows.card.title", words);
    }
    let line = "card = { id = '/id', title = '@cover/url' }";
    expect(
        &with_line(13, line),
        13,
        "api.rows.card",
        "names no lookup of this row",
    );
}

#[test]
fn a_value_says_what_it_counts_and_in_what() {
    let value = |text: &str| format!("card = {{ id = '/id', title = '/name', subtitle = {text} }}");
    for text in [
        "{ at = '/d', format = 'duration', unit = 'ticks' }",
        "{ at = '/p', format = 'money', currency = '/currency', minor = true }",
        "{ at = '/t', format = 'time', zone = 'W. Europe Standard Time' }",
        "{ at = '/s', words = { booked = 'Booked', 5 = 'Available', other = '' } }",
    ] {
        let read = read(&with_line(13, &value(text)));
        assert!(read.is_ok(), "{text}: {read:?}");
    }
    for (text, key, words) in [
        (
            "{ at = '/d', unit = 'tick' }",
            ".unit",
            "the nearest is \"ticks\"",
        ),
        ("{ at = '/p', format = 'money' }", ".currency", "missing"),
        ("{ at = '/p', currency = 'euro' }", ".currency", "ISO 4217"),
        ("{ at = '/p', minor = 1 }", ".minor", "true or false"),
        (
            "{ at = '/s', words = { a = 1 } }",
            ".words.a",
            "text in quotes",
        ),
        ("{ at = '/t', zone = '' }", ".zone", "must not be empty"),
        (
            "{ at = '/t', zone = 'Europe/Berln' }",
            ".zone",
            "neither a time zone",
        ),
    ] {
        let key = format!("api.rows.card.subtitle{key}");
        expect(&with_line(13, &value(text)), 13, &key, words);
    }
}

#[test]
fn pictures_and_progress_have_tables_of_their_own() {
    let card = |text: &str| format!("card = {{ id = '/id', title = '/name', {text} }}");
    for text in [
        "image = { at = '/thumb', fill = { width = 640, version = 'large' } }",
        "progress = { from = '/start', to = { at = '/end', zone = '/zone' } }",
    ] {
        assert!(read(&with_line(13, &card(text))).is_ok(), "{text}");
    }
    for (text, key, words) in [
        ("image = { fill = { w = 1 } }", "image.at", "missing"),
        (
            "image = { at = '/a', fill = { w = 1.5 } }",
            "image.fill.w",
            "a whole number or text",
        ),
        (
            "progress = { from = '/start' }",
            "progress.to",
            "belong together",
        ),
    ] {
        let key = format!("api.rows.card.{key}");
        expect(&with_line(13, &card(text)), 13, &key, words);
    }
}

#[test]
fn a_row_says_how_it_asks() {
    for lines in [
        "method = 'POST'\nbody = { query = '{{ me {{ id }} }}', page = '{page}' }\npage = {}",
        "method = 'POST'\nencoding = 'form'\nbody = { from = '{now-7d}', me = '{me/sub}' }",
        "method = 'POST'\nencoding = 'form'\nbody = { a = ['x', 1], p = '{page}' }\npage = { parameter = 'p' }",
        "page = { kind = 'link' }",
        "page = { kind = 'last-id', parameter = 'after', more = '/has_more' }",
        "next = '/links/next'\npage = { more = '/meta/has_more' }",
        "shape = 'poster'\nqr = '/html_url'\nerror = '/errors/0/message'",
        "opens = { path = 'x', shape = 'text', card = { id = '/i', title = '/t', image = '/a' } }",
        "lookup = { cover = { in = '/assets', key = ['/id'], by = '={/type}.{/cover_id}' } }",
        "actions = [{ label = 'a', method = 'PATCH', path = 'x{+/uri}', encoding = 'json-patch', body = [{ op = 'add' }] }]",
    ] {
        let read = read(&with_row(lines));
        assert!(read.is_ok(), "{lines}: {read:?}");
    }
    for (lines, key, words) in [
        ("api = 'weather'", "api", "[apis.weather]"),
        ("body = { a = 1 }", "body", "method = \"POST\""),
        ("method = 'PUT'", "method", "\"POST\""),
        ("method = 'POST'\nencoding = 'form'", "body", "missing"),
        (
            "method = 'POST'\nencoding = 'form'\nbody = { a = [[1]] }",
            "body",
            "a form is",
        ),
        (
            "method = 'POST'\nencoding = 'json-patch'\nbody = { a = 1 }",
            "body",
            "RFC 6902",
        ),
        (
            "method = 'POST'\nbody = { a = '{/x}' }",
            "body",
            "before it has an item",
        ),
        ("page = { kind = 'offset' }", "page.parameter", "{page}"),
        (
            "next = '/next'\npage = { kind = 'link', more = '/more' }",
            "page",
            "leave one of the two",
        ),
        (
            "page = { kind = 'link', parameter = 'p' }",
            "page.parameter",
            "Link header",
        ),
        (
            "lookup = { cover = { in = '/assets', key = '/id' } }",
            "lookup.cover.by",
            "belong together",
        ),
        ("error = 'errors'", "error", "starts with a slash"),
        ("shape = 'round'", "shape", "\"square\""),
        (
            "actions = [{ label = 'a', method = 'GET', path = '{page}' }]",
            "actions.path",
            "{page} is for",
        ),
    ] {
        let problems = problems(&with_row(lines));
        let [problem] = problems.as_slice() else {
            panic!("{lines}: {problems:?}");
        };
        assert_eq!(problem.key, format!("api.rows.{key}"), "{lines}: {problem}");
        assert!(problem.message.contains(words), "{lines}: {problem}");
    }
}

#[test]
fn a_card_opens_a_row() {
    let opens = "opens = { path = 'Shows/{id}/Seasons', card = { id = '/Id', title = '/Name' }, \
                 opens = { path = 'Seasons/{/Key}/Episodes', card = { id = '/Id', title = '/Name' } } }";
    let row = row(opens);
    let seasons = row.opens.unwrap();
    assert_eq!(seasons.path, "Shows/{id}/Seasons");
    assert_eq!(seasons.opens.unwrap().path, "Seasons/{/Key}/Episodes");
    for (opens, key, words) in [
        ("opens = { path = 'x' }", "opens.card", "must be there"),
        (
            "opens = { paht = 'x', card = { id = '/i', title = '/t' } }",
            "opens.paht",
            "`path`",
        ),
        (
            "opens = { path = 'x', card = { id = '/i', title = '/t' }, opens = { path = 'y', shape = 'x', card = { id = '/i', title = '/t' } } }",
            "opens.opens.shape",
            "\"square\"",
        ),
        (
            "opens = { path = 'x', body = { a = 1 }, card = { id = '/i', title = '/t' } }",
            "opens.body",
            "method",
        ),
    ] {
        let problems = problems(&with(opens));
        let problem = problems
            .iter()
            .find(|problem| problem.key == format!("api.rows.{key}"));
        assert!(
            problem.is_some_and(|problem| problem.message.contains(words)),
            "{opens}: {problems:?}"
        );
    }
}

#[test]
fn headers_and_the_token_have_their_places() {
    let api = |lines: &str| super::GOOD.replace("[[api.rows]]", &format!("{lines}\n[[api.rows]]"));
    for lines in [
        "headers = { Client-Id = 'x', X-Api-Key = { file = 'key' } }",
        "token = 'none'",
        "token = { header = 'X-Plex-Token' }",
        "token = { header = 'Authorization', value = 'MediaBrowser Token=\"{token}\"' }",
        "token = { query = 'apiKey' }",
        "[apis.weather]\nbase_url = 'https://weather.example.org'\nheaders = { X-Key = { file = 'k' } }",
    ] {
        let read = read(&api(lines));
        assert!(read.is_ok(), "{lines}: {read:?}");
    }
    for (lines, key, words) in [
        (
            "headers = { Host = 'x' }",
            "api.headers.Host",
            "leave it out",
        ),
        (
            "headers = { authorization = 'x' }",
            "api.headers.authorization",
            "at token",
        ),
        (
            "headers = { Cookie = 'x' }",
            "api.headers.Cookie",
            "leave it out",
        ),
        (
            "headers = { Upgrade = 'x' }",
            "api.headers.Upgrade",
            "leave it out",
        ),
        (
            "headers = { Cookie2 = 'x' }",
            "api.headers.Cookie2",
            "this program has none",
        ),
        (
            "headers = { 'a b' = 'x' }",
            "api.headers.a b",
            "no name of a header",
        ),
        ("headers = { A = 'x', a = 'y' }", "api.headers.a", "twice"),
        (
            "headers = { A = \"x\\ny\" }",
            "api.headers.A",
            "no header may carry",
        ),
        (
            "headers = { A = { fiel = 'x' } }",
            "api.headers.A.fiel",
            "`file`",
        ),
        ("token = 'basic'", "api.token", "\"bearer\""),
        (
            "token = { header = 'Host' }",
            "api.token.header",
            "leave it out",
        ),
        (
            "token = { header = 'X', value = 'abc' }",
            "api.token.value",
            "{token}",
        ),
        ("[apis.w]\nheaders = {}", "apis.w.base_url", "missing"),
        (
            "[apis.w]\nbase_url = 'https://a.example'\nbase = 1",
            "apis.w.base",
            "`base_url`",
        ),
    ] {
        let problems = problems(&api(lines));
        let problem = problems.iter().find(|problem| problem.key == key);
        assert!(
            problem.is_some_and(|problem| problem.message.contains(words)),
            "{lines}: {problems:?}"
        );
    }
}

#[test]
fn a_title_has_a_text_for_each_language() {
    let title = |text: &str| with_line(10, &format!("title = {text}"));
    let config = read(&title("{ en = 'My cases', pt-BR = 'Meus casos' }")).unwrap();
    assert_eq!(
        config.api.unwrap().rows[0].title.in_language("pt-BR"),
        "Meus casos"
    );
    for (text, key, words) in [
        ("{ english = 'x' }", "api.rows.title.english", "BCP 47"),
        ("{ en = 7 }", "api.rows.title.en", "text in quotes"),
        ("{}", "api.rows.title", "must not be empty"),
        ("7", "api.rows.title", "text in quotes"),
    ] {
        expect(&title(text), 10, key, words);
    }
}

#[test]
fn a_key_implies_its_format_or_belongs_to_the_one_that_is_written() {
    let value = |text: &str| {
        let line = format!("card = {{ id = '/id', title = '/name', subtitle = {text} }}");
        with_line(13, &line)
    };
    for (text, format) in [
        ("{ at = '/p', currency = 'EUR' }", Format::Money),
        (
            "{ at = '/p', minor = true, currency = '/c' }",
            Format::Money,
        ),
        ("{ at = '/d', unit = 'min' }", Format::Duration),
        ("{ at = '/t', zone = 'Asia/Tokyo' }", Format::DateTime),
        (
            "{ at = '/t', zone = 'Asia/Tokyo', unit = 'ms' }",
            Format::DateTime,
        ),
        (
            "{ at = '={/t|time}', zone = 'Asia/Tokyo', unit = 'ms' }",
            Format::Text,
        ),
        ("{ at = '={/m|money}', currency = 'EUR' }", Format::Text),
        (
            "{ at = '/t', format = 'date', unit = 's', zone = '/z' }",
            Format::Date,
        ),
    ] {
        let config = read(&value(text)).unwrap_or_else(|error| panic!("{text}: {error}"));
        let card = config.api.unwrap().rows.remove(0).card;
        assert_eq!(card.subtitle.unwrap().format, format, "{text}");
    }
    for (text, key, words) in [
        (
            "{ at = '/a', format = 'text', unit = 's' }",
            ".unit",
            "format \"text\"",
        ),
        (
            "{ at = '/a', format = 'number', currency = 'EUR' }",
            ".currency",
            "for money",
        ),
        (
            "{ at = '/a', format = 'duration', zone = '/z' }",
            ".zone",
            "date-time",
        ),
        (
            "{ at = '/a', format = 'money', currency = 'EUR', unit = 's' }",
            ".unit",
            "for duration",
        ),
        (
            "{ at = '={/a|date}', currency = 'EUR' }",
            ".currency",
            "for money",
        ),
        ("{ at = '/a', minor = true }", ".currency", "missing"),
        ("{ at = '={/m|money}' }", ".currency", "missing"),
        ("'={/m|money}'", "", "currency = \"EUR\" }"),
        (
            "['/a', '=for {/m|money}']",
            "",
            "write { at = \"={/m|money}\"",
        ),
        (
            "[{ at = '/a', format = 'date' }, '=Untitled']",
            "",
            "write { at = [",
        ),
    ] {
        let key = format!("api.rows.card.subtitle{key}");
        expect(&value(text), 13, &key, words);
    }
}

#[test]
fn a_page_is_asked_for_by_what_says_how() {
    for (lines, key) in [
        (
            "path = 'p?page={page}'\ncard = { id = '/id', title = '/t' }",
            "path",
        ),
        (
            "path = 'p'\ncard = { id = '/id', title = '/t' }\nmethod = 'POST'\nbody = { a = ['{page}'] }",
            "body",
        ),
    ] {
        let before = super::GOOD.split("[[api.rows]]").next().unwrap();
        let file = format!("{before}[[api.rows]]\ntitle = 't'\n{lines}\n");
        let problems = problems(&file);
        let [problem] = problems.as_slice() else {
            panic!("{lines}: {problems:?}");
        };
        assert_eq!(problem.key, format!("api.rows.{key}"));
        assert!(problem.message.contains("[api.rows.page]"), "{problem}");
        assert!(read(&format!("{file}page = {{}}\n")).is_ok());
    }
}

#[test]
fn a_text_has_the_blanks_of_its_place() {
    for lines in [
        "qr = '=https://a.example{+/permalink}'",
        "details = [{ label = 'Key', value = '={*}: {/a}' }]",
    ] {
        let read = read(&with_row(lines));
        assert!(read.is_ok(), "{lines}: {read:?}");
    }
    for (lines, key, words) in [
        (
            "details = [{ label = 'Key', value = '={+/a}' }]",
            "details.value",
            "write {/a}",
        ),
        (
            "actions = [{ label = 'a', method = 'POST', path = '{*}' }]",
            "actions.path",
            "{id}",
        ),
    ] {
        let problems = problems(&with_row(lines));
        let [problem] = problems.as_slice() else {
            panic!("{lines}: {problems:?}");
        };
        assert_eq!(problem.key, format!("api.rows.{key}"));
        assert!(problem.message.contains(words), "{problem}");
    }
}

#[test]
fn a_key_of_a_row_below_its_card_is_sent_up() {
    let card = "[api.rows.card]\nid = '/id'\ntitle = '/name'";
    for line in ["shape = 'text'", "qr = '/url'", "opens = { path = 'x' }"] {
        let before = super::GOOD.split("card =").next().unwrap();
        let problems = problems(&format!("{before}{card}\n{line}\n"));
        let [problem] = problems.as_slice() else {
            panic!("{line}: {problems:?}");
        };
        let words = "is a key of [[api.rows]]: write it above [api.rows.card]";
        assert!(problem.message.contains(words), "{problem}");
    }
}
