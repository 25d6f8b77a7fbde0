//! Loads what the screen requests and delivers it in batches; has no rules of its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use futures::channel::mpsc;
use futures::future::{BoxFuture, FutureExt, WeakShared};
use futures::{SinkExt, Stream};
use iced::stream;
use tokio::sync::{Semaphore, watch};
use tokio::task::{AbortHandle, JoinSet};
use url::Url;

use super::queue::{DeliveryGap, PictureRequest, Queue};
use super::{Delivery, PictureFailure, PictureKey, Pixels};
use crate::api::{self, CachedResponse, Image, ResponseCache};
use crate::app::theme::token;
use crate::host::panics;

/// Decoders at work at once.
const DECODERS: usize = 2;
/// Longest time for the decoding of one picture.
const LONGEST: Duration = Duration::from_secs(5);

type ImageLoad = BoxFuture<'static, Result<Image, api::Error>>;

/// Where pictures come from. Cheap to clone.
#[derive(Debug, Clone)]
pub struct PictureSource {
    client: api::Client,
    /// None for a guest.
    disk: Option<ResponseCache>,
    /// Addresses that are kept elsewhere.
    others: Arc<HashMap<Url, ResponseCache>>,
    /// What is on its way: a picture that is wanted in two sizes is loaded once.
    loads: Arc<Mutex<HashMap<Url, WeakShared<ImageLoad>>>>,
    decoders: Arc<Semaphore>,
}

impl PictureSource {
    /// Pictures from the network, kept on `disk`, where anything may be kept.
    pub fn new(client: api::Client, disk: Option<ResponseCache>) -> Self {
        Self {
            client,
            disk,
            others: Arc::default(),
            loads: Arc::default(),
            decoders: Arc::new(Semaphore::new(DECODERS)),
        }
    }

    /// The same, but the pictures of these addresses are kept where is said: each with its own account.
    #[must_use]
    pub fn with(self, others: HashMap<Url, ResponseCache>) -> Self {
        let others = Arc::new(others);
        Self { others, ..self }
    }

    fn disk(&self, url: &Url) -> Option<ResponseCache> {
        self.others.get(url).or(self.disk.as_ref()).cloned()
    }

    async fn load(self, key: PictureKey) -> (PictureKey, Result<Pixels, PictureFailure>) {
        let result = self.pixels(&key).await;
        (key, result)
    }

    /// From disk where it is fresh there; else from the network; else from disk all the same.
    async fn pixels(&self, key: &PictureKey) -> Result<Pixels, PictureFailure> {
        let found = {
            let (disk, url) = (self.disk(&key.url), key.url.clone());
            let read = panics::contained((), move || disk.and_then(|disk| disk.read(&url)));
            read.await.map_err(PictureFailure::Decode)?
        };
        let old = match found {
            Some(found) if found.is_fresh(&key.url, SystemTime::now()) => {
                match self.decode(key, found.body, None).await {
                    Ok(pixels) => return Ok(pixels),
                    // As if it were not there.
                    Err(_) => None,
                }
            }
            other => other,
        };
        let failure = match self.fetch(&key.url, old.clone()).await {
            Ok(Image { file, copy }) => return self.decode(key, file, Some(copy)).await,
            Err(error) => PictureFailure::from(error),
        };
        match old {
            Some(found) => self.decode(key, found.body, None).await,
            None => Err(failure),
        }
    }

    /// From the network, by a load that is on its way where there is one.
    async fn fetch(&self, url: &Url, before: Option<CachedResponse>) -> Result<Image, api::Error> {
        let load = {
            // A lock whose holder panicked still holds loads.
            let mut loads = self.loads.lock().unwrap_or_else(PoisonError::into_inner);
            loads.retain(|_, load| load.upgrade().is_some());
            if let Some(load) = loads.get(url).and_then(WeakShared::upgrade) {
                load
            } else {
                let (client, asked) = (self.client.clone(), url.clone());
                let load = async move { client.image(&asked, before.as_ref()).await };
                let load = load.boxed().shared();
                let weak = load.downgrade();
                let _ = weak.and_then(|weak| loads.insert(url.clone(), weak));
                load
            }
        };
        load.await
    }

    /// Makes pixels of a file; what came from the network is kept then, or not, as its server says.
    async fn decode(
        &self,
        key: &PictureKey,
        file: Arc<[u8]>,
        came: Option<Option<CachedResponse>>,
    ) -> Result<Pixels, PictureFailure> {
        // The semaphore is never closed.
        let permit = Arc::clone(&self.decoders).acquire_owned().await;
        let (disk, key) = (self.disk(&key.url), key.clone());
        // The permit is held until the thread is free, also when the picture is not wanted any more.
        let work = panics::contained(permit, move || {
            let decoded = key.made_of(&file, Instant::now() + LONGEST);
            if let Some(disk) = disk {
                let is_good = decoded.is_ok();
                // Nobody waits for the disk.
                drop(tokio::task::spawn_blocking(move || match (is_good, came) {
                    (true, Some(Some(copy))) => disk.write(&key.url, &copy),
                    (true, None) => {}
                    (false, _) | (true, Some(None)) => disk.invalidate(&key.url),
                }));
            }
            decoded
        });
        match tokio::time::timeout(LONGEST, work).await {
            Ok(Ok(decoded)) => decoded,
            Ok(Err(panicked)) => Err(PictureFailure::Decode(panicked)),
            Err(_) => Err(PictureFailure::Decode("decoding takes too long".to_owned())),
        }
    }
}

/// Loads for as long as there is a screen.
pub(super) fn load(
    source: PictureSource,
    requests: watch::Receiver<PictureRequest>,
) -> impl Stream<Item = Delivery> {
    stream::channel(1, async move |to_screen| {
        Loader {
            source,
            requests,
            to_screen,
            queue: Queue::default(),
            pace: DeliveryGap::new(token::FRAME),
            loads: JoinSet::new(),
            stops: HashMap::new(),
            ready: Vec::new(),
        }
        .run()
        .await;
    })
}

struct Loader {
    source: PictureSource,
    requests: watch::Receiver<PictureRequest>,
    to_screen: mpsc::Sender<Delivery>,
    queue: Queue,
    pace: DeliveryGap,
    /// Dropping it stops them all.
    loads: JoinSet<(PictureKey, Result<Pixels, PictureFailure>)>,
    stops: HashMap<PictureKey, AbortHandle>,
    ready: Delivery,
}

impl Loader {
    async fn run(mut self) {
        let mut due = Instant::now();
        loop {
            tokio::select! {
                changed = self.requests.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    self.request();
                }
                Some(load) = self.loads.join_next() => {
                    // One that was stopped is of no interest, and none panics.
                    let Ok((key, result)) = load else { continue };
                    let _ = self.stops.remove(&key);
                    if !self.queue.done(&key) {
                        continue;
                    }
                    if self.ready.is_empty() {
                        due = self.pace.due(Instant::now());
                    }
                    self.ready.push((key, result));
                    self.start();
                    if self.queue.is_idle() && !self.deliver().await {
                        return;
                    }
                }
                () = tokio::time::sleep_until(due.into()), if !self.ready.is_empty() => {
                    if !self.deliver().await {
                        return;
                    }
                }
            }
        }
    }

    fn request(&mut self) {
        let request = self.requests.borrow_and_update().clone();
        for key in self.queue.request(request) {
            if let Some(stop) = self.stops.remove(&key) {
                stop.abort();
            }
        }
        self.start();
    }

    fn start(&mut self) {
        while let Some(key) = self.queue.start() {
            let load = self.source.clone().load(key.clone());
            let _ = self.stops.insert(key, self.loads.spawn(load));
        }
    }

    /// Whether there is still a screen.
    async fn deliver(&mut self) -> bool {
        self.pace.delivered(Instant::now());
        self.queue.deliver();
        let ready = std::mem::take(&mut self.ready);
        self.to_screen.send(ready).await.is_ok()
    }
}
