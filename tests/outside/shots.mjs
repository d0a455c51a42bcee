// Screenshots of a built site, to look at and for the README:
//   shots.mjs SITE [PAGE ...] --out=FOLDER [--widths=1280,390] [--schemes=light,dark] [--fold]
// A PAGE is the path of a file, such as incidents/ID/index.html; without any, one page of each kind.
// --fold keeps what is visible without scrolling. Each file is named for its page, width and scheme.

import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { kinds } from './kinds.mjs';
import { BROWSER, facts, parse, visit, visitor } from './lib.mjs';
import { serve } from './server.mjs';

const { site, words, flags } = parse('shots.mjs SITE [PAGE ...] --out=FOLDER [--widths=1280,390] [--schemes=light,dark] [--fold]');
if (!flags.out) throw new Error('--out=FOLDER is missing');
const pages = words.length ? words.map((file) => [file.replace(/\/?index\.html$/, '') || 'home', file]) : kinds(site);
fs.mkdirSync(flags.out, { recursive: true });

const browser = await chromium.launch(BROWSER);
const server = await serve(site);
for (const width of (flags.widths ?? '1280,390').split(',').map(Number)) {
  for (const colorScheme of (flags.schemes ?? 'light,dark').split(',')) {
    const { context } = await visitor(browser, server, { viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme });
    const page = await context.newPage();
    await page.clock.install({ time: facts(site).now }); // as it looked when it was built
    for (const [name, file] of pages) {
      await visit(page, server, file);
      const out = path.join(flags.out, `${name.replace(/[ /]/g, '-')}-${width}-${colorScheme}.png`);
      await page.screenshot({ path: out, fullPage: !('fold' in flags) });
      console.log(out);
    }
    await context.close();
  }
}
await browser.close();
await server.close();
