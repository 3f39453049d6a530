# Sentences of pages.

page-confirmed_by = It was confirmed by { $person }.
page-help-title = What went wrong
page-help-intro = What people meet when they connect Pages, Instagram accounts, WhatsApp numbers and ad accounts with Meta: why it happens, what helps, and what it does to a connection.
page-help-search = Search
page-help-hint = Words or a number of Meta's, such as 131042
page-help-find = Find
page-help-all = Show all
page-help-none = Nothing here speaks of “{ $query }”. Try one word of the message, or its number.
page-help-found =
    { $count ->
        [one] 1 entry.
       *[other] { $count } entries.
    }
page-help-why = Why
page-help-todo = What to do
page-help-effect = The connection
page-help-numbers = Meta's numbers
page-help-more = More about this
page-help-start = To the start
page-language = Language
