// fails: backs-off
for (let attempt = 0; attempt < 5; attempt++) {
  try {
    const answer = await call("billing");
    console.log(answer.service);
    break;
  } catch (error) {
    console.log(error.message);
  }
}
