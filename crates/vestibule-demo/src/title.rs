//! What the library has: the catalogue's titles, each in as many parts as anybody asks for.

use serde_json::{Value, json};

use super::catalogue::{CatalogueTitle, TITLES};

/// A title, or a further part of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title {
    /// The title of the catalogue.
    pub(super) of: &'static CatalogueTitle,
    /// Which part, from 0.
    part: usize,
}

/// Stands between a title's id and the number of a further part.
const MARK: char = '~';
/// No title has more parts.
const PARTS: usize = 10_000;

impl PartialEq for Title {
    fn eq(&self, other: &Self) -> bool {
        self.of.id == other.of.id && self.part == other.part
    }
}

impl Title {
    /// The one at a place: all titles, then the second part of each, and so on.
    pub(super) fn nth(place: usize) -> Self {
        Self {
            of: &TITLES[place % TITLES.len()],
            part: (place / TITLES.len()).min(PARTS - 1),
        }
    }

    /// The one with this id.
    pub(super) fn find(id: &str) -> Option<Self> {
        let (id, part) = match id.split_once(MARK) {
            None => (id, 0),
            Some((id, number)) => {
                let number: usize = number.parse().ok()?;
                ((2..=PARTS).contains(&number)).then_some((id, number - 1))?
            }
        };
        let of = TITLES.iter().find(|title| title.id == id)?;
        Some(Self { of, part })
    }

    /// Its id, in addresses.
    pub(super) fn id(self) -> String {
        match self.part {
            0 => self.of.id.to_owned(),
            part => format!("{}{MARK}{}", self.of.id, part + 1),
        }
    }

    fn name(self) -> String {
        match self.part {
            0 => self.of.name.to_owned(),
            part => format!("{}: Part {}", self.of.name, part + 1),
        }
    }

    /// A number that is its own.
    fn number(self) -> usize {
        let letters = self.of.id.bytes().map(usize::from);
        letters.fold(self.part * 31 + 7, |sum, letter| {
            (sum * 33 + letter) % 1_000_003
        })
    }

    /// How long it is, in seconds.
    pub(super) fn length(self) -> usize {
        1_500 + self.number() % 6_000
    }

    /// The item of a row. Addresses are relative to the API's `library/` and its like.
    pub(super) fn item(self, about: &About) -> Value {
        let number = self.number();
        let length = self.length();
        let position = about.progress.map(|part| (part * length as f64).round());
        let genres = ["Mystery", "Sea", "Slow", "Winter", "Music", "Night"];
        json!({
            "id": self.id(),
            "name": self.name(),
            "episode": self.of.episode,
            "summary": self.of.summary,
            "artwork": format!("../artwork/{}.png", self.of.id),
            "progress": about.progress,
            "position": position,
            "length": length,
            "released": format!("{}-{:02}-{:02}", 2010 + number % 16, 1 + number % 12, 1 + number % 28),
            "quality": match number % 6 { 0 => Value::from("4K"), 1 => Value::from("HDR"), _ => Value::Null },
            "genres": [{ "name": genres[number % 6] }, { "name": genres[(number / 6) % 6] }],
            "is_new": about.is_new,
            "on_list": about.on_list,
            "watched": about.watched,
        })
    }
}

/// What is special about a title for the person who asks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct About {
    /// How much of it was seen.
    pub(super) progress: Option<f64>,
    /// Whether it came lately.
    pub(super) is_new: bool,
    /// Whether it is on the person's list.
    pub(super) on_list: bool,
    /// Whether the person has seen it.
    pub(super) watched: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found_by_its_id() {
        for place in [0, 39, 40, 41, 479, 4_000, usize::MAX] {
            let title = Title::nth(place);
            assert_eq!(Title::find(&title.id()), Some(title), "{place}");
        }
        for id in [
            "",
            "nothing",
            "paper-comet~1",
            "paper-comet~x",
            "paper-comet~99999",
            "~2",
        ] {
            assert_eq!(Title::find(id), None, "{id}");
        }
    }

    #[test]
    fn an_item_has_dates_and_lengths_that_make_sense() {
        for place in 0..200 {
            let item = Title::nth(place).item(&About::default());
            let released = item["released"].as_str().unwrap();
            assert!(released.parse::<jiff::civil::Date>().is_ok(), "{released}");
            assert!(item["length"].as_u64().unwrap() >= 1_500);
            assert_eq!(item["artwork"].as_str().unwrap().matches("..").count(), 1);
        }
    }
}
