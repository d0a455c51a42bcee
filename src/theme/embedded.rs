//! The default theme, in the binary.

/// Declares the files, each by its path under `themes/default/`.
macro_rules! files {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("../../themes/default/", $path))),)*]
    };
}

/// Every file of the default theme and its text.
pub(super) const FILES: &[(&str, &str)] = files! {
    "messages/en.yaml"
    "messages/wiki/en.yaml"
    "static/bars.js"
    "static/embed.css"
    "static/embed.js"
    "static/favicon.svg"
    "static/page.js"
    "static/style.css"
    "static/wiki/wiki.css"
    "static/wiki/wiki.js"
    "templates/404.html"
    "templates/announcement.html"
    "templates/announcements.html"
    "templates/base.html"
    "templates/component.html"
    "templates/embed.html"
    "templates/history.html"
    "templates/home.html"
    "templates/incident.html"
    "templates/maintenance-list.html"
    "templates/maintenance.html"
    "templates/month.html"
    "templates/moved.html"
    "templates/page.html"
    "templates/parts.html"
    "templates/subscribe.html"
    "templates/uptime.html"
    "templates/wiki/404.html"
    "templates/wiki/actions.html"
    "templates/wiki/anniversaries.html"
    "templates/wiki/base.html"
    "templates/wiki/cause.html"
    "templates/wiki/causes.html"
    "templates/wiki/component.html"
    "templates/wiki/components.html"
    "templates/wiki/figures.html"
    "templates/wiki/home.html"
    "templates/wiki/incident.html"
    "templates/wiki/incidents.html"
    "templates/wiki/metrics.html"
    "templates/wiki/page.html"
    "templates/wiki/parts.html"
    "templates/wiki/postmortem-parts.html"
    "templates/wiki/postmortem.html"
    "templates/wiki/postmortems.html"
    "templates/wiki/priorities.html"
    "templates/wiki/reports.html"
    "templates/wiki/review.html"
    "templates/wiki/search.html"
    "templates/wiki/tag.html"
    "templates/wiki/tags.html"
};
