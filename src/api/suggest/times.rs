//! When an item is or was, how long it takes, how far somebody is in it, and what it costs.

use super::names::{self, Table};
use super::survey::{Place, Survey};
use super::texts::{Choice, quoted};
use super::values::{self, Moment};

const STARTS: [&str; 8] = [
    "start", "begin", "begins", "starts", "from", "started", "dtstart", "opens",
];
const ENDS: [&str; 9] = [
    "end", "finish", "ends", "until", "to", "ended", "dtend", "closes", "stop",
];

/// What kind of moment stands at a place; none where no moment does.
pub(super) fn moment(place: &Place<'_>) -> Option<Moment> {
    if place.is_text() {
        let moments: Vec<_> = place.texts().filter_map(values::moment).collect();
        let is_moment = moments.len() * 10 >= place.values.len() * 8;
        return moments.into_iter().max().filter(|_| is_moment);
    }
    let words = names::words(place.name());
    let is_named = words.iter().any(|word| {
        STARTS.contains(&word.as_str())
            || ENDS.contains(&word.as_str())
            || matches!(
                word.as_str(),
                "at" | "date"
                    | "time"
                    | "timestamp"
                    | "created"
                    | "updated"
                    | "published"
                    | "on"
                    | "due"
                    | "added"
                    | "utc"
                    | "airing"
                    | "ts"
                    | "modified"
            )
    });
    let numbers = place.numbers();
    let is_epoch = !numbers.is_empty()
        && numbers.len() == place.values.len()
        && numbers.iter().all(|number| values::is_epoch(*number));
    (is_named && is_epoch).then_some(Moment::Time)
}

/// A beginning and its end.
pub(super) struct Range<'b, 'a> {
    pub(super) from: &'b Place<'a>,
    pub(super) to: &'b Place<'a>,
    pub(super) kind: Moment,
}

/// The places of a beginning and of its end that every item is told by, best first.
pub(super) fn ranges<'b, 'a>(survey: &'b Survey<'a>) -> Vec<Range<'b, 'a>> {
    let mut found: Vec<Range<'b, 'a>> = survey
        .single()
        .filter_map(|from| {
            let kind = moment(from)?;
            let exchange = |end: &&'static str| {
                STARTS
                    .iter()
                    .find_map(|start| survey.at(&exchanged(&from.at, start, end)?))
            };
            let to = ENDS.iter().find_map(exchange)?;
            (to.at != from.at && moment(to).is_some()).then_some(Range { from, to, kind })
        })
        .collect();
    found.sort_by(|a, b| {
        let worth = |range: &Range<'_, '_>| {
            survey.share(range.from) + survey.share(range.to) - range.from.distance
        };
        worth(b).total_cmp(&worth(a))
    });
    found
}

/// `pointer` with one word in the place of another, in its spelling: `/startsAt` and `/endsAt`.
fn exchanged(pointer: &str, word: &str, by: &str) -> Option<String> {
    let at = pointer.to_ascii_lowercase().find(word)?;
    let written = pointer.get(at..at + word.len())?;
    let before = pointer.get(..at)?;
    let after = pointer.get(at + word.len()..)?;
    // A word of its own, not a part of another.
    let begins = before.chars().last().is_none_or(|c| !c.is_alphabetic())
        || written.chars().next().is_some_and(char::is_uppercase);
    let ends = after.chars().next().is_none_or(|c| !c.is_lowercase());
    if !begins || !ends {
        return None;
    }
    let first = written.chars().next()?;
    let by = match (
        first.is_uppercase(),
        written.chars().all(|c| !c.is_lowercase()) && written.len() > 1,
    ) {
        (_, true) => by.to_uppercase(),
        (true, false) => by
            .chars()
            .take(1)
            .flat_map(char::to_uppercase)
            .chain(by.chars().skip(1))
            .collect(),
        (false, false) => by.to_owned(),
    };
    Some(format!("{before}{by}{after}"))
}

/// Where the zone of a moment without one stands: beside it.
fn zone(place: &Place<'_>, survey: &Survey<'_>) -> Option<String> {
    let has_none = place.texts().any(|text| {
        text.len() > 10
            && !text.ends_with('Z')
            && !text.get(19..).is_some_and(|end| end.contains(['+', '-']))
    });
    let beside = survey.beside(place).find(|other| {
        matches!(
            names::joined(other.own_name()).as_str(),
            "timezone" | "tz" | "zone" | "tzid"
        )
    });
    beside.filter(|_| has_none).map(|place| place.at.clone())
}

/// From when to when, as a second line.
pub(super) fn range_line(survey: &Survey<'_>) -> Option<Choice> {
    let ranges = ranges(survey);
    let best = ranges.first()?;
    let line = |range: &Range<'_, '_>| {
        let (first, second) = match range.kind {
            Moment::Day => ("date", "date"),
            Moment::Time if is_within_a_day(range) => ("date-time", "time"),
            Moment::Time => ("date-time", "date-time"),
        };
        format!(
            "={{{}|{first}}} – {{{}|{second}}}",
            range.from.at, range.to.at
        )
    };
    let mut at = vec![line(best)];
    // Where a whole day is written in another place than a time.
    let lacking = |item: usize| !best.from.values.iter().any(|(number, _)| *number == item);
    let other = ranges
        .iter()
        .skip(1)
        .find(|range| range.from.values.iter().any(|(item, _)| lacking(*item)));
    at.extend(other.map(line));
    let written = super::texts::one_or_list(&at);
    let toml = match zone(best.from, survey) {
        Some(zone) => format!("{{ at = {written}, zone = {} }}", quoted(&zone)),
        None => written,
    };
    Some(Choice {
        toml,
        why: format!("a beginning and an end, {}", survey.in_words(best.from)),
        shown: best.from.first_three(),
        at: best.from.at.clone(),
    })
}

/// Whether every range begins and ends on one day as it is written.
fn is_within_a_day(range: &Range<'_, '_>) -> bool {
    let day = |text: &str| text.get(..10).map(str::to_owned);
    let in_a_second = |moment: f64| match values::is_epoch(moment) && moment >= 1e11 {
        true => 1000.0,
        false => 1.0,
    };
    let mut both = range.from.values.iter().filter_map(|(item, from)| {
        let (_, to) = range.to.values.iter().find(|(number, _)| number == item)?;
        Some(match (from.as_str(), to.as_str()) {
            (Some(from), Some(to)) => day(from) == day(to),
            _ => {
                let (from, to) = (values::number(from)?, values::number(to)?);
                (to - from).abs() < 86_400.0 * in_a_second(from)
            }
        })
    });
    both.all(|same| same)
}

/// How far it has gone by the clock.
pub(super) fn by_the_clock(survey: &Survey<'_>) -> Option<Choice> {
    let ranges = ranges(survey);
    let best = ranges
        .into_iter()
        .find(|range| range.kind == Moment::Time && is_within_a_day(range))?;
    let at = |place: &Place<'_>| match zone(place, survey) {
        Some(zone) => format!("{{ at = {}, zone = {} }}", quoted(&place.at), quoted(&zone)),
        None => quoted(&place.at),
    };
    Some(Choice {
        toml: format!("{{ from = {}, to = {} }}", at(best.from), at(best.to)),
        why: format!("moves by the clock, {}", survey.in_words(best.from)),
        shown: Vec::new(),
        at: best.from.at.clone(),
    })
}

const DATES: Table = &[
    (9.5, "releasedate due duedate"),
    (
        9.0,
        "released published publishedat airdate airingat dueon start starttime startsat",
    ),
    (9.0, "pubdate departure"),
    (
        8.5,
        "premieredate firstairdate originallyavailableat startdate startedat",
    ),
    (8.0, "premiere date when takenat datetime arrival"),
    (7.5, "creationtime localdatetime dategmt"),
    (7.0, "airs"),
    (
        6.5,
        "createdat created createddate createdtime addedat added",
    ),
    (6.0, "timestamp time lastlogin lastchanged at"),
    (5.0, "processedat on ts"),
    (4.0, "updatedat updated"),
    (3.5, "modified modifiedat"),
];

/// The day or time that says most of an item: the place, its kind, its TOML.
pub(super) fn date(survey: &Survey<'_>) -> Option<(f32, String, Choice)> {
    let scored = survey.single().filter_map(|place| {
        let kind = moment(place)?;
        let generic = if matches!(
            names::joined(place.own_name()).as_str(),
            "datetime" | "date"
        ) && place.names.len() > 1
        {
            place
                .names
                .iter()
                .rev()
                .nth(1)
                .map_or(0.0, |above| names::rank(above, DATES))
        } else {
            0.0
        };
        let mut score = names::rank(place.name(), DATES).max(generic);
        score -= 1.0 * place.distance + 4.0 * (1.0 - survey.share(place));
        if place.is_of_somebody() {
            score -= 3.0;
        }
        Some((score, kind, place))
    });
    let (score, kind, best) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let format = match kind {
        Moment::Day => "date",
        Moment::Time
            if best.is_text()
                && names::words(best.name())
                    .iter()
                    .any(|word| word == "date" || word == "released" || word == "created") =>
        {
            "date"
        }
        Moment::Time => "date-time",
    };
    let zone =
        zone(best, survey).map_or_else(String::new, |zone| format!(", zone = {}", quoted(&zone)));
    let choice = Choice {
        toml: format!(
            "{{ at = {}, format = \"{format}\"{zone} }}",
            quoted(&best.at)
        ),
        why: survey.in_words(best),
        shown: best.first_three(),
        at: best.at.clone(),
    };
    let speaking = if matches!(
        names::joined(best.own_name()).as_str(),
        "datetime" | "date" | "value"
    ) {
        best.names.iter().rev().nth(1)
    } else {
        None
    };
    let label = names::label(speaking.map_or(best.name(), String::as_str));
    (score > 1.0).then_some((score, label, choice))
}

const SPANS: Table = &[
    (10.0, "runtimeticks"),
    (9.5, "durationms durationinmillis"),
    (9.0, "duration runtime durationseconds durationminutes"),
    (8.5, "movingtime"),
    (8.0, "playtime lengthseconds readyinminutes episoderuntime"),
    (7.5, "totaltime"),
    (7.0, "length audiolength cookingtime elapsedtime"),
    (6.0, "readingtime preptime"),
    (4.0, "timeestimate"),
];

/// How long it takes.
pub(super) fn span(survey: &Survey<'_>) -> Option<(String, Choice)> {
    let scored = survey.single().filter_map(|place| {
        let score = names::rank(place.name(), SPANS)
            - 1.0 * place.distance
            - 3.0 * (1.0 - survey.share(place));
        let unit = unit(place)?;
        Some((score, unit, place))
    });
    let (score, unit, best) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let (written, because) = match unit {
        Unit::Seconds => (String::new(), ", in seconds"),
        Unit::Text => (String::new(), ""),
        Unit::Milliseconds => (", unit = \"ms\"".to_owned(), ", in milliseconds"),
        Unit::Minutes => (", unit = \"min\"".to_owned(), ", in minutes"),
        Unit::Ticks => (", unit = \"ticks\"".to_owned(), ", in ticks of 100 ns"),
    };
    let choice = Choice {
        toml: format!(
            "{{ at = {}, format = \"duration\"{written} }}",
            quoted(&best.at)
        ),
        why: format!("{}{because}", survey.in_words(best)),
        shown: best.first_three(),
        at: best.at.clone(),
    };
    (score > 3.0).then(|| (names::label(best.name()), choice))
}

/// What a span of time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Text,
    Seconds,
    Milliseconds,
    Minutes,
    Ticks,
}

/// The unit of a span: what its name says, else what makes it one that people watch, hear or wait for.
fn unit(place: &Place<'_>) -> Option<Unit> {
    if place.is_text() && place.share_of(values::is_iso_span) > 0.9 {
        return Some(Unit::Text);
    }
    let numbers: Vec<f64> = place
        .numbers()
        .into_iter()
        .filter(|number| *number > 0.0)
        .collect();
    if numbers.is_empty() || place.numbers().len() < place.values.len() {
        return None;
    }
    let words = names::words(place.own_name());
    let says = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    if says(&["ms", "millis", "milliseconds", "msec"]) {
        return Some(Unit::Milliseconds);
    }
    if says(&["ticks"]) {
        return Some(Unit::Ticks);
    }
    if says(&["minutes", "mins", "min"]) {
        return Some(Unit::Minutes);
    }
    if says(&["seconds", "sec", "secs", "s"]) {
        return Some(Unit::Seconds);
    }
    let mut sorted = numbers;
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
    Some(match middle {
        middle if middle >= 1e8 => Unit::Ticks,
        // Eleven hours in seconds.
        middle if middle >= 40_000.0 => Unit::Milliseconds,
        middle if says(&["runtime"]) && (10.0..400.0).contains(&middle) => Unit::Minutes,
        // Nobody says in how many seconds a text is read.
        middle if says(&["reading"]) && middle < 60.0 => Unit::Minutes,
        _ => Unit::Seconds,
    })
}

#[cfg(test)]
mod tests;
