//! A postmortem as written.

use super::{At, Document, Fields};
use crate::keys::{EntryKind, Shape};
use crate::time::{Date, Time};

/// A postmortem as written.
pub struct PostmortemDoc {
    /// `id`
    pub id: Option<At<String>>,
    /// `title`
    pub title: Option<At<String>>,
    /// `severity`
    pub severity: Option<At<String>>,
    /// `status`
    pub status: Option<At<String>>,
    /// `incident`
    pub incident: Option<At<String>>,
    /// `owner`
    pub owner: Option<String>,
    /// `commander`
    pub commander: Option<String>,
    /// `scribe`
    pub scribe: Option<String>,
    /// `responders`
    pub responders: Vec<At<String>>,
    /// `components`
    pub components: Option<Vec<At<String>>>,
    /// `marks`: name and time
    pub marks: Vec<(&'static str, At<Time>)>,
    /// `marks.precision`: name and word
    pub precision: Vec<(At<String>, At<String>)>,
    /// `published`
    pub published: Option<At<Time>>,
    /// `detected_by`
    pub detected_by: Option<At<String>>,
    /// `first_noticed_by`
    pub first_noticed_by: Option<String>,
    /// `impact`
    pub impact: ImpactDoc,
    /// `trigger`
    pub trigger: Option<At<String>>,
    /// `cause`
    pub cause: Option<At<String>>,
    /// `factors`
    pub factors: Vec<At<String>>,
    /// `recurrence_of`
    pub recurrence_of: Vec<At<String>>,
    /// `not_recurrence_of`
    pub not_recurrence_of: Vec<LookAlikeDoc>,
    /// `process_change`
    pub process_change: Option<At<String>>,
    /// `actions`
    pub actions: Vec<ActionDoc>,
    /// `tags`
    pub tags: Vec<At<String>>,
    /// `imported`
    pub imported: Option<bool>,
    /// `publish`
    pub publish: Option<At<bool>>,
}

/// A postmortem's `impact` as written.
#[derive(Default)]
pub struct ImpactDoc {
    /// `users_pct`
    pub users_pct: Option<At<f64>>,
    /// `users`
    pub users: Option<i64>,
    /// `requests_failed`
    pub requests_failed: Option<i64>,
    /// `data_loss`
    pub data_loss: Option<String>,
    /// `revenue`
    pub revenue: Option<String>,
    /// `support_tickets`
    pub support_tickets: Option<i64>,
}

/// One of `not_recurrence_of` as written.
pub struct LookAlikeDoc {
    /// `id`
    pub id: Option<At<String>>,
    /// `why`
    pub why: Option<At<String>>,
}

/// One of `actions` as written.
pub struct ActionDoc {
    /// `id`
    pub id: Option<At<String>>,
    /// `text`
    pub text: Option<At<String>>,
    /// `type`
    pub kind: Option<At<String>>,
    /// `owner`
    pub owner: Option<At<String>>,
    /// `due`
    pub due: Option<Date>,
    /// `link`
    pub link: Option<At<String>>,
    /// `done`
    pub done: Option<Date>,
    /// `priority`
    pub priority: bool,
}

impl PostmortemDoc {
    /// Reads the front matter of a postmortem.
    pub fn read(document: &Document) -> PostmortemDoc {
        let fields = document.fields(EntryKind::Postmortem);
        let text = |key| fields.text(key).map(|text| text.value);
        let texts = |key| fields.texts(key).unwrap_or_default();
        let marks = fields.map("marks");
        let look_alikes = fields.list("not_recurrence_of").unwrap_or_default();
        let actions = fields.list("actions").unwrap_or_default();
        PostmortemDoc {
            id: fields.text("id"),
            title: fields.text("title"),
            severity: fields.text("severity"),
            status: fields.text("status"),
            incident: fields.text("incident"),
            owner: text("owner"),
            commander: text("commander"),
            scribe: text("scribe"),
            responders: texts("responders"),
            components: fields.texts("components"),
            marks: marks.iter().flat_map(times).collect(),
            precision: marks.map(|marks| marks.words("precision")).unwrap_or_default(),
            published: fields.time("published"),
            detected_by: fields.text("detected_by"),
            first_noticed_by: text("first_noticed_by"),
            impact: fields.map("impact").map(|impact| ImpactDoc::read(&impact)).unwrap_or_default(),
            trigger: fields.text("trigger"),
            cause: fields.text("cause"),
            factors: texts("factors"),
            recurrence_of: texts("recurrence_of"),
            not_recurrence_of: look_alikes.iter().map(LookAlikeDoc::read).collect(),
            process_change: fields.text("process_change"),
            actions: actions.iter().map(ActionDoc::read).collect(),
            tags: texts("tags"),
            imported: fields.flag("imported"),
            publish: fields.flag("publish").map(|value| At { value, path: fields.key("publish") }),
        }
    }
}

fn times(marks: &Fields<'_>) -> Vec<(&'static str, At<Time>)> {
    marks.names(|shape| matches!(shape, Shape::Time)).filter_map(|mark| Some((mark, marks.time(mark)?))).collect()
}

impl ImpactDoc {
    fn read(fields: &Fields<'_>) -> ImpactDoc {
        ImpactDoc {
            users_pct: fields.number("users_pct"),
            users: fields.whole("users"),
            requests_failed: fields.whole("requests_failed"),
            data_loss: fields.text("data_loss").map(|text| text.value),
            revenue: fields.text("revenue").map(|text| text.value),
            support_tickets: fields.whole("support_tickets"),
        }
    }
}

impl LookAlikeDoc {
    fn read(fields: &Fields<'_>) -> LookAlikeDoc {
        LookAlikeDoc { id: fields.text("id"), why: fields.text("why") }
    }
}

impl ActionDoc {
    fn read(fields: &Fields<'_>) -> ActionDoc {
        ActionDoc {
            id: fields.text("id"),
            text: fields.text("text"),
            kind: fields.text("type"),
            owner: fields.text("owner"),
            due: fields.date("due"),
            link: fields.text("link"),
            done: fields.date("done"),
            priority: fields.flag("priority").unwrap_or(false),
        }
    }
}
