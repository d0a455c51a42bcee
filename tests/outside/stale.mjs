// What an open page knows of its age: `[data-stale]` is unseen five minutes after the build, and visible, announced and
// dated thirty days after it. A later `build.json` is noticed within a minute, offered and never followed by itself; what
// fails, or shows the same, says nothing. Nothing of it moves the page, also where it comes in slowly. How long something has
// gone on counts on only while the page knows that it does. A page that only a new word can change has no age: it asks for itself,
// and offers what has other bytes.

import fs from 'node:fs';
import path from 'node:path';
import { check, facts, files, isWiki, visit, visitor } from './lib.mjs';
import { kinds } from './kinds.mjs';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

await check(async ({ site, server, browser, fail }) => {
  if (isWiki(site)) return 'the wiki has none';
  const built = Date.parse(facts(site).now);
  const early = await pageAt(browser, server, built + 5 * MINUTE);
  const late = await pageAt(browser, server, built + 30 * DAY);
  const then = await pageAt(browser, server, built);
  let settled = 0;
  const oldest = (folder) => [`oldest of ${folder}`, files(site, 'index.html').find((file) => file.startsWith(folder))];
  const pages = [...kinds(site).filter(([kind]) => kind !== 'not found'), oldest('incidents/2'), oldest('history/2')];
  for (const [kind, file] of pages) {
    const say = (text) => fail(`${kind} (${file}): ${text}`);
    const fresh = await banners(early, server, file);
    const stale = await banners(late, server, file);
    if (fresh.length) say(`a banner right after the build: ${fresh[0].text}`);
    const isSettled = await early.locator('[data-built=""]').count() > 0;
    if (stale.length !== (isSettled ? 0 : 1)) say(`${stale.length} banners after 30 days`);
    for (const { role, text } of stale) {
      if (role !== 'status') say(`the banner's role is ${role}`);
      if (!/\d/.test(text)) say(`the banner doesn't say how old the page is: ${text}`);
    }
    const counted = await counts(late);
    if (counted.length) {
      await visit(then, server, file);
      const known = await counts(then);
      if (`${counted}` !== `${known}`) say(`it claims that something went on for ${counted}; it knows ${known}`);
    }
    // The frame is small and has no room over which a banner could lie.
    if (kind !== 'frame') await holdStill(late, say);
    const hold = isSettled ? holdOwnOffer : holdOffer;
    await hold(await pageAt(browser, server, built + 5 * MINUTE), { site, server, file, kind, say });
    settled += isSettled ? 1 : 0;
  }
  if (!settled) fail('no page is settled');
  const slow = await pageAt(browser, server, built + 30 * DAY);
  await throttle(slow);
  for (const [kind, file] of pages.filter(([, file]) => ['index.html', pages[1][1]].includes(file))) {
    await visit(slow, server, file);
    await holdStill(slow, (text) => fail(`${kind} (${file}) on a slow line: ${text}`));
  }
  await holdQuiet(await pageAt(browser, server, built + 5 * MINUTE), { site, server, fail });
  return `${pages.length} pages, ${settled} of them without an age`;
});

async function pageAt(browser, server, time) {
  const { context } = await visitor(browser, server);
  const page = await context.newPage();
  await page.clock.install({ time });
  await page.addInitScript(() => {
    globalThis.shifted = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { shifted += entry.value; }))
      .observe({ type: 'layout-shift', buffered: true });
  });
  return page;
}

/** 30 KB/s: a browser paints what is there long before the end of a page, unless it is told to wait. */
async function throttle(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const speed = { offline: false, latency: 50, downloadThroughput: 30_000, uploadThroughput: 30_000 };
  await devtools.send('Network.emulateNetworkConditions', speed);
}

async function banners(page, server, file) {
  await visit(page, server, file);
  return seen(page);
}

/** How long things have gone on. */
function counts(page) {
  return page.locator('[data-since] .live, [data-duration]').allInnerTexts();
}

/** The banners that can be seen. */
function seen(page) {
  return page.locator('[data-stale]:visible, [data-newer]:visible').evaluateAll((all) =>
    all.map((one) => ({ role: one.closest('[role]')?.getAttribute('role'), text: one.innerText, isNewer: 'newer' in one.dataset })));
}

/** What moved since the page was opened, in Chromium's measure. */
async function holdStill(page, say) {
  // Entries are told of after the next frames.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await new Promise((done) => setTimeout(done, 100));
  const shifted = await page.evaluate(() => shifted);
  if (shifted) say(`the page moved by ${shifted}`);
}

/** Opens the page and lets `minutes` pass, while `answer` is what `build.json` says; tells what is asked. */
async function after(page, server, file, minutes, answer) {
  const asked = [];
  await page.unrouteAll();
  await page.route('**/build.json', (route) => {
    asked.push(route.request().url());
    return answer(route);
  });
  await visit(page, server, file);
  for (let half = 0; half < 2 * minutes; half++) {
    await page.clock.runFor(MINUTE / 2);
    await new Promise((done) => setTimeout(done, 15));
  }
  await new Promise((done) => setTimeout(done, 50));
  return asked;
}

/** Answers as a build five minutes later would, with these changes. */
function later(site, changes) {
  const record = facts(site);
  const now = new Date(Date.parse(record.now) + 5 * MINUTE).toISOString();
  return (route) => route.fulfill({ json: { ...record, now, ...changes } });
}

async function holdOffer(page, { site, server, file, kind, say }) {
  const asked = await after(page, server, file, 2, later(site, { input: 'another' }));
  if (asked[0] !== `${server.url}build.json`) say(`it asked for ${asked[0]}`);
  const offers = await seen(page);
  if (offers.length !== 1 || !offers[0].isNewer) say(`a newer version is not offered: ${JSON.stringify(offers)}`);
  if (offers[0]?.role !== 'status') say(`the offer's role is ${offers[0]?.role}`);
  await holdOfferStill(page, { kind, say });
}

/** An offer that is there does not move the page, waits until somebody takes it, and then leads to the page. */
async function holdOfferStill(page, { kind, say }) {
  if (kind !== 'frame') await holdStill(page, say);
  await page.evaluate(() => { globalThis.isSame = true; });
  await page.clock.runFor(10 * MINUTE);
  if (!await page.evaluate(() => globalThis.isSame)) say('the page loaded itself again');
  await Promise.all([page.waitForEvent('load'), page.locator('[data-newer] a').click()]);
  if (await page.evaluate(() => globalThis.isSame)) say('the link does not load the page again');
  await page.context().close();
}

/** A settled page offers what has other bytes at its own address, and nothing else that answers there. */
async function holdOwnOffer(page, { site, server, file, kind, say }) {
  const own = fs.readFileSync(path.join(site, file), 'utf8');
  const answers = [own, own, '<!doctype html><title>Sign in</title>', own.replace('</main>', '<p>Edited</p></main>')];
  const asked = [];
  await visit(page, server, file);
  await page.route(() => true, (route) => {
    asked.push(route.request().url());
    return route.fulfill({ contentType: 'text/html', body: answers[Math.min(asked.length, answers.length) - 1] });
  });
  for (let minute = 1; minute <= answers.length; minute++) {
    const offered = await seen(page);
    if (offered.length) say(`before its bytes are others, it says: ${offered[0].text}`);
    await page.clock.runFor(MINUTE);
    await new Promise((done) => setTimeout(done, 50));
  }
  const others = asked.filter((address) => address !== page.url());
  if (others.length) say(`it asked for ${others[0]}`);
  if (asked.length !== answers.length) say(`it asked ${asked.length} times in ${answers.length} minutes`);
  const offers = await seen(page);
  if (offers.length !== 1 || !offers[0].isNewer) say(`a newer version is not offered: ${JSON.stringify(offers)}`);
  await page.unrouteAll();
  await holdOfferStill(page, { kind, say });
}

/** When a page has nothing to say, on home. */
async function holdQuiet(page, { site, server, fail }) {
  const same = facts(site);
  // A page knows what it was made from once it has seen its own build, which it asks for after a minute.
  let hasSeen = false;
  const another = later(site, {});
  const afterItsOwn = (route) => {
    if (hasSeen) return another(route);
    hasSeen = true;
    return route.fulfill({ json: same });
  };
  const ways = {
    'offline': (route) => route.abort(),
    'an error of the host': (route) => route.fulfill({ status: 500, body: 'no' }),
    'a page in its place': (route) => route.fulfill({ body: '<!doctype html><title>Sign in</title>' }),
    'a record without anything': (route) => route.fulfill({ json: {} }),
    'the same build': (route) => route.fulfill({ json: same }),
    'an older build': (route) => route.fulfill({ json: { ...same, input: 'another', now: '2020-01-01T00:00:00Z' } }),
    'a build of the same content': afterItsOwn,
  };
  for (const [name, answer] of Object.entries(ways)) {
    const asked = await after(page, server, 'index.html', 5, answer);
    if (asked.length < 4 || asked.length > 5) fail(`${name}: asked ${asked.length} times in 5 minutes`);
    const said = await seen(page);
    if (said.length) fail(`${name}: ${said[0].text}`);
  }
  const next = { now: same.next_transition };
  await after(page, server, 'index.html', 2, later(site, next));
  if (!(await seen(page)).some(({ isNewer }) => isNewer)) fail('what the clock has changed is not offered');
  await page.addInitScript(() => Object.defineProperty(document, 'hidden', { get: () => globalThis.isAway ?? true }));
  const asked = await after(page, server, 'index.html', 5, later(site, { input: 'another' }));
  if (asked.length) fail('a page that nobody looks at asks');
  await page.evaluate(() => { globalThis.isAway = false; document.dispatchEvent(new Event('visibilitychange')); });
  await page.locator('[data-newer]:visible').waitFor({ timeout: 2000 }).catch(() => fail('a page that somebody comes back to does not ask'));
  await page.context().close();
}
