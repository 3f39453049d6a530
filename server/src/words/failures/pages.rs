//! Sentences of pages that go with a failure.

failures! {
    confirmed_by(person: String) = "page.confirmed_by", None;
    help_title() = "page.help.title", None;
    help_intro() = "page.help.intro", None;
    help_search() = "page.help.search", None;
    help_hint() = "page.help.hint", None;
    help_find() = "page.help.find", None;
    help_all() = "page.help.all", None;
    help_none(query: String) = "page.help.none", None;
    help_found(count: i64) = "page.help.found", None;
    help_why() = "page.help.why", None;
    help_todo() = "page.help.todo", None;
    help_effect() = "page.help.effect", None;
    help_numbers() = "page.help.numbers", None;
    help_more() = "page.help.more", None;
    help_start() = "page.help.start", None;
    language() = "page.language", None;
}
