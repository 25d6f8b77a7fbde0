//! What opens: series with their seasons and episodes, records with their tracks. And what is on today, in words.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::artwork::{self, Picture};
use super::bearer::{Caller, Unauthorized};
use super::catalogue::{CatalogueTitle, TITLES};
use super::library::{nothing_here, problem, tagged};
use super::scope;
use super::shared::Shared;

/// The same for everyone.
const SAME: &str = "private, max-age=300";
/// What is on changes with the time.
const BY_THE_CLOCK: &str = "private, no-cache";
/// Episodes of a season.
const EPISODES: usize = 8;
/// Tracks of a record.
const TRACKS: usize = 11;
/// Programmes that are listed.
const PROGRAMMES: u64 = 12;
/// A programme and the pause after it, in seconds.
const SLOT: u64 = 45 * 60;
/// Length of a programme, in seconds.
const PROGRAMME: u64 = 40 * 60;

/// Number of seasons; a film has none.
fn seasons(title: &CatalogueTitle) -> Option<usize> {
    let (number, _) = title.episode.strip_prefix('S')?.split_once(' ')?;
    number.parse().ok()
}

fn find(id: &str) -> Option<&'static CatalogueTitle> {
    TITLES.iter().find(|title| title.id == id)
}

/// A still for something that has no own: that of another title.
fn still(place: usize) -> &'static str {
    TITLES[place % TITLES.len()].id
}

/// `GET /api/library/series`.
pub(super) async fn series(caller: Caller, headers: HeaderMap) -> Result<Response, Unauthorized> {
    let _ = caller.needs(scope::LIBRARY)?;
    let all = TITLES
        .iter()
        .filter_map(|title| Some((title, seasons(title)?)));
    let items: Vec<Value> = all
        .map(|(title, seasons)| {
            let seasons = match seasons {
                1 => "1 season".to_owned(),
                more => format!("{more} seasons"),
            };
            json!({
                "id": title.id, "name": title.name, "seasons": seasons, "summary": title.summary,
                "poster": format!("../posters/{}.png", title.id),
                "page": format!("https://vestibule.example/series/{}", title.id),
            })
        })
        .collect();
    Ok(tagged(&headers, &json!({ "items": items }), SAME))
}

/// `GET /api/library/series/{id}`: its seasons.
pub(super) async fn of_series(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Unauthorized> {
    let _ = caller.needs(scope::LIBRARY)?;
    let Some((title, seasons)) = find(&id).and_then(|title| Some((title, seasons(title)?))) else {
        return Ok(nothing_here().await);
    };
    let items: Vec<Value> = (1..=seasons)
        .map(|season| {
            json!({
                "id": season, "series": title.id, "name": format!("Season {season}"),
                "episodes": format!("{EPISODES} episodes"), "summary": title.summary,
                "poster": format!("../../posters/{}.png", title.id),
            })
        })
        .collect();
    Ok(tagged(&headers, &json!({ "items": items }), SAME))
}

/// `GET /api/library/series/{id}/seasons/{season}`: its episodes.
pub(super) async fn of_season(
    caller: Caller,
    Path((id, season)): Path<(String, usize)>,
    headers: HeaderMap,
) -> Result<Response, Unauthorized> {
    let _ = caller.needs(scope::LIBRARY)?;
    let known = find(&id).and_then(|title| Some((title, seasons(title)?)));
    let Some((title, _)) = known.filter(|(_, seasons)| (1..=*seasons).contains(&season)) else {
        return Ok(nothing_here().await);
    };
    let items: Vec<Value> = (1..=EPISODES)
        .map(|episode| {
            let place = title.id.len() + season * EPISODES + episode;
            json!({
                "id": format!("{}-{season}-{episode}", title.id),
                "name": format!("{episode}. {}", find(still(place)).map_or(title.name, |title| title.name)),
                "length": 1_500 + place * 97 % 1_800,
                "summary": title.summary,
                "artwork": format!("../../../../artwork/{}.png", still(place)),
                "page": format!("https://vestibule.example/series/{}/{season}/{episode}", title.id),
            })
        })
        .collect();
    Ok(tagged(&headers, &json!({ "items": items }), SAME))
}

/// `GET /api/library/records`.
pub(super) async fn records(caller: Caller, headers: HeaderMap) -> Result<Response, Unauthorized> {
    let _ = caller.needs(scope::LIBRARY)?;
    let films = TITLES.iter().filter(|title| seasons(title).is_none());
    let items: Vec<Value> = films
        .map(|title| {
            json!({
                "id": title.id, "name": title.name, "artist": "The Yellow Line Orchestra",
                "cover": format!("../covers/{}.png", title.id),
            })
        })
        .collect();
    Ok(tagged(&headers, &json!({ "items": items }), SAME))
}

/// `GET /api/library/records/{id}`: its tracks.
pub(super) async fn of_record(
    caller: Caller,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Unauthorized> {
    let _ = caller.needs(scope::LIBRARY)?;
    let Some(title) = find(&id).filter(|title| seasons(title).is_none()) else {
        return Ok(nothing_here().await);
    };
    let items: Vec<Value> = (1..=TRACKS)
        .map(|track| {
            let place = title.id.len() + track * 3;
            let name = find(still(place)).map_or(title.name, |title| title.name);
            json!({ "id": track, "name": format!("{track}. {name}"), "length": 95 + place * 31 % 260 })
        })
        .collect();
    Ok(tagged(&headers, &json!({ "items": items }), SAME))
}

/// `GET /api/library/today`: what is on, and what comes after it.
pub(super) async fn today(caller: Caller, headers: HeaderMap) -> Result<Response, Unauthorized> {
    let _ = caller.needs(scope::LIBRARY)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |now| now.as_secs());
    let first = now / SLOT;
    let items: Vec<Value> = (first..first + PROGRAMMES)
        .map(|slot| {
            let title = &TITLES[usize::try_from(slot).unwrap_or(0) % TITLES.len()];
            let (start, end) = (slot * SLOT, slot * SLOT + PROGRAMME);
            json!({
                "id": slot, "name": title.name, "text": title.summary,
                "start": start, "end": end, "kind": title.episode,
                "state": if (start..end).contains(&now) { "live" } else { "later" },
            })
        })
        .collect();
    Ok(tagged(&headers, &json!({ "items": items }), BY_THE_CLOCK))
}

/// `GET /api/posters/{id}.png`.
pub(super) async fn poster(
    State(shared): State<Arc<Shared>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    match file.strip_suffix(".png").and_then(find) {
        Some(title) => artwork::serve(&shared, Picture::Poster(title.id), &headers).await,
        None => problem(StatusCode::NOT_FOUND, "There is nothing here."),
    }
}

/// `GET /api/covers/{id}.png`.
pub(super) async fn cover(
    State(shared): State<Arc<Shared>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    match file.strip_suffix(".png").and_then(find) {
        Some(title) => artwork::serve(&shared, Picture::Cover(title.id), &headers).await,
        None => problem(StatusCode::NOT_FOUND, "There is nothing here."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_series_and_records() {
        let series = TITLES.iter().filter_map(seasons).collect::<Vec<_>>();
        assert!(
            series.len() >= 12 && series.iter().any(|seasons| *seasons > 2),
            "{series:?}"
        );
        assert!(TITLES.len() - series.len() >= 12);
    }
}
