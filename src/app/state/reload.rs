//! The configuration, read again: what takes effect at once does, and the rest is named.

use std::sync::Arc;

use iced::Task;
use secrecy::SecretString;
use serde_json::json;

use super::accounts::Behind;
use super::boot::read_logo;
use super::control::ControlMessage;
use super::screen::Greeted;
use super::{App, Message, Now, Screen};
use crate::app::control::{FreshConfig, Refusal};
use crate::app::idle::IdleLimits;
use crate::app::remote::Remote;
use crate::config::{Contents, Reload};
use crate::host::control_socket::Request;
use crate::host::event::{self, Event};
use crate::host::speech::Voice;
use crate::session::Session;

/// What a reload has read, away from the loop that draws.
pub struct Reread {
    fresh: FreshConfig,
    contents: Contents,
    secret: Option<SecretString>,
}

impl Reread {
    fn of(fresh: FreshConfig) -> Result<Self, Refusal> {
        let secret = fresh.config.provider.client_secret();
        Ok(Self {
            contents: Contents::read(&fresh.config),
            secret: secret.map_err(|error| Refusal::usage(error.to_string()))?,
            fresh,
        })
    }
}

impl App {
    /// Reads the configuration again, away from the loop that draws. Whoever asked hears what came of it.
    pub(super) fn reload(&mut self, asked: Option<Request>) -> Task<Message> {
        let Some(read) = self.launch.read_config.clone() else {
            let refusal = Refusal::usage("this window runs the demo, which has no file to read");
            return Task::done(reloaded(Err(refusal), asked));
        };
        let reading = tokio::task::spawn_blocking(move || read().and_then(Reread::of));
        Task::future(async move {
            let read = reading
                .await
                .unwrap_or_else(|error| Err(Refusal::now("unexpected", error.to_string())));
            reloaded(read, asked)
        })
    }

    /// The configuration was read again. A file that is not right changes nothing.
    pub(super) fn reloaded(
        &mut self,
        read: Result<Reread, Refusal>,
        asked: Option<Request>,
        now: Now,
    ) -> Task<Message> {
        let Reread {
            fresh,
            contents,
            secret,
        } = match read {
            Ok(read) => read,
            Err(refusal) => {
                event::tell(Event::ConfigRefused {
                    why: refusal.message.replace('\n', "; "),
                });
                if let Some(asked) = asked {
                    asked.answer(&refusal.into());
                }
                return Task::none();
            }
        };
        let running = self.launch.config.as_deref();
        // Before anything has come of it, and where nothing could, the program begins with what is read.
        let begins = self.context.is_none();
        let reload = match running.filter(|_| !begins) {
            Some(running) => {
                let rewritten = self.control.contents.rewritten(&contents);
                Reload::new(running, &fresh.config, rewritten)
            }
            None => Reload::whole(running, fresh.config),
        };
        let waiting = reload
            .after_restart
            .iter()
            .map(|waiting| waiting.key.as_str());
        event::tell(Event::ConfigReloaded {
            after_restart: waiting.collect::<Vec<_>>().join(" "),
        });
        if let Some(asked) = asked {
            asked.answer(&json!({
                "file": fresh.file.display().to_string(),
                "applied": reload.applied,
                "after_restart": reload.after_restart,
                "warnings": fresh.warnings,
            }));
        }
        self.launch.config_file = Some(fresh.file);
        self.control.after_restart.clone_from(&reload.after_restart);
        let waits = |key: &str| {
            reload
                .after_restart
                .iter()
                .any(|waiting| waiting.key == key)
        };
        self.control.contents = self.control.contents.followed_by(contents, waits);
        self.launch.config = Some(Arc::new(reload.config.clone()));
        match begins {
            true => self.boot(now),
            false => self.put_in_force(&reload, secret, now),
        }
    }

    /// Has every part of the program follow what was read. The screen that is on stays, and so does a code on it; a home
    /// is opened anew where what it shows has changed.
    fn put_in_force(
        &mut self,
        reload: &Reload,
        secret: Option<SecretString>,
        now: Now,
    ) -> Task<Message> {
        let config = Arc::new(reload.config.clone());
        if let Some(context) = &mut self.context {
            let path = std::env::var_os("PATH");
            context.voice = Voice::find(&config.speech.command, path.as_deref());
            context.config = Arc::clone(&config);
            if let Some(secret) = secret.filter(|_| reload.touches(&["provider"])) {
                context.client.replace_secret(secret);
            }
        }
        self.input.use_remote(Remote::new(&config.remote));
        self.idle
            .limit(IdleLimits::of(&config), &self.launch.cache_dir);
        self.backdrop.reread();
        let screen = self.screen_settings();
        self.chrome.title.clone_from(&screen.title);
        self.chrome.clock = screen.clock.then(String::new);
        let logo = match screen.logo {
            Some(file) => read_logo(file, screen.logo_plate),
            None => Task::done(Message::Logo(None)),
        };
        let looks = self.apply_preferences(now);
        let homes = match reload.touches(&["api", "apis", "profile"]) {
            true => self.open_homes_anew(now),
            false => Task::none(),
        };
        Task::batch([logo, looks, homes])
    }

    /// Opens the home on the screen, and the one under it, for the same person once more.
    fn open_homes_anew(&mut self, now: Now) -> Task<Message> {
        let mut work = Vec::new();
        // Rows and APIs that are gone are asked no more; the others tell at once what is wrong with them.
        event::nobody_asks();
        // A sign-out that is under way comes to its end on the screen where it was asked for.
        let stays = |session: &Session| (!session.is_leaving()).then(|| session.clone());
        if let Some(session) = self.accounts.session_behind().and_then(stays)
            && let Some((visit, task)) = self.open_home(session, now)
        {
            self.accounts.behind = Behind::Home(visit);
            work.push(task);
        }
        let here = self.screen.active().visit();
        if let Some(session) = here.map(super::accounts::Visit::session).and_then(stays)
            && let Some((visit, task)) = self.open_home(session, now)
        {
            match std::mem::take(&mut self.screen) {
                Screen::Success(Greeted { greeting, .. }) => {
                    self.screen = Screen::Success(Greeted { greeting, visit });
                }
                _ => self.screen = Screen::Home(visit),
            }
            work.push(task);
        }
        Task::batch(work)
    }
}

fn reloaded(read: Result<Reread, Refusal>, asked: Option<Request>) -> Message {
    Message::Control(ControlMessage::Reloaded(Box::new(read), asked))
}
