# Lo que significan las respuestas de Meta.

meta-permission-missing = Meta no permitió esto.
    .why = No se concedió un permiso, o la persona que conectó no tiene ningún rol en este activo, o la app sigue en modo de desarrollo.
    .todo = Conecte de nuevo, acepte todos los permisos y elija este activo en la ventana de Meta. Si no basta, pida a un administrador del activo que conecte.
meta-busy = Meta no pudo responder en este momento.
    .why = Meta informa de un fallo pasajero de su lado.
    .todo = Inténtelo de nuevo en un minuto. Si continúa, consulte metastatus.com.
meta-not_found = Meta ya no encuentra esto.
    .why = Se eliminó, o la persona que conectó ya no puede verlo.
    .todo = Compruebe en Meta Business Suite que existe y que usted tiene un rol en ello; después conecte de nuevo.
meta-token-expired = El acceso a Meta ha terminado.
    .why = Meta da acceso por un tiempo limitado, y ese tiempo ya pasó.
    .todo = { -connect-again }
meta-token-password_changed = El acceso a Meta ha terminado.
    .why = Se cambió la contraseña de Facebook, o Meta cerró todas las sesiones para proteger la cuenta.
    .todo = { -connect-again }
meta-token-checkpoint = Meta ha puesto el acceso en pausa.
    .why = Meta quiere que la persona que conectó pase un control de seguridad.
    .todo = Inicie sesión en facebook.com, siga los pasos que se indican allí y después conecte de nuevo aquí.
meta-token-unconfirmed = Meta ha puesto el acceso en pausa.
    .why = La cuenta de Facebook de la persona que conectó no está confirmada.
    .todo = Confirme la cuenta en facebook.com y después conecte de nuevo aquí.
meta-token-logged_out = El acceso a Meta ha terminado.
    .why = La persona que conectó cerró su sesión de Facebook, y con ella terminó también esta.
    .todo = { -connect-again }
meta-token-app_removed = Se retiró el acceso a Meta.
    .why = Se eliminó la app en la configuración de Facebook o del portfolio comercial.
    .todo = Si fue sin querer, pulse «Connect with Meta» y permita el acceso de nuevo.
meta-token-page_role_lost = El acceso a esta página ha terminado.
    .why = La persona que conectó ya no tiene ningún rol en la página.
    .todo = Pida a un administrador de la página que le devuelva el rol o que conecte aquí.
meta-token-malformed = Meta no reconoce el acceso guardado.
    .why = El token está dañado o pertenece a otra app.
    .todo = { -connect-again }
meta-token-missing = Meta pidió un acceso que faltaba.
    .why = La llamada no llevaba ningún token utilizable.
    .todo = { -connect-again }
meta-token-invalid = Meta ya no acepta el acceso guardado.
    .why = Meta no da ningún motivo. Casi siempre se cambió una contraseña, un rol o un ajuste de seguridad.
    .todo = { -connect-again }
meta-limit-app = Meta pide una pausa.
    .why = La app ha agotado sus llamadas de esta hora.
    .todo = { -goes-on }
meta-limit-person = Meta pide una pausa.
    .why = Se hicieron demasiadas llamadas en nombre de la persona que conectó.
    .todo = { -goes-on }
meta-limit-asset = Meta pide una pausa.
    .why = Se hicieron demasiadas llamadas para este activo.
    .todo = { -goes-on }
meta-limit-throughput = Los mensajes esperan un momento.
    .why = Este número envía tan rápido como Meta permite.
    .todo = No hay nada que hacer: los mensajes en espera salen solos.
meta-limit-recipient = Los mensajes a este cliente esperan un momento.
    .why = Se enviaron muchos mensajes a una persona en poco tiempo.
    .todo = Espere un poco antes de volver a escribir a este cliente.
meta-limit-spam = Meta retiene los mensajes de este número.
    .why = Demasiadas personas bloquearon o denunciaron mensajes anteriores.
    .todo = Deje de enviar mensajes de marketing y revise la calidad del número en el Administrador de WhatsApp.
meta-limit-registration =
    { $limit ->
        [guesses] Meta no acepta por ahora ningún PIN.
        [speed] Meta no acepta por ahora ningún PIN.
       *[other] Meta bloquea por ahora más intentos.
    }
    .why =
        { $limit ->
            [guesses] Se introdujo un PIN equivocado demasiadas veces.
            [speed] Se introdujeron PIN demasiado seguidos.
            [attempts] El número se registró o se canceló su registro diez veces en 72 horas.
           *[other] El número se registró, o se probó su PIN, demasiadas veces.
        }
    .todo =
        { $limit ->
            [guesses] { $unit ->
                [second] { $amount ->
                    [one] Espere un segundo y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                   *[other] Espere { $amount } segundos y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                }
                [minute] { $amount ->
                    [one] Espere un minuto y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                   *[other] Espere { $amount } minutos y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                }
                [hour] { $amount ->
                    [one] Espere una hora y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                   *[other] Espere { $amount } horas y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                }
               *[unknown] Espere una hora y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
            }
            [speed] { $unit ->
                [second] { $amount ->
                    [one] Espere un segundo y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                   *[other] Espere { $amount } segundos y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                }
                [minute] { $amount ->
                    [one] Espere un minuto y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                   *[other] Espere { $amount } minutos y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                }
                [hour] { $amount ->
                    [one] Espere una hora y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                   *[other] Espere { $amount } horas y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
                }
               *[unknown] Espere una hora y después introduzca el PIN correcto. Si nadie lo sabe, restablézcalo en el Administrador de WhatsApp.
            }
            [attempts] Espere hasta que pasen 72 horas desde la primera vez; intentarlo antes no sirve.
           *[other] Espere hasta que Meta permita otro intento, como máximo 72 horas. Compruebe el PIN antes de volver a intentarlo.
        }
meta-config-app_secret = Meta no acepta la clave secreta de la app.
    .why = La clave secreta no corresponde al identificador de la app, o se cambió en el panel de la app.
    .todo = Copie de nuevo el identificador y la clave secreta en el panel de la app: Configuración de la app, Básica.
meta-config-app_id = Meta no conoce la app.
    .why = El identificador de la app es incorrecto. Tal vez haya un identificador de configuración en su lugar.
    .todo = Copie el identificador de la app en el panel de la app: Configuración de la app, Básica.
meta-config-app_inactive = La app no está disponible en Meta.
    .why = No está publicada, está restringida o tiene tareas pendientes en su panel.
    .todo = Abra el panel de la app, complete lo que pide y publique la app.
meta-config-capability = La app no puede hacer esta llamada.
    .why = A la app le falta un producto o un nivel de acceso en Meta.
    .todo = Añada el producto en el panel de la app o solicite el acceso avanzado en la revisión de la app.
meta-config-redirect_uri = Meta no acepta la dirección de retorno.
    .why = Falta en la llamada o no está en la lista de la app.
    .todo = Añada la dirección exacta que muestra la página de configuración a los «URI de redireccionamiento de OAuth válidos» en Inicio de sesión con Facebook, Configuración.
meta-config-proof_missing = Meta quiere una prueba de que la llamada viene del servidor.
    .why = La app exige una prueba de la clave secreta, y esta llamada no la llevaba.
    .todo = Compruebe que la clave secreta de la app está configurada.
meta-config-proof_invalid = Meta no acepta la prueba de la app.
    .why = La clave secreta se cambió en el panel de la app, o es de otra app.
    .todo = Copie de nuevo la clave secreta en el panel de la app: Configuración de la app, Básica.
meta-config-webhook_handshake = Meta no pudo verificar la dirección del webhook.
    .why = No se llega a la dirección desde fuera por https, o el token de verificación es otro.
    .todo = Abra la dirección desde otra red, compruebe su certificado y compare el token de verificación.
meta-config-version = Meta ya no ofrece esta versión de la API para la llamada.
    .why = La versión configurada es demasiado antigua o no existe.
    .todo = Configure una versión actual de la API Graph.
meta-unreachable-connect = No se puede llegar a Meta.
    .why = No se pudo establecer ninguna conexión desde este servidor.
    .todo = Compruebe la red, la resolución de nombres y el cortafuegos del servidor; después inténtelo de nuevo.
meta-unreachable-timeout = Meta no respondió a tiempo.
    .why = Meta va lenta, o la conexión.
    .todo = Inténtelo de nuevo en un minuto.
meta-unreachable-interrupted = Se cortó la conexión con Meta.
    .why = Terminó antes de que la respuesta de Meta estuviera completa.
    .todo = Inténtelo de nuevo en un minuto.
meta-answer-not_data = Meta respondió con algo que no son datos.
    .why = Meta tiene un fallo, o responde en su lugar un proxy que está entre este servidor y Meta.
    .todo = Inténtelo de nuevo en unos minutos. Si continúa, revise los proxies y la dirección de la API Graph en la configuración.
meta-answer-truncated = La respuesta de Meta quedó a medias.
    .why = La conexión terminó demasiado pronto.
    .todo = Inténtelo de nuevo en unos minutos. Si continúa, envíe al operador la hora y este código.
meta-answer-wrong_type = La respuesta de Meta tiene una forma inesperada.
    .why = Puede que Meta haya cambiado su interfaz, o que la versión de la API no sea la que se probó con Attaché.
    .todo = Inténtelo de nuevo en unos minutos. Si continúa, envíe al operador la hora y este código.
meta-answer-too_large = La respuesta de Meta es demasiado grande.
    .why = Se rechazó una respuesta de más de 8 MB para proteger este servidor.
    .todo = Inténtelo de nuevo en unos minutos. Si continúa, envíe al operador la hora y este código.
meta-answer-endless = Meta envió una lista de resultados que no termina.
    .why = Llegaron otra vez los mismos resultados, o son más de los que puede haber.
    .todo = Lo leído hasta ahora se conserva. Inténtelo de nuevo; si se repite, elija menos activos en la ventana de Meta.
meta-code-redirect_mismatch = Meta no completó la conexión.
    .why = La dirección de retorno no es la que se dijo a Meta al principio. A menudo la dirección pública de Attaché está configurada con otro servidor, puerto o esquema que el que se usa.
    .todo = Compruebe que la dirección pública configurada es la que aparece en el navegador y conecte de nuevo.
meta-code-used = Este inicio de sesión ya se utilizó.
    .why = La respuesta de Meta llegó dos veces a Attaché, por recargar la página o por un doble clic.
    .todo = Mire si la conexión ya existe. Si no, pulse «Connect with Meta» de nuevo.
meta-code-expired = Este inicio de sesión tardó demasiado.
    .why = La respuesta de Meta vale poco tiempo, a veces solo 30 segundos.
    .todo = Pulse «Connect with Meta» de nuevo.
meta-code-invalid = Meta no reconoce este inicio de sesión.
    .why = La respuesta cambió por el camino o pertenece a otra app.
    .todo = Pulse «Connect with Meta» de nuevo.
meta-code-no_token = Meta no dio acceso.
    .why = La respuesta de Meta estaba completa, pero no contenía ningún token.
    .todo = No se guardó nada. Pulse «Connect with Meta» de nuevo.
meta-request-refused = Meta rechazó la llamada.
    .why = Meta no acepta en esta forma lo que se le pidió.
    .todo = Conecte de nuevo o pruebe con otra opción. Si no ayuda, envíe al operador la hora y este código.
meta-request-too_much = La pregunta fue demasiado grande para Meta.
    .why = Se pidieron demasiadas cosas en una sola llamada.
    .todo = Inténtelo de nuevo. Attaché pide menos cada vez.
meta-request-duplicate = Esto ya se había hecho.
    .why = Meta recibió antes la misma petición.
    .todo = No hay nada que hacer.
meta-webhook-override_too_early = Meta todavía no acepta una dirección de webhook propia para esta cuenta.
    .why = La app debe recibir primero los mensajes de WhatsApp en su dirección principal de webhook.
    .todo = Configure el webhook de WhatsApp de la app con el campo messages, suscriba la cuenta y después indique la otra dirección.
meta-number-wrong_pin = Meta no acepta el PIN.
    .why = El número ya tiene un PIN de verificación en dos pasos, y es otro.
    .todo = Introduzca el PIN del número o restablézcalo en el Administrador de WhatsApp.
meta-number-unverified = Primero hay que verificar el número.
    .why = Falta su verificación o es demasiado antigua.
    .todo = Verifíquelo en su página, en «WhatsApp numbers», con un código por SMS o llamada y después pulse «Try again».
meta-number-code_not_sent = Meta no envía ningún código a este número.
    .why = Ya está verificado, o se pidieron códigos demasiadas veces seguidas.
    .todo = Lea de nuevo el estado del número. Si no está verificado, espere una hora o pida una llamada en lugar de un SMS.
meta-number-wrong_code = Meta no acepta el código.
    .why = Se escribió de otra manera, es demasiado antiguo o es de una petición anterior.
    .todo = Compárelo con el último mensaje o la última llamada. Si no sirve, pida un código nuevo.
meta-number-not_registered = El número todavía no está registrado.
    .why = Un número debe registrarse en la API de la nube antes de poder enviar.
    .todo = Abra el número en «Connections»: sus pasos dicen qué falta.
meta-number-deregistration_unfinished = El número está entre dos estados.
    .why = Una cancelación de registro anterior no terminó.
    .todo = Cancele el registro del número otra vez y después regístrelo.
meta-number-sync_over = Los contactos y el historial ya no se pueden traer.
    .why = La sincronización se puede pedir una sola vez, dentro de las 24 horas después de conectar.
    .todo = Continúe sin el historial anterior o conecte el número de nuevo.
meta-message-template = Meta rechazó la plantilla.
    .why = No existe en este idioma, o su texto y sus parámetros no encajan.
    .todo = Compare la plantilla en el Administrador de WhatsApp con lo que se rellenó.
meta-message-media = Meta no pudo recibir el archivo adjunto.
    .why = No se pudo obtener el archivo, o su tipo o tamaño no está permitido.
    .todo = Envíe un archivo más pequeño de un tipo habitual.
meta-message-empty = El mensaje está vacío.
    .why = No tiene ni texto ni archivo.
    .todo = Escriba algo primero.
meta-message-unknown_recipient = Meta no conoce aquí a este cliente.
    .why = La conversación pertenece a otra página o app.
    .todo = Espere a que el cliente escriba a esta página o cuenta.
meta-message-self = El mensaje no se envió.
    .why = El remitente y el destinatario son el mismo número.
    .todo = Elija otro destinatario.
meta-policy-outside_window = El mensaje no se envió.
    .why = Han pasado más de 24 horas desde el último mensaje del cliente.
    .todo = En WhatsApp, envíe una plantilla. En los demás canales, espere a que el cliente vuelva a escribir.
meta-policy-person_unavailable = No se puede contactar con este cliente.
    .why = La persona bloqueó al negocio, cerró su cuenta o salió de la conversación.
    .todo = Cierre la conversación o use otro canal.
meta-policy-undeliverable = El mensaje no se puede entregar.
    .why = El número no tiene WhatsApp, usa una versión muy antigua o no ha aceptado sus condiciones.
    .todo = Use otro canal.
meta-policy-held_back = Meta decidió no entregar este mensaje de marketing.
    .why = Meta limita cuánto marketing recibe una persona.
    .todo = Espere al menos 24 horas. Enviarlo antes no ayuda.
meta-policy-opted_out = El mensaje no se envió.
    .why = El cliente no quiere mensajes de marketing.
    .todo = No envíe mensajes de marketing a este cliente.
meta-policy-payment = Meta quiere un método de pago.
    .why = La cuenta de WhatsApp no tiene un método de pago válido.
    .todo = Añada uno en el Administrador de WhatsApp, en Configuración de pagos.
meta-policy-account_locked = Meta ha bloqueado la cuenta.
    .why = La cuenta incumplió una norma, o Meta tiene que revisarla.
    .todo = Abra Calidad de la cuenta en Meta Business Suite y siga los pasos que se indican.
meta-policy-page_restricted = Meta ha restringido la página.
    .why = La página no puede enviar mensajes por ahora.
    .todo = Abra el estado de la página en Meta Business Suite y siga los pasos que se indican.
meta-policy-action_blocked = Meta ha bloqueado esto durante un tiempo.
    .why = A Meta la actividad le pareció demasiado rápida o contraria a sus normas.
    .todo = Pare unas horas y después inténtelo de nuevo.
meta-policy-country = El mensaje no se envió.
    .why = Meta no permite a este negocio escribir a ese país.
    .todo = Use otro canal para este cliente.
meta-policy-display_name = El número todavía no puede enviar.
    .why = Su nombre visible no está aprobado.
    .todo = Espere la aprobación de Meta o cambie el nombre en el Administrador de WhatsApp.
meta-policy-test_recipient = El mensaje no se envió.
    .why = Un número de prueba solo puede escribir a los destinatarios de su lista.
    .todo = Añada el destinatario en el panel de la app, en WhatsApp, Configuración de la API, o use un número real.
meta-policy-template_paused = La plantilla está en pausa o desactivada.
    .why = Muchas personas la bloquearon o denunciaron.
    .todo = Elija otra plantilla o edite esta en el Administrador de WhatsApp.
