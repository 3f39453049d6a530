# Activos que Meta mostró.

asset-permission_missing =
    { $count ->
        [one] No se concedió el permiso { $names }.
       *[other] No se concedieron los permisos { $names }.
    }
    .todo = Conecte de nuevo y acepte todos los permisos que pide Meta.
instagram-page_unusable = Se llega a ella a través de la página { $page }. { $reason }
    .todo = Consiga un rol con mensajes en esa página y después conecte de nuevo.
asset-not_chosen =
    { $kind ->
        [page] Esta página no se eligió en la ventana de Meta para { $permission }.
        [instagram] Esta cuenta de Instagram no se eligió en la ventana de Meta para { $permission }.
       *[whatsapp] Esta cuenta de WhatsApp no se eligió en la ventana de Meta para { $permission }.
    }
    .todo = Conecte de nuevo, pulse Editar configuración en la ventana de Meta y márquela.
waba-rejected = Meta ha rechazado esta cuenta de WhatsApp.
    .todo = Abra Calidad de la cuenta en Meta Business Suite y pida otra revisión.
waba-review_pending = Meta todavía está revisando esta cuenta de WhatsApp.
    .todo = Conéctela ya; el envío puede estar limitado hasta que Meta termine.
number-banned = WhatsApp ha prohibido este número.
    .why = Meta lo hace tras infracciones graves o repetidas de sus normas.
    .todo = Abra el Administrador de WhatsApp y pida una revisión, o use otro número.
number-deleted = Este número se eliminó.
    .why = Alguien lo quitó en el Administrador de WhatsApp.
    .todo = Añádalo de nuevo en el Administrador de WhatsApp o use otro número.
number-migrated = Este número se trasladó a otra cuenta de WhatsApp.
    .todo = Elíjalo en su nueva cuenta. Donde ya está conectado, conecte primero de nuevo.
number-on_premise = Este número funciona con la API local, que Meta ha cerrado.
    .todo = Traslade el número a la API de la nube en el Administrador de WhatsApp y después conecte de nuevo.
number-flagged = Muchos clientes bloquearon o denunciaron este número. Meta puede limitarlo.
    .todo = Conéctelo, envíe menos marketing y vigile su calidad.
number-restricted = Por ahora este número puede escribir a menos clientes.
    .todo = Conéctelo. Las respuestas a los clientes siguen saliendo; espere antes de escribir a otros nuevos.
number-unknown_status = Meta informa de un estado de este número que Attaché no conoce.
    .todo = Conéctelo y revíselo en el Administrador de WhatsApp.
number-not_registered = Este número todavía no está registrado.
    .todo = Elíjalo: Attaché lo registra entonces por sí solo. Si el número ya tiene un PIN, se le pedirá.
number-not_verified = Este número no está verificado.
    .todo = Elíjalo. En su página, en «WhatsApp numbers», pida después un código por SMS o llamada, introdúzcalo y registre el número.
number-test_number = Este es el número de prueba de Meta. Solo puede escribir a los destinatarios de su lista.
    .todo = Úselo para hacer pruebas y conecte un número real para los clientes.
number-name_declined = Meta no aprobó el nombre visible.
    .todo = Conéctelo y pida otro nombre en el Administrador de WhatsApp.
ad_account-disabled = Meta ha desactivado esta cuenta publicitaria.
    .todo = Abra Calidad de la cuenta en Meta Business Suite y pida una revisión.
ad_account-closing = Esta cuenta publicitaria se está cerrando.
    .todo = Use otra cuenta publicitaria.
ad_account-closed = Esta cuenta publicitaria está cerrada.
    .todo = Use otra cuenta publicitaria.
ad_account-payment_due = Hay un pago pendiente en esta cuenta publicitaria.
    .todo = Conéctela y haga el pago en el Administrador de anuncios.
ad_account-in_review = Meta está revisando esta cuenta publicitaria.
    .todo = Conéctela. Los anuncios pueden detenerse hasta que Meta termine.
page-no_access = Meta no da acceso a esta página, porque usted no tiene en ella un rol que lo permita.
    .todo = Pida a un administrador de la página el acceso completo y después conecte de nuevo.
page-no_messaging_task = Su rol en esta página no incluye los mensajes.
    .todo = Pida a un administrador de la página que le dé la tarea Mensajes y después conecte de nuevo.
