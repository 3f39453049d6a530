# Eventos para los sistemas propios de la empresa.

events-not_public = El evento no se envió: su dirección no es pública.
    .why = { $host } lleva a una máquina de esta red o a esta misma máquina. Los eventos se envían solo a direcciones de Internet.
    .todo = Indique una dirección pública para el destino. Si esta instalación puede llegar a su propia red, el operador define ATTACHE_EVENTS_ALLOW_PRIVATE.
events-name_unknown = No se encontró el destino.
    .why = El nombre { $host } no tiene ninguna dirección.
    .todo = Compruebe la dirección del destino.
events-no_connection = No se pudo llegar al destino.
    .why = No se pudo establecer una conexión con { $host }: allí no responde nada, o su certificado no es válido.
    .todo = Compruebe que el sistema funciona y que su certificado es válido para este nombre.
events-too_slow = El destino no respondió a tiempo.
    .why =
        { $seconds ->
            [one] Puede tardar { $seconds } segundo.
           *[other] Puede tardar { $seconds } segundos.
        }
    .todo = Responda de inmediato y haga el trabajo después.
events-interrupted = La conexión se cortó antes de que el destino respondiera.
    .why = No se sabe qué hizo con el evento, por eso se envía de nuevo.
    .todo = Revise el registro del sistema que lo recibe. Un evento que llega dos veces tiene el mismo webhook-id.
events-redirected = El destino remitió a otra dirección.
    .why = Respondió con el estado { $status }. Las redirecciones no se siguen: podrían llevar a cualquier parte.
    .todo = Indique para el destino la dirección a la que remite.
events-refused = El destino no aceptó el evento.
    .why = Respondió con el estado { $status }; solo cuentan los de 200 a 299.
    .todo = Revise el registro del sistema que lo recibe y después repita el evento.
events-gone = El destino dice que ya no existe.
    .why = Respondió con el estado 410, que termina el envío para siempre.
    .todo = Elimine el destino, o actívelo de nuevo cuando acepte eventos.
events-failing = El destino no aceptó ningún evento durante días.
    .why =
        { $days ->
            [one] Todo lo que se le envió durante { $days } día falló. La última vez: { $reason }
           *[other] Todo lo que se le envió durante { $days } días falló. La última vez: { $reason }
        }
    .todo = Repare el sistema que recibe los eventos, active el destino de nuevo y repita lo que falló.
events-secret_lost = Los eventos de este destino ya no se pueden firmar.
    .why = Su secreto no se puede abrir: se perdió la clave de cifrado que lo selló.
    .todo = Renueve el secreto, entregue el nuevo al sistema que recibe los eventos y active el destino de nuevo.
events-disabled = El destino está desactivado.
    .why = Mientras tanto no se le envía nada.
    .todo = Actívelo primero.
events-too_many_endpoints = Hay demasiados destinos.
    .why = Una empresa puede tener { $most }.
    .todo = Elimine uno que ya no haga falta.
events-too_many_secrets = El secreto se renovó demasiadas veces.
    .why = Cada secreto anterior firma durante un día junto al actual, y ya hay varios.
    .todo = Espere a que termine uno de ellos e inténtelo de nuevo.
