// Every page, served with the headers of `_headers`: no request to another host, no failed request, no word in the
// console, no breach of its Content-Security-Policy, which is there and strict. Each is opened as a folder, as hosts
// link it, and as its index.html, as the pages link each other: a header rule may match one and miss the other.

import { check, files, visitor } from './lib.mjs';

const SETTLE = 100; // milliseconds for what scripts do after the load; whatever comes later, the policy still forbids

await check(async ({ site, server, browser, fail }) => {
  const { context, foreign } = await visitor(browser, server);
  let said = [];
  await context.exposeFunction('breach', (text) => said.push(text));
  await context.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) =>
    globalThis.breach(`CSP: ${event.violatedDirective} forbids ${event.blockedURI}`)));
  const page = await context.newPage();
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('response', (response) => response.status() >= 400 && said.push(`${response.status()} ${response.url()}`));
  const addresses = files(site, '.html').flatMap((file) => [...new Set([file, file.replace(/index\.html$/, '')])]);
  for (const address of addresses) {
    said = [];
    const response = await page.goto(server.url + address, { waitUntil: 'load' });
    await page.waitForTimeout(SETTLE);
    said.push(...policyFaults(response.headers()['content-security-policy'], address), ...foreign.splice(0).map((url) => `asks ${url}`));
    for (const text of said) fail(`/${address}: ${text}`);
  }
  return `${addresses.length} addresses`;
});

function policyFaults(all, address) {
  if (!all) return ['no Content-Security-Policy'];
  // The one folder that others may frame.
  const policy = address.startsWith('embed/') ? all.replace('; frame-ancestors *', '') : all;
  const faults = [];
  if (!/default-src '(none|self)'/.test(policy)) faults.push(`the policy has no strict default-src: ${policy}`);
  if (/unsafe-(inline|eval)|\*|https?:/.test(policy)) faults.push(`the policy is open: ${policy}`);
  return faults;
}
