//! `vestibule config try`: what a row maps to, from the live API.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::api::{self, Absence, Card, Explained, MissingField, Row};
use crate::cli::context::Context;
use crate::cli::{Error, Exit, Global, out};
use crate::host::locale;
use device_flow::text::{Marks, is_unsafe};

/// Columns of a cell of the table.
const WIDTH: usize = 28;

/// Loads a row and prints what it maps to.
///
/// # Errors
/// Usage for a row that is not configured, and for one whose answer is not what the configuration says.
pub(super) fn run(global: &Global, wanted: &str, as_json: bool) -> Result<(), Error> {
    let context = Context::new(global)?;
    let Some(api) = context.config.api.clone() else {
        return Err(Error::usage(
            "the configuration has no [api]; add it with its base_url",
        ));
    };
    let index = find(&api.rows, wanted)?;
    let row = Row::new(index, &api.rows[index]);
    let name = format!("row {} \"{}\"", index + 1, row.title);
    let place = format!(
        "{name} at {}{}",
        api.base_url,
        api.rows[index].path.trim_start_matches('/')
    );
    let ca_file = context.config.provider.ca_file.as_deref();
    let language = locale::tag(&context.config.screen.language);
    let (found, explained) = context.with_session(global.profile(), |session| async {
        let client = api::Client::new(&api, ca_file, session, None)?;
        let client = client.speaking(language.as_deref());
        let explained = explain(&client, row).await;
        explained.map_err(|error| told_error(error, &place))
    })?;
    if as_json {
        out::json(&as_value(wanted, &found, &explained))?;
    } else {
        out::text(&format!("{name}\n{}", told(&found, &explained)))?;
    }
    if explained.missing.iter().any(MissingField::is_fatal) {
        return Err(Error::silent(Exit::Usage));
    }
    Ok(())
}

/// The row that is meant: its title, or its number from 1.
fn find(rows: &[crate::config::Row], wanted: &str) -> Result<usize, Error> {
    let titled = rows.iter().position(|row| {
        row.title
            .texts()
            .any(|title| title.to_lowercase() == wanted.trim().to_lowercase())
    });
    let numbered = || {
        let number = wanted.trim().parse::<usize>().ok()?;
        (1..=rows.len()).contains(&number).then(|| number - 1)
    };
    titled.or_else(numbered).ok_or_else(|| {
        let mut message = format!("no row is called \"{wanted}\"; there are:");
        if rows.is_empty() {
            message.push_str(" none, add [[api.rows]]");
        }
        for (index, row) in rows.iter().enumerate() {
            let _ = write!(message, "\n  {}  {}", index + 1, row.title);
        }
        Error::usage(message)
    })
}

/// The rows that a row stands for, if it does, and what it or the first of them maps to.
async fn explain(
    client: &api::Client,
    row: Row,
) -> Result<(Option<Vec<Row>>, Explained), api::Error> {
    if !row.stands_for_many() {
        return Ok((None, client.explain(&row).await?));
    }
    let (list, mut missing) = client.explain_rows(&row).await?;
    let Some(first) = list.rows.first() else {
        let empty = "the API's list of rows is empty".to_owned();
        return Err(api::Error::Shape(empty));
    };
    let mut explained = client.explain(first).await?;
    missing.append(&mut explained.missing);
    explained.missing = missing;
    Ok((Some(list.rows), explained))
}

/// An answer that is not what the configuration says is a matter of the configuration.
pub(super) fn told_error(error: api::Error, place: &str) -> Error {
    match error {
        api::Error::Shape(why) | api::Error::TooMuch(why) | api::Error::Refused(why) => {
            Error::usage(format!("{place}: {why}"))
        }
        // It was not asked.
        api::Error::Session(cause) => cause.into(),
        other => {
            let Error { exit, message } = other.into();
            Error::new(exit, format!("{place}: {message}"))
        }
    }
}

fn told(found: &Option<Vec<Row>>, explained: &Explained) -> String {
    let mut text = String::new();
    if let Some(rows) = found {
        let _ = writeln!(text, "{} from the API:", counted(rows.len(), "row"));
        for row in rows {
            let _ = writeln!(text, "  {}", row.title);
        }
        text.push_str("\nThe first of them:\n");
    }
    let cards = &explained.page.cards;
    let _ = writeln!(
        text,
        "{} from {}{}",
        counted(cards.len(), "card"),
        explained.address,
        if explained.page.next.is_some() {
            ", and there is a next page"
        } else {
            ""
        }
    );
    if !cards.is_empty() {
        text.push('\n');
        text.push_str(&table(cards));
    }
    if let Some(why) = &explained.next_refused {
        let _ = writeln!(text, "\nThe next page is not asked for: {why}");
    }
    let (faults, left_out): (Vec<_>, Vec<_>) =
        explained.missing.iter().partition(|one| one.is_fault());
    for (heading, missing) in [
        ("Not found:", faults),
        (
            "Left out by the API, which is fine where a card does without:",
            left_out,
        ),
    ] {
        if !missing.is_empty() {
            let _ = writeln!(text, "\n{heading}");
        }
        missing
            .into_iter()
            .for_each(|one| text.push_str(&told_missing(one)));
    }
    text
}

fn told_missing(missing: &MissingField) -> String {
    let what = match missing.part.as_str() {
        // There is one answer.
        "next" | "page.cursor" => return format!("  {}: {}\n", missing.part, missing.why),
        part if part.starts_with("row_source.") => "row",
        _ => "item",
    };
    format!(
        "  {} in {} of {}, first in {what} {}: {}\n",
        missing.part,
        missing.missing,
        counted(missing.of, what),
        missing.first,
        missing.why
    )
}

/// How a part is missing, for scripts.
fn name(kind: Absence) -> &'static str {
    match kind {
        Absence::Nowhere => "nowhere",
        Absence::Unusable => "unusable",
        Absence::LeftOut => "left_out",
        Absence::Null => "null",
    }
}

fn counted(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

/// The fields of a card by name; the longest, its text, last.
fn fields(card: &Card) -> Vec<(&'static str, Option<String>)> {
    let mut fields = card.told();
    fields.sort_by_key(|(name, _)| *name == "body");
    fields
}

/// The cards as a table of the columns that any of them fills.
fn table(cards: &[Card]) -> String {
    let rows: Vec<_> = cards.iter().map(fields).collect();
    let mut lines = vec![String::new(); cards.len() + 1];
    for column in 0..rows.first().map_or(0, Vec::len) {
        if rows.iter().all(|row| row[column].1.is_none()) {
            continue;
        }
        let cells: Vec<String> = rows
            .iter()
            .map(|row| cell(row[column].1.as_deref().unwrap_or("-")))
            .collect();
        let head = rows.first().map_or("", |row| row[column].0);
        let width = cells
            .iter()
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0);
        let width = width.max(head.chars().count());
        for (line, cell) in lines
            .iter_mut()
            .zip(std::iter::once(head).chain(cells.iter().map(String::as_str)))
        {
            let _ = write!(line, "{cell:<width$}  ");
        }
    }
    lines
        .iter()
        .fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

/// One line of a few characters; of an address, its end tells most.
fn cell(text: &str) -> String {
    let mut marks = Marks::new();
    let flat: String = text
        .chars()
        .filter(|c| !marks.are_too_many_with(*c))
        .map(|c| if is_unsafe(c) { ' ' } else { c })
        .collect();
    let count = flat.chars().count();
    if count <= WIDTH {
        return flat;
    }
    if flat.starts_with("http") {
        let end: String = flat.chars().skip(count - (WIDTH - 1)).collect();
        return format!("…{end}");
    }
    let start: String = flat.chars().take(WIDTH - 1).collect();
    format!("{start}…")
}

fn as_value(wanted: &str, found: &Option<Vec<Row>>, explained: &Explained) -> Value {
    let cards: Vec<Value> = explained
        .page
        .cards
        .iter()
        .map(|card| {
            let named = fields(card)
                .into_iter()
                .map(|(name, text)| (name.to_owned(), text.map_or(Value::Null, Value::from)));
            Value::Object(named.collect())
        })
        .collect();
    let missing: Vec<Value> = explained
        .missing
        .iter()
        .map(|one| {
            json!({
                "part": one.part, "missing": one.missing, "of": one.of, "first": one.first, "why": one.why,
                "kind": name(one.kind),
            })
        })
        .collect();
    let rows = found
        .as_ref()
        .map(|rows| rows.iter().map(|row| row.title.clone()).collect::<Vec<_>>());
    json!({
        "row": wanted,
        "rows": rows,
        "address": explained.address.as_str(),
        "cards": cards,
        "next_page": explained.page.next.is_some(),
        "next_refused": explained.next_refused,
        "not_found": missing,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{DisplayValue, Progress};
    use crate::config;

    fn rows() -> Vec<config::Row> {
        ["Continue watching", "7"]
            .map(|title| config::Row {
                title: title.into(),
                ..config::Row::default()
            })
            .to_vec()
    }

    #[test]
    fn a_row_is_named_by_title_or_number() {
        for (wanted, index) in [("continue WATCHING", 0), ("1", 0), ("2", 1), ("7", 1)] {
            assert_eq!(find(&rows(), wanted), Ok(index), "{wanted}");
        }
        for wanted in ["0", "3", "", "Continue"] {
            let error = find(&rows(), wanted).unwrap_err();
            assert_eq!(error.exit, Exit::Usage);
            assert!(error.message.contains("1  Continue watching"), "{error}");
        }
    }

    #[test]
    fn a_missing_field_says_in_what() {
        let missing = |part: &str| MissingField {
            part: part.to_owned(),
            missing: 2,
            of: 3,
            first: 1,
            why: "nothing at /x".to_owned(),
            kind: Absence::Nowhere,
        };
        for (part, told) in [
            (
                "card.image",
                "  card.image in 2 of 3 items, first in item 1: nothing at /x\n",
            ),
            (
                "row_source.title",
                "  row_source.title in 2 of 3 rows, first in row 1: nothing at /x\n",
            ),
            ("next", "  next: nothing at /x\n"),
        ] {
            assert_eq!(told_missing(&missing(part)), told);
        }
    }

    #[test]
    fn a_table_has_the_columns_that_are_filled() {
        let card = |id: &str, progress: Option<f32>| Card {
            id: id.to_owned(),
            title: DisplayValue::Text(format!("Title of {id}\u{1b}[31m")),
            image: url::Url::parse("https://cdn.example.com/a/very/long/path/to/a/picture.png")
                .ok(),
            progress: progress.map(Progress::Part),
            ..Card::default()
        };
        let text = table(&[card("a", Some(0.5)), card("bbbb", None)]);
        assert_eq!(
            text,
            "id    title               image                         progress\n\
             a     Title of a [31m     …/long/path/to/a/picture.png  0.50\n\
             bbbb  Title of bbbb [31m  …/long/path/to/a/picture.png  -\n"
        );
    }
}
