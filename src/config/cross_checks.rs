//! Keys of a row that only make sense together.

use super::{Api, PageKind, Row, suggestion};

/// Something that does not fit together in one row.
pub(super) struct Contradiction {
    /// Which row, from 0.
    pub(super) row: usize,
    /// The key of the row that it stands at.
    pub(super) at: &'static str,
    /// The dotted key it is about, below the row.
    pub(super) key: &'static str,
    /// What is wrong and what to do.
    pub(super) message: String,
}

/// All that does not fit together.
pub(super) fn contradictions(api: &Api) -> Vec<Contradiction> {
    let rows = api.rows.iter().enumerate();
    rows.flat_map(|(index, row)| {
        paging(row)
            .into_iter()
            .chain(refreshed_titles(api, row))
            .map(move |(at, key, message)| Contradiction {
                row: index,
                at,
                key,
                message,
            })
    })
    .collect()
}

type Finding = (&'static str, &'static str, String);

fn paging(row: &Row) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(page) = &row.page {
        if row.next.is_some() {
            let message =
                "`next` says already where the next page is; leave one of the two".to_owned();
            found.push(("page", "page", message));
        }
        if page.kind == PageKind::Cursor && page.cursor.is_none() {
            let message = "missing: kind \"cursor\" needs a pointer to the value for the next page"
                .to_owned();
            found.push(("page", "page.cursor", message));
        }
    }
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

/// Titles of rows that an action changes and that do not exist.
fn refreshed_titles(api: &Api, row: &Row) -> Vec<Finding> {
    // Titles of rows that the API names are not known before it has answered.
    if api.rows.iter().any(|row| row.row_source.is_some()) {
        return Vec::new();
    }
    let known = || api.rows.iter().map(|row| row.title.as_str());
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
