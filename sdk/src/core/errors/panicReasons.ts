/** What Solidity's panic codes mean. */
export const panicReasons: Readonly<Record<string, string>> = {
  "0x01": "an assertion failed",
  "0x11": "an arithmetic operation left its range",
  "0x12": "a division by zero",
  "0x21": "a number that stands for no member of an enum",
  "0x22": "a damaged byte array in storage",
  "0x31": "a pop from an empty array",
  "0x32": "an index beyond the end of an array",
  "0x41": "too much memory was asked for",
  "0x51": "a call of an unset function",
};
