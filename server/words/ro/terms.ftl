# Propoziții comune mai multor mesaje și ce face o problemă conexiunii.
-connect-again = Apăsați „Connect with Meta” și autentificați-vă din nou. Resursele și istoricul dumneavoastră se păstrează.
-goes-on = Nu se pierde nimic. Lucrul continuă de la sine când permite Meta, cel târziu într-o oră.
-look-and-replay = Nu se pierde nimic: conținutul este păstrat. Priviți-l și aplicați-l din nou când Attaché îl poate citi.

effect-unchanged = Conexiunea rămâne așa cum este.
effect-waits = Conexiunea rămâne așa cum este, iar lucrul continuă de la sine.
effect-message = Conexiunea rămâne așa cum este. Este vorba doar de acest mesaj.
effect-asset = Conexiunea rămâne așa cum este. Este vorba doar de această resursă; celelalte funcționează în continuare.
effect-not_made = Nu s-a conectat nimic nou, iar ce era conectat înainte nu s-a schimbat.
effect-ended = Această conexiune stă pe loc până la o nouă conectare. Resursele și istoricul ei se păstrează.
effect-installation = Conexiunile rămân așa cum sunt, dar nu se poate configura nimic nou până când operatorul nu rezolvă problema.
