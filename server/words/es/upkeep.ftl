# Mantener vivas las conexiones.

asset-permission_lost =
    { $count ->
        [one] Falta un permiso.
       *[other] Faltan permisos.
    }
    .why = Meta ya no incluye en la lista { $names }.
    .todo = Pídalo de nuevo y acepte todo en la ventana de Meta.
asset-no_messaging_task = El rol en esta página no incluye los mensajes.
    .why = Un administrador de la página cambió lo que puede hacer allí la persona que conectó.
    .todo = Pida a un administrador de la página la tarea «Mensajes» y después pulse «Test connection».
asset-callback_elsewhere = Meta envía los mensajes de este activo a otra dirección.
    .why =
        Los envía a { $address ->
            [none] una dirección que no lo es
           *[other] { $address }
        }.
    .todo = Si deben llegar aquí, recupérelos; la otra herramienta dejará de recibirlos.
webhooks-elsewhere = Meta no envía nada aquí.
    .why =
        Los webhooks de la app para { $object } van a { $address ->
            [none] una dirección que no lo es
           *[other] { $address }
        }.
    .todo = El operador da a cada herramienta una app de Meta propia, o vuelve a poner la dirección de esta instalación: por cada objeto cuenta una sola dirección, la última que se puso.
renewal-no_portfolio = El acceso no se pudo renovar.
    .why = Meta no dice a qué portfolio comercial pertenece el usuario del sistema.
    .todo = Confirme de nuevo con Meta antes de que termine el acceso.
renewal-no_successor = El acceso no se pudo renovar.
    .why = Meta no dio ningún token que dure más.
    .todo = Nada por ahora. Attaché pregunta de nuevo en un día; si el acceso está a punto de terminar, confirme de nuevo con Meta.
renewal-narrower = El acceso no se pudo renovar.
    .why =
        { $more ->
            [0] Al nuevo token de Meta le falta { $names }.
           *[other] Al nuevo token de Meta le falta { $names } y { $more } más.
        }
    .todo = Confirme de nuevo con Meta y marque todo lo que debe seguir conectado. Hasta entonces sigue valiendo el token actual.
renewal-refused = El acceso no se pudo renovar.
    .why = { $reason }
    .todo = Nada por ahora. Attaché pregunta de nuevo en un día; si el acceso está a punto de terminar, confirme de nuevo con Meta.
mail-not_sent = No se pudo enviar un correo.
    .why =
        { $met ->
            [refused] El correo se rechaza: { $answer }
           *[later] El correo no se pudo enviar en este momento: { $answer }
        }
    .todo = El operador revisa ATTACHE_SMTP_URL y el registro del servidor de correo.
