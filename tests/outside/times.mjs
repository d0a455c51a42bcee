// With scripts, a clock time is shown in the reader's own zone; its `datetime` attribute stays as it was.

import { check, visit, visitor } from './lib.mjs';
import { kinds } from './kinds.mjs';

const ZONE = 'Asia/Tokyo';
const CLOCK = /\b\d{1,2}:\d\d\b/;

await check(async ({ site, server, browser, fail }) => {
  let compared = 0;
  for (const [kind, file] of kinds(site).filter(([kind]) => /home|incident|maintenance$/.test(kind))) {
    const written = await times(browser, server, file, { javaScriptEnabled: false });
    const local = await times(browser, server, file, { timezoneId: ZONE });
    const clocks = written.filter(({ datetime, text }) => datetime.includes('T') && CLOCK.test(text));
    if (!clocks.length) fail(`${kind} (${file}): no <time> with a clock time`);
    for (const { at, datetime } of clocks) {
      if (local[at]?.datetime !== datetime) fail(`${kind} (${file}): datetime ${datetime} became ${local[at]?.datetime}`);
      else if (!shows(local[at].text, datetime)) fail(`${kind} (${file}): ${datetime} reads "${local[at].text}" in ${ZONE}`);
    }
    compared += clocks.length;
  }
  return `${compared} times`;
});

async function times(browser, server, file, options) {
  const { context } = await visitor(browser, server, options);
  const page = await context.newPage();
  await visit(page, server, file);
  const found = await page.locator('time[datetime]').evaluateAll((all) =>
    all.map((one, at) => ({ at, datetime: one.getAttribute('datetime'), text: one.textContent })));
  await context.close();
  return found;
}

/** In the clock of 24 hours or of twelve. */
function shows(text, datetime) {
  return ['en-GB', 'en-US'].some((language) => {
    const clock = new Date(datetime).toLocaleTimeString(language, { timeZone: ZONE, hour: 'numeric', minute: '2-digit' });
    return text.replace(/\s/g, ' ').includes(clock.replace(/\s/g, ' '));
  });
}
