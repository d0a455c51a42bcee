// No kind of page scrolls sideways at 320, 390 or 1280 px, folded or unfolded.

import { check, unfold, visit, visitor } from './lib.mjs';
import { kinds } from './kinds.mjs';

await check(async ({ site, server, browser, fail }) => {
  const pages = kinds(site);
  const widths = [320, 390, 1280];
  for (const width of widths) {
    const { context } = await visitor(browser, server, { viewport: { width, height: 900 } });
    const page = await context.newPage();
    for (const [kind, file] of pages) {
      await visit(page, server, file);
      const folded = await excess(page);
      await unfold(page);
      for (const fault of new Set([...folded, ...await excess(page)])) fail(`${kind} (${file}) at ${width} px: ${fault}`);
    }
    await context.close();
  }
  return `${pages.length} pages at ${widths.join(', ')} px`;
});

/** Also refuses to clip the page, which hides the excess from a reader and from this check. */
function excess(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const over = root.scrollWidth - root.clientWidth;
    const clips = [root, document.body].filter((one) => /hidden|clip/.test(getComputedStyle(one).overflowX));
    const wide = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1);
    return [
      ...(over > 0 ? [`${over} px too wide, as is ${wide.at(-1)?.outerHTML.slice(0, 100)}`] : []),
      ...clips.map((one) => `${one.tagName.toLowerCase()} clips what is too wide`),
    ];
  });
}
