// What the wiki adds to page.js.
