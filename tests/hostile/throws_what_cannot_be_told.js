// ends: raised
// says: Uncaught
throw new Proxy(new Error("soup"), {
  get() {
    throw new Error("no");
  },
  ownKeys() {
    throw new Error("no");
  },
  getPrototypeOf() {
    throw new Error("no");
  },
});
