//! Incidents, maintenance, announcements and pages as written.

use super::{At, Document, Fields, PerLanguage};
use crate::keys::EntryKind;
use crate::time::{Date, Time};
use crate::yaml::Path;

/// An incident as written.
pub struct IncidentDoc {
    /// `title`
    pub title: Option<PerLanguage>,
    /// `impact`
    pub impact: Option<At<String>>,
    /// `started`
    pub started: Option<At<Time>>,
    /// `detected_by`
    pub detected_by: Option<At<String>>,
    /// `visibility`
    pub visibility: Option<At<String>>,
    /// `duration_known`
    pub is_duration_known: bool,
    /// `body_in`: languages and texts
    pub body_in: Vec<(At<String>, At<String>)>,
    /// `aliases`
    pub aliases: Vec<At<String>>,
    /// `updates`
    pub updates: Option<At<Vec<UpdateDoc>>>,
}

/// An update of an incident or of maintenance as written.
pub struct UpdateDoc {
    /// The way to it.
    pub path: Path,
    /// `at`
    pub at: Option<At<Time>>,
    /// `id`
    pub id: Option<At<String>>,
    /// `status`
    pub status: Option<At<String>>,
    /// `scheduled`
    pub scheduled: Option<WindowDoc>,
    /// `occurrence`
    pub occurrence: Option<At<Date>>,
    /// `components`
    pub components: Vec<(At<String>, At<String>)>,
    /// `next_update`
    pub next_update: Option<At<Time>>,
    /// `body`
    pub body: Option<PerLanguage>,
}

/// When work is planned for, as written.
pub struct WindowDoc {
    /// The way to it.
    pub path: Path,
    /// `from`
    pub from: Option<At<Time>>,
    /// `until`
    pub until: Option<At<Time>>,
    /// `repeat`
    pub repeat: Option<At<String>>,
}

/// Maintenance as written.
pub struct MaintenanceDoc {
    /// `title`
    pub title: Option<PerLanguage>,
    /// `scheduled`
    pub scheduled: Option<WindowDoc>,
    /// `duration_known`
    pub is_duration_known: bool,
    /// `components`
    pub components: Option<Vec<At<String>>>,
    /// `impact`
    pub impact: Vec<(At<String>, At<String>)>,
    /// `body_in`: languages and texts
    pub body_in: Vec<(At<String>, At<String>)>,
    /// `aliases`
    pub aliases: Vec<At<String>>,
    /// `updates`
    pub updates: Vec<UpdateDoc>,
}

/// An announcement as written.
pub struct AnnouncementDoc {
    /// `title`
    pub title: Option<PerLanguage>,
    /// `from`
    pub from: Option<At<Time>>,
    /// `until`
    pub until: Option<At<Time>>,
    /// `home`
    pub is_on_home: bool,
    /// `pinned`
    pub pinned: bool,
    /// `body_in`: languages and texts
    pub body_in: Vec<(At<String>, At<String>)>,
    /// `aliases`
    pub aliases: Vec<At<String>>,
}

/// A template as written.
pub struct TemplateDoc {
    /// `title`
    pub title: Option<At<String>>,
    /// `status`
    pub status: Option<At<String>>,
}

/// A page as written.
pub struct PageDoc {
    /// `title`
    pub title: Option<PerLanguage>,
    /// `audience`
    pub audience: Option<At<String>>,
    /// `order`
    pub order: Option<i64>,
    /// `body_in`: languages and texts
    pub body_in: Vec<(At<String>, At<String>)>,
    /// `aliases`
    pub aliases: Vec<At<String>>,
}

impl IncidentDoc {
    /// Reads the front matter of an incident.
    pub fn read(document: &Document) -> IncidentDoc {
        let fields = document.fields(EntryKind::Incident);
        document.note_draft(&fields);
        IncidentDoc {
            title: fields.per_language("title"),
            impact: fields.text("impact"),
            started: fields.time("started"),
            detected_by: fields.text("detected_by"),
            visibility: fields.text("visibility"),
            is_duration_known: fields.flag("duration_known").unwrap_or(true),
            body_in: fields.words("body_in"),
            aliases: fields.texts("aliases").unwrap_or_default(),
            updates: fields.list("updates").map(|list| At {
                value: list.iter().map(UpdateDoc::of_incident).collect(),
                path: fields.key("updates"),
            }),
        }
    }
}

impl UpdateDoc {
    fn of_incident(fields: &Fields<'_>) -> UpdateDoc {
        UpdateDoc {
            components: fields.words("components"),
            next_update: fields.time("next_update"),
            ..UpdateDoc::of_any(fields)
        }
    }

    fn of_maintenance(fields: &Fields<'_>) -> UpdateDoc {
        UpdateDoc {
            scheduled: WindowDoc::read(fields),
            occurrence: fields.dated("occurrence"),
            ..UpdateDoc::of_any(fields)
        }
    }

    fn of_any(fields: &Fields<'_>) -> UpdateDoc {
        UpdateDoc {
            path: fields.path().clone(),
            at: fields.time("at"),
            id: fields.text("id"),
            status: fields.text("status"),
            scheduled: None,
            occurrence: None,
            components: Vec::new(),
            next_update: None,
            body: fields.per_language("body"),
        }
    }
}

impl WindowDoc {
    fn read(fields: &Fields<'_>) -> Option<WindowDoc> {
        let window = fields.map("scheduled")?;
        let (from, until) = (window.time("from"), window.time("until"));
        Some(WindowDoc { path: window.path().clone(), from, until, repeat: None })
    }

    fn read_plan(fields: &Fields<'_>) -> Option<WindowDoc> {
        let window = fields.map("scheduled")?;
        let (from, until, repeat) = (window.time("from"), window.time("until"), window.text("repeat"));
        Some(WindowDoc { path: window.path().clone(), from, until, repeat })
    }
}

impl MaintenanceDoc {
    /// Reads the front matter of maintenance.
    pub fn read(document: &Document) -> MaintenanceDoc {
        let fields = document.fields(EntryKind::Maintenance);
        document.note_draft(&fields);
        let updates = fields.list("updates").unwrap_or_default();
        MaintenanceDoc {
            title: fields.per_language("title"),
            scheduled: WindowDoc::read_plan(&fields),
            is_duration_known: fields.flag("duration_known").unwrap_or(true),
            components: fields.texts("components"),
            impact: fields.words("impact"),
            body_in: fields.words("body_in"),
            aliases: fields.texts("aliases").unwrap_or_default(),
            updates: updates.iter().map(UpdateDoc::of_maintenance).collect(),
        }
    }
}

impl AnnouncementDoc {
    /// Reads the front matter of an announcement.
    pub fn read(document: &Document) -> AnnouncementDoc {
        let fields = document.fields(EntryKind::Announcement);
        document.note_draft(&fields);
        AnnouncementDoc {
            title: fields.per_language("title"),
            from: fields.time("from"),
            until: fields.time("until"),
            is_on_home: fields.flag("home").unwrap_or(true),
            pinned: fields.flag("pinned").unwrap_or(false),
            body_in: fields.words("body_in"),
            aliases: fields.texts("aliases").unwrap_or_default(),
        }
    }
}

impl TemplateDoc {
    /// Reads the front matter of a template.
    pub fn read(document: &Document) -> TemplateDoc {
        let fields = document.fields(EntryKind::Template);
        TemplateDoc { title: fields.text("title"), status: fields.text("status") }
    }
}

impl PageDoc {
    /// Reads the front matter of a page.
    pub fn read(document: &Document) -> PageDoc {
        let fields = document.fields(EntryKind::Page);
        document.note_draft(&fields);
        PageDoc {
            title: fields.per_language("title"),
            audience: fields.text("audience"),
            order: fields.whole("order"),
            body_in: fields.words("body_in"),
            aliases: fields.texts("aliases").unwrap_or_default(),
        }
    }
}
