// ends: raised
// says: Uncaught
let soup = "soup";
for (;;) soup += soup;
