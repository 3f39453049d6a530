# Líneas del registro de conexiones.

log-granted = { $person } permitió la conexión en Meta.
log-renewed = { $person } confirmó de nuevo la conexión con Meta.
log-granted_for = { $person } permitió la conexión en Meta, para { $member }.
log-renewed_for = { $person } confirmó de nuevo la conexión con Meta, para { $member }.
log-discovered =
    { $count ->
        [one] Se encontró 1 activo en Meta.
       *[other] Se encontraron { $count } activos en Meta.
    }
log-unread = No se pudo leer { $source }: { $reason }
log-chosen =
    { $count ->
        [one] { $person } eligió 1 activo.
       *[other] { $person } eligió { $count } activos.
    }
log-verified = Meta permite que Attaché lo lea.
log-subscribed = Meta confirma que sus mensajes llegan a Attaché.
log-registered = El número está registrado en Meta.
log-refused = Meta rechaza el acceso: { $reason }
log-unchecked = No se pudo comprobar: { $reason }
log-silence =
    { $days ->
        [one] No ha llegado nada desde hace un día, más de lo habitual.
       *[other] No ha llegado nada desde hace { $days } días, más de lo habitual.
    }
log-unsubscribed = Meta ya no envía sus mensajes a Attaché.
log-unsubscribe_failed = No se pudo cancelar la suscripción en Meta: { $reason }
log-kept = Sigue suscrito, porque otra conexión recibe a través de él.
log-disconnected = { $person } desconectó. Lo que sigue se hace paso a paso.
log-asset_disconnected = { $person } lo desconectó. Lo que trajo se conserva.
log-removed_at_meta = La persona eliminó Attaché en Facebook. El acceso guardado se ha eliminado.
log-person_erased = La persona pidió a Meta que se eliminaran sus datos. La conexión ha terminado.
log-credential_lost = El acceso guardado estaba sellado con una clave perdida y ya no existe.

log-would_lose =
    La nueva confirmación deja fuera { $assets ->
        [0] { "" }
        [one] 1 activo
       *[other] { $assets } activos
    }{ $both ->
        [yes] { " y " }
       *[no] { "" }
    }{ $permissions ->
        [0] { "" }
        [one] 1 permiso
       *[other] { $permissions } permisos
    }. Alguien tiene que decidir.
log-went_on_without = { $person } continuó sin lo que quedó fuera en Meta.
log-left_out = Quedó fuera en Meta y ya no está conectado.
log-moved_here = { $person } lo trasladó aquí: Meta confirma que este acceso lo administra.
log-token_dead = Este token no funciona.

log-override_none = No había otra dirección puesta.
log-override_cleared = Se ha quitado la otra dirección que tenía puesta.
log-deregistered = El número ya no está registrado en la API de la nube.
log-was_not_registered = No estaba registrado.
log-stays_registered = Sigue registrado, porque está conectado de nuevo.
log-stays_on_business_app = Sigue registrado, porque también se usa con la app WhatsApp Business. Se desconecta allí: Ajustes, Cuenta, Plataforma para empresas.
log-grant_ended = Meta ya no incluye a Attaché entre lo que la persona permitió.
log-grant_needed = Se queda, porque la misma confirmación en Meta sirve a otra conexión de aquí, que terminaría con ella.
log-grant_of_system_user = Se queda en Meta: pertenece a un usuario del sistema. Quien administra el negocio lo termina en la configuración del negocio de Meta, en Integraciones, Apps conectadas.
log-grant_of_instagram = Se queda en Instagram, que no permite a ningún programa terminarlo. Quien tiene la cuenta lo termina en Instagram, en Configuración, Permisos del sitio web, Apps y sitios web.
log-tokens_deleted = Se han eliminado todos los tokens de esta conexión.
log-tokens_deleted_but_pins = Se eliminan todos los tokens de esta conexión. Los PIN de sus números de WhatsApp se conservan, sellados, para cuando vuelvan a conectarse.
log-history_erased = Se han borrado sus mensajes, clientes, avisos y entregas.
log-erased = Se ha borrado lo que trajo.
log-no_token = No hay ningún token que se pueda leer.
log-no_page_token = No hay ningún token para esta página.
log-bad_id = Su identificador no es de Meta.
log-not_done = { $reason }
log-tried_again = { $reason } Se intenta de nuevo solo.

log-renewed_until = Attaché renovó el acceso. Ahora dura hasta el { DAY($end) }.
log-renewed_for_good = Attaché renovó el acceso. Ahora no tiene fecha de fin.
log-access_refused = Meta rechaza el acceso.
log-access_ended = El acceso ha terminado.
    .why = Terminó el { MOMENT($end) }. Hasta que alguien confirme de nuevo, no se puede enviar ni leer nada.
log-access_ends =
    { $days ->
        [one] El acceso termina en menos de un día.
       *[other] El acceso termina en { $days } días.
    }
    .why = Termina el { MOMENT($end) }.
log-access_ends_not_renewed =
    { $days ->
        [one] El acceso termina en menos de un día.
       *[other] El acceso termina en { $days } días.
    }
    .why = Termina el { MOMENT($end) }. Attaché no pudo renovarlo: { $reason_why }
log-data_ended = Meta ya no comparte datos.
    .why = Desde el { MOMENT($end) }, Meta responde sin nada: pasaron 90 días desde que { $person } confirmó por última vez.
log-data_ends =
    { $days ->
        [one] Meta deja de compartir datos en menos de un día.
       *[other] Meta deja de compartir datos en { $days } días.
    }
    .why = Meta comparte datos hasta el { MOMENT($end) }, 90 días después de la última confirmación de una persona. Solo esa persona puede renovarlo.
