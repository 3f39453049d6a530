# Frases de las páginas.

page-confirmed_by = La confirmó { $person }.
page-help-title = Qué ha fallado
page-help-intro = Lo que uno puede encontrarse al conectar páginas, cuentas de Instagram, números de WhatsApp y cuentas publicitarias con Meta: por qué ocurre, qué ayuda y qué le hace a una conexión.
page-help-search = Buscar
page-help-hint = Palabras o un número de Meta, como 131042
page-help-find = Buscar
page-help-all = Mostrar todo
page-help-none = Aquí nada habla de «{ $query }». Pruebe con una palabra del mensaje o con su número.
page-help-found =
    { $count ->
        [one] 1 entrada.
       *[other] { $count } entradas.
    }
page-help-why = Por qué
page-help-todo = Qué hacer
page-help-effect = La conexión
page-help-numbers = Números de Meta
page-help-more = Más sobre esto
page-help-start = Ir al inicio
page-language = Idioma
