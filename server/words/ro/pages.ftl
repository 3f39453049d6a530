# Propoziții din pagini.

page-confirmed_by = A confirmat-o { $person }.
page-help-title = Ce nu a mers
page-help-intro = Ce se poate întâmpla când conectați Pagini, conturi Instagram, numere WhatsApp și conturi de reclame cu Meta: de ce apare, ce ajută și ce face unei conexiuni.
page-help-search = Căutare
page-help-hint = Cuvinte sau un număr de la Meta, de exemplu 131042
page-help-find = Caută
page-help-all = Arată tot
page-help-none = Aici nimic nu vorbește despre „{ $query }”. Încercați un cuvânt din mesaj sau numărul lui.
page-help-found =
    { $count ->
        [one] O intrare.
        [few] { $count } intrări.
       *[other] { $count } de intrări.
    }
page-help-why = De ce
page-help-todo = Ce să faceți
page-help-effect = Conexiunea
page-help-numbers = Numere de la Meta
page-help-more = Mai multe despre asta
page-help-start = La început
page-language = Limba
