# Ușile proprii ale lui Attaché.

signed_out = Nu sunteți autentificat.
    .why = Sesiunea s-a încheiat, sau nu v-ați autentificat încă.
    .todo = Autentificați-vă și încercați din nou.
forbidden = Nu aveți voie să faceți acest lucru.
    .why = Rolul dumneavoastră în această afacere nu permite acest lucru.
    .todo = Rugați un proprietar sau administrator al afacerii să o facă sau să vă schimbe rolul.
not_found = Așa ceva nu există aici.
    .why = Poate a fost eliminat, sau linkul este greșit.
    .todo = Mergeți înapoi și alegeți altceva.
invalid = { $message }
    .why = Nu s-a putut salva așa cum este.
    .todo = Modificați și trimiteți din nou.
busy = S-a încercat prea des.
    .why = Attaché limitează cât de des se poate face acest lucru, pentru siguranța conturilor.
    .todo =
        { $unit ->
            [minute] { $amount ->
                [one] Așteptați un minut și încercați din nou.
                [few] Așteptați { $amount } minute și încercați din nou.
               *[other] Așteptați { $amount } de minute și încercați din nou.
            }
           *[second] { $amount ->
                [one] Așteptați o secundă și încercați din nou.
                [few] Așteptați { $amount } secunde și încercați din nou.
               *[other] Așteptați { $amount } de secunde și încercați din nou.
            }
        }
internal = Ceva nu a mers de partea noastră.
    .why = Motivul este în jurnalul serverului, sub numărul acestei cereri.
    .todo = Încercați din nou. Dacă se repetă, dați numărul celui care administrează această instalare.
http-cross_origin = Această cerere a venit de pe alt site.
    .why = Attaché acceptă modificări doar de pe propriile pagini.
    .todo = Deschideți Attaché și faceți-o acolo.
api-method_not_allowed = Acest punct de acces nu acceptă această metodă.
    .why = Adresa este corectă, dar se citește sau se modifică în alt fel.
    .todo = Folosiți metoda numită de antetul Allow.
api-body_too_long = Corpul acestui apel este prea lung.
    .why = Poate avea cel mult { $most } KB.
    .todo = Trimiteți mai puțin deodată, în mai multe apeluri.
api-key_missing = Acest apel nu are nicio cheie API.
    .why = API-ul primește cheia în antetul Authorization, ca în `Authorization: Bearer att_…`.
    .todo = Cereți operatorului o cheie: `attache admin create-api-key --tenant … --name …`.
api-key_invalid = Această cheie API nu deschide nimic.
    .why = A fost revocată, sau nu este cheia întreagă.
    .todo = Comparați-o cu cea afișată la creare, sau cereți operatorului una nouă.
api-too_many_keys = Sunt prea multe chei API.
    .why = O firmă poate avea { $most } care deschid ceva.
    .todo = Revocați una care nu mai este folosită.
invitation-ended = Această invitație nu poate fi folosită.
    .why = A fost folosită, retrasă, înlocuită cu una mai nouă, sau este mai veche de șapte zile.
    .todo = Cereți un link nou persoanei care v-a invitat.
invitation-account_exists = Aveți deja un cont cu această adresă.
    .why = A fost creat pentru altă afacere sau înainte de această invitație.
    .todo = Autentificați-vă cu el, apoi deschideți din nou linkul.
account-wrong_credentials = Adresa de e-mail sau parola este greșită.
    .why = Niciun cont nu are această adresă cu această parolă.
    .todo = Verificați-le pe amândouă și încercați din nou.
tenant-gone = Nu mai aparțineți afacerii pentru care lucrați.
    .why = Cineva v-a scos din ea, sau a fost ștearsă.
    .todo = Alegeți altă afacere pentru a continua.
team-last_owner = Acesta este singurul proprietar.
    .why = O afacere are întotdeauna cel puțin un proprietar.
    .todo = Numiți mai întâi alt proprietar.
location-name_taken = Există deja o locație cu acest nume.
    .why = Fiecare locație a unei afaceri are numele ei.
    .todo = Alegeți alt nume.
account-email_taken = Există deja un cont cu această adresă de e-mail.
    .why = Fiecare adresă poate avea un singur cont.
    .todo = Autentificați-vă cu el sau folosiți altă adresă.
password-no_mail = Această instalare nu trimite e-mailuri.
    .why = Trimiterea de e-mailuri nu este configurată aici, așa că niciun link pentru o parolă nouă nu poate ajunge la dumneavoastră.
    .todo = Cereți o parolă nouă celui care administrează această instalare. O stabilește cu această comandă:
password-link_ended = Acest link nu mai funcționează.
    .why = A fost folosit, este mai vechi de o oră, a fost înlocuit cu unul mai nou sau nu este complet; ori parola a fost schimbată între timp.
    .todo = Cereți un link nou.
vault-key_missing = Cheia de criptare { $keys } lipsește dintre chei.
    .why = Cu ea este sigilat accesul la Meta salvat în această bază de date, și nimic altceva nu îl deschide.
    .todo = Puneți cheia la loc: restaurați fișierul de chei din copia de siguranță sau adăugați cheia la ENCRYPTION_KEY. Dacă s-a pierdut definitiv, `attache admin give-up-keys` uită ce a sigilat; acele conexiuni se confirmă apoi din nou la Meta.
vault-key_wrong = Cheia de criptare { $keys } este greșită.
    .why = Cheia cu acest nume nu este cea care a sigilat ce este salvat în această bază de date.
    .todo = Dați cheia cu care a fost folosită această bază de date, din copia ei de siguranță. Dacă s-a pierdut definitiv, `attache admin give-up-keys` uită ce a sigilat; acele conexiuni se confirmă apoi din nou la Meta.
unknown = Ceva nu a funcționat.
    .why = Altă versiune de Attaché a notat motivul sub numele { $code }.
    .todo = Actualizați Attaché pentru a-l citi.
