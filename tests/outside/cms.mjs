// The forms of `candor cms` in the editor that others wrote: Decap CMS takes the configuration, shows every field, and
// what it saves passes `candor check`.
//
//     node cms.mjs CANDOR SITE DECAP DECAP_SERVER [--shots=DIR]
//
// SITE is a folder with `content/`, DECAP the folder `dist` of the npm package decap-cms, DECAP_SERVER the package of this name.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import YAML from 'yaml';
import { BROWSER } from './lib.mjs';
import { serve } from './server.mjs';

const [candor, site, decap, decapServer] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const shots = process.argv.find((word) => word.startsWith('--shots='))?.slice(8);
const NOW = '2026-11-22T15:31Z';
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'candor-cms-'));
const faults = [];
const fail = (text) => faults.push(text);

const copy = path.join(work, 'site');
fs.cpSync(path.join(site, 'content'), path.join(copy, 'content'), { recursive: true });
const admin = path.join(work, 'admin');
execFileSync(candor, ['cms', '--site', copy, '--out', admin, '--now', NOW], { stdio: 'pipe' });
for (const file of fs.readdirSync(decap).filter((name) => name.endsWith('decap-cms.js'))) {
  fs.copyFileSync(path.join(decap, file), path.join(admin, file));
}

const config = YAML.parse(fs.readFileSync(path.join(admin, 'config.yml'), 'utf8'));
const store = spawn(process.execPath, [path.join(decapServer, 'dist', 'index.js')], { cwd: copy, stdio: 'ignore' });

const server = await serve(admin);
const browser = await chromium.launch(BROWSER);
const page = await browser.newPage({ viewport: { width: 1280, height: 1600 }, timezoneId: 'Europe/Copenhagen' });
page.setDefaultTimeout(15000);
const said = [];
const foreign = [];
page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
page.on('pageerror', (error) => fail(`the page failed: ${error.message}`));
page.on('request', (request) => {
  if (![server.url, config.backend.proxy_url].some((url) => request.url().startsWith(url)) && /^https?:/.test(request.url())) foreign.push(request.url());
});

try {
  await page.goto(`${server.url}index.html`);
  await page.getByRole('button', { name: /login/i }).click();
  await page.getByRole('link', { name: 'Incidents' }).first().waitFor();
  for (const collection of config.collections) await shows(collection);
  await saveIncident();
  await saveMaintenance();
  await change();
} catch (error) {
  await page.screenshot({ path: path.join(work, 'failed.png'), fullPage: true }).catch(() => {});
  fail(`${error.message}\n(see ${work}/failed.png)`);
}
await browser.close();
await server.close();
store.kill();
if (foreign.length) fail(`requests to other hosts: ${[...new Set(foreign)].join(', ')}`);
for (const text of said.filter((text) => /config/i.test(text))) fail(`Decap said: ${text}`);
for (const fault of faults) console.log(fault);
console.log(`${faults.length} faults; ${config.collections.length} forms, 2 entries saved, 1 changed`);
if (!faults.length) fs.rmSync(work, { recursive: true });
process.exitCode = faults.length ? 1 : 0;

/** Opens the form of a new entry and looks for the label of every field. */
async function shows(collection) {
  await open(collection.name);
  const text = (await page.locator('body').innerText()).toLowerCase();
  for (const field of collection.fields) {
    if (!text.includes(field.label.toLowerCase())) fail(`${collection.name}: no field “${field.label}”`);
  }
  if (shots) await page.screenshot({ path: path.join(shots, `cms-${collection.name}.png`), fullPage: true });
}

async function saveIncident() {
  await open('incidents');
  await page.locator('[id^="title-field"]').fill("Labels can't be printed: “error 500”");
  await page.getByRole('button', { name: /add update/i }).click();
  await page.locator('[id^="at-field"]').fill('2026-11-22T15:10');
  await choose('status-field', 'investigating');
  await choose('api-field', 'degraded_performance');
  await page.locator('[data-slate-editor="true"]').first().click();
  await page.keyboard.type('Labels are printed late. Orders are safe.');
  if (shots) await page.screenshot({ path: path.join(shots, 'cms-filled.png'), fullPage: true });
  await save('incidents');
}

async function saveMaintenance() {
  await open('maintenance');
  await page.locator('[id^="title-field"]').fill('Database upgrade');
  await page.locator('[id^="from-field"]').fill('2026-11-29T02:00');
  await page.locator('[id^="until-field"]').fill('2026-11-29T04:00');
  await choose('components-field', 'API');
  await save('maintenance');
}

/** An entry of the site in a sub-folder is listed, and keeps what is not touched. */
async function change() {
  const name = 'content/incidents/2026/2026-09-27-checkout-unavailable.md';
  const before = fs.readFileSync(path.join(copy, name), 'utf8');
  await page.goto('about:blank');
  await page.goto(`${server.url}index.html#/collections/incidents`);
  await page.getByRole('link', { name: /Checkout/ }).first().waitFor();
  await page.goto('about:blank');
  await page.goto(`${server.url}index.html#/collections/incidents/entries/2026/2026-09-27-checkout-unavailable`);
  const title = page.locator('[id^="title-field"]');
  await title.waitFor();
  await title.fill('Checkout was unavailable');
  if (shots) await page.screenshot({ path: path.join(shots, 'cms-changed.png'), fullPage: true });
  await publish();
  const after = fs.readFileSync(path.join(copy, name), 'utf8');
  const [old, now] = [before, after].map((text) => YAML.parse(text.split('---\n')[1]));
  if (now.title !== 'Checkout was unavailable') fail(`the title is ${now.title}`);
  for (const [one, other] of [[old, now]]) {
    const [a, b] = [one, other].map((entry) => JSON.stringify(sorted({ ...entry, title: '' })));
    if (a !== b) fail(`what was not touched has changed:\n${a}\n${b}`);
  }
  checked('a changed incident', after);
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || !value) return typeof value === 'string' ? value.trim() : value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

async function choose(field, option) {
  await page.locator(`input[id^="${field}"]`).first().click();
  await page.getByRole('option', { name: option }).first().click();
}

/** Publishes the open entry, puts what was saved into the site and checks it. */
async function save(folder) {
  const before = names();
  await publish();
  const made = names().filter((name) => !before.includes(name)).map((name) =>
    [name, fs.readFileSync(path.join(copy, name), 'utf8')]);
  for (const [name, text] of made) {
    if (shots) fs.writeFileSync(path.join(shots, path.basename(name)), text);
    const stem = path.basename(name, '.md');
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem)) fail(`${folder}: the file is called ${stem}`);
  }
  if (made.length !== 1) fail(`${folder}: ${made.length} files were saved`);
  for (const [, text] of made) checked(folder, text);
}

async function publish() {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('menuitem', { name: /publish now/i }).first().click();
  await page.getByRole('button', { name: 'Published' }).first().waitFor();
}

function checked(what, text) {
  const report = spawnSync(candor, ['check', '--site', copy, '--now', NOW, '--format', 'json'], { encoding: 'utf8' });
  if (report.status !== 0) fail(`${what}: check says ${report.stdout}${report.stderr}\n${text}`);
}

/** Every file of the content. */
function names() {
  return fs.readdirSync(copy, { recursive: true }).filter((name) => name.startsWith('content') && name.endsWith('.md'));
}

/** A new entry of a collection. The page is loaded anew, for Decap mixes up the fields of two forms otherwise. */
async function open(collection) {
  await page.goto('about:blank');
  await page.goto(`${server.url}index.html#/collections/${collection}/new`);
  await page.locator('[id^="title-field"]').waitFor();
}
