"""A page that stands in the browser while its spec is being written, and is built again at every change."""
