// fails: ratio
for (const name of ["user", "billing", "orders"]) {
  try {
    const answer = await call(name);
    console.log(answer.service);
  } catch (error) {
    console.log(error.message);
  }
}
