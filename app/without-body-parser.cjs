// Stands for body-parser in the bundle: no route reads a body, and without its tables of character sets each replica
// has 4 MB of private memory less.
function refuse() {
  throw new Error('Bodies cannot be parsed: leave out the alias of body-parser in the build script first.');
}

module.exports = { json: refuse, raw: refuse, text: refuse, urlencoded: refuse };
