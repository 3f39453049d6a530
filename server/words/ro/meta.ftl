# Ce înseamnă răspunsurile de la Meta.

meta-permission-missing = Meta nu a permis acest lucru.
    .why = O permisiune nu a fost acordată, persoana care a conectat nu are niciun rol pentru această resursă sau aplicația este încă în modul de dezvoltare.
    .todo = Conectați din nou, acceptați toate permisiunile și alegeți această resursă în fereastra Meta. Dacă nu ajută, rugați un administrator al resursei să conecteze.
meta-busy = Meta nu a putut răspunde acum.
    .why = Meta anunță o defecțiune trecătoare de partea sa.
    .todo = Încercați din nou peste un minut. Dacă durează, consultați metastatus.com.
meta-not_found = Meta nu mai găsește acest lucru.
    .why = A fost șters, sau persoana care a conectat nu îl mai poate vedea.
    .todo = Verificați în Meta Business Suite că există și că aveți un rol acolo, apoi conectați din nou.
meta-token-expired = Accesul la Meta s-a încheiat.
    .why = Meta dă acces pentru un timp limitat, iar acel timp a trecut.
    .todo = { -connect-again }
meta-token-password_changed = Accesul la Meta s-a încheiat.
    .why = Parola Facebook a fost schimbată, sau Meta a încheiat toate sesiunile pentru siguranța contului.
    .todo = { -connect-again }
meta-token-checkpoint = Meta a suspendat accesul.
    .why = Meta cere ca persoana care a conectat să treacă printr-o verificare de securitate.
    .todo = Autentificați-vă pe facebook.com, urmați pașii de acolo, apoi conectați din nou aici.
meta-token-unconfirmed = Meta a suspendat accesul.
    .why = Contul de Facebook al persoanei care a conectat nu este confirmat.
    .todo = Confirmați contul pe facebook.com, apoi conectați din nou aici.
meta-token-logged_out = Accesul la Meta s-a încheiat.
    .why = Persoana care a conectat s-a deconectat de la Facebook, iar odată cu asta s-a încheiat și această sesiune.
    .todo = { -connect-again }
meta-token-app_removed = Accesul la Meta a fost retras.
    .why = Aplicația a fost eliminată din setările Facebook sau ale portofoliului de business.
    .todo = Dacă a fost o greșeală, apăsați „Connect with Meta” și permiteți din nou accesul.
meta-token-page_role_lost = Accesul la această Pagină s-a încheiat.
    .why = Persoana care a conectat nu mai are niciun rol pentru Pagină.
    .todo = Rugați un administrator al Paginii să îi redea rolul sau să conecteze aici.
meta-token-malformed = Meta nu recunoaște accesul salvat.
    .why = Tokenul este deteriorat sau aparține altei aplicații.
    .todo = { -connect-again }
meta-token-missing = Meta a cerut un acces care lipsea.
    .why = Apelul nu avea niciun token utilizabil.
    .todo = { -connect-again }
meta-token-invalid = Meta nu mai acceptă accesul salvat.
    .why = Meta nu spune de ce. De cele mai multe ori s-a schimbat o parolă, un rol sau o setare de securitate.
    .todo = { -connect-again }
meta-limit-app = Meta cere o pauză.
    .why = Aplicația și-a consumat apelurile pentru această oră.
    .todo = { -goes-on }
meta-limit-person = Meta cere o pauză.
    .why = S-au făcut prea multe apeluri în numele persoanei care a conectat.
    .todo = { -goes-on }
meta-limit-asset = Meta cere o pauză.
    .why = S-au făcut prea multe apeluri pentru această resursă.
    .todo = { -goes-on }
meta-limit-throughput = Mesajele așteaptă o clipă.
    .why = Acest număr trimite atât de repede cât permite Meta.
    .todo = Nu aveți nimic de făcut: mesajele care așteaptă pleacă de la sine.
meta-limit-recipient = Mesajele către acest client așteaptă o clipă.
    .why = S-au trimis multe mesaje unei singure persoane într-un timp scurt.
    .todo = Așteptați puțin înainte de a-i scrie din nou acestui client.
meta-limit-spam = Meta reține mesajele acestui număr.
    .why = Prea multe persoane au blocat sau au raportat mesaje anterioare.
    .todo = Opriți mesajele de marketing și verificați calitatea numărului în WhatsApp Manager.
meta-limit-registration =
    { $limit ->
        [guesses] Meta nu acceptă deocamdată niciun PIN.
        [speed] Meta nu acceptă deocamdată niciun PIN.
       *[other] Meta blochează deocamdată alte încercări.
    }
    .why =
        { $limit ->
            [guesses] Un PIN greșit a fost introdus de prea multe ori.
            [speed] PIN-urile au fost introduse prea repede unul după altul.
            [attempts] Numărul a fost înregistrat sau înregistrarea lui a fost anulată de zece ori în 72 de ore.
           *[other] Numărul a fost înregistrat, sau PIN-ul lui a fost încercat, de prea multe ori.
        }
    .todo =
        { $limit ->
            [guesses] { $unit ->
                [second] { $amount ->
                    [one] Așteptați o secundă, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                    [few] Așteptați { $amount } secunde, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                   *[other] Așteptați { $amount } de secunde, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                }
                [minute] { $amount ->
                    [one] Așteptați un minut, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                    [few] Așteptați { $amount } minute, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                   *[other] Așteptați { $amount } de minute, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                }
                [hour] { $amount ->
                    [one] Așteptați o oră, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                    [few] Așteptați { $amount } ore, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                   *[other] Așteptați { $amount } de ore, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                }
               *[unknown] Așteptați o oră, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
            }
            [speed] { $unit ->
                [second] { $amount ->
                    [one] Așteptați o secundă, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                    [few] Așteptați { $amount } secunde, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                   *[other] Așteptați { $amount } de secunde, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                }
                [minute] { $amount ->
                    [one] Așteptați un minut, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                    [few] Așteptați { $amount } minute, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                   *[other] Așteptați { $amount } de minute, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                }
                [hour] { $amount ->
                    [one] Așteptați o oră, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                    [few] Așteptați { $amount } ore, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                   *[other] Așteptați { $amount } de ore, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
                }
               *[unknown] Așteptați o oră, apoi introduceți PIN-ul corect. Dacă nu îl știe nimeni, resetați-l în WhatsApp Manager.
            }
            [attempts] Așteptați până trec 72 de ore de la prima dată; încercarea mai devreme nu ajută.
           *[other] Așteptați până când Meta permite o nouă încercare, cel mult 72 de ore. Verificați PIN-ul înainte de a încerca din nou.
        }
meta-config-app_secret = Meta nu acceptă cheia secretă a aplicației.
    .why = Cheia secretă nu corespunde ID-ului aplicației, sau a fost înlocuită în panoul aplicației.
    .todo = Copiați din nou ID-ul aplicației și cheia secretă din panoul aplicației: Setări aplicație, De bază.
meta-config-app_id = Meta nu cunoaște aplicația.
    .why = ID-ul aplicației este greșit. Poate că în locul lui stă un ID de configurație.
    .todo = Copiați ID-ul aplicației din panoul aplicației: Setări aplicație, De bază.
meta-config-app_inactive = Aplicația nu este disponibilă la Meta.
    .why = Nu este publicată, este restricționată sau are sarcini nerezolvate în panoul ei.
    .todo = Deschideți panoul aplicației, rezolvați ce cere și publicați aplicația.
meta-config-capability = Aplicația nu are voie să facă acest apel.
    .why = Aplicației îi lipsește un produs sau un nivel de acces la Meta.
    .todo = Adăugați produsul în panoul aplicației sau cereți acces avansat prin evaluarea aplicației.
meta-config-redirect_uri = Meta nu acceptă adresa de întoarcere.
    .why = Lipsește din apel sau nu este în lista aplicației.
    .todo = Adăugați adresa exactă afișată pe pagina de configurare la „Valid OAuth Redirect URIs”, în Conectare cu Facebook, Setări.
meta-config-proof_missing = Meta cere o dovadă că apelul vine de la server.
    .why = Aplicația cere o dovadă a cheii secrete, iar acest apel nu avea una.
    .todo = Verificați că este setată cheia secretă a aplicației.
meta-config-proof_invalid = Meta nu acceptă dovada aplicației.
    .why = Cheia secretă a fost înlocuită în panoul aplicației, sau este a altei aplicații.
    .todo = Copiați din nou cheia secretă din panoul aplicației: Setări aplicație, De bază.
meta-config-webhook_handshake = Meta nu a putut verifica adresa webhookului.
    .why = Adresa nu este accesibilă din exterior prin https, sau tokenul de verificare este altul.
    .todo = Deschideți adresa din altă rețea, verificați-i certificatul și comparați tokenul de verificare.
meta-config-version = Meta nu mai oferă această versiune a API-ului pentru apel.
    .why = Versiunea din setări este prea veche sau nu există.
    .todo = Setați o versiune actuală a API-ului Graph.
meta-unreachable-connect = Nu se poate ajunge la Meta.
    .why = Nu s-a putut stabili nicio conexiune de la acest server.
    .todo = Verificați rețeaua serverului, rezolvarea numelor și firewallul, apoi încercați din nou.
meta-unreachable-timeout = Meta nu a răspuns la timp.
    .why = Meta este lentă, sau conexiunea este lentă.
    .todo = Încercați din nou peste un minut.
meta-unreachable-interrupted = Conexiunea cu Meta s-a întrerupt.
    .why = S-a încheiat înainte ca răspunsul de la Meta să fie complet.
    .todo = Încercați din nou peste un minut.
meta-answer-not_data = Meta a răspuns cu ceva care nu sunt date.
    .why = Meta are o defecțiune, sau în locul ei răspunde un proxy aflat între acest server și Meta.
    .todo = Încercați din nou peste câteva minute. Dacă durează, verificați proxy-urile și adresa API-ului Graph din setări.
meta-answer-truncated = Răspunsul de la Meta s-a întrerupt.
    .why = Conexiunea s-a încheiat prea devreme.
    .todo = Încercați din nou peste câteva minute. Dacă durează, trimiteți operatorului ora și acest cod.
meta-answer-wrong_type = Răspunsul de la Meta are o formă neașteptată.
    .why = Poate că Meta și-a schimbat interfața, sau versiunea API-ului nu este cea cu care a fost testat Attaché.
    .todo = Încercați din nou peste câteva minute. Dacă durează, trimiteți operatorului ora și acest cod.
meta-answer-too_large = Răspunsul de la Meta este prea mare.
    .why = Un răspuns de peste 8 MB a fost refuzat pentru a proteja acest server.
    .todo = Încercați din nou peste câteva minute. Dacă durează, trimiteți operatorului ora și acest cod.
meta-answer-endless = Meta a trimis o listă de rezultate care nu se termină.
    .why = Au venit din nou aceleași rezultate, sau sunt mai multe decât pot exista.
    .todo = Ce s-a citit până acum se păstrează. Încercați din nou; dacă se repetă, alegeți mai puține resurse în fereastra Meta.
meta-code-redirect_mismatch = Meta nu a finalizat conectarea.
    .why = Adresa de întoarcere nu este cea comunicată la început. Adesea adresa publică a lui Attaché este setată cu altă gazdă, alt port sau altă schemă decât cea folosită.
    .todo = Verificați că adresa publică setată este cea din browser, apoi conectați din nou.
meta-code-used = Această autentificare a fost deja folosită.
    .why = Răspunsul de la Meta a ajuns de două ori la Attaché, printr-o reîncărcare sau un dublu clic.
    .todo = Vedeți dacă conexiunea există deja. Dacă nu, apăsați din nou „Connect with Meta”.
meta-code-expired = Această autentificare a durat prea mult.
    .why = Răspunsul de la Meta este valabil puțin timp, uneori doar 30 de secunde.
    .todo = Apăsați din nou „Connect with Meta”.
meta-code-invalid = Meta nu recunoaște această autentificare.
    .why = Răspunsul a fost modificat pe drum sau aparține altei aplicații.
    .todo = Apăsați din nou „Connect with Meta”.
meta-code-no_token = Meta nu a dat acces.
    .why = Răspunsul de la Meta era complet, dar nu conținea niciun token.
    .todo = Nu s-a salvat nimic. Apăsați din nou „Connect with Meta”.
meta-request-refused = Meta a refuzat apelul.
    .why = Meta nu acceptă în această formă ce i s-a cerut.
    .todo = Conectați din nou sau încercați altă opțiune. Dacă nu ajută, trimiteți operatorului ora și acest cod.
meta-request-too_much = Întrebarea a fost prea mare pentru Meta.
    .why = S-au cerut prea multe lucruri într-un singur apel.
    .todo = Încercați din nou. Attaché cere mai puțin o dată.
meta-request-duplicate = Acest lucru fusese deja făcut.
    .why = Meta a primit mai devreme aceeași cerere.
    .todo = Nu aveți nimic de făcut.
meta-webhook-override_too_early = Meta nu acceptă încă o adresă de webhook proprie pentru acest cont.
    .why = Aplicația trebuie să primească mai întâi mesajele WhatsApp la adresa ei principală de webhook.
    .todo = Configurați webhookul WhatsApp al aplicației cu câmpul messages, abonați contul, apoi setați cealaltă adresă.
meta-number-wrong_pin = Meta nu acceptă PIN-ul.
    .why = Numărul are deja un PIN de verificare în doi pași, iar acela este altul.
    .todo = Introduceți PIN-ul numărului sau resetați-l în WhatsApp Manager.
meta-number-unverified = Numărul trebuie mai întâi verificat.
    .why = Verificarea lui lipsește sau este prea veche.
    .todo = Verificați-l pe pagina lui, la „WhatsApp numbers”, cu un cod prin SMS sau apel, apoi apăsați „Try again”.
meta-number-code_not_sent = Meta nu trimite niciun cod acestui număr.
    .why = Este deja verificat, sau codurile au fost cerute de prea multe ori la rând.
    .todo = Citiți din nou starea numărului. Dacă nu este verificat, așteptați o oră sau cereți un apel în loc de SMS.
meta-number-wrong_code = Meta nu acceptă codul.
    .why = A fost scris altfel, este prea vechi sau ține de o cerere anterioară.
    .todo = Comparați-l cu ultimul mesaj sau apel. Dacă nu ajută, cereți un cod nou.
meta-number-not_registered = Numărul nu este încă înregistrat.
    .why = Un număr trebuie înregistrat pentru Cloud API înainte de a putea trimite.
    .todo = Deschideți numărul în „Connections”: pașii lui spun ce lipsește.
meta-number-deregistration_unfinished = Numărul se află între două stări.
    .why = O anulare anterioară a înregistrării nu s-a terminat.
    .todo = Anulați din nou înregistrarea numărului, apoi înregistrați-l.
meta-number-sync_over = Contactele și istoricul nu mai pot fi preluate.
    .why = Sincronizarea se poate cere o singură dată, în 24 de ore de la conectare.
    .todo = Continuați fără istoricul anterior sau conectați numărul din nou.
meta-message-template = Meta a refuzat șablonul.
    .why = Nu există în această limbă, sau textul și parametrii lui nu se potrivesc.
    .todo = Comparați șablonul din WhatsApp Manager cu ce s-a completat.
meta-message-media = Meta nu a putut prelua fișierul atașat.
    .why = Fișierul nu a putut fi descărcat, sau tipul ori mărimea lui nu este permisă.
    .todo = Trimiteți un fișier mai mic, de un tip obișnuit.
meta-message-empty = Mesajul este gol.
    .why = Nu are nici text, nici fișier.
    .todo = Scrieți mai întâi ceva.
meta-message-unknown_recipient = Meta nu cunoaște aici acest client.
    .why = Conversația aparține altei Pagini sau altei aplicații.
    .todo = Așteptați ca clientul să scrie acestei Pagini sau acestui cont.
meta-message-self = Mesajul nu a fost trimis.
    .why = Expeditorul și destinatarul sunt același număr.
    .todo = Alegeți alt destinatar.
meta-policy-outside_window = Mesajul nu a fost trimis.
    .why = Au trecut peste 24 de ore de la ultimul mesaj al clientului.
    .todo = Pe WhatsApp, trimiteți un șablon. În rest, așteptați ca clientul să scrie din nou.
meta-policy-person_unavailable = Acest client nu poate fi contactat.
    .why = Persoana a blocat afacerea, și-a închis contul sau a părăsit conversația.
    .todo = Închideți conversația sau folosiți alt canal.
meta-policy-undeliverable = Mesajul nu poate fi livrat.
    .why = Numărul nu are WhatsApp, folosește o versiune foarte veche sau nu a acceptat condițiile.
    .todo = Folosiți alt canal.
meta-policy-held_back = Meta a ales să nu livreze acest mesaj de marketing.
    .why = Meta limitează cât marketing primește o persoană.
    .todo = Așteptați cel puțin 24 de ore. Dacă trimiteți mai devreme, nu ajută.
meta-policy-opted_out = Mesajul nu a fost trimis.
    .why = Clientul nu dorește mesaje de marketing.
    .todo = Nu trimiteți mesaje de marketing acestui client.
meta-policy-payment = Meta cere o metodă de plată.
    .why = Contul WhatsApp nu are o metodă de plată valabilă.
    .todo = Adăugați una în WhatsApp Manager, la Setări de plată.
meta-policy-account_locked = Meta a blocat contul.
    .why = Contul a încălcat o regulă, sau Meta trebuie să îl verifice.
    .todo = Deschideți Calitatea contului în Meta Business Suite și urmați pașii de acolo.
meta-policy-page_restricted = Meta a restricționat Pagina.
    .why = Pagina nu poate trimite mesaje acum.
    .todo = Deschideți starea Paginii în Meta Business Suite și urmați pașii de acolo.
meta-policy-action_blocked = Meta a blocat acest lucru pentru un timp.
    .why = Meta a considerat activitatea prea rapidă sau contrară regulilor sale.
    .todo = Opriți-vă câteva ore, apoi încercați din nou.
meta-policy-country = Mesajul nu a fost trimis.
    .why = Meta nu permite acestei afaceri să scrie în acea țară.
    .todo = Folosiți alt canal pentru acest client.
meta-policy-display_name = Numărul nu poate încă trimite.
    .why = Numele lui afișat nu este aprobat.
    .todo = Așteptați aprobarea de la Meta sau schimbați numele în WhatsApp Manager.
meta-policy-test_recipient = Mesajul nu a fost trimis.
    .why = Un număr de test poate scrie doar destinatarilor din lista lui.
    .todo = Adăugați destinatarul în panoul aplicației, la WhatsApp, Configurare API, sau folosiți un număr real.
meta-policy-template_paused = Șablonul este suspendat sau dezactivat.
    .why = Multe persoane l-au blocat sau l-au raportat.
    .todo = Alegeți alt șablon sau editați-l pe acesta în WhatsApp Manager.
