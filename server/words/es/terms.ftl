# Frases que comparten varios mensajes, y lo que un fallo le hace a la conexión.
-connect-again = Pulse «Connect with Meta» e inicie sesión de nuevo. Sus activos y su historial se conservan.
-goes-on = No se pierde nada. El trabajo continúa solo cuando Meta lo permita, a más tardar dentro de una hora.
-look-and-replay = No se pierde nada: el contenido se guarda. Revíselo y aplíquelo de nuevo cuando Attaché pueda leerlo.

effect-unchanged = La conexión sigue como está.
effect-waits = La conexión sigue como está y el trabajo continúa solo.
effect-message = La conexión sigue como está. Solo afecta a este mensaje.
effect-asset = La conexión sigue como está. Solo afecta a este activo; los demás siguen funcionando.
effect-not_made = No se conectó nada nuevo y lo que ya estaba conectado no ha cambiado.
effect-ended = Esta conexión queda en pausa hasta que alguien vuelva a conectar. Sus activos y su historial se conservan.
effect-installation = Las conexiones siguen como están, pero no se puede configurar nada nuevo hasta que actúe el operador.
