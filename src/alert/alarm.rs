//! The alarms of one body, by the mapping of its format. A body is whatever somebody sends: nothing of it is trusted, and
//! nothing is taken from it but what the mapping names.

use std::collections::BTreeMap;

use serde_json::Value;

use super::AlertFormat;
use super::moment::moment;
use crate::characters::carried;
use crate::time::Time;

/// The longest label, in characters. Rules compare labels with words, and none of those is as long.
const LONGEST: usize = 200;

/// Whether an alarm goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlarmState {
    /// It goes on.
    Open,
    /// It is over.
    Over,
}

/// One alarm as a body tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// What it is known by, the same from its begin to its end.
    pub key: String,
    /// Whether it goes on.
    pub state: AlarmState,
    /// When it began, if the body says so.
    pub began: Option<Time>,
    /// When it ended, if the body says so.
    pub ended: Option<Time>,
    /// What rules look at.
    pub labels: BTreeMap<String, String>,
}

/// The alarms of a body, and what of it was passed over, each in a sentence: an alarm without a key, or whose state is no
/// word of the format (an acknowledgement, a test).
///
/// # Errors
/// A body that is no JSON, or in which the list of alarms is not where the format has it.
pub fn read(body: &[u8], format: &AlertFormat) -> Result<(Vec<Alarm>, Vec<String>), String> {
    let whole: Value = serde_json::from_slice(body).map_err(|fault| format!("the body is no JSON: {fault}"))?;
    let within = match &format.within {
        None => whole,
        Some(place) => {
            let text = whole.pointer(place).and_then(Value::as_str);
            let text = text.ok_or_else(|| format!("the body has no text at `{place}`"))?;
            serde_json::from_str(text).map_err(|fault| format!("`{place}` of the body holds no JSON: {fault}"))?
        }
    };
    let alarms = match &format.alarms {
        None => std::slice::from_ref(&within),
        Some(place) => {
            let list = within.pointer(place).and_then(Value::as_array);
            list.ok_or_else(|| format!("the body has no list at `{place}`"))?.as_slice()
        }
    };
    let (mut found, mut passed) = (Vec::new(), Vec::new());
    for (index, value) in alarms.iter().enumerate() {
        match alarm(value, format) {
            Ok(alarm) => found.push(alarm),
            Err(why) => passed.push(format!("alarm {}: {why}", index + 1)),
        }
    }
    Ok((found, passed))
}

fn alarm(value: &Value, format: &AlertFormat) -> Result<Alarm, String> {
    let parts: Option<Vec<String>> = format.key.iter().map(|place| whole(value.pointer(place)?)).collect();
    let key = parts.map(|parts| parts.join("/")).filter(|key| !key.trim_matches('/').is_empty());
    let key = key.ok_or_else(|| format!("it has no text at `{}`", format.key.join("` and `")))?;
    let word = value.pointer(&format.state).and_then(scalar).unwrap_or_default();
    let fits = |words: &[String]| words.iter().any(|pattern| is_such(&word, pattern));
    let state = match (fits(&format.open), fits(&format.over)) {
        (true, _) => AlarmState::Open,
        (false, true) => AlarmState::Over,
        (false, false) => return Err(format!("its state `{word}` is neither open nor over")),
    };
    let time = |place: &Option<String>| moment(value.pointer(place.as_deref()?)?);
    Ok(Alarm { key, state, began: time(&format.began), ended: time(&format.ended), labels: labels(value, format) })
}

fn labels(value: &Value, format: &AlertFormat) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for object in format.objects.iter().filter_map(|place| value.pointer(place)?.as_object()) {
        labels.extend(object.iter().filter_map(|(name, value)| Some((short(name), scalar(value)?))));
    }
    for tags in format.tags.iter().filter_map(|place| value.pointer(place)) {
        let texts =
            tags.as_array().map(|list| list.iter().filter_map(scalar).collect()).or_else(|| Some(vec![scalar(tags)?]));
        let texts: Vec<String> = texts.unwrap_or_default();
        let pairs = texts.iter().flat_map(|text| text.split(',')).filter_map(|tag| tag.trim().split_once(':'));
        labels.extend(pairs.map(|(name, value)| (short(name), short(value))));
    }
    let placed = format.labels.iter().filter_map(|(name, place)| Some((name.clone(), scalar(value.pointer(place)?)?)));
    labels.extend(placed);
    labels
}

/// A text, a number or a flag as text of one line that any file can hold.
fn whole(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(carried(text).split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn scalar(value: &Value) -> Option<String> {
    whole(value).map(|text| short(&text))
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// Whether a word is a pattern's, of which `*` at one end stands for any text.
pub(super) fn is_such(word: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => word.ends_with(end),
        (_, Some(beginning)) => word.starts_with(beginning),
        _ => word == pattern,
    }
}
