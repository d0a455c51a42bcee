// On a page of another moment the browser's clock starts at that moment, so that what the page says of its
// age and of what has passed is what a reader would see then.
(function () {
  "use strict";
  var Real = Date;
  var shift = Real.parse(document.currentScript.dataset.now) - Real.now();
  window.Date = class extends Real {
    constructor(...parts) {
      if (parts.length) super(...parts);
      else super(Real.now() + shift);
    }
    static now() {
      return Real.now() + shift;
    }
  };
})();
