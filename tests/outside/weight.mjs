// Home is at most 14,000 bytes of HTML after brotli, and needs exactly one request; the page of an incident is at most
// 6,000, and the script of the bars, which stands in home, at most 1,500.

import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { check, files, visitor } from './lib.mjs';

const MOST = 14_000;
const MOST_OF_INCIDENT = 6_000;
const MOST_OF_BARS = 1_500;
const BARS = new URL('../../themes/default/static/bars.js', import.meta.url);

function packed(bytes) {
  return zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

await check(async ({ site, server, browser, fail }) => {
  const html = fs.readFileSync(path.join(site, 'index.html'));
  const bytes = packed(html);
  if (bytes > MOST) fail(`home is ${bytes} bytes, the most is ${MOST}`);
  const { context } = await visitor(browser, server);
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => request.url().startsWith('data:') || asked.push(request.url()));
  await page.goto(server.url, { waitUntil: 'networkidle' });
  if (asked.length !== 1) fail(`home needs ${asked.length} requests: ${asked.join(' ')}`);
  const incidents = files(site, 'index.html').filter((file) => file.startsWith('incidents' + path.sep));
  const heavy = incidents.map((file) => [packed(fs.readFileSync(path.join(site, file))), file]).sort(([one], [other]) => other - one)[0];
  if (heavy[0] > MOST_OF_INCIDENT) fail(`${heavy[1]} is ${heavy[0]} bytes, the most is ${MOST_OF_INCIDENT}`);
  const bars = packed(fs.readFileSync(BARS));
  if (bars > MOST_OF_BARS) fail(`the script of the bars is ${bars} bytes, the most is ${MOST_OF_BARS}`);
  return `home: ${html.length} bytes, ${bytes} compressed, ${asked.length} request; incidents at most ${heavy[0]}; bars ${bars}`;
});
