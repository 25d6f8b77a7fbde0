//! Turns an answer of the API into cards, by the plan of its row.

use std::sync::Arc;
use std::time::SystemTime;

use serde_json::Value;
use url::Url;

use super::card::Fact;
use super::lookup::Lookup;
use super::phrase::{self, Phrase};
use super::plan::{Plan, RowsPlan, Whole};
use super::row::{Inline, Whence};
use super::{Card, Error, Origin, Row, paging, text};

/// More badges than this are left out.
const BADGES: usize = 3;
/// More of a value that an action needs is not kept.
const FIELD_LIMIT: usize = 4096;

/// The cards in an answer from `address`, to which picture addresses are relative.
///
/// A part of a card that is missing or of a strange type is left out; an item is never dropped.
///
/// # Errors
/// [`Error::Shape`] when there is no list of items where it should be.
pub(super) fn cards(reply: &Value, plan: &Plan, address: &Url) -> Result<Vec<Card>, Error> {
    let items = plan.items.items(reply).map_err(Error::Shape)?;
    Ok(of_items(items, plan, address))
}

/// The rows in an answer that is a list of rows, at most as many as configured.
///
/// A row without a heading, or with neither items nor a link that may be followed, is left out.
///
/// # Errors
/// [`Error::Shape`] when there is no list of rows where it should be.
pub(super) fn rows(
    reply: &Value,
    parent: &Row,
    address: &Url,
    base: &Url,
) -> Result<Vec<Row>, Error> {
    let plan = &parent.plan;
    let Some(source) = &plan.rows else {
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    for Named { id, title, row } in named(reply, &parent.id, source)? {
        let inline = source
            .items
            .as_ref()
            .and_then(|items| items.items(row).ok())
            .map(|items| {
                let mut cards = of_items(items, plan, address);
                let next = paging::next(plan, row, &cards, address, address, None, base);
                let next = paging::follow(next, &mut cards);
                Whence::Inline(Arc::new(Inline {
                    parent: parent.id.as_str().into(),
                    cards,
                    next,
                    fetched_at: SystemTime::now(),
                    origin: Origin::Network,
                }))
            });
        let link = || {
            let link = source.link.as_ref()?.raw(row)?;
            let url = address.join(&link).ok()?;
            super::address::within(base, url).ok().map(Whence::Link)
        };
        let Some(from) = inline.or_else(link) else {
            continue;
        };
        rows.push(Row {
            id,
            title,
            plan: plan.clone(),
            from,
        });
    }
    Ok(rows)
}

/// A row in an answer that is a list of rows.
struct Named<'a> {
    id: String,
    title: String,
    row: &'a Value,
}

/// The rows that have a heading, each with an id of its own below that of the row that stands for them.
fn named<'a>(reply: &'a Value, parent: &str, source: &RowsPlan) -> Result<Vec<Named<'a>>, Error> {
    let mut rows: Vec<Named<'a>> = Vec::new();
    let written = source.rows.items(reply).map_err(Error::Shape)?;
    for row in written.into_iter().take(source.limit) {
        let Some(title) = source.title.line(row) else {
            continue;
        };
        let name = source.id.as_ref().and_then(|id| id.raw(row));
        let mut id = format!("{parent}.{}", name.as_deref().unwrap_or(&title));
        if rows.iter().any(|known| known.id == id) {
            id = format!("{id}.{}", rows.len());
        }
        rows.push(Named { id, title, row });
    }
    Ok(rows)
}

/// What in an answer is about `row`: its part of a list of rows, else the whole.
pub(super) fn scope<'a>(reply: &'a Value, row: &Row) -> &'a Value {
    let (Whence::Inline(inline), Some(source)) = (&row.from, &row.plan.rows) else {
        return reply;
    };
    let rows = named(reply, &inline.parent, source).unwrap_or_default();
    let own = rows.into_iter().find(|named| named.id == row.id);
    own.map_or(reply, |named| named.row)
}

fn of_items(items: Vec<&Value>, plan: &Plan, address: &Url) -> Vec<Card> {
    items
        .into_iter()
        .enumerate()
        .map(|(index, item)| card(item, index, plan, address))
        .collect()
}

/// One item as a card. `index` is its name where it has none.
pub(super) fn card(item: &Value, index: usize, plan: &Plan, address: &Url) -> Card {
    let id = plan.id.raw(item).unwrap_or_else(|| index.to_string());
    let title = plan.title.line(item);
    Card {
        title: title.unwrap_or_else(|| {
            let line = text::line(&id, text::LINE);
            if line.is_empty() {
                index.to_string()
            } else {
                line
            }
        }),
        subtitle: plan.subtitle.as_ref().and_then(|at| at.phrase(item)),
        image: plan.image.as_ref().and_then(|at| image(at, item, address)),
        progress: plan
            .progress
            .as_ref()
            .and_then(|(part, whole)| progress(part, whole, item)),
        badges: badges(&plan.badges, item),
        body: plan.body.as_ref().and_then(|at| at.paragraphs(item)),
        details: plan
            .details
            .iter()
            .filter_map(|(label, at)| {
                Some(Fact {
                    label: label.clone(),
                    value: at.phrase(item)?,
                })
            })
            .collect(),
        fields: plan.fields.iter().map(|at| field(&at.all(item))).collect(),
        id,
    }
}

/// The address of a picture, over http or https.
pub(super) fn image(at: &Lookup, item: &Value, address: &Url) -> Option<Url> {
    let url = address.join(&at.raw(item)?).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// A number between 0 and 1; numbers beyond are taken to the nearest end.
pub(super) fn progress(part: &Lookup, whole: &Whole, item: &Value) -> Option<f32> {
    let whole = match whole {
        Whole::Number(number) => *number,
        Whole::At(at) => at.number(item)?,
    };
    let share = part.number(item)? / whole;
    (whole > 0.0 && share.is_finite()).then(|| share.clamp(0.0, 1.0) as f32)
}

fn badges(lookups: &[Lookup], item: &Value) -> Vec<Phrase> {
    lookups
        .iter()
        .flat_map(|at| at.phrases(item))
        .map(|phrase| match phrase {
            Phrase::Text(words) => Phrase::Text(text::line(&words, text::BADGE)),
            other => other,
        })
        .take(BADGES)
        .collect()
}

/// What an action may send of an item: a plain value, or a small list or object.
fn field(found: &[&Value]) -> Value {
    match found {
        [] => Value::Null,
        [plain] if phrase::raw(plain).is_some_and(|raw| raw.len() <= FIELD_LIMIT) => {
            (*plain).clone()
        }
        [one] => small(one),
        many => small(&many.iter().map(|one| (*one).clone()).collect()),
    }
}

fn small(value: &Value) -> Value {
    if value.to_string().len() <= FIELD_LIMIT {
        value.clone()
    } else {
        Value::Null
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::config;

    fn row() -> config::Row {
        config::Row {
            card: config::CardMap {
                id: "/id".into(),
                title: "/name".into(),
                subtitle: Some("/more/0/line".into()),
                image: Some("/artwork".into()),
                progress: Some("/progress".into()),
                body: Some("/summary".into()),
                badges: vec!["/badge".into(), "/badges/*".into()],
            },
            ..config::Row::default()
        }
    }

    fn plan(items: &str) -> Plan {
        Plan::new(&config::Row {
            items: items.to_owned(),
            ..row()
        })
    }

    fn address() -> Url {
        Url::parse("https://api.example.com/v1/library/continue?x=1").unwrap()
    }

    fn one(item: &Value) -> Card {
        cards(&json!([item]), &plan(""), &address())
            .unwrap()
            .remove(0)
    }

    #[test]
    fn an_item_becomes_a_card() {
        let card = one(&json!({
            "id": "dune", "name": " Dune ", "more": [{"line": "S2 E4"}],
            "artwork": "../art/dune.png", "progress": 0.4, "summary": "Sand.", "badge": "4K", "badges": ["HDR"]
        }));
        assert_eq!(
            card,
            Card {
                id: "dune".to_owned(),
                title: "Dune".to_owned(),
                subtitle: Some(Phrase::Text("S2 E4".to_owned())),
                image: Some(Url::parse("https://api.example.com/v1/art/dune.png").unwrap()),
                progress: Some(0.4),
                body: Some("Sand.".to_owned()),
                badges: vec![
                    Phrase::Text("4K".to_owned()),
                    Phrase::Text("HDR".to_owned())
                ],
                ..Card::default()
            }
        );
    }

    #[test]
    fn strange_types_are_read_or_left_out() {
        let card = one(&json!({
            "id": 42, "name": true, "more": "S2", "artwork": {"url": "x"},
            "progress": "0.5", "summary": ["a"]
        }));
        assert_eq!((card.id.as_str(), card.title.as_str()), ("42", "true"));
        assert_eq!(card.subtitle, None);
        assert_eq!(card.image, None);
        assert_eq!(card.progress, Some(0.5));
        assert_eq!(card.body, None);
    }

    #[test]
    fn an_item_without_id_or_title_still_has_both() {
        let list = json!([{"name": "A"}, {}, null, 7]);
        let cards = cards(&list, &plan(""), &address()).unwrap();
        let shown: Vec<_> = cards
            .iter()
            .map(|card| (card.id.as_str(), card.title.as_str()))
            .collect();
        assert_eq!(shown, [("0", "A"), ("1", "1"), ("2", "2"), ("3", "3")]);
    }

    #[test]
    fn progress_stays_between_its_ends() {
        for (written, expected) in [
            (json!(-3), Some(0.0)),
            (json!(2), Some(1.0)),
            (json!("NaN"), None),
            (json!("soon"), None),
            (json!(null), None),
        ] {
            assert_eq!(one(&json!({"progress": written})).progress, expected);
        }
    }

    #[test]
    fn progress_may_be_a_part_of_a_whole() {
        let progress = |max| {
            let mut row = row();
            row.card.progress = Some(config::Progress {
                value: "/seen".into(),
                max: Some(max),
            });
            let item = json!({"seen": 30, "length": "120", "nothing": 0});
            card(&item, 0, &Plan::new(&row), &address()).progress
        };
        assert_eq!(progress(config::Max::Number(100.0)), Some(0.3));
        assert_eq!(progress(config::Max::At("/length".into())), Some(0.25));
        assert_eq!(progress(config::Max::At("/nothing".into())), None);
        assert_eq!(progress(config::Max::At("/nowhere".into())), None);
    }

    #[test]
    fn pictures_are_http_only() {
        assert_eq!(
            one(&json!({"artwork": "data:image/png;base64,AA"})).image,
            None
        );
        assert_eq!(one(&json!({"artwork": "file:///etc/passwd"})).image, None);
        let cdn = one(&json!({"artwork": "https://cdn.example/a.jpg"})).image;
        assert_eq!(cdn.unwrap().as_str(), "https://cdn.example/a.jpg");
    }

    #[test]
    fn a_pointer_that_misses_is_named() {
        let reply = json!({"items": {"a": 1}, "empty": null, "list": []});
        let read = |items| cards(&reply, &plan(items), &address());
        assert_eq!(read("/list"), Ok(Vec::new()));
        assert_eq!(read("/empty"), Ok(Vec::new()));
        assert_eq!(
            read("/items"),
            Err(Error::Shape(
                "an object stands at /items of the answer where a list belongs".to_owned()
            ))
        );
        assert_eq!(
            read("/itmes"),
            Err(Error::Shape(
                "nothing stands at /itmes of the answer where a list belongs".to_owned()
            ))
        );
        assert_eq!(
            read(""),
            Err(Error::Shape(
                "an object stands at the top of the answer where a list belongs".to_owned()
            ))
        );
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(
                    "id|name|more|artwork|progress|items|badges|a~b",
                    inner,
                    0..5
                )
                .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_answer_gives_cards_that_can_be_shown(reply in any_json(), items in "|/items|/0|/items/0|/\\*|/items/\\*/items") {
            if let Ok(cards) = cards(&reply, &plan(&items), &address()) {
                for card in cards {
                    prop_assert!(!card.id.is_empty() && !card.title.is_empty());
                    prop_assert!(card.progress.is_none_or(|part| (0.0..=1.0).contains(&part)));
                }
            }
        }
    }
}
