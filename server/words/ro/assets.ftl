# Resurse pe care le-a arătat Meta.

asset-permission_missing =
    { $count ->
        [one] Permisiunea { $names } nu a fost acordată.
       *[other] Permisiunile { $names } nu au fost acordate.
    }
    .todo = Conectați din nou și acceptați toate permisiunile cerute de Meta.
instagram-page_unusable = Se ajunge la el prin Pagina { $page }. { $reason }
    .todo = Obțineți un rol cu mesaje pentru acea Pagină, apoi conectați din nou.
asset-not_chosen =
    { $kind ->
        [page] Această Pagină nu a fost aleasă în fereastra Meta pentru { $permission }.
        [instagram] Acest cont Instagram nu a fost ales în fereastra Meta pentru { $permission }.
       *[whatsapp] Acest cont WhatsApp nu a fost ales în fereastra Meta pentru { $permission }.
    }
    .todo = Conectați din nou, apăsați Editează setările în fereastra Meta și bifați-l.
waba-rejected = Meta a respins acest cont WhatsApp.
    .todo = Deschideți Calitatea contului în Meta Business Suite și cereți o nouă evaluare.
waba-review_pending = Meta încă evaluează acest cont WhatsApp.
    .todo = Conectați-l acum; trimiterea poate fi limitată până când Meta termină.
number-banned = WhatsApp a interzis acest număr.
    .why = Meta face asta după încălcări grave sau repetate ale regulilor sale.
    .todo = Deschideți WhatsApp Manager și cereți o evaluare, sau folosiți alt număr.
number-deleted = Acest număr a fost șters.
    .why = Cineva l-a scos din WhatsApp Manager.
    .todo = Adăugați-l din nou în WhatsApp Manager sau folosiți alt număr.
number-migrated = Acest număr a fost mutat în alt cont WhatsApp.
    .todo = Alegeți-l sub noul său cont. Unde este deja conectat, conectați mai întâi din nou.
number-on_premise = Acest număr folosește On-Premises API, pe care Meta l-a închis.
    .todo = Mutați numărul la Cloud API în WhatsApp Manager, apoi conectați din nou.
number-flagged = Mulți clienți au blocat sau au raportat acest număr. Meta îl poate limita.
    .todo = Conectați-l, trimiteți mai puțin marketing și urmăriți-i calitatea.
number-restricted = Deocamdată, acest număr poate scrie mai puținor clienți.
    .todo = Conectați-l. Răspunsurile către clienți pleacă în continuare; așteptați înainte de a scrie unora noi.
number-unknown_status = Meta anunță o stare a acestui număr pe care Attaché nu o cunoaște.
    .todo = Conectați-l și verificați-l în WhatsApp Manager.
number-not_registered = Acest număr nu este încă înregistrat.
    .todo = Alegeți-l: Attaché îl înregistrează apoi de la sine. Dacă numărul are deja un PIN, vi se cere.
number-not_verified = Acest număr nu este verificat.
    .todo = Alegeți-l. Pe pagina lui, la „WhatsApp numbers”, cereți apoi un cod prin SMS sau apel, introduceți-l și înregistrați numărul.
number-test_number = Acesta este numărul de test al Meta. Poate scrie doar destinatarilor din lista lui.
    .todo = Folosiți-l pentru probe și conectați un număr real pentru clienți.
number-name_declined = Meta nu a aprobat numele afișat.
    .todo = Conectați-l și cereți alt nume în WhatsApp Manager.
ad_account-disabled = Meta a dezactivat acest cont de reclame.
    .todo = Deschideți Calitatea contului în Meta Business Suite și cereți o evaluare.
ad_account-closing = Acest cont de reclame este în curs de închidere.
    .todo = Folosiți alt cont de reclame.
ad_account-closed = Acest cont de reclame este închis.
    .todo = Folosiți alt cont de reclame.
ad_account-payment_due = Există o plată restantă pentru acest cont de reclame.
    .todo = Conectați-l și faceți plata în Ads Manager.
ad_account-in_review = Meta evaluează acest cont de reclame.
    .todo = Conectați-l. Reclamele se pot opri până când Meta termină.
page-no_access = Meta nu dă acces la această Pagină, pentru că nu aveți un rol care să permită asta.
    .todo = Cereți unui administrator al Paginii acces complet, apoi conectați din nou.
page-no_messaging_task = Rolul dumneavoastră pentru această Pagină nu include mesajele.
    .todo = Rugați un administrator al Paginii să vă dea sarcina Mesaje, apoi conectați din nou.
