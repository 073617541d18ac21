/* What scripts add to pages that work without them: leaving at once, copying an address, closing the menu.
   Nothing is stored and nobody is called. */
(() => {
  "use strict";
  const SOON = 800; // milliseconds between two presses of Esc that belong together
  const all = (selector) => document.querySelectorAll(selector);

  // Leaving: the page is blank at once, and the site that opens takes this page's place in the history.
  const exit = document.querySelector("[data-exit]");
  const leave = () => {
    document.documentElement.style.display = "none";
    document.title = "";
    location.replace(exit.href);
  };
  if (exit) {
    exit.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      leave();
    });
    all("[data-exit-keys]").forEach((one) => { one.hidden = false; });
    let before = -SOON;
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.repeat) return;
      if (event.timeStamp - before < SOON) leave();
      before = event.timeStamp;
    });
  }

  // The menu of a narrow screen closes when something else is touched, or with Esc.
  const menu = document.querySelector(".menu");
  if (menu) {
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });

  // Copying the address of a page.
  all("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = button.dataset.done;
      } catch {
        button.hidden = true; // the browser does not allow it: the address beside it can be selected
      }
    });
  });
})();
