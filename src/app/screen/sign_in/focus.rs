//! What can have the focus on the sign-in screen. While a code can be used, it stands on what does no harm.

use super::{Phase, SignIn};
use crate::app::focus::{Grid, HasId};
use device_flow::Reason;

/// What can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignInControl {
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

impl HasId for SignInControl {
    fn id(self) -> &'static str {
        match self {
            Self::Bigger => "bigger",
            Self::Smaller => "smaller",
            Self::ReadAloud => "read_aloud",
            Self::NewCode => "new_code",
            Self::Confirm => "confirm",
            Self::Stay => "stay",
            Self::TryAgain => "try_again",
            Self::Diagnose => "diagnostics",
            Self::Cancel => "cancel",
        }
    }
}

impl SignIn {
    pub(super) fn enlarge(&mut self, bigger: bool) {
        self.bigger = bigger;
        self.refocus();
        self.focus.focus(if bigger {
            SignInControl::Smaller
        } else {
            SignInControl::Bigger
        });
    }

    /// Asks whether the code that is shown is to end, or does not ask any more.
    pub(super) fn question(&mut self, asks: bool) {
        self.asks = asks;
        self.refocus();
        self.focus.focus(if asks {
            SignInControl::Stay
        } else {
            SignInControl::NewCode
        });
    }

    /// The controls of the phase; the focus stays where it was when that is still there.
    pub(super) fn refocus(&mut self) {
        let controls = match &self.phase {
            Phase::Requesting { trouble: None, .. } => vec![SignInControl::Cancel],
            Phase::Requesting { .. } => {
                vec![
                    SignInControl::TryAgain,
                    SignInControl::Diagnose,
                    SignInControl::Cancel,
                ]
            }
            Phase::Showing(_) if self.bigger => vec![SignInControl::Smaller],
            Phase::Showing(_) if self.asks => vec![SignInControl::Confirm, SignInControl::Stay],
            Phase::Showing(showing) => [
                showing.qr.as_ref().map(|_| SignInControl::Bigger),
                self.voice().map(|_| SignInControl::ReadAloud),
                Some(SignInControl::NewCode),
                Some(SignInControl::Cancel),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Phase::Resting => vec![SignInControl::NewCode, SignInControl::Cancel],
            Phase::Finishing => Vec::new(),
            Phase::Failed {
                reason: Reason::Denied,
                ..
            } => vec![SignInControl::TryAgain, SignInControl::Cancel],
            Phase::Failed { .. } => vec![
                SignInControl::TryAgain,
                SignInControl::Diagnose,
                SignInControl::Cancel,
            ],
        };
        // While a code is asked for, cancelling is all there is; that must not become a choice. The words of the
        // screen that rests say what OK does there.
        let anew = self.focus.has(SignInControl::Cancel) && controls.len() > 1;
        if anew || matches!(self.phase, Phase::Resting) {
            self.focus = Grid::new(vec![controls]);
        } else {
            self.focus.replace(vec![controls]);
        }
    }
}
