// The bars of home: every day a cell that can be seen, of one width in all rows; what a day was under the pointer, by
// the keys and at a tap; one stop of the Tab key a component; without scripts, a way to the day.

import { check, unfold, visit, visitor } from './lib.mjs';

await check(async ({ server, browser, fail }) => {
  const widths = [];
  for (const width of [1440, 768, 390, 320]) {
    const { context } = await visitor(browser, server, { viewport: { width, height: 900 } });
    const page = await context.newPage();
    await visit(page, server, 'index.html');
    await unfold(page);
    const bars = await page.evaluate(() => [...document.querySelectorAll('.bars')].map((svg) => svg.getBoundingClientRect().width / 90));
    const [least, most] = [Math.min(...bars), Math.max(...bars)];
    if (most - least > 0.01) fail(`at ${width} px, days are ${least} to ${most} px wide`);
    if (width === 1440 && least < 4) fail(`at ${width} px, a day is ${least} px wide`);
    widths.push(`${least.toFixed(1)} px at ${width}`);
    await context.close();
  }
  for (const colorScheme of ['light', 'dark']) await colours(browser, server, colorScheme, fail);
  await pointerAndKeys(browser, server, fail);
  await tap(browser, server, fail);
  await withoutScripts(browser, server, fail);
  return `a day is ${widths.join(', ')}`;
});

/** Quiet days and days without data reach 3:1 on their ground, and quiet days 60 % of the height. */
async function colours(browser, server, colorScheme, fail) {
  const { context } = await visitor(browser, server, { colorScheme });
  const page = await context.newPage();
  await visit(page, server, 'index.html');
  const found = await page.evaluate(() => {
    const light = (colour) => {
      const [r, g, b] = colour.match(/[\d.]+/g).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = light(getComputedStyle(document.querySelector('.group')).backgroundColor);
    return [...document.querySelectorAll('.bars path')].map((path) => {
      const shape = light(getComputedStyle(path).stroke);
      const height = path.className.baseVal === 'quiet' ? parseFloat(getComputedStyle(path).strokeWidth) / path.ownerSVGElement.viewBox.baseVal.height : 1;
      return { kind: path.className.baseVal, contrast: (Math.max(shape, ground) + 0.05) / (Math.min(shape, ground) + 0.05), height };
    });
  });
  if (!found.some(({ kind }) => kind === 'quiet')) fail('no day is quiet');
  for (const { kind, contrast, height } of found) {
    if (contrast < 3) fail(`${colorScheme}: ${kind} days have ${contrast.toFixed(2)}:1`);
    if (height < 0.6) fail(`${kind} days have ${height} of the height`);
  }
  await context.close();
}

async function pointerAndKeys(browser, server, fail) {
  const { context } = await visitor(browser, server);
  const page = await context.newPage();
  await visit(page, server, 'index.html');
  await unfold(page);
  const rows = await page.locator('.row').count();
  const stops = await page.locator('.cells[tabindex="0"]').count();
  if (stops !== rows) fail(`${stops} stops for ${rows} components`);
  const day = page.locator('.row .bars rect').first();
  await day.hover();
  const card = page.locator('.day');
  if (await card.locator('a').count() < 2) fail('under the pointer, a day does not name its incidents');
  await page.keyboard.press('Escape');
  await page.mouse.move(0, 0);
  const cells = page.locator('.row .cells').first();
  await cells.focus();
  const latest = await cells.getAttribute('aria-valuetext');
  await page.keyboard.press('ArrowLeft');
  if (await cells.getAttribute('aria-valuetext') === latest) fail('the arrow keys do not move');
  if (!await card.isVisible()) fail('the keys show nothing');
  await page.keyboard.press('Escape');
  if (await card.count()) fail('Escape does not close');
  await page.keyboard.press('ArrowLeft');
  if (!await card.count()) fail('after Escape, the arrow keys show nothing');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  if (await card.count() > 1) fail('two days are shown at once');
  await context.close();
}

async function tap(browser, server, fail) {
  const { context } = await visitor(browser, server, { viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await visit(page, server, 'index.html');
  await unfold(page);
  const before = page.url();
  await page.locator('.row .bars rect').first().tap({ force: true });
  if (page.url() !== before) fail('a tap leaves the page instead of telling of the day');
  const card = page.locator('.day');
  if (!await card.count()) fail('a tap shows nothing');
  const box = await card.boundingBox();
  if (box && (box.x < 0 || box.x + box.width > 390)) fail('the detail of a day leaves the screen');
  await page.locator('h1').tap();
  if (await card.count()) fail('a tap elsewhere does not close');
  await context.close();
}

async function withoutScripts(browser, server, fail) {
  const { context } = await visitor(browser, server, { javaScriptEnabled: false });
  const page = await context.newPage();
  await visit(page, server, 'index.html');
  const [href] = await page.locator('.row .bars a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  if (!href) return fail('no day leads anywhere');
  await page.goto(server.url + href, { waitUntil: 'load' });
  if (!await page.locator(`[id="${href.split('#')[1]}"]`).count()) fail(`${href} leads to no day`);
  await context.close();
}
