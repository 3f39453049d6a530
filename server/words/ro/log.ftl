# Rânduri din jurnalul conexiunilor.

log-granted = { $person } a permis conexiunea la Meta.
log-renewed = { $person } a confirmat din nou conexiunea cu Meta.
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
log-disconnected = { $person } a deconectat. Tokenurile au fost șterse.
log-removed_at_meta = Persoana a eliminat Attaché din Facebook. Accesul salvat a fost șters.
log-person_erased = Persoana a cerut la Meta ștergerea datelor sale. Conexiunea s-a încheiat.
log-credential_lost = Accesul salvat era sigilat cu o cheie pierdută și nu mai există.
