# Sentences that several messages share, and what a failure does to a connection.
-connect-again = Press Connect with Meta and sign in again. Your assets and history stay as they are.
-goes-on = Nothing is lost. Work goes on by itself when Meta allows it, at the latest within the hour.
-look-and-replay = Nothing is lost: the body is kept. Look at it, and replay it once Attaché can read it.

effect-unchanged = The connection stays as it is.
effect-waits = The connection stays as it is, and the work goes on by itself.
effect-message = The connection stays as it is. Only this message is concerned.
effect-asset = The connection stays as it is. Only this asset is concerned; the others go on.
effect-not_made = Nothing new was connected, and nothing that was connected before has changed.
effect-ended = This connection rests until somebody connects again. Its assets and its history stay.
effect-installation = Connections stay as they are, but nothing new can be set up until the operator has acted.
