# Evenimente pentru sistemele proprii ale firmei.

events-not_public = Evenimentul nu a fost trimis: adresa lui nu este publică.
    .why = { $host } duce la o mașină din această rețea sau chiar la această mașină. Evenimentele se trimit doar la adrese din Internet.
    .todo = Indicați pentru destinație o adresă publică. Dacă această instalare are voie în propria rețea, operatorul setează ATTACHE_EVENTS_ALLOW_PRIVATE.
events-name_unknown = Destinația nu a fost găsită.
    .why = Numele { $host } nu are nicio adresă.
    .todo = Verificați adresa destinației.
events-no_connection = Destinația nu a putut fi contactată.
    .why = Nu s-a putut face o conexiune cu { $host }: acolo nu răspunde nimic sau certificatul nu este valid.
    .todo = Verificați că sistemul funcționează și că certificatul este valid pentru acest nume.
events-too_slow = Destinația nu a răspuns la timp.
    .why =
        { $seconds ->
            [one] Are voie să dureze { $seconds } secundă.
            [few] Are voie să dureze { $seconds } secunde.
           *[other] Are voie să dureze { $seconds } de secunde.
        }
    .todo = Răspundeți imediat și faceți lucrul după aceea.
events-interrupted = Conexiunea s-a întrerupt înainte ca destinația să răspundă.
    .why = Nu se știe ce a făcut cu evenimentul, de aceea este trimis din nou.
    .todo = Verificați jurnalul sistemului care îl primește. Un eveniment care vine de două ori are același webhook-id.
events-redirected = Destinația a trimis la altă adresă.
    .why = A răspuns cu starea { $status }. Redirecționările nu sunt urmate: ar putea duce oriunde.
    .todo = Indicați pentru destinație adresa la care trimite.
events-refused = Destinația nu a acceptat evenimentul.
    .why = A răspuns cu starea { $status }; contează doar cele de la 200 la 299.
    .todo = Verificați jurnalul sistemului care îl primește, apoi repetați evenimentul.
events-gone = Destinația spune că nu mai există.
    .why = A răspuns cu starea 410, care încheie definitiv trimiterea.
    .todo = Ștergeți destinația sau activați-o din nou când acceptă evenimente.
events-failing = Destinația nu a acceptat niciun eveniment timp de zile.
    .why =
        { $days ->
            [one] Tot ce i s-a trimis timp de { $days } zi a eșuat. Ultima dată: { $reason }
            [few] Tot ce i s-a trimis timp de { $days } zile a eșuat. Ultima dată: { $reason }
           *[other] Tot ce i s-a trimis timp de { $days } de zile a eșuat. Ultima dată: { $reason }
        }
    .todo = Reparați sistemul care primește evenimentele, activați din nou destinația și repetați ce a eșuat.
events-secret_lost = Evenimentele acestei destinații nu mai pot fi semnate.
    .why = Secretul ei nu poate fi deschis: cheia de criptare care l-a sigilat s-a pierdut.
    .todo = Reînnoiți secretul, dați-l pe cel nou sistemului care primește evenimentele și activați din nou destinația.
events-disabled = Destinația este dezactivată.
    .why = Între timp nu i se trimite nimic.
    .todo = Activați-o mai întâi.
events-too_many_endpoints = Sunt prea multe destinații.
    .why = O firmă poate avea { $most }.
    .todo = Ștergeți una de care nu mai este nevoie.
events-too_many_secrets = Secretul a fost reînnoit de prea multe ori.
    .why = Fiecare secret anterior semnează o zi alături de cel actual și există deja mai multe.
    .todo = Așteptați până când unul dintre ele s-a încheiat și încercați din nou.
