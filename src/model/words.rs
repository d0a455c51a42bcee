//! The closed lists of words: statuses, impacts, audiences.

/// A type whose values are written as words.
pub trait Vocabulary: Sized {
    /// Every word, in order.
    const WORDS: &'static [&'static str];

    /// The value written as `word`, if there is one.
    fn from_word(word: &str) -> Option<Self>;
}

/// Declares an enumeration whose members are written as words in the content.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

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

            fn from_word(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
    };
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
