//! The media library: three rows, a list per person, and artwork.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::artwork::{self, Picture};
use super::bearer::{Caller, Unauthorized};
use super::catalogue::{self, TITLES, Title};
use super::families::Holder;
use super::people::{PEOPLE, Person};
use super::scope;
use super::shared::{Shared, lock};

/// What each person keeps on their list, newest first, by person id. In memory: a demo begins tidy.
#[derive(Debug, Default)]
pub(super) struct Lists(HashMap<&'static str, Vec<&'static Title>>);

impl Lists {
    fn of(&mut self, person: &'static Person) -> &mut Vec<&'static Title> {
        self.0
            .entry(person.id)
            .or_insert_with(|| catalogue::run(shift(person) + 17, 12).collect())
    }
}

/// Where in the catalogue a person's rows begin: each sees others.
fn shift(person: &Person) -> usize {
    let place = PEOPLE.iter().position(|other| other.id == person.id);
    place.unwrap_or(0) * 7
}

/// One item of a row. The artwork's address is relative to the row's own.
fn item(title: &Title, progress: Option<f64>) -> Value {
    json!({
        "id": title.id,
        "name": title.name,
        "episode": title.episode,
        "summary": title.summary,
        "artwork": format!("../artwork/{}.png", title.id),
        "progress": progress,
    })
}

fn items(items: impl Iterator<Item = Value>) -> Json<Value> {
    Json(json!({ "items": items.collect::<Vec<Value>>() }))
}

/// `GET /api/library/continue`.
pub(super) async fn continue_watching(caller: Caller) -> Result<Json<Value>, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let titles = catalogue::run(shift(person), 14).enumerate();
    let row = titles.map(|(place, title)| {
        let percent = (place * 29 + 37) % 90 + 5;
        item(title, Some(percent as f64 / 100.0))
    });
    Ok(items(row))
}

/// `GET /api/library/my-list`.
pub(super) async fn my_list(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
) -> Result<Json<Value>, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let mut lists = lock(&shared.lists);
    let row = lists.of(person).iter().map(|title| item(title, None));
    Ok(items(row))
}

/// `GET /api/library/new`: the same for everyone.
pub(super) async fn new_this_week(caller: Caller) -> Result<Json<Value>, Unauthorized> {
    let _ = caller.needs(scope::LIBRARY)?;
    let row = TITLES.iter().rev().take(18);
    Ok(items(row.map(|title| item(title, None))))
}

/// `POST /api/list/{id}`: puts a title on the list; one that is there moves to the front.
pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let Some(title) = catalogue::find(&id) else {
        return Ok(nothing_here().await);
    };
    let mut lists = lock(&shared.lists);
    let list = lists.of(person);
    list.retain(|known| known.id != title.id);
    list.insert(0, title);
    Ok(Json(json!({ "id": title.id, "on_list": true })).into_response())
}

/// `DELETE /api/list/{id}`: takes a title off the list; one that is not there is as good as removed.
pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Unauthorized> {
    let Holder { person, .. } = caller.needs(scope::LIBRARY)?;
    let Some(title) = catalogue::find(&id) else {
        return Ok(nothing_here().await);
    };
    lock(&shared.lists)
        .of(person)
        .retain(|known| known.id != title.id);
    Ok(Json(json!({ "id": title.id, "on_list": false })).into_response())
}

/// `GET /api/artwork/{id}.png`: needs no token, as pictures on most content networks do not.
pub(super) async fn artwork(
    State(shared): State<Arc<Shared>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    match file.strip_suffix(".png").and_then(catalogue::find) {
        Some(title) => artwork::serve(&shared, Picture::Title(title.id), &headers).await,
        None => nothing_here().await,
    }
}

/// Any other address of the API.
pub(super) async fn nothing_here() -> Response {
    let body = Json(json!({ "error": "not_found" }));
    (StatusCode::NOT_FOUND, body).into_response()
}
