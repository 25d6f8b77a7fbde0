//! Which blank is filled by what, and what comes of it where it stands.

use jiff::civil::date;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Map, Value, json};

use super::*;
use crate::api::Error;
use crate::config::{self, Encoding};

/// Late in the evening where the box is, which is the day before in UTC.
fn moment() -> Moment {
    let zone = TimeZone::fixed(Offset::constant(2));
    let now = date(2026, 11, 29).at(1, 15, 30, 123_000_000);
    Moment::of(&now.to_zoned_datetime(zone).unwrap())
}

fn person() -> Map<String, Value> {
    let claims = json!({
        "sub": "auth0|7 f/x", "address": {"country": "DE"}, "groups": ["a", "b"], "n": 7,
        "https://acme.example/plan": "gold", "empty": "", "nothing": null, "up": "..",
    });
    claims.as_object().cloned().unwrap()
}

fn row(path: &str, body: Option<toml::Value>, encoding: Encoding) -> RequestTemplate {
    let row = config::Row {
        path: path.to_owned(),
        body,
        encoding,
        ..config::Row::default()
    };
    RequestTemplate::of_row(&row, |_| 0)
}

fn given() -> Given {
    Given {
        id: Some(json!("a/b")),
        fields: vec![json!("https://api.example/v1/a b?x=%2F&y=é%zz")],
    }
}

fn filled(path: &str, page: &Value) -> Result<String, Error> {
    row(path, None, Encoding::Json).path(&Blanks {
        person: &person(),
        moment: Some(moment()),
        given: Some(&given()),
        page,
    })
}

#[test]
fn blanks_of_a_path_are_filled_and_stay_where_they_are() {
    for (written, expected) in [
        ("users/{me/sub}/cases", "users/auth0%7C7%20f%2Fx/cases"),
        ("x?q='{me/sub}'&n={me/n}", "x?q='auth0%7C7%20f%2Fx'&n=7"),
        ("{me/address/country}/{me/groups/1}", "DE/b"),
        ("{me/https:~1~1acme.example~1plan}", "gold"),
        ("{me/https://acme.example/plan}", "gold"),
        (
            "e?from={now}&to={now+12h}",
            "e?from=2026-11-28T23:15:30Z&to=2026-11-29T11:15:30Z",
        ),
        (
            "{now-7d}/{now+90s}/{now-30m}",
            "2026-11-21T23:15:30Z/2026-11-28T23:17:00Z/2026-11-28T22:45:30Z",
        ),
        ("{today}/{today+7d}", "2026-11-29/2026-12-06"),
        ("list/{page}", "list/3"),
        ("{id}", "a%2Fb"),
        (
            "{/uri}",
            "https%3A%2F%2Fapi.example%2Fv1%2Fa%20b%3Fx%3D%252F%26y%3D%C3%A9%25zz",
        ),
        (
            "{+/uri}",
            "https://api.example/v1/a%20b?x=%2F&y=%C3%A9%25zz",
        ),
        ("{{id}}", "{id}"),
    ] {
        assert_eq!(
            filled(written, &json!(3)).as_deref(),
            Ok(expected),
            "{written}"
        );
    }
}

#[test]
fn what_a_person_lacks_is_not_asked_for_without_it() {
    for path in [
        "{me/subject}",
        "{me/address/city}",
        "{me/groups/7}",
        "{me/nothing}",
    ] {
        let error = filled(path, &Value::Null).unwrap_err().to_string();
        assert!(
            error.contains("there are: address, empty, groups"),
            "{error}"
        );
    }
    for path in ["{me/address}", "{me/empty}", "{me/up}/x"] {
        assert!(
            matches!(filled(path, &Value::Null), Err(Error::Refused(_))),
            "{path}"
        );
    }
    let body = toml::toml! { owner = "{me/nobody}" };
    let asked = row("x", Some(toml::Value::Table(body)), Encoding::Json);
    let nothing = Value::Null;
    let payload = asked.payload(&Blanks {
        person: &person(),
        moment: Some(moment()),
        given: None,
        page: &nothing,
    });
    assert!(matches!(payload, Err(Error::Refused(_))), "{payload:?}");
}

#[test]
fn the_first_page_of_a_cursor_is_asked_for_with_nothing() {
    assert_eq!(
        filled("x?after={page}", &Value::Null).as_deref(),
        Ok("x?after=")
    );
    assert_eq!(
        filled("x?after={page}", &json!("a/b&c")).as_deref(),
        Ok("x?after=a%2Fb%26c")
    );
}

fn sent(body: &str, encoding: Encoding, page: &Value) -> (&'static str, String) {
    let body: toml::Table = toml::from_str(&format!("body = {body}")).unwrap();
    let asked = row("x", body.get("body").cloned(), encoding);
    let blanks = Blanks {
        person: &person(),
        moment: Some(moment()),
        given: Some(&given()),
        page,
    };
    let payload = asked.payload(&blanks).unwrap().unwrap();
    (
        payload.content_type,
        String::from_utf8(payload.bytes).unwrap(),
    )
}

#[test]
fn a_body_is_written_as_its_encoding_says() {
    const JSON: &str = "application/json";
    const FORM: &str = "application/x-www-form-urlencoded";
    const PATCH: &str = "application/json-patch+json";
    for (body, encoding, kind, written) in [
        (
            "{ page = '{page}', of = 'page {page}', n = '{me/n}', who = '{me/groups}', on = '{today}' }",
            Encoding::Json,
            JSON,
            r#"{"n":7,"of":"page 3","on":"2026-11-29","page":3,"who":["a","b"]}"#,
        ),
        (
            "['{id}', 1, true, { a = [] }]",
            Encoding::Json,
            JSON,
            r#"["a/b",1,true,{"a":[]}]"#,
        ),
        (
            "{ name = 'a b&c', page = '{page}', on = true, tag = ['x', 'y'] }",
            Encoding::Form,
            FORM,
            "name=a+b%26c&on=true&page=3&tag=x&tag=y",
        ),
        (
            "[{ op = 'replace', path = '/status', value = 'arrived' }]",
            Encoding::JsonPatch,
            PATCH,
            r#"[{"op":"replace","path":"/status","value":"arrived"}]"#,
        ),
    ] {
        assert_eq!(sent(body, encoding, &json!(3)), (kind, written.to_owned()));
    }
    let first = sent(
        "{ cursor = '{page}', words = '{page}.' }",
        Encoding::Json,
        &Value::Null,
    );
    assert_eq!(first.1, r#"{"words":"."}"#);
    let first = sent(
        "{ cursor = '{page}', size = 5 }",
        Encoding::Form,
        &Value::Null,
    );
    assert_eq!(first.1, "size=5");
}
