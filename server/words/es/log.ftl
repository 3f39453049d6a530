# Líneas del registro de conexiones.

log-granted = { $person } permitió la conexión en Meta.
log-renewed = { $person } confirmó de nuevo la conexión con Meta.
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
log-disconnected = { $person } desconectó. Los tokens se han eliminado.
log-removed_at_meta = La persona eliminó Attaché en Facebook. El acceso guardado se ha eliminado.
log-person_erased = La persona pidió a Meta que se eliminaran sus datos. La conexión ha terminado.
log-credential_lost = El acceso guardado estaba sellado con una clave perdida y ya no existe.
