"""Reports: an audit as people and programs read it, in a format each."""
