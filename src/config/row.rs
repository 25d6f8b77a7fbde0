//! `[[api.rows]]` as types: what a row asks its API, where the answer has its items, and what can be done with one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::keys::{Key, METHODS, Table, ValueKind, join};
use super::table::{table, words};
use super::{CardMap, LocalizedText, Pointers, Source};

table! {
    /// `[[api.rows]]`: one row of cards, or with `row_source` as many as the API says.
    Row defaults {
        /// heading above the row, or one for each language: { en = "My cases", de = "Meine Fälle" }; with row_source,
        /// only until its rows are there
        #[serde(skip_serializing_if = "is_default")]
        title: LocalizedText, LocalizedText;
        /// the API that is asked: a name of [apis.NAME]
        #[serde(skip_serializing_if = "Option::is_none")]
        api: Option<String> = None, Text, "[api]";
        /// path under base_url that answers with the row's items; {me/sub} stands for what ID token or userinfo say
        /// of the person, {now}, {now+12h} and {today} for the time, {page} for what asks for a further page
        path: String, RowPath;
        /// HTTP method of the request
        #[serde(skip_serializing_if = "is_default")]
        method: RowMethod = RowMethod::Get, Choice(RowMethod::WORDS);
        /// what the request sends, a table or a list, with the blanks of path in its texts
        body: Option<toml::Value> = None, Body;
        /// how body is written
        #[serde(skip_serializing_if = "is_default")]
        encoding: Encoding = Encoding::Json, Choice(Encoding::WORDS);
        /// pointer into the reply: where something stands there the reply is an error, whatever its status; text
        /// there is its message
        error: Option<String> = None, Pointer;
        /// pointer into the reply: the list of items; empty is the whole reply, `*` is each element on the way:
        /// "/groups/*/items"
        items: String = String::new(), Pointer;
        /// pointer into the reply: address of the next page, which is loaded as focus nears the end; it must be
        /// under base_url
        next: Option<String> = None, Pointer;
        /// seconds after which the row is loaded anew while it is on screen; 0 is only when home is opened
        refresh_seconds: u32 = 0, Whole(0, 86_400);
        /// the form of its cards, so that pictures are not cropped
        #[serde(skip_serializing_if = "Option::is_none")]
        shape: Option<Shape> = None, Choice(Shape::WORDS), "\"wide\"; \"text\" where card has no image";
        /// in an item: address of its page, which the detail screen offers as a QR code for the phone
        qr: Option<Pointers> = None, Pointers;
        /// joins within the reply: { cover = { in = "/assets", key = "/id", by = "/cover_id" } } makes "@cover/url" a
        /// pointer into the asset whose key is what the item has at by
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        lookup: BTreeMap<String, Join> = BTreeMap::new(), Lookups;
        /// list that a card opens: a table with path (whose blanks {id} and {/pointer} the card fills), items, card and
        /// the other keys of a row
        opens: Option<Box<Row>> = None, Opens;
        /// The query parameter that asks for a further page.
        page: Option<Paging>;
        /// Makes the answer of `path` a list of rows.
        row_source: Option<RowSource>;
        /// Where in an item each part of a card stands.
        card: CardMap;
        /// Further lines of the detail screen.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        details: Vec<Detail>;
        /// Buttons on the detail screen.
        actions: Vec<Action>;
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

words! {
    /// HTTP method of a row's request.
    RowMethod {
        /// RFC 9110 section 9.3.1.
        #[default]
        Get = "GET",
        /// RFC 9110 section 9.3.3, for APIs that are asked with a body, such as GraphQL.
        Post = "POST",
    }
}

words! {
    /// How a body is written.
    Encoding {
        /// `application/json`.
        #[default]
        Json = "json",
        /// `application/x-www-form-urlencoded`.
        Form = "form",
        /// `application/json-patch+json` (RFC 6902).
        JsonPatch = "json-patch",
    }
}

words! {
    /// The form of a card.
    Shape {
        /// 16:9, a film's still.
        #[default]
        Wide = "wide",
        /// 2:3, a film's poster or a book's cover.
        Poster = "poster",
        /// 1:1, a record's cover or a person's face.
        Square = "square",
        /// Words, with a small picture beside them where there is one.
        Text = "text",
    }
}

/// A join within the reply: a list, what identifies its elements, and what in an item names one of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// Pointer into the reply: the list, or the object whose members are meant.
    #[serde(rename = "in")]
    pub list: String,
    /// In an element of the list: what identifies it. `*` is its key in an object.
    pub key: Pointers,
    /// In an item: the key of the element that is meant.
    pub by: Pointers,
}

table! {
    /// `[api.rows.page]`: how a further page is asked for.
    #[derive(Eq)]
    Paging defaults {
        /// query parameter that asks for a further page, where replies hold no address of it
        parameter: Option<String> = None, Text, "required, unless kind is \"link\" or {page} stands in path or body";
        /// what it counts: pages, items before the page, or nothing: a word of the reply before (cursor), the id of the
        /// last item (last-id); link is the Link header of the reply (RFC 8288) and needs no parameter
        kind: PageKind = PageKind::Number, Choice(PageKind::WORDS);
        /// number of the first page
        start: u32 = 1, Whole(0, 1);
        /// pointer into the reply: value of the parameter for the next page; missing or null is the end
        cursor: Option<String> = None, Pointer, "required for kind \"cursor\"";
        /// pointer into the reply: whether there is a next page
        #[serde(skip_serializing_if = "Option::is_none")]
        more: Option<String> = None, Pointer, "there is, until a page is empty";
    }
}

words! {
    /// What the parameter of a page counts.
    PageKind {
        /// Pages.
        #[default]
        Number = "number",
        /// Items before the page.
        Offset = "offset",
        /// Nothing: it is a word of the answer before.
        Cursor = "cursor",
        /// Nothing: the `Link` header of the answer has the address (RFC 8288).
        Link = "link",
        /// Nothing: it is the id of the last item.
        LastId = "last-id",
    }
}

table! {
    /// `[api.rows.row_source]`: the rows themselves come from the API.
    #[derive(Eq)]
    RowSource defaults {
        /// makes the reply a list of rows: pointer into the reply to that list
        rows_path: String = String::new(), Pointer;
        /// in each row of the reply: its heading
        title: Pointers, Pointers;
        /// in each row: what tells it from the others
        id: Option<Pointers> = None, Pointers, "its title";
        /// in each row: its list of items
        items: Option<String> = None, Pointer, "none; this or link is required";
        /// in each row: address that answers with its items, where api.rows.items finds them
        link: Option<Pointers> = None, Pointers;
        /// more rows than this are left out
        limit: u32 = 100, Whole(1, 1000);
    }
}

table! {
    /// `[[api.rows.details]]`: a further line of the detail screen.
    Detail defaults {
        /// what a further line of the detail screen is called, or one text for each language
        label: LocalizedText, LocalizedText;
        /// in an item: what that line says
        value: Source, Source;
    }
}

table! {
    /// `[[api.rows.actions]]`: a button on the detail screen.
    Action defaults {
        /// what the button on the detail screen says, or one text for each language
        label: LocalizedText, LocalizedText;
        /// HTTP method of the action
        method: String, Choice(METHODS);
        /// path under base_url; {id} stands for the card's id, {/pointer} for what the item has there, {+/pointer} for
        /// the same unescaped (RFC 6570), and the blanks of a row's path but {page}
        path: String, Template;
        /// what is sent, a table or a list: { item = "{id}", part = "{/part}" }; a text that is one blank alone keeps
        /// the item's type
        body: Option<toml::Value> = None, Body;
        /// how body is written
        #[serde(skip_serializing_if = "is_default")]
        encoding: Encoding = Encoding::Json, Choice(Encoding::WORDS);
        /// pointer into the reply: where something stands there the action has failed, whatever the status; text there
        /// is the message
        error: Option<String> = None, Pointer;
        /// pointer into an item: the button is there where this is neither missing, false, 0 nor empty
        when: Option<String> = None, Pointer;
        /// the other way round
        unless: Option<String> = None, Pointer;
        /// titles of the rows that the action changes; they are loaded anew after it
        refresh: Option<Vec<String>> = None, Titles, "all rows";
    }
}
