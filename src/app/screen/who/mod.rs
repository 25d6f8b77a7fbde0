//! Who is watching? A tile for everybody on this device, and one that adds an account.

mod reading;
mod view;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use iced::{Rectangle, Task};

use super::welcome::Notice;
use super::{Context, account};
use crate::api;
use crate::app::focus::{Controls, Direction, Grid};
use crate::app::i18n::fl;
use crate::app::pictures::{self, PictureKey, PictureSource, Pictures};
use crate::app::remote::Button;
use crate::app::theme::{Look, token};
use crate::session::{Account, AccountState, Destination, Listed};

/// Tiles side by side.
fn columns(look: &Look) -> usize {
    // A tile is as wide as a face and a name, and wider where words are larger.
    let usual = token::TILES as f32 * look.breadth() / look.text_scale();
    (usual.round() as usize).clamp(token::TILES_LEAST, token::TILES_MOST)
}

/// The screen.
#[derive(Debug)]
pub struct Who {
    tiles: Vec<Tile>,
    /// The name that a new account gets, where it is free.
    preferred: String,
    notice: Option<Notice>,
    /// The broken tile that is asked about.
    asking: Option<usize>,
    /// Tiles side by side.
    columns: usize,
    focus: Grid<WhoControl>,
    pictures: Pictures,
}

/// Who is on this device, and why the screen is shown.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Everybody, in order.
    pub listed: Vec<Listed>,
    /// Guests, in the order in which they came.
    pub guests: Vec<Account>,
    /// The profile that has the focus, if it is there.
    pub focus: Option<String>,
    /// What there is to say.
    pub notice: Option<Notice>,
}

/// An account of this device.
#[derive(Debug, Clone, PartialEq)]
struct Tile {
    profile: String,
    kind: TileKind,
}

#[derive(Debug, Clone, PartialEq)]
enum TileKind {
    /// May come in.
    Ready { account: Box<Account>, pin: bool },
    /// A guest, of whom nothing is kept; the number tells one from the next.
    Guest {
        account: Box<Account>,
        number: usize,
    },
    /// The file cannot be used.
    Broken,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WhoControl {
    Tile(usize),
    Add,
    SignIn,
    Remove,
    Back,
}

/// What happens on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// A picture is there, or is not.
    Picture(pictures::Message),
}

/// What the screen wants of its parent.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    None,
    /// This account, after its PIN where there is one.
    Open {
        account: Box<Account>,
        /// Whether the PIN comes first.
        pin: bool,
    },
    /// This guest.
    OpenGuest(Box<Account>),
    /// A sign-in that is kept here.
    SignIn(Destination),
    /// Keep the broken file of this profile aside.
    SetAside(String),
}

impl Who {
    /// Asks who it is. Pictures begin to load.
    pub fn new(
        context: &Context,
        choices: Choices,
        preferred: &str,
        look: &Look,
    ) -> (Self, Task<Message>) {
        let Choices {
            listed,
            guests,
            focus,
            notice,
        } = choices;
        let tiles = tiles(&listed, &guests);
        let (pictures, coming) = pictures_of(context, &tiles);
        let mut screen = Self {
            focus: tiles_and_one_more(tiles.len(), columns(look)),
            columns: columns(look),
            tiles,
            preferred: preferred.to_owned(),
            notice,
            asking: None,
            pictures,
        };
        let at = focus.and_then(|profile| screen.position(&profile));
        screen.focus.focus(WhoControl::Tile(at.unwrap_or(0)));
        screen.load(look);
        (screen, coming)
    }

    fn position(&self, profile: &str) -> Option<usize> {
        self.tiles.iter().position(|tile| tile.profile == profile)
    }

    /// A button of the remote was pressed. Back has nowhere to go, except from a question.
    pub fn press(&mut self, button: Button) -> Action {
        if let Some(direction) = Direction::of(button) {
            let _ = self.focus.step(direction);
            return Action::None;
        }
        match (button, self.asking, self.focus.focused()) {
            (Button::Select, None, Some(WhoControl::Tile(index))) => self.choose(index),
            (Button::Select, None, Some(WhoControl::Add)) => {
                Action::SignIn(Destination::Beside(self.preferred.clone()))
            }
            (Button::Select, Some(index), Some(WhoControl::SignIn)) => {
                self.profile(index).map_or(Action::None, |profile| {
                    Action::SignIn(Destination::Profile(profile))
                })
            }
            (Button::Select, Some(index), Some(WhoControl::Remove)) => {
                self.profile(index).map_or(Action::None, Action::SetAside)
            }
            (Button::Select | Button::Back, Some(index), _) => {
                self.asking = None;
                self.focus = tiles_and_one_more(self.tiles.len(), self.columns);
                self.focus.focus(WhoControl::Tile(index));
                Action::None
            }
            _ => Action::None,
        }
    }

    fn choose(&mut self, index: usize) -> Action {
        let Some(tile) = self.tiles.get(index) else {
            return Action::None;
        };
        match &tile.kind {
            TileKind::Ready { account, pin } => Action::Open {
                account: account.clone(),
                pin: *pin,
            },
            TileKind::Guest { account, .. } => Action::OpenGuest(account.clone()),
            TileKind::Broken => {
                self.asking = Some(index);
                self.focus = Grid::new(vec![vec![
                    WhoControl::SignIn,
                    WhoControl::Remove,
                    WhoControl::Back,
                ]]);
                Action::None
            }
        }
    }

    fn profile(&self, index: usize) -> Option<String> {
        self.tiles.get(index).map(|tile| tile.profile.clone())
    }

    /// Takes a message in.
    pub fn update(&mut self, Message::Picture(message): Message, look: &Look) {
        let _ = self.pictures.update(message);
        self.load(look);
    }

    /// The window has another size, and the pictures too.
    pub fn resized(&mut self, look: &Look) {
        self.columns = columns(look);
        if self.asking.is_none() {
            let focused = self.focus.focused();
            self.focus = tiles_and_one_more(self.tiles.len(), self.columns);
            if let Some(control) = focused {
                self.focus.focus(control);
            }
        }
        self.load(look);
    }

    fn load(&mut self, look: &Look) {
        let wanted = wanted(&self.tiles, look);
        self.pictures.want(&wanted);
    }

    /// Whether these are the people that it shows.
    pub fn shows(&self, listed: &[Listed], guests: &[Account]) -> bool {
        self.tiles == tiles(listed, guests)
    }

    /// The picture of `account` for the screen that comes next.
    pub fn portrait(&self, account: &Account, look: &Look) -> Pictures {
        let side = view::portrait_side(look);
        let key = account
            .picture
            .as_ref()
            .map(|url| account::circle(url, side));
        key.map_or_else(Pictures::default, |key| self.pictures.only(&key))
    }

    /// What the screen is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match (&self.asking, &self.notice) {
            (Some(_), _) => "broken",
            (None, Some(notice)) => notice.state(),
            (None, None) => "choosing",
        }
    }

    /// Id of what has the focus: `account.NAME` for a tile.
    pub fn focus(&self) -> Option<String> {
        self.name(self.focus.focused()?)
    }

    fn name(&self, control: WhoControl) -> Option<String> {
        Some(match control {
            WhoControl::Tile(index) => tile_name(self.tiles.get(index)?),
            WhoControl::Add => "add".to_owned(),
            WhoControl::SignIn => "sign_in".to_owned(),
            WhoControl::Remove => "remove".to_owned(),
            WhoControl::Back => "back".to_owned(),
        })
    }
}

/// Arrows follow the rows, also those that are not in view.
impl Controls for Who {
    fn ids(&self) -> Vec<Cow<'static, str>> {
        Vec::new()
    }

    fn aim(&mut self, id: &str) -> bool {
        let tiles = (0..self.tiles.len()).map(WhoControl::Tile);
        let others = [
            WhoControl::Add,
            WhoControl::SignIn,
            WhoControl::Remove,
            WhoControl::Back,
        ];
        let aimed = tiles.chain(others).find(|control| {
            self.focus.holds(*control) && self.name(*control).as_deref() == Some(id)
        });
        if let Some(control) = aimed {
            self.focus.focus(control);
        }
        aimed.is_some()
    }

    fn place(&mut self, _: &BTreeMap<String, Rectangle>) {}
}

impl Tile {
    fn of(listed: Listed) -> Self {
        let kind = match listed.state {
            AccountState::SignedIn(account) => TileKind::Ready {
                account,
                pin: listed.has_pin,
            },
            _ => TileKind::Broken,
        };
        Self {
            profile: listed.profile,
            kind,
        }
    }

    /// The name on it.
    fn called(&self) -> String {
        match self.account() {
            Some(account) => account
                .display_name()
                .map_or_else(|| fl!("account-nameless"), str::to_owned),
            None => self.profile.clone(),
        }
    }

    fn account(&self) -> Option<&Account> {
        match &self.kind {
            TileKind::Ready { account, .. } | TileKind::Guest { account, .. } => Some(account),
            TileKind::Broken => None,
        }
    }
}

fn tile_name(tile: &Tile) -> String {
    match tile.kind {
        TileKind::Guest { number, .. } => format!("guest.{number}"),
        TileKind::Ready { .. } | TileKind::Broken => format!("account.{}", tile.profile),
    }
}

/// Those whom this device knows, and its guests.
fn tiles(listed: &[Listed], guests: &[Account]) -> Vec<Tile> {
    let guests = guests.iter().zip(1..).map(|(account, number)| Tile {
        profile: account.profile.clone(),
        kind: TileKind::Guest {
            account: Box::new(account.clone()),
            number,
        },
    });
    let known = listed.iter().cloned().map(Tile::of);
    known.chain(guests).collect()
}

/// Rows of tiles, with the one that adds an account at the end.
fn tiles_and_one_more(tiles: usize, columns: usize) -> Grid<WhoControl> {
    let all: Vec<_> = (0..tiles)
        .map(WhoControl::Tile)
        .chain([WhoControl::Add])
        .collect();
    Grid::new(all.chunks(columns).map(<[_]>::to_vec).collect())
}

/// Pictures that need no token, since no account is chosen yet, or that an earlier visit has left on disk: each
/// account's with its own.
fn pictures_of(context: &Context, tiles: &[Tile]) -> (Pictures, Task<Message>) {
    let config = &context.config;
    let disks: HashMap<_, _> = tiles
        .iter()
        .filter_map(|tile| {
            let account = tile.account().filter(|account| !account.guest)?;
            let disk = api::ResponseCache::pictures(context.accounts.cache_dir(account));
            Some((account.picture.clone()?, disk))
        })
        .collect();
    if config.api.is_none() {
        return (Pictures::default(), Task::none());
    }
    match api::Client::without_account(config) {
        Err(error) => {
            tracing::warn!(%error, "no pictures of the accounts");
            (Pictures::default(), Task::none())
        }
        Ok(client) => {
            let source = PictureSource::new(client, None).with(disks);
            let (pictures, coming) = Pictures::new(source, pictures::BUDGET);
            (pictures, coming.map(Message::Picture))
        }
    }
}

fn wanted(tiles: &[Tile], look: &Look) -> Vec<PictureKey> {
    let side = view::portrait_side(look);
    tiles
        .iter()
        .filter_map(|tile| tile.account()?.picture.as_ref())
        .map(|url| account::circle(url, side))
        .collect()
}

#[cfg(test)]
pub(in crate::app) mod tests;
