// ends: raised
// says: SyntaxError
}}} not (
