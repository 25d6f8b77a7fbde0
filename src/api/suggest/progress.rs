//! How far somebody is in an item.

use super::names::{self, Table};
use super::survey::{Place, Survey};
use super::texts::{Choice, quoted};
use super::times::moment;
use super::values;

const PARTS: Table = &[
    (
        9.5,
        "viewoffset playbackposition playbackpositionticks currenttime resumeposition",
    ),
    (9.5, "resumepositionms playhead"),
    (
        9.0,
        "mediaposition watchedduration progressms playedseconds resumetime",
    ),
    (8.5, "progress numwatchedepisodes numepisodeswatched"),
    (
        8.0,
        "completedcount donecount elapsedseconds checkitemschecked",
    ),
    (7.5, "position elapsed"),
    (7.0, "offsetseconds closedissues"),
    (6.0, "watched seen listened raised bookmark"),
    (5.5, "completed complete"),
    (5.0, "done used"),
    (4.0, "read"),
];

const WHOLES: Table = &[
    (9.5, "runtimeticks mediaduration"),
    (9.0, "duration durationms totalduration durationseconds"),
    (8.5, "runtime"),
    (8.0, "length total totalseconds fullduration"),
    (
        7.5,
        "episodes totalepisodes numepisodes max totalcount checkitems totaltime",
    ),
    (7.0, "target goal"),
    (6.5, "count"),
    (6.0, "tasks quota pages"),
    (5.0, "limit chapters"),
];

/// How far somebody is.
pub(super) fn progress(survey: &Survey<'_>) -> Option<Choice> {
    let parts = survey.single().filter_map(|place| {
        let numbers = place.numbers();
        let words = names::words(place.own_name());
        let is_share = words
            .iter()
            .any(|word| matches!(word.as_str(), "percent" | "percentage" | "pct"))
            && !words.iter().any(|word| {
                matches!(
                    word.as_str(),
                    "discount" | "tax" | "off" | "humidity" | "battery"
                )
            });
        let named = if is_share {
            9.5
        } else {
            names::rank(place.name(), PARTS)
        };
        let is_number = !numbers.is_empty()
            && numbers.len() == place.values.len()
            && numbers.iter().all(|number| *number >= 0.0);
        let score = named - 0.8 * place.distance - 1.0 * (1.0 - survey.share(place));
        (is_number && score > 3.0).then_some((score, is_share, place, numbers))
    });
    let mut parts: Vec<_> = parts.collect();
    parts.sort_by(|a, b| b.0.total_cmp(&a.0));
    parts.into_iter().find_map(|(_, is_share, place, numbers)| {
        let most = numbers.iter().copied().fold(0.0, f64::max);
        let at = quoted(&place.at);
        let (toml, of) =
            if is_share || (most <= 1.0 && numbers.iter().any(|number| number.fract() > 0.0)) {
                match most {
                    most if most <= 1.0 => (at, ", from 0 to 1".to_owned()),
                    most if most <= 100.0 => (
                        format!("{{ value = {at}, max = 100 }}"),
                        ", in percent".to_owned(),
                    ),
                    _ => return None,
                }
            } else {
                let Some(whole) = whole(place, survey) else {
                    // Parts that are broken, and no whole to be parts of: percent.
                    let is_percent = names::joined(place.own_name()) == "progress"
                        && numbers.iter().any(|number| number.fract() > 0.0)
                        && most <= 100.0;
                    return is_percent.then(|| Choice {
                        toml: format!("{{ value = {at}, max = 100 }}"),
                        why: format!("{}, in percent", survey.in_words(place)),
                        shown: place.first_three(),
                        at: place.at.clone(),
                    });
                };
                (
                    format!("{{ value = {at}, max = {} }}", quoted(&whole.at)),
                    format!(", never more than {}", whole.at),
                )
            };
        Some(Choice {
            toml,
            why: format!("{}{of}", survey.in_words(place)),
            shown: place.first_three(),
            at: place.at.clone(),
        })
    })
}

/// What a part is a part of: a number that it never exceeds, in the same unit.
fn whole<'b, 'a>(part: &Place<'a>, survey: &'b Survey<'a>) -> Option<&'b Place<'a>> {
    let in_ticks = |place: &Place<'_>| {
        names::words(place.own_name())
            .iter()
            .any(|word| word == "ticks")
    };
    let holds = |whole: &Place<'a>| {
        let pairs: Vec<(f64, f64)> = part
            .values
            .iter()
            .filter_map(|(item, value)| {
                let (_, of) = whole.values.iter().find(|(number, _)| number == item)?;
                Some((values::number(value)?, values::number(of)?))
            })
            .collect();
        // A part that is never a thousandth of the whole is counted in another unit.
        let is_in_scale = pairs.iter().all(|(value, _)| *value == 0.0)
            || pairs.iter().any(|(value, of)| value * 500.0 > *of);
        let has_whole = pairs.iter().any(|(_, of)| *of > 0.0);
        has_whole && is_in_scale && pairs.iter().all(|(value, of)| *of >= 0.0 && value <= of)
    };
    let scored = survey.single().filter(|place| {
        place.at != part.at && in_ticks(place) == in_ticks(part) && moment(place).is_none()
    });
    let scored = scored.filter(|place| holds(place)).map(|place| {
        let beside = if place.parent() == part.parent() {
            1.0
        } else {
            0.0
        };
        (
            names::rank(place.name(), WHOLES) + beside - 0.6 * place.distance,
            place,
        )
    });
    let (score, best) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (score > 2.5).then_some(best)
}
