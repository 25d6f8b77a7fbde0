//! Which language people speak here.

/// The BCP 47 tag that `configured` stands for: itself, or with `auto` the system's. `None` where the
/// system has none.
pub fn tag(configured: &str) -> Option<String> {
    match configured {
        "auto" => sys_locale::get_locale(),
        tag => Some(tag.to_owned()),
    }
}
