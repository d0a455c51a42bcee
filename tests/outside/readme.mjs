// The pictures of the README, from the sample site at 2026-11-22T15:31Z: readme.mjs SITE WIKI [--out=.github/images]
// As WebP, which the browser makes of its own screenshots.

import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { BROWSER, facts, parse, visit, visitor } from './lib.mjs';
import { serve } from './server.mjs';

const { site, words: [wiki], flags } = parse('readme.mjs SITE WIKI [--out=.github/images]');
const PICTURES = [
  ['home', site, 'index.html', { width: 840, height: 1265 }],
  ['incident-dark', site, 'incidents/2026-11-22-checkout-payments/index.html', { width: 390, height: 844, dark: true }],
  ['wiki', wiki, 'index.html', { width: 1200, height: 900 }],
  ['postmortem', wiki, 'postmortems/pm-2026-010/index.html', { width: 1200, height: 840 }],
];
const out = flags.out ?? '.github/images';
fs.mkdirSync(out, { recursive: true });

const browser = await chromium.launch(BROWSER);
for (const [name, folder, file, { width, height, dark }] of PICTURES) {
  const server = await serve(folder);
  const { context } = await visitor(browser, server, { viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
  const page = await context.newPage();
  await page.clock.install({ time: facts(folder).now });
  await visit(page, server, file);
  const png = (await page.screenshot()).toString('base64');
  await page.goto('about:blank');
  const webp = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.5).split(',')[1];
  }, png);
  const picture = path.join(out, `${name}.webp`);
  fs.writeFileSync(picture, Buffer.from(webp, 'base64'));
  console.log(`${picture}: ${fs.statSync(picture).size} bytes`);
  await context.close();
  await server.close();
}
await browser.close();
