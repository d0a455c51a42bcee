// What each day of a bar was: under the pointer, by the arrow keys, at a tap.
(function () {
  'use strict';
  var host = document.querySelector('[data-days]');
  if (!host) return;
  var days = host.dataset.days.split('|'), causes = JSON.parse(host.dataset.causes), last = days.length - 1;
  var words = ['operational', 'under_maintenance', 'degraded_performance', 'partial_outage', 'major_outage'];
  var shown, touched;
  function add(parent, name, text, style) {
    var child = parent.appendChild(document.createElement(name));
    if (text) child.textContent = text;
    if (style) child.className = style;
    return child;
  }
  function link(parent, href, text) {
    var name = add(add(parent, 'p'), href ? 'a' : 'b', text);
    if (href) name.href = href;
  }
  function hide() {
    if (shown) shown.remove();
    shown = null;
  }
  document.addEventListener('pointerdown', function (event) {
    touched = event.pointerType !== 'mouse';
    if (shown && !shown.parentNode.contains(event.target)) hide();
  });
  document.querySelectorAll('.track').forEach(function (track) {
    var cells = track.firstElementChild, svg = cells.querySelector('svg'), told = {}, at = last, dismissed;
    var isKeyed = !track.closest('summary');
    svg.querySelectorAll('[data-d]').forEach(function (day) {
      var rect = day.querySelector('rect');
      told[rect.getAttribute('x') / 8] = [day.getAttribute('href'), day.dataset.d, day.textContent.split('\n')];
      // What is one stop of the Tab key must not hold others.
      day.replaceWith(rect);
    });
    function show(day) {
      at = Math.max(0, Math.min(last, day));
      hide();
      var of = told[at] || ['', '', [days[at], at < svg.dataset.known / 8 ? host.dataset.none : host.dataset.quiet]];
      var data = of[1].split(' ');
      shown = add(track, 'div', '', 'day');
      track.style.setProperty('--at', at);
      link(shown, isKeyed && of[0], of[2][0]);
      of[2].slice(1).forEach(function (line, index) {
        var p = add(shown, 'p', '', 's-' + (of[1] ? words[data[0][index]] : at < svg.dataset.known / 8 ? '' : words[0]));
        add(p, 'i', '', 'mark');
        p.append(line);
      });
      data.slice(1).forEach(function (number) { link(shown, isKeyed && causes[number][0], causes[number][1]); });
      if (isKeyed) {
        cells.setAttribute('aria-valuenow', at);
        cells.setAttribute('aria-valuetext', of[2].join(', '));
      }
    }
    function under(event) {
      var box = svg.getBoundingClientRect(), part = (event.clientX - box.left) / box.width;
      return Math.floor((getComputedStyle(svg).direction === 'rtl' ? 1 - part : part) * days.length);
    }
    cells.addEventListener('pointermove', function (event) {
      var day = under(event);
      if (event.pointerType === 'mouse' && day !== dismissed && (!track.contains(shown) || day !== at)) show(day);
    });
    track.addEventListener('pointerleave', function (event) {
      dismissed = null;
      if (event.pointerType === 'mouse' && !track.contains(document.activeElement)) hide();
    });
    if (!isKeyed) return;
    function follow() {
      var first = shown && shown.querySelector('a');
      if (first) first.click();
    }
    var label = { tabindex: 0, role: 'slider', 'aria-valuemin': 0, 'aria-valuemax': last, 'aria-valuenow': last,
      'aria-valuetext': days[last], 'aria-label': cells.querySelector('.hint').textContent };
    for (var name in label) cells.setAttribute(name, label[name]);
    cells.addEventListener('click', function (event) {
      if (touched) show(under(event));
      else follow();
    });
    cells.addEventListener('focus', function () { if (!touched) show(at); });
    track.addEventListener('focusout', function (event) { if (event.relatedTarget && !track.contains(event.relatedTarget)) hide(); });
    track.addEventListener('keydown', function (event) {
      var step = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -7, PageUp: 7, Home: -last, End: last }[event.key];
      if (event.key === 'Escape') {
        dismissed = at;
        cells.focus();
        hide();
      } else if (step && event.target === cells) {
        if (/Left|Right/.test(event.key) && getComputedStyle(svg).direction === 'rtl') step = -step;
        show(at + step);
        event.preventDefault();
      } else if (event.key === 'Enter' && event.target === cells) {
        follow();
      }
    });
  });
})();
