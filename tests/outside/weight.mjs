// Home is at most 14,000 bytes of HTML after brotli, and needs exactly one request.

import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { check, visitor } from './lib.mjs';

const MOST = 14_000;

await check(async ({ site, server, browser, fail }) => {
  const html = fs.readFileSync(path.join(site, 'index.html'));
  const bytes = zlib.brotliCompressSync(html, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  if (bytes > MOST) fail(`home is ${bytes} bytes, the most is ${MOST}`);
  const { context } = await visitor(browser, server);
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => request.url().startsWith('data:') || asked.push(request.url()));
  await page.goto(server.url, { waitUntil: 'networkidle' });
  if (asked.length !== 1) fail(`home needs ${asked.length} requests: ${asked.join(' ')}`);
  return `home: ${html.length} bytes, ${bytes} compressed, ${asked.length} request`;
});
