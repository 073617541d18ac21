/* A stream whose blocks come from a registry: one more child stands for every type that is switched off. It is not in
   the menu, so that nobody adds one. */
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

  class RegisteredStreamBlockDefinition extends StreamBlockDefinition {
    constructor(name, groups, states, meta, kept) {
      super(name, groups, states, meta);
      this.childBlockDefsByName[kept.name] = kept;
    }
  }

  window.telepath.register('editions.RegisteredStreamBlock', RegisteredStreamBlockDefinition);
})();
