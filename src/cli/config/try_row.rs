//! `vestibule config try`: what a row maps to, from the live API.

mod opened;
mod pictures;
mod table;

use std::fmt::Write;

use serde_json::{Value, json};

use self::opened::Opens;
use self::pictures::PictureTried;
use self::table::table;
use crate::api::{self, Absence, Card, Explained, MissingField, Row, WouldSend};
use crate::cli::context::Context;
use crate::cli::out::Tone;
use crate::cli::{Error, Exit, Global, out};
use crate::host::locale;

/// What there is to tell of a row.
struct Tried {
    name: String,
    title: String,
    /// The rows that it stands for, if it does.
    rows: Option<Vec<Row>>,
    explained: Explained,
    /// What each action would send for the first card; none where it is not offered.
    actions: Vec<(String, Option<Result<WouldSend, api::Error>>)>,
    pictures: Vec<PictureTried>,
    /// What its cards open, if anything.
    opens: Option<Opens>,
}

/// Which page of a row to try, and how many lists that its cards open.
pub(super) struct Extent {
    pub(super) page: u32,
    pub(super) opens: u32,
}

/// Loads a page of a row, and as many lists as are wanted that the first card opens, and prints what they map to.
///
/// # Errors
/// Usage for a row that is not configured, and for one whose answer is not what the configuration says.
pub(super) fn run(
    global: &Global,
    wanted: &str,
    Extent { page, opens }: Extent,
    as_json: bool,
) -> Result<(), Error> {
    let context = Context::new(global)?;
    let Some(api) = context.config.api.clone() else {
        return Err(Error::usage(
            "the configuration has no [api]; add it with its base_url",
        ));
    };
    let index = find(&api.rows, wanted)?;
    let row = Row::new(index, &api.rows[index]);
    let name = format!("row {} \"{}\"", index + 1, row.title);
    let language = locale::tag(&context.config.screen.language);
    let (levels, failed) = context.with_session(global.profile(), |session| async {
        let client = api::Client::new(&context.config, session, None)?;
        let client = client.speaking(language.as_deref());
        let mut levels = vec![one(&client, &row, name, page).await?];
        let mut failed = None;
        for _ in 0..opens {
            let next = levels.last().and_then(|tried| tried.opens.as_ref()?.next());
            let Some((row, name)) = next else {
                break;
            };
            match one(&client, &row, name, 1).await {
                Ok(tried) => levels.push(tried),
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        Ok((levels, failed))
    })?;
    if as_json {
        out::json(&opened::as_value(wanted, page, &levels, failed.as_ref()))?;
    } else {
        let told = opened::told(&levels, failed.as_ref(), out::columns());
        let pieces = told.iter().map(|(tone, text)| (*tone, text.as_str()));
        out::pieces(&pieces.collect::<Vec<_>>())?;
    }
    let tried = levels.len().saturating_sub(1);
    let last = levels.last().filter(|_| (tried as u64) < u64::from(opens));
    if let Some(last) = last.filter(|_| failed.is_none()) {
        let name = &last.name;
        out::say(&format!(
            "vestibule: warning: of {opens} wanted lists {tried} could be tried: no card of {name} opens one"
        ));
    }
    if let Some(error) = failed {
        return Err(Error::silent(error.exit));
    }
    let mut missing = levels.iter().flat_map(|tried| &tried.explained.missing);
    if missing.any(MissingField::is_fatal) {
        return Err(Error::silent(Exit::Usage));
    }
    Ok(())
}

/// Loads a page of a row, and the first pictures.
async fn one(client: &api::Client, row: &Row, name: String, page: u32) -> Result<Tried, Error> {
    let place = match client.asks(row) {
        Ok(asked) => format!("{name} at {}", asked.address),
        Err(_) => name.clone(),
    };
    let explained = explain(client, row, page).await;
    let (rows, explained) = explained.map_err(|(further, error)| {
        let place = further.map_or(place, |asked| format!("{name} at {asked}"));
        told_error(error, &place)
    })?;
    let cards = &explained.page.cards;
    let first = cards.first();
    let actions = first.map_or_else(Vec::new, |first| client.would_send(row, first));
    let pictures = pictures::load(client, cards).await;
    Ok(Tried {
        name,
        title: row.title.to_string(),
        opens: Opens::of(client, row, cards),
        rows,
        actions,
        pictures,
        explained,
    })
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

/// The rows that a row stands for, if it does, and what a page of it or of the first of them maps to.
async fn explain(
    client: &api::Client,
    row: &Row,
    page: u32,
) -> Result<(Option<Vec<Row>>, Explained), (Option<String>, api::Error)> {
    if !row.stands_for_many() {
        return Ok((None, client.explain(row, page).await?));
    }
    let (list, mut missing) = client
        .explain_rows(row)
        .await
        .map_err(|error| (None, error))?;
    let Some(first) = list.rows.first() else {
        let empty = "the API's list of rows is empty".to_owned();
        return Err((None, api::Error::Shape(empty)));
    };
    let mut explained = client.explain(first, page).await?;
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

/// A text, some of it in the colour of what it stands for.
type Told = Vec<(Option<Tone>, String)>;

fn told(tried: &Tried, width: Option<usize>) -> Told {
    let explained = &tried.explained;
    let mut text = format!("{}\n", tried.name);
    if let Some(rows) = &tried.rows {
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
        explained.asked.address,
        if explained.page.next.is_some() {
            ", and there is a next page"
        } else {
            ""
        }
    );
    let _ = writeln!(
        text,
        "{} answered HTTP {} after {} ms",
        explained.asked.method,
        explained.status,
        explained.took.as_millis()
    );
    if let Some(body) = &explained.asked.body {
        let _ = writeln!(text, "sent: {body}");
    }
    if !cards.is_empty() {
        text.push('\n');
        text.push_str(&table(cards, width));
    }
    let mut told = vec![(None, text)];
    if let Some(why) = &explained.next_refused {
        told.push((
            Some(Tone::Notice),
            "\nThe next page is not asked for: ".to_owned(),
        ));
        told.push((None, format!("{why}\n")));
    }
    told_all_missing(&explained.missing, &mut told);
    if !explained.doubts.is_empty() {
        told.push((
            Some(Tone::Notice),
            "\nReads well and looks wrong:\n".to_owned(),
        ));
        let doubts = explained.doubts.iter();
        let doubts = doubts.map(|doubt| format!("  {}: {}\n", doubt.part, doubt.what));
        told.push((None, doubts.collect()));
    }
    if !tried.pictures.is_empty() {
        told.push((None, "\nThe first pictures, as they load:\n".to_owned()));
        for picture in &tried.pictures {
            let (tone, word) = match picture.is_good() {
                true => (Tone::Good, "ok"),
                false => (Tone::Bad, "failed"),
            };
            told.push((Some(tone), format!("  {word:<7}")));
            told.push((None, format!(" {}\n", picture.words())));
        }
    }
    if !tried.actions.is_empty() {
        told.push((
            None,
            "\nWhat the actions would send for the first card (nothing was sent):\n".to_owned(),
        ));
        for (label, action) in &tried.actions {
            told.push((None, told_action(label, action.as_ref())));
        }
    }
    told
}

fn told_action(label: &str, action: Option<&Result<WouldSend, api::Error>>) -> String {
    match action {
        None => format!("  {label}: is not offered for it\n"),
        Some(Err(error)) => format!("  {label}: cannot be sent: {}\n", error.told()),
        Some(Ok(sent)) => {
            let mut text = format!("  {label}: {} {}\n", sent.method, sent.address);
            for (name, value) in &sent.headers {
                let _ = writeln!(text, "    {name}: {value}");
            }
            if let Some(body) = &sent.body {
                let _ = writeln!(text, "    {body}");
            }
            text
        }
    }
}

fn told_all_missing(missing: &[MissingField], told: &mut Told) {
    let (faults, left_out): (Vec<_>, Vec<_>) = missing.iter().partition(|one| one.is_fault());
    for (tone, heading, missing) in [
        (Tone::Bad, "Not found:", faults),
        (
            Tone::Quiet,
            "Left out by the API, which is fine where a card does without:",
            left_out,
        ),
    ] {
        if !missing.is_empty() {
            told.push((Some(tone), format!("\n{heading}\n")));
            told.push((None, missing.into_iter().map(told_missing).collect()));
        }
    }
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

/// A card for scripts: what there may be several of is a list.
fn card_value(card: &Card) -> Value {
    let details = card.details.iter();
    let details =
        details.map(|fact| json!({"label": &*fact.label, "value": fact.value.to_string()}));
    let mut value: serde_json::Map<String, Value> = card
        .told()
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.map_or(Value::Null, Value::from)))
        .collect();
    let badges = card.badges.iter().map(ToString::to_string);
    let _ = value.insert("badges".to_owned(), badges.collect());
    let _ = value.insert("details".to_owned(), details.collect());
    Value::Object(value)
}

fn as_value(wanted: &str, page: u32, tried: &Tried) -> Value {
    let explained = &tried.explained;
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
    let rows = tried
        .rows
        .as_ref()
        .map(|rows| rows.iter().map(|row| row.title.clone()).collect::<Vec<_>>());
    let actions = tried.actions.iter().map(|(label, action)| match action {
        None => json!({"label": label, "offered": false}),
        Some(Err(error)) => json!({"label": label, "offered": true, "why": error.told()}),
        Some(Ok(sent)) => json!({
            "label": label, "offered": true, "method": sent.method, "address": sent.address,
            "headers": sent.headers.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
            "body": sent.body,
        }),
    });
    let doubts = explained.doubts.iter();
    let doubts = doubts.map(|doubt| json!({"part": doubt.part, "what": doubt.what}));
    json!({
        "row": wanted,
        "title": tried.title,
        "rows": rows,
        "page": page,
        "method": explained.asked.method,
        "address": explained.asked.address,
        "body": explained.asked.body,
        "status": explained.status,
        "took_ms": u64::try_from(explained.took.as_millis()).unwrap_or(u64::MAX),
        "cards": explained.page.cards.iter().map(card_value).collect::<Vec<_>>(),
        "next_page": explained.page.next.is_some(),
        "next_refused": explained.next_refused,
        "not_found": missing,
        "warnings": doubts.collect::<Vec<_>>(),
        "pictures": tried.pictures,
        "actions": actions.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests;
