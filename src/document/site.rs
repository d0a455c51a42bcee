//! `site.yaml` as written.

use super::{At, Document, Fields, PerLanguage, WordingDoc};
use crate::keys::Kind;
use crate::time::Date;

/// `site.yaml` as written.
#[derive(Default)]
pub struct SiteDoc {
    /// `name`
    pub name: Option<PerLanguage>,
    /// `url`
    pub url: Option<At<String>>,
    /// `id_base`
    pub id_base: Option<At<String>>,
    /// `description`
    pub description: Option<PerLanguage>,
    /// `timezone`
    pub timezone: Option<At<String>>,
    /// `language`
    pub language: Option<At<String>>,
    /// `languages`
    pub languages: Option<At<Vec<At<String>>>>,
    /// `theme`
    pub theme: Option<At<String>>,
    /// `brand`
    pub brand: BrandDoc,
    /// `scripts`
    pub scripts: Vec<ScriptDoc>,
    /// `origins`
    pub origins: Vec<At<String>>,
    /// `robots`
    pub robots: Option<At<String>>,
    /// `stale_after`, in seconds
    pub stale_after: Option<i64>,
    /// `uptime.maintenance`
    pub counted_maintenance: Option<At<String>>,
    /// `api.maintenance_indicator`
    pub maintenance_indicator: Option<At<String>>,
    /// `api.entries`
    pub api_entries: Option<At<String>>,
    /// `host_bounds`
    pub host_bounds: Option<bool>,
    /// `feeds.hub`
    pub hub: Option<At<String>>,
    /// `feeds.email`
    pub email: Option<At<String>>,
    /// `product_domains`
    pub product_domains: Vec<At<String>>,
    /// `wiki.url`
    pub wiki_url: Option<At<String>>,
    /// `groups`, if there is such a key
    pub groups: Option<Vec<GroupDoc>>,
    /// `components`
    pub components: Option<At<Vec<ComponentDoc>>>,
    /// `cadence`: impact and seconds
    pub cadence: Vec<(&'static str, i64)>,
    /// `postmortem.due`, in seconds
    pub postmortem_due: Option<i64>,
    /// `postmortem.required_from`
    pub postmortem_required_from: Option<At<String>>,
    /// `postmortem.severities`, worst first
    pub severities: Option<Vec<At<String>>>,
    /// `postmortem.actions_due`: severity and seconds
    pub actions_due: Vec<(At<String>, i64)>,
    /// `postmortem.causes`: cause and title
    pub cause_titles: Vec<(At<String>, At<String>)>,
    /// `wording`
    pub wording: WordingDoc,
    /// `recovery_target`
    pub recovery_target: Option<At<f64>>,
    /// `alerts`
    pub alerts: Vec<AlertRuleDoc>,
    /// `privacy.people`
    pub private_people: Vec<At<String>>,
    /// `privacy.forbid`
    pub private_patterns: Vec<At<String>>,
    /// `privacy.allow`
    pub allowed: Vec<At<String>>,
}

/// One of `alerts` as written.
pub struct AlertRuleDoc {
    /// `labels`: name and value
    pub labels: Vec<(At<String>, At<String>)>,
    /// `title`
    pub title: Option<At<String>>,
    /// `components`: id and status
    pub components: Vec<(At<String>, At<String>)>,
    /// `after`, in seconds
    pub after: Option<i64>,
    /// `template`
    pub template: Option<At<String>>,
    /// `publish`
    pub publish: bool,
    /// `resolve`
    pub resolve: bool,
}

/// `brand` as written.
#[derive(Default)]
pub struct BrandDoc {
    /// `logo`
    pub logo: Option<At<String>>,
    /// `logo_dark`
    pub logo_dark: Option<At<String>>,
    /// `accent`
    pub accent: Option<At<String>>,
    /// `accent_dark`
    pub accent_dark: Option<At<String>>,
    /// `fonts`
    pub fonts: Vec<FontDoc>,
    /// `home`
    pub home: Option<At<String>>,
    /// `footer`
    pub footer: Vec<PerLanguage>,
    /// `picture`
    pub picture: Option<At<String>>,
    /// `pictures`
    pub pictures: bool,
}

/// One of `brand.fonts` as written.
pub struct FontDoc {
    /// `file`
    pub file: Option<At<String>>,
    /// `weight`
    pub weight: Option<At<i64>>,
    /// `italic`
    pub italic: bool,
}

/// One of `scripts` as written.
pub struct ScriptDoc {
    /// `src`
    pub src: Option<At<String>>,
    /// `attributes`
    pub attributes: Vec<At<String>>,
}

impl BrandDoc {
    fn read(fields: &Fields<'_>) -> BrandDoc {
        let font = |fields: &Fields<'_>| FontDoc {
            file: fields.text("file"),
            weight: fields.weight("weight"),
            italic: fields.flag("italic").unwrap_or(false),
        };
        BrandDoc {
            logo: fields.text("logo"),
            logo_dark: fields.text("logo_dark"),
            accent: fields.text("accent"),
            accent_dark: fields.text("accent_dark"),
            fonts: fields.list("fonts").iter().flatten().map(font).collect(),
            home: fields.text("home"),
            footer: fields.list_per_language("footer"),
            picture: fields.text("picture"),
            pictures: fields.flag("pictures").unwrap_or(false),
        }
    }
}

impl ScriptDoc {
    fn read(fields: &Fields<'_>) -> ScriptDoc {
        ScriptDoc { src: fields.text("src"), attributes: fields.texts("attributes").unwrap_or_default() }
    }
}

/// One of `groups` as written.
pub struct GroupDoc {
    /// `id`
    pub id: Option<At<String>>,
    /// `name`
    pub name: Option<PerLanguage>,
    /// `description`
    pub description: Option<PerLanguage>,
}

/// One of `components` as written.
pub struct ComponentDoc {
    /// `id`
    pub id: Option<At<String>>,
    /// `name`
    pub name: Option<PerLanguage>,
    /// `description`
    pub description: Option<PerLanguage>,
    /// `group`
    pub group: Option<At<String>>,
    /// `core`
    pub core: bool,
    /// `start`
    pub start: Option<At<Date>>,
    /// `end`
    pub end: Option<At<Date>>,
    /// `hidden`
    pub hidden: bool,
    /// `aliases`
    pub aliases: Vec<At<String>>,
    /// `url`
    pub url: Option<At<String>>,
    /// `depends_on`
    pub depends_on: Vec<ProviderDoc>,
    /// `owner`
    pub owner: Option<String>,
    /// `runbook`
    pub runbook: Option<At<String>>,
    /// `dashboard`
    pub dashboard: Option<At<String>>,
    /// `capacity`
    pub capacity: Option<CapacityDoc>,
}

/// One of a component's `depends_on` as written.
pub struct ProviderDoc {
    /// `name`
    pub name: Option<At<String>>,
    /// `url`
    pub url: Option<At<String>>,
}

/// A component's `capacity` as written.
pub struct CapacityDoc {
    /// `headroom`
    pub headroom: Option<String>,
    /// `checked`
    pub checked: Option<Date>,
    /// `source`
    pub source: Option<At<String>>,
}

impl SiteDoc {
    /// Reads `site.yaml`.
    pub fn read(document: &Document) -> SiteDoc {
        let fields = document.fields(Kind::Site);
        let groups = fields.list("groups");
        let cadence = fields.map("cadence");
        let postmortem = fields.map("postmortem");
        let privacy = fields.map("privacy");
        let wiki = fields.map("wiki");
        let wording = fields.map("wording");
        let api = fields.map("api");
        let uptime = fields.map("uptime");
        let feeds = fields.map("feeds");
        SiteDoc {
            name: fields.per_language("name"),
            url: fields.text("url"),
            id_base: fields.text("id_base"),
            description: fields.per_language("description"),
            timezone: fields.text("timezone"),
            language: fields.text("language"),
            languages: fields.texts("languages").map(|value| At { value, path: fields.key("languages") }),
            theme: fields.text("theme"),
            brand: fields.map("brand").map(|brand| BrandDoc::read(&brand)).unwrap_or_default(),
            scripts: fields.list("scripts").iter().flatten().map(ScriptDoc::read).collect(),
            origins: fields.texts("origins").unwrap_or_default(),
            robots: fields.text("robots"),
            stale_after: fields.duration("stale_after"),
            counted_maintenance: uptime.and_then(|uptime| uptime.text("maintenance")),
            maintenance_indicator: api.as_ref().and_then(|api| api.text("maintenance_indicator")),
            api_entries: api.and_then(|api| api.text("entries")),
            host_bounds: fields.flag("host_bounds"),
            hub: feeds.as_ref().and_then(|feeds| feeds.text("hub")),
            email: feeds.and_then(|feeds| feeds.text("email")),
            product_domains: fields.texts("product_domains").unwrap_or_default(),
            wiki_url: wiki.and_then(|wiki| wiki.text("url")),
            groups: groups.map(|list| list.iter().map(GroupDoc::read).collect()),
            components: fields.list("components").map(|list| At {
                value: list.iter().map(ComponentDoc::read).collect(),
                path: fields.key("components"),
            }),
            cadence: cadence.map(|cadence| read_cadence(&cadence)).unwrap_or_default(),
            postmortem_due: postmortem.as_ref().and_then(|postmortem| postmortem.duration("due")),
            postmortem_required_from: postmortem.as_ref().and_then(|postmortem| postmortem.text("required_from")),
            severities: postmortem.as_ref().and_then(|postmortem| postmortem.texts("severities")),
            cause_titles: postmortem.as_ref().map(|postmortem| postmortem.words("causes")).unwrap_or_default(),
            actions_due: postmortem.map(|postmortem| postmortem.durations("actions_due")).unwrap_or_default(),
            wording: wording.map(|wording| WordingDoc::read(&wording)).unwrap_or_default(),
            alerts: fields.list("alerts").iter().flatten().map(AlertRuleDoc::read).collect(),
            recovery_target: fields.number("recovery_target"),
            private_people: privacy.as_ref().and_then(|privacy| privacy.texts("people")).unwrap_or_default(),
            private_patterns: privacy.as_ref().and_then(|privacy| privacy.texts("forbid")).unwrap_or_default(),
            allowed: privacy.and_then(|privacy| privacy.texts("allow")).unwrap_or_default(),
        }
    }
}

fn read_cadence(fields: &Fields<'_>) -> Vec<(&'static str, i64)> {
    fields.names(|_| true).filter_map(|impact| Some((impact, fields.duration(impact)?))).collect()
}

impl AlertRuleDoc {
    fn read(fields: &Fields<'_>) -> AlertRuleDoc {
        AlertRuleDoc {
            labels: fields.words("labels"),
            title: fields.text("title"),
            components: fields.words("components"),
            after: fields.duration("after"),
            template: fields.text("template"),
            publish: fields.flag("publish").unwrap_or(false),
            resolve: fields.flag("resolve").unwrap_or(false),
        }
    }
}

impl GroupDoc {
    fn read(fields: &Fields<'_>) -> GroupDoc {
        GroupDoc {
            id: fields.text("id"),
            name: fields.per_language("name"),
            description: fields.per_language("description"),
        }
    }
}

impl ProviderDoc {
    fn read(fields: &Fields<'_>) -> ProviderDoc {
        ProviderDoc { name: fields.text("name"), url: fields.text("url") }
    }
}

impl ComponentDoc {
    fn read(fields: &Fields<'_>) -> ComponentDoc {
        let capacity = fields.map("capacity");
        ComponentDoc {
            id: fields.text("id"),
            name: fields.per_language("name"),
            description: fields.per_language("description"),
            group: fields.text("group"),
            core: fields.flag("core").unwrap_or(false),
            start: fields.dated("start"),
            end: fields.dated("end"),
            hidden: fields.flag("hidden").unwrap_or(false),
            aliases: fields.texts("aliases").unwrap_or_default(),
            url: fields.text("url"),
            depends_on: fields.list("depends_on").unwrap_or_default().iter().map(ProviderDoc::read).collect(),
            owner: fields.text("owner").map(|owner| owner.value),
            runbook: fields.text("runbook"),
            dashboard: fields.text("dashboard"),
            capacity: capacity.map(|capacity| CapacityDoc {
                headroom: capacity.text("headroom").map(|headroom| headroom.value),
                checked: capacity.date("checked"),
                source: capacity.text("source"),
            }),
        }
    }
}
