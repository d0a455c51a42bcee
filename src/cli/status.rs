//! `candor status`

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::clock::ClockArgs;
use super::{CannotRun, Outcome, print};
use crate::characters::visible_json;
use crate::diagnostic::has_errors;
use crate::model::{ComponentStatus, EntryKind, Id, IncidentRecord, Site, Visibility};
use crate::pipeline::Content;
use crate::theme::Formatter;
use crate::time::Time;
use crate::view::{self, Concurrent, DueState, IncidentSnapshot, MaintenanceSnapshot, MaintenanceState, UpdateGap};

/// Say what is open, when the next word to customers is due, and what is late.
#[derive(Args)]
#[command(after_help = "Examples:\n  candor status\n  candor status --format json")]
pub(super) struct StatusCommand {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// How to print it
    #[arg(long, value_enum, default_value = "text")]
    format: StatusFormat,
    #[command(flatten)]
    clock: ClockArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum StatusFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// What is open at a moment.
struct OpenEntries<'a> {
    site: &'a Site,
    content: &'a Content,
    now: Time,
    /// The latest word first, then what customers do not know of.
    incidents: Vec<(Arc<IncidentSnapshot>, Option<UpdateGap>)>,
    /// What customers know of all entries together.
    concurrent: Concurrent,
    /// Under way, then planned.
    maintenance: Vec<Arc<MaintenanceSnapshot>>,
}

impl StatusCommand {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let now = self.clock.now()?;
        let content = Content::load(print::read(&self.site)?, false);
        print::complain_of_errors(content.faults());
        let Some(site) = content.site() else { return Ok(Outcome::Faults) };
        let open = OpenEntries::of(site, &content, now);
        print::give(&match self.format {
            StatusFormat::Text => open.text(),
            StatusFormat::Json => visible_json(&open.json()),
        });
        Ok(if has_errors(content.faults()) { Outcome::Faults } else { Outcome::Fine })
    }
}

impl<'a> OpenEntries<'a> {
    fn of(site: &'a Site, content: &'a Content, now: Time) -> OpenEntries<'a> {
        let snapshot = |visibility| {
            let records = site.incidents.iter().filter(|record: &&IncidentRecord| record.visibility == visibility);
            let incidents: Vec<_> = records.map(|record| Arc::clone(&record.incident)).collect();
            view::with_ends(view::incident_snapshots(&incidents, now), &site.components, site.settings.zone, now)
        };
        // Of what customers do not know of, no word is due to them.
        let told = snapshot(Visibility::Public);
        let public = view::update_gaps(&told, &site.internal.cadence, now);
        let public = public.into_iter().map(|gap| (Arc::clone(&gap.incident), Some(gap)));
        let internal = snapshot(Visibility::Internal)
            .into_iter()
            .filter(|snapshot| snapshot.is_open())
            .map(|snapshot| (snapshot, None));
        let mut maintenance = view::maintenance_snapshots(&site.maintenance, now);
        let concurrent = Concurrent::of(&told, &maintenance);
        maintenance.retain(|snapshot| snapshot.state() != MaintenanceState::Past);
        maintenance
            .sort_by_key(|snapshot| (snapshot.state() == MaintenanceState::Upcoming, snapshot.takes_place().from));
        OpenEntries { site, content, now, incidents: public.chain(internal).collect(), concurrent, maintenance }
    }

    fn format(&self) -> Formatter<'_> {
        Formatter { messages: self.content.messages(), zone: self.site.settings.zone }
    }

    fn file(&self, kind: EntryKind, id: &Id) -> Option<&str> {
        self.content.file(kind, id)
    }

    fn text(&self) -> String {
        let mut parts: Vec<String> =
            self.incidents.iter().map(|(snapshot, gap)| self.incident(snapshot, gap.as_ref())).collect();
        if parts.is_empty() {
            parts.push("No incident is open.\n".to_owned());
        }
        parts.extend(self.maintenance.iter().map(|snapshot| self.work(snapshot)));
        parts.join("\n")
    }

    fn incident(&self, snapshot: &IncidentSnapshot, gap: Option<&UpdateGap>) -> String {
        let (incident, format) = (&snapshot.incident, self.format());
        let lasts = format.duration(snapshot.seconds().unwrap_or_default());
        let status = self.content.messages().get(snapshot.status.word());
        let mut lines = vec![
            format!("{}  ({})", incident.title, incident.id),
            format!("  {status}, {} impact, for {lasts}", incident.impact.word()),
        ];
        lines.extend(snapshot.components.iter().filter_map(|(id, own)| self.component(snapshot, id, *own)));
        let last = format.duration(self.now.seconds_since(snapshot.newest().at));
        lines.push(format!("  last update {last} ago; {}", self.due(gap)));
        lines.join("\n") + "\n"
    }

    /// How a component does that does not work, and because of which other entry if this one says less.
    fn component(&self, snapshot: &IncidentSnapshot, id: &Id, own: ComponentStatus) -> Option<String> {
        let name = self.site.components.iter().find(|component| component.id == *id);
        let name = name.map_or(&**id, |component| &*component.name);
        let word = |status: ComponentStatus| self.content.messages().get(status.word());
        match self.worse(snapshot, id, own) {
            Some((worse, by)) => Some(format!("  {name}: {} by `{by}`; by this alone {}", word(worse), word(own))),
            None => (own != ComponentStatus::Operational).then(|| format!("  {name}: {}", word(own))),
        }
    }

    /// What another entry says of a component, if that is worse.
    fn worse<'b>(
        &'b self,
        snapshot: &'b IncidentSnapshot,
        id: &Id,
        own: ComponentStatus,
    ) -> Option<(ComponentStatus, &'b Id)> {
        let entry = (EntryKind::Incident, &snapshot.incident.id);
        self.concurrent.worst_other(id, self.now, entry).filter(|(worse, _)| *worse > own)
    }

    /// When the next word is due, in words.
    fn due(&self, gap: Option<&UpdateGap>) -> String {
        let Some(gap) = gap else { return "internal: customers are owed no word".to_owned() };
        let (Some(due), Some(late)) = (gap.due, gap.late_by) else { return "no next one is due".to_owned() };
        let at = self.format().near(due, self.now);
        match gap.state {
            DueState::Overdue => {
                format!("OVERDUE: the next one was due {} ago, at {at}", self.format().duration(late))
            }
            _ => format!("the next one is due in {}, at {at}", self.format().duration(-late)),
        }
    }

    fn work(&self, snapshot: &MaintenanceSnapshot) -> String {
        let (work, window, format) = (&snapshot.maintenance, snapshot.window, self.format());
        let when = match snapshot.state() {
            MaintenanceState::Upcoming if snapshot.is_undated => "postponed, without another time".to_owned(),
            MaintenanceState::Upcoming => format!("planned for {}", format.near(window.from, self.now)),
            _ => match snapshot.planned_end() {
                None => "under way, without a planned end".to_owned(),
                Some(end) if end < self.now => {
                    format!("under way, OVERDUE: planned until {}", format.near(end, self.now))
                }
                Some(end) => format!("under way until {}", format.near(end, self.now)),
            },
        };
        format!("{}  ({})\n  maintenance, {when}\n", work.title, work.id)
    }

    fn json(&self) -> Value {
        let incidents = self.incidents.iter().map(|(snapshot, gap)| {
            let incident = &snapshot.incident;
            let status =
                |id, own: ComponentStatus| self.worse(snapshot, id, own).map_or(own, |(worse, _)| worse).word();
            let statuses = snapshot.components.iter().map(|(id, own)| (id.to_string(), status(id, *own).into()));
            let statuses: serde_json::Map<String, Value> = statuses.collect();
            json!({
                "id": &*incident.id,
                "title": incident.title,
                "file": self.file(EntryKind::Incident, &incident.id),
                "visibility": if gap.is_some() { Visibility::Public.word() } else { Visibility::Internal.word() },
                "impact": incident.impact.word(),
                "status": snapshot.status.word(),
                "components": statuses,
                "started": incident.started.rfc3339(),
                "last_update": snapshot.newest().at.rfc3339(),
                "next_update": gap.as_ref().and_then(|gap| gap.promised).map(Time::rfc3339),
                "due": gap.as_ref().and_then(|gap| gap.due).map(Time::rfc3339),
                "late_by_seconds": gap.as_ref().and_then(|gap| gap.late_by),
                "state": gap.as_ref().map(|gap| gap.state.word()),
            })
        });
        let maintenance = self.maintenance.iter().map(|snapshot| {
            let work = &snapshot.maintenance;
            json!({
                "id": &*work.id,
                "title": work.title,
                "file": self.file(EntryKind::Maintenance, work.file_id()),
                "status": snapshot.status.word(),
                "components": work.components.iter().map(|id| &**id).collect::<Vec<_>>(),
                "from": snapshot.window.from.rfc3339(),
                "until": snapshot.window.until.map(Time::rfc3339),
            })
        });
        json!({
            "site": self.site.settings.name,
            "now": self.now.rfc3339(),
            "incidents": incidents.collect::<Vec<_>>(),
            "maintenance": maintenance.collect::<Vec<_>>(),
        })
    }
}
