//! What is said about Embedded Signup when it is not the Graph API that says it.

use crate::explanation::Explanation;

pub(super) const NOT_SET_UP: Explanation = Explanation::new(
    "signup.not_set_up",
    "Numbers cannot be set up from here yet.",
    "This installation has no configuration of WhatsApp Embedded Signup.",
    "The operator makes one in Facebook Login for Business and sets META_WHATSAPP_CONFIG_ID. Numbers that exist are connected \
     with Connect with Meta.",
);

pub(super) const CANCELLED: Explanation = Explanation::new(
    "signup.cancelled",
    "No number was set up.",
    "You closed Meta's window before its last step.",
    "Begin again whenever you like. Meta remembers what you filled in for a while.",
);

pub(super) const REFUSED: Explanation = Explanation::new(
    "signup.refused",
    "Meta did not set up the number.",
    "Meta's window showed an error.",
    "Follow what Meta says and begin again. Accounts that are new, numbers that are in use in another WhatsApp account, and \
     businesses at their limit of numbers are refused; the error's number helps Meta's support.",
);

pub(super) const UNHEARD: Explanation = Explanation::new(
    "signup.unheard",
    "Meta's window gave no answer.",
    "It was closed, or the browser kept it from speaking to this page.",
    "Go on in this window instead. What Meta has set up is found there.",
);
