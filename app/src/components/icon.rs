//! Icons of the Lucide set, always beside a word and therefore silent for screen readers.

use icondata_core::Icon as IconData;
use leptos::prelude::*;

/// The icons this product uses, by what they mean here.
pub mod names {
    pub use icondata_lu::{
        LuActivity as ACTIVITY, LuArrowLeft as BACK, LuArrowRight as NEXT, LuBuilding2 as BUSINESS, LuCheck as CHECK,
        LuChevronDown as DOWN, LuChevronRight as RIGHT, LuCircleCheck as DONE, LuClock as CLOCK, LuCode as CODE,
        LuCopy as COPY, LuEye as LOOK, LuHouse as HOME, LuInbox as INBOX, LuInfo as INFO, LuKeyRound as KEY,
        LuLink as LINK, LuListChecks as LIST, LuLogOut as LEAVE, LuMapPin as PLACE, LuMenu as MENU,
        LuMonitor as SYSTEM, LuMoon as MOON, LuPlus as PLUS, LuRefreshCw as AGAIN, LuRotateCcw as REPLAY,
        LuSearch as SEARCH, LuSend as SEND, LuServer as SERVER, LuShieldCheck as SHIELD, LuSmartphone as PHONE,
        LuSun as SUN, LuTrash2 as REMOVE, LuTriangleAlert as ALERT, LuUnlink as UNLINK, LuUser as PERSON,
        LuUserPlus as INVITE, LuUsers as PEOPLE, LuWrench as TOOL, LuX as CROSS,
    };
}

/// Draws an icon in the colour of the text beside it.
#[component]
pub fn Icon(
    /// Which.
    of: IconData,
    /// More classes, such as a size.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! { <svg class=format!("icon {class}") viewBox="0 0 24 24" aria-hidden="true" inner_html=of.data></svg> }
}
