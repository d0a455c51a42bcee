// Reloads the page when the site was renewed. The browser keeps the place on the page by itself.
//
// Only a page that is looked at listens: a browser opens six connections to a host at most, and
// more tabs than that would keep all of them. A page that comes back to sight learns the number of
// what is on show at once and reloads if it has missed something.
(function () {
  "use strict";
  var build = document.currentScript.dataset.build;
  var events = null;
  var retry = 0;

  function follow(event) {
    if (event.data !== build) {
      stop();
      location.reload();
    }
  }

  function stop() {
    clearTimeout(retry);
    if (events) events.close();
    events = null;
  }

  function listen() {
    if (events || document.hidden) return;
    clearTimeout(retry);
    events = new EventSource("/.candor/events");
    events.addEventListener("build", follow);
    events.addEventListener("reload", follow);
    events.onerror = function () {
      // A stream that ends is tried again by the browser; one that was refused is not.
      if (events && events.readyState === EventSource.CLOSED) {
        stop();
        retry = setTimeout(listen, 1000);
      }
    };
  }

  document.addEventListener("visibilitychange", function () {
    if (document.hidden) stop();
    else listen();
  });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
  listen();
})();
