// Every kind of page says without scripts what it says with them: one visible heading, and the text of `main`.

import { check, facts, visit, visitor } from './lib.mjs';
import { kinds } from './kinds.mjs';

const LEAST_SHARE = 0.9; // times may be longer or shorter once a script made them local

await check(async ({ site, server, browser, fail }) => {
  const pages = kinds(site);
  const plain = await open(browser, server, false);
  const scripted = await open(browser, server, true);
  await scripted.clock.install({ time: facts(site).now }); // later it would add that it is out of date
  for (const [kind, file] of pages) {
    const without = await read(plain, server, file);
    const having = await read(scripted, server, file);
    if (without.headings !== 1) fail(`${kind} (${file}): ${without.headings} visible h1 without scripts`);
    if (without.text.length < 40) fail(`${kind} (${file}): main says only "${without.text}" without scripts`);
    if (without.text.length < having.text.length * LEAST_SHARE) {
      fail(`${kind} (${file}): main has ${without.text.length} characters without scripts, ${having.text.length} with them`);
    }
  }
  return `${pages.length} pages`;
});

async function open(browser, server, javaScriptEnabled) {
  const { context } = await visitor(browser, server, { javaScriptEnabled });
  return context.newPage();
}

async function read(page, server, file) {
  await visit(page, server, file);
  let text = await page.locator('main').innerText();
  // The chooser of the subscribe page says nothing that does not stand below it: the same names, the same addresses. The
  // filters of a list take away from what stands below them, and name what stands there.
  for (const chooser of await page.locator('main [data-subscribe]:visible, main [data-filter]:visible').all()) {
    text = text.replace(await chooser.innerText(), '');
  }
  return {
    text,
    headings: await page.locator('h1:visible').count(),
  };
}
