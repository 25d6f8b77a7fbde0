//! The rows of a home as the simulation of a fleet needs them.

use std::time::Instant;

use device_flow::Jitter;
use iced::Size;

use super::measure;
use super::rows::Rows;
use crate::api::{self, Card, Page};
use crate::app::i18n;
use crate::app::theme::Look;
use crate::config::{self, Screen, Shape};

/// Makes the homes of many boxes that have the same configuration.
pub(crate) struct Homes {
    rows: Vec<api::Row>,
    look: Look,
}

impl Homes {
    /// Homes with as many rows, each loaded again after so many seconds.
    pub(crate) fn new(rows: usize, refresh_seconds: u32) -> Self {
        let size = Size::new(1920.0, 1080.0);
        let row = config::Row {
            refresh_seconds,
            shape: Some(Shape::Wide),
            ..config::Row::default()
        };
        // As many rows in view as a screen of that size ever has: each is asked for.
        let screen = Screen {
            hero: false,
            ..Screen::default()
        };
        Self {
            rows: (0..rows).map(|index| api::Row::new(index, &row)).collect(),
            look: Look::new(&screen, size, i18n::language()),
        }
    }

    /// The rows of one box.
    pub(crate) fn open(&self, jitter: Jitter, now: Instant) -> Rows {
        Rows::new(&self.rows, &measure(&self.look), now).jittered(jitter)
    }
}

/// What the API answers.
pub(crate) fn page() -> Page {
    Page::whole(vec![Card::default()])
}
