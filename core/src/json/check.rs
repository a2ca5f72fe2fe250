//! Whether bytes are JSON, as they come: nothing of them is kept but which
//! brackets are open.
//!
//! It takes what `JSON.parse` takes (RFC 8259) of bytes that were decoded as
//! browsers do: a byte order mark in front is left out, and what is no UTF-8 becomes a
//! sign that may be in a string and nowhere else. No byte of ASCII is ever part
//! of such a thing, so it is enough to look at bytes.

/// What has come so far.
#[derive(Clone, Debug)]
pub struct Check {
    /// What may come next: the letter of a row of [`NEXT`].
    state: u8,
    /// The brackets that are open.
    open: Vec<u8>,
    /// What has to come before that, with `x` for a hexadecimal digit.
    rest: &'static [u8],
    /// Whether the string is a name.
    is_name: bool,
    is_begun: bool,
}

/// Bytes that are the same to every state, but for control characters and the rest.
const KINDS: [&[u8]; 21] = [
    b" ",
    b"\t\n\r",
    b"\"",
    b"\\",
    b"/br",
    b"f",
    b"n",
    b"t",
    b"u",
    b"eE",
    b"0",
    b"123456789",
    b"+",
    b"-",
    b".",
    b",",
    b":",
    b"[",
    b"]",
    b"{",
    b"}",
];
const CONTROL: u8 = 21;
const OTHER: u8 = 22;

/// Of which kind each byte of ASCII is.
const KIND: [u8; 128] = {
    let mut table = [OTHER; 128];
    let mut byte = 0;
    while byte < 32 {
        table[byte] = CONTROL;
        byte += 1;
    }
    let mut kind = 0;
    while kind < KINDS.len() {
        let mut member = 0;
        while member < KINDS[kind].len() {
            table[KINDS[kind][member] as usize] = kind as u8;
            member += 1;
        }
        kind += 1;
    }
    table
};

const NOTHING: u8 = b'.';
const VALUE: u8 = b'A';
const FIRST: u8 = b'B';
const NAME: u8 = b'C';
const FIRST_NAME: u8 = b'D';
const COLON: u8 = b'E';
const AFTER: u8 = b'F';
const TEXT: u8 = b'G';
const ZERO: u8 = b'J';
const WHOLE: u8 = b'K';
const FRACTION: u8 = b'M';
const EXPONENT: u8 = b'P';

/// What comes of a byte of each kind (`s` is a space, `w` other white space, `c` a
/// control character and `o` any other): a state, something to be done, or a point
/// if it is no JSON.
#[rustfmt::skip]
const NEXT: [&[u8; 23]; 16] = [
    //sw"\/fntue01+-.,:[]{}co
    b"AAq..fnt..JK.I...[.{...", // A: a value
    b"BBq..fnt..JK.I...[]{...", // B: a value, or the end of a list
    b"CCk....................", // C: a name
    b"DDk.................}..", // D: a name, or the end of an object
    b"EE..............A......", // E: a colon
    b"FF.............,..].}..", // F: a comma, or an end
    b"G.eHGGGGGGGGGGGGGGGGG.G", // G: more of a string
    b"..GGGGGGu..............", // H: what is escaped
    b"..........JK...........", // I: the digits after a minus
    b"FF.......N....L,..].}..", // J: what comes after a zero
    b"FF.......NKK..L,..].}..", // K: more digits
    b"..........MM...........", // L: the digits after a point
    b"FF.......NMM...,..].}..", // M: more of them
    b"..........PPOO.........", // N: an exponent
    b"..........PP...........", // O: its digits
    b"FF........PP...,..].}..", // P: more of them
];

impl Default for Check {
    fn default() -> Self {
        Self {
            state: VALUE,
            open: Vec::new(),
            rest: b"",
            is_name: false,
            is_begun: false,
        }
    }
}

impl Check {
    /// Takes the next bytes in.
    #[inline(never)]
    pub fn take(&mut self, bytes: &[u8]) {
        let mut bytes = bytes.iter();
        while let Some(&byte) = bytes.next() {
            self.state = match self.rest.split_first() {
                Some((wanted, rest)) => {
                    self.rest = rest;
                    let is_digit = *wanted == b'x' && byte.is_ascii_hexdigit();
                    if *wanted == byte || is_digit {
                        self.state
                    } else {
                        NOTHING
                    }
                }
                None => self.next(byte),
            };
            self.is_begun = true;
            if self.rest.is_empty() {
                // Most bytes change nothing.
                let same = |&&byte: &&u8| after(self.state, byte) == self.state;
                let many = bytes.clone().take_while(same).count();
                bytes = bytes.as_slice().get(many..).unwrap_or_default().iter();
            }
        }
    }

    /// Whether all that came is JSON.
    #[must_use]
    pub fn is_json(&self) -> bool {
        let may_end = matches!(self.state, AFTER | ZERO | WHOLE | FRACTION | EXPONENT);
        may_end && self.open.is_empty() && self.rest.is_empty()
    }

    fn next(&mut self, byte: u8) -> u8 {
        match after(self.state, byte) {
            quote @ (b'q' | b'k') => {
                self.is_name = quote == b'k';
                TEXT
            }
            b'e' if self.is_name => COLON,
            b'e' => AFTER,
            b'u' => self.expect(b"xxxx", TEXT),
            b't' => self.expect(b"rue", AFTER),
            b'f' => self.expect(b"alse", AFTER),
            b'n' => self.expect(b"ull", AFTER),
            bracket @ (b'[' | b'{') => {
                self.open.push(bracket);
                if bracket == b'[' { FIRST } else { FIRST_NAME }
            }
            // An opening bracket and its closing one differ in two bits.
            bracket @ (b']' | b'}') => match self.open.pop() {
                Some(open) if open | 6 == bracket | 6 => AFTER,
                _ => NOTHING,
            },
            b',' => match self.open.last() {
                Some(b'{') => NAME,
                Some(_) => VALUE,
                None => NOTHING,
            },
            NOTHING if byte == 0xEF && !self.is_begun => self.expect(b"\xBB\xBF", VALUE),
            state => state,
        }
    }

    /// A word has begun, of which this has to come.
    fn expect(&mut self, rest: &'static [u8], after: u8) -> u8 {
        self.rest = rest;
        after
    }
}

/// What comes of a byte in this state.
fn after(state: u8, byte: u8) -> u8 {
    let kind = *KIND.get(usize::from(byte)).unwrap_or(&OTHER);
    let row = NEXT.get(usize::from(state.wrapping_sub(VALUE)));
    row.map_or(NOTHING, |row| row[usize::from(kind)])
}
