//! The screens behind the sign-in in every state, for tests and for people to look at.

mod detail;
mod difficult;
mod formats;
pub(in crate::app) mod opened;
pub(in crate::app) mod shapes;

use device_flow::NetworkFailure;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant, SystemTime};

use iced::Rectangle;
use serde_json::json;
use url::Url;

pub(in crate::app) use self::difficult::difficult;
use super::super::hero::{self, Hero};
use super::super::opened::Opened;
use super::super::rows::{LoadRequest, LoadTarget, Rows};
use super::super::view;
use crate::api::{self, Card, DisplayValue, Origin, Page, Progress, Row};
use crate::app::focus::Direction;
use crate::app::pictures::{PictureKey, Pictures, Pixels};
use crate::app::remote::Button;
use crate::app::screen::account::{self, AccountScreen};
use crate::app::screen::detail::Detail;
use crate::app::theme::{Look, token};
use crate::app::widget::Chrome;
use crate::config;
use crate::session;

/// Words that are longer than any room for them.
pub(in crate::app) const LONG: &str = "The Extraordinarily Long and Winding Tale of a Title That \
     Nobody Ever Thought to Shorten Before It Was Sent to a Television Set in the Living Room";

/// A screen in a state, ready to be drawn.
pub(in crate::app) struct Sample {
    /// Screen and state, as a file may be called.
    pub(in crate::app) name: &'static str,
    pictures: Pictures,
    account: session::Account,
    shown: Shown,
}

enum Shown {
    Rows(Rows),
    Detail(Detail),
    Account(AccountScreen),
    Opened(Box<Opened>, &'static str),
}

impl Sample {
    /// Whether pictures of rows that go on are seen at its sides and below.
    pub(in crate::app) fn bleeds(&self) -> bool {
        matches!(self.shown, Shown::Rows(_) | Shown::Opened(..))
    }

    /// Where a picture stands behind words.
    pub(in crate::app) fn picture_behind(&self, look: &Look) -> Option<Rectangle> {
        let Shown::Rows(rows) = &self.shown else {
            return None;
        };
        let (place, _) = hero::picture(&Hero::of(rows), rows, &self.pictures, look)?;
        Some(place)
    }

    /// Draws the screen.
    pub(in crate::app) fn view<'a>(
        &'a self,
        look: &Look,
        chrome: &'a Chrome,
    ) -> crate::app::renderer::Element<'a, crate::app::screen::home::Message> {
        match &self.shown {
            Shown::Rows(rows) => {
                let shown = (rows, &Hero::of(rows));
                view(look, chrome, shown, &self.account, &self.pictures)
            }
            Shown::Detail(detail) => detail.view(look, chrome, &self.pictures),
            Shown::Account(account) => account.view(look, chrome, &self.pictures),
            Shown::Opened(opened, trail) => opened.view(look, chrome, &self.pictures, trail),
        }
    }
}

/// Every screen in every state.
pub(in crate::app) fn all(look: &Look) -> Vec<Sample> {
    let rows = |name, rows| Sample {
        name,
        pictures: painted(look, &rows),
        account: ada(),
        shown: Shown::Rows(rows),
    };
    let no_pictures = Sample {
        name: "home_no_pictures",
        pictures: Pictures::default(),
        account: ada(),
        shown: Shown::Rows(walked(library(look), "rr")),
    };
    let nobody = Sample {
        account: session::Account {
            name: None,
            email: None,
            picture: None,
            ..ada()
        },
        ..rows(
            "home_nameless",
            Rows::new(
                &[],
                &crate::app::screen::home::measure(look),
                Instant::now(),
            ),
        )
    };
    let long_name = Sample {
        account: session::Account {
            name: Some(LONG.to_owned()),
            ..ada()
        },
        ..rows("home_long", walked(long(look), "r"))
    };
    let guests = [("home_guest", "r"), ("home_guest_focused", "u")].map(|(name, walk)| Sample {
        account: guest(),
        ..rows(name, walked(library(look), walk))
    });
    let mut samples = vec![
        rows("home", library(look)),
        rows("home_walked", walked(library(look), "rrrrrrrdrr")),
        rows("home_last", walked(library(look), "ddddddd")),
        rows("home_account", walked(library(look), "u")),
        rows(
            "home_loading",
            Rows::new(
                &configured(),
                &crate::app::screen::home::measure(look),
                Instant::now(),
            ),
        ),
        rows("home_troubles", walked(troubles(look), "d")),
        rows("home_old", walked(stale_rows(look), "r")),
        rows(
            "home_no_api",
            Rows::new(
                &[],
                &crate::app::screen::home::measure(look),
                Instant::now(),
            ),
        ),
        no_pictures,
        nobody,
        long_name,
    ];
    samples.extend(guests);
    samples.extend(shapes::all(look));
    samples.extend(formats::all(look));
    samples.extend(opened::all(look));
    samples.extend(detail::all(look));
    samples.extend(accounts(look));
    samples
}

fn accounts(look: &Look) -> Vec<Sample> {
    let profile = config::Profile {
        claims: BTreeMap::from([("plan".to_owned(), "Plan".into())]),
        scopes: BTreeMap::from([("read:library".to_owned(), "read your library".into())]),
    };
    let alone = account::EntryConditions::default();
    let conditions = account::EntryConditions {
        others: true,
        pin: true,
        guest: false,
    };
    let sample = |name, account: session::Account, conditions, (id, buttons): (&str, &[Button])| {
        let mut screen = AccountScreen::new(account.clone(), &profile, conditions);
        while !buttons.is_empty() && screen.focus().as_deref() != Some(id) {
            let _: account::Action = screen.press(Button::Down);
        }
        for button in buttons {
            let _: account::Action = screen.press(*button);
        }
        let mut pictures = Pictures::default();
        for key in screen.pictures(look) {
            let pixels = artwork(&key);
            pictures.put(key, pixels);
        }
        Sample {
            name,
            pictures,
            account,
            shown: Shown::Account(screen),
        }
    };
    let fleeting = session::Account {
        refreshable: false,
        access_expires_at: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000)),
        static_refresh_token: false,
        not_remembered: Some("read-only".to_owned()),
        guest: false,
        picture: None,
        ..ada()
    };
    let long = session::Account {
        name: Some(LONG.to_owned()),
        email: Some(format!("{}@example.com", LONG.replace(' ', "."))),
        claims: json!({"plan": LONG})
            .as_object()
            .cloned()
            .unwrap_or_default(),
        scopes: LONG
            .split(' ')
            .map(|word| format!("https://api.example.com/{word}"))
            .collect(),
        ..fleeting.clone()
    };
    let shown = ("", &[][..]);
    let asked = ("sign_out", &[Button::Select][..]);
    let signing_out = [Button::Select, Button::Left, Button::Select];
    let everybody = ("sign_out_everybody", &[Button::Select][..]);
    vec![
        sample("account", ada(), alone, shown),
        sample("account_guest", guest(), alone, shown),
        sample(
            "account_guest_long",
            session::Account {
                guest: true,
                not_remembered: None,
                ..long.clone()
            },
            conditions,
            shown,
        ),
        sample("account_in_company", ada(), conditions, shown),
        sample("account_everybody", ada(), conditions, everybody),
        sample("account_confirm", ada(), alone, asked),
        sample(
            "account_signing_out",
            ada(),
            alone,
            ("sign_out", &signing_out),
        ),
        sample("account_fleeting", fleeting, conditions, shown),
        sample("account_long", long.clone(), conditions, shown),
        sample("account_long_confirm", long, alone, asked),
    ]
}

fn walked(mut rows: Rows, keys: &str) -> Rows {
    for key in keys.chars() {
        let direction = match key {
            'u' => Direction::Up,
            'd' => Direction::Down,
            'l' => Direction::Left,
            _ => Direction::Right,
        };
        let _ = rows.go(direction, Instant::now());
    }
    rows
}

/// Has a row loaded with this outcome.
pub(in crate::app) fn fill(rows: &mut Rows, row: usize, result: Result<Page, api::Error>) {
    let row_state = rows.get(row).unwrap();
    let order = LoadRequest {
        serial: row_state.serial(),
        row: row_state.row.clone(),
        wanted: LoadTarget::Page(None),
        tries: api::Tries::Several,
    };
    rows.loading(&order, None);
    let _ = rows.loaded(order.serial, result, Instant::now());
}

/// Rows of the usual kind, all there.
pub(in crate::app) fn library(look: &Look) -> Rows {
    let mut rows = Rows::new(
        &configured(),
        &crate::app::screen::home::measure(look),
        Instant::now(),
    );
    for row in 0..configured().len() {
        fill(&mut rows, row, Ok(Page::whole(cards(row, 9))));
    }
    rows
}

/// Homes whose pictures have not come: what is said large above their rows is what there is to be seen.
pub(in crate::app) fn said_large(look: &Look) -> Vec<Sample> {
    let sample = |name, rows| Sample {
        name,
        pictures: Pictures::default(),
        account: ada(),
        shown: Shown::Rows(rows),
    };
    let mut titled = library(look);
    let mut cards = cards(0, 9);
    cards[0].title = TITLE.into();
    fill(&mut titled, 0, Ok(Page::whole(cards)));
    vec![
        sample("card", walked(library(look), "rr")),
        sample("account", walked(library(look), "u")),
        sample("failed", walked(troubles(look), "d")),
        sample("words", walked(shapes::words(look), "r")),
        sample("title", titled),
    ]
}

/// A title that no card holds.
pub(in crate::app) const TITLE: &str =
    "Once Upon a Time in the West, and in All Other Places that Have a Railway";

/// One home at several moments, with the same pictures.
pub(in crate::app) struct Walk {
    pictures: Pictures,
    account: session::Account,
    moments: [(&'static str, Rows, Hero); 3],
}

impl Walk {
    /// Home, the same after an arrow, and once the focus has rested where that led.
    pub(in crate::app) fn new(look: &Look) -> Self {
        let (before, after) = (library(look), || walked(library(look), "r"));
        let mut pictures = painted(look, &before);
        let hero = Hero::of(&before);
        paint(&mut pictures, look, &after());
        let rested = Hero::of(&after());
        Self {
            pictures,
            account: ada(),
            moments: [
                ("home_before", before, Hero::of(&library(look))),
                ("home_moved", after(), hero),
                ("home_rested", after(), rested),
            ],
        }
    }

    /// Name and look of one of them.
    pub(in crate::app) fn view<'a>(
        &'a self,
        moment: usize,
        look: &Look,
        chrome: &'a Chrome,
    ) -> (
        &'static str,
        crate::app::renderer::Element<'a, crate::app::screen::home::Message>,
    ) {
        let (name, rows, hero) = &self.moments[moment];
        let shown = view(look, chrome, (rows, hero), &self.account, &self.pictures);
        (name, shown)
    }
}

/// Rows of many cards.
pub(in crate::app) fn sized(look: &Look, rows: usize, count: usize) -> Rows {
    let configured = configured();
    let many: Vec<_> = configured.into_iter().cycle().take(rows).collect();
    let mut library = Rows::new(
        &many,
        &crate::app::screen::home::measure(look),
        Instant::now(),
    );
    for row in 0..rows {
        fill(&mut library, row, Ok(Page::whole(cards(row, count))));
    }
    library
}

fn troubles(look: &Look) -> Rows {
    let mut rows = Rows::new(
        &configured(),
        &crate::app::screen::home::measure(look),
        Instant::now(),
    );
    fill(&mut rows, 0, Ok(Page::whole(Vec::new())));
    let network = api::Error::network(NetworkFailure::Connect, "refused");
    fill(&mut rows, 1, Err(network));
    fill(
        &mut rows,
        2,
        Err(api::Error::Captive("HTTP 302".to_owned())),
    );
    rows
}

/// Rows of yesterday: one that could not be loaded anew, one that is being loaded.
fn stale_rows(look: &Look) -> Rows {
    let mut rows = Rows::new(
        &configured(),
        &crate::app::screen::home::measure(look),
        Instant::now(),
    );
    let kept = |row| Page {
        fetched_at: SystemTime::now() - Duration::from_secs(24 * 60 * 60),
        origin: Origin::Stale,
        ..Page::whole(cards(row, 9))
    };
    for row in 0..2 {
        fill(&mut rows, row, Ok(kept(row)));
    }
    let serial = rows.get(0).unwrap().serial();
    let network = api::Error::network(NetworkFailure::Connect, "refused");
    let _ = rows.loaded(serial, Err(network), Instant::now());
    rows
}

fn long(look: &Look) -> Rows {
    let mut configured = configured();
    configured[0].title = LONG.into();
    let mut rows = Rows::new(
        &configured,
        &crate::app::screen::home::measure(look),
        Instant::now(),
    );
    for row in 0..configured.len() {
        let mut cards = cards(row, 9);
        for card in &mut cards {
            card.title = LONG.into();
            card.subtitle = Some(DisplayValue::Text("漢字".repeat(40)));
            card.badges = vec![DisplayValue::Text(LONG.to_owned())];
        }
        fill(&mut rows, row, Ok(Page::whole(cards)));
    }
    rows
}

fn configured() -> Vec<Row> {
    formed(&[])
}

/// The rows whose cards have these forms, the further ones wide.
fn formed(shapes: &[config::Shape]) -> Vec<Row> {
    let action = |label: &str| config::Action {
        label: label.into(),
        method: "POST".to_owned(),
        path: "list/{id}".to_owned(),
        ..config::Action::default()
    };
    [
        "Continue watching",
        "My list",
        "New this week",
        "Documentaries",
    ]
    .into_iter()
    .enumerate()
    .map(|(index, title)| {
        let row = config::Row {
            title: title.into(),
            path: "row".to_owned(),
            shape: Some(shapes.get(index).copied().unwrap_or_default()),
            actions: vec![action("Add to my list"), action("Mark as watched")],
            ..config::Row::default()
        };
        Row::new(index, &row)
    })
    .collect()
}

fn cards(row: usize, count: usize) -> Vec<Card> {
    let titles = [
        ("Dune", Some("2 h 35 min"), None),
        ("The Expanse", Some("S2 E4"), Some(0.4)),
        ("Solaris", Some("1972"), None),
        ("Stalker", None, Some(0.85)),
        ("Arrival", Some("1 h 56 min"), None),
        (
            "Once Upon a Time in the West",
            Some("Directed by Sergio Leone"),
            Some(0.1),
        ),
        ("Paterson", None, None),
        ("The Grand Budapest Hotel", Some("1 h 39 min"), None),
        ("Playtime", Some("1967"), None),
    ];
    (0..count)
        .map(|index| {
            let (title, subtitle, progress) = titles[(index + row * 2) % titles.len()];
            Card {
                id: format!("{row}-{index}"),
                title: title.into(),
                subtitle: subtitle.map(|text| DisplayValue::Text(text.to_owned())),
                image: Url::parse(&format!("https://cdn.example/{row}-{index}.png")).ok(),
                progress: progress.map(Progress::Part),
                body: Some(
                    "A detective in the asteroid belt, the first officer of an ice freighter and an \
                     envoy of the United Nations discover a conspiracy that threatens the peace \
                     between worlds, and the survival of mankind."
                        .into(),
                ),
                badges: match index % 4 {
                    1 => vec![DisplayValue::Text("NEW".to_owned()), DisplayValue::Text("4K".to_owned())],
                    3 => vec![DisplayValue::Text("LIVE".to_owned())],
                    _ => Vec::new(),
                },
                details: vec![
                    detail::fact("Directed by", "Denis Villeneuve"),
                    detail::fact("Year", "2021"),
                    detail::fact("Languages", "English, Chakobsa"),
                ],
                ..Card::default()
            }
        })
        .collect()
}

/// Who is signed in.
pub(in crate::app) fn ada() -> session::Account {
    session::Account {
        profile: "default".to_owned(),
        issuer: "https://id.example/".to_owned(),
        client_id: "tv".to_owned(),
        subject: "ada".to_owned(),
        name: Some("Ada Lovelace".to_owned()),
        email: Some("ada@example.com".to_owned()),
        picture: Url::parse("https://cdn.example/ada.png").ok(),
        claims: json!({"plan": "Gold"})
            .as_object()
            .cloned()
            .unwrap_or_default(),
        scopes: [
            "openid",
            "profile",
            "email",
            "offline_access",
            "read:library",
        ]
        .map(str::to_owned)
        .to_vec(),
        signed_in_at: SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000),
        refreshed_at: None,
        access_expires_at: None,
        refreshable: true,
        static_refresh_token: false,
        not_remembered: None,
        guest: false,
    }
}

/// The same as a guest.
pub(in crate::app) fn guest() -> session::Account {
    session::Account {
        profile: ".guest".to_owned(),
        guest: true,
        ..ada()
    }
}

/// The pictures of rows and account, painted here.
fn painted(look: &Look, rows: &Rows) -> Pictures {
    let mut pictures = Pictures::default();
    paint(&mut pictures, look, rows);
    pictures
}

fn paint(pictures: &mut Pictures, look: &Look, rows: &Rows) {
    let radius = look.radius();
    let avatar = ada().picture;
    let avatar = avatar
        .iter()
        .map(|url| account::circle(url, look.px(token::AVATAR)));
    let hero = Hero::of(rows).pictures(rows, look);
    for key in rows.pictures(radius).into_iter().chain(avatar).chain(hero) {
        if pictures.get(&key).is_none() {
            let pixels = artwork(&key);
            pictures.put(key, pixels);
        }
    }
}

thread_local! {
    /// Pictures behind words that were painted before: they are large, and the same in every language.
    static PAINTED: RefCell<HashMap<PictureKey, Pixels>> = RefCell::default();
}

/// Most of them.
const PAINTED_MOST: usize = 40;

fn artwork(key: &PictureKey) -> Pixels {
    if key.scrim.is_none() {
        return paint_artwork(key);
    }
    PAINTED.with_borrow_mut(|painted| {
        if painted.len() >= PAINTED_MOST {
            painted.clear();
        }
        let known = painted.entry(key.clone());
        known.or_insert_with(|| paint_artwork(key)).clone()
    })
}

/// Hills under a sky, of colours that follow from `name`.
fn paint_artwork(key: &PictureKey) -> Pixels {
    let (name, width, height) = (key.url.path(), key.width, key.height);
    let seed = name.bytes().fold(7_u32, |seed, byte| {
        seed.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    let channel = |shift: u32| 60.0 + (seed >> shift & 0x7f) as f32;
    let sky = [channel(0), channel(5), channel(9)];
    // A name may say the form that the picture was made in: `640x360`.
    let made = name.rsplit('-').next().and_then(|form| {
        let (across, down) = form.strip_suffix(".png")?.split_once('x')?;
        Some((across.parse().ok()?, down.parse().ok()?))
    });
    let usual = match key.scrim {
        Some(_) => (640, 360),
        None => (width, height),
    };
    let (across, down): (u32, u32) = made.unwrap_or(usual);
    let (across, down) = (64, (64 * down / across.max(1)).max(1));
    let picture = image::RgbaImage::from_fn(across, down, |x, y| {
        let (across, down) = (x as f32 / across as f32, y as f32 / down as f32);
        let waves = (across * 7.0 + seed as f32 % 9.0).sin() * 0.12;
        let shade = match down {
            down if down > 0.75 + waves => 0.35,
            down if down > 0.55 - waves => 0.6,
            down => 1.15 - down * 0.5,
        };
        let [red, green, blue] = sky.map(|channel| (channel * shade).clamp(0.0, 235.0) as u8);
        image::Rgba([red, green, blue, 255])
    });
    let mut file = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut file, image::ImageFormat::Png)
        .unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    key.made_of(file.get_ref(), until).unwrap()
}
