// ends: raised
// says: Uncaught
new Uint8Array(2 ** 40).fill(1);
