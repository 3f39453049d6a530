//! The app itself: its credentials, the version, the clock.

use super::{Known, version::version};
use crate::{
    setup::{Action, Answer, Check, Group, State, format},
    words::Language,
};

const CREDENTIALS: &str = "app.credentials";

/// Seconds between two clocks that nobody notices.
const CLOSE: u64 = 60;
/// Seconds from which codes and signatures of limited life go wrong.
const FAR: u64 = 300;

/// The one check while the installation has no app. `taken`: the settings name one that is a business's own.
pub(in crate::setup) fn no_app(taken: bool) -> Check {
    if taken {
        return Check::wrong(CREDENTIALS, Group::App, "META_APP_ID names an app that a business entered as its own")
            .why("Whoever has the secret of an app can sign webhooks in its name, for everybody who connects with it. So it is \
                  used for that business alone.")
            .todo("Set META_APP_ID and META_APP_SECRET to another app; or let the business remove its own app, and reset its \
                   secret in Meta’s dashboard.");
    }
    Check::wrong(CREDENTIALS, Group::App, "Meta App credentials not configured")
        .why("This installation has no Meta app yet, so nobody can connect.")
        .todo("Enter the App ID and the App Secret. Both are in App settings → Basic of your app at developers.facebook.com.")
        .action(Action::EnterApp)
}

pub(super) fn checks(known: &Known<'_>) -> Vec<Check> {
    let login = &known.app.login;
    let served = known.answers.and_then(|answers| answers.served);
    let mut checks = vec![credentials(known)];
    checks.push(version(login.app.graph_version, served, known.now).at(known.asked_at()));
    checks.extend(
        known.answers.and_then(|answers| answers.clock_skew).map(clock).map(|check| check.at(known.asked_at())),
    );
    checks
}

fn credentials(known: &Known<'_>) -> Check {
    use secrecy::ExposeSecret as _;
    let app = &known.app.login.app;
    let Some(answers) = known.answers else {
        let check = Check::waiting(CREDENTIALS, Group::App, "Meta has not been asked about the app yet");
        return check.why("App ID and App Secret are here.").action(Action::CheckAgain);
    };
    let check = match &answers.credentials {
        Answer::Told(()) => {
            let part = |text: Option<&String>, before: &str, after: &str| {
                text.filter(|text| !text.is_empty()).map_or_else(String::new, |text| format!("{before}{text}{after}"))
            };
            let details = known.details();
            let name = part(details.and_then(|details| details.name.as_ref()), "“", "”, ");
            let link = part(details.and_then(|details| details.link.as_ref()), ", ", "");
            return Check::proven(CREDENTIALS, Group::App, "App ID and App Secret accepted")
                .why(format!(
                    "{name}App ID {}, Graph API {}{link}",
                    app.app_id,
                    answers.served.unwrap_or(answers.version)
                ))
                .at(known.asked_at());
        }
        Answer::Refused(why) if why.code == "meta.config.app_id" => {
            Check::wrong(CREDENTIALS, Group::App, format!("Meta knows no app with the App ID {}", app.app_id))
                .why("It may be a configuration id, or have a digit too many or too few.")
                .todo("Copy the App ID from App settings → Basic.")
        }
        Answer::Refused(why) if why.code == "meta.config.app_secret" => {
            let told = match format::looks_like_secret(app.app_secret.expose_secret()) {
                true => "It is another app's, or it was reset in Meta's dashboard since.",
                false => "It does not look like an App Secret, which is 32 characters, digits and the letters a to f.",
            };
            Check::wrong(CREDENTIALS, Group::App, "The App Secret does not belong to the App ID")
                .why(told)
                .todo("Copy the App Secret from App settings → Basic, behind Show.")
        }
        Answer::Refused(why) => Check::told(CREDENTIALS, Group::App, State::Wrong, why),
        Answer::Unasked(why) => {
            let why = why.told(Language::En);
            return Check::waiting(CREDENTIALS, Group::App, "Meta could not be asked about the app")
                .why(format!("{} {}", why.what, why.why))
                .todo(why.todo)
                .at(known.asked_at())
                .action(Action::CheckAgain);
        }
    };
    check.at(known.asked_at()).action(Action::EnterApp)
}

/// Whether this machine's clock is right, measured by Meta's.
fn clock(skew: i64) -> Check {
    const NAME: &str = "app.clock";
    let apart = skew.unsigned_abs();
    let direction = if skew > 0 { "behind" } else { "ahead of" };
    match apart {
        0..=CLOSE => Check::proven(NAME, Group::App, "This machine’s clock agrees with Meta’s")
            .why("Codes and tokens live for a limited time, so both clocks have to be right."),
        _ => {
            let what = format!("This machine’s clock is {apart} seconds {direction} Meta’s");
            let check =
                if apart > FAR { Check::wrong(NAME, Group::App, what) } else { Check::waiting(NAME, Group::App, what) };
            check
                .why("Codes and tokens live for a limited time: with a wrong clock they end too soon or too late.")
                .todo("Let the machine set its clock by NTP.")
        }
    }
}
