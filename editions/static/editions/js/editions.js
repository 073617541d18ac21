/* Small Stimulus controllers for the screens of editions. Each does one thing; all texts come from the templates. */
(() => {
  const { Controller } = window.StimulusModule;
  const register = (name, controller) => window.wagtail.app.register(name, controller);

  /** Opens a side panel of the page editor. */
  register(
    'editions-open',
    class extends Controller {
      static values = { panel: String };

      open() {
        const toggle = document.querySelector(`[data-side-panel-toggle="${this.panelValue}"]`);
        if (toggle && toggle.getAttribute('aria-expanded') !== 'true') toggle.click();
        document.querySelector(`[data-side-panel="${this.panelValue}"] summary, [data-side-panel="${this.panelValue}"] a`)?.focus();
      }
    },
  );

  /** Goes from the side panel to a block or field in the form, and gives it the focus. */
  register(
    'editions-jump',
    class extends Controller {
      jump(event) {
        const id = (event.currentTarget.getAttribute('href') || '').slice(1);
        const target =
          (id && document.getElementById(id)) ||
          document.querySelector(`[data-edit-form] [data-contentpath="${CSS.escape(event.params.field)}"]`);
        if (!target) return;
        event.preventDefault();
        const tab = target.closest('[role="tabpanel"]');
        if (tab?.hidden) document.querySelector(`[role="tab"][href="#${tab.id}"]`)?.click();
        target.querySelectorAll(':scope > .w-panel__header [data-panel-toggle][aria-expanded="false"]').forEach((toggle) => toggle.click());
        // On a narrow screen the side panel covers the form.
        if (window.matchMedia('(max-width: 50rem)').matches) document.querySelector('[data-form-side-close-button]')?.click();
        window.requestAnimationFrame(() => {
          const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
          target.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'center' });
          target.setAttribute('tabindex', '-1');
          target.focus({ preventScroll: true });
          target.classList.add('editions-found');
          setTimeout(() => target.classList.remove('editions-found'), 2500);
        });
      }
    },
  );

  /**
   * Shows in the form what national protects, or has withdrawn: a note with the reason. What is protected cannot be reached or
   * removed; what is withdrawn stays open. The server refuses a change anyway. Streams draw their blocks late, so it looks again.
   */
  register(
    'editions-protected',
    class extends Controller {
      static values = { label: String, marks: { type: String, default: 'editions-protected' }, open: Boolean };

      connect() {
        this.left = JSON.parse(document.getElementById(this.marksValue).textContent);
        this.tries = 0;
        this.look();
      }

      disconnect() {
        clearTimeout(this.timer);
      }

      look() {
        this.left = this.left.filter((mark) => !this.close(mark));
        this.tries += 1;
        if (this.left.length && this.tries < 40) this.timer = setTimeout(() => this.look(), 250);
      }

      close({ path, reason }) {
        const within = path.map((step) => `[data-contentpath="${CSS.escape(step)}"]`).join(' ');
        const place = document.querySelector(`[data-edit-form] ${within}`);
        if (!place || place.dataset[this.openValue ? 'withdrawn' : 'protected']) return Boolean(place);
        place.dataset[this.openValue ? 'withdrawn' : 'protected'] = true;
        const section = place.querySelector(':scope > .w-panel') || place;
        const content = section.querySelector(':scope > .w-panel__content') || place;
        const note = document.createElement('p');
        note.className = 'editions-protected';
        const label = document.createElement('b');
        label.textContent = this.labelValue;
        note.append(label, ` ${reason}`);
        if (this.openValue) {
          note.classList.add('editions-protected--withdrawn');
          content.before(note);
          return true;
        }
        section.querySelectorAll('[data-streamfield-action="DELETE"]').forEach((button) => {
          button.hidden = true;
        });
        content.before(note);
        if (content === place) note.after(place);
        content.inert = true;
        content.classList.add('editions-closed');
        return true;
      }
    },
  );

  /** Fetches a fragment again and again, until the fragment says that it is done. */
  register(
    'editions-poll',
    class extends Controller {
      static values = { url: String, every: { type: Number, default: 1500 }, done: Boolean };

      connect() {
        this.wait();
      }

      disconnect() {
        clearTimeout(this.timer);
      }

      wait(delay = this.everyValue) {
        if (!this.doneValue) this.timer = setTimeout(() => this.fetch(), delay);
      }

      async fetch() {
        try {
          const response = await fetch(this.urlValue, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
          if (!response.ok) throw new Error(response.status);
          const text = await response.text();
          if (!this.element.isConnected) return;
          this.element.innerHTML = text;
          this.doneValue = Boolean(this.element.querySelector('[data-editions-done]'));
          this.wait();
        } catch {
          // The server may be starting again: ask less often, and go on.
          this.wait(this.everyValue * 4);
        }
      }
    },
  );

  /** Shows what belongs to a choice only while it is chosen. */
  register(
    'editions-choice',
    class extends Controller {
      static targets = ['part'];

      connect() {
        this.show();
      }

      show() {
        const chosen = this.element.querySelector('input[type="radio"]:checked')?.value;
        this.partTargets.forEach((part) => {
          part.hidden = part.dataset.for !== chosen;
          // The rich text editor's box has no name of its own.
          const label = part.querySelector('label');
          part.querySelectorAll('[role="textbox"]:not([aria-label])').forEach((box) => box.setAttribute('aria-label', label?.textContent.trim()));
        });
        this.element.toggleAttribute('data-decided', Boolean(chosen));
      }
    },
  );

  /** Shows the result of a form in a frame on the same page. */
  register(
    'editions-preview',
    class extends Controller {
      static targets = ['pane'];

      /** The rich text editor writes what is typed into its field a quarter of a second later: wait for the last words. */
      wait(event) {
        if (this.waited || !this.element.querySelector('[role="textbox"]')) {
          this.waited = false;
          return;
        }
        event.preventDefault();
        const button = event.submitter;
        setTimeout(() => {
          this.waited = true;
          this.element.requestSubmit(button);
        }, 350);
      }

      show() {
        this.paneTarget.hidden = false;
        const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
        this.paneTarget.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
        this.paneTarget.focus({ preventScroll: true });
      }
    },
  );

  /** Ticks all boxes of a form, or none, and says how many are ticked. */
  register(
    'editions-all',
    class extends Controller {
      static targets = ['all', 'one', 'count', 'submit'];

      connect() {
        this.tell();
      }

      toggle() {
        this.oneTargets.forEach((box) => {
          box.checked = this.allTarget.checked;
        });
        this.tell();
      }

      tell() {
        const ticked = this.oneTargets.filter((box) => box.checked).length;
        this.countTargets.forEach((count) => {
          count.textContent = ticked;
        });
        this.submitTargets.forEach((submit) => {
          submit.disabled = ticked === 0;
        });
        if (this.hasAllTarget) {
          this.allTarget.checked = ticked > 0 && ticked === this.oneTargets.length;
          this.allTarget.indeterminate = ticked > 0 && ticked < this.oneTargets.length;
        }
      }
    },
  );
})();
