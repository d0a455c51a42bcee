// What a product shows of the site on its own pages: the script and the frame, on a page of another origin, under the
// headers of `_headers` and a strict policy of the product's own. The status host is up, quiet, down, hanging, or
// answers nonsense; whatever it does, the page keeps its layout and its console clean, and a hostile text stays text.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';
import { createRequire } from 'node:module';
import { check } from './lib.mjs';
import { serve } from './server.mjs';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MOST_SCRIPT = 2048; // bytes with brotli
const MOST_FRAME = 4096;
const WORD = 1500; // milliseconds within which a banner must be there, or be known not to come
const PATIENCE = 7000; // the script gives up after 5000
const HOSTILE = '<img src=x onerror=alert(1)></b>"\'&lt;{{7*7}} \u202e' + 'W'.repeat(400);

function size(name, bytes, most, fail) {
  const length = zlib.brotliCompressSync(bytes).length;
  if (length > most) fail(`${name} is ${length} bytes compressed, the most is ${most}`);
}

/** Each way: what the status host does, what the page says, and what must be seen. */
const CASES = {
  'an incident is open': async ({ load, told, must, page, status }) => {
    await load();
    const banner = await must.show(told.notices[0].title);
    must.be(await banner.locator('a').first().getAttribute('href'), told.notices[0].url, 'the link');
    must.be(await page.evaluate(() => Object.keys(window).filter((key) => /candor|status$/i.test(key)).join()), 'status', 'globals, but for the one of the browser itself');
    must.be(await page.evaluate(() => document.cookie + localStorage.length), '0', 'cookies and what is stored');
    must.be(status.asked().length, 1, 'requests within the first minute');
  },
  'all is quiet': async ({ load, status, told, must }) => {
    status.answer(quiet(told));
    await load();
    await must.showNothing(WORD);
  },
  'all is quiet, and always shown': async ({ load, status, told, must, page }) => {
    status.answer(quiet(told));
    await load({ attributes: 'data-always' });
    const banner = await must.show('All systems operational');
    must.be(await banner.locator('button').count(), 0, 'buttons to dismiss what is always shown');
    must.be(await page.locator('candor-status a').getAttribute('href'), status.url, 'the link');
  },
  'only what concerns the page': async ({ load, told, must }) => {
    const other = Object.keys(told.components).find((id) => !told.notices.some(({ components }) => components.includes(id)));
    await load({ attributes: `data-components="${other}"` });
    await must.showNothing(WORD);
    const [id] = told.notices[0].components;
    await load({ attributes: `data-components="${other}, ${id}"` });
    const banner = await must.show(told.notices[0].title);
    must.be(await banner.locator('b').count(), told.notices.filter(({ components }) => components.includes(id)).length, 'lines');
  },
  'a component that there is not': async ({ load, must }) => {
    await load({ attributes: 'data-components="no-such" data-always' });
    await must.showNothing(WORD);
  },
  'the host is down': async ({ load, status, must }) => {
    status.refuse();
    await load({ vendored: true });
    await must.showNothing(WORD);
  },
  'the host is down, with something to show instead': async ({ load, status, must, page }) => {
    status.refuse();
    await load({ vendored: true, element: '<candor-status>Our own words</candor-status>' });
    await must.showNothing(WORD);
    must.be(await page.locator('candor-status').evaluate((one) => one.getBoundingClientRect().height > 0), true, 'own words are visible');
  },
  'the host hangs before its answer': async ({ load, status, must, page }) => {
    status.hang();
    await load({ vendored: true });
    must.be(await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd > 0), true, 'the page is loaded');
    await must.showNothing(PATIENCE);
    must.be(status.waiting(), 0, 'requests that are still open');
  },
  'the host hangs within its answer': async ({ load, status, must }) => {
    status.hang('{"version":1,"notices":[');
    await load({ vendored: true });
    await must.showNothing(PATIENCE);
    must.be(status.waiting(), 0, 'requests that are still open');
  },
  ...Object.fromEntries(Object.entries({
    'a page of HTML': '<!doctype html><title>Sign in</title>',
    'nothing': '',
    'half an answer': '{"version":1,',
    'null': 'null',
    'a number': '7',
    'a list': '[]',
    'an answer of another version': (told) => ({ ...told, version: 2 }),
    'an answer without notices': (told) => ({ ...told, notices: undefined }),
    'notices that are none': (told) => ({ ...told, notices: [null, 1, 'x', {}] }),
    'no words': (told) => ({ ...told, words: null }),
    'times that are none': (told) => ({ ...told, notices: told.notices.map((one) => ({ ...one, updated: 'soon' })) }),
  }).map(([name, body]) => [`the host answers ${name}`, async ({ load, status, told, must }) => {
    status.answer(typeof body === 'function' ? body(told) : body);
    await load({ vendored: true });
    await must.showNothing(WORD);
  }])),
  'the host answers 500': async ({ load, status, told, must }) => {
    status.answer(told, 500);
    await load({ vendored: true });
    await must.showNothing(WORD);
  },
  'the host forbids others to read': async ({ load, status, told, must }) => {
    status.answer(told, 200, {});
    await load({ vendored: true });
    await must.showNothing(WORD);
  },
  'an address that is none': async ({ load, must }) => {
    await load({ vendored: true, address: 'http://[' });
    await must.showNothing(WORD);
  },
  'hostile texts and addresses': async ({ load, status, told, must, page }) => {
    const notice = (url) => ({ ...told.notices[0], title: HOSTILE, label: HOSTILE, state: HOSTILE, status: '" onclick=alert(1) x="', url });
    const urls = ['javascript:alert(1)', 'https://elsewhere.example/', '//elsewhere.example/', 'data:text/html,x', `${status.url}@elsewhere.example/`];
    for (const url of urls) {
      status.answer({ ...told, status: 'major_outage', notices: [notice(url), { ...told.notices[0], title: HOSTILE, url }] });
      await load();
      const banner = await must.show(HOSTILE);
      must.be(await banner.locator('img,script,iframe').count(), 0, `elements from ${url}`);
      for (const link of await banner.locator('a').evaluateAll((all) => all.map((one) => one.href))) {
        if (!link.startsWith(status.url)) must.fail(`a link leads to ${link}`);
      }
      must.be(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'no sideways scrolling');
    }
  },
  'many incidents': async ({ load, status, told, must }) => {
    status.answer({ ...told, notices: Array.from({ length: 9 }, (_, n) => ({ ...told.notices[0], title: `Number ${n}`, update: `code${n}` })) });
    await load();
    const banner = await must.show('Number 0');
    must.be(await banner.locator('b').count(), 3, 'lines');
    await must.show('6 more');
  },
  'it is dismissed': async ({ load, status, told, must, page }) => {
    await load();
    const banner = await must.show(told.notices[0].title);
    const button = banner.getByRole('button', { name: told.words.dismiss });
    await button.focus();
    await page.keyboard.press('Enter');
    await must.showNothing(200);
    await load({ again: true });
    await must.showNothing(WORD);
    status.answer({ ...told, notices: [{ ...told.notices[0], title: 'A newer word', update: 'newer' }, ...told.notices.slice(1)] });
    await load({ again: true });
    const newer = await must.show('A newer word');
    must.be(await newer.locator('b').count(), 1, 'what is still dismissed');
  },
  'sessionStorage is shut': async ({ load, told, must, page }) => {
    await page.addInitScript(() => Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } }));
    await load();
    const banner = await must.show(told.notices[0].title);
    await banner.locator('button').click();
    await must.showNothing(200);
  },
  'the answer is old': async ({ load, told, status, must }) => {
    status.answer({ ...told, stale_at: '2020-01-01T00:00:00Z' });
    await load();
    await must.show('this may be out of date');
  },
  'the script stands in the head, twice, and the page has a place for it': async ({ load, told, must, page }) => {
    await load({ twice: true, element: '<candor-status data-components="">Our own words</candor-status>' });
    await must.show(told.notices[0].title);
    must.be(await page.locator('candor-status').count(), 1, 'elements');
    must.be(await page.locator('candor-status').evaluate((one) => getComputedStyle(one).position), 'static', 'the place');
  },
  'it asks again after a minute, and not while hidden': async ({ load, told, status, must, page }) => {
    await page.clock.install({ time: Date.now() });
    await load();
    await must.show(told.notices[0].title);
    await seconds(page, 55);
    must.be(status.asked().length, 1, 'requests in 55 seconds');
    status.answer(quiet(told));
    await seconds(page, 40);
    await must.showNothing(WORD);
    must.be(status.asked().length, 2, 'requests in 95 seconds');
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.clock.runFor(600_000);
    must.be(status.asked().length, 2, 'requests while hidden');
    await page.evaluate(() => {
      delete document.hidden;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await seconds(page, 2);
    await page.waitForTimeout(300);
    must.be(status.asked().length, 3, 'requests once it is seen again');
  },
  'the host goes away while the banner is shown': async ({ load, told, status, must, page }) => {
    await page.clock.install({ time: Date.now() });
    await load();
    await must.show(told.notices[0].title);
    status.refuse();
    await page.clock.runFor(95_000);
    await must.show(told.notices[0].title);
    for (let n = 0; n < 4; n += 1) {
      await page.clock.runFor(900_000);
      await page.waitForTimeout(300);
    }
    await must.showNothing(WORD);
  },
};

/** Lets time pass on the page second by second, with real time for answers to come: else each would come too late. */
async function seconds(page, number) {
  for (let n = 0; n < number; n += 1) {
    await page.clock.runFor(1000);
    await page.waitForTimeout(20);
  }
}

const quiet = (told) => ({
  ...told, status: 'operational', headline: 'All systems operational', notices: [],
  components: Object.fromEntries(Object.keys(told.components).map((id) => [id, 'operational'])),
});

/** One way on a page of its own, light and wide, then dark and narrow. */
async function on({ browser, fail, status, product, told }, name, work) {
  for (const [colorScheme, width] of [['light', 1280], ['dark', 390]]) {
    const way = `${name} (${colorScheme}, ${width} px)`;
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, locale: 'en-GB' });
    const page = await context.newPage();
    const said = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('dialog', (dialog) => said.push(`a script ran: ${dialog.message()}`) && dialog.dismiss());
    status.reset();
    const must = musts(page, (text) => fail(`${way}: ${text}`));
    const load = async ({ attributes = '', element = '', vendored = false, address = status.url, twice = false, again = false } = {}) => {
      const source = vendored ? `/embed.js" data-status="${address}` : `${status.url}embed.js`;
      const tag = `<script async src="${source}" ${attributes}></script>`;
      if (!again) product.page(twice ? tag + tag : tag, element, status.url);
      await page.goto(product.url, { waitUntil: 'load' });
    };
    try {
      await work({ page, load, status, told, must });
      const { shift, ready } = await page.evaluate(() => globalThis.measured);
      if (shift > 0) fail(`${way}: the page moved by ${shift}`);
      if (!ready) fail(`${way}: the page's own script did not run`);
      for (const violation of await violations(page)) fail(`${way}: ${violation}`);
    } catch (error) {
      fail(`${way}: ${error.message.split('\n')[0]}`);
    }
    for (const text of said.filter((text) => !ofTheBrowser(text))) fail(`${way}: the console says: ${text}`);
    await context.close();
  }
}

/** That a host cannot be reached or answers an error, the browser itself writes; no script can keep it from doing so. */
const ofTheBrowser = (text) => /^Failed to load resource: |has been blocked by CORS policy: No 'Access-Control-Allow-Origin'/.test(text);

function musts(page, fail) {
  const region = page.locator('candor-status [role=status]');
  return {
    fail,
    be(is, wanted, what) {
      if (is !== wanted) fail(`${what}: ${JSON.stringify(is)}, wanted ${JSON.stringify(wanted)}`);
    },
    async show(text) {
      await region.getByText(text).first().waitFor({ timeout: WORD * 2 });
      return region;
    },
    async showNothing(patience) {
      await page.waitForTimeout(patience);
      const text = (await region.allTextContents()).join('');
      if (text) fail(`it shows: ${text}`);
    },
  };
}

async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help}  ${node.target.join(' ')}`));
}

/** The status host as others meet it, with a switch for what it does. */
async function statusHost(script, told) {
  const state = {};
  const open = new Set();
  const server = http.createServer((request, response) => {
    if (request.url === '/embed.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    state.asked.push(request.url);
    if (state.refuse) return request.socket.destroy();
    open.add(request);
    request.socket.on('close', () => open.delete(request));
    response.writeHead(state.code, { 'content-type': 'application/json', ...state.headers });
    if (state.hang !== undefined) return response.write(state.hang) || response.flushHeaders();
    open.delete(request);
    return response.end(state.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const own = (data) => JSON.parse(JSON.stringify(data).replaceAll(told.url, url));
  const here = own({ ...told, stale_at: '2999-01-01T00:00:00Z' });
  Object.keys(told).forEach((key) => (told[key] = here[key]));
  return {
    url,
    reset: () => Object.assign(state, { asked: [], refuse: false, hang: undefined, code: 200, headers: { 'access-control-allow-origin': '*' }, body: JSON.stringify(told) }),
    answer: (body, code = 200, headers = { 'access-control-allow-origin': '*' }) =>
      Object.assign(state, { body: typeof body === 'string' ? body : JSON.stringify(body), code, headers }),
    refuse: () => (state.refuse = true),
    hang: (text = '') => (state.hang = text),
    asked: () => state.asked,
    waiting: () => open.size,
    close: () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections()),
  };
}

/** A page of a product at another origin, with a policy as strict as the script allows; it measures how it moves. */
async function productHost(script) {
  let page = '';
  let policy = '';
  const own = `globalThis.measured = { shift: 0, ready: true };
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { measured.shift += entry.value; }))
      .observe({ type: 'layout-shift', buffered: true });`;
  const server = http.createServer((request, response) => {
    if (request.url === '/embed.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    if (request.url === '/own.css') return response.writeHead(200, { 'content-type': 'text/css' }).end('candor-status:not([data-place]){display:block;min-height:14rem}');
    if (request.url === '/own.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(own);
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }).end(page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}/`,
    page(tag, element, status) {
      policy = `default-src 'none'; script-src 'self' ${status}; connect-src ${status}; style-src 'self'; img-src data:; frame-src ${status}; `
        + "base-uri 'none'; require-trusted-types-for 'script'";
      page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <link rel="icon" href="data:,"><title>Shop</title><link rel="stylesheet" href="/own.css"><script src="/own.js"></script>${tag}</head>
        <body><main><h1>Shop</h1>${element}<p>Things to buy.</p>${'<p>More of them.</p>'.repeat(30)}</main></body></html>`;
    },
    close: () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections()),
  };
}

/** The frame under our own headers, by hosts that join rules and by hosts that take one; no other page can be framed. */
async function framed({ browser, fail, product }, site) {
  for (const joins of [true, false]) {
    const host = await serve(site, '/', { joins });
    const context = await browser.newContext({ viewport: { width: 900, height: 600 } });
    const page = await context.newPage();
    const frame = async (file, scripts = '') => {
      product.page('', `<iframe title="Status" width="200" height="80" ${scripts} src="${host.url}${file}"></iframe>`, host.url);
      await page.goto(product.url, { waitUntil: 'load' });
      const inner = page.frames().find((one) => one !== page.mainFrame());
      // A browser shows a page of its own in place of one that must not be framed.
      return inner.url().startsWith(host.url) && await inner.locator('h1').count() === 1;
    };
    const way = `a host that ${joins ? 'joins its rules' : 'takes one rule'}`;
    for (const file of ['embed/', 'embed/index.html']) {
      if (!await frame(file)) fail(`${way}: ${file} cannot be framed`);
      if (!await frame(file, 'sandbox="allow-popups"')) fail(`${way}: ${file} cannot be framed in a sandbox`);
    }
    for (const file of ['', 'index.html', 'history/', 'subscribe/', 'no-such-page', 'embedded/']) {
      if (await frame(file)) fail(`${way}: /${file} can be framed`);
    }
    await context.close();
    await host.close();
  }
}

await check(async ({ site, browser, fail }) => {
  const script = fs.readFileSync(path.join(site, 'embed.js'));
  const told = JSON.parse(fs.readFileSync(path.join(site, 'embed.json'), 'utf8'));
  if (!told.notices.length) throw new Error('the sample site has nothing open: there is no banner to look at');
  const [status, product] = await Promise.all([statusHost(script, told), productHost(script)]);
  const stage = { browser, fail, status, product, told };
  size('embed.js', script, MOST_SCRIPT, fail);
  size('embed/index.html', fs.readFileSync(path.join(site, 'embed/index.html')), MOST_FRAME, fail);
  for (const [name, work] of Object.entries(CASES)) await on(stage, name, work);
  await framed(stage, site);
  await status.close();
  await product.close();
  return `${Object.keys(CASES).length} ways of a product's page, the frame under both kinds of hosts`;
});
