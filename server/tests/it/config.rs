//! Settings: what they may say, and the file that holds the keys.

use secrecy::{ExposeSecret as _, SecretString};
use server::{
    config::{MetaSettings, make_key_file},
    connect::{MetaLogin, MetaSettingsError},
    entropy::Entropy,
    meta::Login,
};
use url::Url;

fn settings() -> MetaSettings {
    let nowhere = "http://127.0.0.1:4000/".parse().unwrap();
    MetaSettings {
        app_id: Some("1029384756102938".into()),
        app_secret: Some(SecretString::from("canary-app-secret".to_owned())),
        ..MetaSettings::simulated(&nowhere, &nowhere).unwrap()
    }
}

fn login(settings: &MetaSettings) -> Result<Option<MetaLogin>, MetaSettingsError> {
    MetaLogin::from_settings(settings, &"https://attache.example.com/".parse::<Url>().unwrap())
}

fn redirect(url: &str) -> MetaSettings {
    MetaSettings { redirect_uri: Some(url.parse().unwrap()), ..settings() }
}

#[test]
fn http_is_for_this_machine_alone() {
    for url in
        ["http://localhost:3000/oauth/meta/callback", "http://127.0.0.1/x", "http://[::1]:3000/oauth/meta/callback"]
    {
        assert_eq!(login(&redirect(url)).unwrap().unwrap().redirect_uri.as_str(), url);
    }
}

#[test]
fn a_meta_app_is_read_from_its_settings() {
    let read = login(&settings()).unwrap().unwrap();
    assert_eq!(read.redirect_uri.as_str(), "https://attache.example.com/oauth/meta/callback");
    assert_eq!(read.app.graph_version.to_string(), "v26.0");
    assert!(matches!(&read.login, Login::Scopes(scopes) if scopes.len() == 11), "{:?}", read.login);
    assert!(read.popup_allowed(true) && !read.popup_allowed(false));
    assert!(!format!("{read:?}").contains("canary"));

    let other = MetaSettings {
        config_id: Some("700100000000001".into()),
        graph_api_version_alias: Some("v25.0".into()),
        redirect_uri: Some("https://other.example/back".parse().unwrap()),
        ..settings()
    };
    let read = login(&other).unwrap().unwrap();
    assert!(matches!(&read.login, Login::Configuration { config_id } if config_id == "700100000000001"));
    assert_eq!(
        (read.app.graph_version.to_string().as_str(), read.redirect_uri.host_str()),
        ("v25.0", Some("other.example"))
    );
}

#[test]
fn what_is_wrong_with_the_settings_is_named_without_the_secret() {
    let no_app = MetaSettings { app_id: None, app_secret: None, ..settings() };
    assert!(login(&no_app).unwrap().is_none());
    let cases = [
        (MetaSettings { app_id: None, ..settings() }, MetaSettingsError::Incomplete),
        (MetaSettings { app_secret: None, ..settings() }, MetaSettingsError::Incomplete),
        (MetaSettings { app_id: Some("abc".into()), ..settings() }, MetaSettingsError::AppId),
        (MetaSettings { app_id: Some(String::new()), ..settings() }, MetaSettingsError::AppId),
        (MetaSettings { config_id: Some("12a".into()), ..settings() }, MetaSettingsError::ConfigId),
        (MetaSettings { config_id: Some(String::new()), ..settings() }, MetaSettingsError::ConfigId),
        (MetaSettings { whatsapp_config_id: Some("7x".into()), ..settings() }, MetaSettingsError::WhatsappConfigId),
        (MetaSettings { graph_api_version: Some("26".into()), ..settings() }, MetaSettingsError::Version),
        (redirect("http://attache.example.com/oauth/meta/callback"), MetaSettingsError::RedirectUri),
        (redirect("ftp://localhost/oauth/meta/callback"), MetaSettingsError::RedirectUri),
        (redirect("https://who@attache.example.com/oauth/meta/callback"), MetaSettingsError::RedirectUri),
        (
            MetaSettings { oauth_scopes: vec!["pages_show_list".into(), "Bad Scope".into()], ..settings() },
            MetaSettingsError::Scope("Bad Scope".into()),
        ),
    ];
    for (settings, expected) in cases {
        let error = login(&settings).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"));
        assert_eq!(error, expected);
    }
}

#[test]
fn a_key_file_is_made_once_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let made = make_key_file(&path, &Entropy::seeded(1)).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let read = make_key_file(&path, &Entropy::seeded(2)).unwrap();
    assert_eq!(read.expose_secret(), made.expose_secret());
    assert!(server::vault::KeyRing::parse(&read).is_ok());
    let nowhere = folder.path().join("no/such/folder/keys");
    let error = make_key_file(&nowhere, &Entropy::seeded(3)).unwrap_err();
    assert!(error.to_string().contains("no/such/folder"), "{error}");
}
