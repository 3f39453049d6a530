# Conectarea.

oauth-state_invalid = Această întoarcere de la Meta nu este valabilă.
    .why = Nu aparține unei conexiuni pe care ați început-o aici în ultimele zece minute. Linkul poate fi vechi sau a fost deschis în alt browser.
    .todo = Apăsați „Connect with Meta” și treceți din nou prin fereastra Meta.
oauth-state_expired = Această întoarcere de la Meta a venit prea târziu.
    .why = Au trecut peste zece minute între apăsarea butonului și întoarcerea de la Meta.
    .todo = Apăsați „Connect with Meta” și treceți din nou prin fereastra Meta.
oauth-empty_return = Meta v-a trimis înapoi fără răspuns.
    .why = Meta face asta când setările de conectare ale aplicației nu se potrivesc, sau când adresa de întoarcere a fost deschisă manual.
    .todo = Apăsați din nou „Connect with Meta”. Dacă se repetă, operatorul verifică setările de conectare ale aplicației.
oauth-cancelled = Nu s-a conectat nimic.
    .why = Ați închis fereastra Meta sau ați ales Anulare. Meta răspunde așa și când aplicația ei este încă în modul de dezvoltare, iar dumneavoastră nu aveți niciun rol în ea.
    .todo = Conectați oricând doriți. Dacă nu ați anulat, întrebați operatorul dacă aplicația Meta este activă sau rugați-l să vă adauge ca tester.
oauth-dialog_error = Meta nu a putut încheia autentificarea.
    .why = Fereastra Meta a anunțat o eroare proprie.
    .todo = Încercați din nou peste un minut. Dacă se repetă, dați operatorului numărul de la Meta: { $number }.
connect-token_of_other_app = Accesul dat de Meta nu este pentru această aplicație.
    .why = Tokenul aparține altei aplicații Meta decât cea configurată aici.
    .todo = Operatorul verifică dacă ID-ul, cheia secretă și configurația aplicației se potrivesc. Apoi conectați din nou.
connect-token_invalid = Accesul dat de Meta nu funcționează.
    .why = Chiar Meta spune că noul token nu este valabil. Poate a fost retras acum o clipă.
    .todo = Apăsați „Connect with Meta” și încercați din nou.
connect-other_person = V-ați autentificat la Meta ca { $signed_in }, dar această conexiune îi aparține lui { $owner }.
    .why = Această conexiune a fost făcută cu alt cont de Facebook. Pentru reînnoire este nevoie de același cont.
    .todo = Conectați din nou și autentificați-vă la Meta ca persoana numită la conexiune, sau adăugați o conexiune nouă.
connect-interrupted = Conectarea a fost întreruptă.
    .why = Attaché a fost repornit în timp ce preschimba răspunsul de la Meta, care se poate folosi o singură dată.
    .todo = Apăsați din nou „Connect with Meta”. Nu s-a salvat nimic.
connect-not_choosing = Această alegere fusese deja salvată.
    .why = A fost trimisă de două ori, sau conexiunea a mers mai departe între timp.
    .todo = Priviți pagina de stare; apăsați „Connect with Meta” pentru a schimba alegerea.
asset-held_elsewhere = { $name } este deja conectat în altă parte.
    .why = În această instalare, o resursă poate fi conectată de o singură afacere la un moment dat.
    .todo = Scoateți-o din alegere; sau, dacă este a dumneavoastră, apăsați „Move it here” lângă ea.
connection-credential_lost = Accesul la Meta salvat nu poate fi citit.
    .why = A fost sigilat cu o cheie pe care această instalare nu o mai are.
    .todo = Conectați din nou. Dacă și alte conexiuni spun la fel, operatorul restaurează cheile.
connection-disconnected = Această conexiune a fost desfăcută.
    .why = Cineva a deconectat-o.
    .todo = Apăsați „Connect with Meta” pentru a conecta din nou.
asset-not_visible = Meta nu mai arată acest lucru.
    .why = A fost șters, sau persoana care a conectat și-a pierdut rolul ori nu l-a bifat la ultima confirmare.
    .todo = Conectați din nou și bifați-l în fereastra Meta, sau cereți un rol administratorului.
asset-no_page_token = Meta nu dă acces la această Pagină.
    .why = Persoana care a conectat nu are pentru Pagină un rol care să permită asta.
    .todo = Cereți unui administrator al Paginii un rol cu mesaje, apoi conectați din nou.
asset-not_subscribed = Meta nu trimite către Attaché mesajele acestei resurse.
    .why = Meta a acceptat abonarea, dar nu o arată în listă când este întrebată.
    .todo = Apăsați „Test connection”. Dacă rămâne așa, conectați din nou.
webhooks-unreached = Meta nu poate ajunge la noi.
    .why =
        { $met ->
            [name] Meta nu găsește numele adresei în DNS.
            [connection] Meta nu s-a putut conecta la adresă: acolo nu ascultă nimic, sau este un firewall pe drum.
            [time] Meta a apelat adresa și a renunțat să mai aștepte un răspuns.
            [certificate] Meta nu are încredere în certificatul adresei.
            [broken] Conexiunea s-a întrerupt înainte ca Meta să aibă un răspuns.
            [status] Meta a apelat adresa și a primit starea HTTP { $detail } în loc de 200.
            [refused] Meta refuză adresa: { $detail }
           *[other] Meta spune: { $detail }
        }
    .todo = Operatorul se asigură că adresa publică răspunde din exterior prin https, cu un certificat în care browserele au încredere. Attaché încearcă din nou de la sine.
webhooks-not_https = Meta nu poate ajunge la noi.
    .why = Meta trimite evenimente doar la adrese https, iar adresa publică a acestei instalări nu este una.
    .todo = Operatorul pune Attaché în spatele https și setează ATTACHE_PUBLIC_URL la acea adresă.
webhooks-not_listed = Meta nu poate ajunge la noi.
    .why = Meta a acceptat adresa noastră pentru evenimente, dar nu o arată în listă când este întrebată. Poate că alt instrument folosește aceeași aplicație Meta.
    .todo = Operatorul verifică Webhooks în panoul aplicației Meta: pentru fiecare obiect contează o singură adresă, ultima setată.
number-needs_pin = Acest număr are nevoie de PIN-ul său.
    .why = Are deja un PIN de verificare în doi pași, iar Meta îl înregistrează doar cu acela.
    .todo = Introduceți PIN-ul de șase cifre al numărului. Dacă nu îl știe nimeni, resetați-l mai întâi în WhatsApp Manager.
number-deleted_a_moment_ago = Acest număr nu este încă înregistrat.
    .why = A fost șters acum o clipă, iar Meta are nevoie de câteva minute pentru a încheia.
    .todo = Nimic. Attaché îl înregistrează din nou peste cinci minute.
connect-not_all_applied = Unele resurse nu sunt încă abonate.
    .why = Meta nu a putut fi întrebată despre ele acum.
    .todo = Nimic. Attaché încearcă din nou de la sine.
oauth-app_not_active = Aplicația Meta nu este activă.
    .why = Meta răspunde așa când aplicația este oprită, restricționată sau încă nepublicată.
    .todo = Operatorul publică aplicația în panoul aplicației Meta. Apoi conectați din nou.
meta-removed_by_person = Persoana a eliminat Attaché din Facebook.
    .why = Cine a confirmat această conexiune a retras accesul în setările sale Facebook, așa că Meta nu îi mai permite lui Attaché să lucreze. Accesul salvat a fost șters.
    .todo = Conectați din nou și lăsați aceeași persoană să confirme; sau lăsați pe altcineva să conecteze și să aleagă aceleași resurse.
compliance-erased = Această încercare de conectare s-a încheiat.
    .why = Ce se știa despre ea a fost șters când o persoană a cerut la Meta ștergerea datelor sale.
    .todo = Apăsați „Connect with Meta” pentru a începe din nou.
meta-not_configured = Lipsesc datele aplicației Meta.
    .why = Această instalare nu are încă o aplicație Meta, așa că nimeni nu poate conecta.
    .todo = Operatorul introduce ID-ul și cheia secretă a aplicației pe pagina de configurare.
connect-token_ends_soon = Accesul dat de Meta se încheie în câteva ore.
    .why = Este un token temporar, ca acela pe care panoul aplicației îl arată pentru probe.
    .todo = Apăsați „Connect with Meta” și treceți prin fereastra Meta, care dă un acces de durată.
oauth-popup_cut_off = Nu s-a conectat nimic prin fereastra Meta.
    .why = Browserul sau Meta a separat fereastra de pagina care a deschis-o, așa că nu a putut răspunde.
    .todo = Nimic. Pagina a continuat fără fereastră.
meta-app_gone = Aplicația Meta a acestei conexiuni nu mai este configurată aici.
    .why = Ce i se acordă unei aplicații Meta este valabil doar pentru aceea, iar această instalare folosește acum alta sau niciuna.
    .todo = Conectați din nou cu aplicația actuală și deconectați această conexiune; sau operatorul introduce din nou aplicația dinainte pe pagina de configurare, iar totul continuă de la sine.
meta-instagram_gone = Conectarea cu Instagram a acestei conexiuni nu mai este configurată aici.
    .why = Aplicația Meta nu mai are aici un ID de aplicație Instagram și cheia ei secretă. Fără ele, Attaché nu poate nici întreba Instagram despre cont, nici verifica ce trimite Instagram.
    .todo = Cine a configurat aplicația Meta introduce din nou lângă ea ID-ul aplicației Instagram și cheia ei secretă; apoi totul continuă de la sine. Sau deconectați contul.
setup-set_elsewhere = Aplicația Meta nu poate fi schimbată aici.
    .why = META_APP_ID și META_APP_SECRET sunt în setările cu care a fost pornit Attaché, iar acestea au întâietate față de această pagină.
    .todo = Schimbați-le acolo și reporniți, sau eliminați-le acolo și introduceți aplicația aici.
setup-own_unreadable = Cheia secretă a aplicației Meta proprii nu poate fi citită.
    .why = A fost sigilată cu o cheie de criptare pe care această instalare nu o mai are.
    .todo = Un proprietar sau administrator introduce din nou cheia secretă a aplicației pe pagina „Meta app”. Până atunci nimeni nu poate conecta.
setup-own_unasked = Nu s-a salvat nimic, pentru că Meta nu a putut fi întrebată despre aplicație.
    .why = Aplicația proprie a unei firme se păstrează doar când Meta confirmă că ID-ul și cheia secretă țin de aceeași aplicație. { $reason } { $reason_why }
    .todo = Încercați din nou peste un minut.
setup-app_taken = Acest ID de aplicație nu poate fi folosit pentru firma dumneavoastră.
    .why = Este deja folosit în această instalare, iar o aplicație este a celui care a introdus-o primul.
    .todo = Folosiți altă aplicație Meta sau întrebați pe cine se ocupă de această instalare.
setup-no_own_app = Firma dumneavoastră nu are o aplicație Meta proprie.
    .why = Conectarea se face cu aplicația acestei instalări.
    .todo = Introduceți mai întâi aplicația proprie.
setup-changed_meanwhile = Aplicația Meta a fost schimbată între timp.
    .why = Altcineva a salvat altă cheie secretă cât timp această pagină era deschisă.
    .todo = Priviți din nou pagina înainte de a o schimba.
connect-instagram_not_set_up = Conectarea cu Instagram nu este configurată.
    .why = Aplicația Meta nu are aici un ID de aplicație Instagram.
    .todo = Cine a configurat aplicația Meta introduce lângă ea ID-ul aplicației Instagram și cheia ei secretă. Un cont legat de o pagină vine prin Facebook.
signup-not_set_up = Numerele nu pot fi încă instalate de aici.
    .why = Aplicația Meta nu are aici nicio configurație de WhatsApp Embedded Signup.
    .todo = Cine a introdus aplicația Meta creează una în Facebook Login for Business și îi introduce ID-ul împreună cu aplicația. Numerele existente pot fi conectate cu „Connect with Meta”.
signup-cancelled = Nu s-a instalat niciun număr.
    .why =
        { $step ->
            [BUSINESS_ACCOUNT_SELECTION] Ați părăsit fereastra Meta la pasul în care se alege firma.
            [WABA_PHONE_PROFILE_PICKER] Ați părăsit fereastra Meta la pasul în care se alege contul WhatsApp.
            [WHATSAPP_BUSINESS_PROFILE_SETUP] Ați părăsit fereastra Meta la pasul în care se completează profilul firmei.
            [PHONE_NUMBER_SETUP] Ați părăsit fereastra Meta la pasul în care se introduce numărul de telefon.
            [PHONE_NUMBER_VERIFICATION] Ați părăsit fereastra Meta la pasul în care numărul se verifică cu un cod.
            [PERMISSIONS] Ați părăsit fereastra Meta la pasul în care se confirmă accesul.
            [closed] Ați închis fereastra Meta înainte de ultimul pas.
           *[other] Ați părăsit fereastra Meta înainte de ultimul pas.
        }
    .todo = Începeți din nou oricând doriți. Meta ține minte o vreme ce ați completat.
signup-refused = Meta nu a instalat numărul.
    .why =
        { $told ->
            [words] Fereastra Meta a spus: „{ $words }”.
            [both] Fereastra Meta a spus: „{ $words }” (eroarea { $number }).
            [number] Fereastra Meta a arătat o eroare (eroarea { $number }).
           *[other] Fereastra Meta a arătat o eroare.
        }
    .todo = Urmați ce spune Meta și începeți din nou. Sunt refuzate conturile noi, numerele folosite în alt cont WhatsApp și firmele care au ajuns la limita lor de numere; numărul erorii ajută asistența Meta.
signup-unheard = Fereastra Meta nu a dat niciun răspuns.
    .why = A fost închisă, sau browserul a împiedicat-o să vorbească cu această pagină.
    .todo = Continuați în această fereastră. Ce a instalat Meta se găsește acolo.
number-wrong_pin = Meta nu acceptă PIN-ul.
    .why = Numărul are alt PIN de verificare în doi pași decât cel folosit.
    .todo = Introduceți PIN-ul de șase cifre al numărului. Dacă nu îl știe nimeni, resetați-l mai întâi în WhatsApp Manager.
number-on_business_app =
    { $act ->
        [register] Acest număr nu se înregistrează de aici.
       *[deregister] Înregistrarea acestui număr nu poate fi anulată de aici.
    }
    .why =
        { $act ->
            [register] Este folosit cu aplicația WhatsApp Business, care l-a înregistrat.
           *[deregister] Este folosit și cu aplicația WhatsApp Business, iar Meta îl eliberează doar acolo.
        }
    .todo =
        { $act ->
            [register] Nimic: trimite și primește așa cum este.
           *[deregister] Pe telefon, deschideți aplicația WhatsApp Business: Setări, Cont, Platforma de afaceri, și deconectați-l.
        }
number-deregistered = Înregistrarea acestui număr este anulată.
    .why = Cineva din firma dumneavoastră a anulat-o aici. Numărul nu trimite și nu primește.
    .todo = Înregistrați-l pe pagina lui când trebuie folosit din nou.
number-sync_over = Acest lucru nu mai poate fi preluat.
    .why = Meta îl dă în 24 de ore de la conectarea aplicației, o singură dată.
    .todo = Continuați fără el. Pentru a-l avea totuși, deconectați în aplicația WhatsApp Business și instalați numărul din nou.
number-history_declined = Conversațiile anterioare nu sunt partajate.
    .why = Cine a conectat aplicația a ales acolo să nu le partajeze (2593109 al Meta).
    .todo = De acum înainte nu lipsește nimic. Pentru a le partaja totuși, deconectați în aplicația WhatsApp Business și instalați numărul din nou.
