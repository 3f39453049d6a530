//! Talking to Meta: the Graph client and nothing that knows our database.
