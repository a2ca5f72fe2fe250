"""CPython's threads on stacks that WebAssembly parks on promises.

`shell` puts it all in place of the few primitives that this platform lacks, and
runs a reader's program; `www/run/python.js` calls it. CPython's own `threading`,
`queue`, `concurrent.futures` and `asyncio` run on top, unmodified.
"""
