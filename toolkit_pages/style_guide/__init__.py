"""Every registered block in every state, for whoever makes or checks the design. Add-ons' blocks come by themselves."""
