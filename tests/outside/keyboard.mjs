// A walk over home with the Tab key: fewer than 80 stops, the first of them a way past the navigation, each one
// visible with a visible mark of the focus, and an end to it.

import { check, visit, visitor } from './lib.mjs';

const MOST = 80;

await check(async ({ server, browser, fail }) => {
  const { context } = await visitor(browser, server);
  const page = await context.newPage();
  await visit(page, server, 'index.html');
  const stops = [];
  for (let stop = await next(page); stop && stops.length < MOST; stop = await next(page)) stops.push(stop);
  if (stops.length >= MOST) fail(`${MOST} stops and no end`);
  for (const { name, visible, marked } of stops) {
    if (!visible) fail(`the focus is on something unseen: ${name}`);
    if (!marked) fail(`nothing marks the focus: ${name}`);
  }
  await skip(page, server, fail);
  return `${stops.length} stops`;
});

/** Presses Tab; null when the focus has left the page. */
async function next(page) {
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const on = document.activeElement;
    if (!on || on === document.body || on.dataset.walked) return null;
    on.dataset.walked = 'yes';
    const box = on.getBoundingClientRect();
    const style = getComputedStyle(on);
    return {
      name: on.outerHTML.slice(0, 100),
      visible: box.width > 0 && box.height > 0 && box.right > 0 && style.visibility === 'visible',
      marked: (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none',
    };
  });
}

/** The first stop leads into `main`. */
async function skip(page, server, fail) {
  await visit(page, server, 'index.html');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  if (!await page.evaluate(() => document.activeElement.closest('main'))) fail('the first stop does not lead into main');
}
