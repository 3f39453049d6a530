# Conectar.

oauth-state_invalid = Este regreso de Meta no es válido.
    .why = No corresponde a ninguna conexión que usted haya empezado aquí en los últimos diez minutos. El enlace puede ser antiguo o haberse abierto en otro navegador.
    .todo = Pulse «Connect with Meta» y pase de nuevo por la ventana de Meta.
oauth-state_expired = Este regreso de Meta llegó demasiado tarde.
    .why = Pasaron más de diez minutos entre pulsar el botón y volver de Meta.
    .todo = Pulse «Connect with Meta» y pase de nuevo por la ventana de Meta.
oauth-empty_return = Meta le devolvió aquí sin respuesta.
    .why = Meta hace esto cuando la configuración de inicio de sesión de la app no encaja, o cuando se abrió la dirección de retorno a mano.
    .todo = Pulse «Connect with Meta» de nuevo. Si se repite, el operador revisa la configuración de inicio de sesión de la app.
oauth-cancelled = No se conectó nada.
    .why = Usted cerró la ventana de Meta o eligió Cancelar. Meta también responde así cuando su app sigue en modo de desarrollo y usted no tiene ningún rol en ella.
    .todo = Conecte cuando quiera. Si no canceló, pregunte al operador si la app de Meta está activa o pídale que le añada como evaluador.
oauth-dialog_error = Meta no pudo terminar el inicio de sesión.
    .why = La ventana de Meta informó de un error propio.
    .todo = Inténtelo de nuevo en un minuto. Si se repite, dé al operador el número de Meta: { $number }.
connect-token_of_other_app = El acceso que dio Meta no es para esta app.
    .why = El token pertenece a otra app de Meta que la configurada aquí.
    .todo = El operador comprueba que el identificador, la clave secreta y la configuración de la app van juntos. Después conecte de nuevo.
connect-token_invalid = El acceso que dio Meta no funciona.
    .why = La propia Meta dice que el nuevo token no vale. Puede que se haya retirado hace un momento.
    .todo = Pulse «Connect with Meta» e inténtelo de nuevo.
connect-other_person = Usted inició sesión en Meta como { $signed_in }, pero esta conexión es de { $owner }.
    .why = Esta conexión se hizo con otra cuenta de Facebook. Para renovarla hace falta la misma cuenta.
    .todo = Vuelva a conectar e inicie sesión en Meta como la persona que figura en la conexión, o añada una conexión nueva.
connect-interrupted = La conexión se interrumpió.
    .why = Attaché se reinició mientras canjeaba la respuesta de Meta, que solo sirve una vez.
    .todo = Pulse «Connect with Meta» de nuevo. No se guardó nada.
connect-not_choosing = Esta elección ya se había guardado.
    .why = Se envió dos veces, o la conexión siguió adelante mientras tanto.
    .todo = Mire la página de estado; pulse «Connect with Meta» para cambiar la elección.
asset-held_elsewhere = { $name } ya está conectado en otro lugar.
    .why = En esta instalación, solo un negocio puede tener conectado un activo a la vez.
    .todo = Quítelo de su elección; o, si es suyo, pulse «Move it here» a su lado.
connection-credential_lost = El acceso a Meta guardado no se puede leer.
    .why = Se selló con una clave que esta instalación ya no tiene.
    .todo = Vuelva a conectar. Si otras conexiones dicen lo mismo, el operador restaura el juego de claves.
connection-disconnected = Esta conexión se deshizo.
    .why = Alguien la desconectó.
    .todo = Pulse «Connect with Meta» para conectar de nuevo.
asset-not_visible = Meta ya no muestra esto.
    .why = Se eliminó, o la persona que conectó perdió su rol en ello o lo dejó sin marcar la última vez que confirmó.
    .todo = Vuelva a conectar y márquelo en la ventana de Meta, o pida un rol a su administrador.
asset-no_page_token = Meta no da acceso a esta página.
    .why = La persona que conectó no tiene en la página un rol que lo permita.
    .todo = Pida a un administrador de la página un rol con mensajes y vuelva a conectar.
asset-not_subscribed = Meta no envía a Attaché los mensajes de este activo.
    .why = Meta aceptó la suscripción, pero no la incluye en la lista cuando se le pregunta.
    .todo = Pulse «Test connection». Si sigue igual, vuelva a conectar.
webhooks-unreached = Meta no puede llegar hasta nosotros.
    .why =
        { $met ->
            [name] Meta no encuentra en el DNS el nombre de la dirección.
            [connection] Meta no pudo conectarse a la dirección: allí no escucha nada, o hay un cortafuegos por medio.
            [time] Meta llamó a la dirección y se cansó de esperar una respuesta.
            [certificate] Meta no confía en el certificado de la dirección.
            [broken] La conexión se cortó antes de que Meta tuviera una respuesta.
            [status] Meta llamó a la dirección y recibió el estado HTTP { $detail } en lugar de 200.
            [refused] Meta rechaza la dirección: { $detail }
           *[other] Meta dice: { $detail }
        }
    .todo = El operador se asegura de que la dirección pública responde desde fuera por https, con un certificado en el que confían los navegadores. Attaché lo intenta de nuevo por sí solo.
webhooks-not_https = Meta no puede llegar hasta nosotros.
    .why = Meta solo envía eventos a direcciones https, y la dirección pública de esta instalación no lo es.
    .todo = El operador pone Attaché detrás de https y configura ATTACHE_PUBLIC_URL con esa dirección.
webhooks-not_listed = Meta no puede llegar hasta nosotros.
    .why = Meta aceptó nuestra dirección para los eventos, pero no la incluye en la lista cuando se le pregunta. Puede que otra herramienta use la misma app de Meta.
    .todo = El operador mira Webhooks en el panel de apps de Meta: por objeto cuenta una sola dirección, la última que se configuró.
number-needs_pin = Este número necesita su PIN.
    .why = Ya tiene un PIN de verificación en dos pasos, y Meta solo lo registra con ese PIN.
    .todo = Introduzca el PIN de seis cifras del número. Si nadie lo sabe, restablézcalo antes en el Administrador de WhatsApp.
number-deleted_a_moment_ago = Este número todavía no está registrado.
    .why = Se eliminó hace un momento, y Meta necesita unos minutos para terminar.
    .todo = Nada. Attaché lo registra de nuevo en cinco minutos.
connect-not_all_applied = Algunos activos todavía no están suscritos.
    .why = No se pudo preguntar a Meta por ellos en este momento.
    .todo = Nada. Attaché lo intenta de nuevo por sí solo.
oauth-app_not_active = La app de Meta no está activa.
    .why = Meta responde así cuando la app está desactivada, restringida o todavía sin publicar.
    .todo = El operador publica la app en el panel de apps de Meta. Después conecte de nuevo.
meta-removed_by_person = La persona eliminó Attaché en Facebook.
    .why = Quien confirmó esta conexión retiró el acceso en su configuración de Facebook, así que Meta ya no deja actuar a Attaché. El acceso guardado se ha eliminado.
    .todo = Vuelva a conectar y haga que confirme la misma persona; o que conecte otra y elija los mismos activos.
compliance-erased = Este intento de conectar ha terminado.
    .why = Lo que se sabía de él se borró cuando una persona pidió a Meta que se eliminaran sus datos.
    .todo = Pulse «Connect with Meta» para empezar de nuevo.
meta-not_configured = Faltan los datos de la app de Meta.
    .why = Esta instalación todavía no tiene una app de Meta, así que nadie puede conectar.
    .todo = El operador introduce el identificador y la clave secreta de la app en la página de configuración.
connect-token_ends_soon = El acceso que dio Meta termina en unas horas.
    .why = Es un token temporal, como el que muestra el panel de la app para hacer pruebas.
    .todo = Pulse «Connect with Meta» y pase por la ventana de Meta, que da un acceso duradero.
oauth-popup_cut_off = No se conectó nada por la ventana de Meta.
    .why = El navegador o Meta separó la ventana de la página que la abrió, así que no pudo responder.
    .todo = Nada. La página siguió sin ventana.
meta-app_gone = La app de Meta de esta conexión ya no está configurada aquí.
    .why = Lo que se concede a una app de Meta vale solo para ella, y esta instalación usa ahora otra, o ninguna.
    .todo = Conecte de nuevo con la app actual y desconecte esta conexión; o el operador introduce otra vez la app anterior en la página de configuración, y todo continúa por sí solo.
meta-instagram_gone = El inicio de sesión con Instagram de esta conexión ya no está configurado aquí.
    .why = La app de Meta ya no tiene aquí un identificador de app de Instagram con su clave secreta. Sin ellos, Attaché no puede preguntar a Instagram por la cuenta ni comprobar lo que Instagram envía.
    .todo = Quien configuró la app de Meta vuelve a introducir junto a ella el identificador de la app de Instagram y su clave secreta; después todo continúa por sí solo. O desconecte la cuenta.
setup-set_elsewhere = La app de Meta no se puede cambiar aquí.
    .why = META_APP_ID y META_APP_SECRET están en los ajustes con los que se inició Attaché, y estos van antes que esta página.
    .todo = Cámbielos allí y reinicie, o quítelos allí e introduzca la app aquí.
setup-own_unreadable = No se puede leer la clave secreta de su propia app de Meta.
    .why = Se selló con una clave de cifrado que esta instalación ya no tiene.
    .todo = Un propietario o administrador introduce otra vez la clave secreta de la app en la página «Meta app». Hasta entonces nadie puede conectar.
setup-own_unasked = No se guardó nada, porque no se pudo preguntar a Meta por la app.
    .why = La app propia de una empresa se guarda solo cuando Meta confirma que el identificador y la clave secreta son de la misma app. { $reason } { $reason_why }
    .todo = Inténtelo de nuevo en un minuto.
setup-app_taken = Este identificador de app no se puede usar para su empresa.
    .why = Ya se usa en esta instalación, y una app es de quien la introdujo primero.
    .todo = Use otra app de Meta, o pregunte a quien lleva esta instalación.
setup-no_own_app = Su empresa no tiene una app de Meta propia.
    .why = Se conecta con la app de esta instalación.
    .todo = Introduzca primero su propia app.
setup-changed_meanwhile = La app de Meta se cambió mientras tanto.
    .why = Otra persona guardó otra clave secreta mientras esta página estaba abierta.
    .todo = Mire la página de nuevo antes de cambiarla.
connect-instagram_not_set_up = El inicio de sesión con Instagram no está configurado.
    .why = La app de Meta no tiene aquí un identificador de app de Instagram.
    .todo = Quien configuró la app de Meta introduce junto a ella el identificador de la app de Instagram y su clave secreta. Una cuenta vinculada a una página se conecta con Facebook.
signup-not_set_up = Todavía no se pueden configurar números desde aquí.
    .why = La app de Meta no tiene aquí ninguna configuración de WhatsApp Embedded Signup.
    .todo = Quien introdujo la app de Meta crea una en Facebook Login for Business e introduce su identificador junto a la app. Los números que ya existen se conectan con «Connect with Meta».
signup-cancelled = No se configuró ningún número.
    .why =
        { $step ->
            [BUSINESS_ACCOUNT_SELECTION] Usted dejó la ventana de Meta donde se elige la empresa.
            [WABA_PHONE_PROFILE_PICKER] Usted dejó la ventana de Meta donde se elige la cuenta de WhatsApp.
            [WHATSAPP_BUSINESS_PROFILE_SETUP] Usted dejó la ventana de Meta donde se rellena el perfil de la empresa.
            [PHONE_NUMBER_SETUP] Usted dejó la ventana de Meta donde se introduce el número de teléfono.
            [PHONE_NUMBER_VERIFICATION] Usted dejó la ventana de Meta donde se verifica el número con un código.
            [PERMISSIONS] Usted dejó la ventana de Meta donde se confirma el acceso.
            [closed] Usted cerró la ventana de Meta antes del último paso.
           *[other] Usted dejó la ventana de Meta antes del último paso.
        }
    .todo = Empiece de nuevo cuando quiera. Meta recuerda durante un tiempo lo que rellenó.
signup-refused = Meta no configuró el número.
    .why =
        { $told ->
            [words] La ventana de Meta dijo: «{ $words }».
            [both] La ventana de Meta dijo: «{ $words }» (error { $number }).
            [number] La ventana de Meta mostró un error (error { $number }).
           *[other] La ventana de Meta mostró un error.
        }
    .todo = Siga lo que dice Meta y empiece de nuevo. Se rechazan las cuentas nuevas, los números en uso en otra cuenta de WhatsApp y las empresas que llegaron a su límite de números; el número del error ayuda al soporte de Meta.
signup-unheard = La ventana de Meta no respondió.
    .why = Se cerró, o el navegador le impidió hablar con esta página.
    .todo = Siga en esta ventana. Lo que Meta haya configurado se encuentra allí.
number-wrong_pin = Meta no acepta el PIN.
    .why = El número tiene otro PIN de verificación en dos pasos que el que se usó.
    .todo = Introduzca el PIN de seis cifras propio del número. Si nadie lo sabe, restablézcalo antes en el Administrador de WhatsApp.
number-on_business_app =
    { $act ->
        [register] Este número no se registra desde aquí.
       *[deregister] El registro de este número no se puede cancelar desde aquí.
    }
    .why =
        { $act ->
            [register] Se usa con la app WhatsApp Business, que lo registró.
           *[deregister] Se usa también con la app WhatsApp Business, y Meta solo lo suelta allí.
        }
    .todo =
        { $act ->
            [register] Nada: envía y recibe tal como está.
           *[deregister] En el teléfono, abra la app WhatsApp Business: Ajustes, Cuenta, Plataforma empresarial, y desconéctelo.
        }
number-deregistered = El registro de este número está cancelado.
    .why = Alguien de su empresa lo canceló aquí. El número no envía ni recibe.
    .todo = Regístrelo en su página cuando deba usarse de nuevo.
number-sync_over = Esto ya no se puede traer.
    .why = Meta lo da dentro de las 24 horas después de conectar la app, y una sola vez.
    .todo = Continúe sin ello. Para tenerlo a pesar de todo, desconecte en la app WhatsApp Business y configure el número de nuevo.
number-history_declined = Las conversaciones anteriores no se comparten.
    .why = Quien conectó la app eligió allí no compartirlas (el 2593109 de Meta).
    .todo = Desde ahora no falta nada. Para compartirlas a pesar de todo, desconecte en la app WhatsApp Business y configure el número de nuevo.
