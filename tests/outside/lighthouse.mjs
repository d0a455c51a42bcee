// Lighthouse on home and one page of each kind, as on a phone: accessibility, best practices and search at 100. Of its
// performance what no machine's speed is in: nothing moves, nothing comes from elsewhere, and all of it is small.

import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { kinds } from './kinds.mjs';
import { BROWSER, isWiki, parse } from './lib.mjs';
import { serve } from './server.mjs';

const CATEGORIES = ['accessibility', 'best-practices', 'seo'];
const BUDGETS = { 'cumulative-layout-shift': 0, 'total-byte-weight': 100_000 };
const KINDS = ['home', 'open incident', 'component in trouble', 'history', 'uptime', 'subscribe'];
const PORT = 9229 + process.pid % 1000;

const { site } = parse('lighthouse.mjs SITE');
if (isWiki(site)) throw new Error('the wiki is hidden from search engines');
const browser = await chromium.launch({ ...BROWSER, args: [...BROWSER.args, `--remote-debugging-port=${PORT}`] });
const server = await serve(site);
const faults = [];
const pages = kinds(site).filter(([kind]) => KINDS.includes(kind));
for (const [kind, file] of pages) {
  const flags = { port: PORT, logLevel: 'error', onlyCategories: CATEGORIES, onlyAudits: Object.keys(BUDGETS) };
  const { lhr } = await lighthouse(server.url + file.replace(/index\.html$/, ''), flags);
  for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
    const failed = auditRefs.map((audit) => lhr.audits[audit.id]).filter((audit) => audit.score !== null && audit.score < 1);
    if (score < 1) faults.push(`${kind} (${file}): ${id} ${score * 100}: ${failed.map((audit) => audit.title).join('; ')}`);
  }
  for (const [audit, most] of Object.entries(BUDGETS)) {
    const { numericValue } = lhr.audits[audit];
    if (numericValue > most) faults.push(`${kind} (${file}): ${audit} is ${numericValue}, the most is ${most}`);
  }
}
await browser.close();
await server.close();
for (const fault of faults) console.log(fault);
console.log(`${faults.length} faults; ${pages.length} pages`);
process.exitCode = faults.length ? 1 : 0;
