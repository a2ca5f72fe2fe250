// Fetches the programs that stand beside kitchens, and remembers in which language
// the reader wants them.
//
// A script for the reason of share.js.

// A language's file, whose name the document says; nothing if it cannot be had.
async function programs(language) {
  const answer = await fetch(document.querySelector(`meta[name="code:${language}"]`).content);
  return answer.ok ? answer.text() : undefined;
}

// The language that was chosen last: now, if one is given.
function kept(language) {
  const key = "expert-chef:language";
  try {
    if (language) localStorage.setItem(key, language);
    return localStorage.getItem(key);
  } catch {
    // Where nothing can be kept, nothing is.
    return undefined;
  }
}
