//! Publishing: the folder is replaced whole or not at all, and holds nothing of ours after us.

use std::fs;
use std::path::Path;

use crate::support::{self, SITE, Site, TempFolder, files, stamps};
use candor::output::{Route, publish};

/// The paths in a folder, sorted.
fn paths(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

/// Routes with these paths and texts.
fn routes(list: &[(&str, &str)]) -> Vec<Route> {
    list.iter().map(|(path, text)| Route::fixed(*path, "a test", text.as_bytes().into())).collect()
}

#[test]
fn a_folder_that_candor_did_not_make_is_refused_with_an_example() {
    let site = Site::sound().file("public/photos/cat.txt", "mine\n").file("public/photos/dog.txt", "mine\n");
    let before = stamps(&site.path().join("public"));
    site.run(["build"]).code(2).stderr(
        "error: `public` holds `photos`, which Candor did not write; give an empty folder, or one of an earlier build\n",
    );
    assert_eq!(stamps(&site.path().join("public")), before);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let site = Site::sound().file("public", "mine\n");
    site.run(["build"]).code(2).says("error: `public");
    assert_eq!(fs::read(site.path().join("public")).expect("still a file"), b"mine\n");
}

#[test]
fn an_empty_folder_and_a_fresh_checkout_are_accepted() {
    let site = Site::sound().file("public/.git/HEAD", "ref: refs/heads/pages\n").file("public/.gitkeep", "");
    fs::create_dir(site.path().join("empty")).expect("a folder");
    site.run(["build"]);
    site.run(["build", "--out", "empty"]);
    assert_eq!(fs::read(site.path().join("public/.git/HEAD")).expect("kept"), b"ref: refs/heads/pages\n");
    assert!(site.path().join("empty/index.html").is_file());
}

#[test]
fn a_users_file_in_an_earlier_build_stays() {
    let site = Site::sound();
    site.run(["build"]);
    site.write("public/CNAME", "status.example.org\n");
    site.write("public/incidents/notes.txt", "mine\n");
    fs::remove_file(site.path().join("content/incidents/payments-slow.yaml")).expect("a file");
    site.run(["build"]).says(" removed");
    let left = paths(&site.path().join("public"));
    assert!(left.contains(&"CNAME".to_owned()) && left.contains(&"incidents/notes.txt".to_owned()), "{left:#?}");
    assert!(!left.iter().any(|path| path.starts_with("incidents/payments-slow/")), "{left:#?}");
}

#[test]
fn a_users_file_in_the_way_is_named_and_nothing_changes() {
    let site = Site::sound();
    site.run(["build"]);
    site.write("public/robots-note.txt", "mine\n");
    site.write("content/static/robots-note.txt", "ours\n");
    let before = stamps(&site.path().join("public"));
    site.run(["build"]).code(2).says("robots-note.txt` is in the way: Candor did not write it; move it away\n");
    assert_eq!(stamps(&site.path().join("public")), before);
}

#[test]
fn what_an_earlier_build_made_and_this_one_does_not_is_removed_with_its_folders() {
    let site = Site::sound();
    site.run(["build"]);
    assert!(site.path().join("public/incidents/payments-slow/index.html").is_file());
    fs::remove_file(site.path().join("content/incidents/payments-slow.yaml")).expect("a file");
    site.run(["build"]);
    assert!(!site.path().join("public/incidents").exists(), "the empty folders stayed");
}

#[test]
fn building_twice_rewrites_no_file() {
    let site = Site::sound();
    site.run(["build"]);
    let before = stamps(&site.path().join("public"));
    site.run(["build"]).says(" 0 written, 0 removed,");
    assert_eq!(stamps(&site.path().join("public")), before);
}

#[test]
fn files_that_stay_the_same_are_not_touched_when_others_change() {
    let site = Site::sound().file("content/static/terms.txt", "1\n");
    site.run(["build"]);
    let before = stamps(&site.path().join("public"));
    site.write("content/static/terms.txt", "2\n");
    site.run(["build"]);
    let after = stamps(&site.path().join("public"));
    let changed: Vec<&str> =
        after.keys().map(String::as_str).filter(|path| before.get(*path) != after.get(*path)).collect();
    // `build.json` has the digest of the input.
    assert_eq!(changed, ["build.json", "terms.txt"]);
}

#[test]
fn a_template_that_fails_while_a_page_is_made_leaves_the_folder_untouched() {
    let site = Site::sound();
    site.run(["build"]);
    let public = site.path().join("public");
    let before = (files(&public), stamps(&public));
    site.write("themes/default/templates/uptime.html", "{{ page.nothing.at_all }}\n");
    site.write("content/site.yaml", SITE.replace("Example Status", "Another Name"));
    site.run(["build"]).code(1).says("themes/default/templates/uptime.html:1:").says("public: nothing was written\n");
    assert_eq!((files(&public), stamps(&public)), before);

    site.run(["build", "--out", "fresh"]).code(1);
    let names: Vec<_> =
        fs::read_dir(site.path()).expect("the folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("fresh")), "{names:?}");
}

#[test]
fn a_manifest_that_names_files_outside_removes_nothing_there() {
    let site = Site::sound().file("precious.txt", "mine\n");
    site.run(["build"]);
    let manifest = site.path().join("public/.candor-manifest");
    let listed = fs::read(&manifest).expect("a manifest");
    let outside = site.path().join("precious.txt");
    let more = format!("../precious.txt\n{}\n./../precious.txt\nassets/../../precious.txt\n", outside.display());
    site.write("public/.candor-manifest", [listed, more.into_bytes()].concat());
    site.run(["build"]);
    assert_eq!(fs::read(&outside).expect("still there"), b"mine\n");
}

#[cfg(unix)]
#[test]
fn a_folder_that_became_a_link_is_not_followed_out_of_the_site() {
    let site = Site::sound().file("elsewhere/index.html", "mine\n");
    site.run(["build"]);
    let uptime = site.path().join("public/uptime");
    fs::remove_dir_all(&uptime).expect("a folder");
    std::os::unix::fs::symlink(site.path().join("elsewhere"), &uptime).expect("a link");
    site.run(["build"]).code(2).says("public/uptime` is in the way");
    assert_eq!(fs::read(site.path().join("elsewhere/index.html")).expect("still there"), b"mine\n");

    fs::remove_file(&uptime).expect("a link");
    site.run(["build"]);
    let gone = site.path().join("public/incidents/payments-slow");
    fs::remove_dir_all(&gone).expect("a folder");
    std::os::unix::fs::symlink(site.path().join("elsewhere"), &gone).expect("a link");
    fs::remove_file(site.path().join("content/incidents/payments-slow.yaml")).expect("a file");
    site.run(["build"]);
    assert_eq!(fs::read(site.path().join("elsewhere/index.html")).expect("still there"), b"mine\n");
}

#[test]
fn a_users_file_where_a_folder_is_wanted_is_named_before_anything_changes() {
    let site = Site::sound();
    site.run(["build"]);
    site.write("public/legal", "mine\n");
    site.write("content/static/legal/terms.txt", "ours\n");
    site.write("content/static/aaa.txt", "ours\n");
    let before = stamps(&site.path().join("public"));
    site.run(["build"]).code(2).says("public/legal` is in the way");
    assert_eq!(stamps(&site.path().join("public")), before);
}

#[test]
fn what_a_run_that_was_cut_short_left_behind_does_not_matter() {
    let site = Site::sound().file(".public.candor-new/index.html", "half\n");
    site.run(["build"]);
    assert!(!site.path().join(".public.candor-new").exists());
    let whole = files(&site.path().join("public"));
    site.write("public/.candor-new/7", "half\n");
    site.run(["build"]).says(" 0 written, 0 removed,");
    assert!(files(&site.path().join("public")) == whole, "something was left");
}

#[test]
fn a_run_that_was_cut_short_between_its_renames_is_repaired_by_the_next() {
    let folder = TempFolder::new();
    let public = folder.path().join("public");
    publish(&routes(&[("a.txt", "1"), ("b.txt", "1")]), &public).expect("published");
    // As after the first rename: the manifest names the old and the new files, `a.txt` is new already.
    folder.write("public/.candor-manifest", "candor manifest 1\na.txt\nb.txt\nc.txt\n");
    folder.write("public/a.txt", "2");
    folder.write("public/.candor-new/2", "2");
    publish(&routes(&[("a.txt", "2"), ("c.txt", "2")]), &public).expect("published again");
    let found: Vec<(String, Vec<u8>)> = files(&public).into_iter().filter(|(path, _)| !path.starts_with('.')).collect();
    assert_eq!(found, [("a.txt".to_owned(), b"2".to_vec()), ("c.txt".to_owned(), b"2".to_vec())]);
}

#[test]
fn a_folder_may_become_a_file_and_a_file_a_folder() {
    let folder = TempFolder::new();
    let public = folder.path().join("public");
    for list in [&[("a/b.txt", "1"), ("c", "1")], &[("a", "2"), ("c/d.txt", "2")], &[("a/b.txt", "3"), ("c", "3")]] {
        publish(&routes(list), &public).unwrap_or_else(|error| panic!("{list:?}: {error}"));
        let found: Vec<String> = paths(&public).into_iter().filter(|path| !path.starts_with('.')).collect();
        assert_eq!(found, list.map(|(path, _)| path));
    }
}

#[test]
fn a_route_that_leaves_the_folder_is_refused() {
    let folder = TempFolder::new();
    for path in ["../x.txt", "a/../../x.txt", "/x.txt", "a//b", "", "C:\\x.txt"] {
        let result = publish(&routes(&[(path, "1")]), &folder.path().join("public"));
        assert!(result.is_err(), "`{path}` was published");
    }
    assert!(files(folder.path()).is_empty());
}

#[test]
fn static_files_are_published_byte_for_byte() {
    let bytes: Vec<u8> = (0..=255).collect();
    let site = Site::sound().file("content/static/deep/er/all bytes.bin", &bytes);
    site.run(["build"]);
    assert_eq!(fs::read(site.path().join("public/deep/er/all bytes.bin")).expect("published"), bytes);
}

#[test]
fn hidden_static_files_that_hosts_look_for_are_published() {
    let site = Site::sound().file("content/static/.well-known/security.txt", "ours\n");
    let site =
        site.file("content/static/.nojekyll", "").file("content/static/.DS_Store", "").file("content/.notes", "");
    site.run(["build"]);
    let hidden: Vec<String> =
        paths(&site.path().join("public")).into_iter().filter(|path| path.starts_with('.')).collect();
    assert_eq!(hidden, [".candor-manifest", ".nojekyll", ".well-known/security.txt"]);
}

#[test]
fn two_copies_of_a_site_at_the_same_time_give_the_same_tree() {
    let build = |files: Vec<(String, Vec<u8>)>| {
        let site = Site::new();
        for (path, bytes) in files {
            site.write(&format!("content/{path}"), bytes);
        }
        site.run(["build"]);
        support::files(&site.path().join("public"))
    };
    let content = files(Path::new("content"));
    let forwards = build(content.clone().into_iter().collect());
    let backwards = build(content.into_iter().rev().collect());
    assert_eq!(forwards.keys().collect::<Vec<_>>(), backwards.keys().collect::<Vec<_>>());
    assert!(forwards == backwards, "the bytes differ");
}

#[test]
fn what_a_killed_build_left_waiting_in_an_empty_folder_does_not_refuse_the_next() {
    let site = Site::sound().file("public/.candor-manifest.x1.candor-new", "candor").file("public/.git/HEAD", "ref\n");
    site.run(["build"]);
    assert!(site.path().join("public/index.html").is_file());
}

#[test]
fn the_wiki_and_the_public_site_and_what_is_read_share_no_folder() {
    let site = Site::sound().file("content/postmortems/slow.md", "---\ntitle: Slow\n---\n## Summary\nIt was slow.\n");
    for (out, wiki) in [
        ("x", "x"),
        ("x", "x/wiki"),
        ("x/y", "x"),
        ("x", "a/../x/b"),
        ("public", "content/static/wiki"),
        ("content/static/out", "wiki"),
        ("themes", "wiki"),
        (".", "../wiki"),
    ] {
        site.run(["build", "--out", out, "--wiki-out", wiki]).code(2).says("share a folder");
    }
    assert!(!site.path().join("x").exists() && !site.path().join("content/static").exists(), "something was written");
    site.run(["build", "--out", "x", "--wiki-out", "y"]);
}

#[test]
fn any_name_of_a_static_file_is_remembered_and_takes_nothing_else_away() {
    let site = Site::sound();
    site.run(["build"]);
    site.write("public/CNAME", "mine\n");
    let odd = ["content/static/a\nCNAME", "content/static/b \"\u{1b}[31m\".txt"];
    for path in odd {
        site.write(path, "ours\n");
    }
    site.run(["build"]).code(0);
    site.run(["build"]).code(0).says(" 0 written, 0 removed,");
    for path in odd {
        fs::remove_file(site.path().join(path)).expect("a file");
    }
    site.run(["build"]).code(0).says(" 2 removed,");
    assert_eq!(fs::read(site.path().join("public/CNAME")).expect("kept"), b"mine\n");
}

/// The inode of a folder.
#[cfg(unix)]
fn identity(folder: &Path) -> u64 {
    std::os::unix::fs::MetadataExt::ino(&fs::metadata(folder).expect("a folder"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_new_site_takes_the_place_of_the_old_one_and_a_folder_that_must_stay_stays() {
    let site = Site::sound();
    let public = site.path().join("public");
    site.run(["build"]);
    for (number, (args, file, is_same)) in [
        (["build", "--no-sync"], None, false),
        (["build", "--in-place"], None, true),
        (["build", "--no-sync"], Some("public/CNAME"), true),
        (["build", "--no-sync"], Some("public/.git/HEAD"), true),
    ]
    .into_iter()
    .enumerate()
    {
        if let Some(file) = file {
            site.write(file, "mine\n");
        }
        let before = identity(&public);
        site.write("content/static/terms.txt", number.to_string());
        let ran = site.run(args);
        assert_eq!(identity(&public) == before, is_same, "{args:?} {file:?}");
        if is_same {
            ran.says("public: replaced file by file, since ");
        }
        assert_eq!(fs::read(public.join("terms.txt")).expect("published"), number.to_string().into_bytes());
        assert!(!public.join(".candor-new").exists() && !site.path().join(".public.candor-new").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_the_published_folder_stays_a_link() {
    let site = Site::sound().file("real/.gitkeep", "");
    std::os::unix::fs::symlink("real", site.path().join("public")).expect("a link");
    for text in ["1", "2"] {
        site.write("content/static/terms.txt", text);
        site.run(["build"]).code(0);
        assert_eq!(fs::read(site.path().join("real/terms.txt")).expect("published"), text.as_bytes());
    }
    assert!(site.path().join("public").symlink_metadata().expect("still there").is_symlink());
}

#[test]
fn a_site_that_was_decided_is_finished_by_the_next_run_even_if_its_content_has_faults() {
    let folder = TempFolder::new();
    let public = folder.path().join("public");
    publish(&routes(&[("a.txt", "1"), ("b.txt", "1"), ("d/e.html", "1")]), &public).expect("published");
    // As after a kill: `a.txt` is in place, the rest waits.
    folder.write("public/a.txt", "2");
    folder.write("public/.candor-new/files/c.html", "2");
    folder.write("public/.candor-new/manifest", "candor manifest 2\n\"public\"\n\"a.txt\"\n\"c.html\"\n");
    assert!(candor::output::repair(&public).expect("repaired"));
    let found: Vec<(String, Vec<u8>)> = files(&public).into_iter().filter(|(path, _)| !path.starts_with('.')).collect();
    assert_eq!(found, [("a.txt".to_owned(), b"2".to_vec()), ("c.html".to_owned(), b"2".to_vec())]);
    assert!(!candor::output::repair(&public).expect("nothing left") && !public.join(".candor-new").exists());
    publish(&routes(&[("a.txt", "2"), ("c.html", "2")]), &public).expect("nothing is in the way");
}

#[cfg(unix)]
#[test]
fn a_second_build_waits_for_the_first() {
    let site = Site::sound();
    site.run(["build"]);
    let held = fs::File::open(site.path().join("public")).expect("a folder");
    held.lock().expect("locked");
    std::thread::scope(|scope| {
        let second = scope.spawn(|| site.run(["build"]).says("writes to this folder; waiting for its end\n"));
        std::thread::sleep(std::time::Duration::from_millis(800));
        assert!(!second.is_finished(), "it did not wait");
        held.unlock().expect("unlocked");
        second.join().expect("it went on").code(0);
    });
}

#[test]
fn a_folder_knows_which_site_it_is_of() {
    let site = Site::sound().file("content/postmortems/slow.md", "---\ntitle: Slow\n---\n## Summary\nIt was slow.\n");
    site.run(["build", "--out", "o", "--wiki-out", "w"]).code(0);
    let before = (files(&site.path().join("o")), files(&site.path().join("w")));
    for (out, wiki, says) in [
        ("w", "o", "the internal wiki cannot go to `o`"),
        ("x", "o/deep/wiki", "holds the public site: the internal wiki cannot go to `o/deep/wiki`"),
        ("w/site", "y", "holds the internal wiki: the public site cannot go to `w/site`"),
        ("o", "o2/../o", "share a folder"),
    ] {
        site.run(["build", "--out", out, "--wiki-out", wiki]).code(2).says(says);
    }
    fs::rename(site.path().join("w"), site.path().join("o/w")).expect("moved");
    site.run(["build", "--out", "o", "--wiki-out", "y"]).code(2).says("holds the internal wiki");
    fs::rename(site.path().join("o/w"), site.path().join("w")).expect("moved back");
    assert_eq!((files(&site.path().join("o")), files(&site.path().join("w"))), before);
    assert!(!site.path().join("x").exists() && !site.path().join("y").exists(), "something was shown");
}

#[test]
fn a_leak_in_the_public_site_leaves_the_wiki_as_it_was() {
    let site = Site::sound().file("content/postmortems/slow.md", "---\ntitle: Slow\n---\n## Summary\nIt was slow.\n");
    site.run(["build"]).code(0);
    let before = files(&site.path().join("wiki"));
    site.write("content/postmortems/slow.md", "---\ntitle: Slow\n---\n## Summary\nIt was very slow.\n");
    site.write("content/static/notes.txt", "see 10.1.2.3\n");
    site.run(["build"]).code(1);
    assert!(files(&site.path().join("wiki")) == before, "the wiki was written");
}

#[test]
fn a_folder_of_another_site_is_refused_until_its_address_is_said_to_have_changed() {
    let site = Site::sound();
    site.run(["build"]);
    let before = stamps(&site.path().join("public"));
    let settings = SITE.replace("status.example.org", "status.example.net");
    site.write("content/site.yaml", &settings);
    site.run(["build"]).code(2).stderr(
        "error: `public` holds the site of https://status.example.org/, and this is that of https://status.example.net/; \
         give a folder of its own or, if the address has changed, `--replace-site`; ids of feeds and calendars stay with \
         `id_base: https://status.example.org/` in `site.yaml`\n",
    );
    assert_eq!(stamps(&site.path().join("public")), before);
    site.run(["build", "--replace-site"]);
    site.run(["build"]);
    // How an address is written makes no other site of it.
    site.write("content/site.yaml", settings.replace("https://status.example.net/", "https://STATUS.example.net"));
    site.run(["build"]);
}

#[test]
fn a_build_of_an_earlier_moment_than_what_is_published_says_so() {
    let site = Site::sound();
    site.run(["build", "--now", "2026-11-22T16:00Z"]);
    site.run(["build", "--now", "2026-11-22T15:59Z"]).code(0).says(
        "warning: public: the site there is of 2026-11-22T16:00:00Z, and this build is of 2026-11-22T15:59:00Z, before it; \
         is the clock right?\n",
    );
    let again = site.run(["build", "--now", "2026-11-22T15:59Z"]);
    again.code(0);
}

/// A site in a repository, with one commit; none without git.
fn committed() -> Option<Site> {
    let site = Site::sound();
    support::git(site.path(), &["init", "-q"])?;
    for [key, value] in [["user.name", "A"], ["user.email", "a@example.net"]] {
        support::git(site.path(), &["config", key, value])?;
    }
    support::git(site.path(), &["add", "content"])?;
    support::git(site.path(), &["commit", "-q", "-m", "One"])?;
    Some(site)
}

#[test]
fn a_commit_is_built_whole_and_the_work_tree_stays_as_it_is() {
    let Some(site) = committed() else { return };
    let commit = support::git(site.path(), &["rev-parse", "HEAD"]).expect("a commit");
    site.run(["build", "--out", "clean"]);
    site.write("content/incidents/payments-slow.yaml", "title: torn\nupd");
    site.write("content/incidents/new.yaml", "title: new\nupd");
    let before = stamps(&site.path().join("content"));
    site.run(["build"]).code(1);
    site.run(["build", "--rev", "HEAD"]).code(0);
    assert_eq!(stamps(&site.path().join("content")), before);
    let status = support::git(site.path(), &["status", "--porcelain", "--", "content"]).expect("a status");
    assert_eq!(
        status, " M content/incidents/payments-slow.yaml\n?? content/incidents/new.yaml\n",
        "nothing was staged"
    );
    let record: serde_json::Value =
        serde_json::from_slice(&fs::read(site.path().join("public/build.json")).expect("a record")).expect("JSON");
    assert_eq!(record["commit"], commit.trim());
    let pages = |folder: &str| {
        let mut pages = files(&site.path().join(folder));
        pages.remove("build.json");
        pages
    };
    assert_eq!(pages("public"), pages("clean"), "but for the record it is what the folder gave when it was committed");
    for odd in ["nothing-of-this-name", "--help", "HEAD:content", ""] {
        site.run(["build", &format!("--rev={odd}")]).code(2).says("error: cannot build the revision `");
    }
}

#[test]
#[cfg(unix)]
fn a_commit_is_read_without_the_filters_that_its_repository_sets_up() {
    let Some(site) = committed() else { return };
    let git = |arguments: &[&str]| support::git(site.path(), arguments).expect("git");
    site.write("content/static/.gitattributes", "");
    site.write(".gitattributes", "content/** filter=odd\n");
    git(&["add", ".gitattributes"]);
    git(&["commit", "-q", "-m", "Two"]);
    for kind in ["smudge", "clean", "process"] {
        git(&["config", &format!("filter.odd.{kind}"), "touch ran; cat"]);
    }
    git(&["config", "filter.odd.required", "true"]);
    site.write("content/incidents/payments-slow.yaml", support::INCIDENT.replace("slow", "late"));
    let before = paths(site.path()).contains(&"ran".to_owned());
    site.run(["build", "--rev", "HEAD"]).code(0);
    site.run(["diff", "HEAD"]).stdout("incident payments-slow: Payments late\n...\n");
    site.run(["check", "--since", "HEAD"]).says("");
    assert!(!before && !paths(site.path()).contains(&"ran".to_owned()), "a program of the repository ran");
}
