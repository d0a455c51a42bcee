// Long lists: a component is found by its name, the history by component, impact and kind. Everything stands on the page, or
// behind its links, without this.
(function () {
  'use strict';
  function each(selector, act, within) { Array.prototype.forEach.call((within || document).querySelectorAll(selector), act); }
  // Of many components, those with a name, or of a group with a name.
  each('[data-find]', function (box) {
    var all = box.parentNode, input = box.querySelector('input'), folds = all.querySelectorAll('details,.group');
    var opened = Array.prototype.map.call(folds, function (fold) { return fold.open; });
    function has(element) {
      return !!element && element.textContent.toLocaleLowerCase().indexOf(input.value.trim().toLocaleLowerCase()) >= 0;
    }
    input.addEventListener('input', function () {
      each('.row', function (row) { row.hidden = !has(row.firstElementChild) && !has(row.closest('.group').querySelector('.group>summary h3')); });
      Array.prototype.forEach.call(folds, function (fold, index) {
        fold.hidden = !fold.querySelector('.row:not([hidden])');
        fold.open = input.value ? !fold.hidden : opened[index];
      });
      box.querySelector('[role]').textContent = all.querySelector('.row:not([hidden])') ? '' : box.dataset.find;
    });
  });
  // The history by component, impact and kind, which stands in the address. Older months are read when they are wanted.
  each('[data-filter]', function (form) {
    var button = document.querySelector('[data-older]'), older = button ? button.dataset.older.split(' ') : [];
    var asked = new URLSearchParams(location.search);
    function query() {
      var chosen = new URLSearchParams();
      each('select', function (field) { if (field.value) chosen.set(field.name, field.value); }, form);
      return chosen.toString() ? '?' + chosen : '';
    }
    function show() {
      each('.lines>li', function (line) {
        line.hidden = false;
        each('select', function (field) {
          if (field.value && (' ' + line.dataset[field.name] + ' ').indexOf(' ' + field.value + ' ') < 0) line.hidden = true;
        }, form);
      });
      each('.of-month', function (month) { month.hidden = !month.querySelector('.lines>li:not([hidden])'); });
      each('.calendar a,.months a,.pager a,.of-month h2 a', function (link) { link.search = query(); });
      var shown = document.querySelectorAll('.lines>li:not([hidden])').length;
      form.lastElementChild.textContent = shown ? '' : form.dataset.filter;
      if (button) button.hidden = !older.length;
      return shown;
    }
    // One more month, and further ones until there is more to see.
    function read() {
      var seen = show(), address = older.shift();
      if (!address) return;
      fetch(address).then(function (answer) { return answer.text(); }).then(function (text) {
        var page = new DOMParser().parseFromString(text, 'text/html'), section = document.createElement('section');
        var heading = document.createElement('h2'), link = document.createElement('a');
        each('a', function (to) { to.href = new URL(to.getAttribute('href'), new URL(address, location)); }, page);
        section.className = 'of-month';
        link.href = address;
        link.textContent = page.querySelector('h1').textContent;
        heading.append(link);
        section.append(heading, page.querySelector('.lines'));
        button.parentNode.before(section);
        section.dispatchEvent(new Event('added', { bubbles: true }));
        if (show() === seen) read();
      }).catch(function () { older = []; show(); });
    }
    each('select', function (field) { if (asked.has(field.name)) field.value = asked.get(field.name); }, form);
    form.addEventListener('change', function () {
      history.replaceState(null, '', location.pathname + query() + location.hash);
      if (!show()) read();
    });
    if (button) button.addEventListener('click', read);
    form.hidden = false;
    if (!show()) read();
  });
})();
