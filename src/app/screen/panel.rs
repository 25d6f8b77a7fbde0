//! What opens above any screen and leaves it as it was: the viewer's own settings.

use super::accessibility::AccessibilityPanel;
use super::language::LanguagePanel;
use crate::app::focus::Controls;
use crate::app::i18n::fl;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen_reader::Reading;
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use crate::config::{Preference, Screen};

/// A panel above a screen.
#[derive(Debug)]
pub enum Panel {
    /// The language.
    Language(LanguagePanel),
    /// How the screen looks.
    Accessibility(AccessibilityPanel),
}

/// A panel that a screen asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelKind {
    /// The language.
    Language,
    /// How the screen looks.
    Accessibility,
}

/// What a panel wants of its parent.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    None,
    /// Back to the screen below.
    Close,
    /// Change this, and show it.
    Change(Preference),
}

impl Panel {
    /// A panel, where `screen` is how the screen looks now.
    pub fn new(which: PanelKind, screen: &Screen) -> Self {
        match which {
            PanelKind::Language => Self::Language(LanguagePanel::new(&screen.language)),
            PanelKind::Accessibility => Self::Accessibility(AccessibilityPanel::default()),
        }
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button, screen: &Screen) -> Action {
        match self {
            Self::Language(panel) => panel.press(button),
            Self::Accessibility(panel) => panel.press(button, screen),
        }
    }

    /// Draws the panel. `unsaved` says that the last change could not be kept.
    pub fn view<'a, Message: 'a>(
        &self,
        look: &Look,
        chrome: &'a Chrome,
        screen: &Screen,
        unsaved: bool,
    ) -> Element<'a, Message> {
        let notice = unsaved.then(|| fl!("settings-unsaved"));
        match self {
            Self::Language(panel) => panel.view(look, chrome, notice),
            Self::Accessibility(panel) => panel.view(look, chrome, screen, notice),
        }
    }

    /// What there is to hear of the panel. `unsaved` says that the last change could not be kept.
    pub fn reading(&self, screen: &Screen, unsaved: bool) -> Reading {
        let notice = unsaved.then(|| fl!("settings-unsaved"));
        match self {
            Self::Language(panel) => panel.reading(notice),
            Self::Accessibility(panel) => panel.reading(screen, notice),
        }
    }

    /// Which panel it is, for `--ui-log`.
    pub fn screen(&self) -> &'static str {
        match self {
            Self::Language(_) => "language",
            Self::Accessibility(_) => "accessibility",
        }
    }

    /// What it is doing, for `--ui-log`.
    pub fn state(&self) -> &'static str {
        match self {
            Self::Language(panel) => panel.state(),
            Self::Accessibility(_) => "shown",
        }
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        match self {
            Self::Language(panel) => panel.controls(),
            Self::Accessibility(panel) => panel.controls(),
        }
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        match self {
            Self::Language(panel) => panel.focus(),
            Self::Accessibility(panel) => panel.focus(),
        }
    }
}
