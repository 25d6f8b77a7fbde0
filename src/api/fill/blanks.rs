//! What blanks are filled with.

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp, ZonedDateTime};
use serde_json::{Map, Value};

use crate::api::Error;
use crate::api::mapping::card::Card;
use crate::config::Part;

/// When something is asked: pages of one row are asked for as of the same moment, or they would not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    now: Timestamp,
    /// The day of the calendar where this box is.
    today: Date,
}

impl Moment {
    pub(crate) fn now() -> Self {
        Self::of(&ZonedDateTime::now())
    }

    pub(crate) fn of(now: &ZonedDateTime) -> Self {
        Self {
            now: now.timestamp(),
            today: now.date(),
        }
    }

    /// So many seconds from then, in UTC (RFC 3339).
    fn after(self, seconds: i64) -> Option<String> {
        let then = self.now.checked_add(SignedDuration::from_secs(seconds));
        let then = Timestamp::from_second(then.ok()?.as_second()).ok()?;
        Some(then.to_string())
    }

    fn day_after(self, days: i64) -> Option<String> {
        let days = Span::new().try_days(days).ok()?;
        Some(self.today.checked_add(days).ok()?.to_string())
    }
}

/// What is given of one card.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Given {
    pub(super) id: Option<Value>,
    /// In the order in which the row's plan requires them.
    pub(super) fields: Vec<Value>,
}

impl Given {
    pub(crate) fn of(card: &Card) -> Self {
        Self {
            id: card.sent_id(),
            fields: card.fields.clone(),
        }
    }
}

/// What the blanks of a template are filled with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Blanks<'a> {
    /// What ID token and userinfo say of who is signed in.
    pub(crate) person: &'a Map<String, Value>,
    /// None leaves the blanks of time as they are, for a name that is the same at another time.
    pub(crate) moment: Option<Moment>,
    /// What of a card there is.
    pub(crate) given: Option<&'a Given>,
    /// What asks for the page; null is the first one where only the API knows what asks for another.
    pub(crate) page: &'a Value,
}

impl Blanks<'_> {
    /// What fills a blank; null where nothing is there. `field` finds a place in what is given of the card.
    ///
    /// # Errors
    /// [`Error::Refused`] where the person lacks a claim: what is asked without it may be another person's.
    pub(super) fn value(
        &self,
        part: &Part,
        field: impl Fn(&str) -> Option<usize>,
    ) -> Result<Value, Error> {
        let at = |place: &str| self.given?.fields.get(field(place)?).cloned();
        let out_of_range = || Error::Refused("a time outside the calendar".to_owned());
        Ok(match part {
            Part::Text(text) => Value::from(text.as_str()),
            Part::Id => self
                .given
                .and_then(|given| given.id.clone())
                .unwrap_or_default(),
            Part::At(place) | Part::Reserved(place) | Part::Formatted(place, _) => {
                at(place).unwrap_or_default()
            }
            Part::Me(names) => self.claim(names)?,
            Part::Now(seconds) => match self.moment {
                Some(moment) => moment.after(*seconds).ok_or_else(out_of_range)?.into(),
                None => format!("{{now{seconds:+}s}}").into(),
            },
            Part::Today(days) => match self.moment {
                Some(moment) => moment.day_after(*days).ok_or_else(out_of_range)?.into(),
                None => format!("{{today{days:+}d}}").into(),
            },
            Part::Page => self.page.clone(),
        })
    }

    fn claim(&self, names: &[String]) -> Result<Value, Error> {
        let inner = |value: &Value, name: &String| match value {
            Value::Object(map) => map.get(name).cloned(),
            Value::Array(list) => list.get(name.parse::<usize>().ok()?).cloned(),
            _ => None,
        };
        let whole = || self.person.get(&names.join("/")).cloned();
        let found = names.split_first().and_then(|(first, rest)| {
            let first = self.person.get(first)?.clone();
            rest.iter()
                .try_fold(first, |value, name| inner(&value, name))
        });
        // A claim that is called by an address is written as one, too: its slashes may stand as they are.
        found.or_else(whole).filter(|found| !found.is_null()).ok_or_else(|| {
            let mut known: Vec<_> = self.person.keys().map(String::as_str).collect();
            known.sort_unstable();
            Error::Refused(format!(
                "neither ID token nor userinfo say of the person what {{me/{}}} stands for; there are: {}",
                names.join("/"),
                known.join(", ")
            ))
        })
    }
}
