//! What is said about numbers when it is not Meta's answer that says it.

use crate::explanation::Explanation;

pub(super) const REGISTERED_IN_THE_APP: Explanation = Explanation::new(
    "number.on_business_app",
    "This number is not registered from here.",
    "It is used with the WhatsApp Business app, which registered it.",
    "Nothing: it sends and receives as it is.",
);

pub(super) const DISCONNECTED_IN_THE_APP: Explanation = Explanation::new(
    "number.on_business_app",
    "This number cannot be deregistered from here.",
    "It is used with the WhatsApp Business app too, and Meta lets it go only there.",
    "On the phone, open the WhatsApp Business app: Settings, Account, Business platform, and disconnect it.",
);

pub(super) const DEREGISTERED: Explanation = Explanation::new(
    "number.deregistered",
    "This number is deregistered.",
    "Somebody of your business deregistered it here. It neither sends nor receives.",
    "Register it on its page when it should be used again.",
);

pub(super) const SYNC_OVER: Explanation = Explanation::new(
    "number.sync_over",
    "This cannot be taken over any more.",
    "Meta gives it within 24 hours of connecting the app, and once.",
    "Go on without it. To have it after all, disconnect in the WhatsApp Business app and set the number up again.",
);

pub(super) const HISTORY_DECLINED: Explanation = Explanation::new(
    "number.history_declined",
    "The earlier chats are not shared.",
    "Whoever connected the app chose there not to share them (Meta's 2593109).",
    "Nothing is missing from now on. To share them after all, disconnect in the WhatsApp Business app and set the number up \
     again.",
);
