# Rânduri din jurnalul conexiunilor.

log-granted = { $person } a permis conexiunea la Meta.
log-renewed = { $person } a confirmat din nou conexiunea cu Meta.
log-granted_for = { $person } a permis conexiunea la Meta, pentru { $member }.
log-renewed_for = { $person } a confirmat din nou conexiunea cu Meta, pentru { $member }.
log-discovered =
    { $count ->
        [one] S-a găsit o resursă la Meta.
        [few] S-au găsit { $count } resurse la Meta.
       *[other] S-au găsit { $count } de resurse la Meta.
    }
log-unread = Nu s-a putut citi { $source }: { $reason }
log-chosen =
    { $count ->
        [one] { $person } a ales o resursă.
        [few] { $person } a ales { $count } resurse.
       *[other] { $person } a ales { $count } de resurse.
    }
log-verified = Meta îi permite lui Attaché să citească.
log-subscribed = Meta confirmă că mesajele ajung la Attaché.
log-registered = Numărul este înregistrat la Meta.
log-refused = Meta refuză accesul: { $reason }
log-unchecked = Nu s-a putut verifica: { $reason }
log-silence =
    { $days ->
        [one] Nu a sosit nimic de o zi, mai mult decât este obișnuit.
        [few] Nu a sosit nimic de { $days } zile, mai mult decât este obișnuit.
       *[other] Nu a sosit nimic de { $days } de zile, mai mult decât este obișnuit.
    }
log-unsubscribed = Meta nu mai trimite mesajele către Attaché.
log-unsubscribe_failed = Abonarea nu a putut fi anulată la Meta: { $reason }
log-kept = Rămâne abonat, pentru că altă conexiune primește prin el.
log-disconnected = { $person } a deconectat. Ce urmează se face pas cu pas.
log-asset_disconnected = { $person } l-a deconectat. Ce a adus se păstrează.
log-removed_at_meta = Persoana a eliminat Attaché din Facebook. Accesul salvat a fost șters.
log-person_erased = Persoana a cerut la Meta ștergerea datelor sale. Conexiunea s-a încheiat.
log-credential_lost = Accesul salvat era sigilat cu o cheie pierdută și nu mai există.

log-would_lose =
    Noua confirmare lasă pe dinafară { $assets ->
        [0] { "" }
        [one] o resursă
        [few] { $assets } resurse
       *[other] { $assets } de resurse
    }{ $both ->
        [yes] { " și " }
       *[no] { "" }
    }{ $permissions ->
        [0] { "" }
        [one] o permisiune
        [few] { $permissions } permisiuni
       *[other] { $permissions } de permisiuni
    }. Cineva trebuie să decidă.
log-went_on_without = { $person } a continuat fără ce a fost lăsat pe dinafară la Meta.
log-left_out = A fost lăsat pe dinafară la Meta și nu mai este conectat.
log-moved_here = { $person } l-a mutat aici: Meta confirmă că acest acces îl administrează.
log-token_dead = Acest token nu funcționează.

log-override_none = Nu era pusă altă adresă.
log-override_cleared = Cealaltă adresă pusă pentru el a fost scoasă.
log-deregistered = Numărul nu mai este înregistrat pentru Cloud API.
log-was_not_registered = Nu era înregistrat.
log-stays_registered = Rămâne înregistrat, pentru că este conectat din nou.
log-stays_on_business_app = Rămâne înregistrat, pentru că este folosit și cu aplicația WhatsApp Business. Se deconectează acolo: Setări, Cont, Platformă de afaceri.
log-grant_ended = Meta nu mai arată Attaché printre cele permise de persoană.
log-grant_needed = Rămâne, pentru că aceeași confirmare de la Meta servește altă conexiune de aici, care s-ar încheia odată cu ea.
log-grant_of_system_user = Rămâne la Meta: aparține unui utilizator de sistem. Cine administrează afacerea îl încheie în setările afacerii de la Meta, la Integrări, Aplicații conectate.
log-grant_of_instagram = Rămâne la Instagram, care nu lasă niciun program să îl încheie. Cine are contul îl încheie în Instagram, la Setări, Permisiuni site web, Aplicații și site-uri web.
log-tokens_deleted = Toate tokenurile acestei conexiuni au fost șterse.
log-tokens_deleted_but_pins = Toate tokenurile acestei conexiuni se șterg. PIN-urile numerelor sale de WhatsApp se păstrează, sigilate, pentru când vor fi conectate din nou.
log-history_erased = Mesajele, clienții, înștiințările și livrările sale au fost șterse.
log-erased = Ce a adus a fost șters.
log-no_token = Nu există niciun token care poate fi citit.
log-no_page_token = Nu există niciun token pentru această Pagină.
log-bad_id = ID-ul său nu este unul de la Meta.
log-not_done = { $reason }
log-tried_again = { $reason } Se încearcă din nou de la sine.

log-renewed_until = Attaché a reînnoit accesul. Acum durează până la { DAY($end) }.
log-renewed_for_good = Attaché a reînnoit accesul. Acum nu are un sfârșit în timp.
log-access_refused = Meta refuză accesul.
log-access_ended = Accesul s-a încheiat.
    .why = S-a încheiat la { MOMENT($end) }. Până când cineva confirmă din nou, nu se poate trimite sau citi nimic.
log-access_ends =
    { $days ->
        [one] Accesul se încheie în mai puțin de o zi.
        [few] Accesul se încheie în { $days } zile.
       *[other] Accesul se încheie în { $days } de zile.
    }
    .why = Se încheie la { MOMENT($end) }.
log-access_ends_not_renewed =
    { $days ->
        [one] Accesul se încheie în mai puțin de o zi.
        [few] Accesul se încheie în { $days } zile.
       *[other] Accesul se încheie în { $days } de zile.
    }
    .why = Se încheie la { MOMENT($end) }. Attaché nu l-a putut reînnoi: { $reason_why }
log-data_ended = Meta nu mai împărtășește date.
    .why = De la { MOMENT($end) }, Meta nu mai răspunde cu nimic: au trecut 90 de zile de când { $person } a confirmat ultima dată.
log-data_ends =
    { $days ->
        [one] Meta încetează să împărtășească date în mai puțin de o zi.
        [few] Meta încetează să împărtășească date în { $days } zile.
       *[other] Meta încetează să împărtășească date în { $days } de zile.
    }
    .why = Meta împărtășește date până la { MOMENT($end) }, 90 de zile după ultima confirmare a unei persoane. Doar acea persoană poate reînnoi.
