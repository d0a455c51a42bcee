// Improves the page; nothing needs it. Times become local, "so far" counts on, a page that is out of date says so, and
// one of which a newer version is there offers it.
(function () {
  'use strict';
  var language = document.documentElement.lang || undefined;
  // The day before the month, as the page has it.
  var dates = language === 'en' ? 'en-GB' : language;
  // Addresses name their file so that the pages work without a server; with one, shorten them.
  if (location.protocol !== 'file:' && /\/index\.html$/.test(location.pathname)) {
    history.replaceState(null, '', location.pathname.slice(0, -10) + location.search + location.hash);
  }
  // In the words of the site, and by the same rules.
  var words = JSON.parse(document.body.dataset.words || 'null');
  function fill(text, values) {
    return text.replace(/{(\w+)}/g, function (all, name) { return name in values ? values[name] : all; });
  }
  function two(n) { return (n < 10 ? '0' : '') + n; }
  function print(at, form) {
    var zone = new Intl.DateTimeFormat(dates, { timeZoneName: 'short' }).formatToParts(at);
    return fill(words[form], {
      day: at.getDate(), month: words.months.split(/\s+/)[at.getMonth()], year: at.getFullYear(), hour: two(at.getHours()),
      minute: two(at.getMinutes()), zone: zone.filter(function (part) { return part.type === 'timeZoneName'; })[0].value
    });
  }
  function each(selector, act, within) { Array.prototype.forEach.call((within || document).querySelectorAll(selector), act); }
  function localize(time) {
    var at = new Date(time.dateTime), near = time.dataset.near ? new Date(time.dataset.near) : new Date();
    var form = time.dataset.form === 'clock' && at.toDateString() === near.toDateString() ? 'clock' : 'full';
    var local = print(at, form);
    // Where tables and pictures have the clock of the site, so have all times, and the pointer shows the reader's.
    if (document.documentElement.dataset.clock === 'site') { time.title = local; return; }
    time.title = time.textContent;
    time.textContent = local;
  }
  if (words) {
    each('time[data-form]', localize);
    // What another script has added to the page.
    document.addEventListener('added', function (event) { each('time[data-form]', localize, event.target); });
  }
  // Minutes beside hours, hours beside days.
  function duration(minutes) {
    if (!words) return minutes + ' min';
    var days = Math.floor(minutes / 1440), hours = Math.floor(minutes / 60) % 24, rest = minutes % 60, shown = [];
    if (days) shown.push(fill(words.days[new Intl.PluralRules(language).select(days)] || words.days.many, { n: days }));
    if (hours) shown.push(fill(words.hours, { n: hours }));
    if (!days && (rest || !hours)) shown.push(fill(words.minutes, { n: rest }));
    return shown[1] ? fill(words.pair, { first: shown[0], second: shown[1] }) : shown[0];
  }
  function relative(minutes) {
    var units = [['day', 1440], ['hour', 60], ['minute', 1]].filter(function (unit) { return Math.abs(minutes) >= unit[1]; });
    if (!units.length) return '';
    return ' (' + new Intl.RelativeTimeFormat((language || 'en') + '-u-nu-latn').format(Math.trunc(minutes / units[0][1]), units[0][0]) + ')';
  }
  function minutesTo(iso) { return Math.trunc((new Date(iso) - Date.now()) / 60000); }
  function append(element, text) {
    var own = element.querySelector('.live') || element.appendChild(document.createElement('span'));
    own.className = 'live';
    own.textContent = text;
  }
  function tick() {
    each('[data-since]', function (e) { append(e, ' (' + duration(minutesSince(e.dataset.since)) + ')'); });
    each('[data-until]', function (e) { append(e, relative(minutesTo(e.dataset.until))); });
    each('[data-duration]', function (e) { e.textContent = duration(minutesSince(e.dataset.duration)); });
    each('[data-ago]', function (e) { append(e, relative(minutesTo(e.querySelector('time').dateTime))); });
    each('[data-stale]', function (e) { e.hidden = isNewer || !isStale(); });
    each('[data-newer]', function (e) { e.hidden = !isNewer; });
  }
  // Whether there is a newer version: asked at most once a minute, while somebody looks. What fails says nothing.
  var own = document.querySelector('[data-built]'), asked = Date.now(), isNewer = false, input, first;
  function isStale() {
    var stale = document.querySelector('[data-stale]');
    return !!stale && minutesTo(stale.dataset.stale) <= 0;
  }
  // Whether it still goes on, a page that is out of date does not know: only how long it had gone on when it was built.
  function minutesSince(iso) {
    var end = own && (isNewer || isStale()) ? Date.parse(own.dataset.built) : Date.now();
    return Math.trunc((end - new Date(iso)) / 60000);
  }
  function look() {
    tick();
    if (!own || isNewer || document.hidden || location.protocol === 'file:' || Math.abs(Date.now() - asked) < 60000) return;
    asked = Date.now();
    var address = own.dataset.built ? own.dataset.root + 'build.json' : location.href;
    fetch(address, { cache: 'no-cache' }).then(function (answer) { return answer.text(); })
      .then(own.dataset.built ? compareBuild : comparePage).then(tick).catch(function () {});
  }
  // What only a new word can change does not say when it was built, and few edits change it: it asks for itself.
  function comparePage(text) {
    // Others than the page may answer for it, such as a wall to sign in.
    if (text.indexOf(document.querySelector('link[rel=canonical]').outerHTML) < 0) return;
    first = first || text;
    isNewer = text !== first;
  }
  function compareBuild(text) {
    var build = JSON.parse(text), at = Date.parse(build.now);
    // A build of the same content shows the same, unless the clock has changed something in between. What this page was
    // made from stands in no page: one edit would change them all. It is known once its own build has been seen.
    if (build.now === own.dataset.built) input = build.input;
    isNewer = at > Date.parse(own.dataset.built) &&
      (build.input !== input || at >= Date.parse(own.dataset.next) || isStale());
  }
  // One address to copy, of what the reader uses and wants to follow.
  each('[data-subscribe]', function (box) {
    var of = box.querySelector('select'), address = box.querySelector('[readonly]'), said = box.querySelector('[role]');
    function show() {
      var use = box.querySelector(':checked');
      address.value = box.dataset.subscribe + of.value + use.value;
      said.textContent = use.dataset.how;
    }
    Array.prototype.forEach.call(of.options, function (option) {
      if (location.hash === '#of=' + option.value + 'index.html') option.selected = true;
    });
    box.addEventListener('change', show);
    box.querySelector('button').addEventListener('click', function () {
      address.select();
      if (navigator.clipboard) navigator.clipboard.writeText(address.value).then(function () { said.textContent = box.dataset.copied; }, function () {});
    });
    box.hidden = false;
    show();
  });
  each('[data-newer] a', function (link) {
    // Also from the addresses of updates, where following the link alone would only scroll.
    link.addEventListener('click', function (event) { event.preventDefault(); location.reload(); });
  });
  document.addEventListener('visibilitychange', look);
  tick();
  setInterval(look, 30000);
})();
