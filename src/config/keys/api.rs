//! The keys of `[api]`.

use super::{Key, Kind, optional, required};

/// They stand in the order of the reference.
pub(super) const KEYS: &[Key] = &[
    required(
        "api.base_url",
        Kind::Base,
        "address of your API; every path below is resolved under it",
    ),
    optional(
        "api.picture_memory_mib",
        Kind::Whole(1, 4096),
        "64",
        "most memory for pictures, in MiB; those on the screen stay whatever they take",
    ),
    required(
        "api.rows[].title",
        Kind::Text,
        "heading above the row; with row_source, only until its rows are there",
    ),
    required(
        "api.rows[].path",
        Kind::Text,
        "path under base_url that answers with the row's items",
    ),
    optional(
        "api.rows[].items",
        Kind::Pointer,
        "\"\"",
        "pointer into the reply: the list of items; empty is the whole reply, `*` is each element on the way: \"/groups/*/items\"",
    ),
    optional(
        "api.rows[].next",
        Kind::Pointer,
        "none",
        "pointer into the reply: address of the next page, which is loaded as focus nears the end; it must be under base_url",
    ),
    optional(
        "api.rows[].refresh_seconds",
        Kind::Whole(0, 86_400),
        "0",
        "seconds after which the row is loaded anew while it is on screen; 0 is only when home is opened",
    ),
    required(
        "api.rows[].page.parameter",
        Kind::Text,
        "query parameter that asks for a further page, where replies hold no address of it",
    ),
    optional(
        "api.rows[].page.kind",
        Kind::Choice(&["number", "offset", "cursor"]),
        "\"number\"",
        "what it counts: pages, items before the page, or nothing: a word of the reply before",
    ),
    optional(
        "api.rows[].page.start",
        Kind::Whole(0, 1),
        "1",
        "number of the first page",
    ),
    optional(
        "api.rows[].page.cursor",
        Kind::Pointer,
        "required for kind \"cursor\"",
        "pointer into the reply: value of the parameter for the next page; missing or null is the end",
    ),
    optional(
        "api.rows[].row_source.rows_path",
        Kind::Pointer,
        "\"\"",
        "makes the reply a list of rows: pointer into the reply to that list",
    ),
    required(
        "api.rows[].row_source.title",
        Kind::Pointers,
        "in each row of the reply: its heading",
    ),
    optional(
        "api.rows[].row_source.id",
        Kind::Pointers,
        "its title",
        "in each row: what tells it from the others",
    ),
    optional(
        "api.rows[].row_source.items",
        Kind::Pointer,
        "none; this or link is required",
        "in each row: its list of items",
    ),
    optional(
        "api.rows[].row_source.link",
        Kind::Pointers,
        "none",
        "in each row: address that answers with its items, where api.rows.items finds them",
    ),
    optional(
        "api.rows[].row_source.limit",
        Kind::Whole(1, 1000),
        "100",
        "more rows than this are left out",
    ),
    required(
        "api.rows[].card.id",
        Kind::Pointers,
        "in an item: what tells it from the others",
    ),
    required(
        "api.rows[].card.title",
        Kind::Pointers,
        "in an item: first line; the first of a list that is there wins: [\"/name\", \"/title\", \"=Untitled\"]",
    ),
    optional(
        "api.rows[].card.subtitle",
        Kind::Source,
        "none",
        "in an item: second line; { at = \"/released\", format = \"date\" } writes it as the viewer does: text, number, percent, date, date-time, duration",
    ),
    optional(
        "api.rows[].card.image",
        Kind::Pointers,
        "none",
        "in an item: address of the picture, absolute or relative to the reply's",
    ),
    optional(
        "api.rows[].card.progress",
        Kind::Progress,
        "none",
        "in an item: progress from 0 to 1, or { value = \"/seen\", max = \"/length\" } (max may be a number)",
    ),
    optional(
        "api.rows[].card.body",
        Kind::Pointers,
        "none",
        "in an item: text of the detail screen",
    ),
    optional(
        "api.rows[].card.badges",
        Kind::Sources,
        "[]",
        "in an item: short words upon the picture, such as [\"/quality\", { at = \"=New\", when = \"/is_new\" }]",
    ),
    required(
        "api.rows[].details[].label",
        Kind::Text,
        "what a further line of the detail screen is called",
    ),
    required(
        "api.rows[].details[].value",
        Kind::Source,
        "in an item: what that line says",
    ),
    required(
        "api.rows[].actions[].label",
        Kind::Text,
        "what the button on the detail screen says",
    ),
    required(
        "api.rows[].actions[].method",
        Kind::Method,
        "HTTP method of the action",
    ),
    required(
        "api.rows[].actions[].path",
        Kind::Template,
        "path under base_url; {id} stands for the card's id, {/pointer} for what the item has there",
    ),
    optional(
        "api.rows[].actions[].body",
        Kind::Body,
        "none",
        "what is sent as JSON: { item = \"{id}\", part = \"{/part}\" }; a text that is one blank alone keeps the item's type",
    ),
    optional(
        "api.rows[].actions[].when",
        Kind::Pointer,
        "none",
        "pointer into an item: the button is there where this is neither missing, false, 0 nor empty",
    ),
    optional(
        "api.rows[].actions[].unless",
        Kind::Pointer,
        "none",
        "the other way round",
    ),
    optional(
        "api.rows[].actions[].refresh",
        Kind::Titles,
        "all rows",
        "titles of the rows that the action changes; they are loaded anew after it",
    ),
];
