// Writes sites in the states that a page can be in, one a folder: states.mjs FOLDER [NAME ...]
// Each is small and made of invented words; what is told of them ends at 2026-11-22T15:31Z, as the sample does.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CALM = ['Checkout', 'Labels', 'Tracking', 'API', 'Webhooks', 'Sign-in'];
const COMPOUND = 'Rechtsschutzversicherungsgesellschaftenverwaltung';

/** The states, each as what `site` makes files of. */
const STATES = {
  well: { components: CALM, groups: ['Shop', 'Developers'], past: 3 },
  critical: { components: CALM, groups: ['Shop', 'Developers'], past: 3, open: [['Checkout unavailable', 'critical', ['c0', 'c3']]] },
  many: { components: numbered('Service', 60), groups: ['Shop', 'Tracking', 'Developers', 'Account', 'Money'], past: 9, open: nine() },
  flat: { components: numbered('Region', 20), past: 2, open: [['One region answers slowly', 'minor', ['c4']]] },
  long: {
    name: `${COMPOUND}-Status`, components: numbered(COMPOUND, 20), groups: [`${COMPOUND}gruppe`], past: 2,
    open: [[`${COMPOUND}sstörung: payments.internal-gateway.eu-central-1.example.com antwortet nicht`, 'major', ['c0', 'c1', 'c2', 'c3']]],
  },
  longflat: { name: `${COMPOUND}-Status`, components: numbered(COMPOUND, 6), past: 1 },
  new: { components: ['Website'], start: '2026-11-22' },
  ar: {
    language: 'ar', name: 'حالة شركة الطرود', components: ['الدفع', 'الملصقات', 'API', 'تسجيل الدخول'], groups: ['المتجر', 'الحساب'], past: 2,
    open: [['بعض المدفوعات تفشل', 'major', ['c0']]], said: 'بعض العملاء لا يستطيعون الدفع. نحن نبحث عن السبب.',
  },
  ja: {
    language: 'ja', name: '小包サービスの状況', components: ['決済', 'ラベル印刷', 'API', 'サインイン'], groups: ['ショップ', 'アカウント'], past: 2,
    open: [['一部の決済が失敗します', 'major', ['c0']]], said: '一部のお客様が支払いできません。原因を調べています。',
  },
  de: {
    language: 'de', name: 'Paketdienst-Status', components: ['Kasse', 'Etikettendruck', 'Schnittstelle', 'Anmeldung'], groups: ['Geschäft', 'Konto'],
    past: 2, open: [['Manche Zahlungen schlagen fehl', 'major', ['c0']]], said: 'Manche Kunden können nicht bezahlen. Wir suchen den Grund.',
  },
  brand: { components: CALM, groups: ['Shop', 'Developers'], past: 2, brand: '{ logo: logo.svg, logo_dark: logo-dark.svg, accent: "#5b21b6", home: "https://www.example.com/", footer: ["Example Ltd."], pictures: true }' },
  brand2: { components: CALM, past: 2, brand: '{ accent: "#b45309", footer: ["Made in Porto"], pictures: true }', open: [['Labels late', 'minor', ['c1']]] },
};

function numbered(name, count) {
  return Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);
}

function nine() {
  const impacts = ['critical', 'major', 'minor'];
  return Array.from({ length: 9 }, (_, index) => [`Incident number ${index + 1} of nine`, impacts[index % 3], [`c${index * 5}`, `c${index * 5 + 2}`]]);
}

/** The files of a site, by path. */
function site({ name = 'Example Status', language = 'en', components, groups = [], past = 0, open = [], start, brand, said }) {
  const grouped = (index) => groups.length ? `, group: g${index % groups.length}` : '';
  const settings = [
    `name: ${JSON.stringify(name)}`, 'url: https://status.example.com/', 'wiki: { url: "https://wiki.example.com/" }', `language: ${language}`,
    ...brand ? [`brand: ${brand}`] : [],
    ...groups.length ? ['groups:', ...groups.map((group, index) => `  - { id: g${index}, name: ${JSON.stringify(group)} }`)] : [],
    'components:',
    ...components.map((one, index) => `  - { id: c${index}, name: ${JSON.stringify(one)}, start: ${start ?? '2025-06-01'}${grouped(index)} }`),
  ];
  const files = { 'content/site.yaml': settings.join('\n') };
  for (let index = 0; index < past; index += 1) {
    const day = String(3 + index * 2).padStart(2, '0');
    files[`content/incidents/2026-11-${day}-past.md`] = entry(`Labels late ${index + 1}`, 'minor', [
      ['investigating', `2026-11-${day}T09:00Z`, `c${index % components.length}`, said ?? 'Labels take minutes to appear. We are looking into it.'],
      ['resolved', `2026-11-${day}T10:30Z`, `c${index % components.length}`, said ?? 'All labels appear at once again.'],
    ]);
  }
  open.forEach(([title, impact, ids], index) => {
    files[`content/incidents/2026-11-22-open-${index + 1}.md`] = entry(title, impact, [
      ['investigating', '2026-11-22T14:53Z', ids, said ?? 'Some customers cannot pay. We are looking into it.'],
      ['identified', '2026-11-22T15:22Z', ids, said ?? 'We know the cause and are restoring capacity.'],
    ]);
  });
  if (brand?.includes('logo')) {
    files['content/static/logo.svg'] = logo('#5b21b6');
    files['content/static/logo-dark.svg'] = logo('#c4b5fd');
  }
  return files;
}

function logo(colour) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 32" fill="${colour}"><rect width="32" height="32" rx="8"/>` +
    '<path d="M44 8h8v16h-8zM58 8h8v16h-8zM72 8h8v16h-8zM86 8h30v16H86z"/></svg>';
}

const TROUBLE = { minor: 'degraded_performance', major: 'partial_outage', critical: 'major_outage' };

function entry(title, impact, updates) {
  const lines = updates.flatMap(([status, at, ids, body]) => {
    const state = status === 'resolved' ? 'operational' : TROUBLE[impact];
    const components = [ids].flat().map((id) => `${id}: ${state}`).join(', ');
    return [`  - at: ${at}`, `    status: ${status}`, `    components: { ${components} }`, `    body: ${JSON.stringify(body)}`];
  });
  return ['---', `title: ${JSON.stringify(title)}`, `impact: ${impact}`, 'updates:', ...lines, '---', ''].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, ...names] = process.argv.slice(2);
  for (const name of names.length ? names : Object.keys(STATES)) {
    for (const [file, text] of Object.entries(site(STATES[name]))) {
      const place = path.join(folder, name, file);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, text);
    }
    console.log(name);
  }
}
