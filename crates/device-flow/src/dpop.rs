//! Tokens that are bound to a key of this device (DPoP, RFC 9449).
//!
//! Every request that obtains or uses a bound token carries a proof: a short JWT, signed by the
//! session's [`Key`], of the method, the address, the time and the token it goes along with.
//!
//! **What it protects.** A token that leaks on its way or at the far end (a proxy, a log, the API, a
//! backup of the tokens alone) is worth nothing without the key, and the key never leaves this
//! device. Keep it in a file of its own beside the tokens, so that neither file is enough alone.
//!
//! **What it does not protect.** Whoever can read this user's whole directory has both files; whoever
//! runs programs as this user can sign with the key; and who sees a proof can repeat it until the
//! server's window closes, on the same address and with the same token only. A key in hardware would
//! be better against the first; few devices have one that a program of an ordinary user may use.
//!
//! Whether a new sign-in gets a key is decided by [`Dpop`](crate::Dpop) and what the server demands. The key
//! then belongs to the session until its end, whatever the configuration says later: its
//! refresh token is good for nothing without it.

#[cfg(feature = "dpop")]
mod key;
#[cfg(not(feature = "dpop"))]
#[path = "dpop/no_key.rs"]
mod key;
#[cfg(feature = "dpop")]
mod nonce;
mod presented;
#[cfg(feature = "dpop")]
mod proof;

pub use key::Key;
pub(super) use presented::{INVALID_DPOP_PROOF, Role, USE_DPOP_NONCE, explain, is_dpop};
pub use presented::{authorization, nonce_wanted};
