// The lists of the wiki that can be narrowed down: each choice of each field leaves the rows that have it and no other, says
// how many, stands in the address, and is taken from it. Without scripts every row is there and no field.

import { check, visit, visitor } from './lib.mjs';

const LISTS = ['postmortems/index.html', 'incidents/index.html', 'actions/index.html'];

await check(async ({ server, browser, fail }) => {
  const { context } = await visitor(browser, server);
  const page = await context.newPage();
  let tried = 0;
  for (const list of LISTS) {
    await visit(page, server, list);
    const fields = await page.locator('[data-filter] select').evaluateAll((all) => all.map((field) => (
      { name: field.name, values: [...field.options].map((option) => option.value).filter(Boolean) })));
    if (!fields.length) fail(`${list} has no field`);
    for (const { name, values } of fields) {
      for (const value of values) {
        await page.locator(`select[name=${name}]`).selectOption(value);
        await holds(page, `${list}, ${name} ${value}`, name, value, fail);
        tried += 1;
      }
      const [value] = values;
      await page.goto(`${server.url}${list.replace(/index\.html$/, '')}?${new URLSearchParams({ [name]: value })}`);
      await holds(page, `${list} by its address, ${name} ${value}`, name, value, fail);
      await visit(page, server, list);
    }
  }
  const plain = await (await visitor(browser, server, { javaScriptEnabled: false })).context.newPage();
  for (const list of LISTS) {
    await visit(plain, server, list);
    if (await plain.locator('select:visible').count()) fail(`${list}: a field that needs scripts is there without them`);
  }
  return `${tried} choices in ${LISTS.length} lists`;
});

async function holds(page, where, name, value, fail) {
  const { shown, wanted, all, said, search } = await page.evaluate(([name, value]) => {
    const rows = [...document.querySelectorAll('main tbody tr')];
    const has = (row) => (row.dataset[name] ?? '').split(' ').includes(value);
    const number = (list) => list.map((row) => rows.indexOf(row)).join();
    return {
      shown: number(rows.filter((row) => row.getClientRects().length)), wanted: number(rows.filter(has)), all: rows.length,
      said: document.querySelector('[data-filter] [role=status]').textContent, search: new URLSearchParams(location.search).get(name),
    };
  }, [name, value]);
  if (!wanted || shown !== wanted) fail(`${where}: shows the rows ${shown}, wanted ${wanted} of ${all}`);
  if (said !== `${wanted.split(',').length} of ${all}`) fail(`${where}: says "${said}"`);
  if (search !== value) fail(`${where}: the address says ${search}`);
}
