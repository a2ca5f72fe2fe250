// ends: stopped
console.log("begun");
/^(a+)+$/.test(`${"a".repeat(60)}b`);
