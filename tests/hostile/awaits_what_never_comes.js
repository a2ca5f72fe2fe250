// ends: deadlock
// says: Nothing can ever go on
const { promise } = Promise.withResolvers();
await promise;
