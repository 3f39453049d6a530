//! What App Review wants to read about each permission: why it is asked for, and what the screencast shows. `{app}` stands for
//! the app's name, `{url}` for the address of this installation.

use crate::meta::Permission;

/// The texts of one permission.
pub(super) struct ReviewText {
    pub(super) permission: Permission,
    /// How the app uses it, and what a person gains.
    pub(super) reason: &'static str,
    /// What is shown on the screen, after signing in and connecting.
    pub(super) script: &'static [&'static str],
}

const fn text(permission: Permission, reason: &'static str, script: &'static [&'static str]) -> ReviewText {
    ReviewText { permission, reason, script }
}

/// The steps with which every screencast begins.
pub(super) const BEGINNING: &[&str] = &[
    "Open {url} and sign in as the owner of a business.",
    "Press Connect with Meta. In Facebook's window choose the business, its Pages and accounts, and press Continue. Let the permissions be read.",
    "Back in {app}, tick what is to be connected and save. Wait until the status is shown.",
];

pub(super) static TEXTS: &[ReviewText] = &[
    text(
        Permission::PAGES_SHOW_LIST,
        "{app} lets a business connect the Facebook Pages it manages. After the owner has logged in, it reads the list of their \
         Pages and shows it, so that they choose which Pages to connect. Pages that are not chosen are not used. Without this \
         permission nobody could choose a Page.",
        &[
            "Show the list under “Facebook Pages” on the page “Choose what to connect”: name and picture of each Page.",
            "Tick one Page, leave another, save, and show that only the ticked one is connected.",
        ],
    ),
    text(
        Permission::PAGES_MESSAGING,
        "{app} receives the messages that customers send to a connected Page and shows them to the business’s team, who answer \
         them. Only messages of Pages that the owner chose are received, and answers go only to people who wrote to the Page \
         within the time that Meta allows.",
        &[
            "From another Facebook account write a message to the connected Page in Messenger.",
            "In {app} show that the message has arrived, with its text and time.",
            "Answer it, and show the answer in Messenger.",
        ],
    ),
    text(
        Permission::PAGES_MANAGE_METADATA,
        "{app} subscribes each connected Page to webhooks, so that messages and comments are shown the moment they arrive, and \
         unsubscribes it when the owner disconnects it. Nothing else of the Page’s settings is read or changed.",
        &[
            "Show the connected Page on the status page: the step “Subscribed” with its time.",
            "Write to the Page from another account, and show that the message arrives by itself.",
            "Disconnect, and show that the page says that the Page was unsubscribed.",
        ],
    ),
    text(
        Permission::PAGES_READ_ENGAGEMENT,
        "{app} reads the name and the picture of a connected Page and the comments under its posts, so that the team recognises \
         the Page and sees what is written to it in public.",
        &[
            "Show the name and picture of the Page on the status page.",
            "Comment on a post of the Page from another account, and show the comment in {app}.",
        ],
    ),
    text(
        Permission::INSTAGRAM_BASIC,
        "{app} finds the Instagram professional account that is linked to a Page and shows its user name and picture, so that \
         the owner chooses it. The id that it reads is what incoming messages are assigned by.",
        &[
            "On the page “Choose what to connect” show the Instagram account with its user name, beside its Page.",
            "Tick it, save, and show it on the status page.",
        ],
    ),
    text(
        Permission::INSTAGRAM_MANAGE_MESSAGES,
        "{app} receives the messages that customers send to a connected Instagram professional account and shows them to the \
         business’s team, who answer them. Only accounts that the owner chose are used.",
        &[
            "In the Instagram app of the business, show that Settings → Messages → Allow access to messages is on.",
            "From another Instagram account write to the business.",
            "In {app} show that the message has arrived, answer it, and show the answer in Instagram.",
        ],
    ),
    text(
        Permission::INSTAGRAM_MANAGE_COMMENTS,
        "{app} shows the comments under the posts of a connected Instagram account beside its messages, so that the team \
         misses no question that is asked in public.",
        &[
            "From another Instagram account comment on a post of the business.",
            "Show the comment in {app}, with its author and time.",
        ],
    ),
    text(
        Permission::INSTAGRAM_BUSINESS_BASIC,
        "{app} shows the user name and picture of the Instagram professional account that signs in, so that the owner sees \
         which one is connected. The id that it reads is what incoming messages are assigned by.",
        &[
            "On the page “Connect” press “Connect with Instagram”, sign in with an account that is linked to no Page, and allow.",
            "Show the account with its user name on “Choose what to connect”, save, and show it on the status page.",
        ],
    ),
    text(
        Permission::INSTAGRAM_BUSINESS_MANAGE_MESSAGES,
        "{app} receives the messages that customers send to the Instagram professional account that signed in and shows them to \
         the business’s team, who answer them.",
        &[
            "In the Instagram app of the business, show that Settings → Messages → Allow access to messages is on.",
            "From another Instagram account write to the business.",
            "In {app} show that the message has arrived, answer it, and show the answer in Instagram.",
        ],
    ),
    text(
        Permission::INSTAGRAM_BUSINESS_MANAGE_COMMENTS,
        "{app} shows the comments under the posts of the Instagram account that signed in beside its messages, so that the \
         team misses no question that is asked in public.",
        &[
            "From another Instagram account comment on a post of the business.",
            "Show the comment in {app}, with its author and time.",
        ],
    ),
    text(
        Permission::WHATSAPP_BUSINESS_MANAGEMENT,
        "{app} lists the WhatsApp Business accounts and numbers of the business, so that the owner chooses them, subscribes the \
         account to webhooks, registers the number, and shows its quality, its name’s approval and its message templates.",
        &[
            "On the page “Choose what to connect” show the WhatsApp account with its numbers.",
            "Tick a number, save, and show its status: registered, subscribed, quality.",
        ],
    ),
    text(
        Permission::WHATSAPP_BUSINESS_MESSAGING,
        "{app} receives the WhatsApp messages that customers send to a connected number and shows them to the business’s team, \
         who answer them; it also shows whether an answer was delivered and read.",
        &[
            "From a phone write to the connected number.",
            "In {app} show that the message has arrived, answer it, and show the answer on the phone and its state in {app}.",
        ],
    ),
    text(
        Permission::BUSINESS_MANAGEMENT,
        "{app} reads the business portfolios of the person who connects and which Pages, WhatsApp accounts and ad accounts belong \
         to them. Since Graph API v17 Pages of a portfolio are not listed without this permission. Nothing in a portfolio is \
         changed.",
        &[
            "On the page “Choose what to connect” show that assets are grouped by the portfolio that they belong to.",
            "Show a Page that belongs to a portfolio, tick it and save.",
        ],
    ),
    text(
        Permission::ADS_READ,
        "{app} lists the ad accounts of the business with their state, so that the owner sees in one place what is connected. It \
         reads only, and changes no campaign.",
        &[
            "On the page “Choose what to connect” show the ad accounts with name, currency and state.",
            "Tick one, save, and show its card on the status page.",
        ],
    ),
    text(
        Permission::ADS_MANAGEMENT,
        "{app} lists the ad accounts of the business with their state, for businesses whose login configuration grants this \
         permission in the place of ads_read.",
        &[
            "On the page “Choose what to connect” show the ad accounts with name, currency and state.",
            "Tick one, save, and show its card on the status page.",
        ],
    ),
];
