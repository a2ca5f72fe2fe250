// ends: raised
// says: Uncaught
const again = () => again() + 1;
again();
