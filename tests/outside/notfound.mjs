// The page for a missing address, shown at a deep one: it has its style, its links lead somewhere, and nothing it needs
// is missing. The site is served at the path that its own address names.

import { check, facts, visitor } from './lib.mjs';
import { serve } from './server.mjs';

const MISSING = 'no/such/page/here/';

await check(async ({ site, server: root, browser, fail }) => {
  const address = facts(site).wiki ?? await canonical(browser, root);
  const server = await serve(site, new URL(address).pathname);
  const { context, foreign } = await visitor(browser, server);
  const page = await context.newPage();
  const missed = [];
  page.on('response', (response) => response.status() >= 400 && missed.push(response.url()));
  const response = await page.goto(server.url + MISSING, { waitUntil: 'load' });
  if (response.status() !== 404) fail(`status ${response.status()}`);
  const rules = await page.evaluate(rulesOfStyle);
  if (rules < 10) fail(`${rules} rules of style`);
  for (const url of missed.filter((url) => url !== server.url + MISSING)) fail(`needs ${url}, which is missing`);
  for (const url of foreign) fail(`needs ${url}`);

  const links = await page.locator('a[href]').evaluateAll((all) => all.map((one) => one.href));
  const own = links.map((link) => link.replace(address, server.url)).filter((link) => !link.includes('#'))
    .filter((link) => new URL(link).origin === new URL(server.url).origin);
  if (!own.length) fail('no link to the site');
  for (const link of own) {
    const answer = await context.request.get(link);
    if (!answer.ok()) fail(`links to ${link}: status ${answer.status()}`);
  }
  await server.close();
  return `${own.length} links, ${rules} rules of style`;
});

/** A sheet whose address led to another kind of file has no rules that can be read. */
function rulesOfStyle() {
  const count = (sheet) => {
    try {
      return sheet.cssRules.length;
    } catch {
      return 0;
    }
  };
  return [...document.styleSheets].reduce((sum, sheet) => sum + count(sheet), 0);
}

async function canonical(browser, server) {
  const { context } = await visitor(browser, server);
  const page = await context.newPage();
  await page.goto(server.url);
  return page.locator('link[rel=canonical]').getAttribute('href', { timeout: 1000 });
}
