/** How long a centre's freeze lasts, in seconds, and how long it must then wait to freeze the same certificate again. */
export const CENTRE_FREEZE = 7 * 86_400;
