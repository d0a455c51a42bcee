//! Postmortems.

use super::{Key, Names, Shape};
use crate::model::{ActionType, Detection, PostmortemStatus, Precision};

pub(super) const POSTMORTEM: &[Key] = &[
    Key::optional("id", Shape::PostmortemName, "Its name, such as PM-2026-003. Left out: the file's name."),
    Key::needed("title", Shape::Title, "What happened, in a few words."),
    Key::optional("severity", Shape::Severity, "One of `postmortem.severities`. Needed once it is reviewed."),
    Key::optional("status", Shape::word::<PostmortemStatus>(), "How far it has come. Left out: draft."),
    Key::optional(
        "imported",
        Shape::Flag,
        "Whether it was taken over as it stood: no advice on how it is written, and no review waits. Left out: false.",
    ),
    Key::optional("incident", Shape::Incident, "The incident. Left out: the one with the same file name."),
    Key::optional("owner", Shape::Text, "Who answers for this postmortem: a role or a team."),
    Key::optional("commander", Shape::Text, "Who led the response: a role."),
    Key::optional("scribe", Shape::Text, "Who kept the notes: a role."),
    Key::optional("responders", Shape::List(&Shape::Text), "Who else responded: roles or teams."),
    Key::optional("components", Shape::List(&Shape::Component), "What failed. Left out: what the incident says."),
    Key::optional("marks", Shape::Map(MARKS), "When what happened. Left out: what the incident knows."),
    Key::optional("published", Shape::Time, "When it was published. Left out: the file's first commit."),
    Key::optional("detected_by", Shape::word::<Detection>(), "Who noticed first. Left out: as the incident says."),
    Key::optional("first_noticed_by", Shape::Text, "Who or what noticed first, in words."),
    Key::optional("impact", Shape::Map(IMPACT), "What it did, in numbers."),
    Key::optional("trigger", Shape::Id, "What set it off: a word of your own, such as config-push."),
    Key::optional(
        "cause",
        Shape::Id,
        "Why it could happen, by which postmortems are compared. Needed once it is reviewed.",
    ),
    Key::optional("factors", Shape::List(&Shape::Text), "What contributed."),
    Key::optional("recurrence_of", Shape::List(&Shape::PostmortemName), "Earlier postmortems of the same cause."),
    Key::optional(
        "not_recurrence_of",
        Shape::List(&Shape::Map(LOOK_ALIKE)),
        "Earlier postmortems that look like this one and are of another cause.",
    ),
    Key::optional("process_change", Shape::Text, "What will be done otherwise, after one that went no better."),
    Key::optional("actions", Shape::List(&Shape::Map(ACTION)), "What is to be done, by whom and by when."),
    Key::optional("tags", Shape::List(&Shape::Id), "Words to find it by."),
    Key::optional(
        "publish",
        Shape::Flag,
        "Whether the section \"External message\" becomes public. Nothing else ever does. Left out: false.",
    ),
];

const MARKS: &[Key] = &[
    Key::optional("started", Shape::Time, "When the impact began."),
    Key::optional("detected", Shape::Time, "When somebody or something noticed."),
    Key::optional("declared", Shape::Time, "When it was called an incident."),
    Key::optional("acknowledged", Shape::Time, "When somebody took it on."),
    Key::optional("status_posted", Shape::Time, "When customers were told."),
    Key::optional("identified", Shape::Time, "When the cause was understood."),
    Key::optional("mitigated", Shape::Time, "When customers stopped noticing."),
    Key::optional("resolved", Shape::Time, "When all was as before."),
    Key::optional(
        "precision",
        Shape::Named(Names::Marks, &Shape::word::<Precision>()),
        "How well the time of a mark is known. Left out: to the minute.",
    ),
];

const IMPACT: &[Key] = &[
    Key::optional("users_pct", Shape::Percent, "The share of customers that were hindered, in percent."),
    Key::optional("users", Shape::Whole, "How many customers were hindered."),
    Key::optional("requests_failed", Shape::Whole, "How many requests failed."),
    Key::optional("data_loss", Shape::Text, "What was lost, in words; or none."),
    Key::optional("revenue", Shape::Text, "What it cost, in words."),
    Key::optional("support_tickets", Shape::Whole, "How often support was asked."),
];

const LOOK_ALIKE: &[Key] = &[
    Key::needed("id", Shape::PostmortemName, "The other postmortem."),
    Key::needed("why", Shape::Title, "Why it is of another cause."),
];

const ACTION: &[Key] = &[
    Key::optional("id", Shape::Text, "Its name within the postmortem. Left out: A1, A2 and so on."),
    Key::needed("text", Shape::Title, "What is to be done."),
    Key::optional("type", Shape::word::<ActionType>(), "What it is for. Left out: other."),
    Key::needed("owner", Shape::Title, "Who does it: a role or a team."),
    Key::optional("due", Shape::Date, "By when. Left out: as `postmortem.actions_due` says."),
    Key::optional("link", Shape::Url, "Where the work is tracked. Never published."),
    Key::optional("done", Shape::Date, "When it was done."),
    Key::optional("priority", Shape::Flag, "Whether it comes before the others. Left out: false."),
];
