//! The lines of a row, chosen from what was found.

use serde_json::Value;
use url::Url;

use super::lists::{self, List};
use super::survey::{Place, Survey};
use super::texts::{Choice, one_or_list, quoted};
use super::{
    Line, Reply, addressed, identity, joins, names, pictures, prices, progress, texts, times,
    titles, values,
};

/// What the row may be called.
pub(super) fn title(list: &List<'_>, address: Option<&Url>) -> String {
    let is_plain = |name: &str| {
        matches!(
            names::joined(name).as_str(),
            "items"
                | "results"
                | "data"
                | "value"
                | "entry"
                | "entries"
                | "records"
                | "hits"
                | "nodes"
                | "edges"
                | "list"
                | "objects"
                | "docs"
                | "documents"
                | "rows"
                | "content"
                | "children"
                | "metadata"
                | "elements"
                | "values"
                | "entities"
                | "features"
                | ""
        )
    };
    let own = list.name();
    if !is_plain(own) {
        return names::label(own);
    }
    let steps = address.and_then(Url::path_segments);
    let last = steps.and_then(|mut steps| {
        steps.rfind(|step| step.chars().any(char::is_alphabetic) && !values::is_code(step))
    });
    let last = last.map(|step| step.trim_end_matches(".json"));
    last.filter(|last| !last.is_empty())
        .map_or_else(|| "My row".to_owned(), names::label)
}

/// Badges that fit on a card.
const BADGES: usize = 2;

#[derive(Default)]
pub(super) struct Row {
    pub(super) row: Vec<Line>,
    pub(super) card: Vec<Line>,
    pub(super) details: Vec<Line>,
    pub(super) notes: Vec<String>,
}

impl Row {
    pub(super) fn list(
        &mut self,
        best: &List<'_>,
        list: &List<'_>,
        shelves: Option<&lists::Shelves<'_>>,
        kind: Option<&Kind>,
    ) {
        if let Some(shelves) = shelves {
            let id = shelves
                .id
                .as_ref()
                .map_or_else(String::new, |id| format!("id = {}, ", quoted(id)));
            let table = format!(
                "{{ rows_path = {}, title = {}, {id}items = {} }}",
                quoted(&best.at),
                quoted(&shelves.title),
                quoted(&shelves.items)
            );
            self.row.push(Line::plain(
                "row_source",
                table,
                format!(
                    "the reply is a list of rows: {}, each with a heading and a list",
                    best.items.len()
                ),
            ));
            return;
        }
        match kind {
            Some(kind) => self.row.push(Line::plain(
                "items",
                quoted(&kind.path),
                format!(
                    "{}; only those whose {} is {} have an id",
                    list.in_words(),
                    kind.at,
                    kind.word
                ),
            )),
            None if list.at.is_empty() => {
                self.row
                    .push(Line::plain("items", quoted(""), list.in_words()));
            }
            None => self
                .row
                .push(Line::plain("items", quoted(&list.at), list.in_words())),
        }
    }

    pub(super) fn card(
        &mut self,
        list: &List<'_>,
        survey: &Survey<'_>,
        lists: &[List<'_>],
        reply: Reply<'_>,
    ) {
        let id = identity::identity(survey, list.name());
        match (id, list.is_by_key) {
            (_, true) => self.card.push(Line::plain(
                "id",
                quoted("*"),
                "the key of each item in its object",
            )),
            (Some(place), _) => self.card.push(Line {
                shown: place.first_three(),
                ..Line::plain("id", quoted(&place.at), identity::why(place, survey))
            }),
            (None, _) => {
                // A row without it is none; the owner may know better.
                let single = survey.single();
                let differs =
                    single.filter(|place| place.tells_apart() && survey.share(place) > 0.99);
                let differs = differs.min_by(|a, b| a.distance.total_cmp(&b.distance));
                let at = differs.map_or("/id", |place| place.at.as_str());
                self.card.push(Line::plain(
                    "id",
                    quoted(at),
                    "a guess: nothing says that it is one",
                ));
                self.notes
                    .push("nothing says what tells the items apart: see to card.id".to_owned());
            }
        }
        let title = titles::title(survey);
        let title_place = title
            .as_ref()
            .and_then(|title| survey.at(title.at.first()?));
        match &title {
            Some(title) => {
                self.title(title);
                let is_id = |place: &Place<'_>| {
                    matches!(
                        names::joined(place.own_name()).as_str(),
                        "id" | "key" | "uuid"
                    )
                };
                if title_place.is_some_and(is_id) {
                    self.notes.push(
                        "nothing says what an item is called, and its id stands in: see to card.title".to_owned(),
                    );
                }
            }
            None => {
                self.card.push(Line::plain(
                    "title",
                    quoted("=Untitled"),
                    "nothing says what an item is called",
                ));
                self.notes
                    .push("nothing says what an item is called: see to card.title".to_owned());
            }
        }
        let joins = joins::joins(list, survey, lists);
        let mut used = Vec::new();
        let picture = self.picture(survey, id.map(|place| place.at.as_str()), reply);
        let joined_picture = joins
            .iter()
            .find_map(|join| Some((join, join.picture.clone()?)))
            .filter(|_| picture.is_none());
        self.subtitle(survey, title_place, &joins, picture.is_none(), &mut used);
        let shape = match (picture, joined_picture) {
            (Some((choice, shape)), _) => {
                self.card.push(Line::new("image", choice));
                shape
            }
            (None, Some((join, choice))) => {
                used.push(join.name.clone());
                self.card.push(Line::new("image", choice));
                ("wide", "the picture of what is joined".to_owned())
            }
            (None, None) => ("text", "nothing in the items is a picture".to_owned()),
        };
        self.row
            .push(Line::plain("shape", quoted(shape.0), shape.1));
        let lookups: Vec<&joins::Join> = joins
            .iter()
            .filter(|join| used.contains(&join.name))
            .collect();
        if !lookups.is_empty() {
            let tables: Vec<&str> = lookups.iter().map(|join| join.toml.as_str()).collect();
            let why: Vec<&str> = lookups.iter().map(|join| join.why.as_str()).collect();
            self.row.push(Line::plain(
                "lookup",
                format!("{{ {} }}", tables.join(", ")),
                why.join("; "),
            ));
        }
        if let Some(progress) = progress::progress(survey).or_else(|| times::by_the_clock(survey)) {
            self.card.push(Line::new("progress", progress));
        }
        let badges = texts::badges(survey, title_place, BADGES);
        if !badges.is_empty() {
            let list: Vec<&str> = badges.iter().map(|badge| badge.toml.as_str()).collect();
            let why: Vec<&str> = badges.iter().map(|badge| badge.why.as_str()).collect();
            let shown = badges
                .iter()
                .flat_map(|badge| badge.shown.iter().take(2).cloned())
                .collect();
            self.card.push(Line {
                shown,
                ..Line::plain("badges", format!("[{}]", list.join(", ")), why.join("; "))
            });
        }
        if let Some(body) = texts::body(survey, title_place) {
            self.card.push(Line::new("body", body));
        }
        self.details(survey);
    }

    /// The picture that stands in the items; else the one that a member of theirs names.
    fn picture(
        &mut self,
        survey: &Survey<'_>,
        id: Option<&str>,
        reply: Reply<'_>,
    ) -> Option<(Choice, (&'static str, String))> {
        let found = pictures::picture(survey);
        // A name without an address is known better than a path that leads nowhere on this server.
        let habit = addressed::picture(survey, id, reply.base, reply.body).filter(|habit| {
            found.as_ref().is_none_or(|found| {
                !found.is_whole && (found.choice.at == habit.choice.at || found.is_of_somebody)
            })
        });
        match (habit, found) {
            (Some(habit), _) => {
                self.notes.push(habit.note);
                Some((
                    habit.choice,
                    (habit.shape, "the usual shape of such pictures".to_owned()),
                ))
            }
            (None, Some(found)) => {
                self.notes.extend(found.note);
                Some((found.choice, found.shape))
            }
            (None, None) => None,
        }
    }

    fn title(&mut self, title: &titles::Title) {
        let at = one_or_list(&title.at);
        let value = if title.is_html {
            format!("{{ at = {at}, format = \"html\" }}")
        } else {
            at
        };
        let html = if title.is_html { "; with entities" } else { "" };
        self.card.push(Line {
            shown: title.shown.clone(),
            ..Line::plain("title", value, format!("{}{html}", title.why))
        });
    }

    fn subtitle(
        &mut self,
        survey: &Survey<'_>,
        title: Option<&Place<'_>>,
        joins: &[joins::Join],
        is_text: bool,
        used: &mut Vec<String>,
    ) {
        let range = times::range_line(survey);
        let line = texts::subtitle(survey, title);
        let date = times::date(survey);
        let joined = joins
            .iter()
            .find_map(|join| Some((join, join.title.clone()?)));
        let chosen = match (range, line, date) {
            (Some(range), _, _) => range,
            (None, Some((score, line)), _) if score > 5.0 || !is_text => line,
            (None, _, _) if joined.is_some() => {
                let Some((join, choice)) = joined else { return };
                used.push(join.name.clone());
                choice
            }
            (None, _, Some((score, _, date))) if score > 2.0 => date,
            (None, Some((_, line)), _) => line,
            (None, None, Some((_, _, date))) => date,
            (None, None, None) => match prices::price(survey).map(|(_, price)| price) {
                Some(price) => price,
                None => return,
            },
        };
        self.card.push(Line::new("subtitle", chosen));
    }

    fn details(&mut self, survey: &Survey<'_>) {
        let used: String = self
            .card
            .iter()
            .filter(|line| line.key == "subtitle")
            .map(|line| line.value.clone())
            .collect();
        let date = times::date(survey).map(|(_, label, choice)| (label, choice));
        let facts = [date, times::span(survey), prices::price(survey)];
        for (label, choice) in facts.into_iter().flatten() {
            let is_used = [format!("{}\"", choice.at), format!("{}|", choice.at)]
                .iter()
                .any(|at| used.contains(at.as_str()));
            if !is_used {
                let table = format!("{{ label = {}, value = {} }}", quoted(&label), choice.toml);
                self.details.push(Line {
                    shown: choice.shown,
                    ..Line::plain("details", table, choice.why)
                });
            }
        }
    }
}

/// The items of one kind among several.
pub(super) struct Kind {
    path: String,
    at: String,
    word: String,
}

impl Kind {
    /// None where no path can be written to them.
    pub(super) fn of(list: &str, at: String, word: String) -> Option<Self> {
        let path = filter(list, &at, &word)?;
        Some(Self { path, at, word })
    }

    pub(super) fn has(&self, item: &Value) -> bool {
        item.pointer(&self.at).and_then(Value::as_str) == Some(self.word.as_str())
    }
}

/// A JSONPath (RFC 9535) to the items of `list` that say `word` at `at`.
fn filter(list: &str, at: &str, word: &str) -> Option<String> {
    let dotted = |pointer: &str| {
        let steps: Vec<&str> = pointer.split('/').skip(1).collect();
        let simple = steps.iter().all(|step| {
            !step.is_empty()
                && step.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                && !step.starts_with(|c: char| c.is_ascii_digit())
        });
        simple.then(|| {
            steps
                .iter()
                .map(|step| format!(".{step}"))
                .collect::<String>()
        })
    };
    let is_plain = word
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'));
    is_plain.then_some(())?;
    Some(format!("${}[?@{}=='{word}']", dotted(list)?, dotted(at)?))
}
