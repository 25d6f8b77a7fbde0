use serde_json::{Value, json};

use super::*;

fn found(item: Value) -> Option<(String, &'static str)> {
    let items = [item];
    let survey = Survey::of(&items.iter().collect::<Vec<_>>());
    picture(&survey).map(|picture| (picture.choice.toml, picture.shape.0))
}

#[test]
fn a_picture_is_found_by_its_name_and_its_address() {
    for (item, toml, shape) in [
        (
            json!({"url": "https://a.example/x", "thumbnail_url": "https://i.example/a.jpg"}),
            "\"/thumbnail_url\"",
            "wide",
        ),
        (
            json!({"poster_path": "/a.jpg", "backdrop_path": "/b.jpg"}),
            "\"/poster_path\"",
            "poster",
        ),
        (
            json!({"user": {"avatar_url": "https://i.example/u/1?v=4", "repos_url": "https://a.example/r"}}),
            "\"/user/avatar_url\"",
            "square",
        ),
        (
            json!({"baseUrl": "https://i.example/x", "mimeType": "image/jpeg", "productUrl": "https://p.example/1"}),
            "\"/baseUrl\"",
            "wide",
        ),
        (
            json!({"shot": "https://i.example/x-{width}x{height}.jpg"}),
            "{ at = \"/shot\", fill = { width = 640, height = 360 } }",
            "wide",
        ),
        (
            json!({"images": [{"url": "https://i.example/1", "width": 64, "height": 64}, {"url": "https://i.example/2", "width": 640, "height": 640}]}),
            "{ at = \"/images\" }",
            "square",
        ),
        (
            json!({"images": [{"kind": "banner", "url": "https://i.example/1.png"}, {"kind": "poster", "url": "https://i.example/2.png"}]}),
            "\"$.images[?@.kind=='poster'].url\"",
            "poster",
        ),
        (
            json!({"pictures": {"base_link": "https://i.example/1", "sizes": [{"width": 100, "height": 56, "link": "https://i.example/1_100"}, {"width": 640, "height": 360, "link": "https://i.example/1_640"}]}}),
            "{ at = \"/pictures/sizes\" }",
            "wide",
        ),
        (
            json!({"images": [{"src": "https://i.example/1.png"}]}),
            "\"/images/0/src\"",
            "wide",
        ),
        (
            json!({"thumbnails": {"default": {"url": "https://i.example/1.jpg", "width": 120, "height": 90}, "high": {"url": "https://i.example/2.jpg", "width": 640, "height": 360}}}),
            "[\"/thumbnails/high/url\", \"/thumbnails/default/url\"]",
            "wide",
        ),
        (
            json!({"avatar_urls": {"24": "https://i.example/a?s=24", "96": "https://i.example/a?s=96"}}),
            "[\"/avatar_urls/96\", \"/avatar_urls/24\"]",
            "wide",
        ),
    ] {
        let told = item.to_string();
        let (found, of) = found(item).unwrap_or_default();
        assert_eq!(found, toml, "{told}");
        if toml.contains("avatar_urls") {
            continue;
        }
        assert_eq!(of, shape, "{told}");
    }
    for nothing in [
        json!({"status": {"iconUrl": "https://i.example/s.png"}}),
        json!({"repos_url": "https://a.example/r"}),
        json!({"image_id": "a/b.c", "blurhash": "L6PZfSi_.AyE_3t7t7R**0o#DgR4"}),
        json!({"preview": "https://m.example/x.mp3"}),
        json!({"path": "/srv/films/a film.jpg"}),
    ] {
        assert!(found(nothing.clone()).is_none(), "{nothing}");
    }
}

#[test]
fn a_picture_of_one_of_two_kinds_is_looked_for_in_both_places() {
    let items = [
        json!({"cover": {"type": "file", "file": {"url": "https://i.example/1.png"}}}),
        json!({"cover": {"type": "external", "external": {"url": "https://i.example/2.png"}}}),
    ];
    let survey = Survey::of(&items.iter().collect::<Vec<_>>());
    let found = picture(&survey).unwrap().choice.toml;
    assert!(
        found.starts_with('[')
            && found.contains("/cover/file/url")
            && found.contains("/cover/external/url"),
        "{found}"
    );
}
