//! What can have the focus on the sign-in screen. While a code can be used, it stands on what does no harm.

use std::borrow::Cow;

use super::{Phase, SignIn};
use crate::app::focus::{Grid, HasId};
use crate::oauth::device::Reason;

/// What can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Control {
    Bigger,
    Smaller,
    ReadAloud,
    NewCode,
    /// A new code all the same: the one that is shown ends.
    Confirm,
    /// The code that is shown.
    Stay,
    TryAgain,
    Diagnose,
    Cancel,
}

impl HasId for Control {
    fn id(self) -> Cow<'static, str> {
        let id = match self {
            Self::Bigger => "bigger",
            Self::Smaller => "smaller",
            Self::ReadAloud => "read_aloud",
            Self::NewCode => "new_code",
            Self::Confirm => "confirm",
            Self::Stay => "stay",
            Self::TryAgain => "try_again",
            Self::Diagnose => "diagnostics",
            Self::Cancel => "cancel",
        };
        id.into()
    }
}

impl SignIn {
    pub(super) fn enlarge(&mut self, bigger: bool) {
        self.bigger = bigger;
        self.refocus();
        self.focus.focus(if bigger {
            Control::Smaller
        } else {
            Control::Bigger
        });
    }

    /// Asks whether the code that is shown is to end, or does not ask any more.
    pub(super) fn question(&mut self, asks: bool) {
        self.asks = asks;
        self.refocus();
        self.focus.focus(if asks {
            Control::Stay
        } else {
            Control::NewCode
        });
    }

    /// The controls of the phase; the focus stays where it was when that is still there.
    pub(super) fn refocus(&mut self) {
        let controls = match &self.phase {
            Phase::Requesting { trouble: None, .. } => vec![Control::Cancel],
            Phase::Requesting { .. } => {
                vec![Control::TryAgain, Control::Diagnose, Control::Cancel]
            }
            Phase::Showing(_) if self.bigger => vec![Control::Smaller],
            Phase::Showing(_) if self.asks => vec![Control::Confirm, Control::Stay],
            Phase::Showing(showing) => [
                showing.qr.as_ref().map(|_| Control::Bigger),
                self.voice().map(|_| Control::ReadAloud),
                Some(Control::NewCode),
                Some(Control::Cancel),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Phase::Resting => vec![Control::NewCode, Control::Cancel],
            Phase::Finishing => Vec::new(),
            Phase::Failed {
                reason: Reason::Denied,
                ..
            } => vec![Control::TryAgain, Control::Cancel],
            Phase::Failed { .. } => vec![Control::TryAgain, Control::Diagnose, Control::Cancel],
        };
        // While a code is asked for, cancelling is all there is; that must not become a choice. The words of the
        // screen that rests say what OK does there.
        let anew = self.focus.has(Control::Cancel) && controls.len() > 1;
        if anew || matches!(self.phase, Phase::Resting) {
            self.focus = Grid::new(vec![controls]);
        } else {
            self.focus.replace(vec![controls]);
        }
    }
}
