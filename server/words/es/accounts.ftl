# Las puertas de Attaché.

signed_out = Usted no ha iniciado sesión.
    .why = Su sesión terminó o todavía no ha iniciado ninguna.
    .todo = Inicie sesión e inténtelo de nuevo.
forbidden = Usted no puede hacer esto.
    .why = Su función en este negocio no lo permite.
    .todo = Pida a un propietario o administrador de su negocio que lo haga o que cambie su función.
not_found = Eso no existe aquí.
    .why = Puede que se haya eliminado, o que el enlace sea incorrecto.
    .todo = Vuelva atrás y elija otra cosa.
invalid = { $message }
    .why = No se pudo guardar tal como está.
    .todo = Cámbielo y envíelo de nuevo.
busy = Se intentó demasiadas veces.
    .why = Attaché limita cuántas veces se puede hacer, para proteger las cuentas.
    .todo =
        { $unit ->
            [minute] { $amount ->
                [one] Espere un minuto e inténtelo de nuevo.
               *[other] Espere { $amount } minutos e inténtelo de nuevo.
            }
           *[second] { $amount ->
                [one] Espere un segundo e inténtelo de nuevo.
               *[other] Espere { $amount } segundos e inténtelo de nuevo.
            }
        }
internal = Algo falló de nuestro lado.
    .why = El motivo está en el registro del servidor, con el número de esta petición.
    .todo = Inténtelo de nuevo. Si se repite, dé el número a quien administra esta instalación.
http-cross_origin = Esta petición vino de otro sitio.
    .why = Attaché solo acepta cambios desde sus propias páginas.
    .todo = Abra Attaché y hágalo allí.
api-method_not_allowed = Este punto de acceso no admite este método.
    .why = La dirección es correcta, pero se lee o se cambia de otra manera.
    .todo = Use el método que indica la cabecera Allow.
api-body_too_long = El cuerpo de esta llamada es demasiado largo.
    .why = Puede tener como máximo { $most } KB.
    .todo = Envíe menos de una vez, en varias llamadas.
api-key_missing = Esta llamada no lleva ninguna clave de API.
    .why = La API recibe la clave en la cabecera Authorization, como en `Authorization: Bearer att_…`.
    .todo = Pida una clave al operador: `attache admin create-api-key --tenant … --name …`.
api-key_invalid = Esta clave de API no abre nada.
    .why = Se revocó, o no es la clave completa.
    .todo = Compárela con la que se mostró al crearla o pida una nueva al operador.
api-too_many_keys = Hay demasiadas claves de API.
    .why = Una empresa puede tener { $most } que abran algo.
    .todo = Revoque una que ya no se use.
invitation-ended = Esta invitación no se puede usar.
    .why = Ya se usó, se retiró, se sustituyó por otra más reciente o tiene más de siete días.
    .todo = Pida un enlace nuevo a la persona que le invitó.
invitation-account_exists = Usted ya tiene una cuenta con esta dirección.
    .why = Se creó para otro negocio o antes de esta invitación.
    .todo = Inicie sesión con ella y abra el enlace otra vez.
account-wrong_credentials = La dirección de correo o la contraseña no es correcta.
    .why = Ninguna cuenta tiene esta dirección con esta contraseña.
    .todo = Compruebe las dos e inténtelo de nuevo.
tenant-gone = Usted ya no pertenece al negocio para el que trabajaba.
    .why = Alguien le quitó de él, o se eliminó.
    .todo = Elija otro negocio para continuar.
team-last_owner = Esta es la única persona propietaria.
    .why = Un negocio siempre tiene al menos una.
    .todo = Haga antes propietaria a otra persona.
location-name_taken = Ya hay un local con este nombre.
    .why = Cada local de un negocio tiene su propio nombre.
    .todo = Elija otro nombre.
account-email_taken = Ya hay una cuenta con esta dirección de correo.
    .why = Cada dirección puede tener una sola cuenta.
    .todo = Inicie sesión con ella o use otra dirección.
password-no_mail = Esta instalación no envía correo.
    .why = El correo no está configurado aquí, así que no puede llegarle ningún enlace para una contraseña nueva.
    .todo = Pida una contraseña nueva a quien administra esta instalación. La establece con este comando:
password-link_ended = Este enlace ya no funciona.
    .why = Ya se usó, tiene más de una hora, se sustituyó por otro más reciente o no está completo; o su contraseña se cambió desde entonces.
    .todo = Pida un enlace nuevo.
vault-key_missing = Falta la clave de cifrado { $keys } en el juego de claves.
    .why = Con ella está sellado el acceso a Meta que se guarda en esta base de datos, y nada más lo abre.
    .todo = Devuelva la clave: restaure el archivo de claves desde su copia de seguridad o añada la clave a ENCRYPTION_KEY. Si se perdió para siempre, `attache admin give-up-keys` olvida lo que selló; esas conexiones se confirman después de nuevo en Meta.
vault-key_wrong = La clave de cifrado { $keys } no es la correcta.
    .why = La clave con ese nombre no es la que selló lo que se guarda en esta base de datos.
    .todo = Use la clave con la que se usó esta base de datos, desde su copia de seguridad. Si se perdió para siempre, `attache admin give-up-keys` olvida lo que selló; esas conexiones se confirman después de nuevo en Meta.
unknown = Algo no funcionó.
    .why = Otra versión de Attaché anotó el motivo con el nombre { $code }.
    .todo = Actualice Attaché para leerlo.
