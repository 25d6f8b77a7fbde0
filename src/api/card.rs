//! A card: one item of the owner's API, as it is shown.

use url::Url;

/// One item of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Identifies the card across reloads.
    pub id: String,
    /// First line.
    pub title: String,
    /// Second line.
    pub subtitle: Option<String>,
    /// Address of the picture.
    pub image: Option<Url>,
    /// 0 to 1.
    pub progress: Option<f32>,
    /// Text of the detail screen.
    pub body: Option<String>,
}
