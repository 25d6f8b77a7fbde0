//! A row of the configuration, read once: what to look for in its answers.

use std::sync::Arc;
use std::time::Duration;

use super::action::Action;
use super::lookup::Lookup;
use super::pattern::Pattern;
use crate::config::{self, Max};
use crate::oauth::json::Wanted;

/// What a row's answers are read by.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    pub(super) path: String,
    pub(super) items: Pattern,
    pub(super) next: Option<Pattern>,
    pub(super) paging: Option<config::Paging>,
    pub(super) rows: Option<RowsPlan>,
    pub(super) refresh_every: Option<Duration>,
    pub(super) id: Lookup,
    pub(super) title: Lookup,
    pub(super) subtitle: Option<Lookup>,
    pub(super) image: Option<Lookup>,
    pub(super) progress: Option<(Lookup, Whole)>,
    pub(super) body: Option<Lookup>,
    pub(super) badges: Vec<Lookup>,
    pub(super) details: Vec<(Arc<str>, Lookup)>,
    pub(super) actions: Vec<Arc<Action>>,
    /// What the actions need of an item, in the order of [`super::Card`]'s fields.
    pub(super) fields: Vec<Pattern>,
}

/// What a progress is a part of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Whole {
    Number(f64),
    At(Lookup),
}

/// What an API's list of rows is read by.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RowsPlan {
    pub(super) rows: Pattern,
    pub(super) title: Lookup,
    pub(super) id: Option<Lookup>,
    pub(super) items: Option<Pattern>,
    pub(super) link: Option<Lookup>,
    pub(super) limit: usize,
}

impl Plan {
    /// Reads a row.
    pub(super) fn new(row: &config::Row) -> Self {
        let map = &row.card;
        let mut fields = Vec::new();
        let actions = row
            .actions
            .iter()
            .map(|action| Arc::new(Action::new(action, &row.actions, &mut fields)))
            .collect();
        Self {
            path: row.path.clone(),
            items: Pattern::new(&row.items),
            next: row.next.as_deref().map(Pattern::new),
            paging: row.page.clone(),
            rows: row.row_source.as_ref().map(|source| RowsPlan {
                rows: Pattern::new(&source.rows_path),
                title: Lookup::from(&source.title),
                id: source.id.as_ref().map(Lookup::from),
                items: source.items.as_deref().map(Pattern::new),
                link: source.link.as_ref().map(Lookup::from),
                limit: source.limit as usize,
            }),
            refresh_every: (row.refresh_seconds > 0)
                .then(|| Duration::from_secs(row.refresh_seconds.into())),
            id: Lookup::from(&map.id),
            title: Lookup::from(&map.title),
            subtitle: map.subtitle.as_ref().map(Lookup::from),
            image: map.image.as_ref().map(Lookup::from),
            progress: map.progress.as_ref().map(|progress| {
                let whole = match &progress.max {
                    None => Whole::Number(1.0),
                    Some(Max::Number(number)) => Whole::Number(*number),
                    Some(Max::At(pointers)) => Whole::At(Lookup::from(pointers)),
                };
                (Lookup::from(&progress.value), whole)
            }),
            body: map.body.as_ref().map(Lookup::from),
            badges: map.badges.iter().map(Lookup::from).collect(),
            details: row
                .details
                .iter()
                .map(|detail| {
                    (
                        Arc::from(detail.label.as_str()),
                        Lookup::from(&detail.value),
                    )
                })
                .collect(),
            actions,
            fields,
        }
    }
    /// What is looked at in an answer that is a page.
    pub(super) fn of_page(&self) -> Wanted {
        let mut wanted = Wanted::default();
        self.of_list(&self.items, &mut wanted);
        wanted
    }

    /// What is looked at in an answer that is a list of rows.
    pub(super) fn of_rows(&self, source: &RowsPlan) -> Wanted {
        let own = [
            Some(&source.title),
            source.id.as_ref(),
            source.link.as_ref(),
        ];
        let own: Vec<_> = own
            .into_iter()
            .flatten()
            .flat_map(Lookup::patterns)
            .collect();
        let mut wanted = Wanted::default();
        source.rows.items_within(&mut wanted, &|row| {
            own.iter().for_each(|at| at.within(row).whole());
            if let Some(items) = &source.items {
                self.of_list(items, row);
            }
        });
        wanted
    }

    /// What is looked at where a list of items is, and what follows it.
    fn of_list(&self, items: &Pattern, wanted: &mut Wanted) {
        let of_item = self.of_item();
        items.items_within(wanted, &|item| {
            of_item.iter().for_each(|at| at.within(item).whole());
        });
        if let Some(next) = &self.next {
            next.within(wanted).whole();
        }
        let cursor = self
            .paging
            .as_ref()
            .and_then(|paging| paging.cursor.as_deref());
        if let Some(cursor) = cursor {
            Pattern::new(cursor).within(wanted).whole();
        }
    }

    fn of_item(&self) -> Vec<Pattern> {
        let (part, whole) = match &self.progress {
            Some((part, Whole::At(whole))) => (Some(part), Some(whole)),
            Some((part, Whole::Number(_))) => (Some(part), None),
            None => (None, None),
        };
        let single = [&self.subtitle, &self.image, &self.body];
        let lookups = [&self.id, &self.title].into_iter();
        lookups
            .chain(single.into_iter().flatten())
            .chain(part)
            .chain(whole)
            .chain(&self.badges)
            .chain(self.details.iter().map(|(_, at)| at))
            .flat_map(Lookup::patterns)
            .chain(self.fields.iter().cloned())
            .collect()
    }
}
