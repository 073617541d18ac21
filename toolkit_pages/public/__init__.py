"""What readers see: from the address to the page, prepared so that templates run no queries."""
