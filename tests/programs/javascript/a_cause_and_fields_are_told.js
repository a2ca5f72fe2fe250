try {
  try {
    await call("billing", { ms: 10, status: 503 });
  } catch (cause) {
    throw new Error("no dashboard", { cause });
  }
} catch (error) {
  console.log(error.message, error.cause.message, error.cause.status, error.cause.name);
  throw error;
}
