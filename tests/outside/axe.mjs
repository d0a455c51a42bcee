// Accessibility: axe-core finds no violation on any kind of page, light and dark, wide and narrow, with and without
// the page's own scripts.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { check, unfold, visit, visitor } from './lib.mjs';
import { kinds } from './kinds.mjs';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };
const WAYS = [
  { name: 'light, wide', colorScheme: 'light', viewport: WIDE },
  { name: 'light, 390 px', colorScheme: 'light', viewport: NARROW },
  { name: 'dark, wide', colorScheme: 'dark', viewport: WIDE },
  { name: 'dark, 390 px', colorScheme: 'dark', viewport: NARROW },
  { name: 'light, 390 px, no scripts', colorScheme: 'light', viewport: NARROW, scripts: false },
  { name: 'dark, wide, no scripts', colorScheme: 'dark', viewport: WIDE, scripts: false },
];

await check(async ({ site, server, browser, fail }) => {
  const pages = kinds(site);
  for (const { name, scripts = true, ...options } of WAYS) {
    const { context } = await visitor(browser, server, options);
    if (!scripts) await context.route(server.url + '**', withoutScripts);
    const page = await context.newPage();
    for (const [kind, file] of pages) {
      await visit(page, server, file);
      await unfold(page);
      for (const violation of await violations(page)) fail(`${kind} (${file}), ${name}: ${violation}`);
    }
    await context.close();
  }
  return `${pages.length} pages in ${WAYS.length} ways`;
});

async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${rule.help}\n    ${node.target.join(' ')}  ${node.html.slice(0, 120)}${contrast(node)}`));
}

function contrast(node) {
  const data = node.any.find((one) => one.data?.contrastRatio)?.data;
  return data ? `\n    contrast ${data.contrastRatio} of ${data.fgColor} on ${data.bgColor}, wanted ${data.expectedContrastRatio}` : '';
}

/** axe itself needs scripts, so the page's own are taken out of what it is served. */
async function withoutScripts(route) {
  if (route.request().resourceType() === 'script') return route.abort();
  if (route.request().resourceType() !== 'document') return route.fallback();
  const response = await route.fetch();
  const body = (await response.text()).replace(/<script\b[\s\S]*?<\/script>/gi, '');
  return route.fulfill({ response, body });
}
