//! The closed lists of words: statuses, impacts, audiences.

/// A type whose values are written as words.
pub trait Vocabulary: Sized {
    /// Every word, in order.
    const WORDS: &'static [&'static str];

    /// What each of [`Self::WORDS`] means, in a sentence with a blank before it.
    const MEANINGS: &'static [&'static str];

    /// The value written as `word`, if there is one.
    fn from_word(word: &str) -> Option<Self>;
}

/// Declares an enumeration whose members are written as words in the content.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[doc = $variant_doc:literal])+ $variant:ident $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $variant_doc])+ $variant,)* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// How the content writes it.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }

        impl Vocabulary for $name {
            const WORDS: &'static [&'static str] = &[$($word,)*];
            const MEANINGS: &'static [&'static str] = &[$(concat!($($variant_doc,)+),)*];

            fn from_word(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// What a file of the content tells of; each kind has its folder.
    // In the order of the folders' names: maps by kind are walked in it, and print in it.
    EntryKind {
        /// Something that customers should know for a while.
        Announcement "announcement",
        /// What failed.
        Incident "incident",
        /// Planned work.
        Maintenance "maintenance",
        /// A page of the site's own.
        Page "page",
        /// What was learnt from an incident.
        Postmortem "postmortem",
        /// A text to begin an update with.
        Template "template",
    }
}

words! {
    /// How a component does. Ordered from best to worst, as Statuspage orders a group's children.
    ComponentStatus {
        /// Works.
        Operational "operational",
        /// Planned work is under way.
        UnderMaintenance "under_maintenance",
        /// Works, but slowly or unreliably.
        DegradedPerformance "degraded_performance",
        /// Fails for some customers, or in part.
        PartialOutage "partial_outage",
        /// Fails.
        MajorOutage "major_outage",
    }
}

words! {
    /// How bad an incident is as a whole.
    Impact {
        /// Nobody is hindered.
        None "none",
        /// A nuisance.
        Minor "minor",
        /// Customers cannot do something they came for.
        Major "major",
        /// Core functionality is down.
        Critical "critical",
    }
}

words! {
    /// How far the response to an incident has come.
    IncidentStatus {
        /// The cause is not known yet.
        Investigating "investigating",
        /// The cause is known.
        Identified "identified",
        /// The repair is in place and being watched.
        Monitoring "monitoring",
        /// It is over.
        Resolved "resolved",
    }
}

words! {
    /// How far planned work has come.
    MaintenanceStatus {
        /// Announced.
        Scheduled "scheduled",
        /// Under way.
        InProgress "in_progress",
        /// Done, and being checked.
        Verifying "verifying",
        /// Over.
        Completed "completed",
        /// Put off to another time, or to one that is not known yet.
        Postponed "postponed",
        /// Given up: it does not take place, or not to its end.
        Cancelled "cancelled",
    }
}

words! {
    /// What a template is for: a status of an incident, or one of maintenance.
    TemplateStatus {
        /// An incident, the cause not known yet.
        Investigating "investigating",
        /// An incident, the cause known.
        Identified "identified",
        /// An incident, the repair being watched.
        Monitoring "monitoring",
        /// An incident that is over.
        Resolved "resolved",
        /// Maintenance, announced.
        Scheduled "scheduled",
        /// Maintenance, under way.
        InProgress "in_progress",
        /// Maintenance, done and being checked.
        Verifying "verifying",
        /// Maintenance that is over.
        Completed "completed",
        /// Maintenance that is put off.
        Postponed "postponed",
        /// Maintenance that is given up.
        Cancelled "cancelled",
    }
}

words! {
    /// What stands in `{braces}` in a template until it is used.
    Blank {
        /// The title of the incident or of the maintenance.
        Title "title",
        /// The names of the components that are in trouble, or that the maintenance touches.
        Component "component",
        /// When the impact began.
        Started "started",
        /// When the next update comes.
        NextUpdate "next_update",
        /// When the maintenance begins.
        From "from",
        /// When the maintenance ends.
        Until "until",
        /// What customers notice, in a sentence; asked for.
        Symptom "symptom",
        /// What works all the same, in a sentence; asked for.
        Works "works",
        /// Whether anything was lost, late or doubled, in a sentence; asked for.
        Data "data",
    }
}

words! {
    /// Who may read an incident.
    Visibility {
        /// Everybody.
        Public "public",
        /// The company, in the wiki.
        Internal "internal",
    }
}

words! {
    /// What the API's `indicator` says while planned work is all there is. Statuspage says
    /// `maintenance`; some strict readers know only `none`, `minor`, `major` and `critical`.
    MaintenanceIndicator {
        /// As Statuspage does.
        Maintenance "maintenance",
        /// For readers that refuse the word.
        None "none",
    }
}

words! {
    /// Which incidents and planned works have a file of their own in the API.
    ApiEntries {
        /// All.
        All "all",
        /// Those that are not over, and those of which something was said in the last 30 days.
        Recent "recent",
    }
}

words! {
    /// What search engines are asked.
    Robots {
        /// To list the pages.
        Index "index",
        /// To leave them out.
        NoIndex "noindex",
    }
}

words! {
    /// Whether what customers feel of planned work counts against uptime.
    CountedMaintenance {
        /// Planned work counts as up, whatever customers feel of it.
        None "none",
        /// What its `impact` says counts as in an incident.
        Impact "impact",
    }
}

words! {
    /// Who noticed an incident first.
    Detection {
        /// Monitoring.
        Monitor "monitor",
        /// Somebody of the company.
        Employee "employee",
        /// A customer.
        Customer "customer",
        /// A supplier or partner.
        ThirdParty "third-party",
        /// A security report.
        Security "security",
    }
}

words! {
    /// How far a postmortem has come.
    PostmortemStatus {
        /// Being written.
        Draft "draft",
        /// Being read by others.
        InReview "in-review",
        /// Agreed on.
        Reviewed "reviewed",
        /// Agreed on, and its actions are settled.
        Closed "closed",
    }
}

words! {
    /// A moment in the course of an incident. The order is the usual one, not a rule.
    Mark {
        /// The impact began.
        Started "started",
        /// Somebody or something noticed.
        Detected "detected",
        /// Somebody took it on.
        Acknowledged "acknowledged",
        /// It was called an incident.
        Declared "declared",
        /// Customers were told.
        StatusPosted "status_posted",
        /// The cause was understood.
        Identified "identified",
        /// The impact was halted.
        Mitigated "mitigated",
        /// Normal service.
        Resolved "resolved",
    }
}

words! {
    /// How well the time of a mark is known, from best to worst.
    Precision {
        /// To the second.
        Exact "exact",
        /// To the minute.
        Minute "minute",
        /// A guess, to about an hour.
        Estimated "estimated",
        /// To the hour.
        Hour "hour",
        /// To the day.
        Day "day",
    }
}

words! {
    /// What an action is for.
    ActionType {
        /// It is not to happen again.
        Prevent "prevent",
        /// It is to be noticed sooner.
        Detect "detect",
        /// It is to be over sooner.
        Mitigate "mitigate",
        /// The way of working is to change.
        Process "process",
        /// Anything else.
        Other "other",
    }
}

words! {
    /// What a row of a timeline tells.
    RowKind {
        /// One of the marks.
        Mark "mark",
        /// Somebody decided something.
        Decision "decision",
        /// Somebody did something.
        Action "action",
        /// Somebody or something saw something.
        Observation "observation",
    }
}

words! {
    /// What a section of a postmortem is about, by its heading in lower case.
    SectionKind {
        /// In a few sentences.
        Summary "summary",
        /// What customers felt, with numbers.
        Impact "impact",
        /// What happened when, decisions included.
        Timeline "timeline",
        /// Trigger, cause and what contributed.
        Factors "contributing factors",
        /// How it was noticed.
        Detection "detection",
        /// How the response went.
        Response "response",
        /// How it ended.
        Resolution "resolution",
        /// What to keep.
        WentWell "what went well",
        /// What to change.
        WentPoorly "what went poorly",
        /// What chance did for us.
        Lucky "where we got lucky",
        /// What our picture of the system lacked.
        Surprised "why were we surprised?",
        /// What to remember.
        Lessons "lessons",
        /// What is to be done, beyond the front matter.
        Actions "action items",
        /// The only section that may be told to everybody.
        ExternalMessage "external message",
        /// Graphs, logs, links.
        SupportingData "supporting data",
        /// Any other heading.
        Other "other",
    }
}

impl EntryKind {
    /// The folder of its files in `content/`.
    pub fn folder(self) -> &'static str {
        match self {
            EntryKind::Announcement => "announcements",
            EntryKind::Incident => "incidents",
            EntryKind::Maintenance => "maintenance",
            EntryKind::Page => "pages",
            EntryKind::Postmortem => "postmortems",
            EntryKind::Template => "templates",
        }
    }

    /// The kind whose files are in `folder`.
    pub fn of_folder(folder: &str) -> Option<EntryKind> {
        EntryKind::ALL.iter().copied().find(|kind| kind.folder() == folder)
    }
}

impl TemplateStatus {
    /// Whether only maintenance has it.
    pub fn is_of_maintenance(self) -> bool {
        MaintenanceStatus::from_word(self.word()).is_some()
    }
}

impl Impact {
    /// The impact of an incident whose worst component status is `worst`: degraded is minor, a
    /// partial outage major, a major outage critical (Statuspage's default).
    pub fn of(worst: ComponentStatus) -> Impact {
        match worst {
            ComponentStatus::Operational | ComponentStatus::UnderMaintenance => Impact::None,
            ComponentStatus::DegradedPerformance => Impact::Minor,
            ComponentStatus::PartialOutage => Impact::Major,
            ComponentStatus::MajorOutage => Impact::Critical,
        }
    }
}
