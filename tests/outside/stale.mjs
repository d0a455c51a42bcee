// A page that was built long ago says so: `[data-stale]` is unseen five minutes after the build, and visible, announced
// and dated thirty days after it.

import { check, facts, visit, visitor } from './lib.mjs';
import { kinds } from './kinds.mjs';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

await check(async ({ site, server, browser, fail }) => {
  const built = Date.parse(facts(site).now);
  const early = await pageAt(browser, server, built + 5 * MINUTE);
  const late = await pageAt(browser, server, built + 30 * DAY);
  const pages = kinds(site).filter(([kind]) => kind !== 'not found');
  for (const [kind, file] of pages) {
    const fresh = await banners(early, server, file);
    const stale = await banners(late, server, file);
    if (fresh.length) fail(`${kind} (${file}): a banner right after the build: ${fresh[0].text}`);
    if (stale.length !== 1) fail(`${kind} (${file}): ${stale.length} banners after 30 days`);
    for (const { role, text } of stale) {
      if (!['status', 'alert'].includes(role)) fail(`${kind} (${file}): the banner's role is ${role}`);
      if (!/\d/.test(text)) fail(`${kind} (${file}): the banner doesn't say how old the page is: ${text}`);
    }
  }
  return `${pages.length} pages`;
});

async function pageAt(browser, server, time) {
  const { context } = await visitor(browser, server);
  const page = await context.newPage();
  await page.clock.install({ time });
  return page;
}

async function banners(page, server, file) {
  await visit(page, server, file);
  return page.locator('[data-stale]:visible').evaluateAll((all) =>
    all.map((one) => ({ role: one.getAttribute('role'), text: one.innerText })));
}
