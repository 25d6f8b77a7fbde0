//! A row of the home screen: configured, or found in the API's own list of rows.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};
use url::Url;

use super::first_page::{FirstPage, Question};
use super::inline::InlinePage;
use super::page::{Origin, Page};
use crate::api::Error;
use crate::api::action::{ActionPlan, CardAction, Refresh, RequiredFor, Requirement};
use crate::api::cache::Spools;
use crate::api::fill::{Given, Moment, RequestTemplate};
use crate::api::mapping::card::Card;
use crate::api::mapping::plan::{self, Plan};
use crate::api::mapping::selector::Selector;
use crate::api::mapping::value;
use crate::api::request::api_origin::ApiOrigin;
use crate::api::request::page_request::PageRequest;
use crate::config::{self, LocalizedText, PageKind};
use crate::session::CacheDir;
use device_flow::json::Wanted;

/// A row: what it is called, and where its cards come from. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Tells it from the other rows, across reloads.
    pub id: String,
    /// Heading above it.
    pub title: LocalizedText,
    /// The heading of the row of the home screen that it belongs to, by which actions name it.
    known_as: Arc<LocalizedText>,
    pub(crate) plan: Arc<Plan>,
    /// What its cards open: a row that lacks the card.
    opens: Option<Arc<Self>>,
    /// What it asks.
    pub(crate) ask: Arc<RequestTemplate>,
    /// The card that opened it, where one did: it fills blanks of what is asked.
    pub(crate) given: Option<Arc<Given>>,
    pub(crate) actions: Arc<[Arc<ActionPlan>]>,
    pub(crate) from: RowOrigin,
}

/// Where the cards of a row come from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RowOrigin {
    /// The row's own path.
    Path,
    /// An address that the API's list of rows names.
    Link(Url),
    /// The API's list of rows itself, as of a time.
    Inline(Arc<InlinePage>),
}

impl InlinePage {
    /// The row that stands for the list in which `row` was found.
    pub(crate) fn parent(&self, row: &Row) -> Row {
        Row {
            id: self.list.parent.to_string(),
            title: LocalizedText::default(),
            known_as: row.known_as.clone(),
            plan: row.plan.clone(),
            opens: row.opens.clone(),
            ask: row.ask.clone(),
            given: row.given.clone(),
            actions: row.actions.clone(),
            from: RowOrigin::Path,
        }
    }
}

/// The rows in an API's list of rows, as [`Client::rows_in`](crate::api::Client::rows_in) finds them.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The rows, in the API's order.
    pub rows: Vec<Row>,
    /// When the API last said so.
    pub fetched_at: SystemTime,
    /// Where the list came from.
    pub origin: Origin,
}

impl Rows {
    /// The first page of one of them. May read a file.
    pub(crate) fn first_page_of(&self, id: &str) -> Result<Page, Error> {
        let row = self.rows.iter().find(|row| row.id == id);
        match row.map(|row| (&row.from, &row.plan)) {
            Some((RowOrigin::Inline(inline), plan)) => inline.page(plan),
            Some((RowOrigin::Path | RowOrigin::Link(_), _)) | None => Err(Error::Shape(
                "the row is no longer in the API's list of rows".to_owned(),
            )),
        }
    }

    /// The same, with what is written of them kept as [`Spools::keep`] has it.
    pub(crate) fn kept(mut self, spools: &Spools, folder: Option<&CacheDir>) -> Self {
        let mut kept = None;
        for row in &mut self.rows {
            if let RowOrigin::Inline(inline) = &mut row.from {
                let inline = Arc::make_mut(inline);
                // They all stand in one.
                let spool = kept.get_or_insert_with(|| spools.keep(inline.spool.clone(), folder));
                inline.spool = spool.clone();
            }
        }
        self
    }
}

impl Row {
    /// Whether anything of its cards changes on the screen by itself, with the minute.
    pub fn moves(&self) -> bool {
        self.plan.moves
    }

    /// What logs may call it: the owner's heading above it, or above the row whose card opened it. One that the API made
    /// goes by its number.
    pub fn log_name(&self) -> String {
        let title = self.known_as.to_string();
        match &self.from {
            RowOrigin::Path if !title.is_empty() => title,
            _ => format!("row {}", self.number()),
        }
    }

    /// The same, with cards of another time and origin.
    pub(crate) fn dated(mut self, fetched_at: SystemTime, origin: Origin) -> Self {
        if let RowOrigin::Inline(inline) = &mut self.from {
            let inline = Arc::make_mut(inline);
            (inline.fetched_at, inline.origin) = (fetched_at, origin);
        }
        self
    }

    /// A row of the configuration, the one at `index`.
    pub fn new(index: usize, row: &config::Row) -> Self {
        let known_as = Arc::new(row.title.clone());
        let ask = RequestTemplate::of_row(row, |_| usize::MAX);
        Self::read(index.to_string(), row, &known_as, ask)
    }

    /// A row of the configuration, or what the cards of one open.
    fn read(
        id: String,
        row: &config::Row,
        known_as: &Arc<LocalizedText>,
        ask: RequestTemplate,
    ) -> Self {
        let mut required = Vec::new();
        let actions = row.actions.iter();
        let actions = actions.map(|one| Arc::new(ActionPlan::new(one, row, &mut required)));
        let actions = actions.collect();
        let opens = row.opens.as_deref().map(|opens| {
            let mut opens = opens.clone();
            // It is the same API's where it does not say otherwise.
            opens.api = opens.api.or_else(|| row.api.clone());
            let ask = RequestTemplate::of_row(&opens, |place| plan::field(&mut required, place));
            Arc::new(Self::read(format!("{id}.opens"), &opens, known_as, ask))
        });
        Self {
            id,
            title: row.title.clone(),
            known_as: known_as.clone(),
            plan: Arc::new(Plan::new(row, required)),
            opens,
            ask: Arc::new(ask),
            given: None,
            actions,
            from: RowOrigin::Path,
        }
    }

    /// A row that was found in the answer of this one.
    pub(crate) fn found(&self, id: String, title: String, from: RowOrigin) -> Self {
        Self {
            id,
            known_as: Arc::new(LocalizedText::One(title.clone())),
            title: LocalizedText::One(title),
            from,
            ..self.clone()
        }
    }

    /// What a card opens: the row of its children. None where nothing is configured, or the item lacks what fills the
    /// blanks of the path: a file among folders.
    pub fn opened_by(&self, card: &Card) -> Option<Self> {
        let opens = self.opens.as_ref()?;
        let has = |field: &usize| card.fields.get(*field).and_then(value::raw).is_some();
        let is_named = !opens.ask.names_item() || card.sent_id().is_some();
        let may_open = is_named && opens.ask.in_path().iter().all(has);
        may_open.then(|| Self {
            id: format!("{}.{}", opens.id, card.id),
            given: Some(Arc::new(Given::of(card))),
            ..(**opens).clone()
        })
    }

    /// Whether cards of it may open something.
    pub fn may_open(&self) -> bool {
        self.opens.is_some()
    }

    /// What of an item its actions and what its cards open are given, in the order of the configuration.
    pub(crate) fn requirements(&self) -> Vec<Requirement> {
        let need = |part: &str, field: usize, of: RequiredFor| Requirement {
            part: format!("opens.{part}"),
            field,
            of,
        };
        let actions = self.actions.iter();
        let mut all: Vec<_> = actions.flat_map(|action| action.requirements()).collect();
        if let Some(opens) = &self.opens {
            let in_path = opens.ask.in_path().into_iter();
            all.extend(in_path.map(|field| need("path", field, RequiredFor::Path)));
            let in_body = opens.ask.in_body().into_iter();
            all.extend(in_body.map(|field| need("body", field, RequiredFor::Body)));
        }
        all
    }

    /// Whether it is to be loaded anew after an action that says so of `which`.
    pub fn is_concerned(&self, which: &Refresh) -> bool {
        self.known_as.texts().any(|title| which.concerns(title))
    }

    /// Which row of the configuration it is, or was found by, from 1: what logs call it, who must not tell titles that
    /// an API made for a person.
    pub fn number(&self) -> usize {
        let index = self.id.split('.').next();
        index
            .and_then(|index| index.parse().ok())
            .map_or(0, |index: usize| index + 1)
    }

    /// What it asks `origin`, its API, in the name of this person.
    ///
    /// # Errors
    /// As [`FirstPage::of`].
    pub(crate) fn first_page(
        &self,
        origin: &ApiOrigin,
        person: &Arc<Map<String, Value>>,
        moment: Moment,
    ) -> Result<FirstPage, Error> {
        if let RowOrigin::Link(url) = &self.from {
            let request = PageRequest::get(self.ask.api.clone(), url.clone());
            return Ok(FirstPage::at(request, moment));
        }
        let page = match &self.plan.paging {
            Some(paging) if paging.kind == PageKind::Number => Value::from(paging.start),
            Some(paging) if paging.kind == PageKind::Offset => Value::from(0),
            _ => Value::Null,
        };
        let question = Question {
            ask: self.ask.clone(),
            base_url: origin.base_url.clone(),
            person: person.clone(),
            given: self.given.clone(),
            page,
        };
        FirstPage::of(question, moment)
    }

    /// Whether this row stands for those in the API's own list: ask [`Client::rows_in`](crate::api::Client::rows_in) for them
    /// and show them in its place. Until they are there it is shown as one row that loads, or that failed.
    pub fn stands_for_many(&self) -> bool {
        self.plan.rows.is_some() && self.from == RowOrigin::Path
    }

    /// Where its items are: in its answer, or in its own part of the list of rows.
    pub(crate) fn items(&self) -> &Selector {
        match (&self.from, &self.plan.rows) {
            (RowOrigin::Inline(_), Some(rows)) => rows.items.as_ref().unwrap_or(&self.plan.items),
            _ => &self.plan.items,
        }
    }

    /// What is looked at in the answer in which it stands.
    pub(crate) fn wanted(&self) -> Wanted {
        match (&self.from, &self.plan.rows) {
            (RowOrigin::Inline(_), Some(source)) => self.plan.of_rows(source),
            _ => self.plan.of_page(),
        }
    }

    /// The API that it is asked of, where that is not `[api]`.
    pub fn api(&self) -> Option<&str> {
        self.ask.api.as_deref()
    }

    /// After how long the row is to be loaded anew while it is on screen; none is only when home is opened.
    pub fn refresh_every(&self) -> Option<Duration> {
        self.plan.refresh_every
    }

    /// The form of its cards.
    pub fn shape(&self) -> config::Shape {
        self.plan.shape
    }

    /// The buttons that the detail screen of `card` has, in order.
    pub fn actions(&self, card: &Card) -> Vec<CardAction> {
        self.actions
            .iter()
            .filter(|action| action.is_offered(card))
            .map(|action| CardAction::new(action.clone(), card))
            .collect()
    }
}
