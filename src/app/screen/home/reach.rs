//! How a home reaches the owner's API and its pictures, and what of them is kept.

use std::time::Instant;

use iced::Task;

use super::{Home, Message};
use crate::api;
use crate::app::pictures::{self, PictureSource};
use crate::app::screen::Context;
use crate::app::theme::Look;
use crate::config::Config;
use crate::session::Session;

impl Home {
    /// A guest has become an account of this device: what comes from now on is kept. What is there stays on the screen.
    pub fn kept(&mut self, context: &Context, look: &Look, now: Instant) -> Task<Message> {
        self.account = self.session.account();
        let (api, source) = reach(context, &self.session);
        self.api = api;
        let coming = match source {
            Some(source) => self.pictures.come_from(source),
            None => Task::none(),
        };
        Task::batch([self.load(look, now), coming.map(Message::Picture)])
    }
}

/// What speaks with the owner's API, where there is one, and where its pictures come from. Of a guest nothing is kept.
pub(super) fn reach(
    context: &Context,
    session: &Session,
) -> (
    Option<Result<api::Client, api::Error>>,
    Option<PictureSource>,
) {
    let config = &context.config;
    let api = config.api.as_ref().map(|_| {
        let cache = session.cache_dir().map(api::ResponseCache::responses);
        let client = api::Client::new(config, session.clone(), cache);
        client.map(|client| client.after(context.start.clone()))
    });
    let source = match &api {
        Some(Ok(client)) => {
            let disk = session.cache_dir().map(api::ResponseCache::pictures);
            Some(PictureSource::new(client.clone(), disk))
        }
        Some(Err(_)) | None => None,
    };
    (api, source)
}

/// Bytes that pictures may take.
pub(super) fn budget(config: &Config) -> usize {
    let mebibytes = config
        .api
        .as_ref()
        .map(|api| api.picture_memory_mib as usize);
    mebibytes.map_or(pictures::BUDGET, |mebibytes| mebibytes << 20)
}
