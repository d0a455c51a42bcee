// The web component @statuspage/status-widget, in a page of another host, shows what the content says: widget.mjs SITE ...
// It is the one client that needs the headers of `_headers`, since a browser asks whether another host may read the API.

import fs from 'node:fs';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { contentAt } from './content.mjs';
import { agree, check, facts } from './lib.mjs';

const SCRIPT = fileURLToPath(import.meta.resolve('@statuspage/status-widget/dist/index.js'));
const LOOKS = ['basic', 'badge'];
const TITLE = 'How we are';
// The last line of the package's script assigns to a variable that it never declares; all the rest has run by then.
const OWN_FAULT = 'parcelRequire is not defined';

await check(async ({ site, server, browser, fail }) => {
  const { rollup } = contentAt(facts(site).now);
  const host = await otherHost(server.url);
  const page = await browser.newPage();
  const trouble = [];
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.goto(host.url);
  const shown = await page.waitForFunction(read, LOOKS, { timeout: 10_000 }).then((value) => value.jsonValue())
    .catch(() => null);
  trouble.filter((text) => text !== OWN_FAULT).forEach((text) => fail(`console: ${text}`));
  await page.close();
  await host.close();
  if (!shown) fail('the widget stays empty');
  if (!shown) return 'nothing';
  const wanted = { kind: `status-indicator ${rollup.indicator}`, words: rollup.description, link: server.url };
  agree(fail, 'basic', shown.basic, { ...wanted, label: null });
  agree(fail, 'badge', shown.badge, { ...wanted, label: TITLE });
  return `"${shown.basic.words}"`;
});

/** What stands in the shadow DOM of each widget, or null while one of them waits. */
function read(looks) {
  const shown = looks.map((look) => {
    const root = document.querySelector(`[appearance=${look}]`).shadowRoot;
    const indicator = root?.querySelector('.status-indicator');
    if (!indicator) return null;
    const text = root.querySelector('.status-text').textContent.trim();
    const said = look === 'badge' ? indicator.textContent.trim() : text;
    return { kind: indicator.className, words: said, link: root.querySelector('a').href, label: look === 'badge' ? text : null };
  });
  return shown.every(Boolean) && Object.fromEntries(looks.map((look, index) => [look, shown[index]]));
}

/** A page with the widgets, on a port of its own: to a browser that is another host. */
async function otherHost(site) {
  const widgets = LOOKS.map((look) => `<statuspage-widget src="${site}" appearance="${look}" title="${TITLE}"></statuspage-widget>`);
  const html = `<!doctype html><title>A page</title><link rel="icon" href="data:,">${widgets.join('')}<script src="/widget.js"></script>`;
  const server = http.createServer(({ url }, response) => {
    const isScript = url === '/widget.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8' });
    response.end(isScript ? fs.readFileSync(SCRIPT) : html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
