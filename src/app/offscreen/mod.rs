//! The signed-in area without a window: its tasks are run, its messages taken in, its view laid out, against
//! an API on loopback. For tests and benches.

// What cannot go on should stop where it is; clippy allows that in test functions only.
#![allow(clippy::unwrap_used, clippy::panic)]

mod surface;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::i18n;
use crate::app::remote::Button;
use crate::app::renderer::Renderer;
use crate::app::screen::Context;
use crate::app::screen::home::{self, Home, Message};
use crate::app::theme::{Look, SANS};
use crate::app::widget::Chrome;
use crate::config::Config;
use crate::host::start_delay::StartDelay;
use crate::session::{AccountState, Accounts, Session};
use futures::stream::{BoxStream, SelectAll, StreamExt};
use iced::advanced::renderer::Headless;
use iced::advanced::widget::{Id, Operation};
use iced::{Pixels, Rectangle, Size, Task};
use iced_runtime::user_interface::{Cache, UserInterface};
use iced_runtime::{Action, task};

pub use surface::Surface;

/// Longest wait for anything.
const DEADLINE: Duration = Duration::from_secs(60);

/// The signed-in area of somebody whose account is on disk.
pub struct Screen {
    /// What is on it.
    pub home: Home,
    /// How it is drawn.
    pub look: Look,
    /// What lies over it.
    pub chrome: Chrome,
    tasks: SelectAll<BoxStream<'static, Action<Message>>>,
    /// Messages taken in.
    pub messages: usize,
}

impl Screen {
    /// Opens it at 1080p with what is in `folder`. `api` is the `[api]` part of the configuration.
    pub fn open(folder: &Path, api: &str) -> Self {
        let config: Config = toml::from_str(&format!(
            r#"
            [provider]
            preset = "oauth2"
            client_id = "tv"
            issuer = "http://127.0.0.1:9"
            device_authorization_endpoint = "http://127.0.0.1:9/device"
            token_endpoint = "http://127.0.0.1:9/token"
            {api}
            "#
        ))
        .unwrap();
        let look = Look::new(&config.screen, Size::new(1920.0, 1080.0), i18n::language());
        let context = Context {
            client: config.client().unwrap(),
            accounts: Accounts::new(folder, &folder.join("cache")),
            profile: "default".to_owned(),
            config: Arc::new(config),
            voice: None,
            start: StartDelay::none(),
        };
        let session = session(&context);
        let (home, task) = Home::new(&context, session, &look, Instant::now());
        let mut screen = Self {
            home,
            look,
            chrome: Chrome::default(),
            tasks: SelectAll::new(),
            messages: 0,
        };
        screen.run(task);
        screen
    }

    /// Runs a task of the screen.
    pub fn run(&mut self, task: Task<Message>) {
        if let Some(stream) = task::into_stream(task) {
            self.tasks.push(stream);
        }
    }

    fn act(&mut self, action: home::Action) {
        match action {
            home::Action::Run(task) => self.run(task),
            home::Action::None => {}
            other => panic!("the screen was left: {other:?}"),
        }
    }

    /// Presses buttons.
    pub fn press(&mut self, buttons: &[Button]) {
        for button in buttons {
            let action = self.home.press(*button, &self.look, Instant::now());
            self.act(action);
        }
    }

    /// Takes in what comes until `condition` holds.
    pub async fn until(&mut self, what: &str, condition: impl Fn(&Self) -> bool) {
        let late = tokio::time::sleep(DEADLINE);
        tokio::pin!(late);
        while !condition(self) {
            tokio::select! {
                Some(action) = self.tasks.next() => self.take(action),
                () = &mut late => panic!(
                    "not {what}: {:?} {:?} {:?}", self.home.rows_shown(), self.blanks(), self.texts()
                ),
            }
        }
    }

    /// Presses Right until this has the focus, and takes in meanwhile what comes.
    pub async fn walk_to(&mut self, focus: &str) {
        let start = Instant::now();
        while self.home.focus().as_deref() != Some(focus) {
            assert!(start.elapsed() < DEADLINE, "{:?}", self.home.focus());
            self.press(&[Button::Right]);
            self.take_in(Duration::from_millis(20)).await;
        }
    }

    /// Takes in what comes for so long.
    pub async fn take_in(&mut self, time: Duration) {
        let over = tokio::time::sleep(time);
        tokio::pin!(over);
        loop {
            tokio::select! {
                Some(action) = self.tasks.next() => self.take(action),
                () = &mut over => return,
            }
        }
    }

    fn take(&mut self, action: Action<Message>) {
        if let Action::Output(message) = action {
            self.messages += 1;
            let action = self.home.update(message, &self.look, Instant::now());
            self.act(action);
        }
    }

    /// What the rows in view show, in a word each.
    pub fn rows(&self) -> Vec<&'static str> {
        self.home.rows_shown()
    }

    /// Cards in view that wait for a picture.
    pub fn blanks(&self) -> usize {
        self.home.blanks(&self.look)
    }

    /// Every text on the screen.
    pub fn texts(&self) -> Vec<String> {
        let renderer = <Renderer as Headless>::new(SANS, Pixels(16.0), Some("tiny-skia"));
        let mut renderer = futures::executor::block_on(renderer).unwrap();
        let view = self.home.view(&self.look, &self.chrome);
        let size = self.look.window();
        let mut interface = UserInterface::build(view, size, Cache::default(), &mut renderer);
        let mut texts = Texts(Vec::new());
        interface.operate(&renderer, &mut texts);
        texts.0
    }

    /// Whether some text on the screen holds these words.
    pub fn says(&self, words: &str) -> bool {
        self.texts().iter().any(|text| text.contains(words))
    }
}

struct Texts(Vec<String>);

impl Operation for Texts {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn text(&mut self, _: Option<&Id>, _: Rectangle, text: &str) {
        self.0.push(text.to_owned());
    }
}

fn session(context: &Context) -> Session {
    let file = context.accounts.file(&context.profile);
    if !file.exists() {
        let account = serde_json::json!({
            "schema": 1,
            "issuer": context.client.issuer(),
            "client_id": context.client.client_id(),
            "subject": "ada",
            "display_name": "Ada Lovelace",
            "access_token": "not-a-token",
            "refresh_token": "not-a-token-either",
            "token_type": "Bearer",
            "signed_in_at": 1_700_000_000,
        });
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, account.to_string()).unwrap();
    }
    match Session::restore(&context.accounts, &context.client, &context.profile) {
        Ok(AccountState::SignedIn(session)) => session,
        other => panic!("not restored: {other:?}"),
    }
}
