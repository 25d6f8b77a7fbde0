//! Pages that are counted, by themselves or by their items.

use super::{Asked, Beside, Paging, Trial, page_number, way};
use crate::api::suggest::names;
use crate::api::suggest::texts::quoted;

/// Parameters by which APIs say how many items a page has, and the one that asks for a further page beside each.
const PAIRS: [(&str, &str, bool); 17] = [
    // Size, further page, whether that counts items.
    ("limit", "offset", true),
    ("take", "skip", true),
    ("$top", "$skip", true),
    ("top", "skip", true),
    ("size", "from", true),
    ("count", "start", true),
    ("rows", "start", true),
    ("maxresults", "startAt", true),
    ("per_page", "page", false),
    ("perpage", "page", false),
    ("page_size", "page", false),
    ("pagesize", "page", false),
    ("pagination[pagesize]", "pagination[page]", false),
    ("page[size]", "page[number]", false),
    ("page[limit]", "page[offset]", true),
    ("itemsperpage", "page", false),
    ("hitsperpage", "page", false),
];

/// The whole number beside the list whose name is one of these.
fn count_named<'a>(beside: &'a [Beside<'a>], wanted: &[&str]) -> Option<&'a Beside<'a>> {
    let mut all = beside.iter();
    all.find(|one| wanted.contains(&one.name().as_str()) && one.value.as_u64().is_some())
}

/// The reply counts its pages.
pub(super) fn numbers(beside: &[Beside<'_>], asked: &Asked<'_>) -> Vec<Paging> {
    let whole = |one: &Beside<'_>| one.value.as_u64();
    let named = |wanted: &[&str]| count_named(beside, wanted);
    let page = named(&[
        "page",
        "currentpage",
        "pagenumber",
        "pageindex",
        "current",
        "pagenum",
        "pageno",
    ]);
    let last = named(&[
        "totalpages",
        "pages",
        "pagecount",
        "lastpage",
        "totalpage",
        "numpages",
        "nbpages",
        "maxpage",
        "pagestotal",
        "pagetotal",
    ]);
    let has_more = beside.iter().any(|one| {
        let name = one.name();
        matches!(
            name.as_str(),
            "hasnextpage" | "hasmore" | "hasnext" | "more" | "last" | "islast"
        ) && one.value.is_boolean()
    });
    let total = named(&[
        "total",
        "totalresults",
        "totalcount",
        "count",
        "totalitems",
        "totalhits",
        "results",
        "nbhits",
        "totalelements",
    ]);
    let Some(page) = page.filter(|_| last.is_some() || has_more || total.is_some()) else {
        return Vec::new();
    };
    let start = u8::from(whole(page) != Some(0));
    let family = page
        .names
        .iter()
        .rev()
        .nth(1)
        .map(|name| names::joined(name));
    let own = match names::joined(page.names.last().map_or("", String::as_str)).as_str() {
        "page" | "currentpage" | "current" | "lastpage" => "page".to_owned(),
        "number" => "page".to_owned(),
        _ => page.names.last().cloned().unwrap_or_default(),
    };
    let sent = asked.query.iter().find(|(name, _)| {
        matches!(
            names::joined(name).as_str(),
            "page" | "pagenumber" | "paginationpage" | "p" | "pagenum" | "pageno" | "pageindex"
        )
    });
    let paired = pair(asked)
        .filter(|(_, counts_items)| !counts_items)
        .map(|(name, _)| name);
    let said = format!(
        "{} is {}{}",
        page.at,
        page.value,
        last.map_or_else(String::new, |last| format!(
            ", {} is {}",
            last.at, last.value
        ))
    );
    let mut parameters = Vec::new();
    parameters.extend(sent.map(|(name, _)| name.clone()));
    parameters.extend(paired);
    // Whose size is called pageSize, its page has brackets.
    let has_size = named(&["pagesize", "pagecount"]).is_some();
    if parameters.is_empty()
        && has_size
        && family.as_deref() == Some("pagination")
        && page.names.len() > 2
    {
        parameters.push("pagination[page]".to_owned());
    }
    parameters.push(own);
    parameters.dedup();
    // With a total and no count of pages an offset is as likely.
    let sure = if last.is_some() || has_more { 8.0 } else { 6.8 };
    parameters
        .into_iter()
        .enumerate()
        .map(|(order, parameter)| {
            page_number(&parameter, start, said.clone(), sure - 0.1 * order as f32)
        })
        .collect()
}

/// The parameter that goes with the one that says how many items are wanted.
fn pair(asked: &Asked<'_>) -> Option<(String, bool)> {
    asked.query.iter().find_map(|(name, _)| {
        let name = name.to_ascii_lowercase();
        let found = PAIRS.iter().find(|(size, _, _)| *size == name)?;
        Some((found.1.to_owned(), found.2))
    })
}

/// The reply says where in the whole list its items stand.
pub(super) fn offsets(beside: &[Beside<'_>], asked: &Asked<'_>) -> Vec<Paging> {
    let named = |wanted: &[&str]| count_named(beside, wanted);
    let total = named(&[
        "total",
        "totalresults",
        "totalcount",
        "totalsize",
        "totalrecordcount",
        "totalitems",
        "totalhits",
        "value",
        "numfound",
        "count",
        "results",
        "estimatedtotal",
        "nbhits",
        "matches",
    ]);
    let most = beside.iter().filter(|one| {
        one.names.last().is_some_and(|name| {
            names::joined(name).starts_with("total")
                || one.names.iter().any(|name| names::joined(name) == "total")
        }) && one.value.as_u64().is_some()
    });
    let total = most.max_by_key(|one| one.value.as_u64()).or(total);
    let says_more = total
        .and_then(|total| total.value.as_u64())
        .is_some_and(|total| total > asked.items as u64);
    let at = named(&[
        "offset",
        "skip",
        "startindex",
        "start",
        "startat",
        "from",
        "first",
        "firstresult",
        "startrow",
    ]);
    let mut found = Vec::new();
    let sent = asked.query.iter().find(|(name, _)| {
        matches!(
            names::joined(name).as_str(),
            "offset"
                | "skip"
                | "startindex"
                | "start"
                | "startat"
                | "from"
                | "pageoffset"
                | "startrow"
        )
    });
    let step = asked.items.to_string();
    let offset = |parameter: &str, why: String, score: f32| Paging {
        trial: Some(Trial {
            parameter: parameter.to_owned(),
            value: Some(step.clone()),
        }),
        ..way(
            "page",
            format!("{{ parameter = {}, kind = \"offset\" }}", quoted(parameter)),
            why,
            score,
        )
    };
    if let Some((name, _)) = sent {
        found.push(offset(
            name,
            format!("the address asks with {name} already"),
            7.6,
        ));
    }
    let paired = pair(asked);
    if let Some(at) = at {
        let own = at.names.last().cloned().unwrap_or_default();
        let own = own
            .chars()
            .take(1)
            .flat_map(char::to_lowercase)
            .chain(own.chars().skip(1))
            .collect::<String>();
        let said = format!(
            "{} is {}{}",
            at.at,
            at.value,
            total.map_or_else(String::new, |total| format!(
                ", {} is {}",
                total.at, total.value
            ))
        );
        match paired.clone().filter(|(_, counts_items)| !counts_items) {
            // Where a page has a size, a page is what is asked for.
            Some((parameter, _)) => found.push(page_number(
                &parameter,
                u8::from(at.value.as_u64() != Some(0)),
                said,
                7.4,
            )),
            None => found.push(offset(&own, said, 7.2)),
        }
    } else if let Some((parameter, counts_items)) = paired.filter(|_| says_more || total.is_none())
    {
        let said = total.map_or_else(
            || "the address says how many items are wanted".to_owned(),
            |total| {
                format!(
                    "{} is {}, of which {} are here",
                    total.at, total.value, asked.items
                )
            },
        );
        let sure = if says_more { 6.5 } else { 3.0 };
        found.push(match counts_items {
            true => offset(&parameter, said, sure),
            false => page_number(&parameter, 1, said, sure),
        });
    } else if says_more && let Some(total) = total {
        let said = format!(
            "{} is {}, of which {} are here",
            total.at, total.value, asked.items
        );
        found.push(page_number("page", 1, said.clone(), 4.0));
        for (order, parameter) in ["offset", "start", "from", "skip"].into_iter().enumerate() {
            found.push(offset(parameter, said.clone(), 3.9 - 0.1 * order as f32));
        }
    }
    found
}
