const urls = [
  "http://127.0.0.1:7001/user?ms=500",
  "http://127.0.0.1:7002/billing?ms=800",
  "http://127.0.0.1:7003/orders?ms=1200",
];

function call(url, done) {
  fetch(url)  //: flight
    .then((answer) => answer.text())
    .then(done);  //: fail -- Nobody catches: what goes wrong ends the program.
}

console.time("total");  //: begin
let left = urls.length;
for (const url of urls) {
  call(url, (answer) => {  //: start -- Returns at once; the answer comes to the callback.
    console.log(answer);  //: end
    left -= 1;  //: end -- Counted by hand: forget it, and nobody knows the end.
    if (left === 0) finish();
  });
}

function finish() {
  console.timeEnd("total");  //: over
}
