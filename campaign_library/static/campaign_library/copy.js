/* Buttons that copy a text. Without this script they stay hidden, and the text beside them can be selected by hand. */
(function () {
  "use strict";
  if (!navigator.clipboard || !window.isSecureContext) return;
  function ready(button) {
    var said = document.createElement("span");
    said.className = "copied";
    said.setAttribute("role", "status");
    button.after(said);
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.dataset.copy).then(
        function () { said.textContent = button.dataset.copied; },
        function () { said.textContent = ""; button.hidden = true; }
      );
    });
  }
  document.querySelectorAll("button[data-copy]").forEach(ready);
})();
