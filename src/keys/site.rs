//! `site.yaml`.

use super::{Key, Names, Shape, TEXT, TITLE};
use crate::model::{ApiEntries, ComponentStatus, CountedMaintenance, Impact, MaintenanceIndicator, Robots};

pub(super) const SITE: &[Key] = &[
    Key::needed("name", TITLE, "What the page is called: the name of the company or product."),
    Key::needed("url", Shape::BaseUrl, "Where the site is published."),
    Key::optional(
        "id_base",
        Shape::BaseUrl,
        "What the ids of feeds and calendars are made of: the first `url`, to be set before the site moves. Left out: `url`.",
    ),
    Key::optional("description", TEXT, "One sentence for search engines and feeds."),
    Key::optional(
        "timezone",
        Shape::Text,
        "Where days begin, and the zone of printed times: a name of the IANA database. Left out: Etc/UTC.",
    ),
    Key::optional("language", Shape::Text, "The language of the fixed words. Left out: en."),
    Key::optional(
        "languages",
        Shape::List(&Shape::Text),
        "Every language of the pages, the main one first: the others have the same pages below `/de/` and so on. Left out: \
         the language alone.",
    ),
    Key::optional("theme", Shape::Text, "A folder under themes/. Left out: default."),
    Key::optional(
        "brand",
        Shape::Map(BRAND),
        "Logo, colour and font of the company. Files are those of content/static/.",
    ),
    Key::optional(
        "stale_after",
        Shape::Duration,
        "From this age on a page says that it may be out of date. Left out: 1d.",
    ),
    Key::optional("uptime", Shape::Map(UPTIME), "How uptime is counted."),
    Key::optional("api", Shape::Map(API), "How the public API answers."),
    Key::optional(
        "host_bounds",
        Shape::Flag,
        "Whether `check` and `build` warn of more files and bytes than common hosts take. Left out: true.",
    ),
    Key::optional("feeds", Shape::Map(FEEDS), "How the feeds are followed."),
    Key::optional(
        "product_domains",
        Shape::List(&Shape::Text),
        "The product's own domains: `check` warns when `url` lies under one of them.",
    ),
    Key::optional("wiki", Shape::Map(WIKI), "The internal wiki. Never published."),
    Key::optional(
        "groups",
        Shape::List(&Shape::Map(GROUP)),
        "The groups of components, in the order of the pages. Left out: what components name.",
    ),
    Key::needed(
        "components",
        Shape::AtLeastOne(&Shape::Map(COMPONENT)),
        "The parts whose status is shown, in the order of the pages.",
    ),
    Key::optional("cadence", Shape::Map(CADENCE), "The longest silence while an incident of an impact is open."),
    Key::optional("postmortem", Shape::Map(POSTMORTEM), "Which incidents get a postmortem, and by when."),
    Key::optional(
        "recovery_target",
        Shape::Share,
        "How long the next incident of a cause may take: 0.5 for half the time of the last one.",
    ),
    Key::optional(
        "privacy",
        Shape::Map(PRIVACY),
        "What must never be published. Every public file is searched for it.",
    ),
    Key::optional(
        "alerts",
        Shape::List(&Shape::Map(ALERT)),
        "What alarms of monitors mean: the first rule whose labels an alarm has. Never published. See `candor alert`.",
    ),
    Key::optional(
        "scripts",
        Shape::List(&Shape::Map(SCRIPT)),
        "Scripts that every page loads, such as one that counts visits.",
    ),
    Key::optional("origins", Shape::List(&Shape::Url), "Hosts that added scripts may load from and talk to."),
    Key::optional("robots", Shape::word::<Robots>(), "What search engines are asked. Left out: index."),
    Key::optional("wording", Shape::Map(WORDING), "Which rules of wording apply, of postmortems and of updates."),
];

const BRAND: &[Key] = &[
    Key::optional("logo", Shape::Text, "A picture in the place of the name, at most 32 px high."),
    Key::optional("logo_dark", Shape::Text, "The same for the dark scheme. Left out: the logo."),
    Key::optional("accent", Shape::Colour, "The colour of links and of the stripe above the pages, such as `#0a5cff`."),
    Key::optional(
        "accent_dark",
        Shape::Colour,
        "The same for the dark scheme. Left out: the accent, as light as it must be.",
    ),
    Key::optional("fonts", Shape::List(&Shape::Map(FONT)), "The files of the font of all texts."),
    Key::optional("home", Shape::Url, "The company's own site, linked above every page."),
    Key::optional("footer", Shape::List(&TEXT), "Lines at the foot of every page, as Markdown."),
    Key::optional("picture", Shape::Text, "What other sites show beside a link, 1200 by 630 pixels."),
    Key::optional(
        "pictures",
        Shape::Flag,
        "Whether such a picture is made of the state of the site, and of each incident. Left out: false.",
    ),
];

const FONT: &[Key] = &[
    Key::needed("file", Shape::Text, "A file such as `inter.woff2`."),
    Key::optional("weight", Shape::Weight, "As in CSS, such as 400. Left out: all, as a variable font has them."),
    Key::optional("italic", Shape::Flag, "Whether its letters lean. Left out: false."),
];

const SCRIPT: &[Key] = &[
    Key::needed("src", Shape::Text, "An absolute URL, or a file of content/static/."),
    Key::optional("attributes", Shape::List(&Shape::Text), "Attributes of its element, as `name=value`."),
];

const UPTIME: &[Key] = &[Key::optional(
    "maintenance",
    Shape::word::<CountedMaintenance>(),
    "What of planned work counts against uptime; the page of uptime says which it is. Left out: none.",
)];

const API: &[Key] = &[
    Key::optional(
        "maintenance_indicator",
        Shape::word::<MaintenanceIndicator>(),
        "The API's word while planned work is all there is. Left out: maintenance.",
    ),
    Key::optional(
        "entries",
        Shape::word::<ApiEntries>(),
        "Which incidents and planned works have a file of their own in the API. Left out: all.",
    ),
];

const FEEDS: &[Key] = &[
    Key::optional(
        "hub",
        Shape::Url,
        "A WebSub hub, which tells readers of the feeds at once. The feeds name it, and `candor outbox` writes its pings.",
    ),
    Key::optional(
        "email",
        Shape::Url,
        "Where customers get the updates by e-mail: a form or a list of yours. The page of subscribing leads there.",
    ),
];

const WIKI: &[Key] = &[Key::optional("url", Shape::Url, "Where the wiki is published.")];

const GROUP: &[Key] = &[
    Key::needed("id", Shape::Id, "Its name in addresses."),
    Key::needed("name", TITLE, "The name that customers know."),
    Key::optional("description", TEXT, "What it is, in a sentence."),
];

const COMPONENT: &[Key] = &[
    Key::needed("id", Shape::Id, "Its name in addresses and in entries."),
    Key::needed("name", TITLE, "The name that customers know."),
    Key::optional("description", TEXT, "What it is, in a sentence."),
    Key::optional("group", Shape::Text, "The id or the name of its group."),
    Key::optional("core", Shape::Flag, "Whether its partial outage makes the whole a partial outage. Left out: false."),
    Key::optional("start", Shape::Date, "The first day that counts. Left out: from the beginning."),
    Key::optional(
        "end",
        Shape::Date,
        "Its last day. From then on only its own page and the history show it. Left out: it goes on.",
    ),
    Key::optional("hidden", Shape::Flag, "Whether only the wiki shows it, and customers never. Left out: false."),
    Key::optional(
        "aliases",
        Shape::List(&Shape::Id),
        "Ids that it had before, the oldest first. Entries may still name them, and their addresses lead to it.",
    ),
    Key::optional("url", Shape::Url, "Where customers use it. Its page links there."),
    Key::optional(
        "depends_on",
        Shape::List(&Shape::Map(PROVIDER)),
        "Services of others without which it fails. Linked while it is in trouble.",
    ),
    Key::optional("owner", Shape::Text, "The team that answers for it. Never published."),
    Key::optional("runbook", Shape::Url, "What to do when it fails. Never published."),
    Key::optional("dashboard", Shape::Url, "Where its graphs are. Never published."),
    Key::optional("capacity", Shape::Map(CAPACITY), "How much more it can bear. Never published."),
];

const PROVIDER: &[Key] = &[
    Key::needed("name", Shape::Title, "What the service is called."),
    Key::needed("url", Shape::Url, "Its status page."),
];

const CAPACITY: &[Key] = &[
    Key::optional("headroom", Shape::Text, "What is left at the peak."),
    Key::optional("checked", Shape::Date, "When somebody last looked."),
    Key::optional("source", Shape::Url, "Where the figure comes from."),
];

const CADENCE: &[Key] = &[
    Key::optional("critical", Shape::Duration, "While the impact is critical."),
    Key::optional("major", Shape::Duration, "While the impact is major."),
    Key::optional("minor", Shape::Duration, "While the impact is minor."),
    Key::optional("none", Shape::Duration, "While nobody is hindered."),
];

const POSTMORTEM: &[Key] = &[
    Key::optional("due", Shape::Duration, "How long after the resolution a postmortem may take."),
    Key::optional("required_from", Shape::word::<Impact>(), "The least impact that needs one."),
    Key::optional(
        "severities",
        Shape::List(&Shape::Text),
        "The names of the severities, worst first. Left out: SEV1 to SEV4.",
    ),
    Key::optional(
        "actions_due",
        Shape::Named(Names::Severities, &Shape::Duration),
        "By severity, how long after the resolution an action without `due` may take.",
    ),
    Key::optional(
        "causes",
        Shape::Named(Names::Causes, &Shape::Title),
        "By cause, what the wiki calls it. Left out: the words of its id.",
    ),
];

const PRIVACY: &[Key] = &[
    Key::optional("people", Shape::List(&Shape::Text), "Names of people."),
    Key::optional("forbid", Shape::List(&Shape::Text), "Hosts, ranges of addresses, texts, patterns with `*`."),
    Key::optional("allow", Shape::List(&Shape::Text), "Exactly these texts are let through."),
];

const WORDING: &[Key] = &[
    Key::optional("off", Shape::List(&Shape::Rule), "Rules that do not apply."),
    Key::optional("on", Shape::List(&Shape::Rule), "Rules that apply though they are off by default."),
    Key::optional("people", Shape::List(&Shape::Text), "Words for people, such as the names of roles."),
    Key::optional("words", Shape::Named(Names::Rules, &Shape::List(&Shape::Text)), "Further phrases, by rule."),
];

const ALERT: &[Key] = &[
    Key::optional(
        "labels",
        Shape::Named(Names::Labels, &Shape::Text),
        "The labels that an alarm must have, and their values; `*` at one end of a value stands for any text.",
    ),
    Key::needed("title", Shape::Title, "The title of the incident. Nothing of an alarm's own words is published."),
    Key::needed(
        "components",
        Shape::Named(Names::Components, &Shape::word::<ComponentStatus>()),
        "What the incident says of components.",
    ),
    Key::optional("after", Shape::Duration, "How long an alarm must go on before it counts. Left out: at once."),
    Key::optional("template", Shape::Text, "The template of the first update. Left out: the one for `investigating`."),
    Key::optional("publish", Shape::Flag, "Whether the incident is public at once. Left out: false, a draft."),
    Key::optional(
        "resolve",
        Shape::Flag,
        "Whether the end of the last alarm resolves the incident. Left out: false, it proposes to.",
    ),
];
