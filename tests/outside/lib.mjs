// What the checks share: the arguments, the browser, the visit to a page, the verdict.

import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

export const BROWSER = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // Playwright turns off most of what a browser asks its vendor for; these are the rest.
  args: ['--disable-gpu', '--disable-quic'],
};

/** Splits ['site', 'a', '--width=390'] into the site's folder, the other words and the flags. */
export function parse(usage, argv = process.argv.slice(2)) {
  const words = argv.filter((word) => !word.startsWith('--'));
  const flags = Object.fromEntries(argv.filter((word) => word.startsWith('--'))
    .map((word) => /^--([^=]+)=?(.*)$/.exec(word).slice(1)));
  if (!words.length || !fs.existsSync(path.join(words[0], 'index.html'))) {
    console.error(`usage: ${usage}\n  SITE is the folder of a built site`);
    process.exit(2);
  }
  return { site: path.resolve(words[0]), words: words.slice(1), flags };
}

/**
 * Runs one check on each site that the command line names, and exits 1 when it called `fail`.
 * `work` answers with a few words on what it looked at.
 */
export async function check(work) {
  const { site, words } = parse(`${path.basename(process.argv[1])} SITE ...`);
  const sites = [site, ...words];
  const faults = [];
  const seen = [];
  const browser = await chromium.launch(BROWSER);
  for (const site of sites) {
    const where = sites.length > 1 ? `${facts(site).now}: ` : '';
    const fail = (text) => faults.push(where + text);
    const server = await serve(site, base(site));
    seen.push(await work({ site, server, browser, fail })
      .catch((error) => fail(`the check could not go on: ${error.message}`) && 'incomplete'));
    await server.close();
  }
  await browser.close();
  for (const fault of faults) console.log(fault);
  console.log(`${faults.length} faults; ${seen.join('; ')}`);
  process.exitCode = faults.length ? 1 : 0;
}

/** The path at which the site is served. The wiki's page for a missing address needs the one that the wiki names. */
function base(site) {
  const { wiki } = facts(site);
  return wiki ? new URL(wiki).pathname : '/';
}

/** Fails unless what somebody else's program said of the site is what the content says. */
export function agree(fail, what, said, content) {
  const [one, other] = [said, content].map((value) => JSON.stringify(value));
  if (one === other) return;
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  const from = Math.max(0, at - 60);
  fail(`${what}: said …${one.slice(from, at + 60)}…, the content …${other.slice(from, at + 60)}…`);
}

/** A browser context that reaches the server alone; what it asks of others is refused and kept in `foreign`. */
export async function visitor(browser, server, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', ...options });
  const foreign = [];
  await context.route((url) => url.origin !== new URL(server.url).origin && url.protocol !== 'data:', (route) => {
    foreign.push(route.request().url());
    return route.abort();
  });
  return { context, foreign };
}

/** Opens a page of the site by the path of its file, in the way the hosts serve it: the folder, not its index.html. */
export async function visit(page, server, file) {
  const response = await page.goto(server.url + file.replace(/index\.html$/, ''), { waitUntil: 'load' });
  const expected = file === '404.html' ? [200, 404] : [200];
  if (!expected.includes(response.status())) throw new Error(`${file}: status ${response.status()}`);
  return response;
}

/** Opens every folded part: what is folded away is neither laid out nor checked. */
export const unfold = (page) => page.evaluate(() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});

/** The paths of all files of the site that end so, sorted. */
export function files(site, ending) {
  return fs.readdirSync(site, { recursive: true }).filter((file) => file.endsWith(ending)).sort();
}

/** The wiki says in its record where it is published, or null. */
export const isWiki = (site) => 'wiki' in facts(site);

/** Whether it is the sample, of which the checks know the content. */
export const isSample = (site) => fs.readFileSync(path.join(site, 'build.json'), 'utf8').includes('northwind');

export const facts = (site) => JSON.parse(fs.readFileSync(path.join(site, 'build.json'), 'utf8'));
