//! The media library: rows, shelves in pages, what each person does with it, and artwork.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use aws_lc_rs::digest;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::artwork::{self, Picture};
use super::bearer::{Caller, Unauthorized};
use super::catalogue;
use super::people::{PEOPLE, Person};
use super::sessions::Holder;
use super::shared::{Shared, lock};
use super::title::{About, Title};
use super::{scope, secret};

/// Items of the longest row.
const ALL: usize = 480;
/// Items of a page.
const PAGE: usize = 20;
/// Items of a shelf that come with the list of shelves.
const INLINE: usize = 12;
/// What fits on a list.
const LIST: usize = 60;
/// Names of the shelves.
const SHELVES: [&str; 6] = [
    "Slow mysteries",
    "Of the sea",
    "After midnight",
    "With an orchestra",
    "Documentaries",
    "Short and odd",
];

/// What one person has done.
#[derive(Debug)]
struct Doings {
    /// Their list, newest first.
    list: Vec<Title>,
    /// Ids of what they have seen to the end.
    watched: HashSet<String>,
    /// Where they are in a title, in seconds, by its id, where they have said so.
    positions: HashMap<String, f64>,
}

/// What each person has done, by person id. In memory: a demo begins tidy.
#[derive(Debug, Default)]
pub(super) struct People(HashMap<&'static str, Doings>);

impl People {
    fn of(&mut self, person: &'static Person) -> &mut Doings {
        self.0.entry(person.id).or_insert_with(|| Doings {
            list: (0..12)
                .map(|place| titled(shift(person) + 17 + place))
                .collect(),
            watched: HashSet::new(),
            positions: HashMap::new(),
        })
    }
}

impl Doings {
    fn about(&self, title: Title) -> About {
        About {
            on_list: self.list.contains(&title),
            watched: self.watched.contains(&title.id()),
            ..About::default()
        }
    }
}

/// A title as a whole, from a place on, around the end.
fn titled(place: usize) -> Title {
    Title::nth(place % catalogue::TITLES.len())
}

/// Where in the catalogue a person's rows begin: each sees others.
fn shift(person: &Person) -> usize {
    let place = PEOPLE.iter().position(|other| other.id == person.id);
    place.unwrap_or(0) * 7
}

/// `?page=2`.
#[derive(Debug, Deserialize)]
pub(super) struct Paged {
    page: Option<usize>,
}

/// An answer with a tag, or 304 for who has it. `caching` says for how long it is good.
pub(super) fn tagged(headers: &HeaderMap, value: &Value, caching: &'static str) -> Response {
    let body = value.to_string();
    let hash = digest::digest(&digest::SHA256, body.as_bytes());
    let tag = secret::encode(hash.as_ref().get(..12).unwrap_or_default());
    let tag = format!("\"{tag}\"");
    let about = [
        (header::CACHE_CONTROL, caching.to_owned()),
        (header::ETAG, tag.clone()),
        (header::VARY, "Authorization".to_owned()),
    ];
    let asked = headers.get(header::IF_NONE_MATCH);
    let asked = asked.and_then(|value| value.to_str().ok()).unwrap_or("");
    if asked
        .split(',')
        .any(|one| one.trim().trim_start_matches("W/") == tag)
    {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Changes with what its person does: asked for each time, sent when it has changed.
const OWN: &str = "private, no-cache";
/// The same for everyone but for the marks of a person.
const COMMON: &str = "private, max-age=30";

/// `GET /api/library/continue`.
pub(super) async fn continue_watching(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let mut people = lock(&shared.people);
    let doings = people.of(person);
    let items: Vec<Value> = (0..14)
        .map(|place| (place, titled(shift(person) + place)))
        .filter(|(_, title)| !doings.watched.contains(&title.id()))
        .map(|(place, title)| {
            let percent = (place * 29 + 37) % 90 + 5;
            let said = doings.positions.get(&title.id());
            let said = said.map(|seconds| seconds / title.length() as f64);
            title.item(&About {
                progress: Some(said.unwrap_or(percent as f64 / 100.0)),
                ..doings.about(title)
            })
        })
        .collect();
    Ok(tagged(&headers, &json!({ "items": items }), OWN))
}

/// `GET /api/library/my-list`.
pub(super) async fn my_list(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let mut people = lock(&shared.people);
    let doings = people.of(person);
    let items: Vec<Value> = doings
        .list
        .iter()
        .map(|title| title.item(&doings.about(*title)))
        .collect();
    Ok(tagged(&headers, &json!({ "items": items }), OWN))
}

/// `GET /api/library/new`: the same titles for everyone.
pub(super) async fn new_this_week(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let mut people = lock(&shared.people);
    let doings = people.of(person);
    let count = catalogue::TITLES.len();
    let items: Vec<Value> = (0..18)
        .map(|place| {
            let title = titled(count - 1 - place);
            title.item(&About {
                is_new: place < 6,
                ..doings.about(title)
            })
        })
        .collect();
    Ok(tagged(&headers, &json!({ "items": items }), COMMON))
}

/// `GET /api/library/all?page=N`: hundreds of items, in pages.
pub(super) async fn all(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    Query(paged): Query<Paged>,
    headers: HeaderMap,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let mut people = lock(&shared.people);
    let page = page(people.of(person), 0, ALL, paged.page, "all");
    Ok(tagged(&headers, &page, COMMON))
}

/// One page of `count` items from a place on; `next` is relative to the address it is sent from.
fn page(doings: &Doings, from: usize, count: usize, page: Option<usize>, path: &str) -> Value {
    let page = page.unwrap_or(1).clamp(1, 1 + count / PAGE);
    let begin = (page - 1) * PAGE;
    let end = (begin + PAGE).min(count);
    let items: Vec<Value> = (begin..end)
        .map(|place| Title::nth(from + place))
        .map(|title| title.item(&doings.about(title)))
        .collect();
    let next = (end < count).then(|| format!("{path}?page={}", page + 1));
    json!({ "items": items, "total": count, "links": { "next": next } })
}

/// Shelves, and items of each: by name, or as many as the demo was started with.
fn shelves(shared: &Shared) -> (usize, usize) {
    shared.library.unwrap_or((SHELVES.len(), 2 * PAGE + 8))
}

/// `GET /api/library/shelves`: the rows themselves. The named ones come with their first items.
pub(super) async fn list_of_shelves(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let (rows, cards) = shelves(&shared);
    let mut people = lock(&shared.people);
    let doings = people.of(person);
    let list: Vec<Value> = (0..rows)
        .map(|number| {
            let link = format!("shelves/{}", number + 1);
            let name = SHELVES.get(number).filter(|_| shared.library.is_none());
            match name {
                None => json!({
                    "id": number + 1, "name": format!("Shelf {}", number + 1), "link": link,
                }),
                Some(name) => {
                    let inline = INLINE.min(cards);
                    let items: Vec<Value> = (0..inline)
                        .map(|place| Title::nth(start_of(number) + place))
                        .map(|title| title.item(&doings.about(title)))
                        .collect();
                    json!({
                        "id": number + 1, "name": name, "items": items,
                        "links": { "next": format!("{link}?after={inline}") },
                    })
                }
            }
        })
        .collect();
    Ok(tagged(&headers, &json!({ "shelves": list }), COMMON))
}

/// Where in the library a shelf begins.
fn start_of(shelf: usize) -> usize {
    shelf * 7 + 3
}

/// `?page=2`, or `?after=12` where the items before came with the list of shelves.
#[derive(Debug, Deserialize)]
pub(super) struct OnShelf {
    page: Option<usize>,
    after: Option<usize>,
}

/// `GET /api/library/shelves/{number}`.
pub(super) async fn shelf(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    Path(number): Path<usize>,
    Query(asked): Query<OnShelf>,
    headers: HeaderMap,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let (rows, cards) = shelves(&shared);
    if !(1..=rows).contains(&number) {
        return Ok(nothing_here().await);
    }
    let after = asked.after.unwrap_or(0).min(cards);
    let mut people = lock(&shared.people);
    let mut page = page(
        people.of(person),
        start_of(number - 1) + after,
        cards - after,
        asked.page,
        &number.to_string(),
    );
    if after > 0
        && let Some(next) = page["links"]["next"].as_str()
    {
        page["links"]["next"] = format!("{next}&after={after}").into();
    }
    // Artwork is one folder further up from here.
    for item in page["items"].as_array_mut().into_iter().flatten() {
        let artwork = item["artwork"].as_str().unwrap_or_default();
        item["artwork"] = format!("../{artwork}").into();
    }
    Ok(tagged(&headers, &page, COMMON))
}

/// `POST /api/list/{id}`: puts a title on the list; one that is there moves to the front.
pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let Some(title) = Title::find(&id) else {
        return Ok(nothing_here().await);
    };
    let mut people = lock(&shared.people);
    let list = &mut people.of(person).list;
    list.retain(|known| *known != title);
    if list.len() >= LIST {
        return Ok(problem(
            StatusCode::CONFLICT,
            "Your list is full. Take something off it first.",
        ));
    }
    list.insert(0, title);
    Ok(Json(json!({ "id": id, "on_list": true })).into_response())
}

/// `DELETE /api/list/{id}`: takes a title off the list; one that is not there is as good as removed.
pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let Some(title) = Title::find(&id) else {
        return Ok(nothing_here().await);
    };
    let mut people = lock(&shared.people);
    people.of(person).list.retain(|known| *known != title);
    Ok(Json(json!({ "id": id, "on_list": false })).into_response())
}

/// What `PUT /api/watched/{id}` is sent.
#[derive(Debug, Deserialize)]
pub(super) struct Watched {
    watched: bool,
}

/// `PUT /api/watched/{id}`: what was seen to the end leaves "Continue watching".
pub(super) async fn watched(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Watched>,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let Some(title) = Title::find(&id) else {
        return Ok(nothing_here().await);
    };
    let mut people = lock(&shared.people);
    let known = &mut people.of(person).watched;
    let _ = if sent.watched {
        known.insert(title.id())
    } else {
        known.remove(&title.id())
    };
    let words = if sent.watched {
        "Marked as watched."
    } else {
        "Not watched after all."
    };
    Ok(Json(json!({ "id": id, "watched": sent.watched, "message": words })).into_response())
}

/// What `PATCH /api/titles/{id}` is sent.
#[derive(Debug, Deserialize)]
pub(super) struct Change {
    position: f64,
}

/// `PATCH /api/titles/{id}`: where somebody is in a title, in seconds.
pub(super) async fn change(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Change>,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let Some(title) = Title::find(&id) else {
        return Ok(nothing_here().await);
    };
    let position = sent.position.clamp(0.0, title.length() as f64);
    let mut people = lock(&shared.people);
    let _ = people.of(person).positions.insert(title.id(), position);
    Ok(Json(json!({ "id": id, "position": position })).into_response())
}

/// `GET /api/artwork/{id}.png`: needs no token, as pictures on most content networks do not.
pub(super) async fn artwork(
    State(shared): State<Arc<Shared>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    match file.strip_suffix(".png").and_then(Title::find) {
        Some(title) => artwork::serve(&shared, Picture::Title(title.of.id), &headers).await,
        None => nothing_here().await,
    }
}

/// Any other address of the API.
pub(super) async fn nothing_here() -> Response {
    problem(StatusCode::NOT_FOUND, "There is nothing here.")
}

/// Problem details (RFC 9457).
pub(super) fn problem(status: StatusCode, detail: &str) -> Response {
    let body =
        json!({ "status": status.as_u16(), "title": status.canonical_reason(), "detail": detail });
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, kind, body.to_string()).into_response()
}
