// Hostile texts in a browser, that is in HTML and in drawings: texts.mjs SITE
// Every name, title and text of `texts/` comes back the same, none of it becomes markup, and no right-to-left text moves
// what stands beside it.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, facts, files } from './lib.mjs';

process.env.CONTENT = fileURLToPath(new URL('texts/content', import.meta.url));
const { contentAt } = await import('./content.mjs');

// What XML 1.0 cannot carry is a blank; of blanks in a row a page shows one.
const line = (text) => text.replace(/[\0-\x1f\x7f-\x9f\s]+/g, ' ').trim();

await check(async ({ site, server, browser, fail }) => {
  const content = contentAt(facts(site).now);
  const page = await browser.newPage();
  page.on('dialog', (dialog) => fail(`a script of the content ran: ${dialog.message()}`) && dialog.dismiss());
  let texts = 0;
  for (const [file, wanted] of expected(content)) {
    await page.goto(server.url + file);
    const said = await page.evaluate(textsOf);
    for (const text of wanted.map(line)) {
      texts += 1;
      if (!said.includes(text)) fail(`${file}: no element says just ${JSON.stringify(text)}`);
    }
    for (const tag of ['main script', 'main b:not(.when b)', 'main i:not(.mark)']) {
      if (await page.locator(tag).count()) fail(`${file}: a text became markup, ${tag}`);
    }
  }
  let isolated = 0;
  for (const file of files(site, '.html')) {
    await page.goto(server.url + file);
    const found = await page.evaluate(directions);
    isolated += found.count;
    found.faults.forEach((fault) => fail(`${file}: ${fault}`));
  }
  await page.close();
  return `${texts} texts, ${isolated} right-to-left ones kept apart`;
});

/** Which page or drawing must have an element that says just this. */
function expected({ name, components, groups, incidents, maintenance }) {
  const entry = ({ title, updates }) => [title, ...updates.map(({ body }) => body)];
  return [
    ['index.html', [...components, ...groups].map(({ name }) => name)
      .concat(incidents.filter(({ open }) => open).flatMap(entry), maintenance.map(({ title }) => title))],
    ...incidents.map(({ started, title }) => [`history/${new Date(started).toISOString().slice(0, 7)}/index.html`, [title]]),
    ['maintenance/index.html', maintenance.map(({ title }) => title)],
    ['uptime/index.html', [...components, ...groups].map(({ name }) => name)],
    ['subscribe/index.html', [...components, ...groups].map(({ name }) => name)],
    ...incidents.map((one) => [`incidents/${one.id}/index.html`, entry(one)]),
    ...maintenance.map((one) => [`maintenance/${one.id}/index.html`, [...entry(one), one.text].filter(Boolean)]),
    ...components.map(({ id, name, description }) => [`components/${id}/index.html`, [name, description].filter(Boolean)]),
    ...[['badge.svg', name], ...components.map(({ id, name }) => [`components/${id}/badge.svg`, name])]
      .map(([file, label]) => [file, [label]]),
  ];
}

/** The text of every element, with blanks made one. */
function textsOf() {
  return [...document.querySelectorAll('*')].map((element) => element.textContent.replace(/\s+/g, ' ').trim());
}

/**
 * Right-to-left letters must be in a box of their own: a block that says nothing else, or an isolated part of a line. And
 * a text that begins with them runs from right to left, so that its last mark stands left of its first letter.
 */
function directions() {
  const RTL = /[\u0590-\u08ff]/;
  const faults = [];
  let count = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.trim();
    if (!RTL.test(text) || node.parentElement.closest('script, style, textarea')) continue;
    count += 1;
    const box = boxOf(node);
    const { unicodeBidi, direction } = getComputedStyle(box);
    const said = box.textContent.trim();
    const isApart = ['isolate', 'plaintext', 'isolate-override'].includes(unicodeBidi);
    const isBackwards = /^\P{L}*[\u0590-\u08ff]/u.test(said) && direction !== 'rtl';
    if (!isApart) faults.push(`${JSON.stringify(said)} is not isolated in <${box.localName}>`);
    else if (isBackwards) faults.push(`${JSON.stringify(said)} runs from left to right in <${box.localName}>`);
  }
  return { faults, count };

  /** The nearest element with a direction of its own, or the block. */
  function boxOf(node) {
    let box = node.parentElement;
    while (!box.hasAttribute('dir') && box.localName !== 'bdi' && getComputedStyle(box).display.startsWith('inline')) box = box.parentElement;
    return box;
  }
}
