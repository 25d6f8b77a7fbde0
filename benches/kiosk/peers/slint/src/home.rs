//! Rows of cards: only what is on the screen, and one row and one card around it, is made and loaded.

use crate::Pixels;
use crate::screen::{App, CardView, RowTitle};
use crate::server::Library;
use slint::platform::Key;
use slint::{Image, Model, ModelRc, SharedString, VecModel};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::mpsc::Sender;

const CARD_WIDTH: f32 = 340.0;
const ROW_HEIGHT: f32 = 310.0;
const ROWS_SEEN: usize = 3;
const CARDS_SEEN: usize = 5;
const AROUND: usize = 1;
/// Pictures that are kept.
const KEPT: usize = 200;

pub struct Home {
    library: Library,
    row: usize,
    column: usize,
    /// The first row that is seen, and the first card of each row.
    top: usize,
    first: HashMap<usize, usize>,
    pictures: HashMap<String, Image>,
    oldest: VecDeque<String>,
    asked: HashSet<String>,
    ask: Sender<String>,
    /// Row and column of each card that is made.
    made: Vec<(usize, usize)>,
}

impl Home {
    /// `ask` takes the paths of the pictures that are wanted.
    pub fn new(library: Library, ask: Sender<String>) -> Self {
        Self {
            library,
            row: 0,
            column: 0,
            top: 0,
            first: HashMap::new(),
            pictures: HashMap::new(),
            oldest: VecDeque::new(),
            asked: HashSet::new(),
            ask,
            made: Vec::new(),
        }
    }

    /// Moves the focus, and says whether it has moved.
    pub fn key(&mut self, text: &SharedString) -> bool {
        let (rows, columns) = (
            self.library.rows.len(),
            self.library.rows[self.row].items.len(),
        );
        let is = |key: Key| *text == SharedString::from(key);
        if is(Key::RightArrow) && self.column + 1 < columns {
            self.column += 1;
        } else if is(Key::LeftArrow) && self.column > 0 {
            self.column -= 1;
        } else if is(Key::DownArrow) && self.row + 1 < rows {
            self.row += 1;
        } else if is(Key::UpArrow) && self.row > 0 {
            self.row -= 1;
        } else {
            return false;
        }
        true
    }

    pub fn lay_out(&mut self, app: &App) {
        self.top = scrolled(self.top, self.row, ROWS_SEEN);
        let first = self.first.entry(self.row).or_insert(0);
        *first = scrolled(*first, self.column, CARDS_SEEN);
        let (mut cards, mut titles, mut made) = (vec![], vec![], vec![]);
        for row in around(self.top, ROWS_SEEN, self.library.rows.len()) {
            let items = &self.library.rows[row].items;
            let y = (row as f32 - self.top as f32) * ROW_HEIGHT;
            let first = self.first.get(&row).copied().unwrap_or(0);
            let title = self.library.rows[row].title.as_str().into();
            titles.push(RowTitle { y, title });
            for column in around(first, CARDS_SEEN, items.len()) {
                let item = &items[column];
                let picture = self.pictures.get(&item.image).cloned().unwrap_or_else(|| {
                    if self.asked.insert(item.image.clone()) {
                        let _ = self.ask.send(item.image.clone());
                    }
                    Image::default()
                });
                made.push((row, column));
                cards.push(CardView {
                    x: 60.0 + (column as f32 - first as f32) * CARD_WIDTH,
                    y: y + 44.0,
                    title: item.title.as_str().into(),
                    subtitle: item.subtitle.as_str().into(),
                    picture,
                    focused: row == self.row && column == self.column,
                });
            }
        }
        self.made = made;
        update(&app.get_rows(), titles, |rows| app.set_rows(rows));
        update(&app.get_cards(), cards, |cards| app.set_cards(cards));
    }

    /// A picture has come.
    pub fn show(&mut self, app: &App, path: String, pixels: Pixels) {
        let picture = Image::from_rgb8(pixels);
        self.asked.remove(&path);
        self.oldest.push_back(path.clone());
        let cards = app.get_cards();
        for (number, &(row, column)) in self.made.iter().enumerate() {
            if self.library.rows[row].items[column].image == path {
                let mut card = cards.row_data(number).unwrap();
                card.picture = picture.clone();
                cards.set_row_data(number, card);
            }
        }
        self.pictures.insert(path, picture);
        while self.pictures.len() > KEPT {
            if let Some(oldest) = self.oldest.pop_front() {
                self.pictures.remove(&oldest);
            }
        }
    }
}

/// The first that is seen, so that `focus` is.
fn scrolled(first: usize, focus: usize, seen: usize) -> usize {
    first.min(focus).max((focus + 1).saturating_sub(seen))
}

fn around(first: usize, seen: usize, count: usize) -> std::ops::Range<usize> {
    first.saturating_sub(AROUND)..count.min(first + seen + 1 + AROUND)
}

/// Where as many are shown as before, only those that differ are touched.
fn update<T: Clone + PartialEq + 'static>(
    shown: &ModelRc<T>,
    new: Vec<T>,
    set: impl Fn(ModelRc<T>),
) {
    if shown.row_count() != new.len() {
        set(ModelRc::new(VecModel::from(new)));
        return;
    }
    for (number, value) in new.into_iter().enumerate() {
        if shown.row_data(number).as_ref() != Some(&value) {
            shown.set_row_data(number, value);
        }
    }
}
