//! One picture in several sizes.

use std::collections::BTreeMap;

use super::names;
use super::survey::{Place, Survey};
use super::titles::pointer;
use super::values;

/// Pixels across from which a picture fills a card on a television.
const WIDE_ENOUGH: f32 = 600.0;

/// Where a list stands whose elements are the picture in several widths.
pub(super) fn list_with_widths(best: &Place<'_>, survey: &Survey<'_>) -> Option<String> {
    let list = best.at.rsplit_once("/*/")?.0;
    let inside = best.at.get(list.len() + 3..)?;
    let width = survey.at(&format!("{list}/*/width"))?;
    let in_item = |item: usize| {
        width
            .values
            .iter()
            .filter(|(number, _)| *number == item)
            .count()
    };
    let is_several = (0..survey.items.len()).any(|item| in_item(item) > 1);
    let widths = width.numbers();
    let differ = widths
        .iter()
        .any(|one| widths.first().is_some_and(|first| first != one));
    (!inside.contains('/') && !list.contains("/*") && is_several && differ).then(|| list.to_owned())
}

/// The same picture in sizes that are members of one object, the one that fits best first.
pub(super) fn sizes(best: &Place<'_>, survey: &Survey<'_>) -> Vec<(String, f32)> {
    let steps: Vec<&str> = best.at.split('/').collect();
    let Some(size) = (1..steps.len())
        .rev()
        .find(|step| steps.get(*step).is_some_and(|name| is_size(name)))
    else {
        return Vec::new();
    };
    let mut found: BTreeMap<String, f32> = BTreeMap::new();
    for place in &survey.places {
        let other: Vec<&str> = place.at.split('/').collect();
        let is_alike = other.len() == steps.len()
            && other
                .iter()
                .zip(&steps)
                .enumerate()
                .all(|(at, (a, b))| at == size || a == b)
            && other.get(size).is_some_and(|name| is_size(name));
        if is_alike && place.is_text() && place.share_of(values::is_link) > 0.5 {
            let width = survey
                .beside(place)
                .filter(|_| size + 1 < steps.len())
                .find(|beside| names::joined(beside.own_name()) == "width");
            let width = width.and_then(|width| width.numbers().first().map(|width| *width as f32));
            let name = other.get(size).copied().unwrap_or_default();
            let _ = found.insert(pointer(place), width.unwrap_or_else(|| width_of(name)));
        }
    }
    let mut sizes: Vec<(String, f32)> = found.into_iter().collect();
    // The smallest that is wide enough, then what is nearest below, then what is larger.
    let worth = |width: f32| {
        if width >= WIDE_ENOUGH {
            WIDE_ENOUGH + 1.0 / width
        } else {
            width / 10_000.0
        }
    };
    sizes.sort_by(|a, b| worth(b.1).total_cmp(&worth(a.1)));
    sizes
}

pub(super) fn is_size_of(at: &str, best: &Place<'_>) -> bool {
    at.split('/').count() == best.at.split('/').count()
        && best
            .at
            .split('/')
            .zip(at.split('/'))
            .filter(|(a, b)| a != b)
            .map(|(a, b)| is_size(a) && is_size(b))
            .eq([true])
}

fn is_size(name: &str) -> bool {
    width_of(name) > 0.0
}

/// Pixels across that a name promises; 0 where it names no size.
fn width_of(name: &str) -> f32 {
    let joined = names::joined(name);
    let known = match joined.as_str() {
        "tiny" | "micro" | "icon" | "xs" | "mini" => 60.0,
        "smallthumbnail" => 80.0,
        "thumb" | "thumbnail" | "square" => 150.0,
        "default" => 120.0,
        "small" | "s" | "sm" => 240.0,
        "medium" | "m" | "md" | "preview" => 500.0,
        "high" | "mediumlarge" => 700.0,
        "standard" | "regular" => 640.0,
        "large" | "l" | "lg" | "big" | "posterthumbnail" | "postthumbnail" => 1000.0,
        "extralarge" | "xl" | "xlarge" | "maxres" | "xxl" | "hd" => 1300.0,
        "full" | "original" | "raw" | "max" | "source" => 2500.0,
        _ => 0.0,
    };
    if known > 0.0 {
        return known;
    }
    let digits: String = joined
        .trim_start_matches(['w', 's', 'h', 'x'])
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let rest = joined
        .trim_start_matches(['w', 's', 'h', 'x'])
        .trim_start_matches(|c: char| c.is_ascii_digit());
    let is_size = matches!(rest, "" | "w" | "px" | "p") || rest.starts_with('x');
    digits
        .parse()
        .ok()
        .filter(|width: &f32| is_size && (16.0..8000.0).contains(width))
        .unwrap_or(0.0)
}
