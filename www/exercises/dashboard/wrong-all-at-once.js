// fails: needs
const answers = await Promise.all([call("user"), call("billing"), call("orders")]);
for (const answer of answers) console.log(answer.service);
