//! The failures that people meet (Meta reference §11), each behind one switch with its number.

use super::Control;
use crate::dialog::Consent;
use crate::faults::{Effect, Fault};
use crate::state::{DialogOutcome, Revocation, Switches};
use crate::world::{AssetKind, Mode, World};

/// A failure that can be provoked.
#[derive(Debug, Clone, Copy)]
pub struct Failure {
    /// Its number in the Meta reference §11.
    pub number: u8,
    /// What is seen, in Meta's words where Meta has some.
    pub seen: &'static str,
    /// What the switch does here.
    pub does: &'static str,
    provoke: fn(&Control),
}

const fn failure(number: u8, seen: &'static str, does: &'static str, provoke: fn(&Control)) -> Failure {
    Failure { number, seen, does, provoke }
}

/// Every failure, by its number.
pub static FAILURES: [Failure; 38] = [
    failure(1, "FB is not defined", "sdk.js is not there", |sim| sim.switch(|s| s.sdk_missing = true)),
    failure(2, "FB.login can no longer be called from http pages", "the SDK refuses pages over plain http", |sim| {
        sim.switch(|s| s.refuse_http_pages = true);
    }),
    failure(3, "FB.login() called before FB.init()", "the dialog does not know the App ID", |sim| {
        page(sim, "invalid_app_id");
    }),
    failure(4, "JSSDK Option is Not Toggled", "Login with the JavaScript SDK is off", |sim| {
        edit(sim, |world| world.app.jssdk_enabled = false);
    }),
    failure(5, "URL Blocked", "the dialog does not accept the return address", |sim| page(sim, "url_blocked")),
    failure(6, "App Not Setup, or access_denied", "the app is in development and nobody has a role on it", |sim| {
        edit(sim, |world| {
            world.app.mode = Mode::Development;
            world.app.roles.clear();
        });
    }),
    failure(7, "Feature Unavailable", "the dashboard has outstanding to-dos", |sim| {
        edit(sim, |world| world.app.feature_unavailable = true);
    }),
    failure(8, "Invalid Scopes", "the dialog does not know a permission", |sim| page(sim, "invalid_scopes")),
    failure(9, "redirect_uri isn't identical (100/36008)", "every code exchange is refused", |sim| {
        exchange(
            sim,
            36_008,
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the \
             OAuth dialog request",
        );
    }),
    failure(10, "This authorization code has been used. (100/36009)", "every code exchange is refused", |sim| {
        exchange(sim, 36_009, "This authorization code has been used.");
    }),
    failure(11, "This authorization code has expired. (100/36007)", "every code exchange is refused", |sim| {
        exchange(sim, 36_007, "This authorization code has expired.");
    }),
    failure(12, "Connected, but no Pages", "nobody ticks a Page in the dialog", |sim| {
        consent(sim, Consent::everything().ticking(AssetKind::Page, [""; 0]));
    }),
    failure(13, "A Page without Instagram", "no Page is linked to an Instagram account", |sim| {
        edit(sim, |world| world.pages.iter_mut().for_each(|page| page.instagram = None));
    }),
    failure(14, "Instagram messages never arrive", "nothing is told of Instagram", |sim| silence(sim, "instagram")),
    failure(
        15,
        "The WhatsApp inbox stays silent",
        "Meta lists no installation on WhatsApp accounts, and tells nothing",
        |sim| {
            let nothing = Effect::Body { status: 200, body: r#"{"data":[]}"#.into() };
            on_accounts(sim, &Fault::new(nothing).on_method("GET"));
            silence(sim, "whatsapp_business_account");
        },
    ),
    failure(
        16,
        "(#100) Before override the current callback uri…",
        "WhatsApp accounts refuse every subscription",
        |sim| {
            let message = "(#100) Before override the current callback uri, your app must be subscribed to receive messages for \
                       WhatsApp Business Account";
            on_accounts(sim, &Fault::new(error(400, 100, None, message)).on_method("POST"));
        },
    ),
    failure(17, "(#2200) Callback verification failed", "the app's webhook cannot be set", |sim| {
        let message = "(#2200) Callback verification failed with the following errors: curl_errno = 7; curl_error = Failed to \
                       connect; HTTP Status Code = 0; HTTP Message = ";
        sim.set_fault(Fault::new(error(400, 2200, None, message)).on_edge("subscriptions").on_method("POST"));
    }),
    failure(
        18,
        "No WABA scope found in token",
        "everybody ticks all current and future assets: no target_ids",
        |sim| {
            consent(sim, AssetKind::ALL.into_iter().fold(Consent::everything(), Consent::all_future));
        },
    ),
    failure(19, "(#200) … one of these permissions is needed", "everybody declines pages_messaging", |sim| {
        decline(sim, &["pages_messaging"]);
    }),
    failure(20, "133005, 133006, 133010", "numbers are not registered and have a PIN", |sim| {
        edit(sim, |world| {
            for number in &mut world.phone_numbers {
                number.platform_type = "NOT_APPLICABLE".into();
                number.status = "PENDING".into();
                number.pin = Some("731905".into());
            }
        });
    }),
    failure(21, "131042: payment", "every WhatsApp message fails later by 131042", |sim| {
        sim.switch(|s| s.webhooks.fail_with = Some(131_042));
    }),
    failure(22, "Business not verified, 250 customers a day", "no portfolio is verified", |sim| {
        edit(sim, |world| {
            world.businesses.iter_mut().for_each(|business| business.verification_status = "not_verified".into());
            world.phone_numbers.iter_mut().for_each(|number| number.messaging_limit = "TIER_250".into());
        });
    }),
    failure(23, "190/460 after weeks", "every token dies: the password was changed", |sim| {
        revoke(sim, Revocation::PasswordChanged);
    }),
    failure(24, "Works for 24 hours", "exchanges give tokens of one hour", |sim| {
        sim.switch(|s| s.exchanged_token_seconds = Some(3_600));
    }),
    failure(25, "Works for 60 days", "every token expires", |sim| revoke(sim, Revocation::Expired)),
    failure(26, "Works for 90 days, then empty lists", "nobody's data is shared any more", |sim| {
        revoke(sim, Revocation::DataAccess);
    }),
    failure(27, "API calls from the server require an appsecret_proof", "calls without a proof are refused", |sim| {
        edit(sim, |world| world.app.require_appsecret_proof = true);
    }),
    failure(28, "Invalid appsecret_proof", "no proof is accepted", |sim| {
        sim.set_fault(Fault::new(error(400, 100, None, "Invalid appsecret_proof provided in the API argument")));
    }),
    failure(29, "Sent, but never delivered", "every WhatsApp message fails later by 131026", |sim| {
        sim.switch(|s| s.webhooks.fail_with = Some(131_026));
    }),
    failure(
        30,
        "(#10) outside of allowed window",
        "every message is refused, and WhatsApp's fail later by 131047",
        |sim| {
            let message = "(#10) This message is sent outside of allowed window.";
            sim.set_fault(Fault::new(error(400, 10, Some(2_018_278), message)).on_edge("messages").on_method("POST"));
            sim.switch(|s| s.webhooks.fail_with = Some(131_047));
        },
    ),
    failure(31, "The signature fails for emoji and accents", "bodies escape all that Meta may escape", |sim| {
        sim.switch(|s| s.webhooks.escape_more = true);
    }),
    failure(32, "Each message twice", "every webhook is sent twice", |sim| sim.switch(|s| s.webhooks.duplicates = 1)),
    failure(33, "The wrong tenant gets data", "webhooks of several assets come in one body", |sim| {
        sim.switch(|s| s.webhooks.batch = 1_000);
    }),
    failure(34, "The popup finishes, the app hears nothing", "dialog pages cut the tie to their opener", |sim| {
        sim.switch(|s| s.sever_opener = true);
    }),
    failure(35, "Something went wrong (Embedded Signup)", "the sign-up ends with an error of Meta's", |sim| {
        sim.switch(|s| s.signup_error = Some("You have reached the limit of WhatsApp Business accounts.".into()));
        page(sim, "something_wrong");
    }),
    failure(36, "Connected, yet the token is garbage", "exchanges are answered without a token", |sim| {
        let garbage = Effect::Body { status: 200, body: r#"{"token_type":"bearer"}"#.into() };
        sim.set_fault(Fault::new(garbage).on_edge("access_token"));
    }),
    failure(37, "Coexistence: no history", "syncs are refused by 2593109", |sim| {
        let message = "The business has chosen not to share its chat history.";
        sim.set_fault(Fault::new(error(400, 2_593_109, None, message)).on_edge("smb_app_data"));
    }),
    failure(38, "The list of ad accounts is empty", "everybody declines the permissions for ads", |sim| {
        decline(sim, &["ads_read", "ads_management"]);
    }),
];

fn page(sim: &Control, name: &str) {
    sim.force_dialog(DialogOutcome::Page(name.into()));
}

/// A change that no world forbids; one that contradicts itself changes nothing.
fn edit(sim: &Control, change: impl FnOnce(&mut World)) {
    let _ = sim.edit_world(change);
}

fn error(status: u16, code: u32, subcode: Option<u32>, message: &str) -> Effect {
    Effect::Error { status, code, subcode, message: Some(message.into()), transient: false }
}

fn exchange(sim: &Control, subcode: u32, message: &str) {
    sim.set_fault(Fault::new(error(400, 100, Some(subcode), message)).on_edge("access_token"));
}

fn on_accounts(sim: &Control, fault: &Fault) {
    for account in sim.world().whatsapp_accounts {
        sim.set_fault(fault.clone().on_path(&format!("/{}/subscribed_apps", account.id)));
    }
}

fn silence(sim: &Control, object: &str) {
    sim.switch(|s| s.webhooks.silent.push(object.into()));
}

fn consent(sim: &Control, consent: Consent) {
    for person in sim.world().people {
        sim.grant(&person.id, consent.clone());
    }
}

fn decline(sim: &Control, permissions: &[&str]) {
    consent(sim, Consent::everything().declining(permissions.iter().copied()));
}

fn revoke(sim: &Control, why: Revocation) {
    for token in sim.tokens() {
        sim.revoke(&token.fingerprint, why);
    }
}

impl Control {
    /// Provoke a failure by its number, beside those that were provoked before. Returns whether there is one of that number.
    pub fn provoke(&self, number: u8) -> bool {
        let Some(failure) = FAILURES.iter().find(|failure| failure.number == number) else { return false };
        (failure.provoke)(self);
        self.switch(|switches| switches.failure = Some(number));
        true
    }

    /// A quiet day again: no fault, every switch as at first, a built-in world as it was. Grants and tokens stay, also those
    /// that no longer work.
    pub fn calm(&self) {
        self.clear_faults();
        self.switch(|switches| *switches = Switches { persona: switches.persona.take(), ..Switches::default() });
        self.shared.lock().presets.clear();
        let present = self.world();
        if let Some(mut world) = World::named(&present.name) {
            world.app.redirect_uris = present.app.redirect_uris;
            world.app.domains = present.app.domains;
            world.app.deauthorize_callback_url = present.app.deauthorize_callback_url;
            world.app.data_deletion_callback_url = present.app.data_deletion_callback_url;
            edit(self, |now| *now = world);
        }
    }
}
