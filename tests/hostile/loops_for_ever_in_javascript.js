// ends: stopped
console.log("begun");
for (;;);
