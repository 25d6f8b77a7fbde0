//! The names of the claims that say who a person is.

/// Where a server says who it is.
#[derive(Debug)]
pub struct Members {
    /// What tells the person from all others; text or a number.
    pub subject: &'static str,
    /// Names, the best one first.
    pub name: &'static [&'static str],
    /// E-mail address.
    pub email: &'static str,
    /// Address of a picture.
    pub picture: &'static str,
}

/// As OpenID Connect Core section 5.1 names them.
pub const STANDARD_MEMBERS: Members = Members {
    subject: "sub",
    name: &["name", "given_name", "nickname", "preferred_username"],
    email: "email",
    picture: "picture",
};
