//! A walk through the whole program with the remote, and what is said at each step.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use device_flow::{Error, GrantError, NetworkFailure, PollResult, Progress, Reason};

use super::fixtures::{ROWS, episodes, films, series};
use crate::api::{self, ActionDone, Page, Refresh};
use crate::app::error_text;
use crate::app::gallery::{self, SIZES};
use crate::app::i18n::{self, DateLength};
use crate::app::idle::IdleLimits;
use crate::app::remote::Button::{self, Back, Down, Info, Left, Menu, Right, Select, Up};
use crate::app::screen::account::EntryConditions;
use crate::app::screen::diagnostics::samples as pages;
use crate::app::screen::pin::tests::samples as pins;
use crate::app::screen::pin::{self, Purpose};
use crate::app::screen::sign_in::tests::samples as codes;
use crate::app::screen::who::Choices;
use crate::app::screen::who::tests::samples as people;
use crate::app::screen::{
    Context, detail, diagnostics, home, problem, set_up, sign_in, success, welcome,
};
use crate::app::screen_reader::{Heard, ScreenReader, Speech, Utterance};
use crate::app::state::narrator::heard;
use crate::app::state::preferences::PreferenceStore;
use crate::app::state::{App, Greeted, Message, Now, Screen, Visit, VisitMessage};
use crate::config::{self, Aloud, Config};
use crate::session::sign_in::Step;
use crate::session::{PinState, Verdict};

const MINUTE: Duration = Duration::from_secs(60);

/// The walk as far as it has come.
pub(super) struct Walk {
    app: App,
    reader: ScreenReader,
    context: Context,
    /// What was done and what was said.
    pub(super) script: String,
    /// What was said after each arrow.
    pub(super) moves: Vec<String>,
    /// Everything that was said.
    pub(super) said: Vec<String>,
    _folder: tempfile::TempDir,
}

/// Through the whole program in this language.
pub(super) fn walked(tag: &str) -> Walk {
    let mut walk = Walk::new(tag);
    walk.before_a_sign_in();
    walk.settings();
    walk.sign_in();
    walk.greeting();
    walk.people();
    walk.home();
    walk.card();
    walk.account();
    walk.diagnostics();
    walk.nobody_there()
}

impl Walk {
    fn new(tag: &str) -> Self {
        i18n::choose(tag);
        let folder = tempfile::tempdir().unwrap();
        let context = gallery::context(folder.path());
        let api: toml::Table = toml::from_str(ROWS).unwrap();
        let config = Config {
            api: Some(api["api"].clone().try_into().unwrap()),
            ..(*context.config).clone()
        };
        let context = Context {
            config: Arc::new(config),
            ..context
        };
        let screen = config::Screen {
            language: tag.to_owned(),
            read_aloud: Aloud::Everything,
            ..gallery::config().screen
        };
        let looked_for = vec![PathBuf::from("/etc/vestibule/vestibule.toml")];
        let offer: crate::app::OfferDemo = Arc::new(|| Box::pin(futures::future::pending()));
        let first = Screen::SetUp(set_up::SetUp::new(looked_for, Some(offer)));
        let mut app = App::showing(first, &screen, SIZES[0]);
        app.preferences = PreferenceStore::read(folder.path());
        app.context = Some(context.clone());
        Self {
            app,
            reader: ScreenReader::default(),
            context,
            script: String::new(),
            moves: Vec::new(),
            said: Vec::new(),
            _folder: folder,
        }
    }

    fn chapter(&mut self, title: &str) {
        let gap = if self.script.is_empty() { "" } else { "\n" };
        self.script += &format!("{gap}# {title}\n");
    }

    /// What is heard of what was done.
    fn hear(&mut self, done: &str, heard: Heard) {
        let said = match self.reader.follow(self.app.reading(), heard) {
            Speech::GoesOn => None,
            Speech::Ends => Some("(silence)".to_owned()),
            Speech::Waits => self.reader.rested().map(lines),
            Speech::Says(utterance) => Some(lines(utterance)),
        };
        let said = said.unwrap_or_else(|| "(nothing new)".to_owned());
        self.script += &format!("> {done}\n  {}\n", steady(&said));
        if heard == Heard::Arrow {
            self.moves.push(said.clone());
        }
        self.said.push(said);
    }

    fn happens(&mut self, what: &str) {
        self.hear(what, Heard::Nothing);
    }

    fn tell(&mut self, what: &str, message: Message) {
        let heard = heard(&message);
        drop(self.app.route(message, Now::read()));
        self.hear(what, heard);
    }

    fn press(&mut self, buttons: &[Button]) {
        for button in buttons {
            let called = match button {
                Select => "OK".to_owned(),
                Button::Digit(_) => "a digit".to_owned(),
                other => format!("{other:?}"),
            };
            self.tell(&called, Message::Pressed(*button));
        }
    }

    fn show(&mut self, what: &str, screen: Screen) {
        self.app.screen = screen;
        self.happens(what);
    }

    fn before_a_sign_in(&mut self) {
        self.chapter("No configuration");
        self.happens("the program starts");
        self.press(&[Right, Select]);
        self.chapter("Something is wrong");
        let error = Error::Misconfigured("ca_file /etc/ca.pem: No such file".to_owned());
        let words = error_text::of_exchange(&error, &device_flow::provider::AUTH0);
        let problem = problem::Problem::new(words);
        self.show("the program starts", Screen::Problem(problem));
        self.press(&[Right]);
        self.chapter("Welcome");
        self.show("the program starts", welcome(None));
        self.press(&[Down, Right, Left, Info]);
    }

    fn settings(&mut self) {
        self.chapter("Language");
        self.press(&[Select, Down, Right, Back]);
        self.chapter("Accessibility");
        self.press(&[Right, Select, Right, Left, Down, Select]);
        self.press(&[Down, Down, Down, Left, Right, Back]);
    }

    fn sign_in(&mut self) {
        self.chapter("Sign-in");
        let start = Instant::now();
        let fresh = |walk: &Self| Screen::SignIn(codes::fresh(&walk.context, start));
        self.show("OK", fresh(self));
        let code = || {
            grant(Progress::Code {
                code: codes::code(),
                expires_in: 15 * MINUTE,
                interval: Duration::from_secs(5),
                deadline: start + 15 * MINUTE,
            })
        };
        self.tell("a code comes", code());
        self.press(&[Right, Right, Left, Select, Back]);
        self.tell("the server is asked", grant(Progress::Polling));
        let polled = |result| {
            grant(Progress::Polled {
                result,
                status: None,
                detail: None,
                next_in: Duration::from_secs(8),
            })
        };
        let (gone, back) = (PollResult::NetworkError, PollResult::AuthorizationPending);
        self.tell("the network is gone", polled(gone));
        self.tell("the network is back", polled(back));
        for (left, what) in [
            (6 * MINUTE, "6 minutes are left"),
            (5 * MINUTE, "5 minutes are left"),
            (4 * MINUTE, "4 minutes are left"),
            (MINUTE, "1 minute is left"),
            (Duration::from_secs(20), "20 seconds are left"),
        ] {
            let tick = sign_in::Message::Tick(start + 15 * MINUTE - left);
            self.tell(what, tick.into());
        }
        let resting = codes::resting(&self.context);
        self.show("the last code is over", Screen::SignIn(resting));
        self.show("again", fresh(self));
        self.tell("a code comes", code());
        let cause = Error::OAuth {
            status: 400,
            code: "access_denied".to_owned(),
            description: None,
        };
        let result = Err(GrantError::new(Reason::Denied, cause));
        let ended = sign_in::Message::Ended { attempt: 1, result };
        self.tell("the phone says no", ended.into());
        self.press(&[Right]);
        self.show("again", fresh(self));
        self.tell("a code comes", code());
        self.tell("the phone says yes", step(Step::Finishing));
        self.tell("it takes long", step(Step::Finishing));
    }

    fn greeting(&mut self) {
        self.chapter("Greeting");
        let greets = Duration::from_secs(4);
        let greeted = |walk: &Self, greeting| {
            Screen::Success(Greeted {
                greeting,
                visit: walk.visit(),
            })
        };
        let session = gallery::session(&self.context, "Ada Lovelace");
        let screen = greeted(self, success::Success::new(session, greets).0);
        self.show("signed in", screen);
        self.press(&[Right]);
        let guest = gallery::guest(&self.context, "Ada Lovelace");
        let screen = greeted(self, success::Success::asking(guest, greets).0);
        self.show("signed in as a guest", screen);
        self.press(&[Right, Select]);
    }

    fn visit(&self) -> Visit {
        let session = gallery::session(&self.context, "Ada Lovelace");
        let (home, _) = home::Home::new(&self.context, session, &self.app.look, Instant::now());
        Visit::new(1, home)
    }

    fn people(&mut self) {
        self.chapter("Who is watching?");
        let mut listed = people::people(2);
        listed[1] = people::listed(2, "Kofi Asante", true);
        listed.push(people::broken("account-3"));
        let choices = Choices {
            listed,
            ..Choices::default()
        };
        let who = people::who(&self.context, choices);
        self.show("the program starts", Screen::Who(who));
        self.press(&[Right, Right, Right, Left, Select, Right, Back]);
        self.chapter("PIN");
        let unlock = pins::pad(&self.context, Purpose::Unlock, PinState::Ready);
        self.show("an account with a PIN", Screen::Pin(Box::new(unlock)));
        self.press(&[Up, Left]);
        self.press(&[1, 2, 3, 4].map(Button::Digit));
        let wrong = |left, state| {
            let verdict = Some(Verdict::Wrong { left });
            pin::Message::Known { verdict, state }.into()
        };
        self.tell("it is wrong", wrong(2, PinState::Ready));
        let until = Instant::now() + Duration::from_secs(55);
        self.tell("too many are wrong", wrong(0, PinState::Wait(until)));
        self.press(&[Up, Select]);
        let set = pins::pad(&self.context, Purpose::Set, PinState::NotSet);
        self.show("a PIN is set", Screen::Pin(Box::new(set)));
        self.press(&[1, 2, 3, 4, 4, 3, 2, 1].map(Button::Digit));
    }

    fn home(&mut self) {
        self.chapter("Home");
        let network = || Err(api::Error::network(NetworkFailure::Connect, "refused"));
        let visit = self.visit();
        self.show("the greeting is over", Screen::Home(visit));
        self.row("cards come", 1, Ok(Page::whole(films())));
        self.row("another row fails", 2, network());
        self.row("another row is empty", 3, Ok(Page::whole(Vec::new())));
        self.press(&[Right, Right, Right, Left, Down, Select]);
        self.row("it fails again", 2, network());
        self.press(&[Down]);
        // It is asked for once it is in view.
        self.row("another row comes", 4, Ok(Page::whole(series())));
        self.press(&[Down, Right, Up, Up, Up, Up, Down]);
    }

    fn row(&mut self, what: &str, serial: u64, result: Result<Page, api::Error>) {
        let message = home::Message::Row { serial, result };
        self.tell(what, Message::Visit(1, VisitMessage::Home(message)));
    }

    fn at_home(&self) -> &home::Home {
        match &self.app.screen {
            Screen::Home(visit) => &visit.home,
            _ => panic!("not at home"),
        }
    }

    fn action_ends(&mut self, what: &str, result: Result<ActionDone, api::Error>) {
        let request = self.at_home().running().unwrap();
        let message = home::Message::Detail(detail::Message { request, result });
        self.tell(what, Message::Visit(1, VisitMessage::Home(message)));
    }

    fn card(&mut self) {
        self.chapter("A card");
        self.press(&[Left, Info, Down, Up, Select]);
        let done = ActionDone {
            message: None,
            refresh: Refresh::Titled(Vec::new()),
        };
        self.action_ends("it is done", Ok(done));
        self.press(&[Down, Select]);
        let refused = api::Error::Status {
            status: 403,
            retry_after: None,
            message: None,
        };
        self.action_ends("it fails", Err(refused));
        self.press(&[Down, Select, Back, Back]);
        self.chapter("What a card opens");
        self.press(&[Down, Down, Down, Select]);
        let serial = self.at_home().serial_on_top();
        self.row("its cards come", serial, Ok(Page::whole(episodes())));
        self.press(&[Right, Up, Back]);
    }

    fn account(&mut self) {
        self.chapter("Account");
        let conditions = VisitMessage::Conditions(EntryConditions {
            others: true,
            ..EntryConditions::default()
        });
        self.tell("others are here", Message::Visit(1, conditions));
        self.press(&[
            Menu, Down, Select, Left, Right, Back, Down, Down, Down, Down, Back,
        ]);
    }

    fn diagnostics(&mut self) {
        self.chapter("Diagnostics");
        self.app.diagnostics = Some(Box::new(pages::checking()));
        self.happens("Menu is held");
        if let Some(screen) = &mut self.app.diagnostics {
            pages::answered_to(screen);
        }
        self.happens("everything has answered");
        self.press(&[Right, Right, Down, Right, Select]);
        let report = pages::arrival(None, Some(352), Some(Select));
        let arrived = Message::Diagnostics(diagnostics::Message::Arrived(report));
        self.tell("a key is named", arrived);
        self.press(&[Back, Back, Back]);
    }

    fn nobody_there(mut self) -> Self {
        self.chapter("Nobody is there");
        let leaves = IdleLimits {
            sign_out: Some(20 * MINUTE),
            ..IdleLimits::default()
        };
        let dark = IdleLimits {
            ambient: Some(5 * MINUTE),
            ..IdleLimits::default()
        };
        let ten_left = 19 * MINUTE + Duration::from_secs(50);
        for (what, limits, alone, heard) in [
            ("long no key", leaves, 19 * MINUTE, Heard::Nothing),
            ("10 seconds are left", leaves, ten_left, Heard::Nothing),
            ("a key", dark, Duration::ZERO, Heard::Other),
            ("the screen goes dark", dark, 6 * MINUTE, Heard::Nothing),
            ("a key", dark, Duration::ZERO, Heard::Other),
        ] {
            self.app = self.app.after(limits, alone);
            self.hear(what, heard);
        }
        self.show("the session ends", welcome(Some(welcome::Notice::Ended)));
        self
    }
}

fn welcome(notice: Option<welcome::Notice>) -> Screen {
    Screen::Welcome(welcome::Welcome::new("Acme TV", "default", notice))
}

/// A step of the first attempt to sign in.
fn step(step: Step) -> Message {
    sign_in::Message::Step { attempt: 1, step }.into()
}

fn grant(progress: Progress) -> Message {
    step(Step::Grant(progress))
}

/// What is the same on every day and in every release.
fn steady(said: &str) -> String {
    let signed_in = jiff::Timestamp::from_second(1_700_000_000).unwrap();
    let signed_in = signed_in.to_zoned_datetime(jiff::tz::TimeZone::system());
    let signed_in = i18n::moment(signed_in.datetime(), DateLength::Long);
    let said = said.replace(&signed_in, "(a day)");
    said.replace(env!("CARGO_PKG_VERSION"), "(a version)")
}

fn lines(utterance: Utterance) -> String {
    utterance.into_lines().join(" / ")
}
