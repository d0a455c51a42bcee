// Shows on a page of the product what its status page says, when something is wrong:
//   <script async src="https://status.example.org/embed.js" data-components="checkout,api"></script>
// or in a place of its own: <candor-status>what to show while nothing is known</candor-status>. The README's section
// "Embed" has the options. It adds one custom element and nothing else: no other global, no cookie, no style outside of
// its shadow. Whatever goes wrong, the page stays as it is. Kept below 2 KB compressed.
(() => {
  const script = document.currentScript, options = script ? script.dataset : {}, name = 'candor-status';
  if (!window.customElements || customElements.get(name) || !document.adoptedStyleSheets) return;
  const ranks = ['operational', 'under_maintenance', 'degraded_performance', 'partial_outage', 'major_outage'];
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host{all:initial;display:block;font:14px/1.4 system-ui,sans-serif}
    :host([data-place]){position:fixed;inset:auto 0 0;z-index:99999;max-width:44rem;margin:auto}
    :host([data-place=top]){inset:0 0 auto}
    div div{--c:#17744a;display:flex;margin:.5rem;color:#16191d;background:#fff;border:1px solid #8a9199;border-left:6px solid var(--c);border-radius:.5rem}
    .under_maintenance{--c:#2f55b8}
    .degraded_performance{--c:#8a5a00}
    .partial_outage{--c:#b3440a}
    .major_outage{--c:#b3201a}
    @media(prefers-color-scheme:dark){
    div div{--c:#5fc992;color:#e9ebed;background:#161a1f}
    .under_maintenance{--c:#8fb0ff}
    .degraded_performance{--c:#e3b341}
    .partial_outage{--c:#ff9a57}
    .major_outage{--c:#ff8078}}
    p{flex:1;margin:.5rem .75rem;overflow-wrap:anywhere;max-height:40vh;overflow:auto}
    span{display:block}
    b{color:var(--c)}
    a{color:inherit;margin:0 .5em}
    button{padding:0 1rem;font-size:1.5em;color:inherit;background:0 0;border:0}`);

  // What was dismissed, as codes of updates: a new word shows the banner again.
  let gone = [];
  try { gone = [...JSON.parse(sessionStorage[name])]; } catch (e) { }
  const dismiss = (updates) => {
    gone.push(...updates);
    try { sessionStorage[name] = JSON.stringify(gone); } catch (e) { }
  };

  // The address of the status page. Made once it is needed, so that a wrong one leaves the page alone.
  const base = (element) => new URL('.', new URL(element.dataset.status || options.status || script.src, document.baseURI)).href;
  // The answer of the status page within five seconds, or nothing.
  const read = async (element) => {
    const control = new AbortController(), timer = setTimeout(() => control.abort(), 5000);
    try {
      const answer = await fetch(base(element) + 'embed.json', { signal: control.signal, credentials: 'omit' });
      const data = answer.ok && await answer.json();
      return data.version === 1 && data;
    } catch (e) { } finally { clearTimeout(timer); }
  };

  const add = (parent, tag, text) => {
    const element = parent.appendChild(document.createElement(tag));
    element.textContent = text;
    return element;
  };
  // Leads to the status page and nowhere else, whatever the answer says.
  const link = (parent, text, path, base) => {
    const url = new URL(path, base);
    Object.assign(add(parent, 'a', text), { href: url.href.startsWith(base) ? url : base, target: '_blank', rel: 'noopener' });
  };

  // The banner, or nothing if there is nothing to say. Fails on an answer of another shape.
  const banner = (data, base, { components = '', always }, close) => {
    const { words, language } = data, wanted = components.split(/[ ,]+/).filter(Boolean);
    const worst = (list) => ranks[Math.max(...list.map((status) => ranks.indexOf(status)))];
    const time = (iso) => new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
    const notices = data.notices.filter(({ update, components }) => (always != null || !gone.includes(update))
      && (!wanted[0] || components.some((id) => wanted.includes(id))));
    const status = worst(notices[0] ? notices.map((notice) => notice.status) : wanted[0] ? wanted.map((id) => data.components[id]) : [data.status]);
    if (!words[status] || !notices[0] && always == null) return;
    const box = document.createElement('div'), list = add(box, 'p', '');
    box.className = status;
    const line = (label, title, path, rest) => {
      const item = add(list, 'span', '');
      add(item, 'b', label);
      link(item, title, path, base);
      add(item, 'small', rest);
    };
    notices.slice(0, 3).forEach((notice) => line(notice.label, notice.title, notice.url, `${notice.state}, ${time(notice.updated)}`));
    if (!notices[0]) line(wanted[0] ? words[status] : data.headline, data.name, '', '');
    if (notices[3]) link(list, words.more.replace('{n}', notices.length - 3), '', base);
    if (Date.now() > Date.parse(data.stale_at)) add(list, 'small', words.stale.replace('{time}', time(data.built)));
    if (always == null) {
      const button = add(box, 'button', '\u00d7');
      button.setAttribute('aria-label', words.dismiss);
      button.onclick = () => close(notices.map((notice) => notice.update));
    }
    return box;
  };

  customElements.define(name, class extends HTMLElement {
    connectedCallback() {
      if (!this.region) {
        const root = this.attachShadow({ mode: 'open' });
        root.adoptedStyleSheets = [sheet];
        this.region = add(root, 'div', '');
        this.region.setAttribute('role', 'status');
        this.otherwise = add(root, 'slot', '');
        this.next = this.failed = 0;
        document.addEventListener('visibilitychange', () => this.wait());
      }
      this.wait();
    }
    // Asks when it is time to, and not at all while nobody looks.
    wait() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => document.hidden || !this.isConnected || this.ask(), this.next - Date.now());
    }
    async ask() {
      this.next = Date.now() + 6e4;
      const data = await read(this);
      this.failed = data ? 0 : this.failed + 1;
      // One answer that fails to come takes nothing back.
      if (data || this.failed > 2) this.show(data);
      // A minute to a minute and a half, longer while nothing comes.
      this.next = Date.now() + (6 + Math.random() * 3) * 1e4 * Math.min(8, 2 ** this.failed);
      this.wait();
    }
    show(data) {
      let box;
      try {
        box = data && banner(data, base(this), this.dataset, (updates) => {
          dismiss(updates);
          this.show(data);
        });
      } catch (e) { data = 0; }
      this.otherwise.hidden = data;
      // What says the same is left alone: it is neither read out again nor loses the focus.
      if ((box || '').outerHTML === (this.region.firstChild || '').outerHTML) return;
      this.region.replaceChildren(...box ? [box] : []);
    }
  });

  const begin = () => {
    if (document.querySelector(name)) return;
    const element = document.createElement(name);
    Object.assign(element.dataset, { place: 'bottom' }, options);
    document.body.append(element);
  };
  document.readyState === 'loading' ? document.addEventListener('DOMContentLoaded', begin) : begin();
})();
