// What the wiki adds to page.js: lists can be narrowed down, by what stands in the address; headings have links to
// themselves.
(function () {
  'use strict';
  function each(selector, act, within) { Array.prototype.forEach.call((within || document).querySelectorAll(selector), act); }
  each('[data-filter]', function (form) {
    var fields = form.querySelectorAll('select'), rows = document.querySelectorAll('main tbody tr');
    var asked = new URLSearchParams(location.search);
    function fits(row) {
      return Array.prototype.every.call(fields, function (field) {
        return !field.value || (' ' + (row.dataset[field.name] || '') + ' ').indexOf(' ' + field.value + ' ') >= 0;
      });
    }
    function show() {
      var shown = 0, chosen = Array.prototype.some.call(fields, function (field) { return field.value; });
      Array.prototype.forEach.call(rows, function (row) {
        row.hidden = !fits(row);
        shown += row.hidden ? 0 : 1;
      });
      each('main section', function (part) { part.hidden = !!part.querySelector('tbody tr') && !part.querySelector('tbody tr:not([hidden])'); });
      form.lastElementChild.textContent = chosen ? form.dataset.filter.replace('{n}', shown).replace('{all}', rows.length) : '';
    }
    Array.prototype.forEach.call(fields, function (field) {
      if (asked.has(field.name)) field.value = asked.get(field.name);
      if (field.selectedIndex < 0) field.value = '';
    });
    form.addEventListener('change', function () {
      var chosen = new URLSearchParams();
      Array.prototype.forEach.call(fields, function (field) { if (field.value) chosen.set(field.name, field.value); });
      show();
      // Some browsers allow no new address from a disk.
      try { history.replaceState(null, '', location.pathname + (chosen.toString() ? '?' + chosen : '') + location.hash); } catch (error) { return; }
    });
    form.hidden = false;
    show();
  });
  each('main :is(h2,h3)[id]', function (heading) {
    var link = document.createElement('a');
    link.className = 'anchor';
    link.href = '#' + heading.id;
    // For the pointer: the heading's name stays as it is, and the contents list has the same links.
    link.tabIndex = -1;
    link.setAttribute('aria-hidden', 'true');
    link.textContent = '#';
    heading.append(' ', link);
  });
})();
// The search. It narrows the list of all reports down to those that have every word, the
// best first. What is typed becomes words as in src/render/wiki/search/words.rs, and what an index's lines mean is said in
// src/render/wiki/search/index.rs.
(function () {
  'use strict';
  var form = document.querySelector('[data-search]');
  if (!form) return;
  var told = JSON.parse(form.dataset.search), known = told.shards.split(' ');
  var field = form.querySelector('input'), count = document.getElementById('count');
  var list = document.getElementById('reports'), rows = Array.from(list.children);
  // The lines of each shard; null while it is on its way.
  var shards = {};
  var plain = { 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ł': 'l', 'ı': 'i', 'þ': 'th', 'ς': 'σ' };
  var unspaced = '\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{323af}';
  var cjk = new RegExp('[' + unspaced + ']', 'u'), pieceOf = new RegExp('[' + unspaced + ']+|[^ ' + unspaced + ']+', 'gu');

  function fold(text) {
    var bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC');
    return bare.replace(/[ßæœøđðłıþς]/g, function (letter) { return plain[letter]; });
  }
  function pairs(text) {
    var signs = Array.from(text);
    return signs.length < 2 ? signs : signs.slice(1).map(function (sign, at) { return signs[at] + sign; });
  }
  function words(text) {
    var runs = fold(text).match(/[\p{Alphabetic}\p{N}]+/gu) || [];
    var pieces = runs.join(' ').match(pieceOf) || [];
    return pieces.flatMap(function (piece) {
      if (cjk.test(piece)) return pairs(piece);
      var signs = Array.from(piece);
      return signs.length < 2 || /^\d\d$/.test(piece) ? [] : [signs.slice(0, 24).join('')];
    });
  }
  function shardOf(word) {
    var signs = Array.from(word), ascii = /^[ -~]$/;
    if (!ascii.test(signs[0])) return 'u' + signs[0].codePointAt(0).toString(16);
    return signs[0] + (ascii.test(signs[1]) ? signs[1] : '_');
  }

  window.candorShard = function (name, lines) {
    shards[name] = lines.split('\n');
    show();
  };
  function load(name) {
    if (name in shards) return;
    shards[name] = known.includes(name) ? null : [];
    if (shards[name]) return;
    var script = document.createElement('script');
    script.src = told.folder + name + '.js';
    script.onerror = function () { count.textContent = told.gone; };
    document.head.append(script);
  }

  // The rows that have a word which begins so: by number, how well it fits and in which field it stands.
  function find(word) {
    var found = new Map();
    shards[shardOf(word)].forEach(function (line) {
      if (!line.startsWith(word)) return;
      var end = line.indexOf(' '), places = line.slice(end + 1).match(/\d*[a-z]/g), row = -1;
      var rare = Math.log(1 + rows.length / places.length) * (end === word.length ? 2 : 1);
      places.forEach(function (place) {
        row += parseInt(place, 10) || 1;
        var name = place.charCodeAt(place.length - 1) - 97, score = rare * told.weights[name];
        if (!found.has(row) || found.get(row).score < score) found.set(row, { score: score, fields: [name] });
      });
    });
    return found;
  }
  function both(some, others) {
    var found = new Map();
    some.forEach(function (one, row) {
      var other = others.get(row);
      if (other) found.set(row, { score: one.score + other.score, fields: one.fields.concat(other.fields) });
    });
    return found;
  }
  function mark(row, hit) {
    var names = hit.fields.map(function (name) { return told.fields[name]; });
    var where = row.appendChild(document.createElement('p'));
    where.className = 'where';
    where.textContent = told.where.replace('{fields}', Array.from(new Set(names)).join(', '));
  }
  function show() {
    var wanted = words(field.value);
    wanted.map(shardOf).forEach(load);
    if (wanted.some(function (word) { return !shards[shardOf(word)]; })) return;
    list.querySelectorAll('.where').forEach(function (old) { old.remove(); });
    if (!wanted.length) {
      rows.forEach(function (row) { row.hidden = false; });
      list.append.apply(list, rows);
      count.textContent = '';
      return;
    }
    var hits = wanted.map(find).reduce(both);
    var order = Array.from(hits.keys()).sort(function (a, b) { return hits.get(b).score - hits.get(a).score || a - b; });
    rows.forEach(function (row, at) { row.hidden = !hits.has(at); });
    order.forEach(function (at) { mark(rows[at], hits.get(at)); list.append(rows[at]); });
    var text = order.length ? order.length === 1 ? told.one : told.many : told.none;
    count.textContent = text.replace('{n}', order.length).replace('{all}', rows.length);
  }
  function keep() {
    var query = field.value.trim() ? '?q=' + encodeURIComponent(field.value.trim()) : '';
    // Some browsers allow no new address from a disk, and none too often.
    try { history.replaceState(null, '', location.pathname + query + location.hash); } catch (error) { return; }
  }

  var waiting;
  field.addEventListener('input', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () { show(); keep(); }, 80);
  });
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  document.addEventListener('keydown', function (event) {
    var on = document.activeElement;
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(on.tagName)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get('q') || '';
  if (field.value) show();
})();
