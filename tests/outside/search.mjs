// The search of the wiki: a word typed gives the report that has it in its title first, with the part in which the words
// stand; from a server under the headers of `_headers`, and from a disk. `/` leads to the field, the number of hits is
// announced, the address keeps the words. The first query loads at most 200 KB. Without scripts the page lists every report.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { check, files, visit, visitor } from './lib.mjs';

const PAGE = 'search/index.html';
const MOST = 200_000;
const PATIENCE = 5000;

await check(async ({ site, server, browser, fail }) => {
  vectors(fail);
  const reports = files(site, 'index.html').filter((file) => /^postmortems\/[^/]+\/index\.html$/.test(file));
  const listed = await withoutScripts(browser, server, fail);
  if (listed.length !== reports.length) fail(`${listed.length} reports are listed, the wiki has ${reports.length}`);
  const wanted = listed.map((row) => rareWord(row, listed)).find(Boolean);
  if (!wanted) throw new Error('no report has a word of its own in its title');

  const { context, foreign } = await visitor(browser, server);
  const page = await context.newPage();
  let bytes = 0;
  page.on('response', async (response) => { bytes += (await response.body().catch(() => [])).length; });
  await visit(page, server, PAGE);
  await query(page, wanted, fail);
  await page.waitForLoadState('networkidle');
  if (bytes > MOST) fail(`the first query loads ${bytes} bytes, the most is ${MOST}`);
  for (const url of foreign) fail(`asks ${url}`);
  await details(page, server, wanted, fail);

  const disk = await browser.newPage();
  await disk.goto(pathToFileURL(path.join(site, PAGE)).href);
  await query(disk, wanted, fail);
  return `${listed.length} reports, "${wanted.word}" found, ${bytes} bytes`;
});

/** The script makes the same words of a text as `src/render/wiki/search/words.rs`: both are held to one file. */
function vectors(fail) {
  const root = new URL('../../', import.meta.url);
  const script = fs.readFileSync(new URL('themes/default/static/wiki/wiki.js', root), 'utf8');
  // The script is one function without a name for its parts, as it has to be small: its tokenizer is cut out.
  const [from, until] = ['  var plain =', '  window.candorShard'].map((mark) => script.indexOf(mark));
  if (from < 0 || until < from) throw new Error('wiki.js does not have its tokenizer where it was');
  const words = new Function(`${script.slice(from, until)}return words;`)();
  for (const vector of JSON.parse(fs.readFileSync(new URL('tests/search-words.json', root), 'utf8'))) {
    const found = words(vector.text);
    if (found.join('|') !== vector.words.join('|')) fail(`wiki.js makes ${JSON.stringify(found)} of "${vector.text}", wanted ${JSON.stringify(vector.words)}`);
  }
}

/** What a reader without scripts has: each report with its link and its facts, and no field that does nothing. */
async function withoutScripts(browser, server, fail) {
  const { context } = await visitor(browser, server, { javaScriptEnabled: false });
  const page = await context.newPage();
  await visit(page, server, PAGE);
  if (await page.locator('input:visible').count()) fail('a field that needs scripts is there without them');
  const rows = await page.locator('#reports > li:visible').evaluateAll((all) => all.map((row) => ({
    title: row.querySelector('a')?.textContent ?? '',
    facts: row.querySelector('p')?.textContent.trim() ?? '',
  })));
  for (const { title, facts } of rows) if (!title || !/\d{4}/.test(facts)) fail(`listed without its facts: "${title}" ${facts}`);
  await context.close();
  return rows;
}

/** The report with a word that the title of no other has. */
function rareWord({ title }, rows) {
  const words = title.toLowerCase().match(/[a-z]{5,}/g) ?? [];
  const word = words.find((one) => rows.filter((row) => row.title.toLowerCase().includes(one)).length === 1);
  return word && { word, title };
}

/** Types the word as a reader does, in capitals and not to its end. */
async function query(page, { word, title }, fail) {
  const where = new URL(page.url()).protocol;
  await page.keyboard.press('/');
  if (!await page.evaluate(() => document.activeElement.matches('input[type=search]'))) fail(`${where} "/" does not lead to the field`);
  await page.keyboard.type(word.toUpperCase());
  await page.waitForFunction(() => document.querySelector('[role=status]').textContent, null, { timeout: PATIENCE })
    .catch(() => fail(`${where} nothing is announced for "${word}"`));
  const first = page.locator('#reports > li:visible').first();
  const found = await first.locator('a').textContent();
  if (found !== title) fail(`${where} "${word}" gives "${found}" first, wanted "${title}"`);
  if (!/title/.test(await first.locator('.where').textContent().catch(() => ''))) fail(`${where} it is not said where "${word}" stands`);
}

async function details(page, server, { word, title }, fail) {
  if (new URL(page.url()).searchParams.get('q') !== word.toUpperCase()) fail(`the address does not keep the words: ${page.url()}`);
  await page.goto(`${server.url}search/?q=${word.slice(0, 4)}`);
  await page.waitForFunction(() => /\d/.test(document.querySelector('[role=status]').textContent), null, { timeout: PATIENCE })
    .catch(() => fail('the words of the address are not looked for'));
  const titles = await page.locator('#reports > li:visible > a').allTextContents();
  if (!titles.includes(title)) fail(`the beginning "${word.slice(0, 4)}" does not find "${title}"`);
  const all = await page.locator('#reports > li').count();
  await page.locator('input[type=search]').fill('qzxqzx');
  await page.waitForFunction(() => !document.querySelector('#reports > li:not([hidden])'), null, { timeout: PATIENCE })
    .catch(() => fail('a word that no report has finds some'));
  await page.locator('input[type=search]').fill('');
  await page.waitForFunction((n) => document.querySelectorAll('#reports > li:not([hidden])').length === n, all, { timeout: PATIENCE })
    .catch(() => fail('an empty field does not bring the list back'));
}
