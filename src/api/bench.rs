//! What the benches measure of mapping.

use std::path::Path;

use url::Url;

use super::Row;
use super::mapping::{cards, json};
use crate::config;

/// A row of a configuration that makes cards of answers.
#[derive(Debug)]
pub struct Mapping {
    row: Row,
    base_url: Url,
}

impl Mapping {
    /// The first row of this configuration; none where it is not right.
    pub fn of(text: &str) -> Option<Self> {
        let config = config::parse(text, Path::new("vestibule.toml")).ok()?;
        let api = config.api?;
        Some(Self {
            row: Row::new(0, api.rows.first()?),
            base_url: api.base_url,
        })
    }

    /// How many cards it makes of an answer.
    pub fn cards(&self, body: &[u8]) -> usize {
        let plan = &self.row.plan;
        let look = |reply: &json::Reply<'_>| cards::cards(reply, plan, &self.base_url, 0);
        json::read(body, &plan.of_page(), look).map_or(0, |found| found.cards.len())
    }
}
