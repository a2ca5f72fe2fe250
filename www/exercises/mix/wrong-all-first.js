// fails: works-meanwhile
const NAMES = ["sales", "stock", "visits"];

function report({ service, ms }) {
  let checksum;
  // Forty times over, or JavaScript would be done before one could see it.
  for (let round = 0; round < 40; round++) {
    checksum = ms;
    for (let number = 0; number < 300_000; number++) {
      checksum = (checksum * 31 + number) % 65_521;
    }
  }
  console.log(service, checksum);
}

const answers = await Promise.all(NAMES.map((name) => call(name)));
for (const answer of answers) report(answer);
