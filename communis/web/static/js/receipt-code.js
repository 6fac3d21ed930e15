// A receipt made here is known to nobody until it is sent. The codes are those of openness/receipt_codes.py: 26 random
// signs, two of check, in groups of four. Change both or neither.
const newReceiptCode = () => {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const signs = Array.from(crypto.getRandomValues(new Uint8Array(26)), (byte) => byte % 32);
  const check = signs.reduce((rest, sign) => (rest * 32 + sign) % 1021, 0);
  const code = [...signs, check >> 5, check % 32].map((sign) => alphabet[sign]).join("");
  return code.match(/.{4}/g).join("-");
};
