// No kind of page scrolls sideways at 320, 390 or 1280 px, nor at 320 px with text of twice the size, folded or unfolded;
// no table that stacks its rows hides some of its columns; and home of sixty components is at most 4,000 px high at 390 px.

import { check, isSample, unfold, visit, visitor } from './lib.mjs';
import { kinds, kindsOfFolders } from './kinds.mjs';

await check(async ({ site, server, browser, fail }) => {
  const pages = isSample(site) ? kinds(site) : kindsOfFolders(site);
  const views = [[320, 200], [320, 100], [390, 100], [1280, 100]];
  for (const [width, percent] of views) {
    const { context } = await visitor(browser, server, { viewport: { width, height: 900 } });
    const page = await context.newPage();
    const name = percent === 100 ? `${width} px` : `${width} px with text at ${percent} %`;
    for (const [kind, file] of pages) {
      await visit(page, server, file);
      await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, `${percent}%`);
      const folded = await excess(page);
      if (kind === 'home' && width === 390) folded.push(...await length(page));
      await unfold(page);
      for (const fault of new Set([...folded, ...await excess(page)])) fail(`${kind} (${file}) at ${name}: ${fault}`);
    }
    await context.close();
  }
  return `${pages.length} pages in ${views.length} views`;
});

/** Whoever has many components finds what is wrong within a few turns of the thumb. */
function length(page) {
  return page.evaluate(() => {
    const { scrollHeight } = document.documentElement;
    const isLong = document.querySelectorAll('.row').length >= 60 && scrollHeight > 4000;
    return isLong ? [`${scrollHeight} px high`] : [];
  });
}

/** Also refuses to clip the page, which hides the excess from a reader and from this check. */
function excess(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const over = root.scrollWidth - root.clientWidth;
    const clips = [root, document.body].filter((one) => /hidden|clip/.test(getComputedStyle(one).overflowX));
    const tables = [...document.querySelectorAll('.scroll')].filter((one) => one.querySelector('.stacks'));
    const hidden = tables.filter((one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1);
    const wide = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1);
    return [
      ...(over > 0 ? [`${over} px too wide, as is ${wide.at(-1)?.outerHTML.slice(0, 100)}`] : []),
      ...hidden.map((one) => `a table hides columns: ${one.textContent.trim().slice(0, 60)}`),
      ...clips.map((one) => `${one.tagName.toLowerCase()} clips what is too wide`),
    ];
  });
}
