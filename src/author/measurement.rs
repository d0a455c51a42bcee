//! Answers of a metrics query, or of a script, about how much more services can carry.
//!
//! The form of Prometheus is that of an instant query, or the last values of a range query:
//! <https://prometheus.io/docs/prometheus/latest/querying/api/>. A script may give an object from services to figures.

use serde_json::Value;

use crate::time::Time;

/// The labels by which a series says which service it is of, unless the user names one.
const LABELS: [&str; 2] = ["component", "service"];

/// What lies beyond the year 9999, in seconds of Unix.
const LAST_SECOND: f64 = 253_402_300_800.0;

/// What was measured of one service.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// The service, as it is called there.
    pub service: String,
    /// What is left, in words or as a number.
    pub left: HeadroomValue,
    /// When, if the answer says so.
    pub at: Option<Time>,
}

/// What is left, as an answer says it.
#[derive(Clone, Debug, PartialEq)]
pub enum HeadroomValue {
    /// Without a unit.
    Number(f64),
    /// As somebody put it.
    Words(String),
}

/// The measurements of an answer, in its order, and what of it is none, each in a sentence.
///
/// # Errors
/// A text that is no such answer.
pub fn measurements(json: &[u8], label: Option<&str>) -> Result<(Vec<Measurement>, Vec<String>), String> {
    let root: Value = serde_json::from_slice(json).map_err(|error| format!("this is no JSON: {error}"))?;
    let (mut found, mut passed) = (Vec::new(), Vec::new());
    for read in each(&root, label)? {
        match read {
            Ok(measurement) => found.push(measurement),
            Err(why) => passed.push(why),
        }
    }
    Ok((found, passed))
}

type Read = Result<Measurement, String>;

fn each(root: &Value, label: Option<&str>) -> Result<Vec<Read>, String> {
    if let Some(error) = root.get("error").and_then(Value::as_str) {
        return Err(format!("the query failed: {error}"));
    }
    if let Some(result) = root.pointer("/data/result") {
        let series = result.as_array().ok_or("`data.result` is no list of series: ask for a value of each service")?;
        return Ok(series.iter().map(|series| of_series(series, label)).collect());
    }
    let services =
        root.as_object().ok_or("this is neither an answer of Prometheus nor an object from services to figures")?;
    Ok(services.iter().map(|(service, value)| of_pair(service, value)).collect())
}

fn of_pair(service: &str, value: &Value) -> Read {
    let left = match value {
        Value::String(words) if !words.trim().is_empty() => HeadroomValue::Words(words.trim().to_owned()),
        Value::Number(number) => HeadroomValue::Number(number.as_f64().unwrap_or_default()),
        _ => return Err(format!("`{service}`: {value} is neither a number nor a text")),
    };
    Ok(Measurement { service: service.to_owned(), left, at: None })
}

/// A series of Prometheus: its labels, and a pair of seconds and a number as text; of a range, the last pair.
fn of_series(series: &Value, label: Option<&str>) -> Read {
    let metric = series.get("metric").and_then(Value::as_object);
    let value = |label: &str| metric?.get(label)?.as_str();
    let service = label.map_or_else(|| LABELS.iter().find_map(|label| value(label)), value);
    let names: Vec<String> =
        metric.into_iter().flat_map(|labels| labels.keys()).map(|name| format!("`{name}`")).collect();
    let wanted = label.map_or_else(|| "`component` or `service`".to_owned(), |label| format!("`{label}`"));
    let service = service.ok_or_else(|| match names.is_empty() {
        true => format!("a series without labels: group by {wanted}"),
        false => format!("a series without the label {wanted}, of {}: name one with `--label`", names.join(", ")),
    })?;
    let pair = series.get("value").or_else(|| series.get("values").and_then(Value::as_array)?.last());
    let number = pair.and_then(|pair| pair.get(1)).and_then(Value::as_str).and_then(|text| text.parse::<f64>().ok());
    let number = number.filter(|number| number.is_finite());
    let number = number.ok_or_else(|| format!("`{service}`: its value is no number"))?;
    let seconds = pair.and_then(|pair| pair.get(0)).and_then(Value::as_f64);
    let at = seconds.filter(|seconds| (0.0..LAST_SECOND).contains(seconds));
    let at = at.map(|seconds| Time::from_millis((seconds * 1000.0) as i64));
    Ok(Measurement { service: service.to_owned(), left: HeadroomValue::Number(number), at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, label: Option<&str>) -> (Vec<String>, Vec<String>) {
        let (found, passed) = measurements(json.as_bytes(), label).unwrap();
        let said = |one: Measurement| match one.left {
            HeadroomValue::Number(number) => format!("{} {number} {:?}", one.service, one.at.map(Time::rfc3339)),
            HeadroomValue::Words(words) => format!("{} {words}", one.service),
        };
        (found.into_iter().map(said).collect(), passed)
    }

    #[test]
    fn an_answer_of_prometheus_is_read_series_by_series() {
        let json = r#"{"status":"success","data":{"resultType":"vector","result":[
            {"metric":{"service":"api","zone":"a"},"value":[1795000000.781,"0.425"]},
            {"metric":{"service":"web"},"value":[1795000000,"NaN"]},
            {"metric":{"job":"x"},"value":[1795000000,"1"]}]}}"#;
        let (found, passed) = read(json, None);
        assert_eq!(found, ["api 0.425 Some(\"2026-11-18T11:06:40.781Z\")"]);
        assert_eq!(
            passed,
            [
                "`web`: its value is no number",
                "a series without the label `component` or `service`, of `job`: name one with `--label`"
            ]
        );
        assert_eq!(read(json, Some("job")).0, ["x 1 Some(\"2026-11-18T11:06:40Z\")"]);
        let range =
            r#"{"data":{"resultType":"matrix","result":[{"metric":{"component":"api"},"values":[[1,"3"],[61,"4"]]}]}}"#;
        assert_eq!(read(range, None).0, ["api 4 Some(\"1970-01-01T00:01:01Z\")"]);
    }

    #[test]
    fn a_script_may_give_figures_by_service() {
        let (found, passed) = read(r#"{ "api": "about twice", "web": 40, "mail": null }"#, None);
        assert_eq!(found, ["api about twice", "web 40 None"]);
        assert_eq!(passed, ["`mail`: null is neither a number nor a text"]);
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let refused = |json: &str| measurements(json.as_bytes(), None).unwrap_err();
        assert!(refused("{").starts_with("this is no JSON"));
        assert_eq!(refused(r#"{"status":"error","error":"parse error"}"#), "the query failed: parse error");
        assert!(refused("[1]").contains("neither an answer"));
        assert!(refused(r#"{"data":{"result":7}}"#).contains("no list of series"));
    }
}
