//! Keys of a row that only make sense together.

use super::{
    Config, Encoding, PageKind, Paging, Part, Row, RowMethod, Template, lookup_names, suggestion,
};

/// Something that does not fit together in one row.
pub(super) struct Contradiction {
    /// Which row, from 0.
    pub(super) row: usize,
    /// The key of the row that it stands at.
    pub(super) at: &'static str,
    /// The dotted key it is about, below the row.
    pub(super) key: String,
    /// What is wrong and what to do.
    pub(super) message: String,
}

/// All that does not fit together.
pub(super) fn contradictions(config: &Config) -> Vec<Contradiction> {
    let rows = config.api.iter().flat_map(|api| &api.rows).enumerate();
    let found = rows.flat_map(|(index, row)| {
        let of_row = of_row(config, row).into_iter().chain(item_blanks(row));
        let all = of_row.chain(refreshed_titles(config, row));
        all.map(move |(at, key, message)| Contradiction {
            row: index,
            at,
            key: key.to_owned(),
            message,
        })
        .chain(opened(config, row, index))
    });
    found.collect()
}

/// What does not fit together in what a row's cards open, at any depth.
fn opened(config: &Config, row: &Row, index: usize) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let mut below = String::from("opens");
    let mut next = row.opens.as_deref();
    while let Some(row) = next {
        let mut all = of_row(config, row);
        all.extend(refreshed_titles(config, row));
        if row.row_source.is_some() {
            let message =
                "a card opens one list; leave row_source out, and say where it is at items"
                    .to_owned();
            all.push(("opens", "row_source", message));
        }
        found.extend(all.into_iter().map(|(_, key, message)| Contradiction {
            row: index,
            at: "opens",
            key: format!("{below}.{key}"),
            message,
        }));
        below.push_str(".opens");
        next = row.opens.as_deref();
    }
    found
}

type Finding = (&'static str, &'static str, String);

/// What does not fit together in a row's own keys.
fn of_row(config: &Config, row: &Row) -> Vec<Finding> {
    let mut found = paging(row);
    found.extend(asking(config, row));
    let unknown = lookup_names::unknown(row).into_iter();
    found.extend(unknown.map(|(key, message)| (key, key, message)));
    if let Some(source) = &row.row_source
        && source.items.is_none()
        && source.link.is_none()
    {
        let message =
            "missing: a row of the reply has its `items`, or a `link` to them; name one".to_owned();
        found.push(("row_source", "row_source.items", message));
    }
    found
}

fn asking(config: &Config, row: &Row) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(api) = &row.api
        && !config.apis.contains_key(api)
    {
        let names = config.apis.keys().map(String::as_str);
        let message = match suggestion::nearest(api, names) {
            Some(nearest) => format!("no API is called \"{api}\"; the nearest is \"{nearest}\""),
            None => format!("no API is called \"{api}\"; say at [apis.{api}] where it is"),
        };
        found.push(("api", "api", message));
    }
    match &row.body {
        Some(_) if row.method == RowMethod::Get => {
            let message =
                "a GET has no body (RFC 9110 section 9.3.1); write method = \"POST\"".to_owned();
            found.push(("body", "body", message));
        }
        None if row.encoding != Encoding::Json => {
            let message = "missing: encoding says how body is written; write one".to_owned();
            found.push(("encoding", "body", message));
        }
        _ => found.extend(
            misfit(row.body.as_ref(), row.encoding).map(|message| ("body", "body", message)),
        ),
    }
    for action in &row.actions {
        if let Some(message) = misfit(action.body.as_ref(), action.encoding) {
            found.push(("actions", "actions.body", message));
        }
    }
    found
}

/// Why a body cannot be written as its encoding says.
fn misfit(body: Option<&toml::Value>, encoding: Encoding) -> Option<String> {
    let is_plain = |value: &toml::Value| !value.is_table() && !value.is_array();
    let is_field = |value: &toml::Value| match value {
        toml::Value::Array(list) => list.iter().all(is_plain),
        one => is_plain(one),
    };
    match (encoding, body?) {
        (Encoding::Form, toml::Value::Table(fields)) if fields.values().all(is_field) => None,
        (Encoding::Form, _) => {
            Some("a form is a table of texts and numbers, or lists of them".to_owned())
        }
        (Encoding::JsonPatch, toml::Value::Array(_)) | (Encoding::Json, _) => None,
        (Encoding::JsonPatch, _) => Some(
            "a JSON Patch is a list of operations (RFC 6902), such as [{ op = \"replace\", path = \"/status\", value = \"done\" }]"
                .to_owned(),
        ),
    }
}

fn paging(row: &Row) -> Vec<Finding> {
    let mut found = Vec::new();
    let has_page = |text: &str| parts(text).contains(&Part::Page);
    let Some(page) = &row.page else {
        let key = if has_page(&row.path) { "path" } else { "body" };
        if texts(row).any(has_page) {
            let message = "{page} stands for what asks for a further page, of which nothing is said: add [api.rows.page], as page = { kind = \"number\" }";
            found.push((key, key, message.to_owned()));
        }
        return found;
    };
    // Some APIs name the next page also on the last one, and say elsewhere that it is the last.
    let says_more_alone = Paging {
        more: page.more.clone(),
        ..Paging::default()
    };
    if row.next.is_some() && page.more.is_some() && *page == says_more_alone {
        return found;
    }
    if row.next.is_some() {
        let message = "`next` says already where the next page is; leave one of the two, or keep page.more alone".to_owned();
        found.push(("page", "page", message));
    }
    if page.kind == PageKind::Cursor && page.cursor.is_none() {
        let message =
            "missing: kind \"cursor\" needs a pointer to the value for the next page".to_owned();
        found.push(("page", "page.cursor", message));
    }
    let has_blank = texts(row).any(has_page);
    match (&page.parameter, page.kind) {
        (Some(_), PageKind::Link) => {
            let message = "kind \"link\" goes by the Link header of the reply; leave parameter out"
                .to_owned();
            found.push(("page", "page.parameter", message));
        }
        (None, kind) if kind != PageKind::Link && !has_blank => {
            let message = "missing: name the query parameter that asks for a further page, or put {page} into path or body".to_owned();
            found.push(("page", "page.parameter", message));
        }
        _ => {}
    }
    found
}

/// The texts of a row that may have blanks of the page.
fn texts(row: &Row) -> impl Iterator<Item = &str> {
    let mut texts = vec![row.path.as_str()];
    let mut left: Vec<_> = row.body.iter().collect();
    while let Some(value) = left.pop() {
        match value {
            toml::Value::String(text) => texts.push(text),
            toml::Value::Array(list) => left.extend(list),
            toml::Value::Table(table) => left.extend(table.values()),
            _ => {}
        }
    }
    texts.into_iter()
}

fn parts(text: &str) -> Vec<Part> {
    Template::in_body(text).unwrap_or_default().parts
}

/// Blanks of an item where there is none yet.
fn item_blanks(row: &Row) -> Vec<Finding> {
    let names_item = |text: &str| {
        let of_item = |part: &Part| matches!(part, Part::Id | Part::At(_) | Part::Reserved(_));
        parts(text).iter().any(of_item)
    };
    let message = || {
        "a row is asked for before it has an item: {id} and {/pointer} are for actions and for what a card opens".to_owned()
    };
    if names_item(&row.path) {
        return vec![("path", "path", message())];
    }
    if texts(row).any(names_item) {
        return vec![("body", "body", message())];
    }
    Vec::new()
}

/// Titles of rows that an action changes and that do not exist.
fn refreshed_titles(config: &Config, row: &Row) -> Vec<Finding> {
    let rows = || config.api.iter().flat_map(|api| &api.rows);
    // Titles of rows that the API names are not known before it has answered.
    if rows().any(|row| row.row_source.is_some()) {
        return Vec::new();
    }
    let known = || rows().flat_map(|row| row.title.texts());
    row.actions
        .iter()
        .flat_map(|action| action.refresh.iter().flatten())
        .filter(|title| known().all(|known| known != title.as_str()))
        .map(|title| {
            let nearest = suggestion::nearest(title, known()).unwrap_or_default();
            let message = format!("no row is called \"{title}\"; the nearest is \"{nearest}\"");
            ("actions", "actions.refresh", message)
        })
        .collect()
}
