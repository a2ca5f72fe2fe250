// ends: ok
// says: at its end
// padded: 5000000
console.log("at its end");
