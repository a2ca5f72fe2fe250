// ends: ok
// says: <img src=x
console.log("<img src=x onerror=alert(1)><script>alert(1)</scr" + "ipt><iframe></iframe><style>*{}</style>");
console.error(Object.assign(new Error("<object>"), { "<b>": "</pre><img>" }));
