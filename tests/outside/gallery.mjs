// Every kind of page in every state and view, as pictures to look at: gallery.mjs --out=FOLDER NAME=SITE ...
// Of the sample every kind of page, of the others home, an incident, a component and the history. Beside the pictures,
// `index.html` shows all of them.

import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { kinds, kindsOfFolders } from './kinds.mjs';
import { BROWSER, facts, isSample, visit, visitor } from './lib.mjs';
import { serve } from './server.mjs';

const VIEWS = {
  '1440': { width: 1440 },
  '768': { width: 768 },
  '390': { width: 390 },
  '320': { width: 320 },
  '1440-dark': { width: 1440, colorScheme: 'dark' },
  '390-dark': { width: 390, colorScheme: 'dark' },
  'print': { width: 800, media: 'print' },
  'forced': { width: 390, forcedColors: 'active' },
  'text-200': { width: 320, percent: 200 },
  'noscript': { width: 390, javaScriptEnabled: false },
};
const OF_STATES = /^(home|history\/|(another )?of (incidents|components)\/)$/;

const out = process.argv.find((word) => word.startsWith('--out='))?.slice('--out='.length);
const sites = process.argv.slice(2).filter((word) => !word.startsWith('--')).map((word) => word.split(/=(.*)/));
if (!out || !sites.length) throw new Error('usage: gallery.mjs --out=FOLDER NAME=SITE ...');
fs.mkdirSync(out, { recursive: true });

const taken = [];
const browser = await chromium.launch(BROWSER);
for (const [name, site] of sites) {
  const server = await serve(site);
  const pages = isSample(site) ? kinds(site) : kindsOfFolders(site).filter(([kind]) => OF_STATES.test(kind));
  for (const [view, { width, media, percent, ...options }] of Object.entries(VIEWS)) {
    const { context } = await visitor(browser, server, { viewport: { width, height: width < 600 ? 844 : 900 }, ...options });
    const page = await context.newPage();
    if (options.javaScriptEnabled !== false) await page.clock.install({ time: facts(site).now }); // as it looked when it was built
    if (media) await page.emulateMedia({ media });
    for (const [kind, file] of pages) {
      await visit(page, server, file);
      if (percent) await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, `${percent}%`);
      const picture = `${name}-${kind.replace(/[ /]+/g, '-')}-${view}.png`;
      await page.screenshot({ path: path.join(out, picture), fullPage: true });
      taken.push(picture);
    }
    await context.close();
  }
  await server.close();
}
await browser.close();
const figures = taken.map((file) => `<figure><a href="${file}"><img loading="lazy" src="${file}" height="480"></a><figcaption>${file}</figcaption></figure>`);
fs.writeFileSync(path.join(out, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Gallery</title><style>body{display:flex;flex-wrap:wrap;gap:1rem}</style>${figures.join('\n')}\n`);
console.log(`${taken.length} pictures of ${sites.length} sites in ${out}`);
