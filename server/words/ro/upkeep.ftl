# Menținerea conexiunilor.

asset-permission_lost =
    { $count ->
        [one] Lipsește o permisiune.
       *[other] Lipsesc permisiuni.
    }
    .why = Meta nu mai arată în listă { $names }.
    .todo = Cereți din nou permisiunea și acceptați totul în fereastra Meta.
asset-no_messaging_task = Rolul pentru această Pagină nu cuprinde mesajele.
    .why = Un administrator al Paginii a schimbat ce poate face acolo persoana care a conectat.
    .todo = Cereți unui administrator al Paginii sarcina „Mesaje”, apoi apăsați „Test connection”.
asset-callback_elsewhere = Meta trimite mesajele acestei resurse la altă adresă.
    .why =
        Le trimite la { $address ->
            [none] o adresă care nu este una
           *[other] { $address }
        }.
    .todo = Dacă trebuie să vină aici, luați-le înapoi; celălalt instrument nu va mai primi niciunul.
webhooks-elsewhere = Meta nu trimite nimic aici.
    .why =
        Webhookurile aplicației pentru { $object } merg la { $address ->
            [none] o adresă care nu este una
           *[other] { $address }
        }.
    .todo = Operatorul dă fiecărui instrument o aplicație Meta proprie sau pune din nou adresa acestei instalări: pentru fiecare obiect contează o singură adresă, ultima pusă.
renewal-no_portfolio = Accesul nu a putut fi reînnoit.
    .why = Meta nu spune cărui portofoliu de afaceri îi aparține utilizatorul de sistem.
    .todo = Confirmați din nou cu Meta înainte ca accesul să se încheie.
renewal-no_successor = Accesul nu a putut fi reînnoit.
    .why = Meta nu a dat niciun token care să dureze mai mult.
    .todo = Nimic deocamdată. Attaché întreabă din nou peste o zi; dacă accesul este pe cale să se încheie, confirmați din nou cu Meta.
renewal-narrower = Accesul nu a putut fi reînnoit.
    .why =
        { $more ->
            [0] Noului token de la Meta îi lipsește { $names }.
           *[other] Noului token de la Meta îi lipsește { $names } și încă { $more }.
        }
    .todo = Confirmați din nou cu Meta și bifați tot ce trebuie să rămână conectat. Până atunci rămâne valabil tokenul actual.
renewal-refused = Accesul nu a putut fi reînnoit.
    .why = { $reason }
    .todo = Nimic deocamdată. Attaché întreabă din nou peste o zi; dacă accesul este pe cale să se încheie, confirmați din nou cu Meta.
mail-not_sent = Un e-mail nu a putut fi trimis.
    .why =
        { $met ->
            [refused] E-mailul este refuzat: { $answer }
           *[later] E-mailul nu a putut fi trimis chiar acum: { $answer }
        }
    .todo = Operatorul verifică ATTACHE_SMTP_URL și jurnalul serverului de e-mail.
