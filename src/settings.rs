//! Where settings come from: a file, then the environment, then flags; each goes before the one named before it.
//!
//! The file is TOML, and its keys are the long names of the flags that have a variable of the environment. What it says is
//! given to the command line as flags, unless the environment or a real flag says something: so a value is checked, and
//! refused, as if it had been typed. A variable that is set to nothing counts as not set.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use clap::{Arg, ArgMatches, Command, CommandFactory as _, FromArgMatches as _};

use crate::commands::{Cli, Failure};

/// Flags of which one is enough: what the environment or the command line says of one counts for all.
const EITHER: [&[&str]; 4] = [
    &["database-url", "postgres-dsn"],
    &["encryption-key", "encryption-key-file"],
    &["meta-graph-api-version", "graph-api-version"],
    &["meta-webhook-verify-token", "meta-verify-token"],
];

/// The command line, read together with the settings file.
pub(crate) struct Started {
    /// What was asked for.
    pub(crate) cli: Cli,
    /// Every setting of the command that was asked for.
    pub(crate) effective: Vec<Setting>,
}

/// A setting as it is in effect.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Setting {
    /// The long name of its flag, and its key in the file.
    pub(crate) name: String,
    /// Its value; `None` when it has none. That of a secret is not shown.
    pub(crate) value: Option<String>,
    /// Where it comes from: `default`, `file`, `environment` or `flag`.
    pub(crate) source: &'static str,
}

/// Reads the command line; what is wrong with it is said and ends the process, as is help.
pub(crate) fn start() -> Result<Started, Failure> {
    read(std::env::args_os().collect(), &|name| std::env::var_os(name))
}

/// A command for which a variable that is set to nothing counts as not set.
pub(crate) fn without_empty_variables(command: Command) -> Command {
    without_empty(command, &|name| std::env::var_os(name))
}

type Environment<'a> = &'a dyn Fn(&OsStr) -> Option<OsString>;

fn without_empty(command: Command, environment: Environment<'_>) -> Command {
    let command = command.mut_args(|arg| match arg.get_env().and_then(environment) {
        Some(value) if value.is_empty() => arg.env(None::<&'static str>),
        _ => arg,
    });
    command.mut_subcommands(|sub| without_empty(sub, environment))
}

fn read(mut line: Vec<OsString>, environment: Environment<'_>) -> Result<Started, Failure> {
    let command = Cli::command();
    let leaf = with_globals(&command, leaf(&command, &line));
    let mut from_file = BTreeSet::new();
    if let Some(path) = file_named(&line, environment) {
        let values = read_file(&path)?;
        refuse_unknown(&command, &values, &path)?;
        for arg in settings(&leaf) {
            let Some(name) = arg.get_long() else { continue };
            if let Some(values) = values.get(name)
                && !said_elsewhere(&leaf, name, &line, environment)
            {
                from_file.insert(name.to_owned());
                line.extend(values.iter().map(|value| as_flag(arg, name, value)).filter(|flag| !flag.is_empty()));
            }
        }
    }
    let matches = without_empty(command, environment).get_matches_from(line);
    let effective = effective(&leaf, innermost(&matches), &from_file);
    Ok(Started { cli: Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit()), effective })
}

/// The command that the line asks for: `admin create-user`, not `admin`.
fn leaf<'a>(command: &'a Command, line: &[OsString]) -> &'a Command {
    line.iter()
        .skip(1)
        .filter_map(|word| word.to_str())
        .fold(command, |at, word| at.find_subcommand(word).unwrap_or(at))
}

/// A command with the settings that every command has.
fn with_globals(root: &Command, command: &Command) -> Command {
    let own = |arg: &Arg| command.get_arguments().any(|known| known.get_id() == arg.get_id());
    let globals: Vec<Arg> = root.get_arguments().filter(|arg| arg.is_global_set() && !own(arg)).cloned().collect();
    command.clone().args(globals)
}

fn innermost(matches: &ArgMatches) -> &ArgMatches {
    matches.subcommand().map_or(matches, |(_, inner)| innermost(inner))
}

/// Flags that have a variable of the environment: the settings, as against what one command is told.
fn settings(command: &Command) -> impl Iterator<Item = &Arg> {
    command
        .get_arguments()
        .filter(|arg| arg.get_env().is_some() && arg.get_long().is_some_and(|name| name != "settings"))
}

fn file_named(line: &[OsString], environment: Environment<'_>) -> Option<PathBuf> {
    let mut words = line.iter().skip(1);
    while let Some(word) = words.next() {
        match word.to_str() {
            Some("--settings") => return words.next().map(PathBuf::from),
            Some(text) if text.starts_with("--settings=") => return text.split_once('=').map(|(_, path)| path.into()),
            _ => {}
        }
    }
    environment(OsStr::new("ATTACHE_SETTINGS")).filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// Every key of the file with its values: one, or those of a list.
fn read_file(path: &Path) -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let at = path.display();
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("the settings file {at} cannot be read: {error}"))?;
    // The parser's own message would quote the line, which may hold a secret.
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].lines().count());
        format!("the settings file {at} is not TOML: {}, near line {line}", error.message())
    })?;
    let mut values = BTreeMap::new();
    for (key, value) in table {
        let list = match value {
            toml::Value::Array(list) => list.into_iter().map(scalar).collect::<Option<Vec<_>>>(),
            one => scalar(one).map(|one| vec![one]),
        };
        let list = list.ok_or_else(|| {
            format!(
                "the key `{key}` of the settings file {at} must be a text, a number, true, false, or a list of texts"
            )
        })?;
        values.insert(key, list);
    }
    Ok(values)
}

fn scalar(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        _ => None,
    }
}

fn refuse_unknown(command: &Command, values: &BTreeMap<String, Vec<String>>, path: &Path) -> Result<(), Failure> {
    fn known<'a>(command: &'a Command, names: &mut BTreeSet<&'a str>) {
        names.extend(settings(command).filter_map(Arg::get_long));
        command.get_subcommands().for_each(|sub| known(sub, names));
    }
    let mut names = BTreeSet::new();
    known(command, &mut names);
    match values.keys().find(|key| !names.contains(key.as_str())) {
        Some(key) => Err(format!(
            "the settings file {} has the key `{key}`, which is no setting; `attache serve --help` lists them by the names \
             of their flags, without the dashes",
            path.display()
        )
        .into()),
        None => Ok(()),
    }
}

/// Whether the environment or the command line says the setting, or another that stands for it.
fn said_elsewhere(command: &Command, name: &str, line: &[OsString], environment: Environment<'_>) -> bool {
    let group = EITHER.iter().find(|group| group.contains(&name)).copied();
    let names: &[&str] = group.unwrap_or(std::slice::from_ref(&name));
    settings(command).filter(|arg| arg.get_long().is_some_and(|long| names.contains(&long))).any(|arg| {
        let flag = format!("--{}", arg.get_long().unwrap_or_default());
        let typed =
            |word: &OsString| word.to_str().is_some_and(|word| word == flag || word.starts_with(&format!("{flag}=")));
        let set = arg.get_env().and_then(environment).is_some_and(|value| !value.is_empty());
        set || line.iter().any(typed)
    })
}

/// The value as a flag of the command line; nothing for a switch that is off.
fn as_flag(arg: &Arg, name: &str, value: &str) -> OsString {
    match (arg.get_action().takes_values(), value) {
        (false, "true") => format!("--{name}").into(),
        (false, "false") => OsString::new(),
        _ => format!("--{name}={value}").into(),
    }
}

fn effective(leaf: &Command, matches: &ArgMatches, from_file: &BTreeSet<String>) -> Vec<Setting> {
    settings(leaf)
        .filter(|arg| !arg.is_hide_set())
        .map(|arg| {
            let name = arg.get_long().unwrap_or_default().to_owned();
            let raw = matches.get_raw(arg.get_id().as_str());
            let value = raw.map(|values| values.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(","));
            let source = match matches.value_source(arg.get_id().as_str()) {
                _ if from_file.contains(&name) => "file",
                Some(clap::parser::ValueSource::EnvVariable) => "environment",
                Some(clap::parser::ValueSource::CommandLine) => "flag",
                _ => "default",
            };
            let value = value.map(|value| if arg.is_hide_env_values_set() { "(set, not shown)".into() } else { value });
            Setting { name, value, source }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    fn run(file: &str, environment: &[(&str, &str)], flags: &[&str]) -> Result<Vec<Setting>, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("attache.toml");
        std::fs::write(&path, file).unwrap();
        let mut line: Vec<OsString> = vec!["attache".into(), "serve".into(), "--settings".into(), path.into()];
        line.extend(flags.iter().map(OsString::from));
        let environment = environment.to_vec();
        let found = read(line, &|name| {
            environment.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
        });
        found.map(|started| started.effective).map_err(|error| error.to_string())
    }

    fn of(settings: &[Setting], name: &str) -> (Option<String>, &'static str) {
        settings.iter().find(|one| one.name == name).map(|one| (one.value.clone(), one.source)).unwrap()
    }

    #[test]
    fn what_goes_before_what() {
        let file = "addr = '127.0.0.1:1111'\ntrust-proxy = true\ndb-connections = 3\nmeta-oauth-scopes = ['pages_show_list', 'ads_read']\n";
        let found = run(file, &[], &[]).unwrap();
        assert_eq!(of(&found, "addr"), (Some("127.0.0.1:1111".into()), "file"));
        assert_eq!(of(&found, "trust-proxy"), (Some("true".into()), "file"));
        assert_eq!(of(&found, "meta-oauth-scopes"), (Some("pages_show_list,ads_read".into()), "file"));
        assert_eq!(of(&found, "data-dir"), (Some("data".into()), "default"));
        assert_eq!(of(&run("log = 'warn'", &[], &[]).unwrap(), "log"), (Some("warn".into()), "file"));
        let found = run(file, &[("ATTACHE_DB_CONNECTIONS", "5")], &["--addr=127.0.0.1:2222"]).unwrap();
        assert_eq!(of(&found, "addr"), (Some("127.0.0.1:2222".into()), "flag"));
        // The environment that says it is this test's and not the process's, so what is left is the default.
        assert_eq!(of(&found, "db-connections"), (Some("8".into()), "default"));
    }

    #[test]
    fn another_name_of_a_setting_goes_before_the_file_too() {
        let found = run("database-url = 'sqlite:file.db'", &[], &["--postgres-dsn=postgres://x"]).unwrap();
        assert_eq!(of(&found, "database-url").0, None);
    }

    #[test]
    fn a_secret_is_told_to_be_set_and_nothing_more() {
        let found = run("meta-app-secret = 'canary-secret'", &[], &[]).unwrap();
        assert_eq!(of(&found, "meta-app-secret"), (Some("(set, not shown)".into()), "file"));
        assert!(!format!("{found:?}").contains("canary"));
    }

    #[test]
    fn what_is_wrong_with_the_file_is_named() {
        for (file, told) in [
            ("adress = '127.0.0.1:1'", "`adress`"),
            ("settings = 'x'", "`settings`"),
            ("json = true", "`json`"),
            ("addr = 1.5", "`addr`"),
            ("meta-app-secret = canary", "near line 1"),
        ] {
            let error = run(file, &[], &[]).unwrap_err();
            assert!(error.contains(told) && !error.contains("canary"), "{error}");
        }
    }

    #[test]
    fn a_variable_that_is_set_to_nothing_is_not_set() {
        let command = without_empty(Cli::command(), &|name| (name == "ATTACHE_ADDR").then(OsString::new));
        let serve = command.find_subcommand("serve").unwrap();
        let env =
            |name: &str| serve.get_arguments().find(|arg| arg.get_long() == Some(name)).unwrap().get_env().is_some();
        assert!(!env("addr") && env("public-url"));
    }
}
