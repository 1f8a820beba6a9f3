/** Errors of the ABIs that no call can come to, each with the reason. One that is provoked all the same has to leave the list. */
export const unreachable: Readonly<Record<string, string>> = {
  "InvalidShortString()":
    "OpenZeppelin's EIP712 reads its name and version back through ShortStrings, which only a string that is stored longer " +
    "than 31 bytes would make fail; ours are constants of fewer.",
  "StringTooLong(string)":
    "OpenZeppelin's EIP712 falls back to storage for a name of more than 31 bytes, so that this is caught; ours are shorter.",
};
