//! Batch requests (Meta reference §5.6).

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::auth::token_of;
use super::dispatch::{Answer, Call, Method, perform};
use super::errors::GraphError;
use super::http::{call_for, item_params, whole};
use super::versions;
use crate::faults::Effect;
use crate::secrets;
use crate::state::Shared;

/// Most items in a batch.
const MOST: usize = 50;

/// Perform the items in order.
pub(crate) async fn perform_all(shared: &Shared, outer: &Call, items: &[Value]) -> Answer {
    let (trace, version) = {
        let mut state = shared.lock();
        let trace = format!("A{}", secrets::opaque(&mut state.rng, 22));
        let now = state.now();
        let version = versions::effective(outer.version, now, state.switches.fall_forward).unwrap_or(versions::NEWEST);
        (trace, version.to_string())
    };
    if let Err(error) = acceptable(outer, items) {
        return whole(Err(error), &trace, version);
    }
    let include_headers = outer.params.text("include_headers").as_deref() != Some("false");
    let mut results: HashMap<String, Option<Value>> = HashMap::new();
    let mut answers = Vec::with_capacity(items.len());
    for item in items {
        let name = item["name"].as_str().map(str::to_owned);
        let answer = one(shared, outer, item, &results).await;
        if let Some(name) = &name {
            let body = answer.as_ref().filter(|answer| answer.status == 200).map(|answer| answer.body.clone());
            results.insert(name.clone(), body);
        }
        let silent = answer.as_ref().is_some_and(|answer| answer.status == 200)
            && name.is_some_and(|name| omits(item, &name, items));
        answers.push(match answer {
            Some(answer) if !silent => shown(&answer, include_headers),
            _ => Value::Null,
        });
    }
    whole(Ok(Value::Array(answers)), &trace, version)
}

/// Operations an item counts for.
pub(crate) fn operations(item: &Value) -> usize {
    let url = item["relative_url"].as_str().unwrap_or_default();
    let query = url.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let params = super::params::Params::from_query(query);
    params.list("ids").map_or(1, |ids| ids.len().max(1))
}

fn acceptable(outer: &Call, items: &[Value]) -> Result<(), GraphError> {
    if token_of(&outer.params, outer.bearer.as_deref()).is_none() {
        return Err(
            GraphError::new(104, "An access token is required to request this resource.").challenge("invalid_request")
        );
    }
    if items.is_empty() {
        return Err(GraphError::new(100, "(#100) Param batch must be an array."));
    }
    if items.len() > MOST {
        return Err(GraphError::new(
            100,
            format!("(#100) Too many requests in batch message. Maximum batch size is {MOST}"),
        ));
    }
    Ok(())
}

/// Perform one item; `None` when it is not executed.
async fn one(shared: &Shared, outer: &Call, item: &Value, results: &HashMap<String, Option<Value>>) -> Option<Answer> {
    let relative_url = filled_in(item["relative_url"].as_str().unwrap_or_default(), results)?;
    let body = filled_in(item["body"].as_str().unwrap_or_default(), results)?;
    if item["depends_on"].as_str().is_some_and(|name| results.get(name).is_some_and(Option::is_none)) {
        return None;
    }
    let Some(method) = Method::parse(item["method"].as_str().unwrap_or("GET")) else {
        let error = GraphError::new(100, "(#100) Invalid method in batch item");
        return Some(Answer { status: error.status, headers: Vec::new(), body: error.body("") });
    };
    let (path, query) = relative_url.split_once('?').unwrap_or((&relative_url, ""));
    let own_token = item["access_token"].as_str();
    let mut params = item_params(query, &body, Map::new());
    if let Some(token) = own_token {
        params.0.entry("access_token").or_insert_with(|| json!(token));
    }
    let mut bearer = None;
    if !params.0.contains_key("access_token") {
        bearer.clone_from(&outer.bearer);
        for name in ["access_token", "appsecret_proof"] {
            if let Some(value) = outer.params.0.get(name) {
                params.0.entry(name).or_insert_with(|| value.clone());
            }
        }
    }
    let mut call = call_for(method, path, params, bearer);
    call.version = call.version.or(outer.version);
    call.effects = shared.lock().faults.strike(call.method.upper(), &call.pattern_path());
    if call.effects.contains(&Effect::NullItem) {
        return None;
    }
    let instead = call.effects.iter().find_map(|effect| match effect {
        Effect::Body { status, body } => Some((*status, serde_json::from_str(body).unwrap_or_default())),
        _ => None,
    });
    if let Some((status, body)) = instead {
        return Some(Answer { status, headers: Vec::new(), body });
    }
    Some(perform(shared, &call).await)
}

/// A named item whose result another item uses answers `null` when it succeeds, unless it says otherwise.
fn omits(item: &Value, name: &str, items: &[Value]) -> bool {
    if item["omit_response_on_success"] == json!(false) {
        return false;
    }
    let reference = format!("{{result={name}:");
    items.iter().any(|other| {
        ["relative_url", "body"].iter().any(|key| other[key].as_str().is_some_and(|text| text.contains(&reference)))
            || other["depends_on"].as_str() == Some(name)
    })
}

fn shown(answer: &Answer, include_headers: bool) -> Value {
    let mut shown = json!({"code": answer.status, "body": answer.body.to_string()});
    if include_headers {
        let mut headers: Vec<Value> =
            answer.headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        headers.push(json!({"name": "Content-Type", "value": "application/json; charset=UTF-8"}));
        shown["headers"] = json!(headers);
    }
    shown
}

/// Replace every `{result=name:$.path}`; `None` when it points at an item that failed or does not exist.
fn filled_in(text: &str, results: &HashMap<String, Option<Value>>) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("{result=") {
        out.push_str(&rest[..start]);
        let inner = &rest[start + "{result=".len()..];
        let end = inner.find('}')?;
        let (name, path) = inner[..end].split_once(':')?;
        let result = results.get(name)?.as_ref()?;
        out.push_str(&json_path(result, path).join(","));
        rest = &inner[end + 1..];
    }
    out.push_str(rest);
    Some(out)
}

/// The small part of JSONPath that batches use: `$.data.*.id`, `$.data[0].id`.
fn json_path(value: &Value, path: &str) -> Vec<String> {
    let steps = path.trim_start_matches('$').replace('[', ".").replace(']', "");
    let mut found = vec![value];
    for step in steps.split('.').filter(|step| !step.is_empty()) {
        found = found
            .into_iter()
            .flat_map(|value| match (step, value) {
                ("*", Value::Array(items)) => items.iter().collect::<Vec<_>>(),
                ("*", Value::Object(map)) => map.values().collect(),
                (_, Value::Array(items)) => step.parse::<usize>().ok().and_then(|i| items.get(i)).into_iter().collect(),
                (_, other) => other.get(step).into_iter().collect(),
            })
            .collect();
    }
    found.into_iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_collect_every_match_and_join_with_commas() {
        let value = json!({"data": [{"id": "1"}, {"id": "2"}]});
        let results = HashMap::from([("p".to_owned(), Some(value))]);
        assert_eq!(filled_in("?ids={result=p:$.data.*.id}&x=1", &results).as_deref(), Some("?ids=1,2&x=1"));
        assert_eq!(filled_in("{result=p:$.data[1].id}", &results).as_deref(), Some("2"));
        assert_eq!(filled_in("{result=q:$.id}", &results), None);
    }
}
