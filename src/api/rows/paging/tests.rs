//! What follows a page, and when nothing does.

use serde_json::json;

use super::*;
use crate::api::fill::Moment;
use crate::config::{Paging, Row};

fn plan(row: &Row) -> Plan {
    Plan::new(row, Vec::new())
}

fn base() -> Url {
    Url::parse("https://api.example.com/v1/").unwrap()
}

fn first() -> Url {
    base().join("list?genre=a%26b&page=1").unwrap()
}

fn linked() -> Plan {
    plan(&Row {
        next: Some("/links/next".to_owned()),
        ..Row::default()
    })
}

fn counted(kind: PageKind, start: u32) -> Plan {
    plan(&Row {
        page: Some(Paging {
            parameter: Some("page".to_owned()),
            kind,
            start,
            cursor: Some("/meta/next".to_owned()),
            more: None,
        }),
        ..Row::default()
    })
}

fn found(cards: Vec<Card>) -> CardList {
    let items = cards.len() as u64;
    CardList { cards, items }
}

fn cards(ids: &[&str]) -> CardList {
    let card = |id: &&str| Card {
        id: (*id).to_owned(),
        ..Card::default()
    };
    found(ids.iter().map(card).collect())
}

fn after(plan: &Plan, reply: &Value, ids: &[&str], before: Option<&Cursor>) -> Next {
    follows(plan, reply, &cards(ids), &first(), before)
}

fn linked_after(plan: &Plan, reply: &Value, ids: &[&str], link: &str) -> Next {
    let link = base().join(link).unwrap();
    follows_link(plan, reply, &cards(ids), &first(), None, Some(&link))
}

/// What follows a page of the row that asks for `first`.
fn follows(
    plan: &Plan,
    reply: &Value,
    found: &CardList,
    first: &Url,
    before: Option<&Cursor>,
) -> Next {
    follows_link(plan, reply, found, first, before, None)
}

/// The same where the answer has a `Link` header.
fn follows_link(
    plan: &Plan,
    reply: &Value,
    found: &CardList,
    first: &Url,
    before: Option<&Cursor>,
    link: Option<&Url>,
) -> Next {
    let first = FirstPage::at(PageRequest::get(None, first.clone()), Moment::now());
    let asked = before.map_or_else(|| first.request(), |cursor| cursor.request.clone());
    let at = PageAt {
        asked: &asked,
        from: &asked.url,
        next: link,
        first: &first,
        before,
        origin: &ApiOrigin::at(base()),
    };
    next(plan, reply, found, &at)
}

fn page(next: Next) -> Cursor {
    match next {
        Next::Page(cursor) => cursor,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_link_leads_on_within_the_api_alone() {
    let to = |next: &str| after(&linked(), &json!({"links": {"next": next}}), &["a"], None);
    for (written, url) in [
        ("?page=2", "https://api.example.com/v1/list?page=2"),
        ("more/2", "https://api.example.com/v1/more/2"),
        (
            "/v1/list?after=x",
            "https://api.example.com/v1/list?after=x",
        ),
        (
            "https://api.example.com/v1/x",
            "https://api.example.com/v1/x",
        ),
    ] {
        assert_eq!(page(to(written)).request.url.as_str(), url, "{written}");
    }
    for written in [
        "https://evil.example/v1/list",
        "//evil.example/v1/list",
        "http://api.example.com/v1/list",
        "/admin",
        "../admin",
        "javascript:alert(1)",
    ] {
        assert!(matches!(to(written), Next::Refused(_)), "{written}");
    }
    for reply in [
        json!({}),
        json!({"links": {"next": null}}),
        json!({"links": {"next": ""}}),
        json!({"links": {"next": false}}),
        json!({"links": {"next": 2}}),
    ] {
        assert_eq!(after(&linked(), &reply, &["a"], None), Next::End);
    }
}

#[test]
fn a_circle_ends() {
    let reply = |next: &str| json!({"links": {"next": next}});
    let itself = after(&linked(), &reply("?genre=a%26b&page=1"), &["a"], None);
    assert_eq!(itself, Next::End);
    let second = page(after(&linked(), &reply("?page=2"), &["a"], None));
    let third = page(after(&linked(), &reply("?page=3"), &["b"], Some(&second)));
    assert_eq!(
        after(&linked(), &reply("?page=2"), &["c"], Some(&third)),
        Next::End
    );
    assert_eq!(
        after(&linked(), &reply("?page=4"), &["b"], Some(&third)),
        Next::Again,
        "the same items once more"
    );
}

#[test]
fn a_parameter_counts_pages_items_or_nothing() {
    let query = |cursor: &Cursor| cursor.request.url.query().unwrap().to_owned();
    let plan = counted(PageKind::Number, 1);
    let second = page(after(&plan, &json!({}), &["a", "b"], None));
    assert_eq!(query(&second), "genre=a%26b&page=2");
    let third = page(after(&plan, &json!({}), &["c"], Some(&second)));
    assert_eq!(query(&third), "genre=a%26b&page=3");
    assert_eq!(after(&plan, &json!({}), &[], Some(&third)), Next::End);
    let bare = base().join("list").unwrap();
    let plan = counted(PageKind::Number, 0);
    let zero = follows(&plan, &json!({}), &cards(&["a"]), &bare, None);
    assert_eq!(query(&page(zero)), "page=1");

    let plan = counted(PageKind::Offset, 1);
    let second = page(after(&plan, &json!({}), &["a", "b"], None));
    assert_eq!(query(&second), "genre=a%26b&page=2");
    let third = page(after(&plan, &json!({}), &["c"], Some(&second)));
    assert_eq!(query(&third), "genre=a%26b&page=3");

    let plan = counted(PageKind::Cursor, 1);
    let reply = json!({"meta": {"next": "x y=&"}});
    let second = page(after(&plan, &reply, &["a"], None));
    assert_eq!(query(&second), "genre=a%26b&page=x+y%3D%26");
    assert_eq!(
        after(&plan, &json!({"meta": {}}), &["b"], Some(&second)),
        Next::End
    );
}

#[test]
fn the_link_header_leads_on_within_the_api_alone() {
    let plan = counted(PageKind::Link, 1);
    let reply = json!([]);
    let second = page(linked_after(&plan, &reply, &["a"], "list?page_info=x"));
    let address = "https://api.example.com/v1/list?page_info=x";
    assert_eq!(second.request.url.as_str(), address);
    for elsewhere in [
        "https://evil.example/v1/list",
        "/admin",
        "http://api.example.com/v1/",
    ] {
        let next = linked_after(&plan, &reply, &["a"], elsewhere);
        assert!(matches!(next, Next::Refused(_)), "{elsewhere}");
    }
    let itself = linked_after(&plan, &reply, &["a"], "list?genre=a%26b&page=1");
    assert_eq!(itself, Next::End, "a circle");
    assert_eq!(after(&plan, &reply, &["a"], None), Next::End, "no header");
    // A header of a row that pages otherwise says nothing.
    let counted = counted(PageKind::Number, 1);
    let second = page(linked_after(&counted, &reply, &["a"], "list?page_info=x"));
    assert_eq!(second.request.url.query(), Some("genre=a%26b&page=2"));
}

#[test]
fn the_last_id_leads_on_until_there_is_no_more() {
    let plan = |more: Option<&str>| {
        plan(&Row {
            page: Some(Paging {
                parameter: Some("after".to_owned()),
                kind: PageKind::LastId,
                more: more.map(str::to_owned),
                ..Paging::default()
            }),
            ..Row::default()
        })
    };
    let query = |cursor: Cursor| cursor.request.url.query().unwrap().to_owned();
    let always = plan(None);
    let second = page(after(&always, &json!({}), &["a", "b c"], None));
    assert_eq!(query(second.clone()), "genre=a%26b&page=1&after=b+c");
    let third = page(after(&always, &json!({}), &["d"], Some(&second)));
    assert_eq!(query(third.clone()), "genre=a%26b&page=1&after=d");
    assert_eq!(after(&always, &json!({}), &[], Some(&third)), Next::End);

    let told = plan(Some("/has_more"));
    for (reply, goes_on) in [
        (json!({"has_more": true}), true),
        (json!({"has_more": "true"}), true),
        (json!({"has_more": false}), false),
        (json!({"has_more": "false"}), false),
        (json!({"has_more": null}), false),
        (json!({"has_more": 0}), false),
        (json!({}), false),
    ] {
        let next = after(&told, &reply, &["a"], None);
        assert_eq!(matches!(next, Next::Page(_)), goes_on, "{reply}");
    }
    let nameless = Card {
        own_id: OwnId::Missing,
        ..Card::default()
    };
    let next = follows(&always, &json!({}), &found(vec![nameless]), &first(), None);
    assert!(matches!(next, Next::Refused(_)), "{next:?}");
}

#[test]
fn an_api_that_says_that_there_is_no_more_is_believed_whatever_else_it_says() {
    let reply =
        |more: bool| json!({"next": "?page=2", "meta": {"next": "x"}, "info": [{"more": more}]});
    let told = |kind, next: Option<&str>| {
        plan(&Row {
            next: next.map(str::to_owned),
            page: Some(Paging {
                parameter: Some("page".to_owned()),
                kind,
                start: 1,
                cursor: Some("$.meta['next']".to_owned()),
                more: Some("$.info[?@.more == true].more".to_owned()),
            }),
            ..Row::default()
        })
    };
    for plan in [
        told(PageKind::Number, None),
        told(PageKind::Cursor, None),
        told(PageKind::Number, Some("$.next")),
    ] {
        assert!(matches!(
            after(&plan, &reply(true), &["a"], None),
            Next::Page(_)
        ));
    }
    let pointer = |kind| {
        plan(&Row {
            page: Some(Paging {
                more: Some("/info/0/more".to_owned()),
                ..told(kind, None).paging.unwrap()
            }),
            ..Row::default()
        })
    };
    for kind in [
        PageKind::Number,
        PageKind::Offset,
        PageKind::Cursor,
        PageKind::LastId,
    ] {
        assert_eq!(
            after(&pointer(kind), &reply(false), &["a"], None),
            Next::End
        );
    }
}

#[test]
fn pages_without_an_item_end() {
    let reply = |next: u32| json!({"links": {"next": format!("?page={next}")}});
    let mut cursor = page(after(&linked(), &reply(2), &["a"], None));
    let mut asked = 1;
    while let Next::Page(next) = after(&linked(), &reply(asked + 2), &[], Some(&cursor)) {
        cursor = next;
        asked += 1;
    }
    assert_eq!(asked, MOST_EMPTY);
    // One item in between begins the count anew.
    let full = page(after(&linked(), &reply(90), &["b"], Some(&cursor)));
    assert!(matches!(
        after(&linked(), &reply(91), &[], Some(&full)),
        Next::Page(_)
    ));
}

#[test]
fn items_without_an_id_are_told_apart_by_what_is_seen_of_them() {
    let nameless = |title: &str, place: u64| Card {
        id: format!(" #{place}"),
        own_id: OwnId::Missing,
        title: title.into(),
        ..Card::default()
    };
    let plan = counted(PageKind::Number, 1);
    let follows = |card: Card, before: Option<&Cursor>| {
        follows(&plan, &json!({}), &found(vec![card]), &first(), before)
    };
    let second = page(follows(nameless("A", 0), None));
    assert_eq!(follows(nameless("A", 1), Some(&second)), Next::Again);
    assert!(matches!(
        follows(nameless("B", 1), Some(&second)),
        Next::Page(_)
    ));
}

#[test]
fn no_list_is_endless() {
    let plan = counted(PageKind::Number, 1);
    let mut cursor = page(after(&plan, &json!({}), &["first"], None));
    let mut pages = 1;
    loop {
        let id = pages.to_string();
        match after(&plan, &json!({}), &[&id], Some(&cursor)) {
            Next::Page(next) => cursor = next,
            end => {
                assert_eq!(end, Next::End);
                break;
            }
        }
        pages += 1;
    }
    assert_eq!(pages + 1, MOST);
}

#[test]
fn what_is_yes_or_no_or_zero_is_no_cursor() {
    let plan = counted(PageKind::Cursor, 1);
    let to = |next: Value| after(&plan, &json!({"meta": {"next": next}}), &["a"], None);
    for next in [json!(false), json!(true), json!(0), json!(0.0)] {
        assert_eq!(to(next.clone()), Next::End, "{next}");
    }
    for next in [json!(7), json!("0a"), json!("x")] {
        let _ = page(to(next));
    }
}
