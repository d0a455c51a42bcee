//! A site's own theme: what is copied out of the default one, and what it replaces.

use crate::support::{Site, read};

fn text(site: &Site, path: &str) -> String {
    String::from_utf8(std::fs::read(site.path().join(path)).expect("a file")).expect("UTF-8")
}

#[test]
fn files_of_the_default_theme_are_copied_to_where_they_replace_it() {
    let site = Site::sound();
    let says = "themes/default/templates/history.html\nthemes/default/static/embed.css\n";
    site.run(["theme", "eject", "history.html", "static/embed.css"]).stderr(says);
    let copy = text(&site, "themes/default/templates/history.html");
    assert_eq!(copy, read("themes/default/templates/history.html"));
    // What was copied changes nothing until it is changed.
    site.run(["check"]).stderr("[..]no faults[..]\n");
    site.write(
        "themes/default/templates/history.html",
        "{% extends \"base.html\" %}{% block main %}Ours{% endblock main %}",
    );
    site.run(["build"]).output();
    assert!(text(&site, "public/history/index.html").contains("Ours"));
}

#[test]
fn a_copy_is_never_put_over_a_file_of_the_site_and_of_several_none_is_written_then() {
    let site = Site::sound().file("themes/default/templates/month.html", "ours");
    let refusal = "error: `themes/default/templates/month.html` is there already; nothing was written\n";
    site.run(["theme", "eject", "history.html", "month.html"]).code(2).stderr(refusal);
    assert!(!site.path().join("themes/default/templates/history.html").exists());
    assert_eq!(text(&site, "themes/default/templates/month.html"), "ours");
}

#[test]
fn what_the_default_theme_does_not_have_is_not_copied_and_a_name_of_two_files_is_asked_about() {
    let site = Site::sound();
    let unknown = "error: the default theme has no file `histroy.html`; did you mean `history.html`?\n";
    site.run(["theme", "eject", "histroy.html"]).code(2).stderr(unknown);
    site.run(["theme", "eject", "../secret"])
        .code(2)
        .says("the default theme has no file `../secret`; there are static/");
    let two =
        "error: there are `messages/en.yaml` and `messages/wiki/en.yaml`; name one of them; nothing was written\n";
    site.run(["theme", "eject", "en.yaml"]).code(2).stderr(two);
    assert!(!site.path().join("themes").exists());
}

#[test]
fn a_copy_goes_to_the_theme_that_the_settings_name() {
    let site = Site::sound();
    let settings = text(&site, "content/site.yaml");
    site.write("content/site.yaml", settings + "theme: ours\n");
    site.run(["theme", "eject", "templates/404.html"]).stderr("themes/ours/templates/404.html\n");
    site.run(["build"]).output();
}
