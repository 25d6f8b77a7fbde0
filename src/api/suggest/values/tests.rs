use super::*;

#[test]
fn values_tell_what_they_are() {
    for (text, is) in [
        ("2026-05-01", Some(Moment::Day)),
        ("2026-05-01T00:00:00.000Z", Some(Moment::Day)),
        ("2026-05-01T20:10:00Z", Some(Moment::Time)),
        ("2026-05-01 20:10:00", Some(Moment::Time)),
        ("2026-05", None),
        ("20260501-1", None),
    ] {
        assert_eq!(moment(text), is, "{text}");
    }
    assert!(
        is_iso_span("PT1H42M")
            && is_iso_span("P3D")
            && !is_iso_span("PTA")
            && !is_iso_span("Part 1")
    );
    assert!(is_picture("https://i.example/a.JPG?w=3") && !is_picture("https://i.example/a.b/c"));
    assert_eq!(
        blanks("https://i.example/a-{width}x{height}.jpg"),
        ["width", "height"]
    );
    assert!(blanks("/a{?page}").is_empty());
    assert!(is_link("/a?page=2") && is_link("?page=2") && !is_link("abc") && !is_link("/ a"));
}

#[test]
fn texts_tell_their_language() {
    for html in ["<p>x</p>", "a &#8211; b", "a &amp; b", "a<br>b"] {
        assert!(is_html(html), "{html}");
    }
    for plain in ["a & b; c", "1 < 2", "Q&A;", "x"] {
        assert!(!is_html(plain), "{plain}");
    }
    for markdown in [
        "## What\nx",
        "a **b** c",
        "see [it](https://x.example)",
        "- [ ] do",
    ] {
        assert!(is_markdown(markdown), "{markdown}");
    }
    assert!(!is_markdown("#1 of the year, 2 * 3"));
    for code in [
        "9e107d9d372bb6826bd81d3542a419d6",
        "kWkGDAR9CGRpWO11VpJ2cGtVCQ==",
        "auth0|5f7c8ec7c33c6c004bbafe82",
    ] {
        assert!(is_code(code), "{code}");
    }
    assert!(!is_code("Season") && !is_code("The 39 Steps"));
}
