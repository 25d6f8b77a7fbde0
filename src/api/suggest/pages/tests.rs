use serde_json::json;

use super::*;

fn found(reply: &Value, query: &[(&str, &str)], headers: &[(&str, &str)]) -> Option<String> {
    let own = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect::<Vec<_>>()
    };
    let headers = own(headers);
    let asked = Asked {
        query: own(query),
        headers: &headers,
        items: 2,
    };
    ways(reply, "/items", &asked)
        .into_iter()
        .next()
        .map(|way| format!("{} = {}", way.key, way.toml))
}

#[test]
fn every_kind_of_paging_is_known() {
    for (reply, way) in [
        (
            json!({"next": "https://a.example/x?page=2"}),
            "next = \"/next\"",
        ),
        (json!({"next": null, "previous": null}), "next = \"/next\""),
        (
            json!({"@odata.nextLink": "https://a.example/x?$skip=2"}),
            "next = \"/@odata.nextLink\"",
        ),
        (
            json!({"_links": {"next": {"href": "/x?page=2"}, "self": {"href": "/x"}}}),
            "next = \"/_links/next/href\"",
        ),
        (
            json!({"@odata.nextLink": "Films?$skiptoken=8"}),
            "next = \"/@odata.nextLink\"",
        ),
        (
            json!({"meta": {"pagination": {"page": 1, "limit": 2, "pages": 6, "next": 2, "prev": null}}}),
            "page = { parameter = \"page\" }",
        ),
        (
            json!({"continue": {"gapcontinue": "B", "continue": "gapcontinue||"}}),
            "page = { parameter = \"gapcontinue\", kind = \"cursor\", cursor = \"/continue/gapcontinue\" }",
        ),
        (
            json!({"continue": {"offset": 10, "continue": "-||"}}),
            "page = { parameter = \"offset\", kind = \"cursor\", cursor = \"/continue/offset\" }",
        ),
        (
            json!({"nextRecordsUrl": "/q/2"}),
            "next = \"/nextRecordsUrl\"",
        ),
        (
            json!({"link": [{"relation": "self", "url": "https://a.example/"}, {"relation": "next", "url": "https://a.example/2"}]}),
            "next = \"$.link[?@.relation=='next'].url\"",
        ),
        (
            json!({"nextPageToken": "abc"}),
            "page = { parameter = \"pageToken\", kind = \"cursor\", cursor = \"/nextPageToken\" }",
        ),
        (
            json!({"response_metadata": {"next_cursor": "abc="}}),
            "page = { parameter = \"cursor\", kind = \"cursor\", cursor = \"/response_metadata/next_cursor\" }",
        ),
        (
            json!({"cursor": "abc"}),
            "page = { parameter = \"cursor\", kind = \"cursor\", cursor = \"/cursor\" }",
        ),
        (
            json!({"data": {"after": "t3_x"}}),
            "page = { parameter = \"after\", kind = \"cursor\", cursor = \"/data/after\" }",
        ),
        (
            json!({"offset": "itr1/rec1"}),
            "page = { parameter = \"offset\", kind = \"cursor\", cursor = \"/offset\" }",
        ),
        (
            json!({"page": 1, "total_pages": 9}),
            "page = { parameter = \"page\" }",
        ),
        (
            json!({"page": 0, "totalPages": 9}),
            "page = { parameter = \"page\", start = 0 }",
        ),
        (
            json!({"pageInfo": {"currentPage": 1, "hasNextPage": true}}),
            "page = { parameter = \"page\" }",
        ),
        (
            json!({"meta": {"pagination": {"page": 1, "pageCount": 2}}}),
            "page = { parameter = \"pagination[page]\" }",
        ),
        (
            json!({"offset": 0, "limit": 2, "total": 9}),
            "page = { parameter = \"offset\", kind = \"offset\" }",
        ),
        (
            json!({"StartIndex": 0, "TotalRecordCount": 9}),
            "page = { parameter = \"startIndex\", kind = \"offset\" }",
        ),
        (
            json!({"has_more": true, "object": "list"}),
            "page = { kind = \"last-id\", parameter = \"starting_after\", more = \"/has_more\" }",
        ),
    ] {
        assert_eq!(found(&reply, &[], &[]).as_deref(), Some(way), "{reply}");
    }
    for none in [
        json!([]),
        json!({"status": "ok", "count": 2}),
        json!({"items": [], "prev": "/x"}),
    ] {
        assert_eq!(found(&none, &[], &[]), None, "{none}");
    }
}

#[test]
fn what_was_asked_and_the_headers_say_the_rest() {
    let link = ("link", "<https://a.example/x?page=2>; rel=\"next\"");
    assert_eq!(
        found(&json!([]), &[], &[link]).as_deref(),
        Some("page = { kind = \"link\" }")
    );
    assert_eq!(
        found(&json!([]), &[], &[("x-next-page", "2")]).as_deref(),
        Some("page = { parameter = \"page\" }")
    );
    for (query, way) in [
        (
            ("size", "2"),
            "page = { parameter = \"from\", kind = \"offset\" }",
        ),
        (
            ("count", "2"),
            "page = { parameter = \"start\", kind = \"offset\" }",
        ),
        (("per_page", "2"), "page = { parameter = \"page\" }"),
    ] {
        assert_eq!(
            found(&json!({"total": 9}), &[query], &[]).as_deref(),
            Some(way)
        );
    }
    // Items are counted, pages are asked for.
    let reply = json!({"start": 0, "limit": 2, "total": 9});
    assert_eq!(
        found(&reply, &[("per_page", "2")], &[]).as_deref(),
        Some("page = { parameter = \"page\", start = 0 }")
    );
}

#[test]
fn the_owner_hears_where_a_row_may_end_early() {
    let asked = Asked {
        query: Vec::new(),
        headers: &[],
        items: 2,
    };
    for (reply, says) in [
        (
            json!({"total": 9}),
            Some("THE ROW MAY END EARLY: /total is 9"),
        ),
        (
            json!({}),
            Some("nothing in the reply tells of a further page"),
        ),
        (json!({"totalCount": 2}), None),
        (json!({"next": "https://a.example/2"}), None),
    ] {
        let found = note(&reply, "/items", &asked, &ways(&reply, "/items", &asked));
        let told = found.as_deref().unwrap_or_default();
        assert_eq!(found.is_some(), says.is_some(), "{reply}: {told}");
        assert!(told.starts_with(says.unwrap_or_default()), "{told}");
    }
}
