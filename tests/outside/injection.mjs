// Attackers' texts in a browser, on pages that no policy protects: injection.mjs CANDOR [--full]
// Sites are built with a fifth of the texts of `tests/injection.json` (`--full`: all of them) in every field, and every page of both is opened, with its
// scripts, without the headers of `_headers`. No script of a text runs, no page asks another host or throws, no element has
// a handler or leads to a script. The search of the wiki is asked for what they say.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { BROWSER, files, visitor } from './lib.mjs';
import { serve } from './server.mjs';

const NOW = '2026-11-22T15:31Z';
const SIZE = 28; // texts a site: each has entries of its own
const { ends, words } = JSON.parse(fs.readFileSync(new URL('../injection.json', import.meta.url), 'utf8'));
const [program, flag] = process.argv.slice(2);
const candor = path.resolve(program);
// Of the fifth, each end comes with three or four words, and each word with four or five ends.
const isTaken = (e, w) => flag === '--full' || (e + w) % 5 === 0;
const texts = ends.flatMap((end, e) => words.filter((_, w) => isTaken(e, w)).map((word) => end + word));
const faults = [];
let pages = 0;

const browser = await chromium.launch(BROWSER);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'candor-injection-'));
for (let from = 0; from < texts.length; from += SIZE) {
  const folder = path.join(work, String(from));
  write(folder, texts.slice(from, from + SIZE));
  const [site, wiki] = ['public', 'wiki'].map((name) => path.join(folder, name));
  execFileSync(candor, ['build', '--site', folder, '--out', site, '--wiki-out', wiki, '--now', NOW], { stdio: 'pipe' });
  await Promise.all([look(site, '/'), look(wiki, '/wiki/')]);
}
await browser.close();
fs.rmSync(work, { recursive: true });
for (const fault of faults.slice(0, 40)) console.log(fault);
console.log(`${faults.length} faults; ${texts.length} texts, ${pages} pages`);
process.exitCode = faults.length ? 1 : 0;

/** Opens every page of a site. */
async function look(site, base) {
  const server = await serve(site, base, { headers: false });
  const { context, foreign } = await visitor(browser, server);
  let at;
  const fail = (text) => faults.push(`${path.basename(site)}/${at}: ${text}`);
  await context.exposeFunction('pwned', () => fail('a script of a text ran'));
  await context.addInitScript(() => { globalThis.pwn = () => globalThis.pwned(); });
  const page = await context.newPage();
  page.on('dialog', (dialog) => fail(`a dialog: ${dialog.message()}`) && dialog.dismiss());
  page.on('pageerror', (error) => fail(`a script throws: ${error.message}`));
  for (at of files(site, '.html')) {
    await page.goto(server.url + at, { waitUntil: 'load' });
    (await page.evaluate(handlers)).forEach(fail);
    if (at === 'search/index.html') await ask(page);
    foreign.splice(0).forEach((url) => fail(`asks ${url}`));
    pages += 1;
  }
  await context.close();
  await server.close();
}

/** Types what all texts hold, and waits for hits. */
async function ask(page) {
  await page.locator('input[type=search]').fill('pwn');
  await page.waitForTimeout(500);
}

/** What would run later: at a touch, a key, a click. */
function handlers() {
  const found = [];
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      const isScript = ['href', 'src', 'action', 'formaction', 'xlink:href'].includes(name) && /^[\s\0-\x20]*(javascript|vbscript|data:text)/i.test(value);
      if (name.startsWith('on') || isScript) found.push(`<${element.localName} ${name}=${JSON.stringify(value)}>`);
    }
  }
  return found;
}

/** A site with a text in every field that takes one. */
function write(folder, some) {
  const put = (file, value, body = '') => {
    const whole = path.join(folder, 'content', file);
    fs.mkdirSync(path.dirname(whole), { recursive: true });
    fs.writeFileSync(whole, file.endsWith('.md') ? `---\n${yaml(value)}\n---\n\n${body}\n` : yaml(value));
  };
  const first = `x ${some[0]}`;
  put('site.yaml', {
    name: first, description: some[0], url: 'https://status.example.org/', wiki: { url: 'https://wiki.example.org/wiki/' },
    brand: { footer: [first], home: 'https://www.example.org/' }, groups: [{ id: 'g', name: first }],
    components: some.map((text, n) => ({ id: `c${n}`, name: `${text} ${n}`, description: text, group: 'g' })),
  });
  some.forEach((text, n) => {
    const [title, component] = [`x ${text}`, `c${n}`];
    const status = n % 2 ? 'resolved' : 'monitoring';
    put(`incidents/i${n}.yaml`, { title, updates: [
      { at: '2026-11-22T15:00Z', status: 'investigating', components: { [component]: 'partial_outage' }, body: title },
      { at: '2026-11-22T15:10Z', status, body: title },
    ] });
    put(`maintenance/m${n}.yaml`, { title, components: [component], scheduled: { from: '2026-12-01T15:00Z', until: '2026-12-01T16:00Z' },
      updates: [{ at: '2026-11-20T15:00Z', status: 'scheduled', body: title }] });
    put(`pages/p${n}.md`, { title }, title);
    put(`announcements/a${n}.md`, { title, from: '2026-11-20T15:00Z', until: '2026-12-20T15:00Z' }, title);
    put(`postmortems/r${n}.md`, { title, incident: `i${n}`, tags: [] }, `## Summary\n\n${title}`);
  });
}

/** JSON that is YAML too, whose texts have no control characters. */
function yaml(value) {
  return JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
