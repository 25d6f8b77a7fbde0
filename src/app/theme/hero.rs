//! Whether a card stands large above the rows of home, and upon what.

use super::Look;

impl Look {
    /// Whether the card that has the focus stands large above the rows of home.
    pub fn has_hero(&self) -> bool {
        self.hero
    }

    /// Whether a picture may stand behind words: not where contrast is to be as high as it can be.
    pub fn has_hero_picture(&self) -> bool {
        self.hero_picture
    }
}
