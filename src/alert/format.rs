//! A format of alarms is a mapping, not code: where in a body of JSON the things stand that count, as JSON pointers
//! (RFC 6901).

use crate::yaml::{self, Node};

/// The formats in the program, by name.
pub const PRESETS: &[(&str, &str)] = &[
    ("alertmanager", include_str!("presets/alertmanager.yaml")),
    ("betterstack", include_str!("presets/betterstack.yaml")),
    ("cloudevents", include_str!("presets/cloudevents.yaml")),
    ("cloudwatch", include_str!("presets/cloudwatch.yaml")),
    ("datadog", include_str!("presets/datadog.yaml")),
    ("gatus", include_str!("presets/gatus.yaml")),
    ("grafana", include_str!("presets/grafana.yaml")),
    ("pagerduty", include_str!("presets/pagerduty.yaml")),
    ("uptime-kuma", include_str!("presets/uptime-kuma.yaml")),
];

/// Where in a body the things stand that count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertFormat {
    /// A text that holds the body proper as JSON; none if the body is that itself.
    pub(super) within: Option<String>,
    /// The list of alarms; none if the body is one alarm.
    pub(super) alarms: Option<String>,
    /// What tells one alarm from others, joined.
    pub(super) key: Vec<String>,
    /// The word of its state.
    pub(super) state: String,
    /// Words of an alarm that goes on; `*` stands for any text at one end.
    pub(super) open: Vec<String>,
    /// Words of an alarm that is over.
    pub(super) over: Vec<String>,
    /// When it began.
    pub(super) began: Option<String>,
    /// When it ended.
    pub(super) ended: Option<String>,
    /// Objects whose members are labels.
    pub(super) objects: Vec<String>,
    /// Lists of texts such as `service:checkout`, or one text with commas.
    pub(super) tags: Vec<String>,
    /// Labels by name, each at a place of its own.
    pub(super) labels: Vec<(String, String)>,
}

impl AlertFormat {
    /// The format in the program that has this name.
    pub fn named(name: &str) -> Option<AlertFormat> {
        let (_, text) = PRESETS.iter().find(|(preset, _)| *preset == name)?;
        AlertFormat::read(text).ok()
    }

    /// The format that a file in YAML describes.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn read(text: &str) -> Result<AlertFormat, String> {
        let parsed = yaml::parse(text).map_err(|fault| format!("line {}: {}", fault.mark.line, fault.message))?;
        let Node::Map(entries) = &parsed.root else { return Err("it is no mapping".to_owned()) };
        let mut format = AlertFormat::default();
        for (key, value) in entries {
            format.take(key, value)?;
        }
        for (name, is_there) in [
            ("key", !format.key.is_empty()),
            ("state", !format.state.is_empty()),
            ("open", !format.open.is_empty()),
            ("over", !format.over.is_empty()),
        ] {
            if !is_there {
                return Err(format!("`{name}` is missing"));
            }
        }
        Ok(format)
    }

    fn take(&mut self, key: &str, value: &Node) -> Result<(), String> {
        match key {
            "within" => self.within = Some(pointer(key, value)?),
            "alarms" => self.alarms = Some(pointer(key, value)?),
            "key" => self.key = pointers(key, value)?,
            "state" => self.state = pointer(key, value)?,
            "open" => self.open = texts(key, value)?,
            "over" => self.over = texts(key, value)?,
            "began" => self.began = Some(pointer(key, value)?),
            "ended" => self.ended = Some(pointer(key, value)?),
            "objects" => self.objects = pointers(key, value)?,
            "tags" => self.tags = pointers(key, value)?,
            "labels" => {
                let Node::Map(labels) = value else { return Err("`labels` is no mapping".to_owned()) };
                let label = |(name, place): &(String, Node)| Ok((name.clone(), pointer("labels", place)?));
                self.labels = labels.iter().map(label).collect::<Result<_, String>>()?;
            }
            _ => return Err(format!("unknown key `{key}`")),
        }
        Ok(())
    }
}

fn pointer(key: &str, value: &Node) -> Result<String, String> {
    match value {
        Node::Text(text) if text.starts_with('/') || text.is_empty() => Ok(text.clone()),
        Node::Text(text) => Err(format!("`{key}`: `{text}` is no JSON pointer: begin it with `/`")),
        _ => Err(format!("`{key}` is no JSON pointer, such as `/alerts`")),
    }
}

fn pointers(key: &str, value: &Node) -> Result<Vec<String>, String> {
    match value {
        Node::List(items) => items.iter().map(|item| pointer(key, item)).collect(),
        one => Ok(vec![pointer(key, one)?]),
    }
}

fn texts(key: &str, value: &Node) -> Result<Vec<String>, String> {
    let text = |node: &Node| match node {
        Node::Text(text) => Ok(text.clone()),
        // States may be numbers: what is compared is how they are written.
        Node::Int(number) => Ok(number.to_string()),
        Node::Bool(flag) => Ok(flag.to_string()),
        _ => Err(format!("`{key}` is no list of words")),
    };
    match value {
        Node::List(items) => items.iter().map(text).collect(),
        one => Ok(vec![text(one)?]),
    }
}
