//! What else is said of an item: its second line, short words upon the picture, and its text.

use super::names::{self, Table};
use super::survey::{Place, Survey};
use super::titles::pointer;
use super::values;

/// A value in TOML, and why it was chosen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    /// What is written in the file.
    pub(super) toml: String,
    /// Why.
    pub(super) why: String,
    /// Its first values.
    pub(super) shown: Vec<String>,
    /// The place that it reads first.
    pub(super) at: String,
}

/// A text of TOML.
pub(super) fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    // The one character that JSON leaves as it is and TOML does not (TOML 1.0, basic strings).
    json.replace('\u{7f}', "\\u007F")
}

/// Texts of TOML: one alone, or a list.
pub(super) fn one_or_list(texts: &[String]) -> String {
    match texts {
        [one] => quoted(one),
        many => format!(
            "[{}]",
            many.iter()
                .map(|text| quoted(text))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}

const SUBTITLES: Table = &[
    (10.0, "subtitle"),
    (9.5, "artist artists"),
    (9.0, "tagline byline albumartist author authors authorname"),
    (8.5, "channel channeltitle channelname grandparenttitle"),
    (8.0, "creator creators publisher venue uploader"),
    (7.5, "seriesname podcast location seriestitle showtitle"),
    (
        7.0,
        "studio network username series show showname vendor brand company companyname",
    ),
    (7.0, "account room presenter cuisine"),
    (
        6.5,
        "studios gamename game album albumname jobtitle speciality project",
    ),
    (
        6.0,
        "user organizer place category categories genre genres parenttitle section",
    ),
    (6.0, "department team repository"),
    (5.5, "season assignee city role"),
    (5.0, "owner address host term board"),
    (4.5, "reference full"),
    (4.0, "email identifier list"),
    (3.5, "tag"),
    (3.0, "state year"),
    (2.5, "type mediatype"),
];

/// Names under which a thing above says what it is: `/artists/*/name`.
fn says_its_owner(name: &str) -> bool {
    matches!(
        names::joined(name).as_str(),
        "name"
            | "title"
            | "displayname"
            | "fullname"
            | "login"
            | "username"
            | "label"
            | "nickname"
            | "display"
            | "tag"
    )
}

/// How well a place would do by a table: by its own name, or by that of whom it names.
fn rank(place: &Place<'_>, table: Table) -> f32 {
    let own = names::rank(place.name(), table);
    let above = place.above().iter().rev().find(|name| {
        !names::is_generic(name)
            && !matches!(
                names::joined(name).as_str(),
                "data" | "attributes" | "fields"
            )
    });
    match above.filter(|_| says_its_owner(place.name())) {
        Some(above) => {
            let speaks = matches!(
                names::joined(place.name()).as_str(),
                "displayname" | "fullname" | "name" | "title"
            );
            (names::rank(above, table) * if speaks { 0.97 } else { 0.93 }).max(own - 3.0)
        }
        None => own,
    }
}

fn is_same(a: &Place<'_>, b: &Place<'_>) -> bool {
    let same = a
        .values
        .iter()
        .filter(|value| b.values.contains(value))
        .count();
    same * 2 > a.values.len()
}

/// The second line.
pub(super) fn subtitle(survey: &Survey<'_>, title: Option<&Place<'_>>) -> Option<(f32, Choice)> {
    let score = |place: &Place<'_>| {
        let mut score = rank(place, SUBTITLES);
        if score <= 0.0
            || !place.is_text()
            || title.is_some_and(|title| title.at == place.at || is_same(place, title))
        {
            return 0.0;
        }
        score -= 0.7 * place.distance + 4.0 * (1.0 - survey.share(place));
        score -=
            8.0 * place.share_of(|text| values::is_link(text) || values::moment(text).is_some());
        score -= 4.0 * place.share_of(|text| values::is_code(text) || !values::has_words(text));
        score -= 5.0 * place.share_of(|text| text.chars().count() > 100);
        if place.values.len() > 2 && place.different() == 1 {
            score -= 1.5;
        }
        score
    };
    let scored = survey.places.iter().map(|place| (score(place), place));
    let (score, best) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let choice = Choice {
        toml: match best.share_of(values::is_html) > 0.0 {
            true => format!("{{ at = {}, format = \"html\" }}", quoted(&best.at)),
            false => quoted(&best.at),
        },
        why: survey.in_words(best),
        shown: best.first_three(),
        at: best.at.clone(),
    };
    (score > 3.2).then_some((score, choice))
}

const TEXTS: Table = &[
    (9.5, "overview synopsis plot longdescription"),
    (9.0, "description bodypreview abstract plaintextdescription"),
    (8.5, "body bodyhtml contenttext descriptionhtml"),
    (
        8.0,
        "summary excerpt shortdescription desc selftext contenthtml",
    ),
    (7.5, "content about htmldescription"),
    (7.0, "text bio biography"),
    (6.5, "notes note"),
    (6.0, "message story lead intro instructions review"),
    (5.5, "details"),
    (5.0, "comment"),
    (4.0, "caption ingredients"),
];

/// The text of the detail screen.
pub(super) fn body(survey: &Survey<'_>, title: Option<&Place<'_>>) -> Option<Choice> {
    let score = |place: &Place<'_>| {
        let mut score = names::rank(place.name(), TEXTS);
        if score <= 0.0
            || !place.is_text()
            || place.lists > 1
            || place.share_of(|text| text.chars().count() > 60) < 0.5
                && title.is_some_and(|title| title.at == place.at)
        {
            return 0.0;
        }
        let long = place
            .texts()
            .map(|text| text.chars().count())
            .sum::<usize>()
            / place.values.len().max(1);
        score += (long as f32 / 40.0).min(2.0)
            - 1.0 * place.distance
            - 1.0 * place.lists as f32
            - 2.0 * (1.0 - survey.share(place));
        score -=
            8.0 * place.share_of(|text| values::is_link(text) || values::moment(text).is_some());
        score -= 4.0 * place.share_of(values::is_code);
        if place.is_of_somebody() || long < 4 {
            score -= 6.0;
        }
        score
    };
    let scored = survey.places.iter().map(|place| (score(place), place));
    let (score, best) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    if score < 3.5 {
        return None;
    }
    let words = names::words(best.own_name());
    let named = |mark: &str| words.iter().any(|word| word == mark);
    let says_html = survey.beside(best).any(|place| {
        names::joined(place.own_name()) == "contenttype"
            && place.texts().any(|text| text.contains("html"))
    });
    let (format, because) =
        if says_html || named("html") || named("rendered") || best.share_of(values::is_html) >= 0.2
        {
            (Some("html"), ", with tags or entities")
        } else if named("markdown") || named("md") || best.share_of(values::is_markdown) >= 0.3 {
            (Some("markdown"), ", with marks of Markdown")
        } else {
            (None, "")
        };
    let at = quoted(&pointer(best));
    Some(Choice {
        toml: match format {
            Some(format) => format!("{{ at = {at}, format = \"{format}\" }}"),
            None => at,
        },
        why: format!("{}{because}", survey.in_words(best)),
        shown: best.first_three(),
        at: best.at.clone(),
    })
}

const BADGES: Table = &[
    (9.2, "status"),
    (9.0, "badge"),
    (8.5, "financialstatus"),
    (8.0, "state severity availability fulfillmentstatus"),
    (7.5, "priority quality videoresolution"),
    (
        7.0,
        "resolution contentrating officialrating certification agerating stage presence",
    ),
    (6.5, "difficulty"),
    (6.0, "condition phase responsestatus"),
    (5.5, "label labels definition"),
    (5.0, "tag tags level"),
    (4.0, "rating mediatype"),
    (3.8, "type"),
    (3.5, "format category"),
    (2.0, "kind"),
    (1.0, "language"),
];

const FLAGS: Table = &[
    (9.0, "live"),
    (8.5, "urgent overdue"),
    (8.0, "soldout cancelled canceled"),
    (7.5, "blocked"),
    (7.0, "new draft unread important"),
    (6.5, "workinprogress offline"),
    (
        6.0,
        "explicit favorite favourite starred sale premium free nsfw done completed",
    ),
    (6.0, "online flagged"),
    (5.5, "featured 4k uhd pinned onlinemeeting"),
    (5.0, "hd mature sticky closed"),
    (4.5, "shared"),
    (4.0, "permitted adult archived"),
];

/// Short words upon the picture, at most `most`.
pub(super) fn badges(survey: &Survey<'_>, title: Option<&Place<'_>>, most: usize) -> Vec<Choice> {
    let mut scored: Vec<(f32, Choice)> = survey
        .places
        .iter()
        .filter(|place| title.is_none_or(|title| title.at != place.at && !is_same(place, title)))
        .filter_map(|place| word(place, survey).or_else(|| flag(place)))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut found: Vec<Choice> = Vec::new();
    for (_, choice) in scored {
        // Two places that say the same are one badge.
        if found.len() < most && !found.iter().any(|known| known.shown == choice.shown) {
            found.push(choice);
        }
    }
    found
}

/// A word for the state of an item: one of few.
fn word(place: &Place<'_>, survey: &Survey<'_>) -> Option<(f32, Choice)> {
    let mut score = rank(place, BADGES);
    let number = place.values.len();
    if score <= 0.0 || place.lists > 1 || place.values.iter().any(|(_, value)| value.is_boolean()) {
        return None;
    }
    let is_number = !place.is_text();
    let state = matches!(
        names::words(place.own_name()).last().map(String::as_str),
        Some("status" | "state" | "priority" | "severity" | "stage")
    );
    if is_number
        && !(state
            && place
                .numbers()
                .iter()
                .all(|number| number.fract() == 0.0 && (-1.0..=20.0).contains(number)))
    {
        return None;
    }
    score -= 1.2 * place.distance + 2.5 * (1.0 - survey.share(place));
    if place.is_of_somebody() {
        score -= 3.0;
    }
    let is_type = matches!(
        names::joined(place.own_name()).as_str(),
        "type" | "kind" | "mediatype" | "format" | "objecttype"
    );
    if place.different() == 1 && place.lists == 0 && (number > 2 || is_type) {
        score -= 4.0;
    }
    if place.lists == 0 && number > 4 && place.different() * 2 > number {
        score -= 4.0;
    }
    score -= 6.0
        * place.share_of(|text| {
            text.chars().count() > 24
                || values::is_link(text)
                || values::is_code(text)
                || values::moment(text).is_some()
        });
    if score < 3.0 {
        return None;
    }
    let mut different: Vec<String> = place
        .values
        .iter()
        .map(|(_, value)| values::told(value))
        .collect();
    different.sort();
    different.dedup();
    let is_machine = |word: &String| {
        let is_upper = word.chars().count() > 3
            && word
                .chars()
                .all(|c| c.is_uppercase() || c == '_' || c.is_ascii_digit());
        !word.contains(' ')
            && word.chars().any(char::is_alphabetic)
            && (is_upper
                || word.contains('_')
                || word.chars().next().is_some_and(char::is_lowercase))
    };
    let needs_words =
        place.lists == 0 && different.len() <= 8 && (is_number || different.iter().all(is_machine));
    let words = different.iter().map(|word| {
        let key = match word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        {
            true => word.clone(),
            false => quoted(word),
        };
        format!("{key} = {}", quoted(&for_people(word)))
    });
    let words = words.collect::<Vec<_>>().join(", ");
    let named = if is_number {
        "; numbers: write what each means"
    } else {
        ""
    };
    let toml = match needs_words {
        true => format!("{{ at = {}, words = {{ {words} }} }}", quoted(&place.at)),
        false => quoted(&place.at),
    };
    let why = match place.lists {
        0 => format!(
            "{}, one of {} words{named}",
            survey.in_words(place),
            different.len()
        ),
        _ => format!("a list {}", survey.in_words(place)),
    };
    Some((
        score,
        Choice {
            toml,
            why,
            shown: place.first_three(),
            at: place.at.clone(),
        },
    ))
}

fn for_people(word: &str) -> String {
    if !word.chars().any(char::is_alphabetic) {
        return word.to_owned();
    }
    names::label(&word.to_lowercase())
}

/// A word that is said where something is true.
fn flag(place: &Place<'_>) -> Option<(f32, Choice)> {
    let is_flag = place.lists == 0 && place.values.iter().all(|(_, value)| value.is_boolean());
    let mut words = names::words(place.own_name());
    if words.len() > 1 && matches!(words.first().map(String::as_str), Some("is" | "has")) {
        let _ = words.remove(0);
    }
    let name = words.concat();
    let worth = names::worth(name.trim_start_matches("is"), FLAGS)?;
    let set = place
        .values
        .iter()
        .filter(|(_, value)| value.as_bool() == Some(true))
        .count();
    let score = worth
        - 1.2 * place.distance
        - if set == 0 { 2.5 } else { 0.0 }
        - if place.is_of_somebody() { 4.0 } else { 0.0 };
    (is_flag && score >= 3.0).then(|| {
        let label = names::label(&words.join("_"));
        let choice = Choice {
            toml: format!(
                "{{ at = {}, when = {} }}",
                quoted(&format!("={label}")),
                quoted(&place.at)
            ),
            why: format!("true in {set} of {}", place.values.len()),
            shown: vec![format!("{} {set}", place.at)],
            at: place.at.clone(),
        };
        (score, choice)
    })
}

#[cfg(test)]
mod tests;
