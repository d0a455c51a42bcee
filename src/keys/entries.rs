//! Incidents, maintenance, announcements and pages.

use super::{Key, MARKDOWN, Names, Shape, TITLE};
use crate::model::{ComponentStatus, Detection, Impact, IncidentStatus, MaintenanceStatus, TemplateStatus, Visibility};

pub(super) const INCIDENT: &[Key] = &[
    Key::needed("title", TITLE, "What customers notice, in a few words."),
    Key::optional("impact", Shape::word::<Impact>(), "How bad it is. Left out: from the worst status of a component."),
    Key::optional("started", Shape::Time, "When the impact began. Left out: the time of the first update."),
    Key::optional("detected_by", Shape::word::<Detection>(), "Who noticed first. Not published."),
    Key::optional("visibility", Shape::word::<Visibility>(), "Who may read it. Left out: public."),
    Key::needed("updates", Shape::AtLeastOne(&Shape::Map(UPDATE)), "What customers were told, oldest first."),
    DURATION_KNOWN,
    ALIASES,
    IN_OTHER_LANGUAGES,
    Key::optional("draft", Shape::Flag, "Whether it is unfinished and not published. Left out: false."),
];

const DURATION_KNOWN: Key = Key::optional(
    "duration_known",
    Shape::Flag,
    "Whether its beginning and its end are known. Left out: true. If not, it counts as no downtime once it is over.",
);

const UPDATE: &[Key] = &[
    Key::needed("at", Shape::Time, "When it was said."),
    NAME,
    Key::needed("status", Shape::word::<IncidentStatus>(), "How far the response has come."),
    Key::optional(
        "components",
        Shape::Named(Names::Components, &Shape::word::<ComponentStatus>()),
        "The components whose status changes, and to what. The others keep theirs.",
    ),
    Key::optional("next_update", Shape::Time, "When the next word will come."),
    BODY,
];

pub(super) const MAINTENANCE: &[Key] = &[
    Key::needed("title", TITLE, "What is done, in a few words."),
    Key::needed("scheduled", Shape::Map(PLAN), "When the work is planned."),
    Key::needed("components", Shape::List(&Shape::Component), "The components that it touches."),
    Key::optional(
        "impact",
        Shape::Named(Names::Components, &Shape::word::<ComponentStatus>()),
        "What customers feel of a component while the work goes on; `operational` for nothing. Left out: under_maintenance.",
    ),
    Key::optional(
        "updates",
        Shape::List(&Shape::Map(MAINTENANCE_UPDATE)),
        "What customers were told, oldest first. The clock alone moves it on as well.",
    ),
    DURATION_KNOWN,
    ALIASES,
    IN_OTHER_LANGUAGES,
    Key::optional("draft", Shape::Flag, "Whether it is unfinished and not published. Left out: false."),
];

const ALIASES: Key = Key::optional(
    "aliases",
    Shape::List(&Shape::Id),
    "File names that it had before, the oldest first. Their addresses lead to it, and its ids are made of the first.",
);

const IN_OTHER_LANGUAGES: Key = Key::optional(
    "body_in",
    Shape::Named(Names::Languages, &Shape::Markdown),
    "The text below the front matter in the other languages of the site, by language.",
);

const NAME: Key = Key::optional(
    "id",
    Shape::Id,
    "What the update is known by, to readers of feeds and programs, if its time is corrected. Left out: its time.",
);

const BODY: Key = Key::optional(
    "body",
    MARKDOWN,
    "What customers read, in Markdown. Left out: nothing was said, as where another system only marked the end.",
);

const WINDOW: &[Key] = &[
    Key::needed("from", Shape::Time, "When the work begins."),
    Key::optional("until", Shape::Time, "When the work ends. Left out: nobody knows, and only an update ends it."),
];

const PLAN: &[Key] = &[
    Key::needed("from", Shape::Time, "When the work begins, the first time."),
    Key::optional("until", Shape::Time, "When it ends. Left out: nobody knows, and only an update ends it."),
    Key::optional(
        "repeat",
        Shape::Title,
        "The days on which it takes place again, at the same time: a rule of RFC 5545 such as \
         `FREQ=MONTHLY;BYDAY=1SU;UNTIL=20271231`, or `daily`, `weekly`, `monthly`, `yearly`. Left out: once.",
    ),
];

const MAINTENANCE_UPDATE: &[Key] = &[
    Key::needed("at", Shape::Time, "When it was said."),
    NAME,
    Key::needed("status", Shape::word::<MaintenanceStatus>(), "How far the work has come. It overrides the clock."),
    Key::optional("scheduled", Shape::Map(WINDOW), "When the work is planned from now on. Left out: as before."),
    Key::optional(
        "occurrence",
        Shape::Date,
        "Of work that is repeated, which time it is about: the day on which that was to begin by the rule. Left out: all \
         that are to come.",
    ),
    BODY,
];

pub(super) const ANNOUNCEMENT: &[Key] = &[
    Key::needed("title", TITLE, "What it is about, in a few words."),
    Key::needed("from", Shape::Time, "From when on it is shown."),
    Key::optional("until", Shape::Time, "Until when home shows it. Left out: without end."),
    Key::optional("home", Shape::Flag, "Whether home shows it; if not, the list of all has it. Left out: true."),
    Key::optional("pinned", Shape::Flag, "Whether it stands before the others. Left out: false."),
    ALIASES,
    IN_OTHER_LANGUAGES,
    Key::optional("draft", Shape::Flag, "Whether it is unfinished and not published. Left out: false."),
];

pub(super) const TEMPLATE: &[Key] = &[
    Key::needed("title", Shape::Title, "What it is for, in a few words."),
    Key::needed("status", Shape::word::<TemplateStatus>(), "The status of the updates that it is for."),
];

pub(super) const PAGE: &[Key] = &[
    Key::needed("title", TITLE, "The heading, and the text of links to the page."),
    Key::optional("audience", Shape::word::<Visibility>(), "Who may read it. Left out: public."),
    Key::optional("order", Shape::Whole, "Its place among the links at the foot, smallest first. Left out: 100."),
    ALIASES,
    IN_OTHER_LANGUAGES,
    Key::optional("draft", Shape::Flag, "Whether it is unfinished and not published. Left out: false."),
];
